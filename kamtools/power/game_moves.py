"""A move of the balancing game as it is written down, and what must hold for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from kamtools.errors import InputError
from kamtools.power.game_chance import Year
from kamtools.power.game_scenario_checks import EVENTS
from kamtools.power.game_state import ANSWERS, TAKES, Decision, Opening, State, why_not
from kamtools.wording import listing

KEYS = ("begin", "without_counsel", "answer", "offer")


@dataclass(frozen=True)
class Move:
    """What is decided in a month.

    Attributes
    ----------
    begin : keys of measures to begin
    without_counsel : those of them that counsel should look at first and does not
    answer : to the month's event, one that it takes; "" where there is none
    offer : key of the measure that is offered, where the answer is "offer"
    """

    begin: tuple[str, ...] = ()
    without_counsel: tuple[str, ...] = ()
    answer: str = ""
    offer: str = ""

    def written(self) -> dict[str, Any]:
        """Return the move as it stands in a script, what is empty left out."""
        said = {"begin": list(self.begin), "without_counsel": list(self.without_counsel),
                "answer": self.answer, "offer": self.offer}  # fmt: skip
        return {key: value for key, value in said.items() if value}


def read_move(given: Move | Mapping[str, Any], *, month: int) -> Move:
    """Return a move as it is written in a script.

    Parameters
    ----------
    given
        `begin` and `without_counsel` (lists of keys), `answer`, `offer`; all may be left out.
    month
        For messages.

    Raises
    ------
    InputError
        If a key is not known, or a value is of another kind.

    Examples
    --------
    >>> read_move({"begin": ["plan_sharing"], "answer": "refuse"}, month=3)
    Move(begin=('plan_sharing',), without_counsel=(), answer='refuse', offer='')
    >>> read_move({"begin": "plan_sharing"}, month=3)
    Traceback (most recent call last):
    kamtools.errors.InputError: month 3: begin must be a list of keys; got 'plan_sharing'
    """
    if isinstance(given, Move):
        return given
    if not isinstance(given, Mapping):
        raise InputError(f"month {month}: a move is a dictionary; got {given!r}")
    unknown = [key for key in given if key not in KEYS]
    if unknown:
        raise InputError(f"month {month}: no {unknown[0]!r} in a move; it has {listing(KEYS)}")
    for key in KEYS[:2]:
        names = given.get(key, ())
        if isinstance(names, str) or not all(isinstance(name, str) for name in names):
            raise InputError(f"month {month}: {key} must be a list of keys; got {names!r}")
    for key in KEYS[2:]:
        if not isinstance(given.get(key, ""), str):
            raise InputError(f"month {month}: {key} must be a text; got {given[key]!r}")
    begin, bare = (tuple(dict.fromkeys(given.get(key, ()))) for key in KEYS[:2])
    return Move(begin, bare, given.get("answer", ""), given.get("offer", ""))


def decide(year: Year, state: State, opening: Opening, move: Move) -> Decision:
    """Return a move as the decision of a single play, or refuse it.

    Parameters
    ----------
    year, state, opening
        Of a single play.
    move : Move

    Raises
    ------
    InputError
        If a measure is not on offer or cannot begin, an event has no answer or one that it
        does not take, or there is an answer and no event.
    """
    month, keys = state.month + 1, year.library.keys
    for key in (*move.begin, *filter(None, [move.offer])):
        if key not in keys:
            raise InputError(f"month {month}: no measure {key!r}; there are {', '.join(keys)}")
    begin = np.isin(keys, move.begin)
    for key in move.begin:
        reason = why_not(year, state, begin, keys.index(key))
        if reason:
            raise InputError(f"month {month}: {key} cannot begin: {reason}")
    for key in move.without_counsel:
        if key not in move.begin or not year.library.is_counsel[keys.index(key)]:
            raise InputError(
                f"month {month}: without_counsel names {key}, which is not begun, or which "
                "counsel need not look at"
            )
    _check_answer(year, state, opening, move, begin)
    offered = keys.index(move.offer) if move.offer else -1
    answer = ANSWERS.index(move.answer) if move.answer else 0
    bare = np.isin(keys, move.without_counsel)
    return Decision(begin[None], bare[None], np.array([answer]), np.array([offered]))


def _check_answer(
    year: Year, state: State, opening: Opening, move: Move, begin: np.ndarray
) -> None:
    month, event = state.month + 1, int(opening.event[0])
    if event < 0:
        if move.answer or move.offer:
            raise InputError(f"month {month}: there is nothing to answer; got {move.answer!r}")
        return
    takes, what = TAKES[EVENTS[event]], EVENTS[event].replace("_", " ")
    if move.answer not in takes:
        raise InputError(
            f"month {month}: a {what} needs one of the answers {', '.join(takes)}; "
            f"got {move.answer!r}"
        )
    if (move.answer == "offer") != bool(move.offer):
        raise InputError(
            f'month {month}: the answer "offer" and the measure that it offers go together; '
            f"got answer {move.answer!r}, offer {move.offer!r}"
        )
    if move.offer:
        place = year.library.keys.index(move.offer)
        reason = "it is begun this month" if begin[place] else why_not(year, state, begin, place)
        if not year.library.is_status[place]:
            reason = "it gives the account nothing: only a measure of giving status can be offered"
        if reason:
            raise InputError(f"month {month}: {move.offer} cannot be offered: {reason}")
    counterpart = year.library.keys.index(year.scenario.counterpart)
    if move.answer == "counterpart" and (state.begun[0, counterpart] or begin[counterpart]):
        raise InputError(
            f"month {month}: {year.scenario.counterpart} runs already: ask for no counterpart"
        )
