"""How probable each set of measures makes it that an account is within the corridor.

No set is left out and nothing is approximated. It stays small because a measure moves what the
supplier depends on, or what the account depends on, or both: the dependence of each side is
worked out for the sets of only those measures that move it, and a whole set looks up two of
these numbers in each scenario.
"""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measure_effects import moved
from kamtools.power.planner_scenarios import Scenarios
from kamtools.power.planner_sets import bits

CELLS = 4_000_000
"""Numbers held at once; scenarios are worked through in blocks that fit."""


def set_probabilities(
    scenarios: Scenarios,
    account_id: str,
    names: pd.Index,
    codes: np.ndarray,
    *,
    corridor: tuple[float, float],
    combine: str,
) -> np.ndarray:
    """Return for each set the part of the scenarios in which the account is in the corridor.

    Parameters
    ----------
    scenarios
        From `planner_scenarios.draw_scenarios`.
    account_id
        Whose inputs count.
    names : (n_measures,)
        Keys of the measures in the order of the sets' bits.
    codes : (n_sets,) int
        From `planner_sets.allowed_sets`.
    corridor
        Low and high of the power imbalance.
    combine : "noisy-or" or "max"

    Returns
    -------
    (n_sets,) 0-1

    Raises
    ------
    InputError
        If one of the two sides has no inputs for the account.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> from kamtools.power.planner_scenarios import middle_scenario
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> one = middle_scenario(inputs, default_measures())
    >>> names = pd.Index(["diversification", "coalition"])
    >>> set_probabilities(one, "a", names, np.arange(4), corridor=(-0.15, 0.15),
    ...                   combine="noisy-or")
    array([0., 0., 0., 1.])
    """
    hits = np.zeros(len(codes), dtype=np.int64)
    for some, imbalance in _imbalances(scenarios, account_id, names, codes, combine):
        hits[some] += is_within(imbalance, corridor).sum(axis=1)
    return hits / scenarios.stake.shape[1]


def set_distances(
    scenarios: Scenarios,
    account_id: str,
    names: pd.Index,
    codes: np.ndarray,
    *,
    corridor: tuple[float, float],
    combine: str,
) -> np.ndarray:
    """Return for each set how far from the corridor the imbalance is, on the scenarios' mean.

    Parameters
    ----------
    scenarios, account_id, names, codes, corridor, combine
        As in `set_probabilities`.

    Returns
    -------
    (n_sets,) 0-2; 0 within the corridor

    Raises
    ------
    InputError
        As `set_probabilities`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> from kamtools.power.planner_scenarios import middle_scenario
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> one = middle_scenario(inputs, default_measures())
    >>> names = pd.Index(["diversification", "coalition"])
    >>> set_distances(one, "a", names, np.arange(4), corridor=(-0.15, 0.15),
    ...               combine="noisy-or").round(3)
    array([0.195, 0.018, 0.146, 0.   ])
    """
    total = np.zeros(len(codes))
    low, high = corridor
    for some, imbalance in _imbalances(scenarios, account_id, names, codes, combine):
        total[some] += np.maximum(np.maximum(imbalance - high, low - imbalance), 0).sum(axis=1)
    return total / scenarios.stake.shape[1]


def _imbalances(
    scenarios: Scenarios, account_id: str, names: pd.Index, codes: np.ndarray, combine: str
) -> Iterator[tuple[slice, np.ndarray]]:
    """Yield which sets, and their imbalance in some of the scenarios, (n_sets, n_scenarios)."""
    of_account = (scenarios.inputs["account_id"] == account_id).to_numpy()
    sides = {}
    for side in ("supplier", "account"):
        rows = np.flatnonzero(of_account & (scenarios.inputs["side"] == side).to_numpy())
        if not len(rows):
            raise InputError(f"account {account_id} has no dependence inputs of the {side} side")
        owner = names.get_indexer(pd.Index(scenarios.measures["measure"]))
        acting = np.flatnonzero(scenarios.works[:, rows].any(axis=1) & (owner >= 0))
        local = np.unique(owner[acting])
        place = bits(codes, len(names))[:, local] @ (1 << np.arange(len(local)))
        sides[side] = (rows, acting, np.searchsorted(local, owner[acting]), len(local), place)
    draws = scenarios.stake.shape[1]
    largest = max(1 << count for _, _, _, count, _ in sides.values())
    step = max(1, min(draws, CELLS // largest))
    for start in range(0, draws, step):
        block = slice(start, start + step)
        supplier, account = (
            _dependence_of_sets(scenarios, rows, acting, owner, count, block, combine)
            for rows, acting, owner, count, _ in sides.values()
        )
        size = max(1, CELLS // (8 * supplier.shape[1]))
        for first in range(0, len(codes), size):
            some = slice(first, first + size)
            imbalance = supplier[sides["supplier"][4][some]]
            imbalance -= account[sides["account"][4][some]]
            yield some, imbalance


def is_within(imbalance: np.ndarray, corridor: tuple[float, float]) -> np.ndarray:
    """Say whether imbalances are in the corridor, its ends included.

    Parameters
    ----------
    imbalance : any shape
    corridor : low and high

    Examples
    --------
    >>> is_within(np.array([-0.2, 0.1, 0.15]), (-0.15, 0.15))
    array([False,  True,  True])
    """
    return (imbalance >= corridor[0] - 1e-12) & (imbalance <= corridor[1] + 1e-12)


def _dependence_of_sets(
    scenarios: Scenarios,
    rows: np.ndarray,
    acting: np.ndarray,
    owner: np.ndarray,
    count: int,
    block: slice,
    combine: str,
) -> np.ndarray:
    """Return one side's dependence for each of 2^count sets in a block of scenarios.

    `owner` is the number (0 to count − 1) of the measure that each acting effect is of.
    """
    effect = scenarios.effect[acting, block]
    acts_on = scenarios.measures["acts_on"].to_numpy()[acting]
    known: dict[tuple[int, ...], tuple[np.ndarray, np.ndarray]] = {}

    def after(values: np.ndarray, column: str, row: int) -> np.ndarray:
        chosen = np.flatnonzero(scenarios.works[acting, row] & (acts_on == column))
        key = tuple(int(number) for number in chosen)
        if key not in known:
            known[key] = _products(effect[chosen], owner[chosen], count)
        return moved(values[row, block], *known[key])

    free = np.ones((1, 1))
    for row in rows:
        u = after(scenarios.stake, "stake", row)
        u = u * (1 - after(scenarios.availability, "availability", row))
        free = free * (1 - u) if combine == "noisy-or" else np.minimum(free, 1 - u)
    dependence = 1 - free
    return np.broadcast_to(dependence, (1 << count, dependence.shape[1]))


def _products(effect: np.ndarray, owner: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Return Π(1 − e⁺) and Π(1 − e⁻) for each of 2^count sets, by doubling measure by measure."""
    left = kept = np.ones((1, effect.shape[1]))
    for number in range(count):
        own = effect[owner == number]
        up, down = (1 - np.maximum(own, 0)).prod(axis=0), (1 + np.minimum(own, 0)).prod(axis=0)
        left, kept = np.concatenate([left, left * up]), np.concatenate([kept, kept * down])
    return left, kept
