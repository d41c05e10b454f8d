"""Rival ways of choosing, each a plain function of what was known at a date.

Each gives an account a number; the list is the first so many by it. Default weights and
rules are used as they stand. What the files say of today alone, ratings, relationship,
goals, hours of service, was not known at a past date and takes no part.

References
----------
.. [1] Hughes, A. M. (1994), Strategic Database Marketing, Probus: recency, frequency and
   monetary value in quintiles.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.ledger import MIN_COSTED_SHARE
from kamtools.selection.forecast import choose_forecast, forecast
from kamtools.selection.history import MONTHS_PER_YEAR
from kamtools.selection.measurement import criteria_table
from kamtools.selection.scoring import score
from kamtools.selection.weights import default_weights

SALES_RANK = "sales_rank"
METHOD_LABELS = {
    SALES_RANK: "Sales rank",
    "recent_sales": "Sales of 3 months",
    "rfm": "RFM",
    "margin_rank": "Margin rank",
    "recency": "Recency rule",
    "trend": "Trend",
    "bg_nbd": "BG/NBD",
    "auto": "Forecast by data",
    "auto_margin": "Margin forecast",
    "score": "Scorecard",
}
BY_MARGIN = ("margin_rank", "auto_margin")
RECENT_MONTHS = 3
QUINTILES = 5
FORECAST_METHODS = ("recency", "trend", "bg_nbd")


@dataclass(frozen=True)
class RivalScores:
    """What each way of choosing thinks of each account, the more the better.

    Attributes
    ----------
    scores : (n_accounts, n_methods), index account_id, columns of `METHOD_LABELS`
        NaN in the column of a method that could not be used, and for an account of which a
        method knows nothing.
    missing : method -> why it could not be used
    """

    scores: pd.DataFrame
    missing: dict[str, str]


def rival_scores(
    scorecard: pd.DataFrame, history: pd.DataFrame, *, as_of: datetime.date, seed: int
) -> RivalScores:
    """Return the accounts as each way of choosing ranks them, from what was known at a date.

    Parameters
    ----------
    scorecard : index account_id
        From `ledger.scorecard` at the date, those that can be chosen (`portfolio.eligible`).
    history : from `purchases.purchase_history` at the date
    as_of : the date
    seed : of the forecast's simulation

    Returns
    -------
    RivalScores
        - sales_rank, margin_rank : of the last 12 months
        - recent_sales : net sales of the last 3 months
        - rfm : see `rfm_score`
        - recency, trend, bg_nbd : revenue forecast for 12 months by that method
        - auto, auto_margin : revenue and margin by the method that `choose_forecast` takes
        - score : `scoring.score` on the criteria that the ledger tells, default weights
    """
    missing: dict[str, str] = {}
    columns = {
        SALES_RANK: scorecard["revenue"],
        "recent_sales": recent_sales(history, scorecard.index),
        "rfm": rfm_score(scorecard),
    }
    ways: dict[str, Callable[[], pd.Series]] = {
        "margin_rank": lambda: _known_margin(scorecard),
        "score": lambda: scorecard_score(scorecard, as_of=as_of),
    }
    expected, why_not = _forecasts(history, seed=seed)
    missing |= why_not
    columns |= {name: table["revenue"] for name, table in expected.items()}
    for name, way in ways.items():
        try:
            columns[name] = way()
        except InputError as error:
            missing[name] = str(error)
    if "margin_rank" in missing:
        missing["auto_margin"] = missing["margin_rank"]
    elif "auto" in expected:
        columns["auto_margin"] = expected["auto"]["margin"]
    else:
        missing["auto_margin"] = missing["auto"]
    table = pd.DataFrame(
        {name: values.reindex(scorecard.index) for name, values in columns.items()}
    )
    return RivalScores(table.reindex(columns=list(METHOD_LABELS)), missing)


def recent_sales(history: pd.DataFrame, accounts: pd.Index) -> pd.Series:
    """Return the net sales of the last 3 months; 0 for an account without a line in them.

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> recent_sales(example_history(), pd.Index(["b", "a", "c"])).tolist()
    [5.0, 10.0, 0.0]
    """
    recent = history[history["months_back"] < RECENT_MONTHS]
    return recent.groupby("account_id")["revenue"].sum().reindex(accounts, fill_value=0.0)


def rfm_score(scorecard: pd.DataFrame) -> pd.Series:
    """Return the sum of three quintiles: last order, number of orders, sales.

    1 to 5 points each, 5 for the fifth that ordered last, oftenest, for most, within the
    last 12 months; equals share their mean place. Equal sums, of which there are many, are
    told apart by sales.

    Parameters
    ----------
    scorecard : index account_id
        `recency_days`, `orders`, `revenue`.

    Returns
    -------
    (n_accounts,)
        The whole part is the sum, 3 to 15; the rest is the place by sales.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"recency_days": [5.0, 40.0, 9.0, 90.0, 20.0],
    ...                           "orders": [9, 2, 5, 1, 3],
    ...                           "revenue": [50.0, 10.0, 90.0, 5.0, 20.0]}, index=list("abcde"))
    >>> np.floor(rfm_score(scorecard)).astype(int).to_dict()
    {'a': 14, 'b': 6, 'c': 13, 'd': 3, 'e': 9}
    """
    by_sales = scorecard["revenue"].rank()
    points = _quintile(-scorecard["recency_days"]) + _quintile(scorecard["orders"])
    return points + _quintile(scorecard["revenue"]) + by_sales / (len(scorecard) + 1)


def scorecard_score(scorecard: pd.DataFrame, *, as_of: datetime.date) -> pd.Series:
    """Return the score by the default weights on the criteria that the ledger tells.

    Raises
    ------
    InputError
        If nothing tells the accounts apart.
    """
    criteria = criteria_table(scorecard, as_of=as_of)
    weights = default_weights(criteria.values.columns)
    return score(criteria.values, weights, criteria.objectives)["score"]


def _quintile(values: pd.Series) -> pd.Series:
    return (QUINTILES * values.rank() / len(values)).apply(np.ceil)


def _known_margin(scorecard: pd.DataFrame) -> pd.Series:
    margin, revenue = scorecard["margin"], scorecard["revenue"]
    if revenue[margin.notna()].sum() < MIN_COSTED_SHARE * revenue.sum():
        raise InputError("the cost of less than nine tenths of the sales is known")
    return margin


def _forecasts(
    history: pd.DataFrame, *, seed: int
) -> tuple[dict[str, pd.DataFrame], dict[str, str]]:
    """Return the year's forecast by each method that the history carries, and why not others."""
    found: dict[str, pd.DataFrame] = {}
    missing: dict[str, str] = {}
    for method in FORECAST_METHODS:
        try:
            found[method] = forecast(
                history, horizon_months=MONTHS_PER_YEAR, method=method, seed=seed
            )
        except InputError as error:
            missing[method] = str(error)
    try:
        chosen = choose_forecast(history, horizon_months=MONTHS_PER_YEAR).method
    except InputError as error:
        return found, missing | {"auto": str(error)}
    if chosen in found:
        found["auto"] = found[chosen]
    else:
        missing["auto"] = missing[chosen]
    return found, missing
