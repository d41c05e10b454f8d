"""Invoice lines to measure on: a seeded ledger of any length, and the real one of Iowa."""

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

ACCOUNTS = 5_000
PRODUCTS = 40
MONTHS = 36
LINES_AN_INVOICE = 10
CREDITED_SHARE = 0.02
FIRST_MONTH = "2022-01-01"


def write_ledger(path: Path, *, lines: int, seed: int) -> None:
    """Write a supplier's invoice lines of three years as Parquet, in order of date.

    5,000 accounts of lognormal size, invoices of about 10 lines, 40 products of which one is
    a service without a known cost, 2 % credit notes. Written month by month, so that memory
    does not grow with the number of lines.
    """
    rng = np.random.default_rng(seed)
    size = rng.lognormal(sigma=1.5, size=ACCOUNTS)
    price = rng.lognormal(3, 0.8, PRODUCTS).round(2)
    cost = np.append(price[:-1] * rng.uniform(0.5, 0.9, PRODUCTS - 1), np.nan).round(2)
    ends = np.linspace(0, lines, MONTHS + 1).astype(int)
    first_invoice = 1
    with pq.ParquetWriter(path, _schema()) as writer:
        for month in range(MONTHS):
            count = ends[month + 1] - ends[month]
            table = _month(rng, month, count, first_invoice, size=size, price=price, cost=cost)
            first_invoice += count
            writer.write_table(table)


def _schema() -> pa.Schema:
    return pa.schema(
        {
            "account_id": pa.string(),
            "invoice_id": pa.string(),
            "date": pa.date32(),
            "amount": pa.float64(),
            "cost": pa.float64(),
            "product": pa.string(),
        }
    )


def _month(
    rng: np.random.Generator,
    month: int,
    lines: int,
    first_invoice: int,
    *,
    size: np.ndarray,
    price: np.ndarray,
    cost: np.ndarray,
) -> pa.Table:
    start = pd.Timestamp(FIRST_MONTH) + pd.DateOffset(months=month)
    invoice = np.cumsum(rng.random(lines) < 1 / LINES_AN_INVOICE)
    count = invoice[-1] + 1
    account = rng.choice(ACCOUNTS, count, p=size / size.sum())
    day = np.sort(rng.integers(0, start.days_in_month, count))
    sign = np.where(rng.random(count) < CREDITED_SHARE, -1, 1)[invoice]
    product, quantity = rng.integers(0, PRODUCTS, lines), rng.geometric(0.1, lines)
    discount = rng.uniform(0.8, 1, lines)
    goods_cost = (cost[product] * quantity * sign).round(2)
    return pa.table(
        {
            "account_id": _names("A", ACCOUNTS).take(pa.array(account[invoice])),
            "invoice_id": pa.array(first_invoice + invoice).cast(pa.string()),
            "date": start.to_numpy().astype("datetime64[D]") + day[invoice],
            "amount": (price[product] * quantity * discount).round(2) * sign,
            "cost": pa.array(goods_cost, from_pandas=True),
            "product": _names("P", PRODUCTS).take(pa.array(product)),
        },
        schema=_schema(),
    )


def _names(letter: str, count: int) -> pa.Array:
    return pa.array([f"{letter}{number:05d}" for number in range(count)])


def write_iowa(path: Path, *, data: Path) -> None:
    """Write the 25,060,495 lines that the State of Iowa invoiced as one ledger in Parquet.

    Parameters
    ----------
    data : folder of public data sets that holds iowa/lines
    """
    years = str(data / "iowa" / "lines" / "*.parquet")
    duckdb.sql("SET enable_progress_bar = false")
    duckdb.sql(
        'SELECT "Store Number" AS account_id, "Date" AS date, cents / 100 AS amount, '
        'CAST(NULL AS DOUBLE) AS cost, "Item Number" AS product '
        f"FROM read_parquet('{years}')"
    ).write_parquet(str(path))
