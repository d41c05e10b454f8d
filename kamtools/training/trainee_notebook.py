"""A notebook as a trainee gets it: no solutions, no outputs, links that lead somewhere."""

import copy
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Notebook = dict[str, Any]
"""What a notebook's file holds."""

SOLUTION = "solution"
_LINK = re.compile(r"(?<!!)\[(?P<text>[^\]]*)\]\((?P<to>[^)\s]+)\)")
_NUMBERED = re.compile(r"## (\d+)\.")
_CHECK = re.compile(r'check\(\s*"([^"]+)"')
_ENGAGEMENT = re.compile(r'^engagement: str = "[^"]*"', re.MULTILINE)


def trainee_notebook(notebook: Notebook, *, engagement: str) -> Notebook:
    """Return a notebook without solutions and outputs, on the engagement of the pack.

    Parameters
    ----------
    notebook
        As its file holds it; it is not changed.
    engagement
        Path from the notebook to the engagement's folder; it takes the place of the value of the
        parameter `engagement`, where there is one.

    Examples
    --------
    >>> cells = [{"cell_type": "code", "metadata": {"tags": ["solution"]}, "source": "answer = 2"},
    ...          {"cell_type": "markdown", "metadata": {}, "source": "Why?"}]
    >>> [cell["source"] for cell in trainee_notebook({"cells": cells}, engagement=".")["cells"]]
    ['Why?']
    """
    kept = [cell for cell in notebook["cells"] if SOLUTION not in tags(cell)]
    return {**copy.deepcopy(notebook), "cells": [_cleared(cell, engagement) for cell in kept]}


def tags(cell: Mapping[str, Any]) -> list[str]:
    """Return the tags of a cell."""
    return list(cell.get("metadata", {}).get("tags", []))


def source(cell: Mapping[str, Any]) -> str:
    """Return the text of a cell, which a file holds as one text or as lines."""
    return "".join(cell["source"])


def markdown_cell(text: str, *, name: str) -> dict[str, Any]:
    """Return a cell of Markdown; `name` is its identifier."""
    return {"cell_type": "markdown", "id": name, "metadata": {}, "source": text}


def code_cell(text: str, *, name: str, labels: Iterable[str] = ()) -> dict[str, Any]:
    """Return a cell of code that was not run; `labels` are its tags."""
    metadata = {"tags": list(labels)} if labels else {}
    return {"cell_type": "code", "execution_count": None, "id": name, "metadata": metadata,
            "outputs": [], "source": text}  # fmt: skip


def new_notebook(cells: Iterable[Mapping[str, Any]]) -> Notebook:
    """Return a notebook of Python with those cells."""
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"cells": [dict(cell) for cell in cells],
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}},
            "nbformat": 4, "nbformat_minor": 5}  # fmt: skip


def notebook_bytes(notebook: Notebook) -> bytes:
    """Return a notebook as the content of its file."""
    return (json.dumps(notebook, ensure_ascii=False, indent=1) + "\n").encode()


def with_links(notebook: Notebook, *, place: str, moved: Mapping[str, str]) -> Notebook:
    """Return a notebook whose Markdown links lead to what is in the pack.

    Parameters
    ----------
    notebook
        It is not changed.
    place, moved
        As in `mended_links`.
    """
    changed = copy.deepcopy(notebook)
    for cell in changed["cells"]:
        if cell["cell_type"] == "markdown":
            cell["source"] = mended_links(source(cell), place=place, moved=moved)
    return changed


def mended_links(text: str, *, place: str, moved: Mapping[str, str]) -> str:
    """Return Markdown whose links lead to what is in the pack; of others the words stay.

    Parameters
    ----------
    text
    place
        Where the text stood in the repository, such as "notebooks/1_readiness.ipynb".
    moved
        Place in the repository -> place in the pack, of every file that the pack has.

    Examples
    --------
    >>> moved = {"notebooks/1_a.ipynb": "notebooks/1_a.ipynb",
    ...          "notebooks/exercises/1_a.ipynb": "exercises/1_a.ipynb"}
    >>> mended_links("To [notebook 1](../1_a.ipynb) and its [chapter](../../playbook/1.md).",
    ...              place="notebooks/exercises/1_a.ipynb", moved=moved)
    'To [notebook 1](../notebooks/1_a.ipynb) and its chapter.'
    """
    here = posixpath.dirname(moved[place])

    def mended(link: re.Match[str]) -> str:
        path, mark, part = link["to"].partition("#")
        if not path or ":" in path:  # on the page itself, or on the web
            return link[0]
        aim = posixpath.normpath(posixpath.join(posixpath.dirname(place), path))
        if aim not in moved:
            return link["text"]
        return f"[{link['text']}]({posixpath.relpath(moved[aim], here)}{mark}{part})"

    return _LINK.sub(mended, text)


def exercise_numbers(notebook: Notebook) -> dict[str, int]:
    """Return the exercises that a notebook checks, each with its number in the notebook.

    Examples
    --------
    >>> cells = [{"cell_type": "markdown", "source": "## 8. Sixty per cent variable"},
    ...          {"cell_type": "code", "source": 'check("role-pay-mix", answer)'}]
    >>> exercise_numbers({"cells": cells})
    {'role-pay-mix': 8}
    """
    numbers: dict[str, int] = {}
    number = 0
    for cell in notebook["cells"]:
        heading = _NUMBERED.match(source(cell))
        if heading and cell["cell_type"] == "markdown":
            number = int(heading[1])
        elif cell["cell_type"] == "code":
            numbers |= dict.fromkeys(_CHECK.findall(source(cell)), number)
    return numbers


def read_notebook(file: Path) -> Notebook:
    """Return what the file of a notebook holds."""
    notebook: Notebook = json.loads(file.read_text(encoding="utf-8"))
    return notebook


def _cleared(cell: Mapping[str, Any], engagement: str) -> dict[str, Any]:
    text = source(cell)
    if "parameters" in tags(cell):
        text = _ENGAGEMENT.sub(f'engagement: str = "{engagement}"', text)
    metadata = {k: value for k, value in cell.get("metadata", {}).items() if k in ("tags", "alt")}
    made = {**copy.deepcopy(dict(cell)), "metadata": metadata, "source": text}
    if cell["cell_type"] == "code":
        made |= {"outputs": [], "execution_count": None}
    return made
