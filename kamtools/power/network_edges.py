"""Invoice lines of many suppliers to many accounts become the edges of a trade network.

Written once in Ibis, as the ledger is: the lines stay where they are, each product is given its
supplier and each store its buying organisation there, and only the sums come back. An edge is
the trade of one supplier with one account in one period.
"""

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from kamtools.errors import InputError

PERIODS = ("month", "year")
EDGE_COLUMNS = ["period", "supplier", "account_id", "amount"]
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
        If a column is missing, or the period or the month is none.

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
    unknown = numbered.buyer.isnull().ifelse(numbered.account_id, None)
    sums = (
        numbered.select(
            numbered.supplier,
            numbered.buyer,
            unlisted=unknown,
            month=months,
            units=(numbered.amount.cast("float64") * UNITS).round(),
        )
        .group_by(["month", "supplier", "buyer", "unlisted"])
        .aggregate(units=lambda sold: sold.units.sum().cast("float64"))
        .to_pandas()
    )
    account = pd.Series(_named(buyer_names, sums["buyer"]), dtype="str")
    by_month = pd.DataFrame(
        {
            "month": sums["month"].astype("int64"),
            "supplier": pd.Series(_named(supplier_names, sums["supplier"]), dtype="str"),
            "account_id": account.where(account.notna(), sums["unlisted"].astype("str")),
            "amount": sums["units"],
        }
    )
    return _by_period(by_month, period, year_ends)


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
    month = day.year.astype("int64") * 12 + day.month - 1
    by_month = edges.assign(month=month, amount=(edges["amount"] * UNITS).round())
    return _by_period(by_month.drop(columns="period"), "year", year_ends)


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


def _by_period(by_month: pd.DataFrame, period: str, year_ends: int) -> pd.DataFrame:
    """Return the sums of units as money by period, in order."""
    months = by_month["month"].to_numpy()
    if period == "month":
        when = (months - 1970 * 12).astype("datetime64[M]").astype("datetime64[s]")
    else:
        when = (months + 12 - year_ends) // 12
    keys = ["period", "supplier", "account_id"]
    grouped = by_month.assign(period=when).groupby(keys, dropna=False, sort=False)
    sums = (grouped["amount"].sum() / UNITS).reset_index()
    return sums.sort_values(keys, ignore_index=True)[EDGE_COLUMNS]
