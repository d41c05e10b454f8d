"""Which answer contradicts the others, what would mend it, and how several judges differ.

References
----------
.. [1] Harker, P. T. (1987), "Alternative modes of questioning in the analytic hierarchy
   process", Mathematical Modelling 9(3-5), 353-360.
.. [2] Saaty, T. L. (2003), "Decision-making with the AHP: why is the principal eigenvector
   necessary", European Journal of Operational Research 145(1), 85-91.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.selection.ahp import (
    ACCEPTABLE_RATIO,
    ahp_weights,
    consistency,
    consistency_of_matrix,
    principal_eigenvector,
)
from kamtools.selection.comparisons import combine_judges

LARGEST_TIMES = 9.0


@dataclass(frozen=True)
class WorstComparison:
    """The answer that contradicts the others most, and what would mend it.

    Attributes
    ----------
    more, less
        The pair, so turned that `more` was said to count at least as much as `less`.
    said : at least 1
        How many times as much.
    implied : above 0
        What all other answers together imply; below 1 they say the opposite.
    suggested : 1/9 to 9
        The step of the scale nearest to it, a whole number or one over a whole number.
    ratio_after : at least 0
        Consistency ratio with the suggested answer.
    """

    more: str
    less: str
    said: float
    implied: float
    suggested: float
    ratio_after: float


def worst_comparison(comparisons: pd.DataFrame) -> WorstComparison | None:
    """Return the answer that deviates most from the weights, and the one that would mend it.

    Returns
    -------
    WorstComparison
        None where nothing contradicts.

    Raises
    ------
    InputError
        As `comparisons.check_comparisons`.

    Notes
    -----
    The worst answer has the e_ij = a_ij w_j / w_i farthest from 1, Saaty 2003 [2]_. What the
    others imply is w_i / w_j of the matrix in which that answer is taken out: 0 in its two
    places and 2 on the diagonal of its two rows, Harker 1987 [1]_. Of three criteria any
    answer would mend the circle: all deviate alike, and the first is told.

    Examples
    --------
    >>> from kamtools.selection.comparisons import comparison_matrix
    >>> judgements = {("a", "b"): 2, ("b", "c"): 2, ("c", "d"): 2, ("a", "c"): 4,
    ...               ("b", "d"): 4, ("a", "d"): 1 / 3}
    >>> worst = worst_comparison(comparison_matrix("abcd", judgements))
    >>> worst.more, worst.less, worst.said, worst.suggested, worst.ratio_after
    ('d', 'a', 3.0, 0.125, 0.0)
    """
    if consistency(comparisons).ratio == 0:
        return None
    matrix = comparisons.to_numpy(dtype=float)
    _, weights = principal_eigenvector(matrix)
    deviation = np.abs(np.log(matrix * weights / weights[:, np.newaxis]))
    # Nine decimals: answers apart by rounding errors only are equally bad.
    row, column = divmod(int(np.argmax(deviation.round(9))), len(matrix))
    if matrix[row, column] < 1:
        row, column = column, row
    implied = _implied(matrix, row, column)
    suggested = _nearest_step(implied)
    mended = matrix.copy()
    mended[row, column], mended[column, row] = suggested, 1 / suggested
    return WorstComparison(
        more=str(comparisons.index[row]),
        less=str(comparisons.index[column]),
        said=float(matrix[row, column]),
        implied=implied,
        suggested=suggested,
        ratio_after=consistency_of_matrix(mended).ratio,
    )


def compare_judges(judges: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the weights and the consistency of each judge, and of all together.

    Parameters
    ----------
    judges : name -> (n_criteria, n_criteria) above 0, reciprocal

    Returns
    -------
    (n_judges + 1, n_criteria + 3), index judge, last "together"
        The weight of each criterion (0-1); `consistency_ratio`, `is_acceptable`;
        `think_over`, the worst answer and the one that would mend it, in words.

    Raises
    ------
    InputError
        As `comparisons.combine_judges`.

    Notes
    -----
    Together is the geometric mean of the answers, not of the weights. It may be consistent
    although no judge is, so each judge's own ratio stands beside it.

    Examples
    --------
    >>> from kamtools.selection.comparisons import comparison_matrix
    >>> judges = {name: comparison_matrix(["margin", "growth"], {("margin", "growth"): times})
    ...           for name, times in {"Li": 8, "Kay": 1 / 2}.items()}
    >>> compare_judges(judges)["margin"].round(3).to_dict()
    {'Li': 0.889, 'Kay': 0.333, 'together': 0.667}
    """
    everyone = {**judges, "together": combine_judges(judges)}
    rows = [
        {
            **ahp_weights(comparisons).to_dict(),
            "consistency_ratio": consistency(comparisons).ratio,
            "is_acceptable": consistency(comparisons).is_acceptable,
            "think_over": _think_over(worst_comparison(comparisons)),
        }
        for comparisons in everyone.values()
    ]
    return pd.DataFrame(rows, index=pd.Index(everyone, name="judge"))


def describe_consistency(comparisons: pd.DataFrame) -> str:
    """Return in words whether the answers can be used, and which one to think over.

    Raises
    ------
    InputError
        As `comparisons.check_comparisons`.

    Examples
    --------
    >>> from kamtools.selection.comparisons import comparison_matrix
    >>> judgements = {("a", "b"): 2, ("b", "c"): 2, ("c", "d"): 2, ("a", "c"): 4,
    ...               ("b", "d"): 4, ("a", "d"): 1 / 3}
    >>> print(describe_consistency(comparison_matrix("abcd", judgements)))
    The answers contradict each other too much (consistency ratio 0.55; below 0.10 is accepted).
    Think over: d over a is 3, the other answers imply 1/8 (ratio then 0.00).
    """
    found = consistency(comparisons)
    if found.ratio == 0:
        return "The answers do not contradict each other."
    verdict = "agree well enough" if found.is_acceptable else "contradict each other too much"
    return (
        f"The answers {verdict} (consistency ratio {found.ratio:.2f}; below "
        f"{ACCEPTABLE_RATIO:.2f} is accepted). Think over: "
        f"{_think_over(worst_comparison(comparisons))}."
    )


def _think_over(worst: WorstComparison | None) -> str:
    if worst is None:
        return ""
    return (
        f"{worst.more} over {worst.less} is {_times(worst.said)}, the other answers imply "
        f"{_times(worst.suggested)} (ratio then {worst.ratio_after:.2f})"
    )


def _times(times: float) -> str:
    return f"{times:.2g}" if times >= 1 else f"1/{1 / times:.2g}"


def _implied(matrix: np.ndarray, row: int, column: int) -> float:
    """Return what all answers but one imply for that one, Harker 1987."""
    without = matrix.copy()
    without[row, column] = without[column, row] = 0
    without[row, row] = without[column, column] = 2
    _, weights = principal_eigenvector(without)
    return float(weights[row] / weights[column])


def _nearest_step(times: float) -> float:
    """Return the nearest of 1/9, 1/8, …, 1, …, 9 in ratio."""
    whole = np.arange(1, LARGEST_TIMES + 1)
    steps = np.concatenate([1 / whole[:0:-1], whole])
    return float(steps[np.argmin(np.abs(np.log(steps) - np.log(times)))])
