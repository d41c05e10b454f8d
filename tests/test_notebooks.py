"""The notebooks keep the rules that readers, papermill and nbval rely on."""

import ast
import re
from pathlib import Path

import nbformat
import pytest

from kamtools import engagement, ledger
from kamtools.role.leaving import leaving
from kamtools.samples import locate

REPOSITORY = Path(__file__).resolve().parent.parent
MAIN = sorted((REPOSITORY / "notebooks").glob("*.ipynb"))
EVERY = sorted((REPOSITORY / "notebooks").rglob("*.ipynb"))
SECTIONS = ["Question", "Data", "Analysis", "Decision", "Your turn"]
NOT_IN_CELLS = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try)


def read(path):
    return nbformat.read(path, as_version=4)


def tags(cell):
    return cell.metadata.get("tags", [])


def code_cells(path):
    return [cell for cell in read(path).cells if cell.cell_type == "code"]


def name(path):
    return path.relative_to(REPOSITORY / "notebooks").as_posix()


@pytest.fixture(params=MAIN, ids=name)
def main(request):
    return request.param


@pytest.fixture(params=EVERY, ids=name)
def every(request):
    return request.param


def test_the_title_is_the_managers_question(main):
    first = read(main).cells[0].source.splitlines()[0]
    assert re.fullmatch(r"# .+\?", first)


def test_the_sections_come_in_order(main):
    text = "\n".join(cell.source for cell in read(main).cells if cell.cell_type == "markdown")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == SECTIONS


def test_the_aims_come_with_the_time_and_the_chapter(main):
    opening = read(main).cells[0].source
    assert 3 <= len(re.findall(r"^\d\. ", opening, re.MULTILINE)) <= 4
    assert "Time needed" in opening
    chapter = re.search(r"\]\(\.\./(playbook/[^)]+\.md)\)", opening)
    assert (REPOSITORY / chapter[1]).is_file()


def test_one_cell_holds_the_parameters_each_with_type_and_meaning(main):
    (cell,) = [cell for cell in code_cells(main) if "parameters" in tags(cell)]
    for line in cell.source.splitlines():
        assert re.fullmatch(r"\w+: (str|int|float|bool) = .+  # .+", line)


def test_every_parameter_is_used(main):
    cells = code_cells(main)
    (parameters,) = [cell.source for cell in cells if "parameters" in tags(cell)]
    rest = "\n".join(cell.source for cell in cells if "parameters" not in tags(cell))
    used = {node.id for node in ast.walk(ast.parse(rest)) if isinstance(node, ast.Name)}
    assert {line.split(":")[0] for line in parameters.splitlines()} <= used


def test_code_cells_are_short_and_define_nothing(every):
    for cell in code_cells(every):
        is_short = len(cell.source.splitlines()) <= 10
        assert is_short or "parameters" in tags(cell), cell.source
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not [node for node in nodes if isinstance(node, NOT_IN_CELLS)], cell.source


def test_prose_stands_between_the_code(main):
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in read(main).cells)
    assert "cccc" not in kinds


def test_every_figure_has_words_of_its_own_for_those_who_do_not_see_it(every):
    said = [
        cell.metadata.get("alt", "")
        for cell in code_cells(every)
        if any("image/png" in output.get("data", {}) for output in cell.outputs)
    ]
    assert all(len(words) >= 40 for words in said), said
    assert len(set(said)) == len(said)


def test_outputs_are_kept_and_small(every):
    cells = [cell for cell in code_cells(every) if "explorer" not in tags(cell)]
    assert all(cell.execution_count for cell in cells)
    assert every.stat().st_size < 1_000_000


def test_the_explorer_leaves_no_output_behind(main):
    assert not any(cell.outputs for cell in code_cells(main) if "explorer" in tags(cell))


def test_an_output_names_no_place_on_a_machine(every):
    for cell in code_cells(every):
        assert not re.search(r"/(home|root|Users|tmp|work)/", str(cell.outputs)), cell.source


def test_the_manager_whom_notebook_3_shows_is_the_one_whose_leaving_cuts_off_most():
    firm = engagement.roll_up(engagement.load(locate("sample")))
    revenue = ledger.scorecard(firm.invoices, as_of=firm.as_of).revenue

    def cut_off(person):
        accounts = leaving(person, firm.activities, firm.counterparts).accounts
        ids = accounts.index[accounts["is_cut_off"]]
        return len(ids), revenue.reindex(ids).sum()

    talking = "; ".join(firm.counterparts["person"].dropna())
    people = [name for name in firm.managers["name"] if name in talking]
    shown = "".join(
        text for cell in code_cells(REPOSITORY / "notebooks" / "3_role.ipynb")
        for text in [str(output.get("data", {}).get("text/plain", "")) for output in cell.outputs]
        if "leaves tomorrow" in text
    )  # fmt: skip
    assert len({cut_off(person) for person in people}) > 1
    assert shown.startswith(f"If {max(people, key=cut_off)} leaves tomorrow")
