"""Invoice lines to what each account buys of each product group: what white space rests on.

Written in Ibis, one group-by: what comes back is an account's product groups, not its lines.
"""

import datetime

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis import memtable

from kamtools.ledger import MIN_COSTED_SHARE, UNITS, WINDOW_MONTHS, months_back

SALES_COLUMNS = ["account_id", "product_group", "revenue", "margin", "margin_rate", "orders"]
UNNAMED = ""
"""The group of lines that hold no product: they count in what an account buys in all."""


def group_sales(
    invoices: ir.Table,
    *,
    as_of: datetime.date,
    groups: pd.Series | None = None,
    months: int = WINDOW_MONTHS,
) -> pd.DataFrame | None:
    """Return what each account bought of each product group in the months up to `as_of`.

    Parameters
    ----------
    invoices : account_id, date, amount and cost (float, cost may be null)
        And product: a product, or its group. Where the firm's file has a column for groups,
        let engagement.toml read that one as product.
    as_of : the last day that counts
    groups : product -> group
        Where there are too many products to compare: the group of each. One that is not in it
        stays its own group.
    months : at least 1
        How many are looked at; 12 is a year.

    Returns
    -------
    DataFrame or None
        None where the lines have no column product, or nothing stands in it. One row an account
        and group, by both, money in the engagement's currency.

        - account_id, product_group : "" for lines without a product
        - revenue : net of credit notes
        - margin : revenue × margin_rate
        - margin_rate : (amount − cost) ÷ amount over the lines whose cost is known; NaN where
          these carry less than nine tenths of the revenue
        - orders : days with a positive line

    Examples
    --------
    >>> day = datetime.date(2024, 12, 1)
    >>> lines = pa.table({"account_id": ["A", "A", "B"], "date": [day] * 3,
    ...                   "product": ["tea", "salt", "tea"], "amount": [30.0, 50.0, 9.0],
    ...                   "cost": [20.0, None, 6.0]})
    >>> sales = group_sales(memtable(lines), as_of=datetime.date(2024, 12, 31))
    >>> sales[["account_id", "product_group", "revenue", "margin"]]
      account_id product_group  revenue  margin
    0          A          salt     50.0     NaN
    1          A           tea     30.0    10.0
    2          B           tea      9.0     3.0
    >>> group_sales(memtable(lines).drop("product"), as_of=day) is None
    True
    """
    if "product" not in invoices.columns:
        return None
    in_window = invoices.filter(invoices.date <= as_of, months_back(invoices.date, as_of) < months)
    named = _with_groups(in_window, groups)
    by_day = named.group_by(["account_id", "product_group", "date"]).aggregate(
        net=_units(named.amount).sum(),
        sold=named.amount.sum(where=named.amount > 0).fill_null(0),
        uncosted=_units(named.amount).sum(where=named.cost.isnull()).fill_null(0),
        cost=_units(named.cost).sum().fill_null(0),
    )
    sums = (
        by_day.group_by(["account_id", "product_group"])
        .aggregate(
            revenue=by_day.net.sum(),
            uncosted=by_day.uncosted.sum(),
            cost=by_day.cost.sum(),
            orders=(by_day.sold > 0).cast("int64").sum(),
        )
        .to_pandas()
    )
    if (sums["product_group"] == UNNAMED).all():
        return None
    money = sums[["revenue", "uncosted", "cost"]].astype("float64") / UNITS
    rate = _margin_rate(money)
    table = sums.assign(revenue=money["revenue"], margin=money["revenue"] * rate, margin_rate=rate)
    return table[SALES_COLUMNS].sort_values(["account_id", "product_group"], ignore_index=True)


def _with_groups(lines: ir.Table, groups: pd.Series | None) -> ir.Table:
    """Return the lines with `product_group`: the product, or the group it belongs to."""
    product = lines["product"].cast("string").strip().fill_null(UNNAMED)
    named = lines.mutate(product_group=product)
    if groups is None or groups.empty:
        return named
    known = memtable(
        pa.table({"its_product": [str(name) for name in groups.index],
                  "its_group": [str(group) for group in groups]})
    )  # fmt: skip
    joined = named.left_join(known, named.product_group == known.its_product)
    return joined.mutate(product_group=joined.its_group.fill_null(joined.product_group)).drop(
        "its_product", "its_group"
    )


def _units(money: ir.NumericValue) -> ir.IntegerValue:
    """Return money in whole ten-thousandths, whose sums are exact in any order."""
    return (money.cast("float64") * UNITS).round().cast("int64")


def _margin_rate(money: pd.DataFrame) -> pd.Series:
    costed = money["revenue"] - money["uncosted"]
    is_costed = (costed > 0) & (costed >= MIN_COSTED_SHARE * money["revenue"])
    return ((costed - money["cost"]) / costed).where(is_costed)
