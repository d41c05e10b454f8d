"""Invoice lines to what each account bought in each month: the history forecasts rest on.

Written in Ibis on the one pass of `ledger.daily`: what comes back is an account's months,
not its lines.
"""

import datetime

import ibis.expr.types as ir
import pandas as pd

from kamtools import ledger

MONEY = ["revenue", "costed", "margin", "gross", "first_order_gross"]
DAYS = ["first_days_back", "last_days_back"]
HISTORY_COLUMNS = [
    "account_id", "months_back", "revenue", "costed", "margin", "orders", "gross",
    "first_order_gross", *DAYS,
]  # fmt: skip


def purchase_history(invoices: ir.Table, *, as_of: datetime.date) -> pd.DataFrame:
    """Return what each account bought in each month up to `as_of`.

    Nothing after `as_of` is read. Months are counted back from it as in the scorecard, so
    that none is a part of one, apart from the first of the ledger.

    Parameters
    ----------
    invoices : account_id (string), date, amount and cost (float, cost may be null)
    as_of : the last day that counts

    Returns
    -------
    DataFrame
        One row an account and month with a line, ordered by both. Money in the
        engagement's currency.

        - account_id
        - months_back : 0 for the month that ends on `as_of`
        - revenue : net of credit notes
        - costed : the part of the revenue whose cost is known; margin : that less its cost
        - orders : days with a positive line; gross : all positive lines
        - first_order_gross : the positive lines of the first of these days
        - first_days_back, last_days_back : from the first and from the last of these days
          to `as_of`; NaN, as first_order_gross, in a month of nothing but credits

    Examples
    --------
    >>> import ibis
    >>> import pyarrow as pa
    >>> days = [datetime.date(2024, 11, 20), datetime.date(2024, 12, 1), datetime.date(2025, 1, 1)]
    >>> lines = pa.table({"account_id": ["A", "A", "A"], "date": days,
    ...                   "amount": [30.0, 50.0, 9.0], "cost": [20.0, None, None]})
    >>> history = purchase_history(ibis.memtable(lines), as_of=datetime.date(2024, 12, 31))
    >>> history[["months_back", "revenue", "costed", "margin", "last_days_back"]]
       months_back  revenue  costed  margin  last_days_back
    0            0     50.0     0.0     0.0            30.0
    1            1     30.0    30.0    10.0            41.0
    """
    by_day = ledger.daily(invoices.filter(invoices.date <= as_of)).mutate(
        gross=lambda day: day.net - day.credited,
        costed=lambda day: day.net - day.uncosted.fill_null(0),
    )
    is_order = by_day.gross > 0
    back = ledger.months_back(by_day.date, as_of)
    month = by_day.group_by("account_id", months_back=back).aggregate(
        revenue=by_day.net.sum(),
        costed=by_day.costed.sum(),
        margin=by_day.costed.sum() - by_day.cost.sum().fill_null(0),
        orders=is_order.cast("int32").sum(),
        gross=by_day.gross.sum(),
        first_order_gross=by_day.gross.argmin(by_day.date, where=is_order),
        first_days_back=by_day.date.min(where=is_order),
        last_days_back=by_day.date.max(where=is_order),
    )
    table = month.order_by("account_id", "months_back").to_pandas()
    days = {
        name: (pd.Timestamp(as_of) - pd.to_datetime(table[name])).dt.days.astype("float64")
        for name in DAYS
    }
    money = table[MONEY].astype("float64") / ledger.UNITS
    counts = table[["months_back", "orders"]].astype("int64")
    return table.assign(**money, **days, **counts)[HISTORY_COLUMNS]
