"""The stores of a chain become the organisation that buys, in each of the firm's small tables.

None stays None: a table that the firm does not have is none after the roll-up either.
"""

import pandas as pd

from kamtools.ledger import buying_organisation
from kamtools.schema import RATING_SUFFIX, SEPARATOR, names_in

VIEW = ["account_id", "factor", "weight", "us", "rival", "rating"]
SUMMED = ["sites", "decision_makers", "open_projects"]
LISTED = ["needs", "rivals"]


def roll_up_accounts(accounts: pd.DataFrame) -> pd.DataFrame:
    """Return one row a buying organisation, in order of first appearance.

    A chain takes its own name and what its stores say together:

    - ratings : the mean of those known
    - sites : the sum of those given; without any, the number of its stores
    - decision_makers, open_projects : the sum of those given
    - needs, rivals : all that any store names, in order of first appearance; a rival that
      is a store stands under its own chain, and no chain is its own rival
    - segment, region, language, manager_id and the firm's own columns : the commonest, the
      first of equals (a store's revenue is not looked at)
    - stores : the number of rows it came from

    An account without a chain keeps its values, `sites` blank where nobody gave any.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["S1", "S2", "X"], "name": ["A", "B", "Ox"],
    ...     "chain": ["Harbour", "Harbour", None], "manager_id": ["M2", "M2", "M1"],
    ...     "decision_makers": [2.0, 1.0, 4.0], "rivals": ["X", "S1; X", "S2"]})
    >>> rolled = roll_up_accounts(accounts).set_index("account_id")
    >>> rolled[["manager_id", "sites", "decision_makers", "rivals"]]
               manager_id  sites  decision_makers   rivals
    account_id
    Harbour            M2    2.0              3.0        X
    X                  M1    NaN              4.0  Harbour
    """
    buyer = buying_organisation(accounts)
    grouped = accounts.assign(buyer=buyer.to_numpy()).groupby("buyer", sort=False)
    columns = list(accounts.columns)
    ratings = [name for name in columns if name.endswith(RATING_SUFFIX)]
    summed = [name for name in SUMMED if name in columns]
    listed = [name for name in LISTED if name in columns]
    apart = {"account_id", "name", *ratings, *summed, *listed}
    rolled = grouped[[name for name in columns if name not in apart]].agg(_commonest)
    rolled[ratings] = grouped[ratings].mean()
    rolled[summed] = grouped[summed].sum(min_count=1)
    rolled["stores"] = grouped.size()
    is_chain = rolled.index.isin(accounts["chain"].str.strip())
    counted = rolled["stores"].astype("float64").where(is_chain)
    rolled["sites"] = rolled["sites"].fillna(counted) if "sites" in rolled else counted
    for name in listed:
        rolled[name] = _all_named(accounts[name], buyer, are_accounts=name == "rivals")
    rolled.insert(0, "name", grouped["name"].first().where(~is_chain, rolled.index.to_series()))
    return rolled.rename_axis("account_id").reset_index()


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


def _commonest(values: pd.Series) -> object:
    counts = values.value_counts(sort=False)
    return counts.idxmax() if len(counts) else None


def _all_named(cells: pd.Series, buyer: pd.Series, *, are_accounts: bool) -> pd.Series:
    """Return what the cells of each buyer's accounts name, itself left out, by buyer."""
    named = pd.DataFrame({"buyer": buyer.to_numpy(), "name": cells.map(names_in).to_numpy()})
    named = named.explode("name").dropna()
    if are_accounts:
        named["name"] = named["name"].map(buyer).fillna(named["name"])
        named = named[named["name"] != named["buyer"]]
    by_buyer = named.drop_duplicates().groupby("buyer")["name"].agg(f"{SEPARATOR} ".join)
    return by_buyer.astype("str")


def contacts(counterparts: pd.DataFrame | None, accounts: pd.DataFrame) -> pd.DataFrame | None:
    """Return the counterparts under their chains; what two stores say alike stands once."""
    rolled = under_chain(counterparts, accounts)
    return None if rolled is None else rolled.drop_duplicates(ignore_index=True)
