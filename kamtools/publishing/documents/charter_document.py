"""A role charter as a document (DOCX) that the firm can edit; its form is `form`."""

from docx.document import Document as DocumentObject

from kamtools.publishing.documents.form import (
    RED,
    add_run,
    add_table,
    clean,
    new_document,
    to_bytes,
)
from kamtools.role.charter_form import MISSING, Charter, Section

WIDTHS = {
    "purpose": (3.2, 9.6), "accounts": (6.6, 2.8, 3.6), "tasks": (7.6, 3.6),
    "rights": (4.6, 2.7, 2.9, 2.3), "counterparts": (4.0, 3.8, 2.9, 3.0),
    "kpis": (2.8, 5.2, 1.9, 4.0), "pay": (3.2, 9.0), "competences": (3.2, 5.0, 5.0),
    "onboarding": (2.0, 10.2),
}  # fmt: skip
"""Centimetres of each column; where a line comes from takes what is left of the page."""


def to_docx(charter: Charter) -> bytes:
    """Return the charter as a document.

    Parameters
    ----------
    charter
        From `kamtools.role.profile.charter`; `as_of` is the date that the document carries.
    """
    document = new_document(charter.title, charter.subtitle, footer=f"{charter.title}  ·  page ")
    for number, section in enumerate(charter.sections, start=1):
        _add_section(document, section, number)
    return to_bytes(
        document,
        title=charter.title,
        subject="Key account management",
        author=charter.firm,
        dated=charter.as_of,
    )


def _add_section(document: DocumentObject, section: Section, number: int) -> None:
    document.add_heading(f"{number}. {section.title}", level=1)
    if section.note:
        note = document.add_paragraph(clean(section.note), style="Body Text")
        note.paragraph_format.keep_with_next = bool(section.lines)
    if section.lines:
        shown = section.as_table()
        rows = shown.itertuples(index=False)
        add_table(document, list(shown.columns), rows, widths=WIDTHS[section.name])
    for what in section.missing:
        point = document.add_paragraph(style="List Bullet")
        add_run(point, f"{MISSING}: ", color=RED, bold=True)
        add_run(point, what)
