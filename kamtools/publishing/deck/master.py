"""The master that all decks share: 16:9, our colours and fonts, the firm's name and a number.

Made in code from python-pptx's empty presentation, of which nothing but the skeleton is kept.
Sizes are in points; a slide is 960 by 540.
"""

import copy
import datetime
import io

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.opc.oxml import serialize_part_xml
from pptx.opc.package import Part
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.oxml.xmlchemy import BaseOxmlElement, OxmlElement
from pptx.presentation import Presentation as PresentationObject
from pptx.shapes.base import BaseShape
from pptx.slide import Slide, SlideLayout
from pptx.util import Pt

from kamtools.plots import style
from kamtools.plots.contrast import letters
from kamtools.publishing.deck.text import EAST_ASIAN_FONT, LATIN_FONT
from kamtools.publishing.still_zip import without_clock

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 42.0
ROOM = WIDTH - 2 * MARGIN
TITLE_TOP, TITLE_HEIGHT, TITLE_SIZE = 26.0, 66.0, 24.0
TOP, BOTTOM = 108.0, 496.0
"""Between these a slide has its tables and charts."""

_FOOT_TOP, _FOOT_HEIGHT, _FOOT_SIZE = 510.0, 18.0, 10.0
_KEPT_LAYOUTS = ("Title Slide", "Title Only")
_ACCENTS = (style.BLUE, style.ORANGE, style.GREEN, style.PURPLE, style.SKY, style.VERMILLION)
_NO_PROPERTIES = b"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>"""


def colour(code: str) -> RGBColor:
    """Return a colour of `plots.style` as python-pptx has it.

    Examples
    --------
    >>> str(colour("#0072B2"))
    '0072B2'
    """
    return RGBColor.from_string(code.lstrip("#").upper())


def new_deck(footer: str) -> PresentationObject:
    """Return a deck without slides whose layouts are "Title Slide" and "Title Only".

    Parameters
    ----------
    footer
        What stands at the foot of each slide, beside its number.
    """
    deck = Presentation()
    deck.slide_width, deck.slide_height = Pt(WIDTH), Pt(HEIGHT)
    deck.element.find(qn("p:sldSz")).attrib.pop("type")
    _drop_leftovers(deck)
    _set_theme(deck.slide_master.part.part_related_by(RT.THEME))
    _set_master(deck)
    for layout in list(deck.slide_layouts):
        if layout.name in _KEPT_LAYOUTS:
            _set_layout(layout, footer)
        else:
            deck.slide_layouts.remove(layout)
    return deck


def add_slide(deck: PresentationObject, layout: str) -> Slide:
    """Return a new slide with its foot: the layout's footer and slide number."""
    chosen = deck.slide_layouts.get_by_name(layout)
    slide = deck.slides.add_slide(chosen)
    for shape in chosen.placeholders:
        if shape.placeholder_format.type in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            copied = copy.deepcopy(shape._element)
            copied.nvSpPr.cNvPr.set("id", str(max(s.shape_id for s in slide.shapes) + 1))
            slide.shapes._spTree.append(copied)
    return slide


def to_bytes(deck: PresentationObject, *, title: str, firm: str, dated: datetime.date) -> bytes:
    """Return the deck as a file whose only date is the one given, and with no name of a user."""
    moment = datetime.datetime(dated.year, dated.month, dated.day)
    about = deck.core_properties
    about.title, about.author, about.last_modified_by = title, firm, firm
    about.created = about.modified = moment
    about.subject = about.comments = about.keywords = about.category = ""
    about.revision = 1
    written = io.BytesIO()
    deck.save(written)
    return without_clock(written.getvalue())


def set_fonts(element: BaseOxmlElement, *, language: str) -> None:
    """Name both fonts, and the language, in all runs of text in an element."""
    for run in [*element.iter(qn("a:r")), *element.iter(qn("a:fld"))]:
        run.get_or_add_rPr()
    for tag in ("a:rPr", "a:defRPr", "a:endParaRPr"):
        for run in element.iter(qn(tag)):
            for font in ("a:latin", "a:ea", "a:cs"):
                for old in run.findall(qn(font)):
                    run.remove(old)
            for font, face in (("a:latin", LATIN_FONT), ("a:ea", EAST_ASIAN_FONT)):
                _add(run, font, typeface=face)
            run.set("lang", language)


def _drop_leftovers(deck: PresentationObject) -> None:
    """Take out the thumbnail, the printer's settings and the word count of another deck."""
    for relations in (deck.part.package._rels, deck.part.rels):
        for key in [
            key
            for key, one in relations.items()
            if one.reltype.endswith(("/thumbnail", "/printerSettings"))
        ]:
            relations.pop(key)
    deck.part.package.part_related_by(RT.EXTENDED_PROPERTIES)._blob = _NO_PROPERTIES


