"""What every table of a report means, and every column of it: for workbooks and decks.

The words stand in `definitions/*.toml`, one file for each notebook, one for the report's own
tables and one for the cases: plain English strings in one place, so that another language can
be laid over them. What is said here of all columns alike (`_UNITS`, the ends of a range) is all
that stands outside of those files.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from kamtools.errors import InputError
from kamtools.language import marked, tr
from kamtools.publishing.records import Record
from kamtools.publishing.suggesting import suggestion

ColumnKind = Literal[
    "text", "flag", "date", "money", "money_small", "millions", "share", "count", "rank",
    "hours", "months", "days", "level", "score", "number", "mixed",
]  # fmt: skip
"""What a column holds: how its values are shown, and their unit where none is given."""

FILES = (
    "report", "readiness", "selection", "role", "power", "account_plan", "briefing", "cases",
)  # fmt: skip
"""Files of definitions, in the order of the method; those of notebooks by their short name."""

NO_CURRENCY = "money"

_UNITS: dict[ColumnKind, str] = {
    "text": "",
    "flag": "yes or no",
    "date": "date",
    "money": "{currency}",
    "money_small": "{currency}",
    "millions": "millions",
    "share": "share, shown in percent",
    "count": "number",
    "rank": "number",
    "hours": "hours a year",
    "months": "months",
    "days": "days",
    "level": "levels from 1 to 5",
    "score": "points",
    "number": "number",
    "mixed": "number",
}
_ENDS = {
    "low": (marked("{heading}, low"), marked("Low end; {range}.")),
    "high": (marked("{heading}, high"), marked("High end; {range}.")),
}
_UNKNOWN = marked("No definition: a column of your own notebook.")
_UNKNOWN_TABLE = marked("No definition: a table of your own notebook.")
_OF_RECORD: dict[str, ColumnKind] = {
    "text": "text",
    "number": "mixed",
    "date": "date",
    "flag": "flag",
}


@dataclass(frozen=True)
class ColumnDefinition:
    """One column: its name in files, its heading for managers, kind, unit and meaning."""

    name: str
    heading: str
    kind: ColumnKind
    unit: str
    meaning: str


@dataclass(frozen=True)
class TableDefinition:
    """One table: its name in files, a title of at most 31 signs, its meaning, its use.

    `decision` is what is decided on it. `others` says what columns are that are not listed;
    it is blank where there are none.
    """

    name: str
    title: str
    meaning: str
    decision: str
    columns: tuple[ColumnDefinition, ...]
    others: str = ""


def defined_tables() -> dict[str, str]:
    """Return the file of definitions of each table, in the order of the method.

    Examples
    --------
    >>> defined_tables()["exposure"]
    'power'
    """
    return {name: entry["file"] for name, entry in _entries().items()}


def describe(name: str, *, currency: str = NO_CURRENCY) -> TableDefinition:
    """Return the definition of a table with all columns that it may have.

    Parameters
    ----------
    name
        Of the table, as in `keep(name, …)` and `tables/NAME.csv`.
    currency
        Stands in the units of money.

    Raises
    ------
    InputError
        If no such table is defined.

    Examples
    --------
    >>> table = describe("exposure", currency="EUR")
    >>> table.title
    'What each account would take'
    >>> [(column.heading, column.unit) for column in table.columns[2:4]]
    [('Sales', 'EUR a year'), ('Share of sales', 'share, shown in percent')]
    """
    entries = _entries()
    if name not in entries:
        raise InputError(f"no definition of the table {name!r}; {suggestion(name, list(entries))}")
    entry = entries[name]
    return TableDefinition(
        name,
        tr(entry["title"]),
        tr(entry["meaning"]),
        tr(entry["decision"]),
        tuple(_columns(entry, entries, currency).values()),
        tr(entry["others"]) if "others" in entry else "",
    )


def describe_record(record: Record, *, currency: str = NO_CURRENCY) -> TableDefinition:
    """Return the definition of a kept table with its own columns, in their order.

    A table or a column that is not defined, such as one of a notebook of the reader's own,
    goes by its name, and its meaning says that it has no definition.

    Examples
    --------
    >>> own = {"name": "my_table", "columns": [{"name": "a_b", "kind": "number"}], "rows": []}
    >>> table = describe_record(own)
    >>> table.title, table.columns[0].heading
    ('My table', 'A b')
    """
    name = record["name"]
    if name in _entries():
        known = describe(name, currency=currency)
    else:
        known = TableDefinition(name, _in_words(name), tr(_UNKNOWN_TABLE), "", ())
    by_name = {column.name: column for column in known.columns}
    columns = tuple(
        by_name.get(one["name"])
        or ColumnDefinition(
            one["name"],
            _in_words(one["name"]),
            _OF_RECORD[one["kind"]],
            "",
            known.others or tr(_UNKNOWN),
        )
        for one in record["columns"]
    )
    return TableDefinition(name, known.title, known.meaning, known.decision, columns, known.others)


@cache
def _entries() -> dict[str, dict[str, Any]]:
    """Return what the files say of each table, by its name."""
    folder = files("kamtools.publishing").joinpath("definitions")
    entries: dict[str, dict[str, Any]] = {}
    for file in FILES:
        told = tomllib.loads(folder.joinpath(f"{file}.toml").read_text(encoding="utf-8"))
        entries |= {
            name: {**entry, "file": file} for name, entry in told.items() if name != "shared"
        }
    return entries


@cache
def _shared() -> dict[str, list[str]]:
    """Return the columns that many tables have, by name."""
    folder = files("kamtools.publishing").joinpath("definitions")
    told = tomllib.loads(folder.joinpath("report.toml").read_text(encoding="utf-8"))
    columns: dict[str, list[str]] = told["shared"]["columns"]
    return columns


def _columns(
    entry: Mapping[str, Any], entries: Mapping[str, Mapping[str, Any]], currency: str
) -> dict[str, ColumnDefinition]:
    columns: dict[str, ColumnDefinition] = {}
    specs = {name: _shared()[name] for name in entry.get("shared", ())} | entry.get("columns", {})
    of_other = entries[entry["like"]] if "like" in entry else {}
    specs |= {
        name: spec
        for name, spec in of_other.get("columns", {}).items()
        if name not in specs and name not in entry.get("except", ())
    }
    for name, (heading, kind, meaning, *units) in specs.items():
        given = units[0] if units else _UNITS[kind]
        unit = tr(given).replace("{currency}", currency) if given else ""
        heading, meaning = tr(heading), tr(meaning)
        columns[name] = ColumnDefinition(name, heading, kind, unit, meaning)
        if name in entry.get("ranged", ()):
            for end, (of_end, says) in _ENDS.items():
                columns[f"{name}_{end}"] = ColumnDefinition(
                    f"{name}_{end}",
                    tr(of_end, heading=heading),
                    kind,
                    unit,
                    tr(says, range=tr(entry["range"])),
                )
    return columns


def _in_words(name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]
