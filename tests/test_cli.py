import subprocess
import sys

import nbformat
import pytest
from nbformat import v4

from kamtools import cli
from kamtools.cli import teaching
from kamtools.learning import cases
from kamtools.publishing import catalogue

pytestmark = pytest.mark.usefixtures("warm_kernels")
FACTS = """[case]
name = "a-case"
title = "A and B"
supplier = "A"
account = "B"
told_by = "the paper"
cannot = "It cannot say much."

[[facts]]
name = "share"
value = 0.5
unit = "share of sales"
date = "2017-04-03"
address = "https://example.org/a"
grade = "B"
whose = "the paper"
"""
PARAMETERS = 'engagement: str = "sample"  # folder\ntop: int = 3  # how many'


@pytest.fixture
def kam(capsys):
    """Return a function that gives a command's exit code, its output and its errors."""

    def call(*arguments):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return ended.value.code, captured.out, captured.err

    return call


@pytest.fixture
def use_notebook(tmp_path, monkeypatch):
    """Return a function that makes `selection` a notebook with this code."""

    def use(code):
        cells = [v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})]
        cells.append(v4.new_code_cell(code))
        folder = tmp_path / "notebooks"
        folder.mkdir()
        nbformat.write(v4.new_notebook(cells=cells), folder / "2_selection.ipynb")
        monkeypatch.setattr(catalogue, "notebooks_folder", lambda: folder)

    return use


@pytest.fixture
def use_case(tmp_path, monkeypatch):
    """Return a function that makes `a-case` the only case, its notebook with this code."""

    def use(code):
        folder = tmp_path / "cases" / "a-case"
        folder.mkdir(parents=True)
        (folder / "facts.toml").write_text(FACTS, encoding="utf-8")
        (folder / "case.md").write_text("# A and B\n\nA sells to B.\n", encoding="utf-8")
        (folder / "teaching-note.md").write_text("## Plan: 45 minutes\n", encoding="utf-8")
        cells = [v4.new_markdown_cell("# Who needs whom?\n\nAims.")]
        cells.append(v4.new_code_cell("top: int = 3", metadata={"tags": ["parameters"]}))
        cells.append(v4.new_code_cell(code))
        nbformat.write(v4.new_notebook(cells=cells), folder / "case.ipynb")
        monkeypatch.setattr(cases, "cases_folder", lambda: folder.parent)
        monkeypatch.chdir(tmp_path)

    return use


@pytest.mark.parametrize("module", ["kamtools.cli", "kamtools.publishing", "kamtools"])
def test_help_need_not_wait_for_heavy_packages(module):
    heavy = "{'pandas', 'numpy', 'ibis', 'duckdb', 'papermill', 'matplotlib', 'pandera'}"
    code = f"import sys, {module}; print(sorted({heavy} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_help_lists_every_command(kam):
    code, out, _ = kam("--help")
    assert code == 0
    for command in ("demo", "init", "check", "sample", "data", "run", "case", "lab"):
        assert f"  {command} " in out


def test_version_is_told(kam):
    assert kam("--version")[:2] == (0, "kamtools 0.1.0\n")


def test_unknown_command_is_bad_input(kam):
    assert kam("selct")[0] == 2


def test_init_writes_a_folder_that_check_then_asks_to_fill_in(kam, tmp_path):
    code, out, _ = kam("init", tmp_path / "firm")
    assert code == 0
    assert "engagement.toml" in out
    code, _, err = kam("check", tmp_path / "firm")
    assert code == 2
    assert "as_of" in err


def test_init_writes_over_nothing(kam, make_folder):
    code, _, err = kam("init", make_folder())
    assert code == 2
    assert "engagement.toml" in err
    assert "invoices.csv" in err


def test_check_shows_what_was_read(kam, make_folder):
    code, out, _ = kam("check", make_folder())
    assert code == 0
    assert "lines set aside" in out


def test_check_tells_how_each_file_is_written_and_what_is_in_it(kam, make_folder):
    _, out, _ = kam("check", make_folder())
    assert (
        "invoices.csv: UTF-8, cells between commas, decimal point, dates as year-month-day; "
        "3 lines, 2 accounts, 2024-01-15 to 2024-03-20\n"
    ) in out


