"""A report that stands in a folder, read back: for decks, workbooks, PDF, and to verify it.

Nothing in it is executed: the notebooks are read for what they show and keep.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from kamtools.errors import InputError
from kamtools.publishing.html import Setting
from kamtools.publishing.placing import RECORD
from kamtools.publishing.records import DECISION_MIME

_NAME = re.compile(r"\w[\w-]*")
"""A notebook's short name, which is no path."""


@dataclass(frozen=True)
class StandingReport:
    """A report: its folder, what `run.json` says, its executed notebooks by short name.

    `setting` is the firm's name, the day and the language; a case's report has its title in
    the place of the name, and no day.
    """

    folder: Path
    record: dict[str, Any]
    notebooks: dict[str, NotebookNode]
    setting: Setting


def read_report(folder: Path | str) -> StandingReport:
    """Return the report in a folder.

    Raises
    ------
    InputError
        If the folder holds no report of `kam`, or a file of it is missing or cannot be read.
    """
    folder = Path(folder)
    record = _record(folder)
    notebooks = {name: _notebook(folder / f"{name}.ipynb") for name in record["notebooks"]}
    if "case" in record:
        setting = Setting(str(record["case"]["title"]), "", "en")
    else:
        told = record["engagement"]
        setting = Setting(str(told["name"]), str(told["as_of"]), str(told["language"]))
    return StandingReport(folder, record, notebooks, setting)


def decisions(notebook: NotebookNode) -> list[str]:
    """Return the decisions that a notebook told, in order, as plain sentences."""
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return [o.data[DECISION_MIME]["text"] for o in outputs if DECISION_MIME in o.get("data", ())]


def _record(folder: Path) -> dict[str, Any]:
    path = folder / RECORD
    expected = f"expected the folder of a report, which has a {RECORD} of kam run or kam case"
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        saw = "a folder without one" if folder.is_dir() else "no such folder"
        raise InputError(f"{folder}: {expected}; saw {saw}") from None
    except OSError as error:
        raise InputError(f"{folder}: {expected}; saw {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise InputError(f"{path}: {expected}; it cannot be read ({error})") from None
    if not _is_whole(record):
        raise InputError(f"{path}: {expected}; this one is of something else")
    return record


def _is_whole(record: object) -> bool:
    """Say whether a record has what is read of it, and names notebooks of its own folder."""
    if not isinstance(record, dict) or not {"notebooks", "versions", "files"} <= set(record):
        return False
    names, told = record["notebooks"], record.get("case", record.get("engagement"))
    keys = {"title"} if "case" in record else {"name", "as_of", "language"}
    is_told = isinstance(told, dict) and keys <= set(told)
    return is_told and isinstance(names, dict) and all(map(_NAME.fullmatch, names))


def _notebook(path: Path) -> NotebookNode:
    try:
        return nbformat.read(path, as_version=4)
    except Exception as error:  # of what is no notebook, nbformat reads keys that are not there
        raise InputError(f"{path}: expected an executed notebook of the report ({error})") from None
