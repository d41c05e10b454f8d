"""How many alternatives make a partner replaceable: the one table of assumptions, and its curve.

Trade data show how much of its trade each side has with whom, and how many others it has. They
do not show whether the others could take the rest over. That is assumed, here and nowhere else:

    availability = N / (N + half_at) × min(1, room × (1 − share) / share)

N is the effective number of the other partners (1 ÷ the sum of their squared shares). The first
factor says that one other is not a choice and many are; the second that the others, who carry
1 − share of the trade today, can take `room` of theirs more within a year. Without any other
partner availability is 0.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.planner_scenarios import triangular

INPUTS = ("half_at", "room")
SIDES = ("supplier", "account")
MEANING = {
    "half_at": "effective number of other partners at which half of the trade finds a place",
    "room": "what the others could take over within a year, as a share of their trade today",
}
PROPOSED = {"half_at": (1.0, 2.0, 4.0), "room": (0.10, 0.25, 0.50)}


@dataclass(frozen=True)
class Availability:
    """The two numbers of the curve for one side: scalars, or one for each draw, shape (n, 1)."""

    half_at: float | np.ndarray
    room: float | np.ndarray


def network_assumptions() -> pd.DataFrame:
    """Return the proposed assumptions: a table to read, argue with and replace.

    Returns
    -------
    (4, 7)
        `side`, `input`, `low`, `middle`, `high`, `basis`, `meaning`. Both sides have the same
        numbers, so that no side is made the weaker one by assumption.

    Examples
    --------
    >>> network_assumptions()[["side", "input", "low", "middle", "high"]]
           side    input  low  middle  high
    0  supplier  half_at  1.0    2.00   4.0
    1  supplier     room  0.1    0.25   0.5
    2   account  half_at  1.0    2.00   4.0
    3   account     room  0.1    0.25   0.5
    """
    rows = [(side, name, *PROPOSED[name], "assumption", MEANING[name])
            for side in SIDES for name in INPUTS]  # fmt: skip
    return pd.DataFrame(
        rows, columns=["side", "input", "low", "middle", "high", "basis", "meaning"]
    )


def availability(alternatives: np.ndarray, share: np.ndarray, assumed: Availability) -> np.ndarray:
    """Return how far the others could replace a partner, 0-1.

    Parameters
    ----------
    alternatives : effective number of the other partners, 0 or at least 1
    share : of a side's trade that is with the partner, 0-1
    assumed : as `middle_assumptions` and `drawn_assumptions` return it for the side

    Examples
    --------
    Half of the trade, four equal others: they could take a quarter of it, and two thirds of that
    finds a place.

    >>> curve = Availability(half_at=2.0, room=0.25)
    >>> availability(np.array([4.0, 0.0]), np.array([0.5, 1.0]), curve).round(3)
    array([0.167, 0.   ])
    """
    choice = alternatives / (alternatives + assumed.half_at)
    ask = np.maximum(share, 1e-300)
    return choice * np.minimum(1.0, assumed.room * (1 - share) / ask)


def assumptions_at(
    assumptions: pd.DataFrame, end: Literal["low", "middle", "high"]
) -> pd.DataFrame:
    """Return the assumptions without their range, all at one end of it.

    Parameters
    ----------
    assumptions : as `network_assumptions` returns it
    end
        "low" makes both sides hard to replace (many others needed, little room), "high" easy.

    Examples
    --------
    >>> assumptions_at(network_assumptions(), "low")[["side", "input", "low", "middle", "high"]]
           side    input  low  middle  high
    0  supplier  half_at  4.0     4.0   4.0
    1  supplier     room  0.1     0.1   0.1
    2   account  half_at  4.0     4.0   4.0
    3   account     room  0.1     0.1   0.1
    """
    _checked(assumptions)
    other = {"low": "high", "middle": "middle", "high": "low"}[end]
    values = assumptions[end].where(assumptions["input"] == "room", assumptions[other])
    return assumptions.assign(low=values, middle=values, high=values)


def middle_assumptions(assumptions: pd.DataFrame) -> dict[str, Availability]:
    """Return each side's assumptions at their middle.

    Parameters
    ----------
    assumptions : as `network_assumptions` returns it
    """
    values = _checked(assumptions)
    return {
        side: Availability(*(values[side, name]["middle"] for name in INPUTS)) for side in SIDES
    }


def drawn_assumptions(
    assumptions: pd.DataFrame, *, draws: int, rng: np.random.Generator
) -> dict[str, Availability]:
    """Return each side's assumptions drawn from their triangles, shape (draws, 1).

    Where both sides have the same numbers they share the draw: what is not known is the curve,
    not which side it favours.
    """
    values = _checked(assumptions)
    drawn: dict[tuple[str, str], np.ndarray] = {}
    for name in INPUTS:
        same = values["supplier", name] == values["account", name]
        for side in SIDES:
            if side == "account" and same:
                drawn[side, name] = drawn["supplier", name]
                continue
            low, middle, high = (np.array([end]) for end in values[side, name].values())
            drawn[side, name] = triangular(low, middle, high, rng.random((1, draws))).T
    return {side: Availability(drawn[side, "half_at"], drawn[side, "room"]) for side in SIDES}


def _checked(assumptions: pd.DataFrame) -> dict[tuple[str, str], dict[str, float]]:
    """Return low, middle and high by side and input."""
    needed = ["side", "input", "low", "middle", "high"]
    missing = [name for name in needed if name not in assumptions]
    if missing:
        raise InputError(f"the assumptions need the columns {', '.join(missing)}")
    rows = list(zip(*(assumptions[name].tolist() for name in needed), strict=True))
    if sorted(row[:2] for row in rows) != sorted((side, name) for side in SIDES for name in INPUTS):
        raise InputError("the assumptions need half_at and room once for each of supplier, account")
    for side, name, low, middle, high in rows:
        if not 0 < low <= middle <= high < np.inf:
            raise InputError(
                f"assumption {name} of the {side} must have 0 < low ≤ middle ≤ high; "
                f"got {low:g}, {middle:g}, {high:g}"
            )
    return {
        (side, name): {"low": low, "middle": middle, "high": high}
        for side, name, low, middle, high in rows
    }