def test_check_warns_of_what_is_worth_a_look_and_does_not_fail(kam, make_folder):
    firm = make_folder(accounts="account_id,name\nA1,One\na2,Two\n")
    code, out, err = kam("check", firm)
    assert (code, err) == (0, "")
    assert (
        "Worth a look: 1 account in invoices.csv (18 % of revenue) has no row in accounts.csv: "
        "A2.\n"
    ) in out
    assert "Worth a look: 1 account may be written in several ways" in out


def test_check_names_file_row_and_column_of_a_wrong_time_equation(kam, make_folder):
    firm = make_folder(time_equations="activity,driver,hours\nentry,boxes,1\n")
    code, _, err = kam("check", firm)
    assert code == 2
    assert "time_equations.csv, row 2, column driver: saw 'boxes'" in err


def test_check_tells_all_faults_in_one_go_and_no_traceback(kam, make_folder):
    firm = make_folder(invoices="account_id,invoice_id,date,amount\nA,1,someday,much\n")
    code, _, err = kam("check", firm)
    assert code == 2
    assert "someday" in err
    assert "much" in err
    assert "Traceback" not in err


def test_check_takes_another_day(kam, make_folder):
    assert "as of 2024-02-29" in kam("check", make_folder(), "--as-of", "2024-02-29")[1]


def test_names_in_a_table_on_the_terminal_are_no_markup(kam, make_folder):
    firm = make_folder()
    (firm / "invoices.csv").rename(firm / "[red]in.csv")
    text = (firm / "engagement.toml").read_text() + '[files.invoices]\npath = "[red]in.csv"\n'
    (firm / "engagement.toml").write_text(text)
    assert "[red]in.csv" in kam("check", firm)[1]


def test_folder_that_is_not_there_is_bad_input(kam, tmp_path):
    code, _, err = kam("check", tmp_path / "nowhere")
    assert code == 2
    assert "nowhere" in err


def test_data_without_a_name_lists_the_sets(kam):
    code, out, _ = kam("data")
    assert code == 0
    assert {"online-retail", "iowa-proximo"} <= {line.split()[0] for line in out.splitlines()}


def test_unknown_set_is_bad_input(kam, tmp_path):
    assert kam("data", "online-retial", tmp_path / "x")[0] == 2
    assert not (tmp_path / "x").exists()


def test_sample_of_another_seed_is_another_company(kam, tmp_path):
    assert kam("sample", tmp_path / "a", "--seed", "1")[0] == 0
    assert kam("sample", tmp_path / "b", "--seed", "2")[0] == 0
    first, second = ((tmp_path / f / "invoices.csv").read_bytes() for f in "ab")
    assert first != second


