"""Criteria compared in pairs: one person's answers, and several persons' together.

A table of comparisons says, row over column, how many times as much one criterion counts as
another, on a scale from 1 (equal) to 9 (incomparably more). `ahp` turns it into weights.

References
----------
.. [1] Aczél, J. and Saaty, T. L. (1983), "Procedures for synthesizing ratio judgements",
   Journal of Mathematical Psychology 27(1), 93-102.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations

import numpy as np
import pandas as pd

from kamtools.errors import InputError

LARGEST_NUMBER = 10
"""More criteria than this ask for more answers than anyone gives with care."""

RECIPROCAL_TOLERANCE = 1e-4


def comparison_matrix(
    criteria: Iterable[str], judgements: Mapping[tuple[str, str], float]
) -> pd.DataFrame:
    """Return the table of all comparisons from one answer for each pair.

    Parameters
    ----------
    criteria
        Names, in the order of the table.
    judgements : (first, second) -> above 0
        How many times as much the first counts as the second; below 1 if it counts less.

    Returns
    -------
    (n_criteria, n_criteria) above 0, 1 on the diagonal, reciprocal across it

    Raises
    ------
    InputError
        If a pair is missing, given twice, or of unknown criteria, or a number is not above 0.

    Examples
    --------
    >>> comparison_matrix(["margin", "growth"], {("margin", "growth"): 4.0})
            margin  growth
    margin    1.00     4.0
    growth    0.25     1.0
    """
    names = list(criteria)
    matrix = pd.DataFrame(np.eye(len(names)), index=names, columns=names)
    for (first, second), times in judgements.items():
        if first not in names or second not in names or first == second:
            raise InputError(f"cannot compare {first!r} with {second!r}: expected two of {names}")
        if (second, first) in judgements:
            raise InputError(f"{first!r} and {second!r} are compared twice")
        if not (np.isfinite(times) and times > 0):
            raise InputError(f"{first!r} over {second!r} must be above 0; got {times}")
        matrix.loc[first, second], matrix.loc[second, first] = times, 1 / times
    missing = [
        pair
        for pair in combinations(names, 2)
        if pair not in judgements and pair[::-1] not in judgements
    ]
    if missing:
        said = ", ".join(" with ".join(pair) for pair in missing[:3])
        raise InputError(f"{len(missing):,} comparisons are missing: {said}")
    return check_comparisons(matrix)


def combine_judges(judges: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the comparisons of several persons as one table.

    Parameters
    ----------
    judges : name -> (n_criteria, n_criteria) above 0, reciprocal
        Of the same criteria; their order may differ.

    Returns
    -------
    (n_criteria, n_criteria) above 0, reciprocal, in the order of the first judge

    Raises
    ------
    InputError
        If there is no judge, they compare other criteria, or as `check_comparisons`.

    Notes
    -----
    The geometric mean, a_ij = (prod_k a_ij^k)^(1/K): the only mean that stays reciprocal,
    Aczél and Saaty 1983 [1]_.

    Examples
    --------
    >>> one = comparison_matrix(["margin", "growth"], {("margin", "growth"): 8})
    >>> two = comparison_matrix(["margin", "growth"], {("margin", "growth"): 1 / 2})
    >>> combine_judges({"one": one, "two": two}).loc["margin", "growth"].round(9)
    np.float64(2.0)
    """
    if not judges:
        raise InputError("there is no judge; expected the comparisons of at least one")
    names = next(iter(judges.values())).index
    for judge, comparisons in judges.items():
        check_comparisons(comparisons)
        if set(comparisons.index) != set(names):
            raise InputError(
                f"{judge} compares {', '.join(map(str, comparisons.index))}; "
                f"the others {', '.join(map(str, names))}"
            )
    logs = [np.log(table.loc[names, names].to_numpy(dtype=float)) for table in judges.values()]
    return pd.DataFrame(np.exp(np.mean(logs, axis=0)), index=names, columns=names)


def check_comparisons(comparisons: pd.DataFrame) -> pd.DataFrame:
    """Return the comparisons, or refuse them.

    Raises
    ------
    InputError
        If rows and columns differ, there are none or more than ten, a number is not above 0,
        or a pair is not reciprocal.

    Examples
    --------
    >>> check_comparisons(pd.DataFrame([[1.0]], index=["margin"], columns=["margin"]))
            margin
    margin     1.0
    """
    names = [str(name) for name in comparisons.index]
    if names != [str(name) for name in comparisons.columns] or len(set(names)) < len(names):
        raise InputError(
            f"comparisons need the same criteria in rows and columns, each once; got rows {names} "
            f"and columns {list(map(str, comparisons.columns))}"
        )
    n = len(names)
    if not 1 <= n <= LARGEST_NUMBER:
        raise InputError(
            f"comparisons in pairs are for 1 to {LARGEST_NUMBER} criteria; got {n}, which "
            f"ask for {n * (n - 1) // 2} answers: compare the few that matter"
        )
    matrix = comparisons.to_numpy(dtype=float)
    if not (np.isfinite(matrix) & (matrix > 0)).all():
        raise InputError("comparisons must be numbers above 0, one for each pair")
    product = matrix * matrix.T
    if (np.abs(product - 1) > RECIPROCAL_TOLERANCE).any():
        row, column = np.unravel_index(np.argmax(np.abs(np.log(product))), product.shape)
        raise InputError(
            f"comparisons must be reciprocal; got {names[row]} over {names[column]} = "
            f"{matrix[row, column]:g} and {names[column]} over {names[row]} = "
            f"{matrix[column, row]:g}"
        )
    return comparisons
