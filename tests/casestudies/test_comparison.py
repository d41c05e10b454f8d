"""The notebook that compares the cases keeps the rules, and knows all the cases there are."""

import ast
import re
from pathlib import Path

import nbformat
import papermill
import pytest

from kamtools.learning.case_comparison import all_dependence
from kamtools.learning.case_list import list_cases
from kamtools.publishing.kernels.provisioner import engine_options
from kamtools.publishing.records import as_frame, kept_tables

pytestmark = pytest.mark.usefixtures("warm_kernels")
FOLDER = Path(__file__).resolve().parents[2] / "casestudies"
NOTEBOOK = FOLDER / "comparison.ipynb"
SECTIONS = ["Question", "Data", "Analysis", "Decision", "Your turn"]
NOT_IN_CELLS = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try)


@pytest.fixture
def notebook():
    return nbformat.read(NOTEBOOK, as_version=4)


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def kept(notebook):
    return {record["name"]: as_frame(record) for record in kept_tables(notebook)}


def test_the_notebook_asks_a_question_and_keeps_the_order(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.fullmatch(r"# .+\?", text.splitlines()[0])
    assert "Time needed" in notebook.cells[0].source
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS


def test_its_links_lead_somewhere(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (FOLDER / target).is_file(), target


def test_cells_are_short_with_prose_between_and_figures_have_words(notebook):
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in notebook.cells)
    assert "cccc" not in kinds
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= 10, cell.source
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not [node for node in nodes if isinstance(node, NOT_IN_CELLS)], cell.source
        has_figure = any("image/png" in output.get("data", {}) for output in cell.outputs)
        assert not has_figure or cell.metadata.get("alt"), cell.source


def test_outputs_are_kept_small_and_name_no_machine(notebook):
    assert NOTEBOOK.stat().st_size < 500_000
    for cell in code_cells(notebook):
        assert cell.execution_count, cell.source
        assert not re.search(r"/(home|root|Users|tmp|work)/", str(cell.outputs)), cell.source


def test_every_whole_case_is_in_it(notebook):
    cases = list_cases().set_index("name").title
    assert sorted(kept(notebook)["outcomes"]["case"]) == sorted(cases)
    about_power = cases[cases.index.isin(all_dependence()["account_id"])]
    assert sorted(kept(notebook)["zones"]["case"]) == sorted(about_power)


def test_it_runs_with_other_parameters_and_then_says_something_else(notebook, tmp_path):
    other = {"corridor_low": -0.3, "corridor_high": 0.3, "draws": 300, "seed": 7}
    done = papermill.execute_notebook(
        str(NOTEBOOK), str(tmp_path / "done.ipynb"), parameters=other, progress_bar=False,
        cwd=str(tmp_path), **engine_options(),
    )  # fmt: skip
    assert not kept(done)["zones"].equals(kept(notebook)["zones"])
