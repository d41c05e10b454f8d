"""All exercises by name, and the one function that a notebook calls."""

from datetime import datetime
from difflib import get_close_matches

from kamtools.learning.feedback import Feedback
from kamtools.learning.judging import Context, Exercise, judge
from kamtools.learning.live_feedback import recorded
from kamtools.learning.power_exercises import POWER
from kamtools.learning.progress import progress_place
from kamtools.learning.readiness_exercises import READINESS
from kamtools.learning.role_exercises import ROLE
from kamtools.learning.selection_exercises import SELECTION
from kamtools.wording import listing

EXERCISES: dict[str, Exercise] = {one.name: one for one in (*READINESS, *SELECTION, *ROLE, *POWER)}


def check(
    exercise: str,
    answer: object,
    *,
    context: Context | None = None,
    moment: datetime | None = None,
) -> Feedback:
    """Return what came of an answer; whatever it is, nothing is raised.

    In a trainee's pack the answer is recorded as well (`progress`), and so are hints looked at.

    Parameters
    ----------
    exercise
        A name in `EXERCISES`.
    answer
        What the person typed, or computed.
    context
        What the exercise works its answer out of, by name: tables, an engagement.
    moment
        When it was answered, if it is recorded; now unless given.

    Examples
    --------
    >>> check("selection-elite-size", ...).verdict
    'empty'
    >>> check("selection-elite-sise", 0.5)
    Not understood. There is no exercise 'selection-elite-sise'; did you mean
    'selection-elite-size'?
    """
    known = EXERCISES.get(str(exercise))
    if known is None:
        near = get_close_matches(str(exercise), EXERCISES, n=1)
        hint = f"did you mean {near[0]!r}?" if near else f"there are {listing(list(EXERCISES))}."
        message = f"There is no exercise {str(exercise)!r}; {hint}"
        return Feedback(str(exercise), "not understood", message)
    feedback = judged(known, answer, {} if context is None else context)
    place = progress_place()
    return feedback if place is None else recorded(feedback, answer, place, moment)


def judged(known: Exercise, answer: object, given: Context) -> Feedback:
    """Return what came of an answer as `check` does, and record nothing."""
    try:
        return judge(known, answer, given)
    except Exception as error:  # whatever a person typed, a notebook must go on
        message = f"Expected is {known.expects} (the check met {type(error).__name__}: {error})."
        return Feedback(known.name, "not understood", message, known.hints)
