import nbformat
import pytest
from nbformat import v4

from kamtools.cli import main

pytestmark = pytest.mark.usefixtures("warm_kernels")


@pytest.fixture
def firms(tmp_path, monkeypatch):
    """Return a folder of two firms; the notebooks of the package are one tiny one."""
    cells = [
        v4.new_code_cell("top: int = 3\nact: str = ''", metadata={"tags": ["parameters"]}),
        v4.new_code_cell("exec(act)"),
    ]
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    nbformat.write(v4.new_notebook(cells=cells), notebooks / "2_selection.ipynb")
    monkeypatch.setattr("kamtools.publishing.catalogue.notebooks_folder", lambda: notebooks)
    monkeypatch.chdir(tmp_path)
    for name in ("tea", "salt"):
        folder = tmp_path / "firms" / name
        folder.mkdir(parents=True)
        toml = f'name = "{name}"\ncurrency = "EUR"\nas_of = 2024-12-31\n'
        (folder / "engagement.toml").write_text(toml, encoding="utf-8")
        (folder / "invoices.csv").write_text(
            "account_id,invoice_id,date,amount\nA1,1,2024-01-15,100\n", encoding="utf-8"
        )
    return tmp_path / "firms"


def code(*arguments):
    """Return the exit code of the command."""
    try:
        main(["batch", *arguments])
    except SystemExit as error:
        return error.code
    return 0


def test_batch_makes_a_report_of_each_firm_and_says_where(firms, capsys):
    assert code("firms", "selection", "-p", "top=5", "--out", "out", "--workers", "2") == 0
    told = capsys.readouterr()
    assert told.out.splitlines()[0] == "2 reports: 2 made."
    assert told.out.splitlines()[-1].endswith("index.html")
    assert {line.partition(",")[0] for line in told.err.splitlines()} == {"tea: ran", "salt: ran"}
    assert (firms.parent / "out" / "tea" / "index.html").is_file()


def test_failure_of_a_firm_is_exit_code_1_after_all_others_ran(firms, capsys):
    (firms / "plan.csv").write_text("folder,act\ntea,1 / 0\nsalt,\n")
    assert code("firms/plan.csv", "--out", "out") == 1
    told = capsys.readouterr()
    assert "tea: failed in selection: ZeroDivisionError: division by zero" in told.err
    assert "1 made" in told.out
    assert "1 failed" in told.out
    assert (firms.parent / "out" / "salt" / "index.html").is_file()


def test_bad_plan_is_exit_code_2_and_nothing_is_written(firms, capsys):
    assert code("firms", "-p", "tpo=5", "--out", "out") == 2
    assert "kam: firms cannot be run as a batch:\n  -p tpo: no such" in capsys.readouterr().err
    assert not (firms.parent / "out").exists()


def test_dry_run_says_what_would_run_and_why_and_writes_nothing(firms, capsys):
    assert code("firms", "--out", "out", "--resume", "--dry-run") == 0
    assert capsys.readouterr().out.splitlines() == [
        "salt: selection: runs, as there is no report yet",
        "tea: selection: runs, as there is no report yet",
    ]
    assert not (firms.parent / "out").exists()
