"""How far the two sides of a case depend on each other: published, judged or assumed."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.learning.case_facts import case_tables
from kamtools.power.measure_effects import INPUTS, LEVELS, check_inputs
from kamtools.power.simulation_assumptions import replace_assumption
from kamtools.wording import listing

BASES = ("published", "judged", "assumed")
STAY = "\xa0"
"""A space that does not let the three numbers of a range part."""

NEEDED = ("side", "part", "stake", "availability", "whose", "basis", "why")
COLUMNS = (*INPUTS, "whose", "basis", "source")


def read_dependence(text: str) -> pd.DataFrame:
    """Return how far each side depends on the other, as far as the case tells or assumes.

    Parameters
    ----------
    text
        Of `facts.toml`. Each of the list `dependence` has `side` ("supplier", "account"),
        `part`, `stake` and `availability` (low, middle, high, 0-1), `whose` estimate it is, its
        `basis` ("published", "judged", "assumed") and `why`; one that is published names in
        `facts` those that it rests on.

    Returns
    -------
    DataFrame
        As `power.dependence.dependence_draws` takes it, with `whose`, `basis` and `source`.
        Without rows where the case is about something else than power.

    Raises
    ------
    InputError
        If an entry is not whole, a fact is not known, or as `power.measure_effects.check_inputs`.
    """
    tables = case_tables(text)
    known = [str(fact.get("name")) for fact in tables.get("facts", [])]
    account = str(tables.get("case", {}).get("name", "case"))
    rows = [_dependence_row(entry, account, known) for entry in tables.get("dependence", [])]
    inputs = pd.DataFrame(rows, columns=list(COLUMNS))
    if rows:
        check_inputs(inputs)
    return inputs


def dependence_list(inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the dependence inputs as they are shown: each range in one cell.

    Parameters
    ----------
    inputs
        From `read_dependence`.

    Returns
    -------
    (n_inputs, 7)
        `side`, `part`, `stake` and `availability` (low, middle, high), `whose`, `basis`,
        `source`.
    """
    shown = inputs[["side", "part"]].copy()
    for what in ("stake", "availability"):
        low, middle, high = (inputs[f"{what}{end}"].map("{:.2f}".format) for end in LEVELS)
        shown[what] = low + f",{STAY}" + middle + f",{STAY}" + high
    return shown.join(inputs[["whose", "basis", "source"]])


def with_dependence(assumptions: pd.DataFrame, inputs: pd.DataFrame) -> pd.DataFrame:
    """Return the assumptions of the simulation, starting from where the case stands.

    Parameters
    ----------
    assumptions
        As `power.simulation_assumptions.default_simulation_assumptions`.
    inputs
        Of one account, with one part on each side, from `read_dependence`.

    Raises
    ------
    InputError
        If a side has several parts: the simulation knows one.

    Examples
    --------
    >>> from kamtools.power.simulation_assumptions import default_simulation_assumptions
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"]})
    >>> inputs[["stake_low", "stake", "stake_high"]] = [[0.2, 0.3, 0.4], [0.1, 0.1, 0.1]]
    >>> inputs[["availability_low", "availability", "availability_high"]] = 0.5
    >>> table = with_dependence(default_simulation_assumptions(), inputs)
    >>> table.set_index("assumption").loc["supplier_stake", ["low", "value", "high"]].tolist()
    [0.2, 0.3, 0.4]
    """
    check_inputs(inputs)
    if sorted(inputs["side"]) != ["account", "supplier"]:
        raise InputError(
            "the simulation knows one part on each side; got "
            f"{listing([f'{row.side}: {row.part}' for row in inputs.itertuples()])}"
        )
    for row in inputs.to_dict("records"):
        for what in ("stake", "availability"):
            low, middle, high = (float(row[f"{what}{end}"]) for end in LEVELS)
            name = f"{row['side']}_{what}"
            assumptions = replace_assumption(assumptions, name, middle, low=low, high=high)
    return assumptions


def _dependence_row(
    entry: Mapping[str, Any], account: str, known: list[str]
) -> dict[str, str | float]:
    place = f"facts.toml, dependence {entry.get('side', '?')}, {entry.get('part', '?')}"
    missing = [key for key in NEEDED if not str(entry.get(key, "")).strip()]
    if missing:
        raise InputError(f"{place}: no {', '.join(missing)}")
    if entry["basis"] not in BASES:
        raise InputError(f"{place}: basis must be {listing(BASES)}; got {entry['basis']}")
    facts = entry.get("facts", [])
    if entry["basis"] == "published" and not facts:
        raise InputError(f"{place}: what is published names the facts that it rests on")
    unknown = [name for name in facts if name not in known]
    if unknown:
        raise InputError(f"{place}: there is no fact {unknown[0]!r}")
    row: dict[str, str | float] = {
        "account_id": account, "side": entry["side"], "part": entry["part"],
    }  # fmt: skip
    for key in ("stake", "availability"):
        if not isinstance(entry[key], list) or len(entry[key]) != 3:
            raise InputError(f"{place}: {key} needs low, middle and high; got {entry[key]!r}")
        ends = zip(LEVELS, map(float, entry[key]), strict=True)
        row |= {f"{key}{end}": value for end, value in ends}
    source = "; ".join([*facts, entry["why"]])
    return row | {"whose": entry["whose"], "basis": entry["basis"], "source": source}
