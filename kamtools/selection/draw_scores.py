"""Scores of all accounts under many sets of weights at once, by the methods of `scoring`.

Written as products of matrices: weights (…, n_draws, n_criteria) and values turned on their
side (…, n_criteria, n_accounts) give scores (…, n_draws, n_accounts). What stands before the
last two axes is broadcast as NumPy's `matmul` does it, so one function serves one table of
values for all draws, and one for each.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.promethee import criterion_flows
from kamtools.selection.value_draws import Uncertainty, value_blocks


def draw_scores(values: np.ndarray, weights: np.ndarray, *, method: str) -> np.ndarray:
    """Return the score of each account under each set of weights.

    Parameters
    ----------
    values : (…, n_criteria, n_accounts), larger is better; NaN where not known
    weights : (…, n_draws, n_criteria), none negative, each row with the sum 1
    method : "weighted_sum" or "topsis"

    Returns
    -------
    (…, n_draws, n_accounts)
        NaN where nothing that weighs is known of the account.

    Raises
    ------
    InputError
        If there is no such method.

    Examples
    --------
    >>> values = np.array([[1.0, 0.0, 0.6], [0.0, 1.0, np.nan]])
    >>> draw_scores(values, np.array([[0.75, 0.25], [0.0, 1.0]]), method="weighted_sum")
    array([[0.75, 0.25, 0.6 ],
           [0.  , 1.  ,  nan]])
    """
    if method not in KERNELS:
        raise InputError(f"method must be one of {', '.join(KERNELS)}; got {method!r}")
    scores = KERNELS[method](values, weights)
    is_known = ~np.isnan(values)
    if not is_known.all():
        scores[_product(weights, is_known.astype(float)) == 0] = np.nan
    return scores


def score_blocks(
    values: pd.DataFrame,
    weights: np.ndarray,
    objectives: pd.Series,
    *,
    method: str,
    uncertainty: Uncertainty | None,
    block: int,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield block after block the weights (draws, n_criteria) and scores (draws, n_accounts).

    Parameters
    ----------
    values, objectives
        As in `scoring.weighted_sum`.
    weights : (n_draws, n_criteria), as in `draw_scores`
    method, uncertainty, block
        As in `draw_scores` and `value_draws.value_blocks`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 1.0]}, index=["a", "b"])
    >>> blocks = score_blocks(values, np.ones((3, 1)), pd.Series({"margin": "max"}),
    ...                       method="topsis", uncertainty=None, block=4)
    >>> [scores.tolist() for _, scores in blocks]
    [[[1.0, 0.0], [1.0, 0.0]], [[1.0, 0.0]]]
    """
    if method == "promethee":
        yield from _promethee_blocks(values, weights, objectives, uncertainty, block)
        return
    blocks = value_blocks(values, objectives, uncertainty, n_draws=len(weights), block=block)
    for draws, normalised in blocks:
        if normalised.ndim == 2:
            yield weights[draws], draw_scores(normalised, weights[draws], method=method)
        else:
            one_each = weights[draws][:, np.newaxis]
            yield weights[draws], draw_scores(normalised, one_each, method=method)[:, 0]


def _promethee_blocks(
    values: pd.DataFrame,
    weights: np.ndarray,
    objectives: pd.Series,
    uncertainty: Uncertainty | None,
    block: int,
) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Yield net flows: those of each criterion do not change with the weights."""
    if uncertainty is not None:
        raise InputError("promethee takes no uncertain values; use weighted_sum or topsis")
    flows = criterion_flows(values, objectives).to_numpy().T
    at_a_time = max(block // max(len(values), 1), 1)
    for start in range(0, len(weights), at_a_time):
        drawn = weights[start : start + at_a_time]
        yield drawn, draw_scores(flows, drawn, method="weighted_sum")


def _weighted_sum(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    is_known = ~np.isnan(values)
    if is_known.all():
        return _product(weights, values)
    known_weight = _product(weights, is_known.astype(float))
    total = _product(weights, np.where(is_known, values, 0.0))
    return np.divide(total, known_weight, out=np.zeros_like(total), where=known_weight > 0)


def _topsis(values: np.ndarray, weights: np.ndarray) -> np.ndarray:
    ideal = np.fmax.reduce(values, axis=-1, keepdims=True)
    anti_ideal = np.fmin.reduce(values, axis=-1, keepdims=True)
    to_ideal = _squared_distances(values, ideal, weights)
    to_anti_ideal = _squared_distances(values, anti_ideal, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.divide(to_ideal, to_anti_ideal, out=to_ideal)
    # d^- / (d^+ + d^-) = 1 / (1 + d^+ / d^-), with one root in place of two.
    np.sqrt(ratio, out=ratio)
    ratio += 1
    closeness: np.ndarray = np.reciprocal(ratio, out=ratio)
    if np.isnan(closeness.min()):
        closeness[np.isnan(closeness)] = 0.5
    return closeness


def _squared_distances(values: np.ndarray, point: np.ndarray, weights: np.ndarray) -> np.ndarray:
    # No weight is negative, so the ideal of the weighted values is the ideal weighted, and
    # sum_j (w_j n_ij - w_j n*_j)^2 = sum_j w_j^2 (n_ij - n*_j)^2: one product for all draws.
    squares = (values - point) ** 2
    return _product(weights**2, np.where(np.isnan(squares), 0.0, squares))


def _product(weights: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Return weights @ values, in parts so small that BLAS does not share them among threads.

    It would from about 262,144 multiplications on, and on a busy machine the wait for each
    other costs ten times the work.
    """
    *leading, n_draws, n_criteria = weights.shape
    n_accounts = values.shape[-1]
    if n_draws == 1:
        return np.asarray(np.einsum("...mk,...kn->...mn", weights, values))
    n_parts = min(-(-n_draws * n_criteria * n_accounts // SMALL_PRODUCT), n_draws)
    at_a_time = -(-n_draws // n_parts)
    padded = np.zeros((*leading, n_parts * at_a_time, n_criteria))
    padded[..., :n_draws, :] = weights
    parts = padded.reshape(*leading, n_parts, at_a_time, n_criteria)
    product: np.ndarray = parts @ values[..., np.newaxis, :, :]
    return product.reshape(*product.shape[:-3], -1, n_accounts)[..., :n_draws, :]


SMALL_PRODUCT = 2**18
KERNELS = {"weighted_sum": _weighted_sum, "topsis": _topsis}
