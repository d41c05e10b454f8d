"""What of a table goes beyond `limits`, as faults that name the row and the column."""

import ibis.expr.types as ir

from kamtools.errors import Fault
from kamtools.reading.limits import (
    ACCOUNTS,
    CELL_CHARACTERS,
    COLUMNS,
    FIRST_DAY,
    LARGEST_NUMBER,
    LAST_DAY,
    TABLE_ROWS,
)
from kamtools.reading.values import Check, checked_faults

ROWS = {"accounts": ACCOUNTS}
"""Most rows of a table, where it is not `TABLE_ROWS`; invoice lines have no limit."""
_LARGEST = f"a number of at most {LARGEST_NUMBER:,.0f}"
_DAYS = f"a day from {FIRST_DAY} to {LAST_DAY}, or nothing"


def table_faults(table: ir.Table, file: str, *, name: str, is_counted: bool) -> list[Fault]:
    """Return what is too large in a table as it was read.

    Parameters
    ----------
    table : its own columns and `row`
    file : for the faults
    name : of the table, such as "accounts"
    is_counted : whether its rows have a limit
    """
    width = len(table.columns) - 1
    if width > COLUMNS:
        return [Fault(file, None, None, f"{width:,} columns", f"at most {COLUMNS:,}")]
    most = ROWS.get(name, TABLE_ROWS)
    if is_counted and (rows := int(table.count().to_pandas())) > most:
        return [Fault(file, None, None, f"{rows:,} rows", f"at most {most:,}")]
    expected = f"a cell of at most {CELL_CHARACTERS:,} characters"
    texts = {column: table[column] for column in table.columns if table[column].type().is_string()}
    checks = [
        Check(column, text.length() > CELL_CHARACTERS, text.substr(0, 40) + "...", expected)
        for column, text in texts.items()
    ]
    return checked_faults(table, file, checks)


def value_checks(typed: ir.Table, kinds: dict[str, str]) -> list[Check]:
    """Return checks for numbers too large to add up exactly, and for placeholders of a day.

    Parameters
    ----------
    typed : as from `tables.type_columns`: NAME as read and NAME_ with its value
    kinds : "float", "date" or "str" by NAME
    """
    return [
        Check(
            name,
            _is_beyond(typed[f"{name}_"], kind),
            typed[name].cast("string"),
            _LARGEST if kind == "float" else _DAYS,
        )
        for name, kind in kinds.items()
        if kind != "str"
    ]


def _is_beyond(value: ir.Value, kind: str) -> ir.BooleanValue:
    if kind == "float":
        return value.abs() > LARGEST_NUMBER
    return (value < FIRST_DAY) | (value > LAST_DAY)
