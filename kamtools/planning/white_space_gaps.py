"""From what others buy to what one buyer lacks of each product group, in money with a range."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.planning.white_space_estimate import INTERVAL, Estimate

Floats = NDArray[np.float64]

NOT_BOUGHT, FAR_LESS, ALIKE = "not bought", "far less", "like the others"
FEW_BUY, TOO_FEW = "few buy it", "too few to tell"
STATUSES = (NOT_BOUGHT, FAR_LESS, ALIKE, FEW_BUY, TOO_FEW)
"""What is said of a product group; the first two are white space."""
WHITE = (NOT_BOUGHT, FAR_LESS)

AT_LEAST = 0.5
"""The share of similar accounts that must buy a group for it to be missed: an assumption."""
FAR_LESS_THAN = 0.5
"""Below this part of what is expected, and below what nine in ten of the others buy for their
size, an account buys far less: an assumption."""
MIN_OTHERS = 5
"""Below this number of others nothing is said: an assumption."""
MIN_KNOWN = 0.9
"""Part of the revenue whose margin must be known for a group to have a margin rate."""
MONEY = ("brings", "brings_low", "brings_high")
COLUMNS = (
    "status", "revenue", "buyers", "share_buying", "if_bought", "expected", *MONEY,
    "margin_rate", "margin", "margin_low", "margin_high",
)  # fmt: skip


def gap_table(
    groups: pd.Index,
    own: Floats,
    total: float,
    found: Estimate,
    *,
    n_others: int,
    at_least: float,
    margin_rate: pd.Series,
) -> pd.DataFrame:
    """Return what a buyer lacks of each group if it were like the others.

    Parameters
    ----------
    groups : (n_groups,)
    own : (n_groups,) money a year
        What it buys of each.
    total : money a year
        All that it buys; taken to stay as it is today.
    found
        From `white_space_estimate.estimate_shares`.
    n_others : how many others the estimate rests on
    at_least : 0-1
        The share of the others that must buy a group for it to be missed.
    margin_rate : index product_group, NaN where not known

    Returns
    -------
    (n_groups, 13), index product_group, what brings most first
        `status`, one of `STATUSES`; `revenue` (its own); `buyers` (of the others);
        `share_buying` (0-1); `if_bought` (money a year that others of its size spend on it, if
        they buy it); `expected` = share_buying × if_bought; `brings` with `_low` and `_high`,
        what is expected beyond today's revenue, 0 where there is no white space; `margin_rate`
        and `margin` with `_low` and `_high`, NaN where no cost is known. With fewer than
        `MIN_OTHERS` others all but the first two is NaN.

    Examples
    --------
    >>> from kamtools.planning.white_space_estimate import estimate_shares, usual_shares
    >>> others = np.tile([[0.5, 0.5]], (6, 1))
    >>> table = gap_table(pd.Index(["salt", "tea"]), np.array([0.0, 80.0]), 80.0,
    ...     estimate_shares(others, usual_shares(others), draws=20, seed=1),
    ...     n_others=6, at_least=0.5, margin_rate=pd.Series({"salt": 0.25}))
    >>> table[["status", "expected", "brings", "margin"]]
                            status  expected  brings  margin
    product_group
    salt                not bought      40.0    40.0    10.0
    tea            like the others      40.0     0.0     NaN
    """
    expected, drawn = found.share * total, found.draws * total - own
    low, high = (np.quantile(drawn, level, axis=0) for level in INTERVAL)
    is_common = found.share_buying >= at_least
    buys = own > 0
    is_lowest = (own < FAR_LESS_THAN * expected) & (own < found.low_share * total)
    is_far_less = buys & is_common & is_lowest
    status = np.select(
        [~buys & is_common, is_far_less, buys], [NOT_BOUGHT, FAR_LESS, ALIKE], FEW_BUY
    )
    is_white = np.isin(status, WHITE)
    table = pd.DataFrame(
        {
            "status": status,
            "revenue": own,
            "buyers": found.buyers,
            "share_buying": found.share_buying,
            "if_bought": found.share_if_bought * total,
            "expected": expected,
            "brings": np.where(is_white, expected - own, 0.0),
            "brings_low": np.where(is_white, np.maximum(low, 0.0), 0.0),
            "brings_high": np.where(is_white, high, 0.0),
            "margin_rate": margin_rate.reindex(groups).to_numpy(dtype=float),
        },
        index=groups.rename("product_group"),
    )
    if n_others < MIN_OTHERS:
        table[list(table.columns[2:-1])] = np.nan
        table["status"] = TOO_FEW
    for money, margin in zip(MONEY, ("margin", "margin_low", "margin_high"), strict=True):
        table[margin] = table[money] * table["margin_rate"]
    table = table.astype({"status": "str"})[list(COLUMNS)]
    return table.sort_values(["brings", "share_buying"], ascending=False, kind="stable")


def total_of(table: pd.DataFrame, found: Estimate, groups: pd.Index, total: float) -> pd.Series:
    """Return what all white space brings together, with the range of the sum.

    Parameters
    ----------
    table
        From `gap_table`.
    found, groups, total
        As `gap_table` took them.

    Returns
    -------
    Series
        `brings`, `brings_low`, `brings_high` and `margin`, `margin_low`, `margin_high`, money a
        year; margins are NaN where a group's is not known, all is NaN where too few others are
        known.
    """
    names = [*MONEY, "margin", "margin_low", "margin_high"]
    if (table["status"] == TOO_FEW).all():
        return pd.Series(np.nan, index=names)
    white = table.loc[groups][table.loc[groups, "status"].isin(WHITE).to_numpy()]
    at = groups.get_indexer(white.index)
    drawn = found.draws[:, at] * total - white["revenue"].to_numpy()
    rate = white["margin_rate"].to_numpy()
    low, high = np.maximum(np.quantile(drawn.sum(axis=1), INTERVAL), 0.0)
    margins = np.quantile((drawn * rate).sum(axis=1), INTERVAL)
    values = [white["brings"].sum(), low, high, white["margin"].sum(skipna=False), *margins]
    return pd.Series(values, index=names, dtype=float)


def group_margin_rates(sales: pd.DataFrame) -> pd.Series:
    """Return the margin rate of each product group, over all who buy it.

    Parameters
    ----------
    sales
        `product_group`, `revenue`, and `margin`, as `assortment.group_sales` returns them.

    Returns
    -------
    (n_groups,), index product_group
        NaN where the margin of less than nine tenths of the revenue is known, or the table has
        no margins.

    Examples
    --------
    >>> group_margin_rates(pd.DataFrame({"product_group": ["tea", "tea", "salt"],
    ...     "revenue": [60.0, 40.0, 10.0], "margin": [20.0, 10.0, None]})).to_dict()
    {'salt': nan, 'tea': 0.3}
    """
    if "margin" not in sales:
        return pd.Series(dtype=float)
    known = sales["revenue"].where(sales["margin"].notna())
    sums = (
        sales.assign(known=known)
        .groupby("product_group")[["revenue", "known", "margin"]]
        .sum(min_count=1)
    )
    is_known = (sums["known"] > 0) & (sums["known"] >= MIN_KNOWN * sums["revenue"])
    return (sums["margin"] / sums["known"]).where(is_known)
