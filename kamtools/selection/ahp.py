"""Weights from comparisons of criteria in pairs: the analytic hierarchy process.

A person says of each pair how many times as much the one counts as the other. The answers
contradict each other a little, and the method says how much. The comparisons themselves are
made in `comparisons`; `contradictions` says which answer to think over.

References
----------
.. [1] Saaty, T. L. (1980), The Analytic Hierarchy Process, McGraw-Hill.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.selection.comparisons import check_comparisons

RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49)
"""Mean consistency index of random comparisons of 1 to 10 criteria, Saaty 1980."""

ACCEPTABLE_RATIO = 0.10
"""Comparisons are accepted if their consistency ratio is below this, Saaty 1980."""


@dataclass(frozen=True)
class Consistency:
    """How far comparisons agree with each other.

    Attributes
    ----------
    largest_eigenvalue : at least the number of criteria, and equal to it without a contradiction
    index : at least 0
        (largest eigenvalue − n) / (n − 1).
    random_index
        The index that random answers would have, from `RANDOM_INDEX`.
    ratio : at least 0
        Index over random index; 0 for one or two criteria, which cannot contradict.
    is_acceptable
        Whether the ratio is below `ACCEPTABLE_RATIO`.
    """

    largest_eigenvalue: float
    index: float
    random_index: float
    ratio: float
    is_acceptable: bool


def ahp_weights(comparisons: pd.DataFrame) -> pd.Series:
    """Return the weights that comparisons in pairs stand for.

    Parameters
    ----------
    comparisons : (n_criteria, n_criteria) above 0, reciprocal
        From `comparisons.comparison_matrix`: row over column.

    Returns
    -------
    (n_criteria,) 0-1 with the sum 1, index criterion

    Raises
    ------
    InputError
        As `comparisons.check_comparisons`.

    Notes
    -----
    The principal eigenvector: A w = lambda_max w, sum w = 1, Saaty 1980 [1]_.

    Examples
    --------
    >>> from kamtools.selection.comparisons import comparison_matrix
    >>> judgements = {("margin", "growth"): 3, ("margin", "fit"): 5, ("growth", "fit"): 3}
    >>> ahp_weights(comparison_matrix(["margin", "growth", "fit"], judgements)).round(3).to_dict()
    {'margin': 0.637, 'growth': 0.258, 'fit': 0.105}
    """
    _, weights = principal_eigenvector(check_comparisons(comparisons).to_numpy(dtype=float))
    index = pd.Index(comparisons.index, name="criterion")
    return pd.Series(weights, index=index, name="weight")


def consistency(comparisons: pd.DataFrame) -> Consistency:
    """Return how far comparisons agree with each other.

    Raises
    ------
    InputError
        As `comparisons.check_comparisons`.

    Notes
    -----
    CI = (lambda_max − n) / (n − 1); CR = CI / RI, accepted below 0.10, Saaty 1980 [1]_.

    Examples
    --------
    >>> from kamtools.selection.comparisons import comparison_matrix
    >>> judgements = {("a", "b"): 2, ("b", "c"): 2, ("a", "c"): 4}
    >>> consistency(comparison_matrix("abc", judgements)).ratio
    0.0
    """
    return consistency_of_matrix(check_comparisons(comparisons).to_numpy(dtype=float))


def consistency_of_matrix(matrix: np.ndarray) -> Consistency:
    """Return the same as `consistency` for an array that was checked.

    Examples
    --------
    >>> consistency_of_matrix(np.array([[1.0, 4.0], [0.25, 1.0]])).is_acceptable
    True
    """
    n = len(matrix)
    largest, _ = principal_eigenvector(matrix)
    random_index = RANDOM_INDEX[n - 1]
    if random_index == 0:
        return Consistency(float(n), 0.0, 0.0, 0.0, True)
    # Perron: never below n; twelve decimals take rounding errors away.
    index = max(0.0, round((largest - n) / (n - 1), 12))
    ratio = index / random_index
    return Consistency(largest, index, random_index, ratio, ratio < ACCEPTABLE_RATIO)


def principal_eigenvector(matrix: np.ndarray) -> tuple[float, np.ndarray]:
    """Return the largest eigenvalue and its vector, brought to the sum 1.

    Examples
    --------
    >>> largest, vector = principal_eigenvector(np.array([[1.0, 4.0], [0.25, 1.0]]))
    >>> round(largest, 9), vector.round(9).tolist()
    (2.0, [0.8, 0.2])
    """
    eigenvalues, vectors = np.linalg.eig(matrix)
    largest = int(np.argmax(eigenvalues.real))
    vector = np.abs(vectors[:, largest].real)
    return float(eigenvalues[largest].real), vector / vector.sum()
