"""The scorecard in plain pandas: the peer of `kamtools.ledger.scorecard`."""

import datetime

import numpy as np
import pandas as pd

MONEY = ["amount", "gross", "costed", "cost"]


def scorecard(lines: pd.DataFrame, as_of: datetime.date) -> pd.DataFrame:
    """Return what `kamtools.ledger.scorecard` does, as plain pandas makes it.

    Parameters
    ----------
    lines : account_id, date (datetime64), amount, cost; gets further columns
    as_of : the last day that counts
    """
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
