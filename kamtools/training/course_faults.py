"""Everything that is wrong with a course file, in one go."""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

from kamtools.learning.cases import case_names
from kamtools.learning.exercises import EXERCISES
from kamtools.power.game_scenario import SHIPPED
from kamtools.publishing.catalogue import available, notebooks_folder
from kamtools.wording import listing

KINDS = ("test", "talk", "notebook", "exercise", "case", "game", "break")
DECKS = ("welcome", "readiness", "selection", "role", "power", "measures", "monday")
TESTS = ("before", "after")
NEEDS = {"test": "tests", "notebook": "notebooks", "exercise": "exercises", "case": "cases",
         "game": "scenarios"}  # fmt: skip
"""What a unit of a kind cannot do without."""

_TEXTS = ("aims", "materials")
_NAMED = ("notebooks", "exercises", "cases", "scenarios", "tests")
_KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def course_faults(given: Mapping[str, Any], *, name: str) -> list[str]:
    """Return what is wrong with the tables of a course file, each fault with its place.

    Parameters
    ----------
    given
        What the file holds.
    name
        Of the file, without the ending.

    Examples
    --------
    >>> course_faults({"course": {"name": "a"}}, name="b")[:2]
    ['course: no title, group, before', "course: name is 'a', and the file's name is 'b'"]
    """
    faults = _unknown(given, ("course", "sessions", "units"), "file")
    faults += _about_faults(given.get("course"), name)
    broken = [what for what in ("sessions", "units") if not _is_tables(given.get(what))]
    if broken:
        return [*faults, *(f"{what}: expected a list of tables, [[{what}]]" for what in broken)]
    sessions, units = given["sessions"], given["units"]
    for number, session in enumerate(sessions, start=1):
        faults += _session_faults(session, number)
    known = _known_names()
    keys: list[str] = []
    for number, unit in enumerate(units, start=1):
        faults += _unit_faults(unit, number, len(sessions), known)
        if unit.get("key") in keys:
            faults.append(f"unit {number}: the key {unit['key']!r} stands twice")
        keys.append(unit.get("key", ""))
    return faults + _minutes_faults(sessions, units) + _order_faults(units)


def minutes_of_day(time: object) -> int | None:
    """Return the minutes since midnight of a time such as "08:30"; None where it is none.

    Examples
    --------
    >>> minutes_of_day("08:30"), minutes_of_day("8.30"), minutes_of_day("")
    (510, None, None)
    """
    found = _TIME.fullmatch(time) if isinstance(time, str) else None
    return None if found is None else 60 * int(found[1]) + int(found[2])


def _about_faults(about: object, name: str) -> list[str]:
    if not isinstance(about, dict):
        return ["course: expected a table, [course]"]
    wanted = ("name", "title", "group", "before")
    faults = _missing(about, wanted, "course") + _unknown(about, wanted, "course")
    if about.get("name", name) != name:
        faults.append(f"course: name is {about['name']!r}, and the file's name is {name!r}")
    if not _is_text(about.get("title", "t")):
        faults.append(f"course: title must be a text; got {about['title']!r}")
    group = about.get("group", [1, 1])
    is_pair = isinstance(group, list) and len(group) == 2 and all(map(_is_count, group))
    if not is_pair or group[0] > group[1]:
        wish = "the smallest and the largest number of people, such as [4, 24]"
        faults.append(f"course: group must be {wish}; got {group!r}")
    if not _is_texts(about.get("before", [])):
        faults.append(f"course: before must be a list of texts; got {about['before']!r}")
    return faults


def _session_faults(session: Mapping[str, Any], number: int) -> list[str]:
    place = f"session {number}"
    faults = _missing(session, ("title", "minutes"), place)
    faults += _unknown(session, ("title", "minutes", "starts", "ends"), place)
    if not _is_text(session.get("title", "t")):
        faults.append(f"{place}: title must be a text; got {session['title']!r}")
    minutes = session.get("minutes", 1)
    if not _is_count(minutes):
        return [*faults, f"{place}: minutes must be a whole number above 0; got {minutes!r}"]
    times = {key: session[key] for key in ("starts", "ends") if key in session}
    wrong = [key for key, time in times.items() if minutes_of_day(time) is None]
    faults += [f"{place}: {key} must be a time such as 08:30; got {times[key]!r}" for key in wrong]
    if len(times) == 1:
        faults.append(f"{place}: expected both starts and ends, or neither")
    elif len(times) == 2 and not wrong:
        between = (minutes_of_day(times["ends"]) or 0) - (minutes_of_day(times["starts"]) or 0)
        if between != minutes:
            span = f"from {times['starts']} to {times['ends']} are {between} minutes"
            faults.append(f"{place}: {span}, and minutes is {minutes}")
    return faults


