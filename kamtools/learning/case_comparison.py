"""All cases side by side: their dependence on one map, and what followed in each."""

import re
from pathlib import Path

import pandas as pd

from kamtools.errors import InputError
from kamtools.learning.case_dependence import COLUMNS
from kamtools.learning.case_list import list_cases
from kamtools.learning.cases import case_folder, load_case

_FOLD = re.compile(r"<details>\s*<summary>.*?</summary>(?P<told>.*?)</details>", re.DOTALL)
_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|<[^>]+>|[*`]")


def all_dependence(folder: Path | None = None) -> pd.DataFrame:
    """Return how far both sides depend on each other, in every whole case that is about power.

    Parameters
    ----------
    folder
        Of the cases; by default those that come with kamtools.

    Returns
    -------
    DataFrame
        As `case_dependence.read_dependence`, with the name of the case as `account_id`, the
        cases from A to Z.

    Raises
    ------
    InputError
        As `cases.load_case`.

    Examples
    --------
    >>> "haohan-peihui" in set(all_dependence()["account_id"])
    True
    """
    names = list_cases(folder)["name"]
    tables = [load_case(name, folder=folder).dependence for name in names]
    about_power = [table for table in tables if len(table)]
    if not about_power:
        return pd.DataFrame(columns=list(COLUMNS))
    return pd.concat(about_power, ignore_index=True)


def case_outcomes(folder: Path | None = None) -> pd.DataFrame:
    """Return what each whole case asks, and what followed in it.

    Parameters
    ----------
    folder
        Of the cases; by default those that come with kamtools.

    Returns
    -------
    (n_cases, 4)
        `name`, `title`, `question`, and `followed`, as `what_followed` tells it.

    Raises
    ------
    InputError
        As `cases.load_case` and `what_followed`.
    """
    table = list_cases(folder).drop(columns="minutes")
    followed = [what_followed(name, folder=folder) for name in table["name"]]
    return table.assign(followed=pd.Series(followed, index=table.index, dtype="str"))


def what_followed(name: str, *, folder: Path | None = None) -> str:
    """Return what a story tells after the decision, in the part that it folds, as plain text.

    Its figures are those of the facts, as all of a story's.

    Raises
    ------
    InputError
        As `cases.case_folder`, or if the story folds nothing.

    Examples
    --------
    >>> what_followed("haohan-peihui")[-47:]
    'No figure of what followed is told, by anybody.'
    """
    story = (case_folder(name, folder=folder) / "case.md").read_text(encoding="utf-8")
    found = _FOLD.search(story)
    if found is None:
        raise InputError(f"the story of {name} folds nothing away; expected <details> at its end")
    return " ".join(_MARKS.sub(r"\1", found["told"]).split())
