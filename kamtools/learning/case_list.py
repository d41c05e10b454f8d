"""The cases side by side: what each asks, and how long its lesson is."""

import json
import re
from pathlib import Path

import pandas as pd

from kamtools.errors import InputError
from kamtools.learning.cases import FILES, case_folder, case_names, load_case

_MINUTES = re.compile(r"^## Plan: (\d+) minutes$", re.MULTILINE)


def list_cases(folder: Path | None = None) -> pd.DataFrame:
    """Return all cases that are whole, from A to Z, with the question that each teaches to answer.

    Parameters
    ----------
    folder
        Of the cases; by default those that come with kamtools.

    Returns
    -------
    (n_cases, 4)
        `name` (of the folder), `title`, `question` (the notebook's), `minutes` (of the lesson).

    Raises
    ------
    InputError
        As `cases.load_case`, or if a note does not say how long the lesson is.

    Examples
    --------
    >>> list_cases().set_index("name").loc["haohan-peihui", "title"]
    'Haohan and Peihui'
    """
    names = [name for name in case_names(folder) if _is_whole(case_folder(name, folder=folder))]
    rows = [
        {
            "name": name,
            "title": load_case(name, folder=folder).title,
            "question": case_question(name, folder=folder),
            "minutes": lesson_minutes(name, folder=folder),
        }
        for name in names
    ]
    return pd.DataFrame(rows, columns=["name", "title", "question", "minutes"])


def case_question(name: str, *, folder: Path | None = None) -> str:
    """Return the question of a case: the first line of its notebook.

    Raises
    ------
    InputError
        As `cases.case_folder`.

    Examples
    --------
    >>> case_question("haohan-peihui")
    'How does a supplier keep its balance with a client too strong to hurry?'
    """
    file = case_folder(name, folder=folder) / "case.ipynb"
    first = json.loads(file.read_text(encoding="utf-8"))["cells"][0]["source"]
    return "".join(first).partition("\n")[0].removeprefix("# ").strip()


def lesson_minutes(name: str, *, folder: Path | None = None) -> int:
    """Return how long the lesson of a case is: as the plan of its teaching note says.

    Raises
    ------
    InputError
        As `cases.case_folder`, or if the note does not say.
    """
    note = (case_folder(name, folder=folder) / "teaching-note.md").read_text(encoding="utf-8")
    found = _MINUTES.search(note)
    if found is None:
        raise InputError(f"the teaching note of {name} has no heading such as Plan: 60 minutes")
    return int(found[1])


def _is_whole(case: Path) -> bool:
    return all((case / file).is_file() for file in FILES)
