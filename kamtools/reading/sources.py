"""Any file of an engagement as an Ibis table of what stands in it.

The tables returned have the file's own columns and `row`: the row as a spreadsheet counts
it (the header is row 1) in CSV and Excel files, the record's number elsewhere. Text files
and workbooks come as text throughout, so that nothing is guessed before `values` looks.
"""

import csv
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend as DuckDB

from kamtools.errors import Fault
from kamtools.reading import text
from kamtools.reading.connections import as_it_is, raise_if_full, reason_of
from kamtools.reading.limits import COLUMNS, LINE_BYTES, MEGABYTE, TABLE_BYTES
from kamtools.reading.places import ENDINGS
from kamtools.reading.values import Style
from kamtools.reading.workbooks import read_workbook

OWN_COLUMNS = ("row", "reason")
INVOICES = "invoices"
SHOWN = 120
"""Characters of a line that a message repeats."""


@dataclass(frozen=True)
class Source:
    """An opened file: its name as users see it, its table, and what was wrong with it.

    Of a CSV file also its `encoding` and `separator`, as recognised or as the user said;
    once its columns are typed, the `style` of its numbers and dates.
    """

    file: str
    table: ir.Table | None
    faults: tuple[Fault, ...] = ()
    path: Path | None = None
    encoding: str | None = None
    separator: str | None = None
    style: Style | None = None


def open_file(
    connection: DuckDB,
    path: Path,
    *,
    name: str,
    required: Sequence[str],
    options: Mapping[str, Any],
    workspace: Path,
) -> Source:
    """Open a CSV, Excel or Parquet file as a table of the connection.

    Parameters
    ----------
    required : names that a header must hold, by which the separator is recognised
    options : `encoding`, `separator`, `sheet` from engagement.toml
    workspace : folder for a copy, where a file must be rewritten to be read
    """
    fault = _outside_fault(path, name)
    if fault is not None:
        return Source(path.name, None, (fault,))
    try:
        if path.suffix.lower() == ".csv":
            return _open_csv(connection, path, name, required, options, workspace)
        if path.suffix.lower() == ".xlsx":
            return _open_workbook(connection, path, name, options)
        return _open_parquet(connection, path, name)
    except (duckdb.Error, OSError, ValueError, csv.Error) as error:
        raise_if_full(error)
        reason = reason_of(error).replace(str(path.parent) + os.sep, "")
        fault = Fault(path.name, None, None, reason, f"a readable {path.suffix} file")
        return Source(path.name, None, (fault,))


def _outside_fault(path: Path, name: str) -> Fault | None:
    """Return what can be told of a file before it is opened: its ending and its size."""
    size = path.stat().st_size
    if path.suffix.lower() not in ENDINGS:
        return Fault(path.name, None, None, f"a {path.suffix or 'file without ending'}",
                     f"a file that ends in {', '.join(ENDINGS)}")  # fmt: skip
    if size == 0:
        return Fault(path.name, None, None, "0 bytes", "a header row")
    if name != INVOICES and size > TABLE_BYTES:
        most = f"at most {TABLE_BYTES // MEGABYTE:,} MB: only invoice lines may be more"
        return Fault(path.name, None, None, f"{size // MEGABYTE:,} MB", most)
    return None


