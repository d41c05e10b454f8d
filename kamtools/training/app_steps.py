"""A notebook with places for answers, as the steps in which the app shows it.

In a notebook a place for an answer is a cell `name = ...  # what is asked for`. In the app it is
a box: what stands before it is shown, then the box, and what stands after it once it is filled.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kamtools.training.trainee_notebook import Notebook, source, tags

Cell = Mapping[str, Any]

EXERCISE, SOLUTION, PREDICTION = "exercise", "solution", "prediction"
TITLE = re.compile(r"\A# .*\s*")
_PLACE = re.compile(r"^(?P<name>\w+) = \.\.\.\s*#\s*(?P<asks>.+)$")
_LISTED = re.compile(r"^- (?P<letter>[a-z])\) (?P<text>.+)$", re.MULTILINE)
_INLINE = re.compile(
    r"\*\*(?P<letter>[a-h])\*\* (?P<text>.+?)(?=,? (?:or )?\*\*[a-h]\*\* |[.?]?(?:\s\(|$))"
)
_QUOTED = re.compile(r'"([^"]*)"')
_BY_CODE = "mended"
"""How the place of an answer begins that is a table, changed by code."""


@dataclass(frozen=True)
class Question:
    """A place for an answer.

    Attributes
    ----------
    name
        Of the variable that takes the answer.
    asks
        What is asked for, in words.
    choices
        Pairs of what is shown and what is answered; none where it is typed.
    fields
        Parts of an answer with several; none where it is one.
    is_by_code
        Whether it can only be answered in the notebook.
    """

    name: str
    asks: str
    choices: tuple[tuple[str, str], ...] = ()
    fields: tuple[str, ...] = ()
    is_by_code: bool = False


@dataclass(frozen=True)
class Step:
    """What is shown before a question, the question, and what is shown after an answer."""

    before: tuple[Cell, ...]
    question: Question | None = None
    after: tuple[Cell, ...] = ()


def exercise_steps(notebook: Notebook) -> list[Step]:
    """Return the steps of a notebook of exercises: one for each exercise, without solutions.

    Examples
    --------
    >>> def cell(text, *tags):
    ...     kind = "code" if "=" in text or "(" in text else "markdown"
    ...     return {"cell_type": kind, "source": text, "metadata": {"tags": list(tags)}}
    >>> steps = exercise_steps({"cells": [
    ...     cell("# Exercises"), cell("## 1. How many?", "exercise"),
    ...     cell("answer = ...  # a number"), cell("answer = 2", "solution"),
    ...     cell("check(answer)")]})
    >>> [(len(step.before), step.question and step.question.asks) for step in steps]
    [(1, None), (1, 'a number')]
    >>> source(steps[1].after[0])
    'check(answer)'
    """
    groups: list[list[Cell]] = [[]]
    for cell in _kept(notebook):
        if not groups[0]:
            cell = {**cell, "source": TITLE.sub("", source(cell))}  # the page has its own
        if EXERCISE in tags(cell):
            groups.append([])
        groups[-1].append(cell)
    return [_step(group) for group in groups if group]


def case_steps(notebook: Notebook) -> list[Step]:
    """Return the steps of a case's notebook: each ends with a prediction, the last with its end.

    The first cell, with the title and what one learns, is left out: the page has its own.
    """
    groups: list[list[Cell]] = [[]]
    for cell in list(_kept(notebook))[1:]:
        groups[-1].append(cell)
        if PREDICTION in tags(cell):
            groups.append([])
    return [_step(group) for group in groups if group]


def question_in(cell: Cell, told: str) -> Question | None:
    """Return the question that a cell is the place for; None if it is none.

    Parameters
    ----------
    cell
    told
        The Markdown above it, which may list the choices.

    Examples
    --------
    >>> cell = {"cell_type": "code", "source": "zone = ...  # a letter"}
    >>> question_in(cell, "In which? **a** interlocked, **b** loose.").choices
    (('a: interlocked', 'a'), ('b: loose', 'b'))
    >>> cell = {"cell_type": "code", "source": 'answer = ...  # ids, such as ["A1", "A7"]'}
    >>> question_in(cell, "").asks
    'ids, such as A1, A7'
    """
    found = _PLACE.match(source(cell).strip())
    if cell["cell_type"] != "code" or found is None:
        return None
    name, asks = found["name"], found["asks"]
    if asks.startswith("{"):
        return Question(name, "one for each", fields=tuple(_QUOTED.findall(asks)[::2]))
    said = dict(_LISTED.findall(told)) or dict(_INLINE.findall(told))
    if asks == "a letter":
        offered = list(said)
    else:
        offered = [] if "such as" in asks else _QUOTED.findall(asks)
    choices = tuple((f"{key}: {said[key]}" if key in said else key, key) for key in offered)
    plain = "your choice" if choices else re.sub(r'[\[\]"]', "", asks)
    return Question(name, plain, choices, is_by_code=asks.startswith(_BY_CODE))


def _kept(notebook: Notebook) -> Iterator[Cell]:
    return (cell for cell in notebook["cells"] if SOLUTION not in tags(cell))


def _step(cells: Sequence[Cell]) -> Step:
    told = ""
    for number, cell in enumerate(cells):
        if cell["cell_type"] == "markdown":
            told = source(cell)
        question = question_in(cell, told)
        if question:
            return Step(tuple(cells[:number]), question, tuple(cells[number + 1 :]))
    return Step(tuple(cells))
