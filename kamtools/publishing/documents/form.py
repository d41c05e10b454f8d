"""The form that all documents (DOCX) of a report share, and that the firm can edit.

A4, page number and name at the foot, tables whose header row repeats on each page, and an
East Asian font named in every style, so that Chinese names show in a Chinese typeface. A
document carries no clock: its date is the one given, those inside its archive are fixed, and
so the same content gives the same bytes.
"""

import datetime
import io
import re
from collections.abc import Iterable, Sequence

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from kamtools.publishing.still_zip import FIRST_MOMENT, without_clock

LATIN_FONT, EAST_ASIAN_FONT = "Calibri", "Microsoft YaHei"
FIRST_DAY = datetime.date(*FIRST_MOMENT[:3])
"""The first day that a zip archive can name; the date of a document without one."""

INK, GREY, RED = (
    RGBColor(0x1F, 0x2D, 0x3D),
    RGBColor(0x5F, 0x6B, 0x78),
    RGBColor(0x9C, 0x2F, 0x2F),
)

_PAGE = (21.0, 29.7)
_MARGIN = 2.0
ROOM = _PAGE[0] - 2 * _MARGIN
"""Centimetres between the margins."""

_ROOM_TO_WRITE = 0.75
_NOT_XML = re.compile("[^\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_RULE, _SHADE = "C5CCD3", "EAF0F4"


def new_document(
    title: str, subtitle: str, *, footer: str, is_chinese: bool = False
) -> DocumentObject:
    """Return a document with its page, styles, title and subtitle.

    Parameters
    ----------
    title, subtitle
        Any text; signs that XML cannot hold are left out.
    footer
        What stands at the foot before the number of the page.
    is_chinese
        Mark the text as written in China, for its punctuation and spelling.
    """
    document = Document()
    _set_page(document, footer)
    _set_styles(document)
    if is_chinese:
        (language,) = document.styles.element.xpath("w:docDefaults//w:lang")
        language.set(qn("w:eastAsia"), "zh-CN")
    document.add_paragraph(clean(title), style="Title")
    document.add_paragraph(clean(subtitle), style="Subtitle")
    return document


def add_run(
    paragraph: Paragraph,
    text: str,
    *,
    color: RGBColor | None = None,
    bold: bool = False,
    size: float | None = None,
) -> None:
    """Add text to a paragraph, in one look."""
    run = paragraph.add_run(clean(text))
    run.bold = bold or None
    if color is not None:
        run.font.color.rgb = color
    if size is not None:
        run.font.size = Pt(size)


def add_table(
    document: DocumentObject,
    headings: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    widths: Sequence[float],
) -> None:
    """Add a table whose last column, small and grey, says where each row comes from.

    Parameters
    ----------
    widths
        Centimetres of each column but the last, which takes what is left of the page.
    """
    table = document.add_table(rows=1, cols=len(headings), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    _set_borders(table)
    for cell, heading in zip(table.rows[0].cells, headings, strict=True):
        add_run(_paragraph(cell), heading, bold=True)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        _shade(cell)
    _mark(table.rows[0], "w:tblHeader")
    for values in rows:
        row = table.add_row()
        row.height = None if all(values) else Cm(_ROOM_TO_WRITE)
        cells = row.cells
        for cell, value in zip(cells[:-1], values[:-1], strict=True):
            add_run(_paragraph(cell), value)
        add_run(_paragraph(cells[-1]), values[-1], color=GREY, size=8)
    all_widths = [*widths, ROOM - sum(widths)]
    for row in table.rows:
        _mark(row, "w:cantSplit")
        for cell, width in zip(row.cells, all_widths, strict=True):
            cell.width = Cm(width)
    for column, width in zip(table.columns, all_widths, strict=True):
        column.width = Cm(width)


def to_bytes(
    document: DocumentObject,
    *,
    title: str,
    subject: str,
    author: str,
    dated: datetime.date | None,
) -> bytes:
    """Return the document as a file, with the date that it carries.

    Parameters
    ----------
    dated
        None: `FIRST_DAY`.
    """
    day = dated or FIRST_DAY
    moment = datetime.datetime(day.year, day.month, day.day)
    about = document.core_properties
    about.title, about.subject = clean(title), clean(subject)
    about.author = about.last_modified_by = clean(author)
    about.created = about.modified = moment
    about.comments = about.keywords = about.category = ""
    about.revision = 1
    _drop_thumbnail(document)
    written = io.BytesIO()
    document.save(written)
    return without_clock(written.getvalue())


def clean(text: str) -> str:
    """Return a text on one line, without signs that XML cannot hold."""
    return re.sub(r"\s+", " ", _NOT_XML.sub(" ", text))


def _paragraph(cell: _Cell) -> Paragraph:
    paragraph = cell.paragraphs[0]
    paragraph._p.style = "TableText"  # by its id: the name is looked up in all styles each time
    return paragraph


def _set_page(document: DocumentObject, footer: str) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(_PAGE[0]), Cm(_PAGE[1])
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Cm(_MARGIN)
    foot = page.footer.paragraphs[0]
    foot.add_run(clean(footer))
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    foot._p.append(field)
    number = OxmlElement("w:r")
    number.append(OxmlElement("w:t"))
    number[0].text = "1"
    field.append(number)


def _set_styles(document: DocumentObject) -> None:
    styles = document.styles
    table_text = styles.add_style("Table Text", 1)
    table_text.base_style = styles["Normal"]
    sizes = {"Normal": 10.5, "Title": 22, "Subtitle": 11, "Heading 1": 14, "Body Text": 10.5,
             "List Bullet": 10, "Footer": 8.5, "Table Text": 9.5}  # fmt: skip
    spaces = {"Title": (0, 2), "Subtitle": (0, 8), "Heading 1": (14, 4), "Body Text": (0, 4),
              "List Bullet": (2, 0), "Table Text": (1.5, 1.5)}  # fmt: skip
    for name, size in sizes.items():
        style = styles[name]
        _set_fonts(style)
        style.font.size, style.font.italic = Pt(size), False
        style.font.color.rgb = GREY if name in ("Subtitle", "Footer") else INK
        before, after = spaces.get(name, (0, 4))
        style.paragraph_format.space_before = Pt(before)
        style.paragraph_format.space_after = Pt(after)
    for element in (*styles["Title"].element.iter(qn("w:pBdr")),
                    *styles["Subtitle"].element.rPr.iter(qn("w:spacing"))):  # fmt: skip
        element.getparent().remove(element)


def _set_fonts(style: ParagraphStyle) -> None:
    """Name both fonts in a style; the theme's would win over them, so it goes."""
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), LATIN_FONT)
    fonts.set(qn("w:eastAsia"), EAST_ASIAN_FONT)


def _set_borders(table: Table) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        line.set(qn("w:val"), "single" if side in ("top", "bottom", "insideH") else "nil")
        line.set(qn("w:sz"), "4")
        line.set(qn("w:color"), _RULE)
        borders.append(line)
    table._tbl.tblPr.append(borders)


def _shade(cell: _Cell) -> None:
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), _SHADE)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark(row: _Row, what: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(what))


def _drop_thumbnail(document: DocumentObject) -> None:
    """Take out the picture of an empty page that the library's own template brings."""
    relations = document.part.package.rels
    for key in [key for key, one in relations.items() if one.reltype.endswith("/thumbnail")]:
        relations.pop(key)
