"""Scenarios of a plan: what dependence, and what measures do to it, could turn out to be.

Every input is drawn from the triangle of its low, middle and high. How well a measure works is
drawn once a scenario and holds for all its effects on all accounts: if a briefing disappoints,
it does so everywhere.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.power.measure_effects import works_on


@dataclass(frozen=True)
class Scenarios:
    """One draw of everything for each scenario.

    Attributes
    ----------
    inputs : (n_inputs, …) index 0, 1, …
        `account_id`, `side`, `part`, …
    measures : (n_effects, …) index 0, 1, …
    stake, availability : (n_inputs, n_draws), 0-1
    effect : (n_effects, n_draws), -1 to 1
    works : (n_effects, n_inputs) bool
        Which effect works on which input.
    """

    inputs: pd.DataFrame
    measures: pd.DataFrame
    stake: np.ndarray
    availability: np.ndarray
    effect: np.ndarray
    works: np.ndarray


def draw_scenarios(
    inputs: pd.DataFrame, measures: pd.DataFrame, *, draws: int, seed: int
) -> Scenarios:
    """Return scenarios.

    Parameters
    ----------
    inputs, measures
        As in `measure_effects.apply_measures`, checked.
    draws
        Number of scenarios.
    seed
        Of the draws. Those of inputs do not depend on the measures.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": ["a"], "side": ["account"], "part": ["spend"]})
    >>> inputs[["stake_low", "stake", "stake_high"]] = [0.4, 0.5, 0.6]
    >>> inputs[["availability_low", "availability", "availability_high"]] = 0.5
    >>> drawn = draw_scenarios(inputs, default_measures(), draws=3, seed=1)
    >>> drawn.stake.shape, drawn.availability.tolist(), drawn.effect.shape
    ((1, 3), [[0.5, 0.5, 0.5]], (22, 3))
    """
    inputs, measures = inputs.reset_index(drop=True), measures.reset_index(drop=True)
    uniform = np.random.default_rng([seed, 0]).random((2, len(inputs), draws))
    names = measures["measure"].drop_duplicates()
    wellness = np.random.default_rng([seed, 1]).random((len(names), draws))
    of_effect = wellness[pd.Index(names).get_indexer(measures["measure"])]
    falls = (measures["effect"] < 0).to_numpy()[:, None]
    return Scenarios(
        inputs=inputs,
        measures=measures,
        stake=triangular(*_ends(inputs, "stake"), uniform[0]),
        availability=triangular(*_ends(inputs, "availability"), uniform[1]),
        effect=triangular(*_ends(measures, "effect"), np.where(falls, 1 - of_effect, of_effect)),
        works=works_on(measures, inputs),
    )


def middle_scenario(inputs: pd.DataFrame, measures: pd.DataFrame) -> Scenarios:
    """Return the one scenario in which everything is at its middle.

    Parameters
    ----------
    inputs, measures
        As in `measure_effects.apply_measures`, checked.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": ["a"], "side": ["account"], "part": ["spend"],
    ...                        "stake": [0.5], "availability": [0.2]})
    >>> middle_scenario(inputs, default_measures()).stake.tolist()
    [[0.5]]
    """
    inputs, measures = inputs.reset_index(drop=True), measures.reset_index(drop=True)
    return Scenarios(
        inputs=inputs,
        measures=measures,
        stake=inputs[["stake"]].to_numpy(dtype=float),
        availability=inputs[["availability"]].to_numpy(dtype=float),
        effect=measures[["effect"]].to_numpy(dtype=float),
        works=works_on(measures, inputs),
    )


def triangular(
    low: np.ndarray, middle: np.ndarray, high: np.ndarray, uniform: np.ndarray
) -> np.ndarray:
    """Return the quantiles of triangular distributions; a known value where low is high.

    Parameters
    ----------
    low, middle, high : (n, 1)
    uniform : (n, n_draws), 0-1

    Notes
    -----
    With l, m, h the low, middle and high, x = l + min(√(u (h − l)(m − l)), m − l) +
    max(h − m − √((1 − u)(h − l)(h − m)), 0): up to the middle only the first root counts, beyond
    it only the second. Written so it takes no choice for each draw, and works in place.

    Examples
    --------
    >>> ends = np.array([[0.0], [2.0]]), np.array([[0.5], [2.0]]), np.array([[1.0], [2.0]])
    >>> triangular(*ends, np.array([[0.0, 0.5, 1.0], [0.0, 0.5, 1.0]])).tolist()
    [[0.0, 0.5, 1.0], [2.0, 2.0, 2.0]]
    """
    width, below, above = high - low, middle - low, high - middle
    drawn = uniform * (width * below)
    np.sqrt(drawn, out=drawn)
    np.minimum(drawn, below, out=drawn)
    rest = 1 - uniform
    rest *= width * above
    np.sqrt(rest, out=rest)
    np.subtract(above, rest, out=rest)
    np.maximum(rest, 0, out=rest)
    drawn += rest
    drawn += low
    return drawn


def _ends(table: pd.DataFrame, column: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    low, middle, high = (
        table[[f"{column}{level}"]].to_numpy(dtype=float) for level in ("_low", "", "_high")
    )
    return low, middle, high
