"""Any file of an engagement as an Ibis table of what stands in it.

The tables returned have the file's own columns and `row`: the row as a spreadsheet counts
it (the header is row 1) in CSV and Excel files, the record's number elsewhere. Text files
and workbooks come as text throughout, so that nothing is guessed before `values` looks.
"""

import datetime
import secrets
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa
from ibis.backends.duckdb import Backend as DuckDB

from kamtools.errors import Fault
from kamtools.reading import text
from kamtools.reading.values import Style

ENDINGS = (".csv", ".xlsx", ".parquet")
OWN_COLUMNS = ("row", "reason")


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


def find_file(folder: Path, name: str, options: Mapping[str, Any]) -> Path | Fault | None:
    """Return the file that holds the table `name`, None where there is none.

    A path given in engagement.toml must stay inside the engagement's folder.
    """
    if "path" in options:
        return inside(folder, name, "path", str(options["path"]))
    found = [folder / (name + ending) for ending in ENDINGS if (folder / (name + ending)).exists()]
    if len(found) > 1:
        seen = " and ".join(path.name for path in found)
        return Fault(name, None, None, seen, f"one of them, or [files.{name}] path to say which")
    return inside(folder, name, "path", found[0].name) if found else None


def inside(folder: Path, name: str, option: str, given: str) -> Path | Fault:
    """Return the path of a file named in engagement.toml, which must lie in the folder."""
    path = (folder / given).resolve()
    place = f"files.{name}.{option}"
    if not path.is_relative_to(folder.resolve()):
        return Fault("engagement.toml", None, place, given, "a file inside the engagement folder")
    if not path.is_file():
        return Fault("engagement.toml", None, place, given, "a file that exists")
    return folder / given


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
    if path.stat().st_size == 0:
        return Source(path.name, None, (Fault(path.name, None, None, "0 bytes", "a header row"),))
    try:
        if path.suffix.lower() == ".csv":
            return _open_csv(connection, path, name, required, options, workspace)
        if path.suffix.lower() == ".xlsx":
            return _open_workbook(connection, path, name, options)
        return _open_parquet(connection, path, name)
    except (duckdb.Error, OSError, ValueError, KeyError) as error:
        reason = str(error).splitlines()[0].replace(str(path), path.name)
        fault = Fault(path.name, None, None, reason, f"a readable {path.suffix} file")
        return Source(path.name, None, (fault,))


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
    repeated = sorted({column for column in names if names.count(column) > 1 or not column})
    if repeated:
        seen = ", ".join(repr(column) for column in header)
        fault = Fault(path.name, 1, None, seen, "a header of different names, none blank")
        return Source(path.name, None, (fault,))
    readable = path
    if encoding != "utf-8" or text.has_blank_lines(path, encoding):
        readable = workspace / f"{name}.csv"
        text.write_plain_copy(path, encoding, readable, separator=separator, width=len(names))
    columns = ", ".join(f"{_quoted(column)}: 'VARCHAR'" for column in names)
    connection.raw_sql(
        f"CREATE TEMP TABLE {name}_read AS SELECT row_number() OVER () + 1 AS row, * "
        f"FROM read_csv({_quoted(str(readable))}, header = false, skip = 1, auto_detect = false, "
        f"delim = {_quoted(separator)}, quote = '\"', escape = '\"', columns = {{{columns}}}, "
        f"store_rejects = true, rejects_table = '{name}_rejects', rejects_scan = '{name}_scan')"
    )
    rejected = connection.table(f"{name}_rejects").order_by("line").to_pandas()
    rejected = rejected.drop_duplicates("line")
    if len(rejected):
        _count_rejected_rows(connection, name)
    faults = [
        Fault(path.name, int(line), None, repr(str(seen).strip()), f"{len(names)} cells")
        for line, seen in zip(rejected["line"], rejected["csv_line"], strict=True)
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


def _own_names(header: Sequence[str]) -> list[str]:
    return [f"{name} (file)" if name in OWN_COLUMNS else name for name in header]


def _quoted(word: str) -> str:
    return "'" + word.replace("'", "''") + "'"


def _open_workbook(connection: DuckDB, path: Path, name: str, options: Mapping[str, Any]) -> Source:
    sheet = options.get("sheet", 0)
    cells = pd.read_excel(path, sheet_name=sheet, dtype=object, na_values=[], engine="openpyxl")
    cells.columns = pd.Index(_own_names([str(column).strip() for column in cells.columns]))
    written = cells.map(_cell_text).astype("str")
    written.insert(0, "row", range(2, len(written) + 2))
    rows = pa.Table.from_pandas(written, preserve_index=False)
    connection.create_table(f"{name}_read", rows, temp=True)
    return Source(path.name, connection.table(f"{name}_read"), (), path)


def _cell_text(cell: object) -> str | None:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell):
        return None
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _open_parquet(connection: DuckDB, path: Path, name: str) -> Source:
    rows = connection.read_parquet(path, table_name=f"{name}_file")
    renamed = {f"{column} (file)": column for column in OWN_COLUMNS if column in rows.columns}
    rows = rows.rename(renamed) if renamed else rows
    numbered = rows.mutate(row=ibis.row_number() + 1).relocate("row")
    connection.create_table(f"{name}_read", numbered, temp=True)
    return Source(path.name, connection.table(f"{name}_read"), (), path)


def new_connection() -> DuckDB:
    """Return a DuckDB of this process that puts on disk what does not fit into memory."""
    spill = Path(tempfile.gettempdir()) / f"kamtools-{secrets.token_hex(8)}"
    return without_progress_bar(ibis.duckdb.connect(temp_directory=str(spill)))


def without_progress_bar(connection: DuckDB) -> DuckDB:
    """Return the connection, made to show no bar of its own among a notebook's outputs."""
    connection.raw_sql("SET enable_progress_bar = false")
    return connection
