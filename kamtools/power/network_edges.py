"""Invoice lines of many suppliers to many accounts become the edges of a trade network.

Written once in Ibis, as the ledger is: the lines stay where they are, each product is given its
supplier and each store its buying organisation there, and only the sums come back. An edge is
the trade of one supplier with one account in one period.
"""

from typing import TypeVar

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from kamtools.errors import InputError
from kamtools.power.network import KEYS

PERIODS = ("month", "year")
Months = TypeVar("Months", ir.IntegerValue, pd.Series)
UNITS = 10_000
"""Money is summed in whole ten-thousandths, so that every sum is exact."""


def edges_from_lines(
    lines: ir.Table,
    *,
    suppliers: pd.Series,
    buyers: pd.Series,
    period: str = "month",
    year_ends: int = 12,
) -> pd.DataFrame:
    """Return what each supplier sold to each account in each period.

    Parameters
    ----------
    lines : product and account_id (text), date, amount
        Millions of them, where they are; credit notes are negative amounts.
    suppliers : supplier by product
        A product that is not in it gives an edge without a supplier: its trade is known of the
        account, but not with whom.
    buyers : buying organisation by account_id
        As `ledger.buying_organisation` returns it; an account that is not in it is its own.
    period : "month" or "year"
    year_ends : 1-12
        The last month of a year; a year is named by the calendar year in which it ends.

    Returns
    -------
    DataFrame
        period (first day of the month, or the year as a whole number), supplier, account_id,
        amount (net); in order of the first three, none without a line.

    Raises
    ------
    InputError
        If a column is missing, a product or an account stands twice in its list (its lines would
        count twice), or the period or the month is none.

    Examples
    --------
    >>> lines = ibis.memtable(pa.table({"product": ["gin", "gin", "rum"],
    ...     "account_id": ["S1", "S2", "S1"], "amount": [5.0, 7.0, 1.0],
    ...     "date": pa.array(["2021-10-31", "2021-11-01", "2022-01-05"]).cast(pa.date32())}))
    >>> edges_from_lines(lines, suppliers=pd.Series({"gin": "Still"}), period="year",
    ...                  buyers=pd.Series({"S1": "Harbour", "S2": "Harbour"}), year_ends=10)
       period supplier account_id  amount
    0    2021    Still    Harbour     5.0
    1    2022    Still    Harbour     7.0
    2    2022      NaN    Harbour     1.0
    """
    _check_lines(lines, period, year_ends)
    supplier_names, supplier_map = _numbered(suppliers, "product", "supplier")
    buyer_names, buyer_map = _numbered(buyers, "account_id", "buyer")
    numbered = lines.left_join(supplier_map, lines.product == supplier_map.product)
    numbered = numbered.left_join(buyer_map, lines.account_id == buyer_map.account_id)
    months = numbered.date.year() * 12 + numbered.date.month() - 1
    when = months if period == "month" else _year(months, year_ends)
    unknown = numbered.buyer.isnull().ifelse(numbered.account_id, None)
    sums = (
        numbered.select(
            numbered.supplier,
            numbered.buyer,
            unlisted=unknown,
            when=when,
            units=(numbered.amount.cast("float64") * UNITS).round(),
        )
        .group_by(["when", "supplier", "buyer", "unlisted"])
        .aggregate(units=lambda sold: sold.units.sum().cast("float64"))
        .to_pandas()
    )
    account = pd.Series(_named(buyer_names, sums["buyer"]), dtype="str")
    when = sums["when"].astype("int64")
    edges = pd.DataFrame(
        {
            "period": when if period == "year" else _first_days(when),
            "supplier": pd.Series(_named(supplier_names, sums["supplier"]), dtype="str"),
            "account_id": account.where(account.notna(), sums["unlisted"].astype("str")),
            "amount": sums["units"] / UNITS,
        }
    )
    return edges.sort_values(KEYS, ignore_index=True)


def yearly(edges: pd.DataFrame, *, year_ends: int = 12) -> pd.DataFrame:
    """Return edges by month as edges by year.

    Parameters
    ----------
    edges : period (first day of the month), supplier, account_id, amount
    year_ends : 1-12
        As in `edges_from_lines`.

    Examples
    --------
    >>> edges = pd.DataFrame({"period": pd.to_datetime(["2021-01-01", "2021-02-01"]),
    ...                       "supplier": "Still", "account_id": "Harbour", "amount": [2.0, 3.0]})
    >>> yearly(edges)["amount"].tolist()
    [5.0]
    """
    _check_year_ends(year_ends)
    day = edges["period"].dt
    year = _year(day.year.astype("int64") * 12 + day.month - 1, year_ends)
    units = edges.assign(period=year, amount=(edges["amount"] * UNITS).round())
    sums = units.groupby(KEYS, dropna=False, sort=False)["amount"].sum() / UNITS
    return sums.reset_index().sort_values(KEYS, ignore_index=True)


def _check_lines(lines: ir.Table, period: str, year_ends: int) -> None:
    missing = [name for name in ("product", "account_id", "date", "amount")
               if name not in lines.columns]  # fmt: skip
    if missing:
        raise InputError(f"the lines need the columns {', '.join(missing)}")
    if period not in PERIODS:
        raise InputError(f"period must be one of {', '.join(PERIODS)}; got {period!r}")
    _check_year_ends(year_ends)


def _check_year_ends(year_ends: int) -> None:
    if year_ends not in range(1, 13):
        raise InputError(f"year_ends must be a month from 1 to 12; got {year_ends}")


def _numbered(names: pd.Series, key: str, value: str) -> tuple[np.ndarray, ir.Table]:
    """Return the different names, and a table of the key and the number of its name."""
    if not names.index.is_unique:
        twice = names.index[names.index.duplicated()][0]
        raise InputError(f"{key} {twice} stands twice in the list of {value}s")
    known = names.dropna()
    numbers, different = pd.factorize(known.to_numpy(dtype=object))
    table = pa.table(
        {
            key: pa.array(known.index.astype("str").to_list(), pa.string()),
            value: pa.array(numbers, pa.int32()),
        }
    )
    return different, ibis.memtable(table)


def _named(names: np.ndarray, numbers: pd.Series) -> np.ndarray:
    """Return the name of each number; None where there is none."""
    places = numbers.fillna(len(names)).astype("int64").to_numpy()
    return np.array([*names, None], dtype=object)[places]


def _year(months: Months, year_ends: int) -> Months:
    """Return the year in which each month, counted from the year 0, falls."""
    return (months + (12 - year_ends)) // 12


def _first_days(months: pd.Series) -> np.ndarray:
    """Return the first day of each month, counted from the year 0."""
    return (months.to_numpy() - 1970 * 12).astype("datetime64[M]").astype("datetime64[s]")
