"""The account's sites against one another: which store lacks what the others buy."""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.ledger import buying_organisation
from kamtools.planning.similar_accounts import assortments, row_of
from kamtools.planning.white_space_estimate import estimate_shares, usual_shares
from kamtools.planning.white_space_gaps import (
    AT_LEAST,
    COLUMNS,
    gap_table,
    group_margin_rates,
)


def sites_of(accounts: pd.DataFrame | None, account_id: str) -> pd.Index:
    """Return the accounts that are sites of a chain; none where the account is no chain.

    Parameters
    ----------
    accounts
        `account_id` and `chain`, as in accounts.csv, not rolled up; None without such a table.
    account_id
        The chain's name.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["S1", "S2", "X"],
    ...                          "chain": ["Harbour", "Harbour", None]})
    >>> sites_of(accounts, "Harbour").tolist(), sites_of(accounts, "X").tolist()
    (['S1', 'S2'], [])
    """
    if accounts is None or "chain" not in accounts:
        return pd.Index([], dtype="str", name="account_id")
    buyer = buying_organisation(accounts)
    sites = buyer.index[(buyer == account_id) & (buyer.index != account_id)]
    return pd.Index(sites, name="account_id")


def site_white_space(
    sales: pd.DataFrame | None,
    sites: Iterable[str],
    *,
    at_least: float = AT_LEAST,
    draws: int = 1_000,
    seed: int,
) -> pd.DataFrame:
    """Return what each site lacks that the account's other sites buy, in money.

    Each site is compared with all others, which belong to one firm and so to one trade. What
    it would bring is the others' average share of the group in all that the site buys today.
    A site that orders seldom lacks a group more easily by chance.

    Parameters
    ----------
    sales
        `account_id` (a site), `product_group`, `revenue` and, where costs are known, `margin`,
        not rolled up, as `assortment.group_sales` returns them; None where it does.
    sites
        Ids of the account's sites, as `sites_of` returns them. One that bought nothing at all
        has no row.
    at_least : 0-1
        The share of the other sites that must buy a group for it to be missed.
    draws, seed
        Of the bootstrap over the other sites.

    Returns
    -------
    (n_sites × n_groups, 15)
        `account_id`, `product_group`, then the columns of `white_space_gaps.gap_table`; sites
        in their order, groups by name. No row without products, or where only one site buys.

    Raises
    ------
    InputError
        If `at_least` is no share.

    Examples
    --------
    >>> rows = [(f"s{n}", group, 10.0) for n in range(8) for group in ("salt", "tea")]
    >>> sales = pd.DataFrame(rows[1:], columns=["account_id", "product_group", "revenue"])
    >>> table = site_white_space(sales, [f"s{n}" for n in range(8)], seed=1)
    >>> table.loc[table["status"] != "like the others", ["account_id", "product_group", "brings"]]
      account_id product_group  brings
    0         s0          salt     5.0
    """
    if not 0 <= at_least <= 1:
        raise InputError(f"at_least is a share from 0 to 1; got {at_least!r}")
    wanted = list(dict.fromkeys(sites))
    empty = pd.DataFrame(columns=["account_id", "product_group", *COLUMNS])
    if sales is None or len(wanted) < 2:
        return empty
    own = sales[sales["account_id"].isin(wanted)]
    known = assortments(own)
    if len(known.accounts) < 2:
        return empty
    shares, rates = known.shares, group_margin_rates(own)
    tables = []
    for site in [one for one in wanted if one in known.accounts]:
        row = row_of(known, site)
        others = np.delete(shares, row, axis=0)
        found = estimate_shares(others, usual_shares(others), draws=draws, seed=seed)
        table = gap_table(
            known.groups, known.revenue[row], float(known.totals[row]), found,
            n_others=len(others), at_least=at_least, margin_rate=rates,
        )  # fmt: skip
        tables.append(table.loc[known.groups].reset_index().assign(account_id=site))
    return pd.concat(tables, ignore_index=True)[["account_id", "product_group", *COLUMNS]]