def _unit_faults(
    unit: Mapping[str, Any], number: int, n_sessions: int, known: Mapping[str, Sequence[str]]
) -> list[str]:
    place = f"unit {number} ({unit.get('key', '?')})"
    must = ("session", "key", "title", "kind", "minutes")
    faults = _missing(unit, must, place)
    faults += _unknown(unit, (*must, *_TEXTS, *_NAMED, "slides"), place)
    session = unit.get("session", 1)
    if not _is_count(session) or session > n_sessions:
        faults.append(f"{place}: session must be from 1 to {n_sessions}; got {session!r}")
    key = unit.get("key", "k")
    if not isinstance(key, str) or _KEY.fullmatch(key) is None:
        faults.append(f"{place}: key must be small letters, digits and hyphens; got {key!r}")
    if not _is_text(unit.get("title", "t")):
        faults.append(f"{place}: title must be a text; got {unit['title']!r}")
    if not _is_count(unit.get("minutes", 1)):
        got = unit["minutes"]
        faults.append(f"{place}: minutes must be a whole number above 0; got {got!r}")
    for what in (*_TEXTS, *_NAMED):
        if not _is_texts(unit.get(what, [])):
            faults.append(f"{place}: {what} must be a list of texts; got {unit[what]!r}")
        elif what in _NAMED:
            for one in unit.get(what, []):
                faults += _name_faults(one, known[what], f"{place}: {what}")
    if "slides" in unit:
        faults += _name_faults(unit["slides"], DECKS, f"{place}: slides")
    return faults + _kind_faults(unit, place)


def _kind_faults(unit: Mapping[str, Any], place: str) -> list[str]:
    kind = unit.get("kind", "break")
    if kind not in KINDS:
        return [f"{place}: kind must be one of {listing(list(KINDS))}; got {kind!r}"]
    if kind == "break":
        held = [what for what in (*_TEXTS, *_NAMED, "slides") if unit.get(what)]
        return [f"{place}: a break has no {', '.join(held)}"] if held and "kind" in unit else []
    faults = [] if unit.get("aims") else [f"{place}: no aims"]
    needed = NEEDS.get(str(kind))
    if needed and not unit.get(needed):
        faults.append(f"{place}: of the kind {kind}, and it names no {needed}")
    return faults


def _minutes_faults(sessions: list[dict[str, Any]], units: list[dict[str, Any]]) -> list[str]:
    faults = []
    for number, session in enumerate(sessions, start=1):
        own = [unit.get("minutes") for unit in units if unit.get("session") == number]
        counted = _counts(own)
        if not own:
            faults.append(f"session {number}: no unit")
        elif len(counted) == len(own) and _is_count(session.get("minutes")):
            total = sum(counted)
            if total != session["minutes"]:
                told = f"minutes is {session['minutes']}, and its units add up to {total}"
                faults.append(f"session {number}: {told}")
    return faults


def _order_faults(units: list[dict[str, Any]]) -> list[str]:
    numbers = _counts([unit.get("session") for unit in units])
    if numbers == sorted(numbers):
        return []
    return ["units: expected the sessions one after the other, as they take place"]


def _known_names() -> dict[str, list[str]]:
    return {
        "notebooks": list(available(notebooks_folder())),
        "exercises": list(EXERCISES),
        "cases": case_names(),
        "scenarios": list(SHIPPED),
        "tests": list(TESTS),
    }


def _name_faults(name: object, known: Sequence[str], place: str) -> list[str]:
    if name in known:
        return []
    near = get_close_matches(str(name), known, n=1)
    hint = f"did you mean {near[0]!r}?" if near else f"known: {listing(list(known))}"
    return [f"{place}: there is no {name!r}; {hint}"]


def _missing(given: Mapping[str, Any], wanted: Sequence[str], place: str) -> list[str]:
    missing = [key for key in wanted if key not in given]
    return [f"{place}: no {', '.join(missing)}"] if missing else []


def _unknown(given: Mapping[str, Any], known: Sequence[str], place: str) -> list[str]:
    return [fault for key in given if key not in known for fault in _name_faults(key, known, place)]


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _is_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _counts(values: Sequence[object]) -> list[int]:
    return [value for value in values if isinstance(value, int) and _is_count(value)]


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0