def _open_csv(
    connection: DuckDB,
    path: Path,
    name: str,
    required: Sequence[str],
    options: Mapping[str, Any],
    workspace: Path,
) -> Source:
    encoding = text.find_encoding(path, options.get("encoding"))
    if isinstance(encoding, Fault):
        return Source(path.name, None, (encoding,))
    header, separator = text.read_header(
        path, encoding, required=required, separator=options.get("separator")
    )
    names = _own_names(header)
    fault = _header_fault(path, names)
    if fault is not None:
        return Source(path.name, None, (fault,))
    readable = path
    if encoding != "utf-8" or text.has_blank_lines(path, encoding):
        readable = workspace / f"{name}.csv"
        text.write_plain_copy(path, encoding, readable, separator=separator, width=len(names))
    columns = ", ".join(f"{_quoted(column)}: 'VARCHAR'" for column in names)
    connection.raw_sql(
        f"CREATE TEMP TABLE {name}_read AS SELECT row_number() OVER () + 1 AS row, * "
        f"FROM read_csv({_quoted(as_it_is(readable))}, header = false, skip = 1, "
        f"auto_detect = false, delim = {_quoted(separator)}, quote = '\"', escape = '\"', "
        f"columns = {{{columns}}}, "
        f"store_rejects = true, rejects_table = '{name}_rejects', rejects_scan = '{name}_scan')"
    )
    rejected = connection.table(f"{name}_rejects").order_by("line").to_pandas()
    rejected = rejected.drop_duplicates("line")
    if len(rejected):
        _count_rejected_rows(connection, name)
    faults = [
        Fault(
            path.name,
            int(line),
            None,
            repr(str(seen).strip()[:SHOWN]),
            _expected_line(kind, len(names)),
        )
        for line, seen, kind in zip(
            rejected["line"], rejected["csv_line"], rejected["error_type"], strict=True
        )
    ]
    rows = connection.table(f"{name}_read")
    return Source(path.name, rows, tuple(faults), path, encoding, separator)


def _count_rejected_rows(connection: DuckDB, name: str) -> None:
    """Give the rows that were read the numbers they have among those that could not be."""
    connection.raw_sql(
        f"CREATE OR REPLACE TEMP TABLE {name}_read AS "
        f"WITH rejected AS (SELECT DISTINCT line FROM {name}_rejects), "
        f"places AS (SELECT range AS place, row_number() OVER (ORDER BY range) + 1 AS counted "
        f"FROM range(2, 2 + (SELECT count(*) FROM {name}_read) + (SELECT count(*) FROM rejected)) "
        f"WHERE range NOT IN (SELECT line FROM rejected)) "
        f"SELECT place AS row, {name}_read.* EXCLUDE (row) FROM {name}_read "
        f"JOIN places ON {name}_read.row = places.counted ORDER BY place"
    )


def _expected_line(kind: str, width: int) -> str:
    if kind == "LINE SIZE OVER MAXIMUM":
        return f"a line of at most {LINE_BYTES // 1_000_000} MB"
    return f"{width} cells"


def _header_fault(path: Path, names: Sequence[str]) -> Fault | None:
    """Return what is wrong with the names of a header: DuckDB takes a column in any case."""
    seen = ", ".join(repr(column) for column in names) or "a blank line"
    if len(names) > COLUMNS:
        return Fault(path.name, 1, None, f"{len(names):,} columns", f"at most {COLUMNS:,}")
    if not any(names):
        return Fault(path.name, 1, None, "a blank line", "a header row")
    if len({name.casefold() for name in names}) < len(names) or not all(names):
        return Fault(path.name, 1, None, seen, "a header of different names, none blank")
    return None


def _own_names(header: Sequence[str]) -> list[str]:
    return [f"{name} (file)" if name.casefold() in OWN_COLUMNS else name for name in header]


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _open_workbook(connection: DuckDB, path: Path, name: str, options: Mapping[str, Any]) -> Source:
    read = read_workbook(path, options.get("sheet", 0))
    if isinstance(read, Fault):
        return Source(path.name, None, (read,))
    header, rows = read
    names = _own_names(header)
    fault = _header_fault(path, names)
    if fault is not None:
        return Source(path.name, None, (fault,))
    connection.create_table(f"{name}_read", rows.rename_columns(["row", *names]), temp=True)
    return Source(path.name, connection.table(f"{name}_read"), (), path)


def _open_parquet(connection: DuckDB, path: Path, name: str) -> Source:
    rows = connection.read_parquet(as_it_is(path), table_name=f"{name}_file")
    if len(rows.columns) > COLUMNS:
        seen = f"{len(rows.columns):,} columns"
        return Source(
            path.name, None, (Fault(path.name, None, None, seen, f"at most {COLUMNS:,}"),)
        )
    renamed = {f"{column} (file)": column for column in rows.columns
               if column.casefold() in OWN_COLUMNS}  # fmt: skip
    rows = rows.rename(renamed) if renamed else rows
    numbered = rows.mutate(row=ibis.row_number() + 1).relocate("row")
    connection.create_table(f"{name}_read", numbered, temp=True)
    return Source(path.name, connection.table(f"{name}_read"), (), path)
