"""The start page of a pack: what it is, the way through, how to open it and hand it back."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kamtools.learning.cases import load_case
from kamtools.publishing.html import Setting, page_environment
from kamtools.training.courses import Course, Unit
from kamtools.training.trainee_notebook import exercise_numbers, read_notebook
from kamtools.wording import listing

BREAK = "break"


@dataclass(frozen=True)
class Step:
    """A unit as the start page shows it.

    Attributes
    ----------
    clock
        When it begins, such as "08:30"; empty where there is no clock.
    minutes
    title
    aims
    opened
        What to open: a file of the pack, and what it is.
    is_break
    """

    clock: str
    minutes: int
    title: str
    aims: tuple[str, ...]
    opened: tuple[tuple[str, str], ...]
    is_break: bool


def start_page(
    course: Course, *, methods: Mapping[str, Path], exercises: Mapping[str, Path]
) -> str:
    """Return the start page of a course's pack, as HTML.

    Parameters
    ----------
    course
    methods, exercises
        The notebooks of the pack, by name within it.
    """
    solved = {name: exercise_numbers(read_notebook(file)) for name, file in exercises.items()}
    steps = [
        (unit.session, _step(unit, clock, methods, solved))
        for unit, clock in zip(course.units, course.starts(), strict=True)
    ]
    sessions = [
        {"session": session, "steps": [step for of, step in steps if of == number]}
        for number, session in enumerate(course.sessions, start=1)
    ]
    return page_environment().get_template("pack_start.html").render(
        setting=Setting(name=course.title, as_of="", language="en"),
        course=course,
        is_alone=course.group[1] == 1,
        sessions=sessions,
        n_cases=len(course.all_of("cases")),
    )  # fmt: skip


def _step(
    unit: Unit, clock: str, methods: Mapping[str, Path], solved: Mapping[str, Mapping[str, int]]
) -> Step:
    opened = [(f"{form}.ipynb", "fifteen questions") for form in unit.tests]
    opened += [
        (file, "the method")
        for name in unit.notebooks
        for file in methods
        if file.partition("_")[2] == f"{name}.ipynb"
    ]
    for file, numbers in solved.items():
        mine = sorted({numbers[name] for name in unit.exercises if name in numbers})
        if mine:
            which = f"exercise{'s' if len(mine) > 1 else ''} {listing([str(n) for n in mine])}"
            opened.append((file, which))
    for case in unit.cases:
        opened.append((f"cases/{case}/case.md", f"{load_case(case).title}: read it and decide"))
        opened.append((f"cases/{case}/case.ipynb", "then predict, and compare"))
    if unit.scenarios:
        opened.append(("game.ipynb", "the balancing game"))
    return Step(clock, unit.minutes, unit.title, unit.aims, tuple(opened), unit.kind == BREAK)
