"""Where plays of the balancing game stand, what can be decided, and what a measure may begin.

All is held for many plays of one year at once, a place each, so that thousands of plans are
looked at as fast as one is played.
"""

from dataclasses import dataclass

import numpy as np

from kamtools.power.game_account import (
    Bargain,
    Standing,
    bargain_of,
    standing_of,
    strength_of,
)
from kamtools.power.game_chance import Bools, Floats, Ints, Year
from kamtools.power.game_scenario_checks import EVENTS

ANSWERS = ("concede", "part", "refuse", "counterpart", "offer", "ignore", "facts", "match",
           "pass_on")  # fmt: skip
"""What can be answered to an event; each event takes some of them."""

_BARGAINED = ("concede", "part", "refuse", "counterpart", "offer", "pass_on")
TAKES: dict[str, tuple[str, ...]] = {
    "price_demand": _BARGAINED,
    "delisting_threat": _BARGAINED,
    "competitor_launch": ("ignore", "facts", "match", "pass_on"),
}
"""Event -> the answers that it takes."""

QUIET = {"price_demand": "refuse", "delisting_threat": "refuse", "competitor_launch": "ignore"}
"""Event -> the answer of somebody who does nothing."""

NO_EVENT = -1


@dataclass(frozen=True)
class State:
    """Where each play stands at the start of a month.

    Attributes
    ----------
    month : int
        Months played, 0-12.
    begun : (n_plays, n_measures)
        Month in which a measure was begun, 0 where it was not.
    is_granted : (n_plays, n_measures) bool
        Whether the account granted it, so that it costs nothing.
    share : (n_plays,), 0-1
        Of the pie, that the supplier gets.
    trust : (n_plays,), 0-1
    learnt : (n_plays,)
        What the account has learnt of its market, in log odds.
    rival_left : (n_plays,), 0-1
        Part of what is missing in its alternatives that rivals' launches have left missing.
    conceded : (n_plays,)
        Demands conceded in full.
    spent : (n_plays,), money
        Of the budget, bound until the end of the year.
    """

    month: int
    begun: Ints
    is_granted: Bools
    share: Floats
    trust: Floats
    learnt: Floats
    rival_left: Floats
    conceded: Floats
    spent: Floats


@dataclass(frozen=True)
class Opening:
    """What a month begins with, in each play.

    Attributes
    ----------
    standing : Standing
    bargain : Bargain
        If it comes to a fight: a delisting where one is threatened, else a dispute.
    event : (n_plays,)
        Place in `game_scenario_checks.EVENTS`, or `NO_EVENT`.
    is_invited : (n_plays,) bool
        Whether the event is one of the scenario's, and not one that the account's power brings.
    ask : (n_plays,), money a year
        What a demand or a threat asks for; 0 where there is none.
    """

    standing: Standing
    bargain: Bargain
    event: Ints
    is_invited: Bools
    ask: Floats


@dataclass(frozen=True)
class Decision:
    """What each play decides in a month.

    Attributes
    ----------
    begin : (n_plays, n_measures) bool
        Measures to begin.
    without_counsel : (n_plays, n_measures) bool
        Those of them that counsel should look at first and does not.
    answer : (n_plays,)
        Place in `ANSWERS`; counts only where there is an event that takes it.
    offered : (n_plays,)
        Place of the measure that is offered, -1 where none is.
    """

    begin: Bools
    without_counsel: Bools
    answer: Ints
    offered: Ints


def start_state(year: Year, *, plays: int) -> State:
    """Return the start of the year, for a number of plays of it."""
    shape = (plays, len(year.library.keys))
    return State(
        month=0,
        begun=np.zeros(shape, dtype=np.int64),
        is_granted=np.zeros(shape, dtype=bool),
        share=np.full(plays, year.scenario.supplier_share),
        trust=np.full(plays, year.first_trust),
        learnt=np.zeros(plays),
        rival_left=np.ones(plays),
        conceded=np.zeros(plays),
        spent=np.zeros(plays),
    )


def belief_of(year: Year, learnt: Floats) -> Floats:
    """Return how likely the account thinks that its market tightens, 0-1."""
    start = np.log(year.first_belief / (1 - year.first_belief))
    return np.asarray(1 / (1 + np.exp(-(start + learnt))))


