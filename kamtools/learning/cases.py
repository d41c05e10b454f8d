"""Case studies: where they are, and what `facts.toml` of one says.

A case is a folder with `case.md` (the story, up to the decision), `facts.toml`, `case.ipynb` and
`teaching-note.md`, and a folder `data` where it needs tables of assumptions. `facts.toml` holds
three things, apart from one another: what somebody has said, with its source; how far each side
depends on the other, as low, middle and high, each with what it rests on; and what nobody knows.
"""

from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

import kamtools
from kamtools.errors import InputError
from kamtools.learning.case_dependence import read_dependence
from kamtools.learning.case_facts import case_tables, read_facts
from kamtools.wording import listing

FILES = ("case.md", "facts.toml", "case.ipynb", "teaching-note.md")
ABOUT = ("name", "title", "supplier", "account", "told_by", "cannot")
INSTALLED = "_cases"


@dataclass(frozen=True)
class Case:
    """What `facts.toml` says of a case.

    Attributes
    ----------
    name, title, supplier, account
    told_by
        Whose story it is.
    cannot
        What cannot be known from it.
    facts
        From `case_facts.read_facts`.
    dependence
        From `case_dependence.read_dependence`; no rows where the case is not about power.
    """

    name: str
    title: str
    supplier: str
    account: str
    told_by: str
    cannot: str
    facts: pd.DataFrame
    dependence: pd.DataFrame


def cases_folder() -> Path:
    """Return where the cases are: beside the package in a checkout, else inside it."""
    package = Path(kamtools.__file__).resolve().parent
    checkout = package.parent / "casestudies"
    is_checkout = (package.parent / "pyproject.toml").is_file() and checkout.is_dir()
    return checkout if is_checkout else package / INSTALLED


def case_names(folder: Path | None = None) -> list[str]:
    """Return the names of all cases, from A to Z.

    Parameters
    ----------
    folder
        Of the cases; by default those that come with kamtools.
    """
    return sorted(path.parent.name for path in (folder or cases_folder()).glob("*/facts.toml"))


def load_case(name: str, *, folder: Path | None = None) -> Case:
    """Return a case by its name.

    Parameters
    ----------
    name
        Of its folder, such as "haohan-peihui".
    folder
        Of the cases; by default those that come with kamtools.

    Raises
    ------
    InputError
        If there is no such case, or as `read_case`.
    """
    file = case_folder(name, folder=folder) / "facts.toml"
    return read_case(file.read_text(encoding="utf-8"))


def case_folder(name: str, *, folder: Path | None = None) -> Path:
    """Return the folder of a case.

    Parameters
    ----------
    name, folder
        As in `load_case`.

    Raises
    ------
    InputError
        If there is no such case: a path is never a name.
    """
    where = folder or cases_folder()
    known = case_names(where)
    if name not in known:
        near = get_close_matches(name, known, n=1)
        hint = f"did you mean {near[0]}? " if near else ""
        raise InputError(f"no case {name!r}; {hint}Known: {listing(known) or 'none'}")
    return where / name


def case_table(name: str, file: str, *, folder: Path | None = None) -> pd.DataFrame:
    """Return a table of assumptions that comes with a case, in its folder `data`.

    Parameters
    ----------
    name, folder
        As in `load_case`.
    file
        Such as "accounts.csv".

    Raises
    ------
    InputError
        If there is no such case, or it has no such table.
    """
    path = case_folder(name, folder=folder) / "data" / file
    if not path.is_file():
        raise InputError(f"the case {name} has no table data/{file}")
    return pd.read_csv(path)


def read_case(text: str) -> Case:
    """Return what a `facts.toml` says.

    Parameters
    ----------
    text
        With a table `case`, the list `facts` and, where the case is about power, `dependence`.

    Raises
    ------
    InputError
        If something is missing, or as `case_facts.read_facts` and
        `case_dependence.read_dependence`.
    """
    about = case_tables(text).get("case", {})
    missing = [key for key in ABOUT if not str(about.get(key, "")).strip()]
    if missing:
        raise InputError(f"facts.toml, table case: no {', '.join(missing)}")
    return Case(
        **{key: str(about[key]) for key in ABOUT},
        facts=read_facts(text),
        dependence=read_dependence(text),
    )
