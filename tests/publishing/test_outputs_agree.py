"""One run, four outputs: the numbers of page, workbook, deck and PDF are those of the tables."""

import csv
import getpass
import io
import shutil
import socket
import zipfile
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from openpyxl import load_workbook
from pptx import Presentation
from pypdf import PdfReader

from kamtools.publishing.export import Format, export_report
from kamtools.wording import listing

pytestmark = pytest.mark.browser
SCORE = 1 / 3  # of every account in the notebook that the report was made of


@pytest.fixture(scope="module")
def handed_over(report, tmp_path_factory):
    own = shutil.copytree(report, tmp_path_factory.mktemp("handed") / "report")
    export_report(own, formats=list(Format))
    return own


@pytest.fixture(scope="module")
def chosen(handed_over):
    text = (handed_over / "tables" / "chosen.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


@pytest.fixture(scope="module")
def quality(handed_over):
    text = (handed_over / "tables" / "quality.csv").read_text(encoding="utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def plain(text):
    return text.removeprefix("'")  # a CSV cell that begins like a formula has a mark before it


def test_table_has_what_the_notebook_computed(chosen):
    assert [float(row["score"]) for row in chosen] == pytest.approx([SCORE] * 2)
    assert [row["rank"] for row in chosen] == ["1", "2"]


def test_page_shows_the_table_rounded(handed_over, chosen):
    page = BeautifulSoup((handed_over / "index.html").read_text(encoding="utf-8"), "html.parser")
    rows = [[cell.get_text() for cell in row.find_all("td")] for row in page.find_all("tr")]
    for row in chosen:
        shown = next(one for one in rows if row["account_id"] in one)
        assert row["rank"] in shown
        assert f"{float(row['score']):.2f}" in [cell[:4] for cell in shown]


def test_workbook_holds_the_table_whole(handed_over, chosen, quality):
    book = load_workbook(handed_over / "report.xlsx")
    for rows, wanted in ((chosen, "score"), (quality, "lines_kept")):
        found = [
            [cell.value for cell in row]
            for sheet in book
            for row in sheet.iter_rows()
            if row[0].value == rows[0].get("account_id", rows[0].get("file"))
        ]
        assert any(
            any(
                isinstance(v, int | float) and v == pytest.approx(float(rows[0][wanted])) for v in r
            )
            for r in found
        ), wanted


def test_deck_shows_the_same_ranks_and_scores(handed_over, chosen):
    slides = Presentation(handed_over / "report.pptx").slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    rows = [[cell.text for cell in row.cells] for table in tables for row in table.rows]
    for row in chosen:
        name = plain(row["name"])
        shown = next(one for one in rows if one[0] == row["rank"] and name[:10] in one[1])
        assert f"{float(row['score']):.2f}" in shown


def test_pdf_shows_what_the_page_shows(handed_over, chosen):
    pages = PdfReader(handed_over / "report.pdf").pages
    text = " ".join(" ".join(page.extract_text() for page in pages).split())
    for row in chosen:
        assert f"{float(row['score']):.2f}" in text
        assert plain(row["name"])[:12] in text


def test_decision_is_told_in_all_of_them(handed_over):
    said = "Choose <script>alert(1)</script>, since"
    page = BeautifulSoup((handed_over / "index.html").read_text(encoding="utf-8"), "html.parser")
    book = load_workbook(handed_over / "report.xlsx")
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    slides = Presentation(handed_over / "report.pptx").slides
    shapes = [shape for slide in slides for shape in slide.shapes]
    told = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    told += [cell.text for s in shapes if s.has_table for row in s.table.rows for cell in row.cells]
    pages = " ".join(page.extract_text() for page in PdfReader(handed_over / "report.pdf").pages)
    assert said in " ".join(page.get_text().split())
    assert any(said in " ".join(cell.split()) for cell in cells)
    assert any(said in " ".join(text.split()) for text in told), listing(told)
    assert said in " ".join(pages.split())


def test_no_file_tells_a_path_a_user_or_a_machine(handed_over, report):
    private = {str(report.parent), str(Path.home()) + "/", str(Path.cwd()), "/tmp/"}
    private |= {name for name in (getpass.getuser(), socket.gethostname()) if len(name) > 4}
    parts = {}
    for file in handed_over.rglob("*.*"):
        parts[file.name] = file.read_bytes()
        if file.suffix in (".pptx", ".xlsx", ".docx"):
            with zipfile.ZipFile(file) as archive:
                inner = {name: archive.read(name) for name in archive.namelist()}
            for name, content in inner.items():
                parts[f"{file.name}/{name}"] = content
                if name.endswith(".xlsx"):
                    with zipfile.ZipFile(io.BytesIO(content)) as book:
                        parts |= {f"{name}/{n}": book.read(n) for n in book.namelist()}
    told = [(name, one) for name, content in parts.items() for one in private
            if one.encode() in content]  # fmt: skip
    assert told == []
