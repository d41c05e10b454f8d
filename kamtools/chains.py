"""The stores of a chain become the organisation that buys, in each of the firm's small tables.

None stays None: a table that the firm does not have is none after the roll-up either.
"""

import pandas as pd

from kamtools.ledger import buying_organisation

VIEW = ["account_id", "factor", "weight", "us", "rival", "rating"]


def under_chain(table: pd.DataFrame | None, accounts: pd.DataFrame) -> pd.DataFrame | None:
    """Return a table with the account_id of each store replaced by its chain's name.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["S1", "S2"], "chain": ["Harbour", None]})
    >>> service = pd.DataFrame({"account_id": ["S1", "S2"], "hours": [2.0, 1.0]})
    >>> under_chain(service, accounts)["account_id"].tolist()
    ['Harbour', 'S2']
    """
    if table is None or "account_id" not in table:
        return table
    buyer = buying_organisation(accounts)
    return table.assign(account_id=table.account_id.map(buyer).fillna(table.account_id))


def mean_facts(facts: pd.DataFrame | None, accounts: pd.DataFrame) -> pd.DataFrame | None:
    """Return one row of numbers for each buying organisation: the mean over its stores.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["S1", "S2"], "chain": "Harbour"})
    >>> facts = pd.DataFrame({"account_id": ["S1", "S2"], "share_of_wallet": [0.25, 0.75]})
    >>> mean_facts(facts, accounts)
      account_id  share_of_wallet
    0    Harbour              0.5
    """
    rolled = under_chain(facts, accounts)
    if rolled is None:
        return None
    return rolled.groupby("account_id", sort=False, as_index=False).mean(numeric_only=True)


def mean_views(strengths: pd.DataFrame | None, accounts: pd.DataFrame) -> pd.DataFrame | None:
    """Return the mean of what a chain's stores said of us and of each rival, by factor.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["S1", "S2"], "chain": "Harbour"})
    >>> strengths = pd.DataFrame({"account_id": ["S1", "S2"], "factor": "price",
    ...     "weight": [1.0, 3.0], "us": [4.0, 6.0], "rival": ["Ox", "Elk"], "rating": [7.0, 8.0]})
    >>> mean_views(strengths, accounts)
      account_id factor  weight   us rival  rating
    0    Harbour  price     2.0  5.0    Ox     7.0
    1    Harbour  price     2.0  5.0   Elk     8.0
    """
    if strengths is None:
        return None
    factor = ["account_id", "factor"]
    # A store says the same of us in each rival's row: it counts once.
    of_us = strengths.drop_duplicates(factor)[[*factor, "weight", "us"]]
    ours = under_chain(of_us, accounts)
    rivals = under_chain(strengths, accounts)
    assert ours is not None
    assert rivals is not None
    of_rivals = rivals.groupby([*factor, "rival"], sort=False, as_index=False)["rating"].mean()
    return of_rivals.merge(ours.groupby(factor, as_index=False).mean(), on=factor)[VIEW]
