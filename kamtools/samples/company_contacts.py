"""Who at the sample company talks to whom at its clients, and where nobody does.

Written down are the roles at the chains, at the accounts with a part to play and at the
largest others. Nobody talks to a quality manager anywhere; at the largest account one person
is the only thread for every role that anybody talks to; some other roles have nobody, as in
a real firm. All names are invented.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.samples.company_accounts import POWER_TRAP
from kamtools.samples.company_demand import LAST_YEAR
from kamtools.samples.company_names import ENDINGS, STEMS, is_chinese
from kamtools.samples.company_plans import MANAGERS

OURS = "our key account manager"
ROLES = pd.DataFrame(
    [
        ("buyer", "client", OURS, True),
        ("head of buying", "client", "head of sales", False),
        ("owner", "client", OURS, True),
        ("accounts payable", "finance", "credit controller", True),
        ("own-label manager", "purchasing", "buyer", False),
        ("quality manager", "production", "", False),
        ("goods-in manager", "after-sales", "dispatcher", True),
    ],
    columns=["client_role", "function", "person", "at_small"],
)
"""Of a small organisation only some roles are known; a large one has no single owner."""
UNCOVERED = "quality manager"
ONE_THREAD = ("client", "finance", "purchasing")
"""Functions whose roles at the largest account all talk to its manager; others to nobody."""
LARGEST = 22  # organisations without a part whose roles are known
NOBODY = 0.1  # of the roles that somebody should talk to
NAMED = 0.6  # of the people at the clients
JUDGED = 0.8  # of the contacts: how strong they are, and when the last one was
LAST_DAY = pd.Timestamp("2024-12-31")
USUAL_DAYS = 35  # since the last contact; it grows as the strength falls
INITIALS = "ABCDEFGHJKLMNPRSTW"
CHINESE_SURNAMES = "丁于卫尤孔方田石庄江沈苏"


def contacts(roster: pd.DataFrame, demand: npt.NDArray[np.float64], *, seed: int) -> pd.DataFrame:
    """Draw who talks to whom.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    demand
        EUR by account and month: who the largest are.
    seed
        Of names and gaps; no other part of the company draws from it.

    Returns
    -------
    DataFrame
        `account_id` (of a chain, its first store), `client_role`, `function` (ours),
        `person` (a manager's name, or a role as in the activities; missing for nobody),
        `name` (at the client; often missing), `strength` (1-5) and `last_contact` (a day),
        missing where there is nobody, and sometimes else.

    Examples
    --------
    >>> from kamtools.samples.company_accounts import make_roster
    >>> table = contacts(make_roster(seed=1), np.ones((300, 36)), seed=1)
    >>> table.loc[table["client_role"] == "quality manager", "person"].notna().any()
    np.False_
    """
    rng = np.random.default_rng([seed, 11])
    parties = _known(roster, demand)
    is_large = parties["chain"].notna() | (parties["truth"] != "")
    table = parties.merge(ROLES, how="cross")
    large = table["account_id"].isin(parties.loc[is_large, "account_id"])
    table = table[np.where(large, table["client_role"] != "owner", table["at_small"])]
    manager = table["manager_id"].map(MANAGERS.set_index("manager_id")["name"])
    person = table["person"].where(table["person"] != OURS, manager)
    is_trap = table["truth"] == POWER_TRAP
    is_known = (person != "") & (rng.random(len(table)) >= NOBODY) & ~is_trap
    person = person.where(is_known).mask(is_trap & table["function"].isin(ONE_THREAD), manager)
    named = pd.Series(_names(table["organisation_name"].tolist(), rng), index=table.index)
    texts = pd.DataFrame(
        {
            "account_id": table["account_id"],
            "client_role": table["client_role"],
            "function": table["function"],
            "person": person,
            "name": named.where(rng.random(len(table)) < NAMED),
        }
    ).astype("str")  # fmt: skip
    return texts.join(_ties(person.notna(), rng)).reset_index(drop=True)


def _ties(is_known: pd.Series, rng: np.random.Generator) -> pd.DataFrame:
    """Judge each contact, and date the last one: the stronger, the more recent."""
    strength = pd.Series(rng.choice(5, len(is_known), p=[0.1, 0.2, 0.3, 0.3, 0.1]) + 1.0)
    days = np.ceil(rng.gamma(2.0, USUAL_DAYS / strength))
    last = pd.Series(LAST_DAY - pd.to_timedelta(days, unit="D")).astype("datetime64[ns]")
    is_judged = is_known.to_numpy() & (rng.random(len(is_known)) < JUDGED)
    is_dated = is_known.to_numpy() & (rng.random(len(is_known)) < JUDGED)
    ties = pd.DataFrame(
        {"strength": strength.where(is_judged), "last_contact": last.where(is_dated)}
    )
    return ties.set_axis(is_known.index)


def _known(roster: pd.DataFrame, demand: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Return the organisations whose roles are known: the first account of each."""
    sales = pd.Series(demand[:, LAST_YEAR].sum(axis=1), index=roster.index)
    by_party = sales.groupby(roster["organisation"]).transform("sum")
    parties = roster.assign(
        sales=by_party, organisation_name=roster["chain"].fillna(roster["name"])
    ).drop_duplicates("organisation")
    plays = parties["chain"].notna() | (parties["truth"] != "")
    place = parties["sales"].where(~plays).rank(ascending=False, method="first")
    return parties[plays | (place <= LARGEST)]


def _names(organisations: list[str], rng: np.random.Generator) -> list[str]:
    """Invent a name for a person of each organisation."""
    pick = rng.integers(0, 1_000, (len(organisations), 3))
    return [
        f"{CHINESE_SURNAMES[a % len(CHINESE_SURNAMES)]}经理"
        if is_chinese(organisation)
        else f"{INITIALS[a % len(INITIALS)]}. {STEMS[b % len(STEMS)]}{ENDINGS[c % len(ENDINGS)]}"
        for organisation, (a, b, c) in zip(organisations, pick, strict=True)
    ]
