"""What a value of a table becomes in a cell of a workbook, and how wide that is.

Text is always written as text, whatever it begins with: no cell of a workbook is a formula,
and none becomes a link by itself. Dates are dates, flags are yes or no, numbers stay whole.
"""

import datetime
import math
import re
from collections.abc import Callable, Sequence

from xlsxwriter.worksheet import Worksheet

from kamtools.language import marked, tr
from kamtools.publishing.definitions import ColumnDefinition, TableDefinition
from kamtools.publishing.shown import value_of
from kamtools.publishing.workbook.form import (
    NUMBER_FORMATS,
    Form,
    one_line,
    width,
    within_cell,
)

Cell = str | int | float | bool | None
"""What a kept table holds."""

ROOM = 3
"""Signs of a column's width that its cells leave free."""

WIDEST = (60, 45, 36, 28)
"""Of a column, in signs: the first that brings the table on a page, else the last."""

_ON_A_PAGE = 170.0
_BUTTON = 4
_WHOLE = 2**53
_FIRST_DATE = datetime.date(1900, 3, 1)
_FLAGS = {"True": marked("yes"), "False": marked("no")}
_PLAIN_UNITS = ("text", "flag", "date", "share", "count", "rank", "level", "mixed")


def headings(definition: TableDefinition) -> list[str]:
    """Return the heading of each column with its unit where it needs one, each unique.

    Examples
    --------
    >>> from kamtools.publishing.definitions import describe
    >>> headings(describe("exposure", currency="EUR"))[:4]
    ['Account', 'Name', 'Sales (EUR a year)', 'Share of sales']
    """
    found: list[str] = []
    for column in definition.columns:
        unit = "" if column.kind in _PLAIN_UNITS else _unit_beside(column.heading, column.unit)
        plain = one_line(f"{column.heading} ({unit})" if unit else column.heading)[:240]
        plain = plain or tr("Column")
        name, number = plain, 1
        while name.casefold() in {one.casefold() for one in found}:
            number += 1
            name = f"{plain} {number}"
        found.append(name)
    return found


def writer(
    sheet: Worksheet, form: Form, column: ColumnDefinition, *, is_wrapped: bool, kept_in: str
) -> Callable[[int, int, Cell, int], object]:
    """Return what writes a value of a column into a cell, as what it is.

    Parameters
    ----------
    is_wrapped
        Whether text goes over several lines.
    kept_in
        File that holds the whole of a text that is longer than a cell.

    Returns
    -------
    function of row and column of the sheet, the value, and the row's number in the table
        Nothing is written for a missing value.
    """
    beside = {"align": "left", "indent": 1}  # from the number before it
    of_text = form(text_wrap=True, **beside) if is_wrapped else form(**beside)
    of_number = form(num_format=NUMBER_FORMATS.get(column.kind, "General"))
    of_date = form(num_format=NUMBER_FORMATS["date"], align="left", indent=1)

    def write(row: int, at: int, value: Cell, number: int) -> object:
        if isinstance(value, bool) or (column.kind == "flag" and str(value) in _FLAGS):
            return sheet.write_string(row, at, tr(_FLAGS[str(value)]), of_text)
        if isinstance(value, int | float) and abs(value) <= _WHOLE:
            return sheet.write_number(row, at, value, of_number)
        day = as_date(value) if column.kind == "date" else None
        if day is not None:
            return sheet.write_datetime(row, at, day, of_date)
        if value is None or (isinstance(value, float) and math.isnan(value)):
            return None
        rest = tr("{file}, row {row}", file=kept_in, row=number + 2)
        return sheet.write_string(
            row, at, within_cell(value_of(column.name, str(value)), rest=rest), of_text
        )

    return write


def as_date(value: object) -> datetime.date | None:
    """Return a day as a date, if it is one that every spreadsheet counts alike.

    Examples
    --------
    >>> as_date("2024-12-31"), as_date("1850-01-01"), as_date("2022-09")
    (datetime.date(2024, 12, 31), None, None)
    """
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return None
    try:
        day = datetime.date.fromisoformat(value)
    except ValueError:
        return None
    return day if day >= _FIRST_DATE else None


def shown(value: Cell, column: ColumnDefinition) -> str:
    """Return about what a cell shows, to measure it."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value_of(column.name, str(value))
    pattern = NUMBER_FORMATS.get(column.kind, "General")
    decimals = len(pattern.partition(".")[2].rstrip("%"))
    if pattern == "General":
        return f"{value:.10g}"
    told = 100 * value if pattern.endswith("%") else value
    return f"{told:,.{decimals}f}{'%' * pattern.endswith('%')}"


def _unit_beside(heading: str, unit: str) -> str:
    """Return what a heading does not say of its unit: of "Hours (hours a year)" the last words."""
    first, _, rest = unit.partition(" ")
    return rest if first.casefold() in heading.casefold().split() else unit


def column_widths(headings: Sequence[str], texts: Sequence[Sequence[str]]) -> list[float]:
    """Return widths that hold the values, and the headings on a few lines.

    Long text is wrapped; where a table has much of it, earlier, so that a page that holds
    the whole width can still be read.

    Parameters
    ----------
    texts
        Of each column, what its cells show.

    Examples
    --------
    >>> column_widths(["Share of sales", "Reason"], [["11.2%"], ["word " * 40]])
    [11.0, 63.0]
    """
    natural = [
        (_heading_width(heading), max(map(width, of_column), default=0) + ROOM)
        for heading, of_column in zip(headings, texts, strict=True)
    ]
    for most in WIDEST:
        widths = [float(max(head, min(value, most + ROOM))) for head, value in natural]
        if sum(widths) <= _ON_A_PAGE:
            break
    return widths


def _heading_width(heading: str) -> int:
    longest_word = max(map(width, heading.split(" ")))
    two_lines = math.ceil(width(heading) / 2)
    return min(max(longest_word, two_lines, 5) + _BUTTON, WIDEST[0])
