"""Sums of non-negative terms fitted to hours that vary more where there are more of them.

Plain array functions under `time_log`: rows are account-years, columns of a design its terms
(the first is 1 in each row), columns of `y` activities.
"""

import numpy as np
import numpy.typing as npt
from scipy.optimize import nnls

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]
Bools = npt.NDArray[np.bool_]

_ROUNDS = 200
_SWEEPS = 400
_PASSES = 3
_LEAST_SHARE = 1e-3
_MAD_TO_SD = 1.4826


def weighted_fit(design: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Return non-negative coefficients and the weights that they settle with.

    Parameters
    ----------
    design : (n_rows, n_terms) at least 0
    y : (n_rows, n_activities) at least 0

    Returns
    -------
    coefficients : (n_terms, n_activities)
    weights : (n_rows, n_activities)
        1 / fitted. With them the fitted values of an activity sum to its y.

    Examples
    --------
    >>> design = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
    >>> weighted_fit(design, np.array([[1.0], [3.0], [5.0]]))[0].round(6).ravel().tolist()
    [1.0, 2.0]
    """
    pairs = [_fit_one(design, hours) for hours in y.T]
    coefficients, weights = (np.column_stack(part) for part in zip(*pairs, strict=True))
    return coefficients, weights


def _fit_one(design: Floats, y: Floats) -> tuple[Floats, Floats]:
    if y.sum() == 0:
        return np.zeros(design.shape[1]), np.ones(len(y))
    expected = np.full(len(y), y.mean())
    coefficients = np.zeros(design.shape[1])
    for _ in range(_ROUNDS):
        root = 1 / np.sqrt(expected)
        before, (coefficients, _) = coefficients, nnls(design * root[:, None], y * root)
        # Half of the way, on a log scale: the whole way can swing between two fits for ever.
        expected = np.sqrt(expected * np.maximum(design @ coefficients, _LEAST_SHARE * y.mean()))
        if np.allclose(before, coefficients, rtol=1e-9, atol=1e-12):
            break
    return coefficients, 1 / expected


def resampled_fits(
    design: Floats, y: Floats, weights: Floats, group: Ints, *, seed: int, draws: int
) -> Floats:
    """Return the coefficients for samples of groups drawn with replacement.

    Parameters
    ----------
    design, y
        As for `weighted_fit`.
    weights : (n_rows, n_activities)
        From `weighted_fit`; kept for every sample.
    group : (n_rows,) whole numbers from 0
        Rows of one group, an account's years, are drawn together.
    seed, draws
        Of the samples.

    Returns
    -------
    (draws, n_terms, n_activities) at least 0
    """
    rng = np.random.default_rng(seed)
    n_groups = int(group.max()) + 1
    counts = rng.multinomial(n_groups, np.full(n_groups, 1 / n_groups), size=draws)
    times = counts[:, group].astype(float)
    size = design.max(axis=0)
    scaled = design / size
    products = np.einsum("rj,rk->rjk", scaled, scaled).reshape(len(design), -1)
    fits = []
    for hours, weight in zip(y.T, weights.T, strict=True):
        gram = ((times * weight) @ products).reshape(draws, len(size), len(size))
        moment = (times * weight * hours) @ scaled
        fits.append(_solve_nonnegative(gram, moment) / size)
    return np.stack(fits, axis=-1)


def _solve_nonnegative(gram: Floats, moment: Floats) -> Floats:
    """Minimise b'Gb/2 − m'b over b ≥ 0 for each draw, one coefficient after another."""
    b = np.zeros_like(moment)
    diagonal = np.maximum(np.einsum("djj->dj", gram), 1e-12)
    for _ in range(_SWEEPS):
        before = b.copy()
        for term in range(b.shape[1]):
            slope = moment[:, term] - np.einsum("dk,dk->d", gram[:, term], b)
            b[:, term] = np.maximum(b[:, term] + slope / diagonal[:, term], 0)
        if np.allclose(before, b, rtol=1e-7, atol=1e-10):
            break
    return b


def far_above(expected: Floats, y: Floats, *, limit: float) -> Bools:
    """Return which rows' hours stand so far above what is expected that they are another case.

    Parameters
    ----------
    expected, y : (n_rows,) hours
    limit
        In robust standard deviations of (y − expected) / √expected.

    Examples
    --------
    >>> y = np.array([9.0, 11.0, 10.0, 8.0, 12.0, 400.0])
    >>> far_above(np.full(6, 10.0), y, limit=8.0).tolist()
    [False, False, False, False, False, True]
    """
    root = np.sqrt(np.maximum(expected, _LEAST_SHARE * max(expected.mean(), 1e-12)))
    residual = (y - expected) / root
    middle = np.median(residual)
    deviation = _MAD_TO_SD * np.median(np.abs(residual - middle))
    far: Bools = residual - middle > limit * deviation
    return far & (deviation > 0)


def far_groups(design: Floats, y: Floats, group: Ints, *, limit: float) -> Bools:
    """Return the rows of the groups that stand far above the fit of all others.

    The farthest hide others, so that the fit is made again without those that were found.

    Parameters
    ----------
    design, y
        As for `weighted_fit`; far are rows by the sum of their activities.
    group : (n_rows,) whole numbers from 0
        A group is far as a whole where one of its rows is.
    limit
        As for `far_above`.
    """
    far = np.zeros(len(y), dtype=bool)
    for _ in range(_PASSES):
        coefficients, _ = weighted_fit(design[~far], y[~far])
        found = far_above((design @ coefficients).sum(axis=1), y.sum(axis=1), limit=limit)
        far = (np.bincount(group, weights=found | far) > 0)[group]
    return far


def explained(y: Floats, expected: Floats) -> float:
    """Return the part of the variance of y that is explained; NaN where y does not vary.

    Examples
    --------
    >>> explained(np.array([1.0, 2.0, 3.0]), np.array([1.0, 2.0, 2.0]))
    0.5
    """
    variance = float(((y - y.mean()) ** 2).sum())
    return 1 - float(((y - expected) ** 2).sum()) / variance if variance > 0 else float("nan")


def persistence(residual: Floats, expected: Floats, group: Ints) -> tuple[float, float]:
    """Return how far what sets a group apart stays with it, and how much years differ.

    Parameters
    ----------
    residual, expected : (n_rows,) hours
    group : (n_rows,) whole numbers from 0

    Returns
    -------
    between, within
        Variances of residual / √expected: of what stays, of what a single year adds. Where
        no group has two rows, between is NaN and within is all of it.

    Notes
    -----
    One-way random effects: within from the years of a group around their mean, between from
    the means less what within explains of them.

    Examples
    --------
    >>> persistence(np.array([2.0, 2.0, -2.0, -2.0]), np.ones(4), np.array([0, 0, 1, 1]))
    (8.0, 0.0)
    """
    least = _LEAST_SHARE * max(float(expected.mean()), 1e-12)
    scaled = residual / np.sqrt(np.maximum(expected, least))
    rows = np.bincount(group).astype(float)
    means = np.bincount(group, weights=scaled) / rows
    free = len(scaled) - len(rows)
    if free == 0 or len(rows) < 2:
        return float("nan"), float((scaled**2).mean())
    within = float(((scaled - means[group]) ** 2).sum() / free)
    between = max(float(means.var(ddof=1)) - within * float((1 / rows).mean()), 0.0)
    return between, within
