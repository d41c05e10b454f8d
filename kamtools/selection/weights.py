"""What counts how much: weights that people give in points, by order, or in a line of text.

Weights are a Series by criterion, none negative, with the sum 1. Settle them before the
scores are seen: who knows the ranks argues for the weights that keep them.

References
----------
.. [1] Edwards, W. and Barron, F. H. (1994), "SMARTS and SMARTER: improved simple methods for
   multiattribute utility measurement", Organizational Behavior and Human Decision Processes
   60(3), 306-325.
.. [2] Stillwell, W. G., Seaver, D. A. and Edwards, W. (1981), "A comparison of weight
   approximation techniques in multiattribute utility decision making", Organizational
   Behavior and Human Performance 28(1), 62-77.
"""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.criteria import CRITERIA
from kamtools.wording import listing


def equal_weights(criteria: Iterable[str]) -> pd.Series:
    """Return the same weight for each criterion: the yardstick for any other weights.

    Raises
    ------
    InputError
        If there is no criterion, or one appears twice.

    Examples
    --------
    >>> equal_weights(["margin", "growth"]).to_dict()
    {'margin': 0.5, 'growth': 0.5}
    """
    return direct_weights(dict.fromkeys(_distinct(criteria), 1.0))


def direct_weights(points: Mapping[str, float]) -> pd.Series:
    """Return weights in proportion to points given by people.

    Parameters
    ----------
    points : criterion -> at least 0, on any scale
        Not all 0.

    Returns
    -------
    (n_criteria,) 0-1 with the sum 1, index criterion

    Raises
    ------
    InputError
        If a number is negative or not finite, or all are 0.

    Examples
    --------
    >>> direct_weights({"margin": 30, "growth": 10}).to_dict()
    {'margin': 0.75, 'growth': 0.25}
    """
    given = pd.Series(dict(points), name="weight", dtype=float).rename_axis("criterion")
    wrong = given[~(np.isfinite(given) & (given >= 0))]
    if len(wrong):
        said = ", ".join(f"{name} = {value:g}" for name, value in wrong.items())
        raise InputError(f"points must be numbers of at least 0; got {said}")
    if given.sum() == 0:
        raise InputError("points must not all be 0: at least one criterion has to count")
    return given / given.sum()


def rank_order_weights(criteria_in_order: Iterable[str], *, method: str = "centroid") -> pd.Series:
    """Return weights from nothing but an order, the most important criterion first.

    Parameters
    ----------
    criteria_in_order : names, each once
    method : "centroid" or "sum"
        The centroid is the mean of all weights that respect the order, and steep; the rank
        sum falls in a straight line, and is flatter.

    Returns
    -------
    (n_criteria,) 0-1 with the sum 1, falling

    Raises
    ------
    InputError
        If there is no criterion, one appears twice, or the method is unknown.

    Notes
    -----
    Centroid: w_k = (1/n) sum_{i=k..n} 1/i, Edwards and Barron 1994 [1]_.
    Sum: w_k = 2 (n + 1 - k) / (n (n + 1)), Stillwell, Seaver and Edwards 1981 [2]_.

    Examples
    --------
    >>> rank_order_weights(["margin", "growth", "fit"]).round(4).tolist()
    [0.6111, 0.2778, 0.1111]
    """
    names = _distinct(criteria_in_order)
    n = len(names)
    position = np.arange(1, n + 1)
    if method == "centroid":
        weights = np.cumsum((1 / position)[::-1])[::-1] / n
    elif method == "sum":
        weights = 2 * (n + 1 - position) / (n * (n + 1))
    else:
        raise InputError(f"method must be 'centroid' or 'sum'; got {method!r}")
    return direct_weights(dict(zip(names, weights, strict=True)))