def open_month(year: Year, state: State) -> Opening:
    """Return what the coming month begins with: how both stand, and what happens.

    Parameters
    ----------
    year : Year
    state : State
        After less than 12 months.

    Notes
    -----
    Where the scenario plans no event, from the second month on the account asks for a better
    price with probability p max(I, 0) (1 + a k): p the assumption `uninvited_demand`, I the
    imbalance, a `appetite`, k the demands conceded in full before.
    """
    scenario, month = year.scenario, state.month
    strength = strength_of(year, state.begun, month)
    belief = belief_of(year, state.learnt)
    standing = standing_of(year, strength, belief=belief, rival_left=state.rival_left)
    planned = int(year.events[month])
    kind = scenario.events[planned]["kind"] if planned >= 0 else "price_demand"
    bargain = bargain_of(
        year, standing, share=state.share, trust=state.trust,
        fight="delisting" if kind == "delisting_threat" else "dispute",
    )  # fmt: skip
    if planned >= 0:
        event = np.full(len(state.share), EVENTS.index(kind))
    else:
        eager = 1 + scenario.assumed("appetite") * state.conceded
        chance = scenario.assumed("uninvited_demand") * np.maximum(standing.imbalance, 0) * eager
        comes = (year.demand[month] < chance) & (month > 0)
        event = np.where(comes, EVENTS.index("price_demand"), NO_EVENT)
    more = 1 + scenario.assumed("over_ask") * (1 - state.trust)
    bluff = scenario.assumed("bluff_ask") * (1 + 4 * year.bluff[month]) / 3
    ask = bargain.concession * more + bluff * scenario.pie
    is_asked = (event == EVENTS.index("price_demand")) | (event == EVENTS.index("delisting_threat"))
    return Opening(
        standing=standing,
        bargain=bargain,
        event=event,
        is_invited=np.full(len(event), planned >= 0),
        ask=np.where(is_asked, np.minimum(ask, state.share * scenario.pie), 0.0),
    )


def cost_to_begin(year: Year, month: int) -> Floats:
    """Return what each measure costs to the end of the year if begun now, counsel's fee included.

    Parameters
    ----------
    year : Year
    month
        The month (1-12) in which it begins.
    """
    library = year.library
    fee = year.scenario.assumed("counsel_fee") * library.is_counsel
    return np.asarray(library.cost * (13 - month) / 12 + fee)


def why_not(year: Year, state: State, begin: Bools, place: int) -> str:
    """Say why a measure cannot begin this month in the first play, "" where it can.

    Parameters
    ----------
    year, state
        Of a single play.
    begin : (n_measures,) bool
        What is to begin in the same month besides.
    place
        Of the measure in the library.
    """
    library = year.library
    begun = state.begun[0] > 0
    there = begun | begin
    if begun[place]:
        return "it runs already"
    lacking = [key for key, is_needed, is_there in
               zip(library.keys, library.needs[place], there, strict=True)
               if is_needed and not is_there]  # fmt: skip
    if lacking:
        return f"it needs {lacking[0]} first"
    clash = library.excludes[place] & there
    clash[place] = False
    if clash.any():
        return f"it does not go with {library.keys[int(clash.argmax())]}"
    costs = cost_to_begin(year, state.month + 1)
    others = float(costs[begin & ~begun].sum()) - (costs[place] if begin[place] else 0.0)
    if state.spent[0] + others + costs[place] > year.scenario.budget + 1e-9:
        return "it does not fit into what is left of the budget"
    return ""


def allowed(year: Year, state: State, decision: Decision) -> Bools:
    """Return which of the measures to begin can begin: in the order of the library, one by one.

    Parameters
    ----------
    year, state, decision
        Of any number of plays.

    Returns
    -------
    (n_plays, n_measures) bool
        A measure that runs, lacks what it needs, is excluded or does not fit into what is left
        of the budget is left out.
    """
    library = year.library
    costs = cost_to_begin(year, state.month + 1) - np.where(
        decision.without_counsel, year.scenario.assumed("counsel_fee") * library.is_counsel, 0.0
    )
    there = state.begun > 0
    begins = np.zeros_like(there)
    spent = state.spent.copy()
    for place in np.flatnonzero(decision.begin.any(axis=0)):
        is_right = decision.begin[:, place] & (state.begun[:, place] == 0)
        is_right &= (there | ~library.needs[place]).all(axis=1)
        is_right &= ~(there & library.excludes[place]).any(axis=1)
        is_right &= spent + costs[:, place] <= year.scenario.budget + 1e-9
        begins[:, place] = is_right
        there = there | begins
        spent = spent + np.where(is_right, costs[:, place], 0.0)
    return begins
