"""What the usual two-way fixed effects regression makes of a staggered start: the contrast.

Where starts differ the regression also compares accounts that start with accounts that started
before, whose outcome may still be moving with the measure. If the effect grows, that growth is
subtracted, and the result can have the wrong sign. Use `evaluation.clean_effect`; this shows why.

References
----------
.. [1] Goodman-Bacon, A. (2021), "Difference-in-differences with variation in treatment timing",
   Journal of Econometrics 225(2), 254-277.
.. [2] de Chaisemartin, C. and D'Haultfœuille, X. (2020), "Two-way fixed effects estimators with
   heterogeneous treatment effects", American Economic Review 110(9), 2964-2996.
"""

from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.errors import InputError
from kamtools.power.evaluation import Trial

Floats = NDArray[np.float64]


def two_way_weights(starts: Floats, periods: Floats) -> Floats:
    """Return the weight of each outcome in the two-way fixed effects regression.

    Parameters
    ----------
    starts : (n_accounts,)
        Period in which each starts; infinite for one that does not.
    periods : (n_periods,), rising

    Returns
    -------
    (n_accounts, n_periods)
        Weights of cells with the measure sum to 1; one below 0 means that an effect there
        counts against the measure.

    Raises
    ------
    InputError
        If nobody starts, or all start at once.

    Examples
    --------
    Two accounts start in periods 3 and 2 of three. The effect on the second in period 3 counts
    against the measure, so that true effects of 1, 1 and 4 come out as -1/2 [2]_:

    >>> weights = two_way_weights(np.array([3.0, 2.0]), np.array([1.0, 2.0, 3.0]))
    >>> weights.round(9).tolist()
    [[0.5, -1.0, 0.5], [-0.5, 1.0, -0.5]]
    """
    on = (periods[None, :] >= starts[:, None]).astype(float)
    rest = on - on.mean(axis=1, keepdims=True) - on.mean(axis=0) + on.mean()
    if not np.abs(rest).max() > 1e-12:
        raise InputError("nobody starts, or all start at once: nobody is left to compare with")
    result: Floats = rest / (rest**2).sum()
    return result


def two_way_effect(trial: Trial) -> float:
    """Return the effect by two-way fixed effects.

    Parameters
    ----------
    trial
        From `evaluation.read_trial`.

    Returns
    -------
    float
        That of `evaluation.clean_effect` where all starters start at once; otherwise not to be
        trusted unless the effect is the same for all accounts and does not change with time.

    Raises
    ------
    InputError
        If nobody is left to compare with.
    """
    return float((two_way_weights(trial.starts, trial.periods) * trial.outcome).sum())


def two_way_comparisons(trial: Trial) -> pd.DataFrame:
    """Return the comparisons of two groups that two-way fixed effects consist of.

    Parameters
    ----------
    trial
        From `evaluation.read_trial`.

    Returns
    -------
    (n_comparisons, 5)
        `start` of the group that starts and `against`, that of the other; `is_clean`, false
        where the other has started before; `weight` (they sum to 1); `effect`, the difference in
        differences over the periods in which only the one starts. The regression is the sum of
        weight × effect.

    Raises
    ------
    InputError
        If nobody is left to compare with.

    Notes
    -----
    The decomposition of [1]_, theorem 1. A comparison of groups with n₁ and n₀ accounts over P
    periods, of which the starters have the share d with the measure, has a weight in proportion
    to n₁ n₀ P² d (1 − d).

    Examples
    --------
    >>> outcome = np.array([[1.0, 1, 1, 1], [1, 1, 3, 3], [1, 2, 2, 2]])
    >>> trial = Trial(pd.Index(list("abc")), np.arange(1.0, 5), outcome,
    ...               np.array([np.inf, 3.0, 2.0]), np.zeros(3, dtype=int))
    >>> two_way_comparisons(trial).round(2)
       start  against  is_clean  weight  effect
    0    3.0      2.0     False     0.2     2.0
    1    2.0      3.0      True     0.1     1.0
    2    2.0      inf      True     0.3     1.0
    3    3.0      inf      True     0.4     2.0
    """
    periods = trial.periods
    starts = np.where(trial.starts > periods[-1], np.inf, trial.starts)
    rows = []
    for early, late in combinations(np.unique(starts).tolist(), 2):
        rows.append(_comparison(trial, starts, early, late, periods < late))
        if np.isfinite(late):
            rows.append(_comparison(trial, starts, late, early, periods >= early))
    if not rows:
        raise InputError("nobody starts, or all start at once: nobody is left to compare with")
    table = pd.DataFrame(rows)
    table["weight"] /= table["weight"].sum()
    return table.sort_values(["against", "start"], ignore_index=True)


def _comparison(
    trial: Trial, starts: Floats, start: float, against: float, window: NDArray[np.bool_]
) -> dict[str, object]:
    """Return one comparison of two groups in a window, its weight before scaling."""
    after, before = window & (trial.periods >= start), window & (trial.periods < start)
    change = trial.outcome[:, after].mean(axis=1) - trial.outcome[:, before].mean(axis=1)
    starting, other = starts == start, starts == against
    share = after.sum() / window.sum()
    size = starting.sum() * other.sum() * window.sum() ** 2
    return {
        "start": start,
        "against": against,
        "is_clean": against > start,
        "weight": float(size * share * (1 - share)),
        "effect": float(change[starting].mean() - change[other].mean()),
    }
