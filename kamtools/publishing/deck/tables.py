"""Tables on a slide: real ones, to be edited, whose rows and texts fit their room."""

from collections.abc import Sequence
from dataclasses import dataclass

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.table import _Cell
from pptx.util import Pt

from kamtools.plots import style
from kamtools.publishing.deck.master import colour
from kamtools.publishing.deck.parts import Column, Grid
from kamtools.publishing.deck.text import BOLD, fit, fit_sentences, text_height
from kamtools.publishing.deck.values import written
from kamtools.publishing.shown import value_of

SIZES = (13.0, 12.0, 11.0, 10.0)
READABLE = 12.0
_PAD_X, _PAD_Y = 4.0, 2.4
_HEADING_LESS = 1.0
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"


@dataclass(frozen=True)
class Box:
    """A rectangle on a slide, in points."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Fitted:
    """The rows of a table that fit, as text; how many did not, and the texts that were cut."""

    rows: tuple[tuple[str, ...], ...]
    heights: tuple[float, ...]
    widths: tuple[float, ...]
    size: float
    left_out: int
    cut: tuple[str, ...]


def fit_grid(grid: Grid, box: Box) -> Fitted:
    """Return what of a table fits into a box; the first of the heights is the headings'.

    Letters are as large as leaves room for all rows. Where no size does, they stay readable,
    and the rows that remain are counted.
    """
    tried = [_fit_at(grid, box, size) for size in SIZES]
    whole = [fitted for fitted in tried if fitted.left_out == grid.left_out]
    large = [fitted for fitted in whole if fitted.size >= READABLE]
    if large:
        return min(large, key=lambda fitted: len(fitted.cut))
    return whole[0] if whole else next(f for f in tried if f.size == READABLE)


def _fit_at(grid: Grid, box: Box, size: float) -> Fitted:
    parts = sum(column.width for column in grid.columns)
    widths = tuple(box.width * column.width / parts for column in grid.columns)
    headings = [column.heading for column in grid.columns]
    heights = [_height(headings, widths, (size - _HEADING_LESS) * BOLD)]
    rows: list[tuple[str, ...]] = []
    cut: list[str] = []
    for values in grid.table[[column.name for column in grid.columns]].itertuples(index=False):
        texts = [
            _shown(value, column, width - 2 * _PAD_X, size, grid.lines)
            for value, column, width in zip(values, grid.columns, widths, strict=True)
        ]
        height = _height(texts, widths, size)
        if sum(heights) + height > box.height:
            break
        rows.append(tuple(texts))
        heights.append(height)
        whole = [_said(v, column) for v, column in zip(values, grid.columns, strict=True)]
        cut += [w for w, text in zip(whole, texts, strict=True) if w != text]
    left_out = grid.left_out + len(grid.table) - len(rows)
    return Fitted(tuple(rows), tuple(heights), widths, size, left_out, tuple(cut))


def _shown(value: object, column: Column, room: float, size: float, lines: int) -> str:
    if column.form == "sentences":
        return fit_sentences(value, room, size, lines=lines)  # type: ignore[arg-type]
    return fit(_said(value, column), room, size, lines=lines)


def _said(value: object, column: Column) -> str:
    return value_of(column.name, written(value, column.form))


def add_grid(slide: Slide, grid: Grid, fitted: Fitted, box: Box, *, alt: str) -> None:
    """Add a table to a slide, with what was fitted to the box."""
    frame = slide.shapes.add_table(
        1 + len(fitted.rows),
        len(grid.columns),
        Pt(box.left),
        Pt(box.top),
        Pt(box.width),
        Pt(sum(fitted.heights)),
    )
    frame._element.nvGraphicFramePr.cNvPr.set("descr", alt)
    table = frame.table
    frame._element.graphic.graphicData.tbl.tblPr.find(qn("a:tableStyleId")).text = _NO_STYLE
    table.horz_banding = False
    for column, width in zip(table.columns, fitted.widths, strict=True):
        column.width = Pt(width)
    headings = tuple(column.heading for column in grid.columns)
    for r, (values, height) in enumerate(
        zip((headings, *fitted.rows), fitted.heights, strict=True)
    ):
        table.rows[r].height = Pt(height)
        for c, (text, column) in enumerate(zip(values, grid.columns, strict=True)):
            size = fitted.size - (_HEADING_LESS if r == 0 else 0)
            is_text = column.form in ("text", "sentences")
            _write(table.cell(r, c), text, size, is_heading=r == 0, is_number=not is_text)


def _write(cell: _Cell, text: str, size: float, *, is_heading: bool, is_number: bool) -> None:
    cell.margin_left = cell.margin_right = Pt(_PAD_X)
    cell.margin_top = cell.margin_bottom = Pt(_PAD_Y)
    cell.vertical_anchor = MSO_ANCHOR.BOTTOM if is_heading else MSO_ANCHOR.TOP
    paragraph = cell.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(size)
    run.font.bold = is_heading
    run.font.color.rgb = colour(style.GREY if is_heading else style.INK)
    _underline(cell, style.INK if is_heading else style.PALE, 1.0 if is_heading else 0.5)


def _underline(cell: _Cell, code: str, points: float) -> None:
    properties = cell._tc.get_or_add_tcPr()
    line = parse_xml(
        f'<a:lnB {nsdecls("a")} w="{int(points * 12700)}"><a:solidFill>'
        f'<a:srgbClr val="{colour(code)}"/></a:solidFill></a:lnB>'
    )
    properties.append(line)


def _height(texts: Sequence[str], widths: Sequence[float], size: float) -> float:
    needed = (
        text_height(text, width - 2 * _PAD_X, size)
        for text, width in zip(texts, widths, strict=True)
    )
    return max(needed, default=0.0) + 2 * _PAD_Y
