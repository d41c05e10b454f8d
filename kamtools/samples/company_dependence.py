"""What the sample company and some of its clients judge of their dependence on each other.

Invoices and facts say little of it: a line built for one client, a brand that its shoppers ask
for. Judged were the planted accounts and the largest others; most rows by the key account
manager, some by the client itself, a few without their range, as in a real firm.

The rows of the planted accounts are written down to fit their stories, not drawn and not found:
the power trap is to be captive to its client, yet not beyond what measures can mend. That a
method finds it in the files shows that the method works, not that the world is so. What the other
accounts say is drawn alike for all of them.
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
from kamtools.samples.company_demand import LAST_YEAR

Ends = tuple[float, float, float]
Row = tuple[str, str, Ends, Ends, str]

MANAGER, CLIENT = "key account manager", "account"
SOURCES = {
    MANAGER: "account review, December 2024",
    CLIENT: "interview at the account, November 2024",
}
LINE, TOOLS = "dedicated line", "own-label tooling"
BRAND, DATA = "brand pull", "our data in its planning"

# Side, part, then stake and availability (low, middle, high), and whose estimate it is.
ROWS_BY_TRUTH: dict[str, tuple[Row, ...]] = {
    POWER_TRAP: (
        ("supplier", LINE, (0.20, 0.30, 0.40), (0.15, 0.30, 0.45), MANAGER),
        ("supplier", TOOLS, (0.10, 0.15, 0.25), (0.10, 0.20, 0.35), MANAGER),
        ("account", BRAND, (0.02, 0.05, 0.10), (0.60, 0.75, 0.90), CLIENT),
        ("account", DATA, (0.00, 0.05, 0.10), (0.50, 0.70, 0.85), MANAGER),
    ),
    RISER: (
        ("account", BRAND, (0.20, 0.30, 0.40), (0.40, 0.55, 0.70), CLIENT),
        ("account", DATA, (0.10, 0.15, 0.25), (0.30, 0.45, 0.60), MANAGER),
    ),
    FADER: (("account", DATA, (0.00, 0.05, 0.10), (0.60, 0.75, 0.90), MANAGER),),
    LOSES_MONEY: (("supplier", LINE, (0.05, 0.10, 0.15), (0.50, 0.65, 0.80), MANAGER),),
    SUPERMARKET: (("account", BRAND, (0.05, 0.10, 0.15), (0.60, 0.70, 0.85), MANAGER),),
}

# Of an ordinary account: the chance that a part is named, and its mean stake and availability.
ORDINARY = (
    ("supplier", LINE, 0.35, 0.08, 0.60),
    ("supplier", TOOLS, 0.20, 0.06, 0.55),
    ("account", BRAND, 0.60, 0.15, 0.60),
    ("account", DATA, 0.40, 0.10, 0.50),
)
LARGEST = 22  # organisations without a part to play that were judged
ASKED = 0.25  # of their rows on the account's side come from the account itself
WITHOUT_RANGE = 0.2  # of their rows
STEP = 0.05


def judged_dependence(
    roster: pd.DataFrame, demand: npt.NDArray[np.float64], *, seed: int
) -> pd.DataFrame:
    """Write down, and draw, the judged parts of dependence.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    demand
        EUR by account and month: who the largest are.
    seed
        Of the ordinary accounts' rows; no other part of the company draws from it.

    Returns
    -------
    DataFrame
        As `schema.DEPENDENCE`; of a chain, its first store.

    Examples
    --------
    >>> from kamtools.samples.company_accounts import make_roster
    >>> table = judged_dependence(make_roster(seed=1), np.ones((300, 36)), seed=1)
    >>> sorted(table["part"].unique())
    ['brand pull', 'dedicated line', 'our data in its planning', 'own-label tooling']
    """
    rng = np.random.default_rng([seed, 13])
    parties = _judged(roster, demand)
    rows = []
    for account, truth in zip(parties["account_id"], parties["truth"], strict=True):
        told = ROWS_BY_TRUTH[truth] if truth else _ordinary(rng)
        rows += [_flat(account, row) for row in told]
    texts = dict.fromkeys(("account_id", "side", "part", "whose", "source", "basis"), "str")
    return pd.DataFrame(rows).astype(texts)


def _judged(roster: pd.DataFrame, demand: npt.NDArray[np.float64]) -> pd.DataFrame:
    """Return the organisations that were judged: the first account of each."""
    sales = pd.Series(demand[:, LAST_YEAR].sum(axis=1), index=roster.index)
    by_party = sales.groupby(roster["organisation"]).transform("sum")
    parties = roster.assign(sales=by_party).drop_duplicates("organisation")
    is_planted = parties["truth"] != ""
    place = parties["sales"].where(~is_planted).rank(ascending=False, method="first")
    return parties[is_planted | (place <= LARGEST)]


def _ordinary(rng: np.random.Generator) -> list[Row]:
    """Draw what is said of one ordinary account."""
    luck = rng.random((len(ORDINARY), 3))
    middles = rng.beta(4.0, 4.0, (len(ORDINARY), 2)) * 2  # mean 1
    rows = []
    for (side, part, chance, *means), (named, asked, ranged), middle in zip(
        ORDINARY, luck, middles, strict=True
    ):
        whose = CLIENT if side == "account" and asked < ASKED else MANAGER
        stake, availability = (
            _ends(mean * times, with_range=ranged >= WITHOUT_RANGE)
            for mean, times in zip(means, middle, strict=True)
        )
        if named < chance:
            rows.append((side, part, stake, availability, whose))
    return rows


def _ends(value: float, *, with_range: bool) -> Ends:
    """Return a judgement in steps of 0.05 with its range, or with a blank one."""
    middle = round(min(value, 0.9) / STEP) * STEP
    if not with_range:
        return np.nan, round(middle, 2), np.nan
    width = STEP if middle < 0.2 else 3 * STEP
    return round(max(middle - width, 0.0), 2), round(middle, 2), round(min(middle + width, 1.0), 2)


def _flat(account: str, row: Row) -> dict[str, object]:
    side, part, stake, availability, whose = row
    return {
        "account_id": account, "side": side, "part": part,
        "stake_low": stake[0], "stake": stake[1], "stake_high": stake[2],
        "availability_low": availability[0], "availability": availability[1],
        "availability_high": availability[2],
        "whose": whose, "source": SOURCES[whose], "basis": "judged",
    }  # fmt: skip
