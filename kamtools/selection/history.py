"""What each account has bought, month by month: checked, cut at an earlier date, summed up.

The history is the table of `purchases.purchase_history`. Time in it is counted back from the
day on which it was read, so it says nothing of what came later, and `as_known_earlier` can
put the reader back to any month of it.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.ledger import MIN_COSTED_SHARE
from kamtools.purchases import HISTORY_COLUMNS
from kamtools.wording import listing

DAYS_PER_MONTH = 365.25 / 12
MONTHS_PER_YEAR = 12
SLACK_DAYS = 4
"""So much later than its first day a month may begin to be sold in and yet count as whole."""


def check_history(history: pd.DataFrame) -> pd.DataFrame:
    """Return the history, or refuse it.

    Raises
    ------
    InputError
        If it lacks a column, is empty, reaches beyond its own end, or names an account's
        month twice.

    Examples
    --------
    >>> check_history(pd.DataFrame({"account_id": ["a"], "months_back": [0]}))
    Traceback (most recent call last):
    kamtools.errors.InputError: the history lacks revenue, costed, margin, orders, gross, ...
    """
    missing = [name for name in HISTORY_COLUMNS if name not in history]
    if missing:
        raise InputError(
            f"the history lacks {listing(missing)}; expected the table of "
            "purchases.purchase_history"
        )
    if not (history["orders"] > 0).any():
        raise InputError("the history is empty: no account has ordered")
    if history["months_back"].min() < 0:
        raise InputError(
            "months_back counts from 0, the last month known; "
            f"got {history['months_back'].min()}, which lies in the future"
        )
    twice = history.duplicated(["account_id", "months_back"])
    if twice.any():
        row = history[twice].iloc[0]
        raise InputError(f"account {row.account_id!r} has month {row.months_back} twice")
    return history


def as_known_earlier(history: pd.DataFrame, months: int) -> pd.DataFrame:
    """Return the history as it was known a number of months before its end.

    Examples
    --------
    >>> past = as_known_earlier(example_history(), 2)
    >>> past[["account_id", "months_back", "revenue"]].values.tolist()
    [['a', 0, 10.0], ['a', 1, 30.0]]
    """
    known = history[history["months_back"] >= months]
    days = known[["first_days_back", "last_days_back"]] - months * DAYS_PER_MONTH
    return known.assign(months_back=known["months_back"] - months, **days.clip(lower=0))


def months_known(history: pd.DataFrame) -> int:
    """Return how many whole months the history covers.

    Examples
    --------
    >>> months_known(example_history())
    4
    """
    oldest = int(history["months_back"].max())
    days = history["first_days_back"].max() + 1
    is_whole = days >= (oldest + 1) * DAYS_PER_MONTH - SLACK_DAYS
    return oldest + 1 if is_whole else oldest


def by_month(history: pd.DataFrame, column: str = "revenue") -> pd.DataFrame:
    """Return one column of the history as accounts by months, the oldest month first.

    Returns
    -------
    (n_accounts, n_months), index account_id, columns months_back
        0 where an account has no line; whole months only.

    Examples
    --------
    >>> by_month(example_history())
    months_back     3     2    1    0
    account_id
    a            30.0  10.0  0.0  0.0
    b             0.0   0.0  0.0  5.0
    """
    months = months_known(history)
    codes, accounts = pd.factorize(history["account_id"], sort=True)
    back = history["months_back"].to_numpy()
    inside = back < months
    panel = np.zeros((len(accounts), months))
    panel[codes[inside], months - 1 - back[inside]] = history[column].to_numpy()[inside]
    columns = pd.Index(range(months - 1, -1, -1), name="months_back")
    return pd.DataFrame(panel, pd.Index(accounts, name="account_id"), columns)


def purchase_summary(history: pd.DataFrame) -> pd.DataFrame:
    """Return what forecasts need to know of each account's orders, in one row.

    Returns
    -------
    (n_accounts, 7), index account_id
        - frequency : orders after the first; an order is a day with a positive line
        - recency : months from the first order to the last
        - T : months from the first order to the end of the history
        - monetary_value : mean value of the orders after the first, less the part of all its
          orders that the account was credited; NaN without such an order
        - silence_months : T - recency
        - revenue : net, of the last 12 months
        - margin_rate : of the last year, or of all time for an account that bought nothing
          in it; NaN where the cost of less than nine tenths of the revenue is known

        An account with nothing but credits has no order: its frequency, recency, T are NaN.

    References
    ----------
    .. [1] Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), ""Counting your customers"
       the easy way: an alternative to the Pareto/NBD model", Marketing Science 24(2),
       275-284: frequency, recency and T.

    Examples
    --------
    >>> purchase_summary(example_history()).iloc[:, :4].round(2)
                frequency  recency     T  monetary_value
    account_id
    a                 2.0     1.31  3.94            15.0
    b                 0.0     0.00  0.33             NaN
    """
    accounts = history.groupby("account_id", sort=True)
    first, last = accounts["first_days_back"].max(), accounts["last_days_back"].min()
    orders, gross = accounts["orders"].sum(), accounts["gross"].sum()
    frequency = (orders - 1).where(orders > 0).astype("float64")
    is_first = history["first_days_back"] == history["account_id"].map(first)
    first_gross = history[is_first].groupby("account_id")["first_order_gross"].first()
    repeat_gross = gross - first_gross.reindex(gross.index)
    net_share = (accounts["revenue"].sum() / gross.where(gross > 0)).clip(0, 1)
    return pd.DataFrame(
        {
            "frequency": frequency,
            "recency": (first - last) / DAYS_PER_MONTH,
            "T": first / DAYS_PER_MONTH,
            "monetary_value": net_share * repeat_gross / frequency.where(frequency > 0),
            "silence_months": last / DAYS_PER_MONTH,
            "revenue": _last_year(history)["revenue"].reindex(first.index, fill_value=0.0),
            "margin_rate": _margin_rate(history, first.index),
        }
    )


def _last_year(history: pd.DataFrame) -> pd.DataFrame:
    year = history[history["months_back"] < MONTHS_PER_YEAR]
    return year.groupby("account_id")[["revenue", "costed", "margin"]].sum()


def _margin_rate(history: pd.DataFrame, accounts: pd.Index) -> pd.Series:
    all_time = history.groupby("account_id")[["revenue", "costed", "margin"]].sum()
    recent = _last_year(history).reindex(accounts)
    sums = recent.where(recent["revenue"] > 0, all_time)
    is_costed = (sums["costed"] > 0) & (sums["costed"] >= MIN_COSTED_SHARE * sums["revenue"])
    return (sums["margin"] / sums["costed"]).where(is_costed)


def example_history() -> pd.DataFrame:
    """Return a history of two accounts over four months, for examples.

    Examples
    --------
    >>> example_history()[["account_id", "months_back", "revenue", "orders"]].values.tolist()
    [['a', 2, 10.0, 1], ['a', 3, 30.0, 2], ['b', 0, 5.0, 1]]
    """
    return pd.DataFrame(
        {
            "account_id": ["a", "a", "b"],
            "months_back": [2, 3, 0],
            "revenue": [10.0, 30.0, 5.0],
            "costed": [10.0, 30.0, 5.0],
            "margin": [2.0, 6.0, 1.0],
            "orders": [1, 2, 1],
            "gross": [10.0, 30.0, 5.0],
            "first_order_gross": [10.0, 10.0, 5.0],
            "first_days_back": [80.0, 120.0, 10.0],
            "last_days_back": [80.0, 95.0, 10.0],
        }
    )
