"""The form that all sheets of a workbook share: formats, widths, names, what a cell can hold."""

import re
import unicodedata
from collections.abc import Iterable

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from kamtools.publishing.definitions import ColumnKind

FONT = "Arial"
INK, GREY, RULE, SHADE, DARK, LINK = (
    "#1F2D3D", "#5F6B78", "#C5CCD3", "#EAF0F4", "#2B4A66", "#1F5F8B"
)  # fmt: skip

MOST_SIGNS = 32_767
"""In a cell, as UTF-16 counts them."""

NUMBER_FORMATS: dict[ColumnKind, str] = {
    "date": "yyyy-mm-dd",
    "money": "#,##0",
    "money_small": "#,##0.00",
    "millions": "#,##0.0",
    "share": "0.0%",
    "count": "#,##0",
    "rank": "0",
    "hours": "#,##0",
    "months": "0.0",
    "days": "#,##0",
    "level": "0.0",
    "score": "0.000",
    "number": "#,##0.00",
    "mixed": "General",
}
"""How a value of each kind is shown; the value itself stays whole."""

_LINE = 15.0
_SIGNS_IN_A_UNIT = 1.2
_HIGHEST = 409.0
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_NOT_XML = re.compile("[\ud800-\udfff\ufffe\uffff]")


class Form:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Format] = {}

    def __call__(self, **properties: object) -> Format:
        """Return the format with these properties of XlsxWriter beside the usual ones."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            usual = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "top"}
            self._made[key] = self._book.add_format(usual | properties)
        return self._made[key]


def clean(text: str) -> str:
    """Return a text without what no XML can hold; line breaks are line feeds."""
    return _NOT_XML.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    r"""Return a text on one line.

    Examples
    --------
    >>> one_line(" a\n b ")
    'a b'
    """
    return re.sub(r"\s+", " ", clean(text)).strip()


def signs(text: str) -> int:
    """Return how many signs a spreadsheet counts in a text.

    Examples
    --------
    >>> signs("林"), signs("🍵")
    (1, 2)
    """
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def within_cell(text: str, *, rest: str) -> str:
    """Return a text that fits a cell: one that is longer is cut, and says where the rest is.

    Parameters
    ----------
    rest
        Where the whole of it stands.
    """
    text = clean(text)
    if signs(text) <= MOST_SIGNS:
        return text
    note = f" … [cut: {len(text):,} signs; the whole text is in {rest}]"
    room = MOST_SIGNS - signs(note)
    kept = text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")
    return kept + note


def width(text: str) -> int:
    r"""Return how wide the widest line of a text is, in Latin signs: a Chinese one counts two.

    Examples
    --------
    >>> width("tea"), width("青禾超市"), width("a\nlonger")
    (3, 8, 6)
    """
    return max(map(_line_width, text.split("\n")))


def height(text: str, *, across: float) -> float:
    """Return the points that a wrapped text needs in a cell so many signs wide."""
    room = max(across * _SIGNS_IN_A_UNIT, 1.0)
    lines = sum(1 + int(_line_width(line) // room) for line in text.split("\n"))
    return min(_LINE * lines, _HIGHEST)


def row_height(texts: Iterable[str], widths: Iterable[float]) -> float | None:
    """Return the points that a row of wrapped texts needs; None where one line will do.

    Programs measure rows themselves when they open a workbook, but not all of them do.

    Examples
    --------
    >>> row_height(["tea", "word " * 20], [20, 30])
    45.0
    >>> row_height(["tea"], [20])
    """
    pairs = zip(texts, widths, strict=False)
    wanted = max((height(text, across=across) for text, across in pairs), default=_LINE)
    return wanted if wanted > _LINE else None


def sheet_names(titles: Iterable[str]) -> list[str]:
    """Return a name for each sheet: allowed, at most 31 signs, unique ignoring case.

    Examples
    --------
    >>> sheet_names(["Sales / Margin", "Gates", "gates", "'tis", "History"])
    ['Sales   Margin', 'Gates', 'gates 2', 'tis', 'History 2']
    """
    taken = {"history"}  # Excel keeps this name to itself.
    names = []
    for title in titles:
        plain = _NOT_IN_SHEETS.sub(" ", clean(title)).strip(" '") or "Sheet"
        name, number = _cut(plain, 31), 1
        while name.casefold() in taken:
            number += 1
            name = f"{_cut(plain, 31 - len(f' {number}'))} {number}"
        taken.add(name.casefold())
        names.append(name)
    return names


def set_up_print(sheet: Worksheet, *, footer: str, header_row: int | None) -> None:
    """Set a sheet to A4, landscape, as wide as a page, its header on each page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    plain = _cut(one_line(footer), 60).replace("&", "&&")
    sheet.set_footer(f"&L&8{plain}&C&8&A&R&8&P / &N")
    if header_row is not None:
        sheet.repeat_rows(header_row)


def _cut(text: str, most: int) -> str:
    while signs(text) > most:
        text = text[:-1]
    return text.strip(" '")


def _line_width(line: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in line)
