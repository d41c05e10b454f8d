"""Names in one place that another must know, or the faults where it does not."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kamtools.errors import Fault
from kamtools.schema import names_in

FAULTS_SHOWN = 10
NAMES_SHOWN = 12


def reference_faults(
    frames: Mapping[str, pd.DataFrame | None], files: Mapping[str, str]
) -> list[Fault]:
    """Return a fault for each manager or rival that is named and stands in no table.

    Managers are looked up only where there is a table of managers. A rival may be named by
    its account_id or as a chain.

    Parameters
    ----------
    frames : accounts, managers, competences by name, indexed by row; None where absent
    files : the name of each table's file, for the faults

    Examples
    --------
    >>> managers = pd.DataFrame({"manager_id": ["M1"]}, index=[2])
    >>> accounts = pd.DataFrame({"account_id": ["A"], "manager_id": ["M9"]}, index=[2])
    >>> files = {"accounts": "accounts.csv", "managers": "managers.csv"}
    >>> for fault in reference_faults({"accounts": accounts, "managers": managers}, files):
    ...     print(fault)
    accounts.csv, row 2, column manager_id: saw 'M9'; expected a manager_id of managers.csv: M1
    """
    accounts, managers = frames.get("accounts"), frames.get("managers")
    faults = []
    if managers is not None:
        known = managers["manager_id"]
        expected = f"a manager_id of {files['managers']}: {_some(known)}"
        for name in ("accounts", "competences"):
            table = frames.get(name)
            if table is not None and "manager_id" in table:
                faults += _unknown(table["manager_id"], known, files[name], expected)
    if accounts is not None and "rivals" in accounts:
        known = accounts["account_id"]
        if "chain" in accounts:
            known = pd.concat([known, accounts["chain"].str.strip()])
        rivals = accounts["rivals"].map(names_in).explode()
        expected = f"account ids or chains of {files['accounts']}, separated by semicolons"
        faults += _unknown(rivals, known, files["accounts"], expected)
    return faults


def goal_faults(strategy: Mapping[str, Any], accounts: pd.DataFrame | None) -> list[Fault]:
    """Return a fault for each strategy goal whose column or values accounts.csv lacks."""
    faults = []
    for number, goal in enumerate(strategy.get("goals", []), start=1):
        if "column" not in goal:
            continue
        place, column = f"strategy.goals, goal {number}", goal["column"]
        known = [] if accounts is None else list(accounts.columns)
        if column not in known:
            expected = "a column of accounts: " + (", ".join(known) or "there is no such file")
            faults.append(Fault("engagement.toml", None, place, repr(column), expected))
        elif "values" in goal and accounts is not None:
            there = set(accounts[column].dropna())
            faults += [
                Fault("engagement.toml", None, place, repr(value),
                      f"a value of the column {column}: {', '.join(map(str, sorted(there)))}")
                for value in goal["values"] if value not in there
            ]  # fmt: skip
    return faults


def _unknown(names: pd.Series, known: pd.Series, file: str, expected: str) -> list[Fault]:
    """Return the faults of the names that are not known: the first singly, the rest counted."""
    bad = names[names.notna() & ~names.isin(known)]
    shown = bad.iloc[:FAULTS_SHOWN]
    rest = len(bad) - len(shown)
    return [
        Fault(file, int(str(row)), str(names.name), repr(name), expected,
              1 + rest * (place == len(shown) - 1))
        for place, (row, name) in enumerate(shown.items())
    ]  # fmt: skip


def _some(names: pd.Series) -> str:
    more = ["..."] if len(names) > NAMES_SHOWN else []
    return ", ".join([*names.iloc[:NAMES_SHOWN], *more]) or "it has none"
