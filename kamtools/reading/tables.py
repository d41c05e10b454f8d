"""A source's columns under the schema's names and types, or the faults that prevent it."""

import re
from collections.abc import Mapping
from typing import Any

import ibis
import ibis.expr.types as ir
import pandas as pd
import pandera.pandas as pa
from pandera.errors import SchemaErrors

from kamtools.errors import Fault
from kamtools.reading.sizes import value_checks
from kamtools.reading.sources import Source
from kamtools.reading.values import (
    Check,
    Style,
    checked_faults,
    plain_text,
    read_date,
    read_number,
    recognise_style,
)

EXPECTED = {
    "float": "a number",
    "date": "a date such as 2024-03-31",
    "str": "a text",
}


def column_kinds(schema: pa.DataFrameSchema, names: list[str]) -> dict[str, str]:
    """Return "str", "float" or "date" for each of the names that the schema knows."""
    kinds = {}
    for pattern, column in schema.columns.items():
        dtype = str(column.dtype)
        kind = "float" if dtype == "float64" else "date" if "datetime" in dtype else "str"
        for name in names:
            if name == pattern or (column.regex and re.fullmatch(pattern, name)):
                kinds[name] = kind
    return kinds


def required_columns(schema: pa.DataFrameSchema) -> list[str]:
    """Return the names of the columns without which a table is of no use."""
    return [name for name, column in schema.columns.items() if column.required]


def rename_columns(
    source: Source, schema: pa.DataFrameSchema, options: Mapping[str, Any]
) -> tuple[ir.Table | None, list[Fault]]:
    """Return the table under the schema's names, and a fault for each column it lacks.

    A header matches in any case. `columns` in the options gives the file's own name for a
    column of the schema.
    """
    table = source.table
    if table is None:
        return None, []
    given = {str(theirs): ours for ours, theirs in options.get("columns", {}).items()}
    known = {name.casefold(): name for name in schema.columns}
    renamed, faults = {}, []
    for theirs in table.columns:
        ours = given.get(theirs, known.get(theirs.casefold()))
        if ours is not None and theirs not in given and ours in given.values():
            continue
        if ours is not None and ours != theirs:
            renamed[ours] = theirs
    for theirs, ours in given.items():
        if theirs not in table.columns:
            place = f"files.{schema.name}.columns.{ours}"
            seen = ", ".join(table.columns[1:])
            faults.append(Fault("engagement.toml", None, place, theirs, f"one of {seen}"))
    aside = {f"{ours} (file)": ours for ours in renamed if ours in table.columns}
    table = table.rename(aside).rename(renamed) if renamed else table
    missing = [name for name in required_columns(schema) if name not in table.columns]
    for name in missing:
        seen = ", ".join(column for column in table.columns if column != "row")
        expected = f'a column {name}, or [files.{schema.name}] columns = {{{name} = "..."}}'
        faults.append(Fault(source.file, 1, name, f"the columns {seen}", expected))
    return (None if missing or faults else table), faults


def is_blank(table: ir.Table) -> ir.BooleanValue:
    """Say of each row whether it holds nothing at all."""
    cells = [table[name] for name in table.columns if name != "row"]
    values = [plain_text(cell) if cell.type().is_string() else cell for cell in cells]
    return ibis.cases(*((value.notnull(), False) for value in values), else_=True)


def type_columns(
    table: ir.Table, file: str, schema: pa.DataFrameSchema, options: Mapping[str, Any]
) -> tuple[ir.Table, Style, list[Fault]]:
    """Return the table with `NAME_`, the value read, beside each column NAME of the schema.

    Beside it stand how numbers and dates were found to be written, and the faults.

    The table is stored, as `invoices_typed` after the schema's name: text is dear to read,
    and is read once. Where a cell holds something and nothing could be read, or where the
    schema wants a value and there is none, there is a fault; rows that hold nothing at all
    are passed over.
    """
    kinds = column_kinds(schema, list(table.columns))
    texts = [
        name
        for name, kind in kinds.items()
        if table[name].type().is_string() and _can_read(table[name], kind)
    ]
    style, faults = recognise_style(
        table,
        file,
        numbers=[name for name in texts if kinds[name] == "float"],
        dates=[name for name in texts if kinds[name] == "date"],
        options=options,
    )
    undecided = {fault.column for fault in faults}
    read = table.mutate(
        **{f"{name}_": _read(table[name], kind, style) for name, kind in kinds.items()},
        blank_=is_blank(table),
    )
    typed = table.get_backend().create_table(f"{schema.name}_typed", read, temp=True)
    faults += [
        Fault(file, None, name, f"{table[name].type()} in the database", _cast_hint(kind))
        for name, kind in kinds.items()
        if not _can_read(table[name], kind)
    ]
    checks = []
    for name, kind in kinds.items():
        if kind == "str" or name in undecided or not _can_read(table[name], kind):
            continue
        cell = plain_text(typed[name]) if name in texts else typed[name]
        if name in texts:
            is_unread = typed[f"{name}_"].isnull() & cell.notnull()
            checks.append(Check(name, is_unread, cell, EXPECTED[kind]))
        if name in schema.columns and not schema.columns[name].nullable:
            checks.append(Check(name, cell.isnull() & ~typed.blank_, None, EXPECTED[kind]))
    faults += checked_faults(typed, file, [*checks, *value_checks(typed, kinds)])
    return typed, style, faults


