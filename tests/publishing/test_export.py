import hashlib
import json
import shutil

import pytest

from kamtools.errors import InputError, RunError
from kamtools.publishing import export as exporting
from kamtools.publishing import pdf, placing
from kamtools.publishing.export import Format, all_possible, export_report, read_formats

BOTH = [Format.PPTX, Format.XLSX]


@pytest.fixture
def own(report, tmp_path):
    """Return a copy of the report, to change."""
    return shutil.copytree(report, tmp_path / "report")


def contents(folder):
    return {f.relative_to(folder).as_posix(): f.read_bytes() for f in folder.rglob("*.*")}


def test_deck_and_workbook_become_files_of_the_report(own):
    before = contents(own)
    made = export_report(own, formats=BOTH)
    assert [path.name for path in made] == ["report.pptx", "report.xlsx"]
    files = json.loads((own / "run.json").read_text(encoding="utf-8"))["files"]
    for name in ("report.pptx", "report.xlsx", "index.html", "tables/chosen.csv"):
        assert files[name] == hashlib.sha256((own / name).read_bytes()).hexdigest()
    changed = {name for name, content in contents(own).items() if before.get(name) != content}
    assert changed == {"index.html", "run.json", "report.pptx", "report.xlsx"}


def test_first_page_links_to_what_stands(own):
    export_report(own, formats=[Format.XLSX])
    assert "report.pptx" not in (own / "index.html").read_text(encoding="utf-8")
    export_report(own, formats=[Format.PPTX])
    page = (own / "index.html").read_text(encoding="utf-8")
    assert page.count('href="report.xlsx"') == page.count('href="report.pptx"') == 1


def test_same_report_gives_the_same_bytes(own, tmp_path):
    twin = shutil.copytree(own, tmp_path / "twin")
    export_report(own, formats=BOTH)
    export_report(twin, formats=BOTH)
    assert contents(own) == contents(twin)
    export_report(own, formats=BOTH)
    assert contents(own) == contents(twin)


def test_next_run_may_replace_an_exported_report(own, tmp_path):
    export_report(own, formats=BOTH)
    placing.check_place(own, engagement=tmp_path / "elsewhere")


@pytest.mark.parametrize("name", ["tables/chosen.csv", "selection.html"])
def test_what_somebody_changed_is_not_handed_over(own, name):
    (own / name).write_text("changed", encoding="utf-8")
    before = contents(own)
    with pytest.raises(InputError, match=f"{name} was changed since the run"):
        export_report(own, formats=BOTH)
    assert contents(own) == before


def test_what_cannot_be_made_leaves_the_report_as_it_was(own, monkeypatch):
    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    before = contents(own)
    with pytest.raises(RunError, match="install one"):
        export_report(own, formats=[*BOTH, Format.PDF])
    assert contents(own) == before
    assert all_possible() == BOTH


def test_crash_between_two_files_leaves_a_report_that_counts_as_one(own, monkeypatch, tmp_path):
    real = placing.into

    def broken(folder):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(exporting.placing, "into", broken)
    with pytest.raises(OSError, match="No space left"):
        export_report(own, formats=BOTH)
    monkeypatch.setattr(exporting.placing, "into", real)
    placing.check_place(own, engagement=tmp_path / "elsewhere")
    assert len(export_report(own, formats=BOTH)) == 2


def test_unknown_format_is_refused():
    with pytest.raises(InputError, match="--to docx: no such format; known: pptx, xlsx and pdf"):
        read_formats(["xlsx", "docx"])


def test_folder_without_a_report_is_refused(tmp_path):
    with pytest.raises(InputError, match="expected the folder of a report"):
        export_report(tmp_path, formats=BOTH)
