"""What of a table goes beyond `limits`, as faults that name the row and the column."""

import ibis
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
from kamtools.reading.values import Check, listed_faults

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
    texts = [column for column in table.columns if table[column].type().is_string()]
    too_long = {column: table[column].length() > CELL_CHARACTERS for column in texts}
    sums = {f"long_{place}": test.sum() for place, test in enumerate(too_long.values())}
    found = table.aggregate(rows=table.count(), **sums).to_pandas().iloc[0].fillna(0)
    most = ROWS.get(name, TABLE_ROWS)
    if is_counted and found["rows"] > most:
        return [Fault(file, None, None, f"{int(found['rows']):,} rows", f"at most {most:,}")]
    faults = []
    for place, (column, test) in enumerate(too_long.items()):
        if found[f"long_{place}"]:
            bad = table.filter(test)
            shown = bad.mutate(**{column: bad[column].substr(0, 40) + ibis.literal("...")})
            expected = f"a cell of at most {CELL_CHARACTERS:,} characters"
            faults += listed_faults(shown, file, column, shown=column, expected=expected)
    return faults


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