def _cast_hint(kind: str) -> str:
    return f"{EXPECTED[kind]}: cast it in the query"


def _can_read(column: ir.Value, kind: str) -> bool:
    dtype = column.type()
    if dtype.is_string():
        return kind == "str" or column.get_backend().name == "duckdb"
    return {
        "float": dtype.is_numeric() or dtype.is_null(),
        "date": dtype.is_date() or dtype.is_timestamp() or dtype.is_null(),
        "str": True,
    }[kind]


def _read(column: ir.Value, kind: str, style: Style) -> ir.Value:
    dtype = column.type()
    if dtype.is_null() or not _can_read(column, kind):
        return ibis.null({"float": "float64", "date": "date", "str": "string"}[kind])
    if kind == "str":
        return _read_text(column)
    if dtype.is_string():
        return read_number(column, style) if kind == "float" else read_date(column, style)
    if kind == "date":
        return column.date() if dtype.is_timestamp() else column
    number = column.cast("float64")
    return ibis.ifelse(number.isnan(), None, number) if dtype.is_floating() else number


def _read_text(column: ir.Value) -> ir.StringValue:
    """Return text; numbers that stand for a name lose the `.0` that a float gives them."""
    if column.type().is_string():
        return plain_text(column)
    text = column.cast("string")
    if not column.type().is_floating():
        return text
    whole = column.cast("int64").cast("string")
    return ibis.cases((column.isnan(), None), (column == column.floor(), whole), else_=text)


def to_frame(typed: ir.Table, schema: pa.DataFrameSchema) -> pd.DataFrame:
    """Return the values read as pandas, under the file's names, indexed by row."""
    kinds = column_kinds(schema, [name for name in typed.columns if not name.endswith("_")])
    others = [
        name
        for name in typed.columns
        if f"{name}_" not in typed.columns
        and name not in ("blank_", "row")
        and name.removesuffix("_") not in kinds
    ]
    chosen = typed.filter(~typed.blank_).order_by("row")
    read = {name: f"{name}_" for name in kinds}
    frame = chosen.select("row", *others, **read).to_pandas().set_index("row")
    frame = frame[[*kinds, *others]]
    for name, kind in kinds.items():
        dtype = {"date": "datetime64[ns]", "float": "float64", "str": "str"}[kind]
        frame[name] = frame[name].astype(dtype)
    return frame


def schema_faults(frame: pd.DataFrame, file: str, schema: pa.DataFrameSchema) -> list[Fault]:
    """Return what the schema's checks find in a typed table indexed by row."""
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as error:
        cases = error.failure_cases
        return [
            Fault(file, _row(row), str(column), _seen(seen), _expected(str(check)))
            for row, column, seen, check in zip(
                cases["index"], cases["column"], cases["failure_case"], cases["check"], strict=True
            )
        ]
    return []


def _row(index: object) -> int | None:
    return None if index is None or pd.isna(index) else int(index)  # type: ignore[call-overload]


def _seen(value: object) -> str:
    if value is None or (isinstance(value, float) and value != value):
        return "nothing"
    return f"{value:g}" if isinstance(value, float) else repr(value)


def _expected(check: str) -> str:
    known = {
        "not_nullable": "a value",
        "field_uniqueness": "a value that no other row has",
        "multiple_fields_uniqueness": "values that no row above has together",
    }
    return known.get(check, check)
