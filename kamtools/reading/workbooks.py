"""A sheet of an Excel workbook as a table of texts, read row by row."""

import datetime
import warnings
import zipfile
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa

from kamtools.errors import Fault
from kamtools.reading.limits import COLUMNS, MEGABYTE, SHEET_ROWS, WORKBOOK_BYTES

_BATCH = 20_000
_OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path, sheet: str | int) -> tuple[list[str], pa.Table] | Fault:
    """Return a sheet's header and its other rows, or what is wrong with the workbook.

    The table has `row`, as the spreadsheet counts it, and a text column for each name of the
    header, under names `c0`, `c1`, ...: the caller says what they are called. Formulas come
    as their last result. Nothing that a workbook refers to outside itself is opened.

    Parameters
    ----------
    sheet : its name, or its number from 0
    """
    fault = _unfit(path)
    if fault is not None:
        return fault
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of what openpyxl leaves out
            book = openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)
            try:
                return _read_sheet(path, book, sheet)
            finally:
                book.close()
    except OSError:
        raise
    except Exception as error:  # openpyxl has none of its own: a broken part may raise anything
        reason = str(error).strip("'\"").splitlines() or [type(error).__name__]
        seen = reason[0].replace(str(path), path.name)
        return Fault(path.name, None, None, seen, "a readable .xlsx file")


def _unfit(path: Path) -> Fault | None:
    """Return why a file cannot be a workbook that is read, from its outside."""
    with path.open("rb") as file:
        start = file.read(64)
    expected = "a workbook (.xlsx)"
    if start.startswith(_OLD_OR_LOCKED):
        seen = "a workbook with a password, or one of the old kind (.xls)"
        return Fault(path.name, None, None, seen, f"{expected} without a password")
    if start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return Fault(path.name, None, None, "a web page or XML", f"{expected}, saved as such")
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile as error:
        return Fault(path.name, None, None, str(error), f"{expected} that is whole")
    if unpacked <= WORKBOOK_BYTES:
        return None
    seen = f"{unpacked // MEGABYTE:,} MB when unpacked"
    most = f"at most {WORKBOOK_BYTES // MEGABYTE:,} MB: save so large a table as CSV or Parquet"
    return Fault(path.name, None, None, seen, most)


def _read_sheet(
    path: Path, book: openpyxl.Workbook, sheet: str | int
) -> tuple[list[str], pa.Table] | Fault:
    titles = [one.title for one in book.worksheets]
    title = sheet if isinstance(sheet, str) else dict(enumerate(titles)).get(sheet)
    if title not in titles:
        numbered = ", ".join(repr(one) for one in titles)
        return Fault(path.name, None, None, f"no sheet {sheet!r}", f"one of {numbered}")
    book[title].reset_dimensions()  # what a file says of its own size may be wrong
    rows = (_trimmed(row) for row in book[title].iter_rows(values_only=True))
    header = next(rows, [])
    if len(header) > COLUMNS:
        return _too_wide(path, 1, len(header))
    names = [("" if cell is None else _cell_text(cell) or "").strip() for cell in header]
    schema = pa.schema({"row": pa.int64(), **{f"c{i}": pa.string() for i in range(len(names))}})
    batches, first = [], 2
    while chunk := list(islice(rows, _BATCH)):
        if first + len(chunk) - 1 > SHEET_ROWS:
            return Fault(path.name, None, None, f"more than {SHEET_ROWS:,} rows", "a sheet")
        beyond = [place for place, row in enumerate(chunk) if len(row) > len(names)]
        if beyond:
            place = beyond[0]
            seen = f"{len(chunk[place]):,} cells"
            return Fault(
                path.name, first + place, None, seen, f"{len(names):,} cells, as row 1 has"
            )
        batches.append(_batch(chunk, first, schema))
        first += len(chunk)
    return names, pa.Table.from_batches(batches, schema).slice(0, _last_row(batches))


def _too_wide(path: Path, row: int, cells: int) -> Fault:
    return Fault(path.name, row, None, f"{cells:,} columns", f"at most {COLUMNS:,}")


def _trimmed(row: Sequence[Any]) -> Sequence[Any]:
    """Return a row without the empty cells at its end, which only have a format."""
    end = len(row)
    while end and row[end - 1] is None:
        end -= 1
    return row[:end]


def _batch(rows: Sequence[Sequence[Any]], first: int, schema: pa.Schema) -> pa.RecordBatch:
    width = len(schema) - 1
    padded = [[*map(_cell_text, row), *[None] * (width - len(row))] for row in rows]
    columns = [list(column) for column in zip(*padded, strict=True)]
    numbers = pa.array(range(first, first + len(rows)), pa.int64())
    texts = [pa.array(column, pa.string()) for column in columns]
    return pa.RecordBatch.from_arrays([numbers, *texts], schema=schema)


def _last_row(batches: Sequence[pa.RecordBatch]) -> int:
    """Return how many rows there are up to the last that holds anything."""
    end = sum(batch.num_rows for batch in batches)
    for batch in reversed(batches):
        for place in range(batch.num_rows - 1, -1, -1):
            if any(column[place].is_valid for column in batch.columns[1:]):
                return end
            end -= 1
    return 0


def _cell_text(cell: object) -> str | None:
    if cell is None:
        return None
    if isinstance(cell, datetime.date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
