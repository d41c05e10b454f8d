import datetime
import io
import json
import re
import shutil
from dataclasses import replace

import pytest
from docx import Document
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat import v4
from playwright.sync_api import sync_playwright

from kamtools.errors import InputError
from kamtools.planning.briefing_form import Briefing, MarketLine, Point
from kamtools.planning.briefing_labels import LABELS
from kamtools.publishing.documents import BRIEFING_MIME, kept_briefings, write_documents
from kamtools.publishing.documents.briefing_document import WIDTHS, to_docx
from kamtools.publishing.documents.briefing_files import as_plain, from_plain, write_briefing
from kamtools.publishing.documents.briefing_page import COLUMNS, sections, to_html
from kamtools.publishing.documents.form import EAST_ASIAN_FONT, ROOM

CHROMIUM = shutil.which("chromium")
DAY = datetime.date(2024, 12, 9)
LONG = "A sentence of the length that a key account manager writes about what moved."
LINES = tuple(
    MarketLine(number, number + 1, DAY, "Kettle & Kite", LONG, "Trade letter <24/2024>", access,
               "Tea: 20 % of your purchases from us.", f"{LONG} {LONG}")
    for number, access in enumerate(("public", "own", "licensed", "public", "own"), start=1)
)  # fmt: skip
POINTS = tuple(Point(LONG, number, f"market_events.csv, row {number}") for number in (1, 2, 3))
ONE = Briefing("A/1", "Ox <b>& Elk</b>", "Lantern", DAY.replace(day=1), DAY, "en", "Ines Falk",
               LINES, POINTS, (*POINTS, *POINTS[:2]))  # fmt: skip
CHINESE = replace(
    ONE, name="青禾超市", language="zh", checked_by="林知秋",
    lines=tuple(
        replace(line, event="上架了洗衣粉补充装。", source="自有门店检查", meaning="第一次。")
        for line in LINES
    ),
)  # fmt: skip
DRAFT = replace(ONE, checked_by="", lines=(replace(LINES[0], meaning=""),), suggestions=POINTS[:1],
                cooperation=())  # fmt: skip


@pytest.fixture(scope="module")
def document():
    return Document(io.BytesIO(to_docx(ONE)))


def test_a_briefing_comes_back_from_json_as_it_was():
    for one in (ONE, CHINESE, DRAFT):
        assert from_plain(json.loads(json.dumps(as_plain(one)))) == one


def test_files_are_named_after_account_and_month_and_a_draft_says_so(tmp_path):
    assert [path.name for path in write_briefing(ONE, tmp_path / "new")] == [
        "briefing-A%2F1-2024-12.html", "briefing-A%2F1-2024-12.docx",
    ]  # fmt: skip
    assert write_briefing(DRAFT, tmp_path)[0].name == "briefing-A%2F1-2024-12-draft.html"


def test_an_account_without_id_and_a_folder_that_is_a_file_are_refused(tmp_path):
    with pytest.raises(InputError, match="needs the account's id"):
        write_briefing(replace(ONE, account_id=" "), tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError, match="is a file; expected a folder for the briefing"):
        write_briefing(ONE, tmp_path / "file")


def test_the_notebook_is_the_record_of_what_it_kept(notebook, tmp_path):
    built = notebook([("md", "# What?"), ("code", "x")])
    plain = json.loads(json.dumps(as_plain(CHINESE)))
    built.cells[1].outputs = [v4.new_output("display_data", {BRIEFING_MIME: plain})]
    assert kept_briefings(built) == [CHINESE]
    names = write_documents(built, tmp_path)
    assert (tmp_path / names[0]).read_text(encoding="utf-8") == to_html(CHINESE)
    assert (tmp_path / names[1]).read_bytes() == to_docx(CHINESE)


def test_names_cannot_act_on_the_page_and_it_asks_for_nothing():
    page = to_html(ONE)
    assert "for Ox &lt;b&gt;&amp; Elk&lt;/b&gt;" in page
    assert "Trade letter &lt;24/2024&gt; (public)" in page
    assert not re.search(r"<script|src=|href=|url\(|@import", page)
    assert "default-src 'none'" in page


