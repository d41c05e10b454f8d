"""What a learner's events come to: tries, hints and solved, exercise by exercise."""

from collections.abc import Sequence
from dataclasses import dataclass

from kamtools.learning.progress_file import Event

JUDGED = ("right", "wrong")


@dataclass(frozen=True)
class Standing:
    """How one learner stands with one exercise.

    Attributes
    ----------
    exercise
    is_solved
        Once right, always solved.
    tries
        Judged answers up to the first right one. The same answer again straight after itself is
        no new try: that is a cell run again.
    hints
        How many of its hints were looked at before it was solved, each counted once.
    wrong
        The wrong tries among them, in order, as events.
    """

    exercise: str
    is_solved: bool
    tries: int
    hints: int
    wrong: tuple[Event, ...]


def standings(events: Sequence[Event]) -> dict[str, Standing]:
    """Return how a learner stands with each exercise that was answered or looked at.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> def at(minute, kind, **told):
    ...     return Event(datetime(2026, 1, 5, 9, minute, tzinfo=UTC), kind, "an-exercise", **told)
    >>> events = [
    ...     at(1, "answer", answer="7", verdict="wrong"),
    ...     at(2, "hint", strength=1),
    ...     at(3, "answer", answer="7", verdict="wrong"),
    ...     at(4, "answer", answer="5", verdict="right"),
    ...     at(5, "hint", strength=2),
    ... ]
    >>> one = standings(events)["an-exercise"]
    >>> one.is_solved, one.tries, one.hints
    (True, 2, 1)
    """
    of_exercises = [event for event in events if event.kind in ("answer", "hint")]
    names = dict.fromkeys(event.subject for event in of_exercises)
    return {
        name: _standing(name, [event for event in of_exercises if event.subject == name])
        for name in names
    }


def _standing(name: str, events: Sequence[Event]) -> Standing:
    tries: list[Event] = []
    hints: set[int] = set()
    for event in events:
        if event.kind == "hint":
            hints.add(event.strength)
        elif event.verdict in JUDGED:
            if not tries or tries[-1].answer != event.answer:
                tries.append(event)
            if event.verdict == "right":
                break
    wrong = tuple(event for event in tries if event.verdict == "wrong")
    return Standing(name, len(wrong) < len(tries), len(tries), len(hints), wrong)


def first_items(events: Sequence[Event]) -> dict[str, Event]:
    """Return the first answer to each item of a knowledge test: only that one counts."""
    found: dict[str, Event] = {}
    for event in events:
        if event.kind == "item":
            found.setdefault(event.subject, event)
    return found
