"""What lifts an account and what holds it back, in numbers and in one sentence."""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from kamtools.selection.criteria import CRITERIA
from kamtools.selection.normalisation import normalise
from kamtools.selection.weights import check_weights
from kamtools.wording import change, money, percent

MAX_LIFTS = 3
MAX_BRAKES = 2
WORTH_SAYING = 0.005
"""A contribution is told if it moves the score by this much, half a hundredth of its range."""


def contributions(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    normalisation: str = "min_max",
) -> pd.DataFrame:
    """Return how far each criterion moves each account from the average account's score.

    Parameters
    ----------
    values, weights, objectives, normalisation
        As in `scoring.weighted_sum`.

    Returns
    -------
    (n_accounts, n_criteria), index account_id
        Weight × (normalised value − its mean over the accounts known). Positive lifts,
        negative holds back; 0 where the criterion has no weight; NaN where the account's
        value is not known, the other weights of that account being scaled up. Where
        everything is known a row sums to the account's score less the mean score.

    Raises
    ------
    InputError
        As `scoring.weighted_sum`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 5.0, 1.0], "returns_rate": [0.2, 0.0, 0.1]})
    >>> contributions(values, pd.Series({"margin": 0.8, "returns_rate": 0.2}),
    ...               pd.Series({"margin": "max", "returns_rate": "min"})).round(2)
       margin  returns_rate
    0     0.4          -0.1
    1     0.0           0.1
    2    -0.4           0.0
    """
    normalised = normalise(values, objectives, method=normalisation)
    weight = check_weights(weights, values.columns).to_numpy()
    parts = _contributions(normalised.to_numpy(), weight)
    return pd.DataFrame(parts, index=values.index, columns=values.columns)


def _contributions(normalised: np.ndarray, weights: np.ndarray) -> np.ndarray:
    known_weight = ~np.isnan(normalised) @ weights
    scale = np.where(known_weight > 0, known_weight, 1)[:, np.newaxis]
    parts = weights * (normalised - np.nanmean(normalised, axis=0)) / scale
    return np.where(weights > 0, parts, 0.0)


def explain(
    contributions: pd.DataFrame,
    labels: Mapping[str, str] | pd.Series,
    *,
    measured: pd.DataFrame | None = None,
    objectives: pd.Series | None = None,
    currency: str = "",
) -> pd.Series:
    """Return one sentence for each account: what lifts it, what holds it back, what is unknown.

    Up to three criteria that lift and two that hold back are named, the strongest first.

    Parameters
    ----------
    contributions : (n_accounts, n_criteria), index account_id
        From `contributions`; rows may be picked from it.
    labels : criterion -> text
        What a manager calls each criterion; a criterion without one keeps its name.
    measured : (at least these accounts, criteria)
        Adds each number in its own unit, as `criteria.CRITERIA` words it.
    objectives : criterion -> "max" or "min"
        Adds "high" or "low" where it is needed to see why something lifts or holds back.
    currency
        Stands before amounts of money.

    Returns
    -------
    (n_accounts,) text, index account_id

    Examples
    --------
    >>> parts = pd.DataFrame({"growth": [0.2, -0.1], "returns_rate": [-0.1, None]},
    ...                      index=["a", "b"])
    >>> measured = pd.DataFrame({"growth": [0.64, -0.1], "returns_rate": [0.09, None]},
    ...                         index=["a", "b"])
    >>> sentences = explain(parts, {"growth": "Growth", "returns_rate": "Returns"},
    ...                     measured=measured)
    >>> print(sentences["a"])
    Lifted by growth (+64 % a year); held back by returns (9 % of sales).
    >>> print(sentences["b"])
    Nothing lifts it above the average; held back by growth (−10 % a year). Not known: returns.
    """
    nouns = _nouns(contributions.columns, labels)
    told = nouns + _read_out(contributions, measured, currency)
    is_min = _is_min(contributions.columns, objectives)
    if_lifting = np.where(is_min, "low ", "").astype(object)
    if_braking = np.where(is_min, "high ", "" if objectives is None else "low ").astype(object)
    parts = contributions.to_numpy(dtype=float)
    lifts = _strongest(parts, if_lifting + told, MAX_LIFTS)
    brakes = _strongest(-parts, if_braking + told, MAX_BRAKES)
    missing = np.where(np.isnan(parts), ", " + nouns, "").astype(object).sum(axis=1)
    sentences = (
        np.where(lifts == "", "Nothing lifts it above the average", "Lifted by " + lifts)
        + np.where(brakes == "", "; nothing holds it back.", "; held back by " + brakes + ".")
        + np.where(missing == "", "", " Not known: " + pd.Series(missing).str[2:] + ".")
    )
    return pd.Series(sentences, index=contributions.index, name="reason", dtype="str")


def _strongest(parts: np.ndarray, phrases: np.ndarray, at_most: int) -> np.ndarray:
    """Return for each account, joined as prose lists them, its largest positive parts."""
    known = np.nan_to_num(parts)
    order = np.argsort(-known, axis=1, kind="stable")[:, :at_most]
    is_told = np.take_along_axis(known, order, axis=1) >= WORTH_SAYING
    picked = np.take_along_axis(phrases, order, axis=1)
    n_told = is_told.sum(axis=1)
    text = np.where(n_told > 0, picked[:, 0], "").astype(object)
    for place in range(1, picked.shape[1]):
        link = np.where(n_told == place + 1, " and ", ", ").astype(object)
        text = text + np.where(n_told > place, link + picked[:, place], "")
    return text


def _nouns(names: pd.Index, labels: Mapping[str, str] | pd.Series) -> np.ndarray:
    known = dict(labels)
    full = [str(known.get(name, name)) for name in names]
    return np.array([label[:1].lower() + label[1:] for label in full], dtype=object)


def _is_min(names: pd.Index, objectives: pd.Series | None) -> np.ndarray:
    if objectives is None:
        return np.zeros(len(names), dtype=bool)
    return (objectives.reindex(names) == "min").to_numpy()


def _read_out(
    contributions: pd.DataFrame, measured: pd.DataFrame | None, currency: str
) -> np.ndarray:
    """Return each measured number in brackets, in the words of its criterion."""
    wordings = {criterion.name: criterion.wording for criterion in CRITERIA}
    texts = np.full(contributions.shape, "", dtype=object)
    if measured is None:
        return texts
    for place, name in enumerate(contributions.columns):
        if name in measured and name in wordings:
            numbers = measured[name].reindex(contributions.index)
            texts[:, place] = [
                "" if np.isnan(x) else f" ({read_out(x, wordings[name], currency)})"
                for x in numbers.to_numpy(dtype=float)
            ]
    return texts


def read_out(number: float, wording: str, currency: str = "") -> str:
    """Return a measured number in a criterion's wording.

    Examples
    --------
    >>> read_out(0.09, "{percent} of sales"), read_out(12000.0, "{money}", "EUR")
    ('9 % of sales', 'EUR 12,000')
    """
    return wording.format(
        money=money(number, currency),
        percent=percent(number),
        change=change(number),
        number=f"{number:.3g}",
    )
