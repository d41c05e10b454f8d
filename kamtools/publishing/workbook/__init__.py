"""The workbook (XLSX) of a report: a first sheet to read, one sheet a table, all definitions.

It is made from a report that stands, so its numbers are those that the notebooks kept. The
same report gives the same bytes.

References
----------
.. [1] OWASP, "CSV Injection", owasp.org/www-community/attacks/CSV_Injection: why no text of
   an input may become a formula.
"""

import csv
import datetime
import io
import re
from collections.abc import Sequence

from xlsxwriter import Workbook

from kamtools.errors import InputError
from kamtools.language import tr, using
from kamtools.publishing.definitions import NO_CURRENCY, describe, describe_record
from kamtools.publishing.records import Column, Kind, Record, kept_tables
from kamtools.publishing.safe_csv import neutralise
from kamtools.publishing.standing_report import StandingReport
from kamtools.publishing.workbook.cells import Cell, headings
from kamtools.publishing.workbook.first import write_first
from kamtools.publishing.workbook.form import Form, one_line, sheet_names
from kamtools.publishing.workbook.tables import (
    FIRST_SHEET,
    MOST_COLUMNS,
    MOST_ROWS,
    Part,
    name_beside_id,
    write_table,
)

FIRST_DAY = datetime.datetime(1980, 1, 1)
"""The date of a workbook of a case, which has none of its own."""

MOST_SET_ASIDE = 5_000
"""Lines set aside that the workbook shows; of more it says where they are."""

_OF_REPORT = ("quality", "set_aside", "sources")
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def workbook(report: StandingReport) -> bytes:
    """Return the workbook of a report as a file.

    Parameters
    ----------
    report
        From `standing_report.read_report`. Text of any kind in it stays text; what is larger
        than a sheet or a cell is split or cut, and says so.

    Raises
    ------
    InputError
        If a table that the report wrote itself can no longer be read.
    """
    with using(report.setting.language):
        return _workbook(report)


def _workbook(report: StandingReport) -> bytes:
    currency = report.record.get("engagement", {}).get("currency", NO_CURRENCY)
    records, notes = _records(report)
    parts = _parts(records, currency)
    written = io.BytesIO()
    book = Workbook(written, _OPTIONS)
    form = Form(book)
    name = report.setting.name
    title = one_line(tr("{firm}: tables of the report", firm=name))
    book.set_properties({"title": title, "author": "",
                         "comments": tr("Made by kamtools."),
                         "created": _created(report)})  # fmt: skip
    first = book.add_worksheet(tr(FIRST_SHEET))
    write_first(first, form, report, parts, notes)
    for number, part in enumerate(parts, start=1):
        sheet = book.add_worksheet(part.sheet)
        is_whole = part.first == 0 and re.fullmatch(r"[a-z][a-z0-9_]{0,99}", part.record["name"])
        table = f"table_{part.record['name']}" if is_whole else f"sheet_{number}"
        write_table(sheet, form, part, footer=name, table=table)
    book.close()
    return written.getvalue()


def _records(report: StandingReport) -> tuple[list[tuple[Record, str]], list[str]]:
    """Return all tables with what is said of their source, and what is not among them."""
    kept = {
        record["name"]: (name_beside_id(record), tr("Kept by the notebook {name}.", name=name))
        for name, notebook in report.notebooks.items()
        for record in kept_tables(notebook)
    }
    notes = []
    rows = {one["file"]: one["rows"] for one in report.record.get("tables", ())}
    for name in _OF_REPORT:
        file = f"{name}.csv"
        if name in kept or file not in rows:
            continue
        if name == "set_aside" and rows[file] > MOST_SET_ASIDE:
            notes.append(
                tr("{n:,} lines set aside, each with its reason: {file}.",
                   n=rows[file], file=f"tables/{file}")
            )  # fmt: skip
            continue
        path = report.folder / "tables" / file
        if path.is_file():
            text = path.read_text(encoding="utf-8-sig")
            kept[name] = (_record_of_csv(name, text), tr("Made by the report itself."))
        else:
            notes.append(
                tr("{file}: it is no longer in the report's folder.", file=f"tables/{file}")
            )
    for name, (record, _) in list(kept.items()):
        if len(record["columns"]) > MOST_COLUMNS:
            del kept[name]
            n = len(record["columns"])
            notes.append(
                tr("{file}: its {n:,} columns are more than a sheet has.",
                   file=f"tables/{name}.csv", n=n)
            )  # fmt: skip
    return list(kept.values()), notes


def _parts(records: Sequence[tuple[Record, str]], currency: str) -> list[Part]:
    """Return all sheets: the tables, split where they are too long, and the definitions."""
    stretches = [
        (record, describe_record(record, currency=currency), first, source)
        for record, source in records
        for first in range(0, max(len(record["rows"]), 1), MOST_ROWS)
    ]
    titles = [definition.title for _, definition, _, _ in stretches]
    last = describe("definitions")
    _, *names, of_definitions = sheet_names([tr(FIRST_SHEET), *titles, last.title])
    parts = [
        Part(name, record, definition, first, source)
        for name, (record, definition, first, source) in zip(names, stretches, strict=True)
    ]
    return [*parts, Part(of_definitions, _definitions(parts), last)]


def _definitions(parts: Sequence[Part]) -> Record:
    """Return the definition of every column on every sheet as a table."""
    columns: list[Column] = [
        {"name": column.name, "kind": "text"} for column in describe("definitions").columns
    ]
    rows = [
        [part.sheet, heading, column.unit, column.meaning, part.record["name"], column.name]
        for part in parts
        if part.first == 0
        for heading, column in zip(headings(part.definition), part.definition.columns, strict=True)
    ]
    return {"name": "definitions", "columns": columns, "rows": rows}


def _record_of_csv(name: str, text: str) -> Record:
    """Return a table that the report wrote itself, numbers where its definition has them."""
    header, *lines = list(csv.reader(io.StringIO(text, newline=""))) or [[name]]
    if any(len(line) != len(header) for line in lines):
        raise InputError(
            f"tables/{name}.csv: expected as many cells in every line as in its header"
        )
    kinds = {column.name: column.kind for column in describe(name).columns}
    header = [_as_it_was(cell) for cell in header]
    of_column: list[Kind] = ["text" if kinds.get(c, "text") == "text" else "number" for c in header]
    rows = [
        [_cell(cell, kind) for cell, kind in zip(line, of_column, strict=True)] for line in lines
    ]
    columns: list[Column] = [
        {"name": column, "kind": kind} for column, kind in zip(header, of_column, strict=True)
    ]
    return {"name": name, "columns": columns, "rows": rows}


def _cell(cell: str, kind: Kind) -> Cell:
    if cell == "":
        return None
    return int(cell) if kind == "number" and cell.isdecimal() else _as_it_was(cell)


def _as_it_was(text: str) -> str:
    """Take off the apostrophe that keeps a CSV file harmless: a cell of text needs none."""
    return text[1:] if text.startswith("'") and neutralise(text[1:]) == text else text


def _created(report: StandingReport) -> datetime.datetime:
    as_of = report.record.get("engagement", {}).get("as_of")
    return datetime.datetime.fromisoformat(as_of) if as_of else FIRST_DAY
