"""Plans of the balancing game's whole year, many of them at once."""

from dataclasses import dataclass, replace

import numpy as np

from kamtools.power.game_chance import Floats, Ints, Year
from kamtools.power.game_month import Record, close_month
from kamtools.power.game_moves import Move
from kamtools.power.game_scenario_checks import MONTHS
from kamtools.power.game_score import score_of
from kamtools.power.game_state import ANSWERS, Decision, open_month, start_state

LAWFUL = tuple(answer for answer in ANSWERS if answer not in ("offer", "pass_on"))
"""Answers of a plan beside offers; offers come after them, one a measure."""


@dataclass(frozen=True)
class Plans:
    """What each plan does in the year.

    Attributes
    ----------
    begin : (n_plans, n_measures)
        Month in which it begins a measure, 0 for never.
    answer : (n_plans, 12)
        What it answers in a month if there is an event: a place in `LAWFUL`, or, from
        `len(LAWFUL)` on, the offer of a measure.
    """

    begin: Ints
    answer: Ints

    def take(self, places: Ints) -> "Plans":
        """Return some of the plans."""
        return Plans(self.begin[places], self.answer[places])


def joined(parts: list[Plans]) -> Plans:
    """Return several tables of plans as one."""
    return Plans(
        np.concatenate([part.begin for part in parts]),
        np.concatenate([part.answer for part in parts]),
    )


def idle_plan(year: Year, *, answer: str = "refuse") -> Plans:
    """Return the one plan that begins nothing and gives the same answer to each demand."""
    measures = len(year.library.keys)
    return Plans(
        np.zeros((1, measures), dtype=np.int64),
        np.full((1, MONTHS), LAWFUL.index(answer)),
    )


def run_plans(year: Year, plans: Plans) -> tuple[dict[str, Floats], list[Record]]:
    """Return the scores of plans, and what each month brought them.

    Parameters
    ----------
    year : Year
    plans : Plans
        What cannot be done when its month comes is left out.

    Returns
    -------
    as `game_score.score_of`; and a record for each month
    """
    state = start_state(year, plays=len(plans.begin))
    never = np.zeros(plans.begin.shape, dtype=bool)
    records: list[Record] = []
    for month in range(1, MONTHS + 1):
        answer, offered = decoded(plans.answer[:, month - 1])
        decision = Decision(plans.begin == month, never, answer, offered)
        state, record = close_month(year, state, open_month(year, state), decision)
        records.append(record)
    return score_of(year, records), records


def decoded(answer: Ints) -> tuple[Ints, Ints]:
    """Return a plan's answers as places in `ANSWERS`, and what is offered (-1 for nothing).

    Examples
    --------
    >>> answer, offered = decoded(np.array([0, len(LAWFUL) + 3]))
    >>> [ANSWERS[place] for place in answer], offered.tolist()
    (['concede', 'offer'], [-1, 3])
    """
    places = np.array([ANSWERS.index(name) for name in LAWFUL])
    is_offer = answer >= len(LAWFUL)
    plain = places[np.minimum(answer, len(LAWFUL) - 1)]
    said = np.where(is_offer, ANSWERS.index("offer"), plain)
    return said, np.where(is_offer, answer - len(LAWFUL), -1)


def plan_of(year: Year, moves: tuple[Move, ...]) -> Plans:
    """Return moves as a plan; what is not lawful is left out or answered by doing nothing.

    Parameters
    ----------
    year : Year
    moves
        Of up to twelve months.
    """
    plan, keys = idle_plan(year), year.library.keys
    begin, answer = plan.begin.copy(), plan.answer.copy()
    for month, move in enumerate(moves, start=1):
        for key in move.begin:
            begin[0, keys.index(key)] = month
        if move.answer in LAWFUL:
            answer[0, month - 1] = LAWFUL.index(move.answer)
        elif move.answer == "offer":
            answer[0, month - 1] = len(LAWFUL) + keys.index(move.offer)
        elif move.answer == "pass_on":
            answer[0, month - 1] = LAWFUL.index("refuse")
    return replace(plan, begin=begin, answer=answer)


def moves_of(year: Year, plans: Plans) -> tuple[Move, ...]:
    """Return the first plan as the moves that `game_play.play` takes.

    Parameters
    ----------
    year : Year
    plans
        What its year leaves out stands in no move, and an answer only where there is an event.
    """
    keys = year.library.keys
    first = plans.take(np.array([0]))
    _, records = run_plans(year, first)
    moves = []
    for month, record in enumerate(records):
        begun = [key for place, key in enumerate(keys)
                 if record["begin"][0, place] and plans.begin[0, place] == month + 1]  # fmt: skip
        said = ANSWERS[int(record["answer"][0])] if int(record["event"][0]) >= 0 else ""
        place = int(decoded(first.answer[:, month])[1][0])
        offer = keys[place] if said == "offer" else ""
        if offer and (offer in begun or not record["begin"][0, place]):
            said, offer = "refuse", ""  # an offer of what cannot be had is none
        if said == "counterpart" and not record["is_swap"][0]:
            said = "part"  # the counterpart runs already
        moves.append(Move(begin=tuple(begun), answer=said, offer=offer))
    return tuple(moves)