def default_weights(criteria: Iterable[str]) -> pd.Series:
    """Return the weights by the default points of `criteria.CRITERIA`: an assumption.

    A criterion that stands in for one that is not there has that one's points too: where no
    cost is known, sales carry the weight of profit.

    Raises
    ------
    InputError
        If a criterion has no default points, or one appears twice.

    Examples
    --------
    >>> default_weights(["margin", "revenue"]).to_dict()
    {'margin': 0.8, 'revenue': 0.2}
    >>> default_weights(["revenue", "growth"]).round(3).to_dict()
    {'revenue': 0.769, 'growth': 0.231}
    """
    names = _distinct(criteria)
    known = {criterion.name: criterion for criterion in CRITERIA}
    _refuse_unknown(names, tuple(known))
    points = {name: known[name].points for name in names}
    for name in names:
        stood_for = known[name].stands_in_for
        if stood_for is not None and stood_for not in points:
            points[name] += known[stood_for].points
    return direct_weights(points)


def parse_weights(text: str, criteria: Iterable[str]) -> pd.Series:
    """Return the weights that a line of text asks for.

    Parameters
    ----------
    text
        "default"; "equal"; "rank: growth > margin > headroom" (rank-order centroid); or
        points, "growth = 2, margin = 3". A criterion that is not named weighs nothing.
    criteria
        Names of those that can be weighted, in the order of the result.

    Returns
    -------
    (n_criteria,) 0-1 with the sum 1, index criterion

    Raises
    ------
    InputError
        If the text has another form, names a criterion twice or one that is not there.

    Examples
    --------
    >>> parse_weights("growth = 1, margin = 3", ["margin", "growth", "trend"]).to_dict()
    {'margin': 0.75, 'growth': 0.25, 'trend': 0.0}
    """
    names = _distinct(criteria)
    said = text.strip()
    if said == "default":
        return default_weights(names)
    if said == "equal":
        return equal_weights(names)
    if said.startswith("rank:"):
        order = [name.strip() for name in said.removeprefix("rank:").split(">")]
        _refuse_unknown(order, names)
        weights = rank_order_weights(order)
    else:
        points = _parse_points(said)
        _refuse_unknown(tuple(points), names)
        weights = direct_weights(points)
    return weights.reindex(names, fill_value=0.0).rename_axis("criterion")


def check_weights(weights: pd.Series, criteria: Iterable[str]) -> pd.Series:
    """Return the weights in the order of `criteria`, those not named as 0, or refuse them.

    Raises
    ------
    InputError
        If a weight is for no criterion, negative or not a number, or the sum is not 1.

    Examples
    --------
    >>> check_weights(pd.Series({"growth": 1.0}), ["margin", "growth"]).tolist()
    [0.0, 1.0]
    """
    names = tuple(criteria)
    _refuse_unknown(_distinct(weights.index), names)
    if not (weights >= 0).all():
        bad = weights[~(weights >= 0)]
        said = ", ".join(f"{name} = {value:g}" for name, value in bad.items())
        raise InputError(f"weights must be numbers of at least 0; got {said}")
    if abs(weights.sum() - 1) > 1e-6:
        raise InputError(
            f"weights must sum to 1; got {weights.sum():.2f} ({', '.join(map(str, weights.index))})"
        )
    return weights.reindex(names, fill_value=0.0).astype(float)


def _parse_points(text: str) -> dict[str, float]:
    points: dict[str, float] = {}
    for part in text.split(","):
        name, is_given, number = (piece.strip() for piece in part.partition("="))
        try:
            value = float(number)
        except ValueError:
            value = None
        if not (name and is_given) or value is None:
            raise InputError(
                "weights must be 'default', 'equal', 'rank: growth > margin' or points such as "
                f"'growth = 2, margin = 3'; could not read {part.strip()!r}"
            )
        if name in points:
            raise InputError(f"each criterion has one weight; {name!r} is named twice")
        points[name] = value
    return points


def _distinct(criteria: Iterable[str]) -> tuple[str, ...]:
    names = tuple(criteria)
    if not names:
        raise InputError("there is no criterion to weight")
    repeated = sorted({name for name in names if names.count(name) > 1})
    if repeated:
        raise InputError(f"each criterion has one weight; {listing(repeated)} is named twice")
    return names


def _refuse_unknown(named: Iterable[str], known: tuple[str, ...]) -> None:
    for name in named:
        if name in known:
            continue
        near = get_close_matches(name, known, n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        if name in {criterion.name for criterion in CRITERIA}:
            hint = " (this firm's tables do not tell it: see what was left out)"
        raise InputError(f"unknown criterion {name!r}{hint}; there are: {', '.join(known)}")
