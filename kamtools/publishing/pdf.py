"""A report as PDF, printed by the Chromium, Chrome or Edge of this machine.

The page is written to a folder of its own that is gone afterwards, and forbids the browser to
load anything. Dates in the file are the report's own day, so that the same report gives the
same file on the same browser.
"""

import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from kamtools.errors import RunError
from kamtools.publishing.print_page import print_page
from kamtools.publishing.standing_report import StandingReport

SECONDS = 180
"""How long the browser may take."""

_ON_THE_PATH = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
    "microsoft-edge", "microsoft-edge-stable", "msedge",
)  # fmt: skip
_ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "C:/Program Files/Google/Chrome/Application/chrome.exe",
    "C:/Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
)
_QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-pdf-header-footer", "--generate-pdf-document-outline",
)  # fmt: skip
_PAGE = re.compile(rb"^(\d+) 0 obj\s*<</Type /Page\s", re.MULTILINE)
_PLACE = re.compile(rb"/(part-\w+) \[(\d+) 0 R /XYZ")
_DATE = re.compile(rb"/(?:CreationDate|ModDate) \((D:\d{14}[^)]*)\)")
_CREATOR = re.compile(rb"/Creator \((?:[^()\\]|\\.)*\)")


def pdf(report: StandingReport) -> bytes:
    """Return a report as one PDF: cover with the decision, contents, notebooks, record.

    Parameters
    ----------
    report : StandingReport
        From `standing_report.read_report`.

    Raises
    ------
    RunError
        If no browser is found, or it fails, or takes longer than `SECONDS`.
    InputError
        As `print_page.print_page`.
    """
    browser = find_browser()
    if browser is None:
        raise RunError(
            "a PDF is printed by Chromium, Chrome or Edge, version 131 or later, and none was "
            "found; install one (Debian and Ubuntu: apt install chromium; macOS and Windows: "
            "Google Chrome), or make slides and workbook only: --to pptx --to xlsx"
        )
    # No browser can tell a page number in a table of contents: the first print is read for it.
    pages = pages_of_places(_printed(print_page(report), browser))
    return _with_dates(_printed(print_page(report, pages=pages), browser), report.setting.as_of)


def pages_of_places(content: bytes) -> dict[str, int]:
    """Return on which page, from 1, each part of a document printed by Chromium begins."""
    pages = sorted(int(number) for number in _PAGE.findall(content))
    number = {page: place for place, page in enumerate(pages, start=1)}
    found = ((place.decode(), int(page)) for place, page in _PLACE.findall(content))
    return {place: number[page] for place, page in found if page in number}


def find_browser() -> str | None:
    """Return the program that prints, None where there is none."""
    found = next(filter(None, map(shutil.which, _ON_THE_PATH)), None)
    return found or next((place for place in _ELSEWHERE if Path(place).is_file()), None)


def _printed(page: str, browser: str) -> bytes:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        source, printed = folder / "report.html", folder / "report.pdf"
        source.write_text(page, encoding="utf-8", newline="\n")
        command = [browser, *_QUIET, f"--user-data-dir={folder / 'profile'}",
                   f"--print-to-pdf={printed}", source.as_uri()]  # fmt: skip
        try:
            done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
        except subprocess.TimeoutExpired:
            raise RunError(f"{browser} did not print the report within {SECONDS} s") from None
        content = printed.read_bytes() if printed.is_file() else b""
    if not content.startswith(b"%PDF"):
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise RunError(f"{browser} printed no PDF (exit code {done.returncode}): {said[-1:]}")
    return content


def _with_dates(content: bytes, as_of: str) -> bytes:
    """Return a PDF whose dates are a given day, or none, and that names no machine.

    What is put in is as long as what it replaces, because a PDF says where its parts begin.
    """

    def dated(found: re.Match[bytes]) -> bytes:
        if not as_of:
            return b" " * len(found[0])
        day = f"D:{as_of.replace('-', '')}000000+00'00'".encode()
        return found[0].replace(found[1], day.ljust(len(found[1]))[: len(found[1])])

    def named(found: re.Match[bytes]) -> bytes:
        return b"/Creator (" + b"kamtools".ljust(len(found[0]) - len(b"/Creator ()")) + b")"

    # Only in the description of the document, not in the text of it.
    start = content.find(b"/Creator (")
    end = content.find(b">>", start)
    described = _DATE.sub(dated, _CREATOR.sub(named, content[start:end]))
    return content[:start] + described + content[end:]
