"""Kept tables and decisions as HTML: whatever is in them comes out as text."""

import re
from html import escape
from typing import Any

from kamtools.language import tr
from kamtools.publishing.records import Column, Record
from kamtools.publishing.shown import headings_of, value_of

ROWS_SHOWN = 30
LONG = 45
"""Signs above which a text is a sentence to read, not a name."""

_LONG = ' class="long"'


def paragraphs_html(text: str) -> str:
    r"""Return sentences as HTML paragraphs, parted where a line is blank, all signs as text.

    Examples
    --------
    >>> paragraphs_html("Moor & Sons <Wholesale>.\n\nNobody else.")
    '<p>Moor &amp; Sons &lt;Wholesale&gt;.</p><p>Nobody else.</p>'
    """
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "".join(f"<p>{escape(paragraph)}</p>" for paragraph in paragraphs)


def decision_html(text: str) -> str:
    """Return a decision as HTML paragraphs, its own signs as text.

    Examples
    --------
    >>> decision_html("Choose <b>A</b>.")
    '<div class="decision"><p>Choose &lt;b&gt;A&lt;/b&gt;.</p></div>'
    """
    return f'<div class="decision">{paragraphs_html(text)}</div>'


def to_html(record: Record, *, rows: int = ROWS_SHOWN) -> str:
    """Return a kept table as HTML: everything in it as text, numbers made readable.

    A table with a column of sentences is `wordy`: a narrow page shows each of its rows as
    a card, for which each cell carries its heading.
    """
    shown = record["rows"][:rows]
    columns = [
        _column_html(column, heading, [row[i] for row in shown])
        for i, (column, heading) in enumerate(
            zip(record["columns"], headings_of(record), strict=True)
        )
    ]
    head, *lines = (f"<tr>{''.join(row)}</tr>" for row in zip(*columns, strict=True))
    kind = "kept wordy" if _LONG in head else "kept"
    opening = f'<table class="{kind}">\n<thead>{head}</thead>\n<tbody>'
    return "\n".join([opening, *lines, "</tbody>\n</table>", *_rest(record, len(shown))])


def _rest(record: Record, shown: int) -> list[str]:
    total = len(record["rows"])
    if not total:
        return [f'<p class="note">{tr("No rows.")}</p>']
    if shown == total:
        return []
    said = tr(
        "{shown} of {total:,} rows; all of them are in {file} of the report.",
        shown=shown, total=total, file=f"tables/{record['name']}.csv",
    )  # fmt: skip
    return [f'<p class="note">{said}</p>']


def _column_html(column: Column, heading: str, values: list[Any]) -> list[str]:
    """Return the heading and the cells of a column."""
    label = escape(heading)
    texts = _formatted(column, values)
    place = ' class="number"'
    if column["kind"] != "number":
        # JupyterLab puts every cell of a table to the right; words read better on the left.
        is_long = max(map(len, texts), default=0) > LONG
        place = (_LONG if is_long else "") + ' style="text-align:left"'
    opening = f'<td data-label="{label}"{place}>'
    return [
        f'<th scope="col"{place}>{label}</th>',
        *(f"{opening}{escape(text)}</td>" for text in texts),
    ]


def _formatted(column: Column, values: list[Any]) -> list[str]:
    known = [value for value in values if value is not None]
    if column["kind"] == "flag":
        words = {True: tr("yes"), False: tr("no")}
    elif column["kind"] == "number":
        pattern = _pattern(column["name"], known)
        words = {value: _in_print(pattern.format(value)) for value in known}
    else:
        words = {value: value_of(column["name"], str(value)) for value in known}
    return ["–" if value is None else words[value] for value in values]


def _in_print(number: str) -> str:
    return number.replace("-", "\N{MINUS SIGN}").replace("%", "\N{NO-BREAK SPACE}%")


def _pattern(name: str, values: list[float]) -> str:
    parts = name.split("_")
    if parts[-1] in ("share", "rate", "growth") or parts[0] == "share":
        return "{:.1%}"
    if parts[-1] in ("id", "rank", "year"):
        return "{:.0f}"
    if all(float(value).is_integer() for value in values):
        return "{:,.0f}"
    sizes = [abs(value) for value in values if value]
    largest, smallest = max(sizes), min(sizes)
    decimals = 0 if largest >= 1000 else 1 if largest >= 10 else 2 if largest >= 1 else 3
    if decimals and smallest < 1:  # a share beside large numbers is not rounded away
        decimals = max(decimals, 2 if smallest >= 0.01 else 3)
    return f"{{:,.{decimals}f}}"