def _set_theme(theme: Part) -> None:
    """Write our colours and fonts into the theme."""
    tree = parse_xml(theme.blob)
    tree.set("name", "kamtools")
    colours = {"dk1": style.INK, "lt1": "#FFFFFF", "dk2": style.INK, "lt2": "#F3F4F6",
               **{f"accent{i}": c for i, c in enumerate(_ACCENTS, start=1)},
               "hlink": style.BLUE, "folHlink": letters(style.PURPLE)}  # fmt: skip
    scheme = next(tree.iter(qn("a:clrScheme")))
    scheme.set("name", "kamtools")
    for entry in scheme:
        for child in list(entry):
            entry.remove(child)
        code = colours[entry.tag.partition("}")[2]]
        _add(entry, "a:srgbClr", val=code.lstrip("#").upper())
    next(tree.iter(qn("a:fontScheme"))).set("name", "kamtools")
    for which in ("a:majorFont", "a:minorFont"):
        fonts = next(tree.iter(qn(which)))
        for font in list(fonts):
            fonts.remove(font)
        for tag, face in (("a:latin", LATIN_FONT), ("a:ea", EAST_ASIAN_FONT), ("a:cs", LATIN_FONT)):
            _add(fonts, tag, typeface=face)
        _add(fonts, "a:font", script="Hans", typeface=EAST_ASIAN_FONT)
    theme._blob = serialize_part_xml(tree)


def _set_master(deck: PresentationObject) -> None:
    master = deck.slide_master
    for shape in list(master.placeholders):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.TITLE:
            _place(shape, MARGIN, TITLE_TOP, ROOM, TITLE_HEIGHT)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
            _no_inset(shape)
        elif kind == PP_PLACEHOLDER.BODY:
            _place(shape, MARGIN, TOP, ROOM, BOTTOM - TOP)
        elif kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
        else:
            _place_foot(shape, kind)
    (title_style,) = master._element.iter(qn("p:titleStyle"))
    level = title_style.find(qn("a:lvl1pPr"))
    level.set("algn", "l")
    run = level.find(qn("a:defRPr"))
    run.set("sz", str(int(TITLE_SIZE * 100)))
    run.set("b", "1")


def _set_layout(layout: SlideLayout, footer: str) -> None:
    is_opening = layout.name == "Title Slide"
    for shape in list(layout.placeholders):
        kind = shape.placeholder_format.type
        if kind == PP_PLACEHOLDER.DATE:
            shape._element.getparent().remove(shape._element)
        elif kind == PP_PLACEHOLDER.CENTER_TITLE:
            _place(shape, MARGIN + 14, 170, ROOM - 14, 110)
            shape.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        elif kind == PP_PLACEHOLDER.SUBTITLE:
            _place(shape, MARGIN + 14, 290, ROOM - 14, 90)
            _no_inset(shape)
            for run in shape._element.iter(qn("a:defRPr")):
                run.set("sz", "1600")
            for level in shape._element.iter(qn("a:lvl1pPr")):
                level.set("algn", "l")
        elif kind in (PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER):
            _place_foot(shape, kind)
            if kind == PP_PLACEHOLDER.FOOTER:
                shape.text_frame.text = footer
    left, top, wide, high = (
        (MARGIN, 180, 5, 200) if is_opening else (MARGIN, TITLE_TOP + TITLE_HEIGHT + 4, ROOM, 1.5)
    )
    _add_mark(layout, left, top, wide, high, style.BLUE if is_opening else style.PALE)


def _add_mark(
    layout: SlideLayout, left: float, top: float, wide: float, high: float, code: str
) -> None:
    """Add a coloured bar to a layout, which python-pptx only lets slides have."""
    shape = parse_xml(
        f"""<p:sp {nsdecls("p", "a")}>
        <p:nvSpPr><p:cNvPr id="99" name="Mark"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>
        <p:spPr><a:xfrm><a:off x="{Pt(left)}" y="{Pt(top)}"/><a:ext cx="{Pt(wide)}"
        cy="{Pt(high)}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>
        <a:solidFill><a:srgbClr val="{code.lstrip("#").upper()}"/></a:solidFill>
        <a:ln><a:noFill/></a:ln></p:spPr></p:sp>"""
    )
    layout.shapes._spTree.append(shape)


def _add(parent: BaseOxmlElement, tag: str, **attributes: str) -> None:
    child = OxmlElement(tag)
    for name, value in attributes.items():
        child.set(name, value)
    parent.append(child)


def _place(shape: BaseShape, left: float, top: float, width: float, height: float) -> None:
    shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(width), Pt(height)


def _no_inset(shape: BaseShape) -> None:
    frame = shape.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0


def _place_foot(shape: BaseShape, kind: PP_PLACEHOLDER) -> None:
    is_number = kind == PP_PLACEHOLDER.SLIDE_NUMBER
    left, width = (WIDTH - MARGIN - 60, 60.0) if is_number else (MARGIN, ROOM - 80)
    _place(shape, left, _FOOT_TOP, width, _FOOT_HEIGHT)
    _no_inset(shape)
    for level in shape._element.iter(qn("a:lvl1pPr")):
        level.set("algn", "r" if is_number else "l")
    for run in shape._element.iter(qn("a:defRPr")):
        run.set("sz", str(int(_FOOT_SIZE * 100)))
