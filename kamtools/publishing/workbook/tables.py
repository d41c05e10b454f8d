"""One sheet for a table: title and meaning on top, the header in row 4, then every row."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kamtools.language import marked, tr, tr_n
from kamtools.publishing.definitions import TableDefinition
from kamtools.publishing.records import Record
from kamtools.publishing.workbook.cells import ROOM, column_widths, headings, shown, writer
from kamtools.publishing.workbook.form import (
    DARK,
    GREY,
    LINK,
    Form,
    height,
    one_line,
    row_height,
    set_up_print,
    width,
)

HEADER = 3
"""The header's row, counted from 0: row 4 for a reader."""

MOST_ROWS = 1_048_576 - HEADER - 1
"""Rows of a table that one sheet has room for; the others go on a sheet of their own."""

MOST_COLUMNS = 16_384
FIRST_SHEET = marked("Read me")

_LEAST_ACROSS = 90.0
_MEASURED = 2_000


@dataclass(frozen=True)
class Part:
    """What goes on one sheet: a table or a stretch of its rows, and where it comes from.

    `first` is the number of its first row within the table, from 0.
    """

    sheet: str
    record: Record
    definition: TableDefinition
    first: int = 0
    source: str = ""

    @property
    def rows(self) -> list[list[Any]]:
        """The rows of the table that are on this sheet."""
        return self.record["rows"][self.first : self.first + MOST_ROWS]


def write_table(sheet: Worksheet, form: Form, part: Part, *, footer: str, table: str) -> None:
    """Write one sheet.

    Parameters
    ----------
    footer
        What stands at the foot of each page.
    table
        Name of the table in the workbook, for formulas of the reader's own.
    """
    definition, rows = part.definition, part.rows
    names = headings(definition)
    kept_in = f"tables/{part.record['name']}.csv"
    columns = [[row[i] for row in rows] for i in range(len(names))]
    texts = [
        [shown(value, column) for value in values[:_MEASURED]]
        for values, column in zip(columns, definition.columns, strict=True)
    ]
    widths = column_widths(names, texts)
    for i, (column, values) in enumerate(zip(definition.columns, columns, strict=True)):
        is_wrapped = len(values) > _MEASURED or any(
            "\n" in text or width(text) > widths[i] - ROOM for text in texts[i]
        )
        sheet.set_column(i, i, widths[i])
        write = writer(sheet, form, column, is_wrapped=is_wrapped, kept_in=kept_in)
        for at, value in enumerate(values):
            write(HEADER + 1 + at, i, value, part.first + at)
    sheet.set_row(HEADER, row_height(names, [wide - ROOM for wide in widths]))
    for at, shown_in_row in enumerate(zip(*texts, strict=True)):
        sheet.set_row(HEADER + 1 + at, row_height(shown_in_row, widths))
    _write_header(sheet, form, definition, names, n_rows=len(rows), table=table)
    _write_top(sheet, form, part, widths)
    ids = [column.name for column in definition.columns[:2]]
    sheet.freeze_panes(HEADER + 1, 2 if ids == ["account_id", "name"] else 1)
    sheet.hide_gridlines(2)
    sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{HEADER + 2 + len(rows)}"})
    set_up_print(sheet, footer=footer, header_row=HEADER)


def name_beside_id(record: Record) -> Record:
    """Return a table with an account's name right after its id, where it has both.

    Examples
    --------
    >>> columns = [{"name": name, "kind": "text"} for name in ("account_id", "tier", "name")]
    >>> table = {"name": "t", "columns": columns, "rows": [["A1", "star", "Aster"]]}
    >>> name_beside_id(table)["rows"]
    [['A1', 'Aster', 'star']]
    """
    names = [column["name"] for column in record["columns"]]
    if "account_id" not in names or "name" not in names:
        return record
    others = [i for i, name in enumerate(names) if name not in ("account_id", "name")]
    order = [names.index("account_id"), names.index("name"), *others]
    return {
        "name": record["name"],
        "columns": [record["columns"][i] for i in order],
        "rows": [[row[i] for i in order] for row in record["rows"]],
    }


def _write_header(
    sheet: Worksheet,
    form: Form,
    definition: TableDefinition,
    names: Sequence[str],
    *,
    n_rows: int,
    table: str,
) -> None:
    look = form(
        bold=True, font_color="#FFFFFF", bg_color=DARK, text_wrap=True, align="left", indent=1
    )
    columns = [{"header": name, "header_format": look} for name in names]
    last = HEADER + max(n_rows, 1)  # Excel knows no table without a row.
    options = {"name": table, "columns": columns, "style": "Table Style Light 1"}
    sheet.add_table(HEADER, 0, last, len(names) - 1, options)
    for i, column in enumerate(definition.columns):
        lines = [
            column.meaning,
            tr("Unit: {unit}", unit=column.unit) if column.unit else "",
            column.name,
        ]
        text = "\n".join(one_line(line) for line in lines if line)
        size = {"x_scale": 1.6, "y_scale": max(0.6, height(text, across=36) / 60)}
        sheet.write_comment(HEADER, i, text, {"author": "", "font_size": 9, **size})


def _write_top(sheet: Worksheet, form: Form, part: Part, widths: Sequence[float]) -> None:
    definition = part.definition
    across, last = 0.0, -1
    while across < _LEAST_ACROSS and last < MOST_COLUMNS - 1:
        last += 1
        across += widths[last] if last < len(widths) else 8.43
    told = f"{definition.meaning} {tr('What rests on it:')} {definition.decision}"
    meaning = one_line(told if definition.decision else definition.meaning)
    # Kept free of lines: the title is short, and runs on over empty cells beside it.
    sheet.write_string(0, 0, one_line(definition.title), form(bold=True, font_size=15))
    sheet.set_row(0, 22)
    _write_across(sheet, 1, last, meaning, form(text_wrap=True))
    sheet.set_row(1, height(meaning, across=across))
    small = {"font_color": GREY, "font_size": 9, "text_wrap": True}
    _write_across(sheet, 2, last, one_line(f"{_extent(part)} {part.source}"), form(**small))
    sheet.set_row(2, height(f"{_extent(part)} {part.source}", across=across))
    first, back = tr(FIRST_SHEET), form(font_color=LINK, underline=1, align="right")
    sheet.write_url(0, last, f"internal:'{first}'!A1", back, first)
    sheet.print_area(0, 0, HEADER + max(len(part.rows), 1), max(last, len(widths) - 1))


def _write_across(sheet: Worksheet, row: int, last: int, text: str, look: Format) -> None:
    if last:
        sheet.merge_range(row, 0, row, last, "", look)
    sheet.write_string(row, 0, text, look)


def _extent(part: Part) -> str:
    total, here = len(part.record["rows"]), len(part.rows)
    if here == total:
        return tr_n("{n:,} row.", "{n:,} rows.", n=total) if total else tr("No rows.")
    first = part.first
    return tr("Rows {first:,} to {last:,} of {total:,}.",
              first=first + 1, last=first + here, total=total)  # fmt: skip
