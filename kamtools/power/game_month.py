"""What comes of a month of the balancing game, for any number of plays at once."""

from dataclasses import replace

import numpy as np

from kamtools.power.game_account import standing_of, strength_of
from kamtools.power.game_chance import Bools, Floats, Ints, Year
from kamtools.power.game_scenario_checks import EVENTS
from kamtools.power.game_state import (
    ANSWERS,
    QUIET,
    TAKES,
    Decision,
    Opening,
    State,
    allowed,
    belief_of,
    cost_to_begin,
)

OUTCOMES = ("", "agreed", "gave way", "fought", "met")
"""What came of an event: none; the account took what was given; it gave way; it fought; a
launch took place."""

DEMANDS = ("price_demand", "delisting_threat")
"""Events in which the account asks for money, and fights where it is worth a fight to it."""

Record = dict[str, np.ndarray]

_TAKES = np.array([[answer in TAKES[event] for answer in ANSWERS] for event in EVENTS])
_QUIET = np.array([ANSWERS.index(QUIET[event]) for event in EVENTS])


def close_month(
    year: Year, state: State, opening: Opening, decision: Decision
) -> tuple[State, Record]:
    """Return where each play stands after a month, and what the month brought.

    Parameters
    ----------
    year, state
        At the start of the month.
    opening
        From `game_state.open_month`.
    decision
        A measure that cannot begin is left out; an answer that the event does not take counts
        as `game_state.QUIET`.

    Returns
    -------
    State, and by name (n_plays,) arrays
        `event`, `answer`, `outcome` (places), `ask`, `given`, `loss`, `margin`, `cost`, `fine`
        (money), `wait` (days, NaN without a step), `supplier_dependence`,
        `account_dependence`, `imbalance`, `trust`, `belief`, `share`, `is_found_out`,
        `points_lost`, `spent`, `is_swap` (a counterpart was asked for), `reserve` and
        `fights_for` (money a year: what the account insists on, and what it takes a fight to
        cost it; 0 where nothing is asked); `begin` is (n_plays, n_measures).
    """
    month = state.month + 1
    scenario, library = year.scenario, year.library
    answer = answered(opening.event, decision.answer)
    begins = allowed(year, state, decision)
    met = _meet_event(year, state, opening, answer, decision.offered, begins)
    begins = begins | met["begin"]
    begun = np.where((begins | met["granted"]) & (state.begun == 0), month, state.begun)
    is_granted = state.is_granted | met["granted"]
    costs, paid = cost_to_begin(year, month), begins & ~is_granted
    fee = scenario.assumed("counsel_fee") * library.is_counsel
    bare = decision.without_counsel & paid & library.is_counsel
    fees = (paid & ~bare) @ fee
    spent = state.spent + paid @ costs - bare @ fee

    points, is_found_out = _law(year, state.month, answer, bare)
    strength = strength_of(year, begun, month)
    learnt = _learn(year, state, begun)
    belief = belief_of(year, learnt)
    standing = standing_of(year, strength, belief=belief, rival_left=met["rival_left"])
    wait, waited = _step(year, month, strength, belief, state.share)
    running = ((begun > 0) & ~is_granted) @ (library.cost / 12)
    fine = scenario.assumed("fine") * scenario.pie * is_found_out
    cost = running + fees + met["extra"]
    share = met["share"]
    margin = share * scenario.pie / 12 - waited - met["loss"] - cost - fine
    trust = _trust(year, state.trust, met["trust"], begins, begun, is_found_out)
    after = replace(
        state, month=month, begun=begun, is_granted=is_granted, share=share, trust=trust,
        learnt=learnt, rival_left=met["rival_left"], spent=spent,
        conceded=state.conceded + met["conceded"],
    )  # fmt: skip
    return after, {
        "event": opening.event, "answer": answer, "outcome": met["outcome"], "ask": opening.ask,
        "given": met["given"], "loss": met["loss"], "margin": margin, "cost": cost, "fine": fine,
        "wait": wait, "supplier_dependence": standing.supplier,
        "account_dependence": standing.account, "imbalance": standing.imbalance,
        "mutual_dependence": standing.mutual, "trust": trust, "belief": belief, "share": share,
        "is_found_out": is_found_out, "points_lost": points, "spent": spent, "begin": begins,
        "is_swap": met["is_swap"], "reserve": opening.bargain.reserve * (met["limit"] > 0),
        "fights_for": met["limit"],
    }  # fmt: skip


