"""Messages drawn as slides: title, tables and charts in their room, a caption, notes."""

import datetime
import io
from collections.abc import Sequence

from PIL import Image
from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation
from pptx.slide import Slide
from pptx.util import Pt

from kamtools.plots import style
from kamtools.publishing.deck import master
from kamtools.publishing.deck.charts import add_bars, add_points
from kamtools.publishing.deck.parts import Bars, Grid, Message, Part, Picture, Points, Words
from kamtools.publishing.deck.tables import Box, add_grid, fit_grid
from kamtools.publishing.deck.text import BOLD, choose_size, text_height
from kamtools.publishing.deck.words import Say

TITLE_SIZES = (master.TITLE_SIZE, 22.0, 20.0, 18.0, 16.0)
_WORD_SIZES = (18.0, 16.0, 14.0, 12.0)
_CAPTION_SIZE, _CAPTION_HEIGHT = 10.0, 16.0
_GUTTER = 24.0
_PARAGRAPH_GAP = 10.0


def add_opening(deck: Presentation, title: str, subtitle: Sequence[str], *, notes: str) -> None:
    """Add the first slide: whose report this is, and of which day."""
    slide = master.add_slide(deck, "Title Slide")
    size, shown = choose_size(title, (master.ROOM - 30) / BOLD, lines=2, sizes=(36, 32, 28, 24, 20))
    _set_title(slide, shown, size)
    slide.placeholders[1].text_frame.text = "\n".join(subtitle)
    slide.notes_slide.notes_text_frame.text = notes


def add_message(deck: Presentation, message: Message, say: Say, *, dated: datetime.date) -> None:
    """Add one slide; what it has no room for is counted in its caption or told in its notes."""
    slide = master.add_slide(deck, "Title Only")
    size, title = choose_size(message.title, master.ROOM / BOLD, lines=2, sizes=TITLE_SIZES)
    _set_title(slide, title, size)
    cut = [message.title] if title != message.title else []
    left_out = 0
    for part, box in zip(message.parts, _boxes(message), strict=True):
        more, shortened = _add_part(slide, part, box, title=title, say=say, dated=dated)
        left_out += more
        cut += shortened
    _add_caption(slide, message, left_out, bool(cut), say)
    slide.notes_slide.notes_text_frame.text = _notes(message, cut, say)


def _boxes(message: Message) -> list[Box]:
    gaps = _GUTTER * (len(message.parts) - 1)
    unit = (master.ROOM - gaps) / sum(message.widths)
    boxes, left = [], master.MARGIN
    for width in message.widths:
        boxes.append(
            Box(left, master.TOP, unit * width, master.BOTTOM - master.TOP - _CAPTION_HEIGHT - 4)
        )
        left += unit * width + _GUTTER
    return boxes


def _add_part(
    slide: Slide, part: Part, box: Box, *, title: str, say: Say, dated: datetime.date
) -> tuple[int, list[str]]:
    """Draw a part; return how many rows found no room, and the texts that were cut."""
    if isinstance(part, Grid):
        fitted = fit_grid(part, box)
        add_grid(slide, part, fitted, box, alt=say("table_alt", title=title))
        return fitted.left_out, list(fitted.cut)
    if isinstance(part, Bars):
        add_bars(slide, part, box, dated=dated)
        return part.left_out, []
    if isinstance(part, Points):
        add_points(slide, part, box, dated=dated)
        return 0, []
    if isinstance(part, Picture):
        _add_picture(slide, part, box)
        return 0, []
    return 0, _add_words(slide, part, box)


def _add_picture(slide: Slide, picture: Picture, box: Box) -> None:
    with Image.open(io.BytesIO(picture.png)) as image:
        wide, high = image.size
    scale = min(box.width / wide, box.height / high)
    left = box.left + (box.width - wide * scale) / 2
    shape = slide.shapes.add_picture(
        io.BytesIO(picture.png), Pt(left), Pt(box.top), Pt(wide * scale), Pt(high * scale)
    )
    shape._element.nvPicPr.cNvPr.set("descr", picture.alt)


def _add_words(slide: Slide, words: Words, box: Box) -> list[str]:
    """Write paragraphs in the largest size that fits; return those that find no room at all."""
    size = next((s for s in _WORD_SIZES if _words_height(words, box, s) <= box.height), None)
    shown = list(words.paragraphs)
    left: list[str] = []
    if size is None:
        size = _WORD_SIZES[-1]
        while shown and _words_height(Words(tuple(shown)), box, size) > box.height:
            left.insert(0, shown.pop())
    frame = slide.shapes.add_textbox(
        Pt(box.left), Pt(box.top), Pt(box.width), Pt(box.height)
    ).text_frame
    frame.word_wrap = True
    frame.margin_left = frame.margin_right = 0
    for number, text in enumerate([*shown, *(["…"] if left else [])]):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        run = paragraph.add_run()
        run.text = text
        run.font.size, run.font.color.rgb = Pt(size), master.colour(style.INK)
        paragraph.space_after = Pt(_PARAGRAPH_GAP)
    return left


def _words_height(words: Words, box: Box, size: float) -> float:
    return sum(text_height(p, box.width, size) + _PARAGRAPH_GAP for p in words.paragraphs)


def _set_title(slide: Slide, title: str, size: float) -> None:
    slide.shapes.title.text_frame.text = title
    slide.shapes.title.text_frame.paragraphs[0].runs[0].font.size = Pt(size)


def _add_caption(slide: Slide, message: Message, left_out: int, is_cut: bool, say: Say) -> None:
    tables = "; ".join(source.partition(" ")[0] for source in message.sources)
    told = [
        say("more_rows", n=f"{left_out:,}") if left_out else "",
        say("whole_in_notes") if is_cut else "",
        say("source", tables=tables) if tables else "",
    ]
    top = master.BOTTOM - _CAPTION_HEIGHT
    _, text = choose_size(" ".join(filter(None, told)), master.ROOM, lines=1,
                          sizes=(_CAPTION_SIZE,))  # fmt: skip
    box = slide.shapes.add_textbox(Pt(master.MARGIN), Pt(top), Pt(master.ROOM), Pt(_CAPTION_HEIGHT))
    box.name = "Caption"
    frame = box.text_frame
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size, run.font.color.rgb = Pt(_CAPTION_SIZE), master.colour(style.GREY)


def _notes(message: Message, cut: Sequence[str], say: Say) -> str:
    blocks = []
    if message.sources:
        blocks.append(say("notes_source", tables="; ".join(message.sources)))
    if message.questions:
        blocks.append("\n".join([say("notes_asked"), *message.questions]))
    whole = list(dict.fromkeys([*message.told, *cut]))
    if whole:
        blocks.append("\n".join([say("notes_whole"), *whole]))
    return "\n\n".join(blocks)