@pytest.mark.parametrize("given", [("-p", "top=5"), ("-p", "top", "5")])
def test_run_writes_the_report_into_the_folder_and_says_where(
    kam, make_folder, use_notebook, given
):
    use_notebook("print('top is', top)")
    firm = make_folder()
    code, out, err = kam("run", firm, "selection", *given)
    assert (code, out.strip()) == (0, str(firm / "report" / "index.html"))
    assert "top is 5" in (firm / "report" / "selection.html").read_text()
    assert err == "running selection\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["-p", "tpo=5"], "did you mean top?"),
        (["-p", "top=many"], "expected a whole number"),
        (["-p", "top"], "expected NAME=VALUE"),
        (["selektion"], "did you mean selection?"),
        (["../../selection"], "no notebook"),
    ],
)
def test_run_refuses_what_it_does_not_know(kam, make_folder, use_notebook, arguments, message):
    use_notebook("1")
    firm = make_folder()
    code, out, err = kam("run", firm, *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not (firm / "report").exists()


def test_run_refuses_a_place_that_holds_something_else(kam, make_folder, use_notebook):
    use_notebook("1")
    firm = make_folder()
    code, _, err = kam("run", firm, "--out", firm)
    assert code == 2
    assert "holds the engagement" in err


def test_failed_run_ends_with_one_and_the_failing_cell(kam, make_folder, use_notebook):
    use_notebook("top / 0")
    code, _, err = kam("run", make_folder())
    assert code == 1
    assert "top / 0\nwith ZeroDivisionError: division by zero" in err
    assert "Traceback" not in err


def test_cases_are_listed_with_their_question_and_minutes(kam, use_case):
    use_case("1")
    code, out, _ = kam("case")
    assert code == 0
    assert out.splitlines()[1].split() == ["a-case", "A", "and", "B", "Who", "needs", "whom?", "45"]


def test_a_case_in_the_making_is_not_listed(kam, use_case, tmp_path):
    use_case("1")
    (tmp_path / "cases" / "a-case" / "case.ipynb").unlink()
    code, out, _ = kam("case")
    assert code == 0
    assert "a-case" not in out


def test_case_writes_story_sources_and_notebook_beside_each_other(kam, use_case, tmp_path):
    use_case("print('top is', top)")
    code, out, err = kam("case", "a-case", "-p", "top=5")
    report = tmp_path / "a-case-report"
    assert (code, out.strip(), err) == (0, str(report / "index.html"), "running case\n")
    assert "top is 5" in (report / "case.html").read_text()
    assert "A sells to B." in (report / "index.html").read_text()
    assert "https://example.org/a" in (report / "tables" / "sources.csv").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a-cse"], "no case 'a-cse'; did you mean a-case?"),
        (["../a-case"], "no case '../a-case'"),
        (["a-case", "-p", "tpo=5"], "did you mean top?"),
        (["a-case", "-p", "top=many"], "expected a whole number"),
        (["a-case", "-p", "case=other"], "cannot be set as a parameter"),
        (["a-case", "--out", "cases"], "holds the"),
    ],
)
def test_case_refuses_what_it_does_not_know(kam, use_case, tmp_path, arguments, message):
    use_case("1")
    code, out, err = kam("case", *arguments)
    assert (code, out) == (2, "")
    assert message in err
    assert not (tmp_path / "a-case-report").exists()


def test_failed_case_leaves_no_report_and_says_which_cell(kam, use_case, tmp_path):
    use_case("top / 0")
    code, _, err = kam("case", "a-case")
    assert code == 1
    assert "top / 0\nwith ZeroDivisionError: division by zero" in err
    assert not (tmp_path / "a-case-report").exists()


def test_fault_of_our_own_is_told_without_a_traceback(kam, monkeypatch):
    monkeypatch.setattr(cli, "app", lambda args: 1 / 0)
    code, _, err = kam("check", "x")
    assert code == 1
    assert err.startswith("kam: a fault in kamtools itself (ZeroDivisionError: division by zero)")


def test_debug_shows_where(tmp_path):
    with pytest.raises(Exception, match="nowhere"):
        cli.main(["check", str(tmp_path / "nowhere"), "--debug"])


def test_demo_makes_the_sample_company_and_says_where_the_report_is(kam, use_notebook, tmp_path):
    use_notebook("1")
    code, out, _ = kam("demo", "--out", tmp_path / "demo")
    report = tmp_path / "demo" / "report"
    made = [report / name for name in ("index.html", "report.pptx", "report.xlsx")]
    assert (code, out.split()) == (0, [str(path) for path in made])
    assert all(path.is_file() for path in made)
    assert (tmp_path / "demo" / "engagement" / "invoices.csv").exists()
    assert kam("demo", "--out", tmp_path / "demo")[0] == 0


def test_lab_opens_the_notebooks_and_ends_as_jupyter_does(kam, use_notebook, monkeypatch, tmp_path):
    use_notebook("1")
    called = []
    monkeypatch.setattr(
        teaching.subprocess,
        "run",
        lambda command, check: called.append(command) or subprocess.CompletedProcess(command, 3),
    )
    assert kam("lab")[0] == 3
    root, opened = f"--ServerApp.root_dir={tmp_path}", "--LabApp.default_url=/lab/tree/notebooks"
    assert called == [[sys.executable, "-P", "-m", "jupyterlab", root, opened]]
