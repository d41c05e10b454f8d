import datetime
import io
import zipfile

import pandas as pd
import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.publishing.documents.charter_document import WIDTHS, to_docx
from kamtools.publishing.documents.form import EAST_ASIAN_FONT
from kamtools.role.charter_form import SECTIONS, Charter, Line, Section
from kamtools.role.profile import blank_charter, charter

MANAGERS = pd.DataFrame({"manager_id": ["M2"], "name": ["林知秋"]})
ONE = charter("M2", managers=MANAGERS, firm="Lantern Foods", as_of=datetime.date(2024, 12, 31))


@pytest.fixture(scope="module")
def document():
    return Document(io.BytesIO(to_docx(ONE)))


def test_document_says_what_the_charter_says(document):
    with_lines = [one for one in ONE.sections if one.lines]
    assert len(document.tables) == len(with_lines)
    for table, section in zip(document.tables, with_lines, strict=True):
        shown = [[cell.text for cell in row.cells] for row in table.rows]
        assert shown[0] == [*section.columns, "Comes from"]
        assert shown[1:] == section.as_table().to_numpy().tolist()
    points = [p.text for p in document.paragraphs if p.style.name == "List Bullet"]
    assert points == [f"To settle: {what}" for what in ONE.missing()["what"]]


def test_headings_are_headings_and_the_title_names_the_manager(document):
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["Role charter: 林知秋"] == "Title"
    assert styles["1. Purpose"] == styles["9. First 90 days"] == "Heading 1"


def test_header_row_repeats_and_no_row_breaks_over_pages(document):
    for table in document.tables:
        repeated = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
        assert repeated == [True] + [False] * (len(repeated) - 1)
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_every_style_in_use_names_a_chinese_font_and_no_theme_font(document):
    used = [p.style for p in document.paragraphs]
    used += [c.paragraphs[0].style for t in document.tables for r in t.rows for c in r.cells]
    used.append(document.sections[0].footer.paragraphs[0].style)
    for style in used:
        fonts = style.element.rPr.rFonts
        assert fonts.get(qn("w:eastAsia")) == EAST_ASIAN_FONT
        assert not [name for name in fonts.attrib if "Theme" in name]


def test_columns_fill_the_page_between_the_margins(document):
    page = document.sections[0]
    room = page.page_width - page.left_margin - page.right_margin
    assert page.left_margin == page.top_margin == pytest.approx(Cm(2), rel=0.001)
    for table in document.tables:
        assert sum(cell.width for cell in table.rows[0].cells) == pytest.approx(room, rel=0.001)


def test_every_section_has_widths_and_leaves_room_for_where_it_comes_from():
    for name, (_, columns) in SECTIONS.items():
        assert len(WIDTHS[name]) == len(columns)
        assert sum(WIDTHS[name]) <= 17 - 3


def test_document_carries_the_charter_s_date_and_no_clock(document):
    about = document.core_properties
    assert about.created == about.modified == datetime.datetime(2024, 12, 31, tzinfo=datetime.UTC)
    assert (about.title, about.author) == ("Role charter: 林知秋", "Lantern Foods")
    with zipfile.ZipFile(io.BytesIO(to_docx(ONE))) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_form_gives_room_to_write():
    form = Document(io.BytesIO(to_docx(blank_charter())))
    accounts = form.tables[1]
    assert all(row.height >= Cm(0.7) for row in accounts.rows[1:])


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=30))
def test_any_text_makes_a_document_that_opens(text):
    section = Section("onboarding", (Line((text, "step"), "entered"),), (text,), text)
    opened = Document(io.BytesIO(to_docx(Charter("M2", text, text, None, (section,)))))
    assert opened.tables[0].rows[1].cells[1].text == "step"


def test_section_that_has_no_place_in_a_charter_is_refused():
    with pytest.raises(KeyError, match="hobbies"):
        to_docx(Charter("M2", "", "", None, (Section("hobbies", ()),)))


def test_making_a_document_changes_nothing_of_the_charter():
    before = repr(ONE)
    to_docx(ONE)
    assert repr(ONE) == before
