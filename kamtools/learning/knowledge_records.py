"""A knowledge test handed in, as it stands in a learner's file (`progress`)."""

from dataclasses import dataclass
from datetime import datetime

from kamtools.errors import InputError
from kamtools.learning.knowledge_items import Form
from kamtools.learning.knowledge_scores import Score, score
from kamtools.learning.progress import Place, record
from kamtools.learning.progress_counts import first_items
from kamtools.learning.progress_file import Event, read_progress


@dataclass(frozen=True)
class HandedIn:
    """The first time that a test was handed in, which is the one that counts.

    Attributes
    ----------
    score : what came of it
    moment : of its last answer, in UTC
    """

    score: Score
    moment: datetime


def handed_in(form: Form, place: Place | None) -> HandedIn | None:
    """Return the test that a learner has handed in; None if they have not.

    A test of which answers are missing in the file, because a write failed, is not handed in.

    Raises
    ------
    InputError
        If the file cannot be trusted.
    """
    if place is None or not place.path.exists():
        return None
    first = _first_answers(place, form)
    if not first:
        return None
    found = score({name: event.answer for name, event in first.items()}, form)
    if len(first) < found.n_items:
        return None
    return HandedIn(found, max(event.moment for event in first.values()))


def record_score(found: Score, place: Place | None, *, moment: datetime | None = None) -> str:
    """Record each answer that is not yet in the file; return why not, or an empty text.

    Parameters
    ----------
    found
        What came of the answers.
    place
        Where to record; nothing is recorded where there is none.
    moment
        In UTC; now unless given.
    """
    if place is None:
        return ""
    try:
        known = set(_first_answers(place, found.form)) if place.path.exists() else set()
    except (InputError, OSError) as error:
        return f"Not recorded: {error}."
    for one in found.marked:
        if one.item.id in known:
            continue
        told = record(
            "item", one.item.id, answer=one.answer, verdict=one.verdict, cause=one.cause,
            moment=moment, place=place,
        )  # fmt: skip
        if told:
            return told
    return ""


def _first_answers(place: Place, form: Form) -> dict[str, Event]:
    first = first_items(read_progress(place.path).events)
    return {name: event for name, event in first.items() if name.startswith(f"{form}-")}
