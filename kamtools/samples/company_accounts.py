"""The sample company's accounts: who they are, where they are, which chain they belong to.

The roster is the frame that every other part of the generator builds upon: one row per
account, in the order of `account_id`, with what the firm knows (`name`, `segment`,
`region`, `chain`, `manager_id`) and what only the generator knows (`organisation`, the
buying organisation: the chain, or the account itself; `truth`, what is planted in it;
`sales_rank`, where it shall stand by sales of the last twelve months).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.samples.company_names import account_names, store_name

KNOWN_TO_THE_FIRM = ["account_id", "name", "segment", "region", "chain", "manager_id"]

REGIONS = ("Capital", "North", "East", "South", "West")
REGION_SHARES = (0.28, 0.20, 0.18, 0.18, 0.16)
MANAGERS_BY_REGION = {
    "Capital": ("M1", "M2", "M8"),
    "North": ("M3", "M4"),
    "East": ("M5",),
    "South": ("M6",),
    "West": ("M7",),
}

LOSES_MONEY = "loses_money_when_served"
RISER = "riser"
FADER = "fader"
SUPERMARKET = "supermarket_channel"
POWER_TRAP = "power_trap"

CITY_SUPERMARKET = "city supermarket"


@dataclass(frozen=True)
class Organisation:
    """A buying organisation with a part to play; `stores` is 0 where it is one account.

    `manager` looks after it whatever the seed; "" leaves that to the draw.
    """

    name: str
    segment: str
    region: str
    stores: int = 0
    truth: str = ""
    sales_rank: int = 0
    manager: str = ""


ORGANISATIONS = (
    Organisation("Tinder Lane Discount", "discounter", "North", stores=15),
    Organisation("Dovecote Grocers", "regional grocer", "East", stores=12),
    Organisation("砚溪便利", "convenience", "Capital", stores=10),
    Organisation("Pepperwick Market", "regional grocer", "South", stores=8),
    Organisation("Night Owl Minis", "convenience", "West", stores=6),
    Organisation("青禾超市", CITY_SUPERMARKET, "Capital", 5, SUPERMARKET, 76, "M2"),
    Organisation("Orchard & Quay", CITY_SUPERMARKET, "Capital", 4, SUPERMARKET, 86, "M2"),
    Organisation("Larkspur City Foods", CITY_SUPERMARKET, "North", 4, SUPERMARKET, 96),
    Organisation("Copperbell City Market", CITY_SUPERMARKET, "Capital", 0, SUPERMARKET, 108),
    Organisation("Gantry Discount Centre", "discounter", "Capital", 0, POWER_TRAP, 1, "M2"),
    Organisation("Moor & Sons <Wholesale>", "wholesaler", "North", 0, LOSES_MONEY, 3),
    Organisation("Silverbrook Cash & Carry", "wholesaler", "South", 0, FADER, 7),
    Organisation("+Plus Kiosk", "convenience", "Capital", 0, RISER, 54),
)
OTHERS = {"wholesaler": 40, "independent shop": 131, "food service": 40, "online shop": 20}


def make_roster(*, seed: int) -> pd.DataFrame:
    """Make the list of accounts on which the rest of the sample company is built.

    Parameters
    ----------
    seed
        Of names, regions, managers and the order of the account numbers.

    Returns
    -------
    DataFrame
        300 rows in the order of `account_id` (`A001` ...): `account_id`, `name`,
        `segment`, `region`, `chain` (missing where there is none), `manager_id`,
        `organisation`, `truth` (empty where nothing is planted), `sales_rank` (0 where
        nothing is planted).

    Examples
    --------
    >>> roster = make_roster(seed=1)
    >>> len(roster), int(roster["organisation"].nunique()), int(roster["chain"].nunique())
    (300, 244, 8)
    """
    rng = np.random.default_rng([seed, 2])
    roster = pd.concat([_with_a_part(), _others(rng, seed=seed)], ignore_index=True)
    roster = roster.iloc[rng.permutation(len(roster))].reset_index(drop=True)
    roster.insert(0, "account_id", [f"A{number:03d}" for number in range(1, len(roster) + 1)])
    roster["organisation"] = roster["chain"].fillna(roster["account_id"])
    roster["manager_id"] = _managers(roster, rng)
    return roster


def _with_a_part() -> pd.DataFrame:
    """List the accounts of `ORGANISATIONS`: one row a store, or one for the whole."""
    rows = [
        {
            "name": store_name(party.name, store) if party.stores else party.name,
            "segment": party.segment,
            "region": party.region,
            "chain": party.name if party.stores else None,
            "truth": party.truth,
            "sales_rank": party.sales_rank,
        }
        for party in ORGANISATIONS
        for store in range(max(party.stores, 1))
    ]
    return pd.DataFrame(rows).astype({"chain": "str"})


def _others(rng: np.random.Generator, *, seed: int) -> pd.DataFrame:
    """List the accounts that play no part of their own."""
    segments = [segment for segment, count in OTHERS.items() for _ in range(count)]
    return pd.DataFrame(
        {
            "name": account_names(segments, seed=seed),
            "segment": segments,
            "region": rng.choice(REGIONS, len(segments), p=REGION_SHARES),
            "chain": pd.Series([None] * len(segments), dtype="str"),
            "truth": "",
            "sales_rank": 0,
        }
    )


def _managers(roster: pd.DataFrame, rng: np.random.Generator) -> pd.Series:
    """Give each organisation one manager of its region."""
    parties = roster.drop_duplicates("organisation").set_index("organisation")["region"]
    turns = rng.integers(0, 60, len(parties))
    names = [
        MANAGERS_BY_REGION[region][turn % len(MANAGERS_BY_REGION[region])]
        for region, turn in zip(parties, turns, strict=True)
    ]
    by_party = roster["organisation"].map(pd.Series(names, index=parties.index))
    fixed = {party.name: party.manager for party in ORGANISATIONS if party.manager}
    return roster["chain"].fillna(roster["name"]).map(fixed).fillna(by_party)
