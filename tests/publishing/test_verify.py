import json
import shutil
from pathlib import Path

import pytest

from kamtools.errors import InputError
from kamtools.publishing import catalogue
from kamtools.publishing.rests_on import check_standing, engagement_of
from kamtools.publishing.standing_report import read_report
from kamtools.publishing.verify import run_again
from kamtools.publishing.verify_words import figures_told, standing_told

pytestmark = pytest.mark.usefixtures("warm_kernels")


@pytest.fixture
def stand(report, tmp_path, monkeypatch):
    """Return a copy of report and engagement; the package's notebooks are those it was made of."""
    root = tmp_path / "root"
    shutil.copytree(report.parent, root)
    monkeypatch.setattr(catalogue, "notebooks_folder", lambda: root / "notebooks")
    return root


def standing(root):
    return check_standing(read_report(root / "report"), folder=root / "firm")


def again(root):
    return run_again(read_report(root / "report"), folder=root / "firm", progress=False)


def test_report_that_nobody_touched_holds(stand):
    assert standing(stand).holds
    figures = again(stand)
    assert figures.holds
    assert set(figures.tables) == {"chosen", "quality", "set_aside"}
    assert figures_told(figures)[0] == "Run again, 3 of 3 tables hold."


def test_engagement_may_be_named_by_a_relative_path(stand, monkeypatch):
    monkeypatch.chdir(stand)
    report = read_report("report")
    assert run_again(report, folder=Path("firm"), progress=False).holds


def test_changed_missing_and_new_files_are_told_by_name(stand):
    (stand / "report" / "tables" / "chosen.csv").write_text("x", encoding="utf-8")
    (stand / "report" / "selection.html").unlink()
    (stand / "firm" / "accounts.csv").write_text("account_id,name\nA1,X\n", encoding="utf-8")
    found = standing(stand)
    assert found.files == {"selection.html": "is missing", "tables/chosen.csv": "was changed"}
    assert found.inputs == {"accounts.csv": "was changed"}
    assert not found.holds
    assert "  tables/chosen.csv was changed" in standing_told(found)


def test_other_notebook_or_code_is_told_and_breaks_no_report(stand):
    record = json.loads((stand / "report" / "run.json").read_text(encoding="utf-8"))
    record["versions"]["pandas"] = "1.0"
    record["package_sha256"] = "0" * 64
    (stand / "report" / "run.json").write_text(json.dumps(record), encoding="utf-8")
    path = stand / "notebooks" / "2_selection.ipynb"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    found = standing(stand)
    assert found.holds
    assert set(found.software) == {"pandas", "the code of kamtools", "the notebook selection"}


def test_figure_that_does_not_hold_is_told_with_what_it_was(stand):
    accounts = stand / "firm" / "accounts.csv"
    accounts.write_text(accounts.read_text(encoding="utf-8").replace("click", "clock"), "utf-8")
    figures = again(stand)
    assert not figures.holds
    assert figures.tables["quality"] == []
    assert any("click" in told and "clock" in told for told in figures.tables["chosen"])
    assert "clock" in figures.decisions["selection"][1]


def test_notebooks_in_the_report_are_never_run(stand, tmp_path):
    trap = tmp_path / "trap"
    path = stand / "report" / "selection.ipynb"
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1]["source"] = f"open({str(trap)!r}, 'w')"
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert again(stand).holds
    assert not trap.exists()


def test_engagement_is_found_beside_the_report_or_asked_for(stand, tmp_path):
    assert engagement_of(read_report(stand / "report")) == stand / "firm"
    alone = shutil.copytree(stand / "report", tmp_path / "alone" / "report")
    with pytest.raises(InputError, match="say where it is with --engagement DIR"):
        engagement_of(read_report(alone))


def test_firm_of_a_batchs_report_is_found_beside_the_folder_of_reports(stand):
    (stand / "reports").mkdir()
    (stand / "reports" / "batch.json").write_text("{}", encoding="utf-8")
    (stand / "report").rename(stand / "reports" / "firm")
    assert engagement_of(read_report(stand / "reports" / "firm")) == stand / "firm"
    (stand / "firms").mkdir()
    (stand / "firm").rename(stand / "firms" / "firm")
    assert engagement_of(read_report(stand / "reports" / "firm")) == stand / "firms" / "firm"


@pytest.mark.parametrize("name", ["../run.json", "/etc/passwd", "a\\b", "c:x"])
def test_record_that_names_a_file_outside_is_refused(stand, name):
    record = json.loads((stand / "report" / "run.json").read_text(encoding="utf-8"))
    record["files"][name] = "0" * 64
    (stand / "report" / "run.json").write_text(json.dumps(record), encoding="utf-8")
    with pytest.raises(InputError, match="expected names in the report"):
        standing(stand)


def test_report_of_a_notebook_that_is_not_known_is_refused(stand):
    record = json.loads((stand / "report" / "run.json").read_text(encoding="utf-8"))
    record["notebooks"]["strange"] = record["notebooks"]["selection"]
    (stand / "report" / "run.json").write_text(json.dumps(record), encoding="utf-8")
    shutil.copyfile(stand / "report" / "selection.ipynb", stand / "report" / "strange.ipynb")
    with pytest.raises(InputError, match="no notebook 'strange'"):
        again(stand)
