import io
import re

import pytest
from pypdf import PdfReader

from kamtools.errors import RunError
from kamtools.publishing import pdf as printing
from kamtools.publishing.pdf import pages_of_places, pdf
from kamtools.publishing.print_page import print_page
from kamtools.publishing.standing_report import read_report

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def printed(report):
    return pdf(read_report(report))


@pytest.fixture(scope="module")
def pages(printed):
    return [page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages]


def test_cover_has_the_firm_the_day_and_the_decision(pages):
    assert "Tea & <i>Salt</i>" in pages[0]
    assert "2024-12-31" in pages[0]
    assert "Choose <script>alert(1)</script>" in pages[0]


def test_contents_tell_the_page_where_each_part_begins(pages):
    number = next(n for n, text in enumerate(pages) if "\nContents\n" in f"\n{text}")
    found = dict(re.findall(r"^(.*[^\s/])\s+(\d+)$", pages[number], re.MULTILINE))
    assert "Which accounts are key?" in found
    for title, page in found.items():
        assert re.split(r"[,?]", title)[0] in pages[int(page) - 1], title


def test_same_report_gives_the_same_file(report, printed):
    assert pdf(read_report(report)) == printed


def test_file_tells_the_reports_own_day_and_no_machine(printed, report):
    told = PdfReader(io.BytesIO(printed)).metadata
    assert told["/CreationDate"].startswith("D:20241231")
    assert told["/Creator"].strip() == "kamtools"
    for place in (str(report), "/tmp/", "file://", "Linux"):
        assert place.encode() not in printed


def test_page_for_the_printer_loads_and_runs_nothing(report):
    page = print_page(read_report(report))
    assert "<script>alert" not in page
    assert re.search(r"(src|href)=\"https?://[^\"]*\.(js|css)", page) is None
    assert "<details" not in page


def test_text_of_a_stranger_cannot_lead_the_browser_to_another_page(report):
    read = read_report(report)
    away = '<meta http-equiv="refresh" content="0;url=file:///etc/hosts"><IFRAME src="x"></IFRAME>'
    read.notebooks["selection"].cells[0].source += f"\n\n{away}"
    page = print_page(read)
    assert "&lt;meta http-equiv" in page
    assert page.count("<meta") == print_page(read_report(report)).count("<meta")
    assert "iframe" not in page.lower().replace("&lt;iframe", "").replace("&lt;/iframe", "")


def test_places_are_counted_in_pages():
    content = b"/part-a [7 0 R /XYZ 0 0 0]\n7 0 obj\n<</Type /Page\n9 0 obj\n<</Type /Page\n"
    assert pages_of_places(content) == {"part-a": 1}


def test_browser_that_prints_nothing_is_told(report, monkeypatch):
    monkeypatch.setattr(printing, "find_browser", lambda: "/bin/false")
    with pytest.raises(RunError, match=r"/bin/false printed no PDF \(exit code 1\)"):
        pdf(read_report(report))


def test_machine_without_a_browser_is_told_what_to_install(report, monkeypatch):
    monkeypatch.setattr(printing, "find_browser", lambda: None)
    with pytest.raises(RunError, match="apt install chromium"):
        pdf(read_report(report))
