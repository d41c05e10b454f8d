"""What the sample company's managers judge and know of their accounts.

Ratings are whole numbers from 1 to 5. Ratings and facts belong to the buying organisation,
so the stores of a chain all carry those of the chain. As in a real firm some are missing:
small accounts often have no ratings, and facts are known for most of the larger accounts.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.samples.company_accounts import (
    FADER,
    LOSES_MONEY,
    POWER_TRAP,
    RISER,
    SUPERMARKET,
)
from kamtools.samples.company_demand import LAST_YEAR

Array = npt.NDArray[np.float64]

# Mean over the ordinary accounts, and what one standard deviation of size adds to it.
RATINGS = {
    "strategic_fit_rating": (2.7, 0.45),
    "growth_potential_rating": (2.7, 0.35),
    "relationship_rating": (3.2, 0.25),
    "bargaining_power_rating": (2.3, 0.85),
}
RATINGS_BY_TRUTH = {
    LOSES_MONEY: (3, 2, 3, 5),
    FADER: (3, 2, 2, 4),
    RISER: (4, 5, 4, 2),
    SUPERMARKET: (5, 4, 3, 2),
    POWER_TRAP: (3, 3, 3, 5),
}
FACTS = ["share_of_wallet", "alternatives", "months_to_replace_us", "months_to_replace_them"]
FACTS_BY_TRUTH = {
    LOSES_MONEY: (0.35, 5, 3, 8),
    FADER: (0.18, 9, 2, 6),
    RISER: (0.30, 3, 5, 5),
    SUPERMARKET: (0.08, 7, 3, 9),
    POWER_TRAP: (0.03, 14, 1, 18),
}
LARGER = 100  # organisations whose facts somebody may have asked for
KNOWN = 0.8  # of which this share was
RATED = {"larger": 1.0, "smaller": 0.7}


def ratings(roster: pd.DataFrame, demand: Array, *, seed: int) -> pd.DataFrame:
    """Draw the managers' ratings of every account.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    demand
        EUR by account and month: large accounts are rated a little higher, and bargain
        harder.
    seed
        Of the ratings and of which are missing.

    Returns
    -------
    DataFrame
        The four columns of `RATINGS`, 1-5 or missing, on the index of `roster`.
    """
    rng = np.random.default_rng([seed, 7])
    parties = _organisations(roster, demand)
    mean, per_size = np.array(list(RATINGS.values())).T
    judged = mean + np.outer(parties["size_score"], per_size)
    judged = np.clip(np.rint(judged + rng.normal(0, 0.9, judged.shape)), 1, 5)
    rated = np.where(parties["place"] <= LARGER, RATED["larger"], RATED["smaller"])
    is_missing = (rng.random(len(parties)) > rated)[:, None] | (rng.random(judged.shape) < 0.04)
    judged = _with_planted(np.where(is_missing, np.nan, judged), parties, RATINGS_BY_TRUTH)
    table = pd.DataFrame(judged, index=parties.index, columns=list(RATINGS))
    return table.loc[roster["organisation"]].set_index(roster.index)


def relationship_facts(roster: pd.DataFrame, demand: Array, *, seed: int) -> pd.DataFrame:
    """Draw what is known of the dependence between the firm and its larger accounts.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    demand
        EUR by account and month: a larger account takes longer to replace.
    seed
        Of the facts and of which are missing.

    Returns
    -------
    DataFrame
        `account_id`, `share_of_wallet` (0-1), `alternatives`, `months_to_replace_us`,
        `months_to_replace_them`; one row per account whose organisation was asked about.
    """
    rng = np.random.default_rng([seed, 8])
    parties = _organisations(roster, demand)
    facts = np.column_stack(
        [
            np.round(rng.beta(2.0, 4.0, len(parties)), 2),
            1 + rng.poisson(4.0, len(parties)),
            np.rint(1 + rng.gamma(2.0, 1.5, len(parties))),
            np.rint(
                np.clip(3 + 1.5 * parties["size_score"], 1, 8) * rng.gamma(9, 1 / 9, len(parties))
            ),
        ]
    )
    facts = np.where(rng.random(facts.shape) < 0.05, np.nan, facts)
    facts = _with_planted(facts, parties, FACTS_BY_TRUTH)
    asked = (parties["place"] <= LARGER) & (rng.random(len(parties)) < KNOWN)
    table = pd.DataFrame(facts, index=parties.index, columns=FACTS)
    table = table[(asked | (parties["truth"] != "")).to_numpy()]
    known = roster.loc[roster["organisation"].isin(table.index), ["account_id", "organisation"]]
    joined = known.merge(table, left_on="organisation", right_index=True, how="left")
    return joined.drop(columns="organisation").reset_index(drop=True)


def _organisations(roster: pd.DataFrame, demand: Array) -> pd.DataFrame:
    """Size the organisations: `place` by last year's demand, `size_score` (mean 0, sd 1)."""
    sales = pd.Series(demand[:, LAST_YEAR].sum(axis=1), index=roster.index)
    parties = roster.groupby("organisation", sort=False).agg(truth=("truth", "first"))
    by_party = sales.groupby(roster["organisation"], sort=False).sum()
    parties["place"] = by_party.rank(ascending=False, method="first")
    size = np.log(by_party + 1_000)
    parties["size_score"] = (size - size.mean()) / size.std()
    return parties


def _with_planted(
    values: Array, parties: pd.DataFrame, planted: Mapping[str, tuple[float, ...]]
) -> Array:
    """Put the planted organisations' own values in place of the drawn ones."""
    missing = (np.nan,) * values.shape[1]
    own = np.array([planted.get(truth, missing) for truth in parties["truth"]], dtype=float)
    return np.where((parties["truth"] != "").to_numpy()[:, None], own, values)
