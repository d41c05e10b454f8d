"""Every case study keeps the rules: sources, predictions before answers, a lesson that adds up."""

import ast
import re
from pathlib import Path

import nbformat
import papermill
import pytest

from kamtools.errors import InputError
from kamtools.learning.case_facts import read_facts
from kamtools.learning.case_numbers import numbers_not_in_facts
from kamtools.learning.cases import FILES, load_case
from kamtools.learning.written_numbers import find_numbers
from kamtools.publishing.kernels.provisioner import engine_options

pytestmark = pytest.mark.usefixtures("warm_kernels")
FOLDER = Path(__file__).resolve().parents[2] / "casestudies"
CASES = sorted(path for path in FOLDER.iterdir() if path.is_dir())
SECTIONS = ["Question", "Data", "Analysis", "Decision", "Your turn"]
NOTE_SECTIONS = ["Aims", "Plan", "Board plan", "Expected answers", "Common wrong answers",
                 "What would change our mind", "Ethics and law"]  # fmt: skip
NOT_IN_CELLS = (ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.Try)
OTHER = {"notice_days": 20, "longest_notice": 60, "relaxed_review_days": 15.0, "budget": 30_000.0,
         "years": 300, "draws": 300, "seed": 7, "target": 3}  # fmt: skip


@pytest.fixture(params=CASES, ids=lambda path: path.name)
def case(request):
    return request.param


@pytest.fixture
def notebook(case):
    return nbformat.read(case / "case.ipynb", as_version=4)


def text_of(case, name):
    return (case / name).read_text(encoding="utf-8")


def tags(cell):
    return cell.metadata.get("tags", [])


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def plain_outputs(notebook):
    outputs = [output for cell in code_cells(notebook) for output in cell.outputs]
    return "\n".join(output.get("data", {}).get("text/plain", "") for output in outputs)


def headings(text):
    return [line.removeprefix("## ") for line in text.splitlines() if line.startswith("## ")]


def lesson_minutes(note):
    """Return the minutes that the plan says, and those of its rows."""
    plan = re.search(r"^## Plan: (\d+) minutes$(.*?)^## ", note, re.MULTILINE | re.DOTALL)
    rows = re.findall(r"^\| (\d+) \|", plan[2], re.MULTILINE)
    return int(plan[1]), [int(row) for row in rows]


def numbers_from_nowhere(note, case, notebook):
    """Return the numbers of a note's answers that neither a fact nor the notebook holds.

    The note may round what the notebook prints.
    """
    answers = note[note.index("## Expected answers") :]
    unknown = numbers_not_in_facts(answers, load_case(case.name).facts)
    unknown = unknown[unknown["problem"] == "no fact holds it"]
    printed = find_numbers(plain_outputs(notebook))
    told = [number for shown in unknown["number"] for number in find_numbers(shown)]
    return [number.shown for number in told if not any(is_told(number, one) for one in printed)]


def is_told(number, printed):
    digits = re.search(r"\d\.(\d+)", number.shown)  # none in "two years", or in a whole number
    decimals = len(digits[1]) if digits else 0
    decimals += 2 if number.unit == "share" else 0
    is_same = round(printed.value, decimals) == round(number.value, decimals)
    return is_same and (number.unit == printed.unit or not number.unit or not printed.unit)


def test_a_case_has_its_four_files(case):
    assert {file.name for file in case.iterdir() if file.is_file()} == set(FILES)


def test_the_facts_are_whole_and_the_case_goes_by_the_name_of_its_folder(case):
    assert load_case(case.name).name == case.name


def test_the_story_prints_no_number_that_is_not_in_the_facts(case):
    found = numbers_not_in_facts(text_of(case, "case.md"), load_case(case.name).facts)
    assert found.to_dict("records") == []


def test_the_story_ends_in_a_decision_and_questions(case):
    text = text_of(case, "case.md")
    assert {"What is known", "The decision", "Questions"} <= set(headings(text))
    questions = text[text.index("## Questions") :]
    assert len(re.findall(r"^\d\. .+\?$", questions, re.MULTILINE)) >= 3


def test_the_note_has_its_parts_in_order(case):
    named = [heading.partition(":")[0] for heading in headings(text_of(case, "teaching-note.md"))]
    assert named == NOTE_SECTIONS


def test_the_minutes_of_the_lesson_add_up(case):
    stated, rows = lesson_minutes(text_of(case, "teaching-note.md"))
    assert 45 <= stated <= 60
    assert sum(rows) == stated


def test_the_note_answers_every_question_of_the_story(case):
    questions, note = text_of(case, "case.md"), text_of(case, "teaching-note.md")
    asked = re.findall(r"^\d\. ", questions[questions.index("## Questions") :], re.MULTILINE)
    answers = note[note.index("## Expected answers") : note.index("## Common wrong answers")]
    assert re.findall(r"^\d\. ", answers, re.MULTILINE) == asked


def test_numbers_in_the_expected_answers_come_from_facts_or_the_notebook(case, notebook):
    assert numbers_from_nowhere(text_of(case, "teaching-note.md"), case, notebook) == []


