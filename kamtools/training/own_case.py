"""A case in a pack: its own facts and tables, with what is told later from kamtools."""

from pathlib import Path

import pandas as pd

from kamtools.errors import InputError
from kamtools.learning import cases
from kamtools.learning.cases import Case, case_folder, read_case

OWN_FACTS = "facts.toml"


def load_case(name: str) -> Case:
    """Return a case whose facts, assumptions and dependence stand beside its notebook.

    What is told only after the decision is added, as kamtools has it.

    Parameters
    ----------
    name
        Of the case, such as "haohan-peihui". A pack has one in a folder; of another name, or
        where no `facts.toml` stands in the working folder, it is the case of kamtools.

    Raises
    ------
    InputError
        As `learning.cases.load_case`, or if the file that stands here cannot be used.
    """
    whole = cases.load_case(name)
    own = Path(OWN_FACTS)
    if not own.is_file():
        return whole
    try:
        here = read_case(own.read_text(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise InputError(f"{own} is not in UTF-8: {error}") from error
    if here.name != name:
        return whole
    later = whole.facts[whole.facts["told_after"]]
    later = later[~later["name"].isin(here.facts["name"])]
    facts = pd.concat([here.facts, later], ignore_index=True)
    return Case(here.name, here.title, here.supplier, here.account, here.told_by, here.cannot,
                facts, here.dependence)  # fmt: skip


def case_table(name: str, file: str) -> pd.DataFrame:
    """Return a table of a case: the one beside its notebook, else the one of kamtools.

    Parameters
    ----------
    name, file
        As `learning.cases.case_table`.

    Raises
    ------
    InputError
        As `learning.cases.case_table`.
    """
    own = Path("data") / file
    if not own.is_file() or Path.cwd().name != case_folder(name).name:
        return cases.case_table(name, file)
    return pd.read_csv(own)