def test_every_line_stands_with_date_source_and_kind():
    page = to_html(CHINESE)
    assert 'lang="zh-Hans"' in page
    assert page.count("2024年12月9日</td>") == len(LINES)
    for access in ("public", "own", "licensed"):
        assert f"自有门店检查（{LABELS['zh'][access]}）" in page


def test_the_chinese_page_has_no_english_label():
    words = re.sub(r"<style>.*?</style>|<[^>]+>", " ", to_html(CHINESE), flags=re.DOTALL)
    for name in (*COLUMNS, "moved", "means", "suggestions", "cooperation", "sources"):
        assert LABELS["zh"][name] in words
        assert not re.search(rf"\b{re.escape(LABELS['en'][name])}", words)


@pytest.mark.parametrize("make", [to_html, lambda one: " ".join(
    p.text for p in Document(io.BytesIO(to_docx(one))).paragraphs)])  # fmt: skip
def test_a_draft_says_so_and_what_is_to_be_written(make):
    text = make(DRAFT)
    assert "DRAFT, parts are still to be written. Do not send." in text
    assert text.count("To be written by the key account manager.") == 3
    assert "DRAFT" not in make(ONE)
    assert "Checked by Ines Falk." in make(ONE)


def test_where_our_points_come_from_inside_the_firm_is_not_on_the_page():
    assert "market_events.csv" not in to_html(ONE)
    assert b"market_events" not in to_docx(ONE)


def test_a_calm_month_says_so_and_lists_nothing():
    calm = replace(ONE, lines=(), suggestions=(), cooperation=())
    assert sections(calm) == []
    assert LABELS["en"]["calm"] in to_html(calm)
    assert not Document(io.BytesIO(to_docx(calm))).tables


def test_document_says_what_the_page_says(document):
    page = re.sub(r"\s+", " ", to_html(ONE))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]
    assert rows[0] == [LABELS["en"][name] for name in COLUMNS]
    assert len(rows) == len(LINES) + 1
    points = [p.text for p in document.paragraphs if p.style.name == "List Bullet"]
    listed = [point for _, points in sections(ONE) for point in points]
    assert points == [" ".join(f"{p.number} {p.text}".split()) for p in listed]
    for heading in (p.text for p in document.paragraphs if p.style.name == "Heading 1"):
        assert f"<h2>{heading}</h2>" in page


def test_document_has_the_form_of_the_charters_and_names_its_reader(document):
    assert document.core_properties.subject == ONE.name
    assert document.core_properties.created.date() == ONE.as_of
    assert sum(WIDTHS) < ROOM - 3
    fonts = document.styles["List Bullet"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == EAST_ASIAN_FONT


@pytest.mark.parametrize(("one", "language"), [(ONE, "en-US"), (CHINESE, "zh-CN")])
def test_document_is_marked_with_its_language(one, language):
    styles = Document(io.BytesIO(to_docx(one))).styles.element
    (mark,) = styles.xpath("w:docDefaults//w:lang")
    assert mark.get(qn("w:eastAsia")) == language


def test_the_same_briefing_gives_the_same_bytes():
    assert to_docx(ONE) == to_docx(ONE)
    assert to_html(ONE) == to_html(ONE)


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=30))
def test_any_text_makes_a_page_and_a_document_that_opens(text):
    one = replace(ONE, name=text, lines=(replace(LINES[0], event=text, meaning=text),))
    assert Document(io.BytesIO(to_docx(one))).tables
    assert to_html(one).endswith("</html>\n")


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine")
@pytest.mark.parametrize("one", [ONE, CHINESE], ids=["en", "zh"])
def test_a_full_page_prints_on_one_sheet_of_a4_and_fits_a_phone(one, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(to_html(one), encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(viewport={"width": 400, "height": 800})
        page.goto(path.as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 400
        printed = page.pdf(prefer_css_page_size=True)
        browser.close()
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1
