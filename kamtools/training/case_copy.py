"""The files of a case as a trainee gets them: up to the decision, without its end."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from kamtools.errors import KamtoolsError
from kamtools.training.told_later import FOLD, STORY, parted
from kamtools.training.trainee_notebook import (
    Notebook,
    code_cell,
    markdown_cell,
    source,
    trainee_notebook,
)

_ENTRY = re.compile(r"^(?=\[)", re.MULTILINE)
_TOLD_AFTER = re.compile(r"^told_after\s*=\s*true\b", re.MULTILINE)
_ADDRESS = re.compile(r'(?<=")(https?://[^/"]+/)[^"]*(?=")')
_IMPORT = "from kamtools.learning.cases import"
_IMPORT_LINE = re.compile(rf"^{_IMPORT}(.*)$", re.MULTILINE)
_OWN_IMPORT = "from kamtools.training.own_case import"
_TELL_IMPORT = "from kamtools.training.told_later import told_later"
_HEADING = re.compile(r"#{1,6} ")

FACTS_HEAD = """\
# {title}: what was known when it was decided, and what is assumed.
#
# facts: what a source says, each with its date, its address, its grade (A filing or court, B press,
#   C textbook, D memory, or a text that cannot be traced) and whose word it is. What is told after
#   the decision does not stand here, and of addresses only the site: the notebook tells the end,
#   and the report of `kam case {name}` has every address.
# dependence: low, middle and high of what each side has at stake and of how far it could replace
#   the other. Change the numbers and run the notebook again: it reads this file.

"""
AFTERWARDS = "How it went on is told by the notebook, at its end: run it after you have decided.\n"


def case_story(story: str) -> str:
    """Return a story without its end.

    Examples
    --------
    >>> case_story("Decide.<details><summary>The end</summary>They did.</details>")
    'Decide.How it went on is told by the notebook, ...'
    """
    return FOLD.sub(AFTERWARDS, story)


def case_facts(text: str, *, name: str, title: str) -> str:
    r"""Return the text of a `facts.toml` without what is told after the decision.

    The authors' notes are left out, too, and of addresses all but the site: a headline in one
    may tell the end.

    Parameters
    ----------
    text
        Of the file.
    name, title
        Of the case.

    Examples
    --------
    >>> print(case_facts('''# They sold.
    ... [[facts]]
    ... name = "a"
    ... address = "https://example.org/they-will-sell"
    ... [[facts]]
    ... name = "the sale"
    ... told_after = true
    ... ''', name="sale", title="A sale").partition("\n\n")[2])
    [[facts]]
    name = "a"
    address = "https://example.org/"
    """
    bare = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("#"))
    kept = [entry for entry in _ENTRY.split(bare) if not _TOLD_AFTER.search(entry)]
    told = _ADDRESS.sub(r"\1", "".join(kept).strip())
    return f"{FACTS_HEAD.format(name=name, title=title)}{told}\n"


def case_notebook(notebook: Notebook, *, name: str) -> Notebook:
    """Return the notebook of a case, in which what tells an answer is told when it is run.

    Parameters
    ----------
    notebook
        As its file holds it; it is not changed.
    name
        Of the case.

    Raises
    ------
    KamtoolsError
        If it does not load its case as all notebooks of cases do.
    """
    texts = [source(cell) for cell in notebook["cells"]]
    if not any(_IMPORT in text for text in texts):
        raise KamtoolsError(f"the notebook of {name} has no line {_IMPORT} …")
    cells: list[dict[str, Any]] = []
    is_story_told = False
    for cell, (kept, told) in zip(notebook["cells"], parted(notebook["cells"]), strict=True):
        cells += _pack_cells(cell, kept, told, name)
        if told and cell["cell_type"] == "code" and not is_story_told:
            cells.append(_call(name, STORY))
            is_story_told = True
    return trainee_notebook({**notebook, "cells": cells}, engagement="../../engagement")


def case_data(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the tables of assumptions of a case, by name within its folder."""
    for file in sorted((folder / "data").glob("*")):
        yield f"data/{file.name}", file.read_bytes()


def _pack_cells(
    cell: Mapping[str, Any], kept: str, told: str, name: str
) -> Iterator[dict[str, Any]]:
    if cell["cell_type"] == "code":
        yield _call(name, cell["id"]) if told else {**cell, "source": _own_imports(kept)}
        return
    if not told:
        yield dict(cell)
        return
    call = _call(name, cell["id"])
    parts = [call, markdown_cell(kept, name=cell["id"])] if kept else [call]
    yield from reversed(parts) if _HEADING.match(source(cell)) else parts


def _call(name: str, part: str) -> dict[str, Any]:
    return code_cell(f'told_later("{name}", "{part}")', name=f"told-{part}")


def _own_imports(text: str) -> str:
    return _IMPORT_LINE.sub(rf"{_OWN_IMPORT}\1\n{_TELL_IMPORT}", text)