def test_links_of_the_texts_lead_somewhere(case, notebook):
    texts = [text_of(case, "case.md"), text_of(case, "teaching-note.md")]
    texts += [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    for target in re.findall(r"\]\(([^)]+)\)", "\n".join(texts)):
        assert target.startswith("https://") or (case / target).exists(), target


def test_the_notebook_asks_a_question_and_keeps_the_order(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    assert re.fullmatch(r"# .+\?", text.splitlines()[0])
    assert "Time needed" in notebook.cells[0].source
    assert headings(text) == SECTIONS


def test_one_cell_holds_the_parameters_each_with_type_and_meaning_and_all_are_used(notebook):
    (cell,) = [cell for cell in code_cells(notebook) if "parameters" in tags(cell)]
    for line in cell.source.splitlines():
        assert re.fullmatch(r"\w+: (str|int|float|bool) = .+  # .+", line)
    rest = "\n".join(other.source for other in code_cells(notebook) if other is not cell)
    used = {node.id for node in ast.walk(ast.parse(rest)) if isinstance(node, ast.Name)}
    assert {line.split(":")[0] for line in cell.source.splitlines()} <= used


def test_every_prediction_comes_before_what_reveals_it_and_is_left_open(notebook):
    kinds = [tag for cell in notebook.cells for tag in tags(cell)]
    assert kinds.count("prediction") >= 3
    predicted = []
    for cell in code_cells(notebook):
        if "prediction" in tags(cell):
            predicted += re.findall(r"^(predicted_\w+) = \.\.\.  # .+$", cell.source)
        named = {n.id for n in ast.walk(ast.parse(cell.source)) if isinstance(n, ast.Name)}
        compared = {name for name in named if name.startswith("predicted_")}
        assert compared <= set(predicted)
        assert not compared or tags(cell) in (["prediction"], ["reveal"])
    assert len(predicted) == kinds.count("prediction")


def test_cells_are_short_with_prose_between_and_figures_have_words(notebook):
    kinds = "".join("c" if cell.cell_type == "code" else "m" for cell in notebook.cells)
    assert "cccc" not in kinds
    for cell in code_cells(notebook):
        assert len(cell.source.splitlines()) <= 10 or "parameters" in tags(cell), cell.source
        nodes = list(ast.walk(ast.parse(cell.source)))
        assert not [node for node in nodes if isinstance(node, NOT_IN_CELLS)], cell.source
        has_figure = any("image/png" in output.get("data", {}) for output in cell.outputs)
        assert not has_figure or cell.metadata.get("alt"), cell.source


def test_outputs_are_kept_small_and_name_no_machine(case, notebook):
    assert (case / "case.ipynb").stat().st_size < 500_000
    for cell in code_cells(notebook):
        assert cell.execution_count, cell.source
        assert not re.search(r"/(home|root|Users|tmp|work)/", str(cell.outputs)), cell.source


def test_the_notebook_runs_with_other_parameters(case, tmp_path):
    known = papermill.inspect_notebook(str(case / "case.ipynb"))
    other = {name: value for name, value in OTHER.items() if name in known}
    done = papermill.execute_notebook(
        str(case / "case.ipynb"), str(tmp_path / "done.ipynb"), parameters=other,
        progress_bar=False, cwd=str(tmp_path), **engine_options(),
    )  # fmt: skip
    assert len(other) >= 3
    assert plain_outputs(done) != plain_outputs(nbformat.read(case / "case.ipynb", as_version=4))


@pytest.mark.parametrize("key", ["unit", "date", "address", "grade", "whose"])
def test_the_rules_refuse_a_fact_that_has_lost_something(case, key):
    broken = re.sub(rf"^{key} = .*$", "", text_of(case, "facts.toml"), count=1, flags=re.MULTILINE)
    with pytest.raises(InputError, match="facts that cannot be used"):
        read_facts(broken)


def test_the_rules_refuse_a_dead_unit(case):
    broken = re.sub(r'^unit = ".*"$', 'unit = "furlongs"', text_of(case, "facts.toml"), count=1,
                    flags=re.MULTILINE)  # fmt: skip
    with pytest.raises(InputError, match="unit must begin with a known one"):
        read_facts(broken)


def test_the_rules_find_a_figure_that_nobody_has_said(case):
    told = text_of(case, "case.md") + "\n\nSales rose by 37.5 % in 1931.\n"
    found = numbers_not_in_facts(told, load_case(case.name).facts)
    assert found["number"].tolist() == ["1931", "37.5 %"]


def test_the_rules_find_minutes_that_do_not_add_up(case):
    note = text_of(case, "teaching-note.md")
    stated, rows = lesson_minutes(note)
    longer = note.replace(f"| {rows[0]} |", f"| {rows[0] + 5} |", 1)
    assert sum(lesson_minutes(longer)[1]) == stated + 5


def test_the_rules_find_an_answer_from_nowhere(case, notebook):
    note = text_of(case, "teaching-note.md").replace("## Common", "It was 987.6 %.\n\n## Common")
    assert numbers_from_nowhere(note, case, notebook) == ["987.6 %"]
