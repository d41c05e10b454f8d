"""What makes work at the sample company's accounts, and what they ask of their manager.

Places, people who decide and joint projects are known for most of the larger organisations,
and go with the visits and promotions that the service log holds; of a small shop nobody has
written them down. Facts of a chain stand at its first store, so that they count once.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.samples.company_accounts import OTHERS
from kamtools.samples.company_demand import LAST_YEAR
from kamtools.samples.company_names import is_chinese

Array = npt.NDArray[np.float64]

LARGER = 60  # organisations whose facts somebody may have written down
KNOWN = 0.85  # of which this share was
SPOKEN = 100  # organisations whose language is known; of smaller ones, one in three is
HOURS_PER_DECISION_MAKER = 25.0  # of visits in a year
HOURS_PER_PROJECT = 40.0  # of promotions in a year
PLACES = {"wholesaler": 1.5, "food service": 3.0, "independent shop": 0.3, "online shop": 0.0}

FIRST_DAY = "2024-01-01"

# Places (blank: the stores are counted), people who decide, projects, needs.
PARTS: dict[str, tuple[float, int, int, str]] = {
    "Tinder Lane Discount": (np.nan, 4, 1, "logistics"),
    "Dovecote Grocers": (14, 3, 1, "grocery chains"),
    "砚溪便利": (np.nan, 3, 0, "Mandarin"),
    "Pepperwick Market": (np.nan, 3, 1, "promotions"),
    "Night Owl Minis": (np.nan, 2, 0, "independent trade"),
    "青禾超市": (np.nan, 4, 2, "category planning; Mandarin"),
    "Orchard & Quay": (np.nan, 3, 1, "category planning"),
    "Larkspur City Foods": (np.nan, 2, 0, "negotiation"),
    "Copperbell City Market": (3, 3, 1, "category planning; negotiation"),
    "Gantry Discount Centre": (22, 6, 1, "negotiation; trade law"),
    "Moor & Sons <Wholesale>": (3, 2, 0, "wholesale trade; logistics"),
    "Silverbrook Cash & Carry": (4, 3, 0, "wholesale trade; finance"),
    "+Plus Kiosk": (31, 2, 1, "promotions"),
}
NEEDS = {
    "wholesaler": ("wholesale trade", "negotiation", ""),
    "independent shop": ("independent trade", "", ""),
    "food service": ("logistics", "", ""),
    "online shop": ("online trade", "promotions", ""),
}
SAME_MANAGER = ("青禾超市", "Orchard & Quay")
"""Rivals for the same shoppers whom one manager looks after today."""
RIVALS = (
    SAME_MANAGER,
    SAME_MANAGER[::-1],
    ("Gantry Discount Centre", "Tinder Lane Discount"),
    ("Dovecote Grocers", "Pepperwick Market"),
)
"""Who names whom: the supermarkets each other, the others on one side only."""


def work_facts(
    roster: pd.DataFrame, demand: Array, service: pd.DataFrame, *, seed: int
) -> pd.DataFrame:
    """Draw what each account asks of the person who looks after it.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    demand
        EUR by account and month: what is known of larger accounts is not of smaller ones.
    service
        The record of service hours, as `service_records` draws it.
    seed
        Of the facts and of which are missing; no other part of the company draws from it.

    Returns
    -------
    DataFrame
        On the index of `roster`: `language`, `sites`, `decision_makers`, `open_projects`,
        `needs` (competences, separated by semicolons), `rivals` (account ids; of a chain,
        its first store).

    Examples
    --------
    >>> from kamtools.samples.company_accounts import make_roster
    >>> roster = make_roster(seed=1)
    >>> visit = pd.DataFrame({"account_id": ["A001"], "date": pd.to_datetime(["2024-05-02"]),
    ...                       "activity": "visit", "hours": 2.5})
    >>> facts = work_facts(roster, np.ones((300, 36)), visit, seed=1)
    >>> float(facts[roster["organisation"] == "Dovecote Grocers"]["sites"].sum())
    14.0
    """
    rng = np.random.default_rng([seed, 10])
    parties = _organisations(roster, demand, service)
    facts = _drawn(parties, rng)
    own = pd.DataFrame.from_dict(PARTS, orient="index", columns=list(facts))
    plays = parties["party"].isin(own.index)
    facts[plays] = own.loc[parties.loc[plays, "party"]].to_numpy()
    first = parties.set_index("party")["first"]
    facts["rivals"] = parties["party"].map({one: first[other] for one, other in RIVALS})
    spoken = (parties["place"] <= SPOKEN) | (rng.random(len(parties)) < 1 / 3)
    spoken_there = parties["language"].where(spoken)
    table = facts.set_index(parties["first"]).reindex(roster["account_id"])
    table.insert(0, "language", roster["organisation"].map(spoken_there).to_numpy())
    texts, numbers = ["language", "needs", "rivals"], ["sites", "decision_makers", "open_projects"]
    kinds = dict.fromkeys(texts, "str") | dict.fromkeys(numbers, float)
    return table.set_index(roster.index).astype(kinds)


def _organisations(roster: pd.DataFrame, demand: Array, service: pd.DataFrame) -> pd.DataFrame:
    """Return the organisations: name, language, first account, place by sales, hours."""
    named = roster.assign(
        party=roster["chain"].fillna(roster["name"]), sales=demand[:, LAST_YEAR].sum(axis=1)
    )
    parties = named.groupby("organisation", sort=False).agg(
        party=("party", "first"),
        segment=("segment", "first"),
        first=("account_id", "first"),
        sales=("sales", "sum"),
    )
    parties["place"] = parties["sales"].rank(ascending=False, method="first")
    parties["language"] = ["Mandarin" if is_chinese(name) else "English"
                           for name in parties["party"]]  # fmt: skip
    year = service[service["date"] >= FIRST_DAY]
    buyer = year["account_id"].map(roster.set_index("account_id")["organisation"])
    hours = year.pivot_table(index=buyer, columns="activity", values="hours", aggfunc="sum")
    hours = hours.reindex(parties.index).astype(float).fillna(0.0)
    return parties.join(hours.reindex(columns=["visit", "promotion"], fill_value=0.0))


def _drawn(parties: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Draw places, people, projects and needs; blank for smaller ones and for some others."""
    choice = rng.integers(0, 3, len(parties))
    needs = [
        "Mandarin" if language == "Mandarin" else NEEDS.get(segment, ("", "", ""))[place]
        for language, segment, place in zip(
            parties["language"], parties["segment"], choice, strict=True
        )
    ]
    facts = pd.DataFrame(
        {
            "sites": 1.0 + rng.poisson(parties["segment"].map(PLACES).fillna(0.0)),
            "decision_makers": 1.0
            + rng.poisson((parties["visit"] / HOURS_PER_DECISION_MAKER).clip(upper=5.0)),
            "open_projects": 1.0
            * rng.poisson((parties["promotion"] / HOURS_PER_PROJECT).clip(upper=2.5)),
            "needs": pd.Series(needs, index=parties.index, dtype=object),
        }
    )
    is_known = (parties["place"] <= LARGER) & parties["segment"].isin(OTHERS)
    written = is_known.to_numpy()[:, None] & (rng.random(facts.shape) < KNOWN)
    return facts.where(written & (facts != "").to_numpy())
