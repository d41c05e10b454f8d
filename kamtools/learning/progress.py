"""What a learner answers, tries and looks up, recorded where they work in a pack.

Recorded is only where a pack is (`pack.json` in the working folder or above it) or where
`KAMTOOLS_PROGRESS` names a file; nowhere else. Whatever happens to that file, a notebook goes on.
"""

import json
import os
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from numbers import Real
from pathlib import Path

from kamtools.errors import InputError
from kamtools.learning.answers import is_empty
from kamtools.learning.progress_file import LONGEST_TEXT, Event, Kind, append_event, write_name

PACK_FILE = "pack.json"
"""Holds, among others, `pack` (the identifier of the pack) and `course` (its name)."""
PROGRESS_FILE = "progress.sqlite"
PROGRESS_VARIABLE = "KAMTOOLS_PROGRESS"


@dataclass(frozen=True)
class Place:
    """Where progress is recorded, and of which pack; outside a pack, all but the path is empty."""

    path: Path
    pack: str = ""
    course: str = ""
    folder: Path | None = None


def progress_place(
    folder: Path | None = None, environment: Mapping[str, str] | None = None
) -> Place | None:
    """Return where progress is recorded; None where it is not.

    Parameters
    ----------
    folder
        The working folder unless given.
    environment
        The process's own unless given.

    Examples
    --------
    >>> progress_place(Path("/nowhere"), {})
    >>> progress_place(Path("/nowhere"), {"KAMTOOLS_PROGRESS": "/somewhere/mine.sqlite"}).path.name
    'mine.sqlite'
    """
    named = (os.environ if environment is None else environment).get(PROGRESS_VARIABLE, "")
    working = folder or working_folder()
    found = next((pair for pair in map(_pack_in, (working, *working.parents)) if pair), None)
    if found is None:
        return Place(Path(named)) if named else None
    root, told = found
    path = Path(named) if named else root / PROGRESS_FILE
    return Place(path, told["pack"], told["course"], root)


def working_folder() -> Path:
    """Return the folder that a notebook works in: its own, where Jupyter has started it."""
    return Path.cwd()


def record(
    kind: Kind,
    subject: str,
    *,
    answer: object = "",
    verdict: str = "",
    cause: str = "",
    strength: int = 0,
    moment: datetime | None = None,
    place: Place | None = None,
) -> str:
    """Record something that the learner did; return why it was not, or an empty text.

    Where nothing is recorded at all (`progress_place`), nothing happens and the text is empty.

    Parameters
    ----------
    kind, subject, verdict, cause, strength
        As in `progress_file.Event`.
    answer
        As it was given; kept as text (`answer_text`).
    moment
        In UTC; now unless given.
    place
        `progress_place()` unless given.
    """
    place = place or progress_place()
    if place is None:
        return ""
    when = moment or datetime.now(UTC)
    try:
        event = Event(when, kind, subject, answer_text(answer), verdict, cause, strength)
        append_event(place.path, event, pack=place.pack, course=place.course)
    except Exception as error:  # whatever is wrong with a file or an answer, a notebook goes on
        return f"Not recorded: {error}."
    return ""


def sign(name: str, *, moment: datetime | None = None, place: Place | None = None) -> str:
    """Write the learner's name into their file; return why it was not, or an empty text.

    Nobody has to: without a name the class view shows a number.
    """
    place = place or progress_place()
    if place is None:
        return "Not recorded: there is no pack here."
    when = moment or datetime.now(UTC)
    try:
        write_name(place.path, name.strip(), when, pack=place.pack, course=place.course)
    except (sqlite3.Error, OSError, InputError) as error:
        return f"Not recorded: {error}."
    return ""


def answer_text(answer: object) -> str:
    """Return an answer as a text that is read back as the same answer.

    Examples
    --------
    >>> answer_text(" B) "), answer_text(0.25), answer_text(["A7", "A1"]), answer_text({"A7"})
    ('B)', '0.25', 'A7, A1', 'A7')
    >>> answer_text(...), answer_text(None)
    ('', '')
    """
    if is_empty(answer):
        return ""
    if isinstance(answer, str):
        text = answer.strip()
    elif isinstance(answer, Real):
        text = f"{float(answer):.12g}"
    elif isinstance(answer, Iterable) and not isinstance(answer, Mapping) and _is_flat(answer):
        parts = [str(part).replace(",", ";") for part in answer]  # a comma parts them
        text = ", ".join(sorted(parts) if isinstance(answer, set | frozenset) else parts)
    else:
        text = f"({type(answer).__name__})"
    return text[:LONGEST_TEXT]


def _is_flat(answer: object) -> bool:
    """Say whether it is a list of values; a table, which lists its columns, is none."""
    return getattr(answer, "ndim", 1) == 1


def _pack_in(folder: Path) -> tuple[Path, dict[str, str]] | None:
    try:
        told = json.loads((folder / PACK_FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(told, dict) or not {"pack", "course"} <= told.keys():
        return None
    return folder, {key: str(told[key]) for key in ("pack", "course")}
