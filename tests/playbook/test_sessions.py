"""The courses as shipped: whatever they name exists, and their minutes add up."""

import re

import pytest

from kamtools.training.course_faults import minutes_of_day
from kamtools.training.courses import course_names, load_course, sessions_folder

HEADINGS = [
    "Aims",
    "Materials",
    "Minute by minute",
    "On the board",
    "Questions that people ask",
    "If it runs late",
    "What they take away",
]
UNITS = [
    pytest.param(name, number, id=f"{name}-{number:02d}-{unit.key}")
    for name in course_names()
    for number, unit in enumerate(load_course(name).units, start=1)
    if unit.kind != "break"
]
_MINUTES = re.compile(r"^\|\s*(\d+)\s*\|", re.MULTILINE)
_CLOCK = re.compile(r"\((\d\d:\d\d)–(\d\d:\d\d)\)")


@pytest.fixture
def notes():
    """Return a function that returns a unit, its notes and when it starts."""

    def read(name, number):
        course = load_course(name)
        unit = course.units[number - 1]
        file = sessions_folder() / name / f"{number:02d}-{unit.key}.md"
        assert file.is_file(), f"{file.name} is missing"
        return unit, file.read_text(encoding="utf-8"), course.starts()[number - 1]

    return read


def test_both_courses_are_there():
    assert course_names() == ["five-evenings", "one-day"]


def test_the_day_takes_from_half_past_eight_to_five():
    session = load_course("one-day").sessions[0]
    assert (session.starts, session.ends, session.minutes) == ("08:30", "17:00", 510)


def test_the_evenings_are_five():
    course = load_course("five-evenings")
    assert (len(course.sessions), course.group) == (5, (1, 1))


@pytest.mark.parametrize("name", course_names())
def test_course_asks_before_and_after(name):
    course = load_course(name)
    assert (course.units[0].tests, course.all_of("tests")) == (("before",), ["before", "after"])


@pytest.mark.parametrize("name", course_names())
def test_folder_has_no_notes_but_those_of_the_units(name):
    course = load_course(name)
    units = enumerate(course.units, start=1)
    of_units = {f"{number:02d}-{unit.key}.md" for number, unit in units if unit.kind != "break"}
    numbered = {file.name for file in (sessions_folder() / name).glob("[0-9][0-9]-*.md")}
    assert numbered <= of_units


@pytest.mark.parametrize(("name", "number"), UNITS)
def test_notes_have_their_headings_in_order(notes, name, number):
    _, text, _ = notes(name, number)
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == HEADINGS


@pytest.mark.parametrize(("name", "number"), UNITS)
def test_minutes_of_the_notes_add_up_to_those_of_the_unit(notes, name, number):
    unit, text, _ = notes(name, number)
    plan = text.partition("## Minute by minute")[2].partition("\n## ")[0]
    assert sum(map(int, _MINUTES.findall(plan))) == unit.minutes


@pytest.mark.parametrize(("name", "number"), UNITS)
def test_notes_tell_the_clock_as_the_course_does(notes, name, number):
    unit, text, starts = notes(name, number)
    told = _CLOCK.search(text.partition("\n")[0])
    if not starts:
        assert told is None
        return
    assert told is not None, "the first line says when: (09:05–09:50)"
    begin, end = map(minutes_of_day, told.groups())
    assert (told[1], end - begin) == (starts, unit.minutes)
