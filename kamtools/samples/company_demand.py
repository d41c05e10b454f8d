"""What each account of the sample company needs in each month, in money.

An ordinary account's demand is its size (lognormal within the segment) times its growth,
the season and noise. The planted accounts are sized last, between the neighbours of the
sales rank that they shall hold, so that the truths are the same whatever the seed.
"""

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

Array = npt.NDArray[np.float64]

FIRST_MONTH = "2022-01"
MONTHS = 36
LAST_YEAR = slice(MONTHS - 12, MONTHS)

# Median of a year's sales in EUR, and sigma of its logarithm, by segment.
SIZES = {
    "wholesaler": (150_000, 0.85),
    "discounter": (420_000, 0.30),
    "regional grocer": (300_000, 0.40),
    "convenience": (170_000, 0.40),
    "city supermarket": (25_000, 0.30),
    "independent shop": (14_000, 0.80),
    "food service": (22_000, 0.80),
    "online shop": (24_000, 1.00),
}
# January to December: New Year and lantern festival, mid-autumn, the end of the year.
SEASON = np.array([1.08, 1.12, 0.94, 0.92, 0.94, 0.92, 0.88, 0.94, 1.12, 0.99, 1.04, 1.11])
SEASON_STRENGTH = {"food service": 0.5, "online shop": 1.5, "wholesaler": 0.8}
SMALL_TRADE = ("independent shop", "food service", "online shop")
POWER_TRAP_SHARE = 0.14  # of what all ordinary accounts buy together


def monthly_demand(roster: pd.DataFrame, *, seed: int) -> Array:
    """Draw every account's demand in every month.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    seed
        Of sizes, growth, noise and of who joins and leaves.

    Returns
    -------
    array, shape (accounts, 36)
        Demand in EUR; 0 before an account's first month and after its last.

    Examples
    --------
    >>> from kamtools.samples.company_accounts import make_roster
    >>> demand = monthly_demand(make_roster(seed=1), seed=1)
    >>> demand.shape, bool((demand >= 0).all())
    ((300, 36), True)
    """
    rng = np.random.default_rng([seed, 3])
    yearly = _sizes(roster, rng)
    ordinary = yearly[:, None] / 12 * _growth(roster, rng) * _season(roster)
    ordinary *= _noise(yearly, rng) * _present(roster, rng)
    is_planted = (roster["truth"] != "").to_numpy()
    return np.where(is_planted[:, None], _planted(roster, ordinary, rng), ordinary)


def _sizes(roster: pd.DataFrame, rng: np.random.Generator) -> Array:
    """Draw a year's sales: one size for each organisation, shared among its stores."""
    median = roster["segment"].map({name: size[0] for name, size in SIZES.items()})
    sigma = roster["segment"].map({name: size[1] for name, size in SIZES.items()})
    score = _by_organisation(roster, rng.standard_normal(len(roster)))
    return np.asarray(median * np.exp(sigma * score)) * _store_shares(roster, rng)


def _store_shares(roster: pd.DataFrame, rng: np.random.Generator) -> Array:
    parts = pd.Series(rng.gamma(6.0, size=len(roster)), index=roster.index)
    return (parts / parts.groupby(roster["organisation"]).transform("sum")).to_numpy()


def _by_organisation(roster: pd.DataFrame, values: Array) -> pd.Series:
    """Give every store of a chain the value drawn for the chain's first store."""
    drawn = pd.Series(values, index=roster.index)
    return drawn.groupby(roster["organisation"]).transform("first")


def _growth(roster: pd.DataFrame, rng: np.random.Generator) -> Array:
    """Draw levels around 1: a steady yearly growth and a slow drift of each account."""
    yearly = np.clip(0.03 + 0.09 * rng.standard_t(5, len(roster)), -0.35, 0.55)
    steady = np.log1p(_by_organisation(roster, yearly).to_numpy())[:, None]
    months_to_middle_of_last_year = np.arange(MONTHS) - (MONTHS - 6.5)
    drift = np.cumsum(rng.normal(0, 0.015, (len(roster), MONTHS)), axis=1)
    return np.exp(steady * months_to_middle_of_last_year / 12 + drift)


