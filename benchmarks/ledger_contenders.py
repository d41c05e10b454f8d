"""What is compared: the scorecard of kamtools, pandas doing the same work, and the floor.

Each contender takes a Parquet file and the last day that counts, and reads of the file
the columns it needs.
"""

import datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from kamtools import ledger
from kamtools.reading.sources import new_connection

COLUMNS = ["account_id", "date", "amount", "cost"]
MONEY = ["amount", "gross", "costed", "cost"]


def kamtools_scorecard(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return `kamtools.ledger.scorecard` of the file."""
    return ledger.scorecard(new_connection().read_parquet(path), as_of=as_of)


def pandas_scorecard(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return the same table as plain pandas makes it, account ids being text as in the file.

    Dates are asked for as datetime64: as Python objects, pandas' own default for days in
    Parquet, they would take several times the memory.
    """
    return _scorecard(_read(path, date_as_object=False), as_of)


def tuned_pandas_scorecard(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return the same table by pandas whose author knows to read account ids as categories."""
    return _scorecard(_read(path, date_as_object=False, categories=["account_id"]), as_of)


def floor(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return each account's sum: one scan with one plain group-by, whatever the day."""
    query = "SELECT account_id, sum(amount) AS amount FROM read_parquet(?) GROUP BY account_id"
    return duckdb.execute(query, [str(path)]).df()


def floor_by_day(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return each account's sum and days: the least from which orders can be counted."""
    query = """
        SELECT account_id, sum(amount) AS amount, count(*) AS days
        FROM (
            SELECT account_id, date, sum(amount) AS amount FROM read_parquet(?)
            GROUP BY account_id, date
        )
        GROUP BY account_id
    """
    return duckdb.execute(query, [str(path)]).df()


def _read(path: Path, **options: object) -> pd.DataFrame:
    return pd.read_parquet(path, "pyarrow", columns=COLUMNS, to_pandas_kwargs=options)


def differences(card: pd.DataFrame, other: pd.DataFrame) -> dict[str, int]:
    """Return how many accounts differ, by column; {} where both agree to the cent.

    Sums of floats in another order differ in the last digits: money may by a twentieth of a
    cent, and ratios by a millionth of themselves. Trend and volatility divide by a mean that
    may be next to nothing, and are compared with the same margin.
    """
    card, other = card.sort_index(), other.sort_index()
    if not card.index.equals(other.index):
        return {"account_id": len(card.index.symmetric_difference(other.index))}
    counts = {str(name): _count_different(card[name], other[name]) for name in {*card, *other}}
    return {name: count for name, count in sorted(counts.items()) if count}


def _count_different(left: pd.Series, right: pd.Series) -> int:
    if "datetime" in str(left.dtype):
        return int(
            (left.astype("datetime64[s]") != right).sum() - (left.isna() & right.isna()).sum()
        )
    left, right = left.astype("float64"), right.astype("float64")
    return int((~np.isclose(left, right, rtol=1e-6, atol=0.0005, equal_nan=True)).sum())


def _scorecard(lines: pd.DataFrame, as_of: datetime.date) -> pd.DataFrame:
    last = pd.Timestamp(as_of)
    by_day = _by_day(lines, last)
    by_month = by_day.groupby(["account_id", "back"])[MONEY].sum().reset_index()
    orders = by_day[by_day.gross.round(4) > 0]
    card = _money(by_month).join(_orders(orders, last))
    counts = ["orders", "months_active"]
    card[counts] = card[counts].fillna(0)
    span = card.tenure_months.clip(upper=12)
    card["regularity"] = (card.months_active / span).clip(upper=1)
    card = card.join(_movement(by_month, card.revenue, span))
    return card.sort_values("revenue", ascending=False, kind="stable")


def _by_day(lines: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    if lines.date.max() > last:
        lines = lines[lines.date <= last]
    lines["gross"] = lines.amount.clip(lower=0)
    lines["costed"] = lines.amount.where(lines.cost.notna(), 0.0)
    by_day = lines.groupby(["account_id", "date"], observed=True)[MONEY].sum().reset_index()
    return by_day.assign(
        account_id=by_day.account_id.astype("str"), back=_months_back(by_day.date, last)
    )


def _months_back(day: pd.Series, last: pd.Timestamp) -> pd.Series:
    month_end = 31 if last.is_month_end else last.day
    months = (last.year * 12 + last.month) - (day.dt.year * 12 + day.dt.month)
    return months - (day.dt.day > month_end)


def _money(by_month: pd.DataFrame) -> pd.DataFrame:
    total = by_month.groupby("account_id").amount.sum()
    year = by_month[by_month.back < 12].groupby("account_id")[MONEY].sum()
    year = year.reindex(total.index, fill_value=0.0)
    before = by_month[by_month.back.between(12, 23)].groupby("account_id").amount.sum()
    before = before.reindex(total.index, fill_value=0.0)
    if by_month.back.max() < 23:
        before = before * np.nan
    is_costed = (year.costed.round(4) > 0) & (year.costed >= 0.9 * year.amount)
    rate = ((year.costed - year.cost) / year.costed).where(is_costed)
    returned = ((year.gross - year.amount) / year.gross).where(year.gross > 0)
    return pd.DataFrame(
        {
            "revenue": year.amount,
            "revenue_previous": before,
            "revenue_total": total,
            "revenue_share": year.amount / year.amount.sum(),
            "margin": year.amount * rate,
            "margin_rate": rate,
            "growth": year.amount / before.where(before.round(4) > 0) - 1,
            "returns_rate": returned.clip(0, 1),
        }
    )


def _orders(orders: pd.DataFrame, last: pd.Timestamp) -> pd.DataFrame:
    of_account = orders.groupby("account_id")
    of_year = orders[orders.back < 12].groupby("account_id")
    accounts = of_account.size().index
    return pd.DataFrame(
        {
            "orders": of_year.size().reindex(accounts, fill_value=0),
            "recency_days": (last - of_account.date.max()).dt.days,
            "tenure_months": of_account.back.max() + 1,
            "months_active": of_year.back.nunique().reindex(accounts, fill_value=0),
            "first_order": of_account.date.min(),
            "last_order": of_account.date.max(),
        }
    )


def _movement(by_month: pd.DataFrame, revenue: pd.Series, span: pd.Series) -> pd.DataFrame:
    year = by_month[by_month.back < 12].pivot(index="account_id", columns="back", values="amount")
    months = year.reindex(index=revenue.index, columns=range(12)).fillna(0.0).to_numpy()
    mean = (revenue / span).where((revenue.round(4) > 0) & (span >= 3))
    slope = (revenue * (span - 1) / 2 - months @ np.arange(12)) / (span * (span**2 - 1) / 12)
    variance = ((months**2).sum(axis=1) / span - mean**2).clip(lower=0)
    return pd.DataFrame({"trend": slope / mean, "volatility": np.sqrt(variance) / mean})
