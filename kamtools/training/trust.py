"""What a progress file says that cannot be, whoever wrote it; and what is only odd.

An answer that needs no data to be judged is judged again. The rest is taken as recorded: the
class view can be no more honest than the room.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import get_args

from kamtools.errors import InputError
from kamtools.learning.exercises import EXERCISES, judged
from kamtools.learning.knowledge_items import Form, items
from kamtools.learning.knowledge_scores import score
from kamtools.learning.progress_file import LONGEST_TEXT, Event, Progress

VERDICTS = frozenset({"right", "wrong", "not understood"})


def faults(events: Sequence[Event]) -> list[str]:
    """Return what cannot be, in sentences, in the order of the events."""
    return [
        f"event {number}: {fault}"
        for number, event in enumerate(events, start=1)
        for fault in _faults_of(event)
    ]


def notes(progress: Progress) -> tuple[str, ...]:
    """Return what is odd and can be: a clock that was set back."""
    moments = [progress.made, *(event.moment for event in progress.events)]
    is_back = any(later < earlier for earlier, later in pairwise(moments))
    return ("the clock was set back in between",) if is_back else ()


def _faults_of(event: Event) -> Iterator[str]:
    if event.kind == "answer":
        yield from _faults_of_answer(event)
    elif event.kind == "hint":
        yield from _faults_of_hint(event)
    elif event.kind == "item":
        yield from _faults_of_item(event)


def _faults_of_answer(event: Event) -> Iterator[str]:
    exercise = EXERCISES.get(event.subject)
    if exercise is None:
        yield f"there is no exercise {event.subject!r}"
        return
    if event.verdict not in VERDICTS:
        yield f"{event.subject}: there is no verdict {event.verdict!r}"
        return
    if event.verdict != "not understood" and not event.answer:
        yield f"{event.subject}: called {event.verdict} without an answer"
        return
    causes = {mistake.cause for mistake in exercise.mistakes} if event.verdict == "wrong" else ()
    if event.cause and event.cause not in causes:
        yield f"{event.subject}: {event.cause!r} is no typical mistake there"
    is_judgeable = not exercise.needs and len(event.answer) < LONGEST_TEXT
    if event.verdict in ("right", "wrong") and is_judgeable:
        again = _judged_again(event.subject, event.answer)
        if again != event.verdict:
            yield f"{event.subject}: recorded as {event.verdict}, judged again it is {again}"


def _faults_of_hint(event: Event) -> Iterator[str]:
    exercise = EXERCISES.get(event.subject)
    n_hints = 0 if exercise is None else len(exercise.hints)
    if not 1 <= event.strength <= n_hints:
        yield f"{event.subject!r} has no hint {event.strength}"


def _faults_of_item(event: Event) -> Iterator[str]:
    form = next((form for form in get_args(Form) if event.subject in _items_of(form)), None)
    if form is None:
        yield f"there is no question {event.subject!r} in the knowledge tests"
        return
    try:
        marked = score({event.subject: event.answer}, form).marked
    except InputError as error:
        yield str(error)
        return
    again = next(one for one in marked if one.item.id == event.subject)
    if again.verdict != event.verdict:
        yield f"{event.subject}: recorded as {event.verdict}, judged again it is {again.verdict}"
    elif again.cause != event.cause:
        yield f"{event.subject}: {event.cause!r} is not what {event.answer!r} misunderstands"


@cache
def _items_of(form: Form) -> frozenset[str]:
    return frozenset(item.id for item in items(form))


@cache
def _judged_again(exercise: str, answer: str) -> str:
    return judged(EXERCISES[exercise], answer, {}).verdict
