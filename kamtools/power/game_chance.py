"""All that chance decides in a year of the balancing game, drawn once from scenario and seed.

What chance brings does not hang on what the player does: two plays of one seed meet the same
account, the same market and the same luck, and an omniscient player can be asked what it would
have done.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.errors import InputError
from kamtools.power.game_scenario import Scenario
from kamtools.power.game_scenario_checks import MONTHS
from kamtools.power.measure_effects import works_on
from kamtools.power.measures import measure_list
from kamtools.power.planner_scenarios import triangular
from kamtools.schema import names_in

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]

SIGNS = ("imbalance", "alternatives", "patience", "trust")
"""Signs of the monthly report that are measured with noise."""


@dataclass(frozen=True)
class Library:
    """The measures on offer as arrays, one place a measure.

    Attributes
    ----------
    keys, labels : of the measures
    cost : money a year
    months : months until a measure fully works
    is_counsel : bool, whether counsel must look at it first
    is_status, is_pressure : bool
        Emerson's operation 3 for one account, which wins trust; and 1, 4 or the law, which
        costs some.
    needs, excludes : (n_measures, n_measures) bool
        Whether the measure of the row needs, or excludes, that of the column.
    """

    keys: tuple[str, ...]
    labels: tuple[str, ...]
    cost: Floats
    months: Floats
    is_counsel: Bools
    is_status: Bools
    is_pressure: Bools
    needs: Bools
    excludes: Bools


@dataclass(frozen=True)
class Year:
    """A year as it truly is: what the player is not told.

    Attributes
    ----------
    scenario : Scenario
    library : Library
    stake, availability : (n_inputs,)
        The true ones, within the scenario's ranges.
    is_supplier : (n_inputs,) bool
    effects : (n_effects,)
        What each effect of a measure truly is, within its range.
    measure_of : (n_effects,)
        Place of the effect's measure in the library.
    on_stake, on_availability : (n_effects, n_inputs) bool
    awareness : (n_effects,) bool
        Effects that the account's belief about its market carries.
    account_patience, first_belief, first_trust : float
    tightens : bool
    events : (12,)
        Place of the month's event in the scenario's events, -1 where none is planned.
    launch : (n_events,)
        Strength of a launch, 0 for other events.
    signal, read, demand, law, bluff : (12,), uniform
    review : (12,), mean 1
    resolve : (12,), median 1
        What the account takes a fight to cost it, over what it would cost.
    noise : (12, 4), standard normal, by `SIGNS`
    """

    scenario: Scenario
    library: Library
    stake: Floats
    availability: Floats
    is_supplier: Bools
    effects: Floats
    measure_of: Ints
    on_stake: Bools
    on_availability: Bools
    awareness: Bools
    account_patience: float
    first_belief: float
    first_trust: float
    tightens: bool
    events: Ints
    launch: Floats
    signal: Floats
    read: Floats
    demand: Floats
    law: Floats
    bluff: Floats
    review: Floats
    resolve: Floats
    noise: Floats


def draw_year(scenario: Scenario, *, seed: int) -> Year:
    """Return the year that a seed brings in a scenario.

    Parameters
    ----------
    scenario
        From `game_scenario.read_scenario`.
    seed
        A whole number of at least 0. Each kind of draw has a stream of its own.

    Raises
    ------
    InputError
        If the seed is not possible.

    Examples
    --------
    >>> from kamtools.power.game_scenario import shipped_scenario
    >>> year = draw_year(shipped_scenario("powerful_distributor"), seed=1)
    >>> again = draw_year(shipped_scenario("powerful_distributor"), seed=1)
    >>> bool((year.stake == again.stake).all()), year.noise.shape
    (True, (12, 4))
    """
    if isinstance(seed, bool) or not isinstance(seed, int) or seed < 0:
        raise InputError(f"seed must be a whole number of at least 0; got {seed!r}")
    inputs, measures, hidden = scenario.inputs, scenario.measures, scenario.hidden
    library = make_library(measures)
    truth = inputs.assign(
        stake=_between(inputs, "stake", seed, 0),
        availability=_between(inputs, "availability", seed, 1),
    )
    works = works_on(measures, truth)
    is_stake = (measures["acts_on"] == "stake").to_numpy()
    is_briefing = ((measures["measure"] == "market_briefing") & ~is_stake).to_numpy()
    strength = [one.get("strength", [0.0, 0.0, 0.0]) for one in scenario.events]
    spread = scenario.assumed("review_spread")
    sigma = np.sqrt(np.log1p(spread**2))
    normal, wavering = (
        np.random.default_rng([seed, stream]).standard_normal(MONTHS) for stream in (9, 16)
    )
    patience, belief, trust = (
        float(_triangle(np.array([hidden[name]]), seed, 3 + place)[0])
        for place, name in enumerate(("account_patience", "first_belief", "trust"))
    )
    return Year(
        scenario=scenario,
        library=library,
        stake=truth["stake"].to_numpy(),
        availability=truth["availability"].to_numpy(),
        is_supplier=(inputs["side"] == "supplier").to_numpy(),
        effects=_between(measures, "effect", seed, 2),
        measure_of=np.array([library.keys.index(key) for key in measures["measure"]]),
        on_stake=works & is_stake[:, None],
        on_availability=works & ~is_stake[:, None],
        awareness=is_briefing,
        account_patience=patience,
        first_belief=belief,
        first_trust=trust,
        tightens=bool(_uniform(seed, 6, 1)[0] < hidden["market_tightens"]),
        events=_event_months(scenario, seed),
        launch=_triangle(np.array(strength).reshape(-1, 3), seed, 8),
        signal=_uniform(seed, 10, MONTHS),
        read=_uniform(seed, 11, MONTHS),
        demand=_uniform(seed, 12, MONTHS),
        law=_uniform(seed, 13, MONTHS),
        bluff=_uniform(seed, 15, MONTHS),
        review=np.exp(sigma * normal - sigma**2 / 2),
        resolve=np.exp(scenario.assumed("resolve_spread") * wavering),
        noise=np.random.default_rng([seed, 14]).standard_normal((MONTHS, len(SIGNS))),
    )


def make_library(measures: pd.DataFrame) -> Library:
    """Return a table of measures as arrays.

    Parameters
    ----------
    measures
        As `measures.default_measures`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> library = make_library(default_measures())
    >>> library.keys[:2], library.needs[1, 0].item()
    (('plan_sharing', 'advance_notice'), True)
    """
    listed = measure_list(measures)
    keys = tuple(listed.index)

    def pairs(column: str) -> Bools:
        return np.array([[other in names_in(cell) for other in keys] for cell in listed[column]])

    excludes = pairs("excludes")
    operation = listed["operation"].to_numpy()
    is_law = np.array(keys) == "payment_law"
    return Library(
        keys=keys,
        labels=tuple(listed["label"]),
        cost=listed["cost"].to_numpy(dtype=float),
        months=listed["months_to_work"].to_numpy(dtype=float),
        is_counsel=(listed["legal"] == "counsel").to_numpy(),
        is_status=(operation == 3) & (listed["scope"] == "account").to_numpy(),
        is_pressure=np.isin(operation, (1, 4)) | is_law,
        needs=pairs("needs"),
        excludes=excludes | excludes.T,
    )


def _event_months(scenario: Scenario, seed: int) -> Ints:
    months = np.full(MONTHS, -1)
    for place, (one, uniform) in enumerate(
        zip(scenario.events, _uniform(seed, 7, len(scenario.events)), strict=True)
    ):
        first, last = (int(month) for month in one["months"])
        months[first - 1 + int(uniform * (last - first + 1))] = place
    return months


def _between(table: pd.DataFrame, name: str, seed: int, stream: int) -> Floats:
    ends = table[[f"{name}_low", name, f"{name}_high"]].to_numpy(dtype=float)
    return _triangle(ends, seed, stream)


def _triangle(ends: Floats, seed: int, stream: int) -> Floats:
    """Return a draw from each row's low, middle and high."""
    ends = ends.astype(float)
    low, middle, high = (ends[:, [place]] for place in range(3))
    uniform = _uniform(seed, stream, len(ends))[:, None]
    drawn: Floats = triangular(low, middle, high, uniform)[:, 0]
    return drawn


def _uniform(seed: int, stream: int, count: int) -> Floats:
    return np.random.default_rng([seed, stream]).random(count)