def _season(roster: pd.DataFrame) -> Array:
    strength = roster["segment"].map(SEASON_STRENGTH).fillna(1.0).to_numpy()
    return np.tile(SEASON, MONTHS // 12) ** strength[:, None]


def _noise(yearly: Array, rng: np.random.Generator) -> Array:
    """Draw month-to-month noise, larger for small accounts."""
    sigma = np.clip(0.22 - 0.03 * np.log(yearly / 10_000), 0.08, 0.25)
    return np.exp(sigma[:, None] * rng.standard_normal((len(yearly), MONTHS)))


def _present(roster: pd.DataFrame, rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Say in which months an account buys at all.

    Some of the small trade joined in 2022 or in the first half of 2024 (in 2023 nobody
    looked for new accounts), some left at any time in the last two years.
    """
    is_small = roster["segment"].isin(SMALL_TRADE).to_numpy()
    luck = rng.random(len(roster))
    first = np.where(is_small & (luck < 0.14), rng.integers(1, 12, len(roster)), 0)
    first = np.where(is_small & (luck < 0.05), rng.integers(24, 30, len(roster)), first)
    leaves = is_small & (luck > 0.93)
    last = np.where(leaves, rng.integers(12, 34, len(roster)), MONTHS)
    month = np.arange(MONTHS)
    return (month >= first[:, None]) & (month < last[:, None])


def _planted(roster: pd.DataFrame, ordinary: Array, rng: np.random.Generator) -> Array:
    """Shape the planted accounts and size them by the sales rank they shall hold."""
    season = _season(roster)
    season[(roster["truth"] == FADER).to_numpy()] **= 0.3
    noise = np.exp(rng.normal(0, 0.03, (len(roster), MONTHS)))
    shape = _paths(roster) * season * noise
    shape = shape / shape[:, LAST_YEAR].sum(axis=1, keepdims=True)
    return shape * (_target_sales(roster, ordinary) * _store_shares(roster, rng))[:, None]


def _paths(roster: pd.DataFrame) -> Array:
    """Give the course of each planted truth over the months; 1 where nothing is planted."""
    month = np.arange(MONTHS)
    courses = {
        LOSES_MONEY: 1.002**month,
        POWER_TRAP: 1.004**month,
        FADER: 0.92 ** np.clip(month - 20, 0, None),  # full until September 2023
        RISER: 1.085 ** np.clip(month - 11, 0, None),  # small in 2022
        SUPERMARKET: 1.015**month,
    }
    flat = np.ones(MONTHS)
    return np.array([courses.get(truth, flat) for truth in roster["truth"]])


def _target_sales(roster: pd.DataFrame, ordinary: Array) -> Array:
    """Find the last year's sales that put each planted organisation on its rank.

    They lie midway (in logarithms) between the two ordinary organisations that shall be
    its neighbours, apart from the largest, which is a share of all ordinary sales.
    """
    sales = pd.Series(ordinary[:, LAST_YEAR].sum(axis=1), index=roster.index)
    plain = roster["truth"] == ""
    by_party = sales[plain].groupby(roster["organisation"][plain]).sum()
    ordered = np.sort(by_party.to_numpy())[::-1]
    ranks = np.sort(roster.drop_duplicates("organisation")["sales_rank"])
    planted_above = np.searchsorted(ranks[ranks > 0], roster["sales_rank"])
    above = np.clip(roster["sales_rank"] - 1 - planted_above, 1, None).to_numpy()
    between = np.sqrt(ordered[above - 1] * ordered[above])
    largest = max(POWER_TRAP_SHARE * ordered.sum(), 1.15 * ordered[0])
    return np.where(roster["truth"] == POWER_TRAP, largest, between)
