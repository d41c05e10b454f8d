"""What an exercise is, and how an answer to it is judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from kamtools.learning.answers import (
    ambiguous_names,
    as_choice,
    as_names,
    as_number,
    folded,
    is_empty,
    seal,
    unknown_names,
)
from kamtools.learning.feedback import Feedback, Verdict
from kamtools.wording import listing

Context = Mapping[str, Any]
Kind = Literal["number", "choice", "names"]
Given = float | str | frozenset[str]
Find = Callable[[Context], Any]
"""Works an answer out of the tables in the context."""

NAMES = "names"
"""Key of the context that holds the name of each account, where accounts are the answer."""


@dataclass(frozen=True)
class Mistake:
    """A typical wrong answer, kept under a seal or found in the data, and its own hint.

    Attributes
    ----------
    hint
        What the person is told.
    cause
        In a few words what went wrong, for the trainer's view of the class.
    sealed, find
        As in `Exercise`.
    """

    hint: str
    cause: str = ""
    sealed: str = ""
    find: Find | None = None


@dataclass(frozen=True)
class Exercise:
    """One question of a notebook.

    Attributes
    ----------
    name
        As `check` is called with it, such as "selection-elite-size".
    kind
        "number", "choice" (a letter or a number from a list) or "names" (one or several).
    expects
        What an answer looks like, for those that are empty or not understood.
    hints
        General help, the weakest first; none of them is the answer.
    mistakes
        Typical wrong answers, the more telling first.
    lesson
        What is said after the right answer; may be worked out from the context.
    sealed, find
        The right answer: its seal, or how it is found in the context.
    tolerance
        How far a number may be off.
    needs
        Keys of the context without which the answer cannot be judged.
    """

    name: str
    kind: Kind
    expects: str
    hints: tuple[str, ...]
    mistakes: tuple[Mistake, ...]
    lesson: str | Callable[[Context], str]
    sealed: str = ""
    find: Find | None = None
    tolerance: float = 0.0
    needs: tuple[str, ...] = ()


def judge(exercise: Exercise, answer: object, context: Context) -> Feedback:
    """Return what came of an answer.

    Parameters
    ----------
    exercise
    answer
        As the person typed it.
    context
        Holds all that the exercise needs.

    Examples
    --------
    >>> half = Exercise("half", "number", "a share from 0 to 1", ("Halve it.",),
    ...     (Mistake("You doubled it.", find=lambda context: 2.0),), "So it is.",
    ...     find=lambda context: 0.5)
    >>> judge(half, 0.5, {}).verdict, judge(half, 2, {}).message, judge(half, 0.1, {}).message
    ('right', 'You doubled it.', 'Too low. Expected is a share from 0 to 1.')
    """
    if is_empty(answer):
        return _feedback(exercise, "empty", f"In the place of the dots put {exercise.expects}.")
    missing = [name for name in exercise.needs if name not in context]
    if missing:
        message = f"The check needs {listing(missing)}: run the cells above, then this one."
        return Feedback(exercise.name, "not understood", message)
    given = _read(exercise, answer, context)
    if given is None:
        return _feedback(exercise, "not understood", f"Expected is {exercise.expects}.")
    unclear = _unclear(answer, context) if exercise.kind == "names" else ""
    if unclear:
        return _feedback(exercise, "not understood", unclear)
    if _is(exercise, given, exercise.sealed, exercise.find, context):
        lesson = exercise.lesson
        said = lesson if isinstance(lesson, str) else lesson(context)
        return Feedback(exercise.name, "right", said)
    for mistake in exercise.mistakes:
        if _is(exercise, given, mistake.sealed, mistake.find, context):
            return _feedback(exercise, "wrong", mistake.hint, mistake.cause)
    return _feedback(exercise, "wrong", _in_general(exercise, given, context))


def _feedback(exercise: Exercise, verdict: Verdict, message: str, cause: str = "") -> Feedback:
    return Feedback(exercise.name, verdict, message, exercise.hints, cause)


def _read(exercise: Exercise, answer: object, context: Context) -> Given | None:
    if exercise.kind == "number":
        return as_number(answer)
    if exercise.kind == "choice":
        return as_choice(answer)
    return as_names(answer, context.get(NAMES))


def _unclear(answer: object, context: Context) -> str:
    """Return in words which name in an answer means nobody or may mean several; empty if none."""
    names = context.get(NAMES)
    for name, meant in ambiguous_names(answer, names).items():
        return f"{name!r} may be any of {listing(meant)}: give the id."
    for name in unknown_names(answer, names):
        return f"There is nobody called {name!r}: give the id, or the whole name."
    return ""


def _is(exercise: Exercise, given: Given, sealed: str, find: Find | None, context: Context) -> bool:
    """Say whether what was given is the answer under the seal, or the one that is found."""
    if find is None:
        text = ", ".join(sorted(given)) if isinstance(given, frozenset) else str(given)
        return seal(exercise.name, text) == sealed
    wanted = find(context)
    if isinstance(given, float):
        return bool(abs(given - wanted) <= exercise.tolerance + 1e-9)
    if isinstance(given, str):
        return bool(given == folded(str(wanted)))
    return given == as_names(wanted, None)


def _in_general(exercise: Exercise, given: Given, context: Context) -> str:
    """Return what can be said of a wrong answer that is none of the typical ones."""
    expected = f"Expected is {exercise.expects}."
    if isinstance(given, str) or exercise.find is None:
        return f"Not this one. {expected}"
    wanted = exercise.find(context)
    if isinstance(given, float):
        return f"Too {'low' if given < wanted else 'high'}. {expected}"
    right = as_names(wanted, None) or frozenset()
    if len(right) == 1:
        return f"Not this one. {expected}"
    n_right = len(given & right)
    return f"{n_right} of your {len(given)} belong there; {len(right) - n_right} are missing."