def answered(event: Ints, answer: Ints) -> Ints:
    """Return the answer that counts: where the event does not take it, that of doing nothing.

    Parameters
    ----------
    event : (n_plays,)
        Place in `EVENTS`, or -1.
    answer : (n_plays,)
        Place in `ANSWERS`.

    Returns
    -------
    (n_plays,)
        -1 where there is no event.

    Examples
    --------
    >>> answered(np.array([0, 2, -1]), np.array([1, 1, 1])).tolist()
    [1, 5, -1]
    """
    is_taken = _TAKES[event, answer]
    return np.where(event < 0, -1, np.where(is_taken, answer, _QUIET[event]))


def _meet_event(
    year: Year, state: State, opening: Opening, answer: Ints, offered: Ints, begins: Bools
) -> dict[str, np.ndarray]:
    """Return what an event brings: share, losses, trust, measures that begin, outcome."""
    scenario, library, bargain = year.scenario, year.library, opening.bargain
    is_ = {name: answer == place for place, name in enumerate(ANSWERS)}
    asked = np.isin(opening.event, [EVENTS.index(event) for event in DEMANDS])
    launch = opening.event == EVENTS.index("competitor_launch")
    plays = np.arange(len(answer))

    counterpart = library.keys.index(scenario.counterpart)
    is_new = (state.begun[:, counterpart] == 0) & ~begins[:, counterpart]
    is_swap = is_["counterpart"] & is_new
    offer = np.zeros_like(begins)
    offer[plays, np.maximum(offered, 0)] = is_["offer"] & (offered >= 0)
    if offer.any():
        tried = Decision(begins | offer, np.zeros_like(begins), answer, offered)
        offer &= allowed(year, state, tried) & ~begins
    part = is_["part"] | is_["counterpart"]
    price = opening.ask * np.select([is_["concede"], part], [1.0, scenario.assumed("part_share")])
    value = price - library.cost[counterpart] * is_swap
    value = value + scenario.assumed("offer_value") * (offer @ library.cost)

    reserve = bargain.reserve * np.where(is_["pass_on"], 1 - scenario.assumed("pass_on_effect"), 1)
    limit = bargain.fight * year.resolve[state.month] * asked
    fights = asked & (reserve - value > limit)
    agrees = asked & ~fights
    loss = bargain.loss * fights
    given = np.where(fights, bargain.concession, np.where(agrees, price, 0.0))

    effect = year.launch[year.events[state.month]] if launch.any() else 0.0
    undone = np.select(
        [is_["facts"], is_["match"], is_["pass_on"]],
        [scenario.assumed("facts_share") * state.trust,
         np.full(len(answer), scenario.assumed("match_effect")),
         np.full(len(answer), scenario.assumed("pass_on_effect"))],
    )  # fmt: skip
    matched = launch & is_["match"]
    given = given + matched * scenario.assumed("match_share") * scenario.pie
    granted = np.zeros_like(begins)
    granted[:, counterpart] = is_swap & agrees
    pleased = agrees & (value >= reserve) & (value > 0)
    trust = scenario.assumed("trust_agreement") * pleased
    trust = trust - scenario.assumed("trust_refusal") * (agrees & ~pleased)
    return {
        "share": np.maximum(state.share - given / scenario.pie, 0.0),
        "given": given,
        "loss": loss,
        "trust": trust - scenario.assumed("trust_dispute") * fights,
        "begin": offer & agrees[:, None],
        "granted": granted,
        "rival_left": state.rival_left * np.where(launch, 1 - effect * (1 - undone), 1.0),
        "extra": scenario.assumed("facts_cost") * (launch & is_["facts"]),
        "conceded": (is_["concede"] & asked).astype(float),
        "is_swap": is_swap,
        "limit": limit,
        "outcome": np.select([fights, pleased, agrees, launch], [3, 1, 2, 4]),
    }


