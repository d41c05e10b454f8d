"""How some clients of the sample company rate it, and its rivals, in what they need.

Asked were the chains, the accounts with a story, and a dozen wholesalers; most clients were
not, as in a real firm. What the planted ones say fits their stories: shoppers' pull is what a
city supermarket wants, and there a rival is ahead; the riser finds nobody better.
"""

import numpy as np
import pandas as pd

from kamtools.samples.company_accounts import (
    FADER,
    LOSES_MONEY,
    POWER_TRAP,
    RISER,
    SUPERMARKET,
)

FACTORS = ("price", "delivery on time", "pull of the brand", "support in the store")
RIVALS = ("Sunfield Snacks", "Golden Reed Trading")
WEIGHTS = {"wholesaler": (4, 3, 2, 1), "": (3, 3, 2, 2)}
WEIGHTS_BY_TRUTH = {SUPERMARKET: (2, 2, 3, 3), RISER: (2, 3, 2, 3), POWER_TRAP: (6, 2, 1, 1)}
# How the client rates us, then the first rival, then the second.
RATINGS_BY_TRUTH = {
    LOSES_MONEY: ((6, 9, 6, 8), (6, 6, 7, 5), (7, 6, 4, 4)),
    FADER: ((5, 6, 5, 5), (6, 7, 7, 6), (8, 7, 4, 5)),
    RISER: ((7, 8, 7, 8), (6, 6, 7, 6), (8, 7, 4, 4)),
    SUPERMARKET: ((7, 7, 4, 5), (6, 8, 8, 8), (8, 6, 3, 3)),
    POWER_TRAP: ((6, 7, 5, 5), (7, 7, 7, 6), (8, 7, 4, 4)),
}
MEANS = ((6.5, 7.0, 6.0, 6.0), (6.3, 6.8, 6.8, 6.2), (7.2, 6.5, 4.5, 4.5))
WHOLESALERS_ASKED = 12


def client_views(roster: pd.DataFrame, *, seed: int) -> pd.DataFrame:
    """Draw how the clients that were asked rate the sample company and two rivals.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    seed
        Of the ratings, and of which wholesalers were asked.

    Returns
    -------
    DataFrame
        `account_id` (of a chain, its first store), `factor`, `weight` (points of 10), `us`,
        `rival`, `rating` (1-10), in the order of account, factor and rival.
    """
    rng = np.random.default_rng([seed, 9])
    asked = _asked(roster, rng)
    drawn = np.array(MEANS) + rng.normal(0, 1.0, (len(asked), 1 + len(RIVALS), len(FACTORS)))
    ratings = np.clip(np.rint(drawn), 1, 10)
    planted = {truth: np.array(rows, dtype=float) for truth, rows in RATINGS_BY_TRUTH.items()}
    for place, truth in enumerate(asked["truth"]):
        ratings[place] = planted.get(truth, ratings[place])
    weights = np.array(
        [
            WEIGHTS_BY_TRUTH.get(truth, WEIGHTS.get(segment, WEIGHTS[""]))
            for truth, segment in zip(asked["truth"], asked["segment"], strict=True)
        ],
        dtype=float,
    )
    n, per_factor = len(asked), len(RIVALS)
    return pd.DataFrame(
        {
            "account_id": np.repeat(asked["account_id"].to_numpy(), len(FACTORS) * per_factor),
            "factor": np.tile(np.repeat(FACTORS, per_factor), n),
            "weight": np.repeat(weights.ravel(), per_factor),
            "us": np.repeat(ratings[:, 0].ravel(), per_factor),
            "rival": np.tile(RIVALS, n * len(FACTORS)),
            "rating": ratings[:, 1:].transpose(0, 2, 1).ravel(),
        }
    ).astype({"account_id": "str", "factor": "str", "rival": "str"})


def _asked(roster: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Choose who was asked: one account for each organisation, in the order of accounts."""
    parties = roster.drop_duplicates("organisation")
    is_ordinary = (parties["segment"] == "wholesaler") & (parties["truth"] == "")
    drawn = rng.permutation(parties.index[is_ordinary])[:WHOLESALERS_ASKED]
    has_a_part = parties["chain"].notna() | (parties["truth"] != "")
    return parties[has_a_part | parties.index.isin(drawn)]
