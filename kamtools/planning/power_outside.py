"""Accounts with power over the firm that are not on the list of key accounts."""

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.dependence_words import names_of
from kamtools.power.planner_words import signed
from kamtools.wording import listing, percent

LARGE = 0.1
"""Share of the firm's sales from which an account left off the list is named: an assumption,
the share from which US rules have a customer disclosed."""

TOLD = 5


def powerful_outside(
    power: pd.DataFrame, revenue_share: pd.Series, *, key_accounts: pd.Index, most: float
) -> pd.DataFrame:
    """Return the accounts not on the list that hold the firm captive, or are large.

    Parameters
    ----------
    power
        From `dependence.power_table`, of every account known on both sides; may be empty.
    revenue_share : 0-1, index account_id
        Of the firm's sales, of every account.
    key_accounts
        Ids of those on the list.
    most
        High end of the corridor of the imbalance.

    Returns
    -------
    (n, 3), index account_id, the largest imbalance first
        `revenue_share`, `power_imbalance` (NaN where a side is not known), `is_above` (the
        corridor).

    Raises
    ------
    InputError
        If an account of the power table has no share.

    Examples
    --------
    >>> power = pd.DataFrame({"account_id": ["a", "b"], "power_imbalance": [0.6, 0.1]})
    >>> shares = pd.Series({"a": 0.29, "b": 0.02, "c": 0.15, "d": 0.54})
    >>> powerful_outside(power, shares, key_accounts=pd.Index(["d"]), most=0.15)
       revenue_share  power_imbalance  is_above
    a           0.29              0.6      True
    c           0.15              NaN     False
    """
    imbalance = power.set_index("account_id")["power_imbalance"]
    unknown = imbalance.index.difference(revenue_share.index)
    if len(unknown):
        raise InputError(f"account {unknown[0]} has no share of sales")
    table = pd.DataFrame({"revenue_share": revenue_share.fillna(0.0)})
    table["power_imbalance"] = imbalance.reindex(table.index).astype(float)
    table["is_above"] = table["power_imbalance"] > most
    outside = table[~table.index.isin(key_accounts)]
    told = outside[outside["is_above"] | (outside["revenue_share"] >= LARGE)]
    order = ["power_imbalance", "revenue_share"]
    return told.sort_values(order, ascending=False, kind="stable")


def describe_outside(outside: pd.DataFrame, *, names: pd.Series | None = None) -> str:
    """Return in words who is not on the list and should be looked at; blank if nobody.

    Parameters
    ----------
    outside
        From `powerful_outside`.
    names : index account_id
        Of the accounts; ids stand where there is none.

    Examples
    --------
    >>> outside = pd.DataFrame({"revenue_share": [0.29], "power_imbalance": [0.6],
    ...                         "is_above": [True]}, index=["a"])
    >>> print(describe_outside(outside, names=pd.Series({"a": "浩瀚"})))
    Not among the key accounts, and yet to be looked at: 浩瀚 (29 % of sales, imbalance +0.60,
    above the corridor). Add it by the parameter chosen, or say why it is left out.
    """
    if outside.empty:
        return ""
    called = names_of(outside.index.to_series(), names)
    told = []
    for account, row in outside.head(TOLD).iterrows():
        facts = [f"{percent(row['revenue_share'])} of sales"]
        if pd.notna(row["power_imbalance"]):
            facts.append(f"imbalance {signed(row['power_imbalance'])}")
        facts += ["above the corridor"] if row["is_above"] else []
        told.append(f"{called[str(account)]} ({', '.join(facts)})")
    more = len(outside) - len(told)
    told += [f"{more:,} more"] if more else []
    them = "it" if len(outside) == 1 else "them"
    why = "it is" if len(outside) == 1 else "they are"
    return (
        f"Not among the key accounts, and yet to be looked at: {listing(told)}. Add {them} by the "
        f"parameter chosen, or say why {why} left out."
    )
