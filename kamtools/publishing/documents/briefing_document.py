"""A market briefing as a document (DOCX) for the client; its form is `form`."""

from docx.shared import Pt

from kamtools.planning.briefing_form import Briefing
from kamtools.planning.briefing_labels import LABELS
from kamtools.publishing.documents.briefing_page import headings, market_rows, sections
from kamtools.publishing.documents.form import (
    GREY,
    RED,
    add_run,
    add_table,
    new_document,
    to_bytes,
)

WIDTHS = (1.1, 3.6, 2.7, 5.5)
"""Centimetres of number, date, who and what; the source takes what is left of the page."""


def to_docx(briefing: Briefing) -> bytes:
    """Return the briefing as a document.

    Parameters
    ----------
    briefing
        From `kamtools.planning.briefing.market_briefing`; `as_of` is the date it carries.
    """
    words = LABELS[briefing.language]
    document = new_document(
        briefing.heading,
        briefing.subtitle,
        footer=f"{briefing.heading}  ·  ",
        is_chinese=briefing.language == "zh",
    )
    if briefing.is_draft:
        add_run(document.add_paragraph(), briefing.status, color=RED, bold=True)
    document.add_heading(words["moved"], level=1)
    if briefing.lines:
        add_table(document, headings(briefing), market_rows(briefing), widths=WIDTHS)
    else:
        document.add_paragraph(words["calm"])
    for title, points in sections(briefing):
        document.add_heading(title, level=1)
        for point in points:
            paragraph = document.add_paragraph(style="List Bullet")
            if point.number:
                add_run(paragraph, f"{point.number}  ", color=GREY, bold=True)
            add_run(paragraph, point.text, color=RED if point.to_write else None)
    note = document.add_paragraph()
    note.paragraph_format.space_before = Pt(12)
    add_run(note, briefing.notes, color=GREY, size=8.5)
    return to_bytes(
        document,
        title=briefing.heading,
        subject=briefing.name,
        author=briefing.supplier,
        dated=briefing.as_of,
    )
