import base64
import json
import re

import pytest
from nbformat import v4

from kamtools.errors import InputError, RunError
from kamtools.publishing import files
from kamtools.publishing.files import FILE_MIME, keep_file, kept_files, write_files
from kamtools.publishing.html import Setting, notebook_page
from kamtools.publishing.run import run

CONTENT = b"BEGIN:VCALENDAR\r\nSUMMARY:\xe6\xb5\xa9\xe7\x80\x9a\r\nEND:VCALENDAR\r\n"


def output(name, content=CONTENT):
    plain = {"name": name, "base64": base64.b64encode(content).decode()}
    return v4.new_output("display_data", {FILE_MIME: json.loads(json.dumps(plain))})


@pytest.fixture
def with_files(notebook):
    """Return a function that builds a notebook that kept files."""

    def make(*names):
        built = notebook([("md", "# When?"), ("code", "x")])
        built.cells[1].outputs = [output(name) for name in names]
        return built

    return make


def test_bytes_come_back_from_the_notebook_as_they_were(with_files, tmp_path):
    assert write_files(with_files("calendar.ics"), tmp_path / "tables") == ["calendar.ics"]
    assert (tmp_path / "tables" / "calendar.ics").read_bytes() == CONTENT
    assert [file.name for file in (tmp_path / "tables").iterdir()] == ["calendar.ics"]


def test_what_is_shown_is_the_name_and_the_size(monkeypatch):
    shown = []
    monkeypatch.setattr(files, "display", lambda data, raw: shown.append(data))
    keep_file("calendar.ics", CONTENT)
    assert shown[0]["text/plain"] == f"Kept: calendar.ics ({len(CONTENT)} bytes)"
    assert base64.b64decode(shown[0][FILE_MIME]["base64"]) == CONTENT


@pytest.mark.parametrize("name", ["../run.ics", "run.json", "a.ics.exe", "Calendar.ics", ".ics",
                                  "calendar.ics\n", "calendar", "c:a.ics", ""])  # fmt: skip
def test_a_name_that_is_no_name_of_such_a_file_is_refused(name, with_files):
    with pytest.raises(InputError, match=f"name of a file: saw {re.escape(repr(name))}; expected"):
        keep_file(name, CONTENT)
    with pytest.raises(InputError, match="name of a file"):
        kept_files(with_files(name))


def test_a_file_without_content_is_refused():
    with pytest.raises(InputError, match=r"calendar\.ics: a file to keep needs content"):
        keep_file("calendar.ics", b"")


def test_a_name_kept_twice_is_refused(with_files, tmp_path):
    with pytest.raises(RunError, match=r"the file calendar\.ics is kept twice"):
        kept_files(with_files("calendar.ics", "calendar.ics"))
    write_files(with_files("calendar.ics"), tmp_path)
    with pytest.raises(RunError, match=r"calendar\.ics is kept by two notebooks"):
        write_files(with_files("calendar.ics"), tmp_path)


def test_a_notebook_that_kept_none_leaves_no_folder(with_files, tmp_path):
    assert write_files(with_files(), tmp_path / "tables") == []
    assert not (tmp_path / "tables").exists()


def test_page_links_to_the_file_after_the_tables(with_files):
    page = notebook_page(
        with_files("calendar.ics"), name="account_plan", files=["calendar.ics"],
        setting=Setting("Firm", "2024-12-31", "en"),
    )  # fmt: skip
    assert '<a href="tables/calendar.ics">calendar.ics</a>' in page


def test_a_run_leaves_the_calendar_beside_its_table(make_folder, notebook_folder):
    source = notebook_folder(
        [
            ("code", 'engagement: str = "sample"', ["parameters"]),
            (
                "code",
                "import pandas as pd\nfrom kamtools.publishing.files import keep_file\n"
                "from kamtools.publishing.tables import keep",
            ),
            ("code", 'keep("calendar", pd.DataFrame({"what": ["Tell"]}))'),
            ("code", f'keep_file("calendar.ics", {CONTENT!r})'),
        ]
    )
    out = make_folder() / "report"
    run(out.parent, out=out, run_stamp="", source=source)
    tables = {file.name for file in (out / "tables").iterdir()}
    assert {"calendar.csv", "calendar.ics"} <= tables
    assert (out / "tables" / "calendar.ics").read_bytes() == CONTENT
    assert "tables/calendar.ics" in json.loads((out / "run.json").read_text("utf-8"))["files"]
    assert "Kept: calendar.ics" in (out / "selection.html").read_text("utf-8")
