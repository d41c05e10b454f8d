"""What the player sees of the account: the signs of the monthly report, true but noisy."""

import numpy as np
import pandas as pd

from kamtools.power.game_chance import SIGNS, Year
from kamtools.power.game_month import points_to_tight
from kamtools.power.game_state import Opening, State

MOST_OFFERS = 10
"""Rivals' offers that an account asks for which could do without us entirely."""
HURRIED_DAYS, PATIENT_DAYS = 5.0, 20.0
"""Days in which the most hurried and the most patient account of the scenario answers."""

COLUMNS = ("imbalance_seen", "offers_asked", "answer_days", "trust_seen", "market")
"""Signs of a month; `market` is "tighter" or "calmer", as the month's market figures point."""


def sign_row(year: Year, state: State, opening: Opening) -> dict[str, object]:
    """Return the signs with which a month begins.

    Parameters
    ----------
    year, state, opening
        Of a single play; what is true. Noise is the month's, as the seed drew it.

    Returns
    -------
    dict
        `month`; `imbalance_seen` (-1 to 1): our estimate; `offers_asked`: rivals' offers that
        its buyers asked for, of `MOST_OFFERS`; `answer_days`: days that it took to answer us, of
        patience; `trust_seen` (0-1): survey; `market`.
    """
    noise = dict(zip(SIGNS, year.noise[state.month], strict=True))
    spread = year.scenario.assumed("sign_noise")
    free = 1 - opening.standing.account[0] + spread * noise["alternatives"]
    calm = patience_scale(year) + spread * noise["patience"]
    return {
        "month": state.month + 1,
        "imbalance_seen": float(opening.standing.imbalance[0] + spread * noise["imbalance"]),
        "offers_asked": float(np.rint(MOST_OFFERS * np.clip(free, 0, 1))),
        "answer_days": float(
            np.rint(max(HURRIED_DAYS + (PATIENT_DAYS - HURRIED_DAYS) * calm, 1.0))
        ),
        "trust_seen": float(np.clip(state.trust[0] + spread * noise["trust"], 0, 1)),
        "market": "tighter" if points_to_tight(year, state.month) else "calmer",
    }


def patience_scale(year: Year) -> float:
    """Return where the account's patience stands between the least and the most, 0-1."""
    low, _, high = year.scenario.hidden["account_patience"]
    return float((year.account_patience - low) / (high - low)) if high > low else 0.5


def sign_table(rows: list[dict[str, object]]) -> pd.DataFrame:
    """Return the signs seen so far, a row a month.

    Examples
    --------
    >>> sign_table([{"month": 1, "imbalance_seen": 0.2, "offers_asked": 7.0, "answer_days": 12.0,
    ...              "trust_seen": 0.5, "market": "calmer"}])["offers_asked"].tolist()
    [7.0]
    """
    table = pd.DataFrame(rows, columns=["month", *COLUMNS])
    kinds = dict.fromkeys(COLUMNS[:4], "float") | {"month": "int64", "market": "str"}
    return table.astype(kinds).set_index("month")
