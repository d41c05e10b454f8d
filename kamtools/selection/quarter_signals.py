"""What each quarter says of an account: it met the threshold for key accounts, failed, or neither.

Two thresholds that lie apart keep accounts from going in and out: between them a quarter
says nothing. Either the firm names both in money, or it counts places: among the first so
many, and not even near them.
"""

from datetime import date

import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

MET, BETWEEN, FAILED = "met", "between", "failed"
SIGNALS = (MET, BETWEEN, FAILED)
MONTHS_PER_QUARTER = 3


def behaviour_by_quarter(
    history: pd.DataFrame, *, as_of: date, quarters: int = 8, measure: str = "revenue"
) -> pd.DataFrame:
    """Return what each account brought in each of the last quarters, the oldest first.

    Parameters
    ----------
    history
        `account_id`, `months_back` (0 for the month that ends on `as_of`) and the measure,
        from `purchases.purchase_history`.
    as_of
        Last day of the history, and of the last quarter.
    quarters : at least 1
        Fewer are returned where the history does not reach back so far.
    measure : "revenue", "margin" or another column of money that adds up over months

    Returns
    -------
    (n_accounts, n_quarters) money, index account_id, columns the last days of the quarters
        0 in a quarter without a line.

    Raises
    ------
    InputError
        If the history lacks a column or holds no whole quarter, or quarters is below 1.

    Examples
    --------
    >>> history = pd.DataFrame({"account_id": ["a", "a", "b"], "months_back": [0, 2, 5],
    ...                         "revenue": [10.0, 5.0, 7.0]})
    >>> behaviour_by_quarter(history, as_of=date(2024, 12, 31))
                2024-09-30  2024-12-31
    account_id
    a                  0.0        15.0
    b                  7.0         0.0
    """
    missing = [name for name in ("account_id", "months_back", measure) if name not in history]
    if missing:
        raise InputError(f"the history lacks the column {listing(missing)}")
    whole = 0 if history.empty else (int(history["months_back"].max()) + 1) // MONTHS_PER_QUARTER
    if not (whole and quarters >= 1):
        raise InputError(
            f"expected at least one whole quarter; got {whole:,} in the history and "
            f"quarters = {quarters}"
        )
    back = (history["months_back"] // MONTHS_PER_QUARTER).rename("quarter")
    table = history.groupby(["account_id", back])[measure].sum().unstack(fill_value=0)
    table = table.reindex(columns=range(min(whole, quarters) - 1, -1, -1)).fillna(0.0)
    end = pd.Timestamp(as_of)
    ends = [_months_before(end, MONTHS_PER_QUARTER * int(number)) for number in table.columns]
    return table.set_axis(pd.DatetimeIndex(ends), axis=1)


def gate_signals(behaviour: pd.DataFrame, *, enter: float, leave: float) -> pd.DataFrame:
    """Return whether each account met the entry threshold in each quarter, or failed.

    Parameters
    ----------
    behaviour : (n_accounts, n_quarters), index account_id, the oldest quarter first
        What is measured of each finished quarter, such as margin after service; NaN where not
        known.
    enter, leave : in the unit of the behaviour
        An account meets the gate from `enter` on and fails below `leave`, which is lower: the
        room between them keeps accounts from going in and out.

    Returns
    -------
    (n_accounts, n_quarters) "met", "between" or "failed"; missing where not known

    Raises
    ------
    InputError
        If `leave` is not below `enter`.

    Examples
    --------
    >>> behaviour = pd.DataFrame({"Q1": [90.0, 70.0], "Q2": [70.0, 40.0]}, index=["a", "b"])
    >>> gate_signals(behaviour, enter=80, leave=50)
            Q1       Q2
    a      met  between
    b  between   failed
    """
    if not leave < enter:
        raise InputError(f"leave must be below enter; got leave = {leave} and enter = {enter}")
    return _signals(behaviour, behaviour >= enter, behaviour < leave)


def rank_signals(behaviour: pd.DataFrame, *, places: int, slack: float = 0.5) -> pd.DataFrame:
    """Return whether each account was among the first of each quarter, or far behind.

    Parameters
    ----------
    behaviour
        As in `gate_signals`.
    places : number of key accounts that the firm can look after
        An account meets the gate if it is among the first so many of the quarter.
    slack : share, above 0
        It fails if it is not even among the first places × (1 + slack).

    Returns
    -------
    As `gate_signals`

    Raises
    ------
    InputError
        If places is not at least 1, or slack not above 0.

    Examples
    --------
    >>> behaviour = pd.DataFrame({"Q1": [9.0, 8.0, 7.0, 6.0]}, index=list("abcd"))
    >>> rank_signals(behaviour, places=2)["Q1"].tolist()
    ['met', 'met', 'between', 'failed']
    """
    if not (places >= 1 and slack > 0):
        raise InputError(
            f"places must be at least 1 and slack above 0; got places = {places} and "
            f"slack = {slack}"
        )
    rank = behaviour.rank(ascending=False, method="min")
    return _signals(behaviour, rank <= places, rank > places * (1 + slack))


def _signals(behaviour: pd.DataFrame, met: pd.DataFrame, failed: pd.DataFrame) -> pd.DataFrame:
    between = pd.DataFrame(BETWEEN, index=behaviour.index, columns=behaviour.columns, dtype="str")
    return between.mask(met, MET).mask(failed, FAILED).where(behaviour.notna())


def _months_before(end: pd.Timestamp, months: int) -> pd.Timestamp:
    """Return the day so many months before, a last day of a month for a last day of a month."""
    before = end - pd.DateOffset(months=months)
    return before + pd.offsets.MonthEnd(0) if end.is_month_end else before
