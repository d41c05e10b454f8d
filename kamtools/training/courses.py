"""Courses: plain files that a trainer may change, read whole or not at all."""

import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import pandas as pd

import kamtools
from kamtools.errors import InputError
from kamtools.training.course_faults import course_faults, minutes_of_day
from kamtools.wording import listing

INSTALLED = "_sessions"


@dataclass(frozen=True)
class Session:
    """A day, or an evening: a time without a night in it.

    Attributes
    ----------
    title
    minutes
        Breaks included.
    starts, ends
        Such as "08:30"; empty where everybody begins when they like.
    """

    title: str
    minutes: int
    starts: str = ""
    ends: str = ""


@dataclass(frozen=True)
class Unit:
    """A part of a session.

    Attributes
    ----------
    session
        Number of the session, from 1.
    key
        Short name, one of its own in the course.
    title
    kind
        One of `course_faults.KINDS`.
    minutes
    aims, materials
    notebooks
        Short names, as `kam run` knows them.
    exercises
        Names in `learning.exercises.EXERCISES`.
    cases
        As `kam case` lists them.
    scenarios
        Of the balancing game.
    tests
        "before" or "after".
    slides
        Name of the deck; empty where there is none.
    """

    session: int
    key: str
    title: str
    kind: str
    minutes: int
    aims: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    notebooks: tuple[str, ...] = ()
    exercises: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    scenarios: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    slides: str = ""


@dataclass(frozen=True)
class Course:
    """A course: its sessions, and their units in order.

    Attributes
    ----------
    name
        Of its file, too.
    title
    group
        The smallest and the largest group; 1 and 1 for who learns alone.
    before
        What must be ready.
    sessions, units
    """

    name: str
    title: str
    group: tuple[int, int]
    before: tuple[str, ...]
    sessions: tuple[Session, ...]
    units: tuple[Unit, ...]

    def all_of(self, what: str) -> list[str]:
        """Return the names that the units give under a key, each once, in order.

        Examples
        --------
        >>> load_course("one-day").all_of("cases")
        ['haohan-peihui']
        """
        return list(dict.fromkeys(name for unit in self.units for name in getattr(unit, what)))

    def starts(self) -> list[str]:
        """Return when each unit begins, such as "08:30"; empty where the session has no clock.

        Examples
        --------
        >>> load_course("one-day").starts()[:3]
        ['08:30', '08:50', '09:05']
        """
        gone = dict.fromkeys(range(1, len(self.sessions) + 1), 0)
        told = []
        for unit in self.units:
            first = minutes_of_day(self.sessions[unit.session - 1].starts)
            now = None if first is None else first + gone[unit.session]
            told.append("" if now is None else f"{now // 60:02d}:{now % 60:02d}")
            gone[unit.session] += unit.minutes
        return told


def sessions_folder() -> Path:
    """Return where the courses are: in the playbook in a checkout, else inside the package."""
    package = Path(kamtools.__file__).resolve().parent
    checkout = package.parent / "playbook" / "sessions"
    is_checkout = (package.parent / "pyproject.toml").is_file() and checkout.is_dir()
    return checkout if is_checkout else package / INSTALLED


def course_names(folder: Path | None = None) -> list[str]:
    """Return the names of all courses, from A to Z.

    Parameters
    ----------
    folder
        Of the courses; by default those that come with kamtools.
    """
    return sorted(path.stem for path in (folder or sessions_folder()).glob("*.toml"))


def list_courses(folder: Path | None = None) -> pd.DataFrame:
    """Return all courses, from A to Z.

    Parameters
    ----------
    folder
        Of the courses; by default those that come with kamtools.

    Returns
    -------
    (n_courses, 6)
        `name`, `title`, `smallest` and `largest` (group), `sessions` (number), `minutes` (in all,
        breaks included).

    Raises
    ------
    InputError
        As `load_course`.

    Examples
    --------
    >>> list_courses().set_index("name").loc["one-day", ["largest", "minutes"]].tolist()
    [24, 510]
    """
    rows = [
        (course.name, course.title, *course.group, len(course.sessions),
         sum(session.minutes for session in course.sessions))
        for course in (load_course(name, folder) for name in course_names(folder))
    ]  # fmt: skip
    columns = ["name", "title", "smallest", "largest", "sessions", "minutes"]
    return pd.DataFrame(rows, columns=columns)


def load_course(name: str, folder: Path | None = None) -> Course:
    """Return a course by its name.

    Parameters
    ----------
    name
        Of its file, without the ending: a path is never a name.
    folder
        Of the courses; by default those that come with kamtools.

    Raises
    ------
    InputError
        If there is no such course, or with all that is wrong with its file.

    Examples
    --------
    >>> load_course("one-day").units[0].title
    'What do you think now?'
    >>> load_course("one-dai")
    Traceback (most recent call last):
    kamtools.errors.InputError: no course 'one-dai'; did you mean one-day? ...
    """
    where = folder or sessions_folder()
    known = course_names(where)
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise InputError(f"no course {name!r}; {hint}Known: {listing(known) or 'none'}")
    return read_course((where / f"{name}.toml").read_bytes(), name=name)


def read_course(content: bytes, *, name: str) -> Course:
    """Return the course that a file holds.

    Parameters
    ----------
    content
        TOML in UTF-8, with a table `course` and the lists `sessions` and `units`.
    name
        Of the file, without the ending.

    Raises
    ------
    InputError
        With all that is wrong with it.
    """
    try:
        given = tomllib.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise InputError(f"{name}.toml cannot be read: {error}") from error
    faults = course_faults(given, name=name)
    if faults:
        raise InputError("\n  ".join([f"{name}.toml cannot be used:", *faults]))
    about = given["course"]
    return Course(
        name=about["name"],
        title=about["title"],
        group=(about["group"][0], about["group"][1]),
        before=tuple(about["before"]),
        sessions=tuple(Session(**session) for session in given["sessions"]),
        units=tuple(Unit(**_with_tuples(unit)) for unit in given["units"]),
    )


def _with_tuples(unit: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(value) if isinstance(value, list) else value for k, value in unit.items()}
