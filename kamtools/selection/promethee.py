"""PROMETHEE II: each account against each other, a lead counting as far as it matters.

The weighted sum lets a huge lead in one criterion make up for small lags everywhere. Here a
lead counts for nothing while it is trivial, in proportion while it grows, and for no more
than "clearly better" however large it is. A list on which this method, the weighted sum and
TOPSIS agree does not hang on the method.

References
----------
.. [1] Brans, J. P. and Vincke, P. (1985), "A preference ranking organisation method",
   Management Science 31(6), 647-656.
.. [2] Calders, T. and Van Assche, D. (2018), "PROMETHEE is not quadratic: an O(qn log(n))
   algorithm", Omega 76, 63-69.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.normalisation import check_values
from kamtools.selection.ranking import labelled, mean_over_known
from kamtools.selection.weights import check_weights

INDIFFERENCE = 0.05
"""A lead up to this part of the range does not count: assumption."""

STRICT_PREFERENCE = 0.5
"""A lead from this part of the range on counts in full: assumption."""

KINDS = ("linear", "usual")


@dataclass(frozen=True)
class Preference:
    """When a lead in one criterion counts, and how much.

    Attributes
    ----------
    kind
        "linear": a lead d counts (d − indifference) / (strict − indifference), cut to 0-1
        (V-shape with indifference). "usual": any lead counts in full, whatever the thresholds.
    indifference, strict : parts of the range from the worst to the best account
        0 <= indifference < strict.
    """

    kind: str = "linear"
    indifference: float = INDIFFERENCE
    strict: float = STRICT_PREFERENCE


LINEAR = Preference()
USUAL = Preference(kind="usual")


def promethee(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    preference: Preference = LINEAR,
) -> pd.DataFrame:
    """Return scores and ranks by the net flow of preference.

    Parameters
    ----------
    values, weights, objectives
        As in `scoring.weighted_sum`.
    preference
        When a lead counts, and how much.

    Returns
    -------
    (n_accounts, 2), index as `values`
        `score`, (1 + net flow) / 2: from 0, beaten by all in everything, to 1, beating all;
        0.5 is as often better as worse. `rank` from 1; equal scores share the better rank.

    Raises
    ------
    InputError
        As `net_flows`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 5.0, 1.0]}, index=["a", "b", "c"])
    >>> promethee(values, pd.Series({"margin": 1.0}), pd.Series({"margin": "max"}))
       score  rank
    a    1.0     1
    b    0.5     2
    c    0.0     3
    """
    flows = net_flows(values, weights, objectives, preference=preference)
    return labelled((1 + flows.to_numpy()) / 2, values.index)


def net_flows(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    preference: Preference = LINEAR,
) -> pd.Series:
    """Return how far each account is preferred to the others, less how far they are to it.

    Parameters
    ----------
    values, weights, objectives
        As in `scoring.weighted_sum`.
    preference
        When a lead counts, and how much.

    Returns
    -------
    (n_accounts,) from -1 to 1, index as `values`
        They sum to 0 where everything is known. NaN for an account of which nothing weighted
        is known; one whose value is missing in some is judged over the others.

    Raises
    ------
    InputError
        As `criterion_flows` and `weights.check_weights`.

    Notes
    -----
    phi_a = 1 / (n − 1) sum_b [pi(a, b) − pi(b, a)], pi(a, b) = sum_j w_j P_j(a, b), Brans and
    Vincke 1985 [1]_. This equals sum_j w_j phi_j(a) with the flows of the single criteria.

    Examples
    --------
    >>> values = pd.DataFrame({"a": [4.0, 3.0, 5.0], "b": [3.0, 2.0, 1.0], "c": [2.0, 4.0, 3.0]})
    >>> net_flows(values, pd.Series({"a": 0.5, "b": 0.3, "c": 0.2}),
    ...           pd.Series("max", index=values.columns), preference=USUAL).round(9).tolist()
    [0.1, -0.3, 0.2]
    """
    flows = criterion_flows(values, objectives, preference=preference).to_numpy()
    weight = check_weights(weights, values.columns).to_numpy()
    flow = mean_over_known(flows, weight)
    return pd.Series(flow, index=values.index, name="net_flow")


def criterion_flows(
    values: pd.DataFrame,
    objectives: pd.Series,
    *,
    preference: Preference = LINEAR,
) -> pd.DataFrame:
    """Return the net flow of each account in each criterion by itself.

    Net flows are these times the weights, so many weights cost no more than a matrix product.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known
    objectives : (n_criteria,) "max" or "min"
    preference
        When a lead counts, and how much.

    Returns
    -------
    (n_accounts, n_criteria) from -1 to 1
        Each column sums to 0. NaN where `values` has it; 0 where only one account is known.

    Raises
    ------
    InputError
        As `normalisation.check_values`; if the preference is unknown or the thresholds are
        not in order.

    Notes
    -----
    phi_j(a) = 1 / (n − 1) sum_b [P_j(a, b) − P_j(b, a)]. Sorted values and their running sums
    give it in O(n log n) a criterion, Calders and Van Assche 2018 [2]_.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [0.0, 10.0, 100.0]})
    >>> criterion_flows(values, pd.Series({"margin": "max"}),
    ...                 preference=Preference(indifference=0.1, strict=1.0))["margin"].tolist()
    [-0.5, -0.4444444444444444, 0.9444444444444444]
    """
    is_benefit = check_values(values, objectives)
    _check_preference(preference)
    matrix = values.to_numpy(dtype=float)
    rising = np.where(is_benefit, matrix, -matrix)
    flows = np.full(rising.shape, np.nan)
    for place, column in enumerate(rising.T):
        is_known = ~np.isnan(column)
        known = column[is_known]
        if preference.kind == "usual":
            flows[is_known, place] = _usual_flow(known)
        else:
            flows[is_known, place] = _linear_flow(known, preference.indifference, preference.strict)
    return pd.DataFrame(flows, index=values.index, columns=values.columns)


def _check_preference(preference: Preference) -> None:
    if preference.kind not in KINDS:
        raise InputError(f"preference must be one of {', '.join(KINDS)}; got {preference.kind!r}")
    if not 0 <= preference.indifference < preference.strict:
        raise InputError(
            "the thresholds must satisfy 0 <= indifference < strict; "
            f"got indifference={preference.indifference}, strict={preference.strict}"
        )


def _usual_flow(values: np.ndarray) -> np.ndarray:
    ordered = np.sort(values)
    n_below = np.searchsorted(ordered, values, side="left")
    n_above = len(values) - np.searchsorted(ordered, values, side="right")
    return (n_below - n_above) / max(len(values) - 1, 1)


def _linear_flow(values: np.ndarray, indifference: float, strict: float) -> np.ndarray:
    span = values.max() - values.min()
    if span == 0:
        return np.zeros(len(values))
    limits = indifference * span, strict * span
    return (_leads(values, *limits) - _leads(-values, *limits)) / (len(values) - 1)


def _leads(values: np.ndarray, indifference: float, strict: float) -> np.ndarray:
    """Return the sum over all others b of P(a, b) = clip((a − b − q) / (p − q), 0, 1)."""
    ordered = np.sort(values)
    running = np.concatenate([[0.0], np.cumsum(ordered - ordered[0])])
    n_strict = np.searchsorted(ordered, values - strict, side="right")
    n_leading = np.searchsorted(ordered, values - indifference, side="left")
    # Between the two thresholds the lead counts in proportion: a sum of (a − q − b) / (p − q).
    n_between = n_leading - n_strict
    between = n_between * (values - ordered[0] - indifference) - (
        running[n_leading] - running[n_strict]
    )
    return n_strict + between / (strict - indifference)