def _law(year: Year, before: int, answer: Ints, bare: Bools) -> tuple[Floats, Bools]:
    """Return the points that unlawful steps cost, and whether they are found out."""
    scenario = year.scenario
    passed, number = answer == ANSWERS.index("pass_on"), bare.sum(axis=1)
    unseen = (1 - scenario.assumed("no_counsel_risk")) ** number
    unseen = unseen * np.where(passed, 1 - scenario.assumed("pass_on_risk"), 1.0)
    points = scenario.assumed("pass_on_points") * passed
    return points + scenario.assumed("no_counsel_points") * number, year.law[before] < 1 - unseen


def _learn(year: Year, state: State, begun: Ints) -> Floats:
    """Return what the account has learnt after the month's briefing, as `simulation_belief`."""
    keys, scenario = year.library.keys, year.scenario
    if "market_briefing" not in keys:
        return state.learnt
    is_read = year.read[state.month] < scenario.assumed("briefing_read")
    ratio = np.log(scenario.assumed("likelihood_ratio"))
    told = (1.0 if points_to_tight(year, state.month) else -1.0) * ratio * is_read
    is_briefed = begun[:, keys.index("market_briefing")] > 0
    return scenario.assumed("belief_kept") * state.learnt + told * is_briefed


def points_to_tight(year: Year, before: int) -> bool:
    """Return whether a month's market figures point to a market that tightens.

    Parameters
    ----------
    year : Year
    before
        Months gone by before it, 0-11.
    """
    ratio = year.scenario.assumed("likelihood_ratio")
    is_right = bool(year.signal[before] < ratio / (1 + ratio))
    return is_right == year.tightens


def _step(
    year: Year, month: int, strength: Floats, belief: Floats, share: Floats
) -> tuple[Floats, Floats]:
    """Return how long our step waits for consent (days), and what that costs."""
    scenario, keys = year.scenario, year.library.keys
    if month not in scenario.steps:
        return np.full(len(belief), np.nan), np.zeros(len(belief))
    works = {
        key: strength[:, keys.index(key)] if key in keys else np.zeros(len(belief))
        for key in ("plan_sharing", "advance_notice")
    }
    review = scenario.assumed("review_days") * year.review[month - 1]
    review = review * (1 - (1 - scenario.assumed("alert_review_share")) * belief)
    review = review * (1 - scenario.assumed("plan_sharing_saves") * works["plan_sharing"])
    beside = scenario.assumed("notice_days") * works["advance_notice"]
    wait = np.maximum(review - beside, 0.0)
    lost = np.minimum(wait / scenario.assumed("window_days"), 1.0)
    earns = scenario.assumed("step_share") * share * scenario.pie / len(scenario.steps)
    return wait, earns * lost


def _trust(
    year: Year, before: Floats, change: Floats, begins: Bools, begun: Ints, is_found_out: Bools
) -> Floats:
    """Return trust after a month: measures win it, time, fights, pressure and fines lose it."""
    scenario, library = year.scenario, year.library
    winners = ((begun > 0) & library.is_status).sum(axis=1)
    pressure = (begins & library.is_pressure).sum(axis=1)
    trust = before * (1 - scenario.assumed("trust_fades"))
    trust = 1 - (1 - trust) * (1 - scenario.assumed("trust_gain")) ** winners
    trust = trust + change - scenario.assumed("trust_pressure") * pressure
    trust = np.clip(trust, 0.0, 1.0)
    return np.where(is_found_out, trust * (1 - scenario.assumed("fine_trust")), trust)
