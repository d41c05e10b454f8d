import nbformat
import pytest
from nbformat import v4

from kamtools.cli import main

pytestmark = pytest.mark.usefixtures("warm_kernels")
TOML = 'name = "Tea"\ncurrency = "EUR"\nas_of = 2024-12-31\n'
CELLS = [
    v4.new_code_cell("engagement: str = 'x'", metadata={"tags": ["parameters"]}),
    v4.new_code_cell(
        "from kamtools import engagement as e\n"
        "from kamtools.publishing.tables import decide, keep\n"
        "firm = e.load(engagement)\nkeep('mine', firm.quality.assign(n=1))\ndecide('Go on.')"
    ),
]


@pytest.fixture
def kam(capsys):
    """Return a function that gives a command's exit code, its output and its errors."""

    def call(*arguments):
        code = 0
        try:
            main([str(argument) for argument in arguments])
        except SystemExit as ended:
            code = ended.code
        captured = capsys.readouterr()
        return code or 0, captured.out, captured.err

    return call


@pytest.fixture
def firm(tmp_path, monkeypatch, kam):
    """Return an engagement with its report, made of one small notebook."""
    notebooks = tmp_path / "notebooks"
    notebooks.mkdir()
    nbformat.write(v4.new_notebook(cells=CELLS), notebooks / "2_selection.ipynb")
    monkeypatch.setattr("kamtools.publishing.catalogue.notebooks_folder", lambda: notebooks)
    folder = tmp_path / "firm"
    folder.mkdir()
    (folder / "engagement.toml").write_text(TOML, encoding="utf-8")
    (folder / "invoices.csv").write_text(
        "account_id,invoice_id,date,amount\nA1,1,2024-01-15,100\n", encoding="utf-8"
    )
    assert kam("run", folder)[0] == 0
    return folder


def test_report_is_handed_over_verified_and_found_changed(firm, kam):
    report = firm / "report"
    code, out, _ = kam("export", report, "--to", "xlsx", "--to", "pptx")
    assert code == 0
    assert out.split() == [str(report / "report.xlsx"), str(report / "report.pptx")]

    code, out, _ = kam("verify", report)
    assert code == 0
    assert "  mine: holds" in out
    assert out.endswith("The report holds.\n")

    code, out, _ = kam("verify", report, "--quick")
    assert code == 0
    assert out.endswith("the figures were not computed again.\n")

    with (firm / "invoices.csv").open("a", encoding="utf-8") as file:
        file.write("A1,2,2024-02-15,50\n")
    code, out, _ = kam("verify", report)
    assert code == 1
    assert "  invoices.csv was changed" in out
    assert "  mine: row 1 (invoices.csv), lines_read: was 1, is 2" in out
    code, out, _ = kam("verify", report, "--quick")
    assert code == 1
    assert "Run again" not in out


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("export", "nowhere"), "expected the folder of a report"),
        (("verify", "nowhere"), "expected the folder of a report"),
        (("export", "nowhere", "--to", "docx"), "no such format"),
    ],
)
def test_bad_input_has_exit_code_2_and_no_traceback(kam, arguments, told):
    code, out, err = kam(*arguments)
    assert (code, out) == (2, "")
    assert told in err
