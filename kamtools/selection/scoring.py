"""One score and one rank for each account: weighted sum, TOPSIS, and PROMETHEE II by name.

An account whose number is not known in a criterion is scored over those that are known for
it, their weights brought back to a sum of 1; `explanation.explain` says which are missing.
An account of which nothing weighted is known has no score and stands behind all others.

References
----------
.. [1] Hwang, C. L. and Yoon, K. (1981), Multiple Attribute Decision Making, Springer.
.. [2] Tzeng, G. H. and Huang, J. J. (2011), Multiple Attribute Decision Making: Methods and
   Applications, CRC Press.
"""

from collections.abc import Callable

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.normalisation import normalise
from kamtools.selection.promethee import promethee
from kamtools.selection.ranking import labelled, mean_over_known
from kamtools.selection.weights import check_weights


def weighted_sum(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    normalisation: str = "min_max",
) -> pd.DataFrame:
    """Return scores and ranks by the weighted sum of the normalised values.

    Good in one criterion makes up for bad in another, at the price that the weights name.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known
    weights : 0-1 with the sum 1, index criterion
        A criterion without a weight does not count.
    objectives : (n_criteria,) "max" or "min"
    normalisation
        As in `normalisation.normalise`; it changes the result.

    Returns
    -------
    (n_accounts, 2), index as `values`
        `score`, with "min_max" from 0 (worst in all) to 1 (best in all), and `rank` from 1;
        equal scores share the better rank.

    Raises
    ------
    InputError
        If values, weights or objectives do not fit each other (`normalise`, `check_weights`).

    Notes
    -----
    V_i = sum_j w_j n_ij.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 5.0, 1.0], "returns_rate": [0.2, 0.0, 0.2]},
    ...                       index=["a", "b", "c"])
    >>> weighted_sum(values, pd.Series({"margin": 0.5, "returns_rate": 0.5}),
    ...              pd.Series({"margin": "max", "returns_rate": "min"}))
       score  rank
    a   0.50     2
    b   0.75     1
    c   0.00     3
    """
    normalised = normalise(values, objectives, method=normalisation)
    weight = check_weights(weights, values.columns).to_numpy()
    return labelled(mean_over_known(normalised.to_numpy(), weight), values.index)


def topsis(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    normalisation: str = "min_max",
) -> pd.DataFrame:
    """Return scores and ranks by the closeness to an ideal account.

    The ideal has the best value of each criterion, the anti-ideal the worst. Distances are
    squared, weights with them: a heavy criterion counts for more than in the weighted sum,
    and one very bad value for more than several slightly bad ones.

    Parameters
    ----------
    values, weights, objectives
        As in `weighted_sum`.
    normalisation
        As in `normalisation.normalise`; "vector" is the method as published, "min_max" is
        the one that suits values without a natural zero.

    Returns
    -------
    (n_accounts, 2), index as `values`
        `score`, from 0 (the anti-ideal) to 1 (the ideal), and `rank` from 1; equal scores
        share the better rank.

    Raises
    ------
    InputError
        As `weighted_sum`.

    Notes
    -----
    C_i = d_i^- / (d_i^+ + d_i^-), Hwang and Yoon 1981 [1]_.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 5.0, 1.0]}, index=["a", "b", "c"])
    >>> topsis(values, pd.Series({"margin": 1.0}), pd.Series({"margin": "max"}))
       score  rank
    a    1.0     1
    b    0.5     2
    c    0.0     3
    """
    normalised = normalise(values, objectives, method=normalisation)
    weight = check_weights(weights, values.columns).to_numpy()
    return labelled(_topsis(normalised.to_numpy(), weight), values.index)


def score(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    method: str = "weighted_sum",
) -> pd.DataFrame:
    """Return scores and ranks by the method of that name in `METHODS`.

    Raises
    ------
    InputError
        If there is no such method, and as the method.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 1.0]}, index=["a", "b"])
    >>> score(values, pd.Series({"margin": 1.0}), pd.Series({"margin": "max"}),
    ...       method="topsis")["rank"].to_dict()
    {'a': 1, 'b': 2}
    """
    if method not in METHODS:
        raise InputError(f"method must be one of {', '.join(METHODS)}; got {method!r}")
    return METHODS[method](values, weights, objectives)


METHODS: dict[str, Callable[..., pd.DataFrame]] = {
    "weighted_sum": weighted_sum,
    "topsis": topsis,
    "promethee": promethee,
}
"""Each takes values, weights and objectives; its options have defaults."""


def _topsis(normalised: np.ndarray, weights: np.ndarray) -> np.ndarray:
    weighted = normalised * weights
    ideal, anti_ideal = np.nanmax(weighted, axis=0), np.nanmin(weighted, axis=0)
    to_ideal = np.sqrt(np.nansum((weighted - ideal) ** 2, axis=1))
    to_anti_ideal = np.sqrt(np.nansum((weighted - anti_ideal) ** 2, axis=1))
    both = to_ideal + to_anti_ideal
    closeness = np.divide(to_anti_ideal, both, out=np.full(len(both), 0.5), where=both > 0)
    is_known = ~np.isnan(normalised) @ weights > 0
    return np.where(is_known, closeness, np.nan)
