"""Every exercise: the right answer, typical wrong ones each with a hint of its own, none."""

import ast
import datetime
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

from kamtools import engagement, ledger
from kamtools.learning.answers import seal
from kamtools.learning.exercises import EXERCISES, check
from kamtools.learning.role_answers import looked_after, two_contacts_lost
from kamtools.learning.selection_answers import chosen_but_not_large
from kamtools.planning.readiness import dimension_scores, statement_levels
from kamtools.planning.statements import NAMES
from kamtools.role.response_curves import curve_shapes
from kamtools.samples import company, locate
from kamtools.selection import cost_to_serve, portfolio, profitability
from kamtools.selection.weights import equal_weights

REPOSITORY = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((REPOSITORY / "notebooks" / "exercises").glob("*.ipynb"))
COMPANY_B = {
    "top_share": 0.42, "largest_share": 0.06, "manager_years": 0.3, "sites": 12, "regions": 2,
    "functions": 4, "joint_steps": 0,
}  # fmt: skip
LEVELS_OF_B = [1, 2, 2, 2, 3, 2, 2, 3, 3, 3, 2, 3, 3, 2, 2, 3, 3, 2, 2, 2]
TEN_LARGEST = ["A188", "Tinder Lane Discount", "A137", "A108", "A082", "A287", "A144", "A284",
               "A131", "A129"]  # fmt: skip
# long lists, found when they are needed
CHOSEN_BUT_SMALLER, LOOKED_AFTER, TWO_CONTACTS_LOST = object(), object(), object()
FOUND = {
    CHOSEN_BUT_SMALLER: chosen_but_not_large,
    LOOKED_AFTER: looked_after,
    TWO_CONTACTS_LOST: two_contacts_lost,
}

# name: the right answer, three or more typical wrong ones, others that nobody foresaw
CASES = {
    "readiness-level": ("2", ["1", "3", "4", "5"], ["7"]),
    "readiness-first-gaps": (
        ["living_record", "weights_first", "written_criteria"],
        [
            ["weights_first", "written_criteria", "chosen_for_role"],
            ["written_criteria", "named_manager", "living_record"],
            ["weights_first", "written_criteria", "short_list"],
        ],
        [["sponsor", "pay_fits", "own_offer"]],
    ),
    "readiness-lower-target": (9, [17, 10, 8], [3]),
    "readiness-other-firm": ("part-time", ["one manager", "a department", "none yet"], ["two"]),
    "selection-elite-size": (0.75, [0.4, 0.97, 0.26, 74], [0.1, 0.55]),
    "selection-served-at-a-loss": (
        "A065", ["Gantry Discount Centre", "榆浦批发部", "A175"], ["A097"],
    ),
    "selection-goal-dropped": (1, [4, 3, 0], [2]),
    "selection-power-as-plus": ("b", ["a", "c", "d"], ["e"]),
    "selection-newcomer": ("Meadow", ["Harbour", "Tower", "Ridge"], ["Nobody"]),
    "selection-late-weights": ("d", ["a", "b", "c"], ["e"]),
    "selection-other-company": (
        ["Moor & Sons <Wholesale>", "A144", "岚桥贸易行"],
        [TEN_LARGEST, ["A137"], CHOSEN_BUT_SMALLER],
        [["A137", "A144"]],
    ),
    "role-headcount": (4.9, [3.4, 2.4, 6.2], [4.0, 9]),
    "role-forty-hours": ("Meadow", ["Harbour", "Tower", "Ridge"], ["Nobody"]),
    "role-ten-pairs": (0.004, [0.081, 0.0475, 0.0155, 0.157, 0.53], [-0.01, 0.03]),
    "role-over-full": (
        ["Lanqiao", "Yanquan"],
        [["Lanqiao", "Yanquan", "Xiqi"], ["Harbour", "Meadow"], ["Harbour", "Meadow", "Lanqiao"]],
        [["Xiqi"], ["Tower", "Yanquan"]],
    ),
    "role-gives-way": ("Yanquan", ["Xiqi", "Lanqiao", "Tower"], ["Harbour"]),
    "role-raci-mended": (
        "sound",
        ["unchanged", "an activity is lost", "a rule cannot be judged", "unreadable",
         *(f"rule {number}" for number in (1, 2, 3, 4, 6, 7, 9, 10))],
        ["rule 5"],
    ),
    "role-training": ("Ines Falk", ["林知秋", "何语桐", "Jonas Adeyemi"], ["M4"]),
    "role-leaves-tomorrow": (
        ["Gantry Discount Centre"],
        [["A018", "A126", "青禾超市", "砚溪便利", "Orchard & Quay"], ["A018"], LOOKED_AFTER],
        [["青禾超市"], ["A126", "A018"]],
    ),
    "role-pay-mix": ("c", ["a", "b", "d"], ["e"]),
    "role-other-company": (["A108", "A188"], ["A188", "A108", TWO_CONTACTS_LOST], [["A064"]]),
}  # fmt: skip

TIERS = pd.Series(["strategic"] * 6 + ["star"] * 5 + ["status"] * 8 + ["streamline"] * 11)
HOURS = TIERS.map({"strategic": 420.0, "star": 300.0, "status": 160.0, "streamline": 60.0})
WORKLOAD = pd.DataFrame(
    {"tier": TIERS, "hours": HOURS, "hours_low": HOURS, "hours_high": HOURS, "source": "assumption"}
)
JUDGED = pd.DataFrame(
    {
        "margin": [500_000.0, 120_000.0, 150_000.0, 40_000.0],
        "hours": [400.0, 200.0, 60.0, 30.0],
        "minimum": [0.8, 0.4, 0.9, 0.7],
        "at_half_more": [1.03, 1.4, 1.03, 1.18],
        "maximum": [1.06, 1.8, 1.08, 1.5],
    },
    index=["Harbour", "Meadow", "Tower", "Ridge"],
)
CURVES = JUDGED[["margin", "hours"]].join(curve_shapes(JUDGED))
OVER_FULL = {
    "accounts": pd.DataFrame(
        {
            "hours": [400, 350, 250, 280, 90, 200],
            "language": ["English"] * 3 + ["Mandarin"] * 3,
            "rivals": ["Meadow", None, None, None, None, None],
        },
        index=["Harbour", "Meadow", "Tower", "Lanqiao", "Xiqi", "Yanquan"],
    ),
    "managers": pd.DataFrame(
        {
            "capacity_hours": [700, 450, 700],
            "languages": ["English", "Mandarin; English", "English"],
        },
        index=["Ana", "Bo", "Cid"],
    ),
}


@pytest.fixture(scope="module")
def contexts(tmp_path_factory):
    """Return what each exercise is checked against, as its notebook passes it."""
    firm = engagement.roll_up(engagement.load(locate("sample")))
    candidates = portfolio.eligible(ledger.scorecard(firm.invoices, as_of=firm.as_of))
    serving = cost_to_serve.cost_by_account(
        candidates.index, service=firm.service, as_of=firm.as_of, cost_per_hour=48
    )
    folder = tmp_path_factory.mktemp("exercises") / "other"
    company.write_company(folder, seed=7)
    other = engagement.roll_up(engagement.load(folder))
    values = pd.DataFrame(
        {"margin": [10.0, 4.0, 2.0], "growth": [0.1, 0.2, 0.0]},
        index=["Harbour", "Meadow", "Ridge"],
    )
    answers = pd.DataFrame({"statement": NAMES, "level": np.array(LEVELS_OF_B, dtype=float)})
    levels = {"levels": statement_levels(firm.readiness)}
    return {
        "readiness-first-gaps": levels,
        "readiness-lower-target": levels,
        "readiness-other-firm": {
            "conditions": COMPANY_B,
            "scores": dimension_scores(statement_levels(answers)),
        },
        "selection-served-at-a-loss": {
            "profit": profitability.profit_by_account(candidates, serving.total),
            "scorecard": candidates,
            "names": firm.display_names(),
        },
        "selection-goal-dropped": {"firm": firm},
        "selection-newcomer": {
            "values": values,
            "newcomer": pd.DataFrame({"margin": [20.0], "growth": [0.0]}, index=["Tower"]),
            "weights": equal_weights(values.columns),
            "objectives": pd.Series("max", index=values.columns),
        },
        "selection-other-company": {"firm": other, "names": other.display_names()},
        "role-headcount": {"workload": WORKLOAD},
        "role-forty-hours": {"curves": CURVES},
        "role-over-full": OVER_FULL,
        "role-gives-way": OVER_FULL,
        "role-training": {"firm": firm, "names": firm.managers.set_index("manager_id")["name"]},
        "role-leaves-tomorrow": {"firm": firm, "names": firm.display_names()},
        "role-other-company": {"firm": other, "names": other.display_names()},
    }


@pytest.fixture(scope="module")
def judge(contexts):
    def judge(name, answer):
        if type(answer) is object and answer in FOUND:
            answer = FOUND[answer](contexts[name])
        return check(name, answer, context=contexts.get(name))

    return judge


def test_every_exercise_has_a_case():
    """Those on power have theirs in test_power_exercises."""
    assert set(CASES) == {name for name in EXERCISES if not name.startswith("power-")}


@pytest.mark.parametrize("name", CASES)
def test_the_right_answer_is_right_and_has_a_lesson(judge, name):
    feedback = judge(name, CASES[name][0])
    assert feedback.is_right, feedback
    assert feedback.message
    assert not feedback.hints


@pytest.mark.parametrize("name", CASES)
def test_three_typical_wrong_answers_each_have_a_hint_of_their_own(judge, name):
    answers = CASES[name][1]
    found = [judge(name, answer) for answer in answers]
    assert [feedback.verdict for feedback in found] == ["wrong"] * len(answers)
    messages = [feedback.message for feedback in found]
    known = {mistake.hint for mistake in EXERCISES[name].mistakes}
    assert len(answers) >= 3
    assert set(messages) <= known
    assert len(set(messages)) == len(answers)


@pytest.mark.parametrize("name", CASES)
def test_wrong_answer_that_nobody_foresaw_is_wrong_all_the_same(judge, name):
    for answer in CASES[name][2]:
        feedback = judge(name, answer)
        assert feedback.verdict == "wrong"
        assert feedback.message not in {mistake.hint for mistake in EXERCISES[name].mistakes}


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("answer", [..., None, "", [], float("nan")], ids=str)
def test_no_answer_is_told_what_one_looks_like(judge, name, answer):
    feedback = judge(name, answer)
    assert feedback.verdict == "empty"
    assert EXERCISES[name].expects in feedback.message


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize(
    "answer",
    [object(), len, {"a": 1}, pd.DataFrame({"a": [1, 2]}), [1, [2]], b"b", -1e308, np.zeros((2, 2)),
     datetime.date(2024, 1, 1), "\ud800", True],
    ids=lambda answer: type(answer).__name__,
)  # fmt: skip
def test_nothing_that_a_person_may_type_raises(judge, name, answer):
    assert judge(name, answer).verdict in ("wrong", "not understood")


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("context", [None, {}, {"levels": 3, "firm": None, "names": 4}], ids=str)
def test_wrong_context_is_told_and_never_raised(name, context):
    answer = CASES[name][0]
    feedback = check(name, answer, context=context)
    needs_one = bool(EXERCISES[name].needs)
    assert feedback.verdict == ("not understood" if needs_one else "right")


@pytest.mark.parametrize("name", CASES)
def test_hints_are_graded_and_none_repeats_another(name):
    exercise = EXERCISES[name]
    words = [*exercise.hints, *(mistake.hint for mistake in exercise.mistakes)]
    assert len(exercise.hints) >= 3
    assert len(exercise.mistakes) >= 3
    assert len(set(words)) == len(words)


def test_unknown_exercise_is_answered_with_the_nearest():
    assert "did you mean 'readiness-level'" in check("readiness-levels", 2).message


def test_tables_of_the_context_are_not_changed(contexts):
    context = contexts["selection-newcomer"]
    before = {name: table.copy() for name, table in context.items()}
    check("selection-newcomer", "Harbour", context=context)
    assert all(table.equals(before[name]) for name, table in context.items())


def spellings(answer):
    """Return how an answer could stand in a text, as patterns."""
    if isinstance(answer, float):
        return [rf"0?\.{round(100 * share):02d}\b|\b{round(100 * share)} ?%" for share in (
            answer - 0.01, answer)]  # fmt: skip
    if isinstance(answer, list):
        listed = r"\W+".join(re.escape(one) for one in answer)
        return [listed, r"\W+".join(re.escape(one) for one in reversed(answer))]
    return [rf"answer\s*=\s*[\"']?{re.escape(str(answer))}\b"]


def unsolved(notebook):
    """Return the cells that a trainee gets."""
    return [c for c in notebook.cells if "solution" not in c.metadata.get("tags", [])]


def texts_a_trainee_can_read():
    texts = {path: path.read_text("utf-8") for path in (REPOSITORY / "kamtools/learning").glob("*")
             if path.suffix in (".py", ".toml")}  # fmt: skip
    for path in NOTEBOOKS:
        cells = unsolved(nbformat.read(path, as_version=4))
        texts[path] = "\n".join(cell.source for cell in cells)
    return texts


@pytest.mark.parametrize("name", CASES)
def test_no_answer_stands_readable_in_the_package_or_in_an_exercise(name):
    for path, text in texts_a_trainee_can_read().items():
        for pattern in spellings(CASES[name][0]):
            assert not re.search(pattern, text), f"{path.name} tells {name}"


@pytest.mark.parametrize("name", [n for n in CASES if not EXERCISES[n].find])
def test_a_sealed_answer_is_the_seal_and_nothing_else(name):
    exercise = EXERCISES[name]
    assert exercise.sealed == seal(name, CASES[name][0])
    assert {mistake.sealed for mistake in exercise.mistakes} == {
        seal(name, answer) for answer in CASES[name][1]
    }


def test_every_exercise_is_in_a_notebook_and_every_check_is_of_one():
    sources = "\n".join(
        cell.source for path in NOTEBOOKS for cell in nbformat.read(path, as_version=4).cells
    )
    assert set(re.findall(r'check\("([a-z-]+)"', sources)) == set(EXERCISES)


def is_check(cell):
    """Say whether a cell ends with a check."""
    return cell.source.rstrip().split("\n")[-1].startswith("check(")


def run_cell(source, space):
    """Run a cell as a notebook does and return the value of its last line, if it has one."""
    *body, last = ast.parse(source).body
    if not isinstance(last, ast.Expr):
        body, last = [*body, last], None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), space)
    return last and eval(compile(ast.Expression(last.value), "<cell>", "eval"), space)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_answers_are_dots_where_there_is_no_solution_and_checked_afterwards(path):
    cells = unsolved(nbformat.read(path, as_version=4))
    given = [cell.source for cell in cells if cell.source.startswith("answer =")]
    assert all(source.startswith("answer = ...") for source in given)
    assert len(given) == sum(map(is_check, cells)) >= 3


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_solved_notebook_shows_right_answers_only(path):
    checks = [cell for cell in nbformat.read(path, as_version=4).cells if is_check(cell)]
    outputs = [cell.outputs[-1]["data"]["text/plain"] for cell in checks]
    assert all(text.startswith("Right.") for text in outputs), outputs


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_unsolved_notebook_runs_to_its_end_and_every_check_finds_no_answer(path):
    space: dict[str, object] = {}
    cells = [c for c in unsolved(nbformat.read(path, as_version=4)) if c.cell_type == "code"]
    values = [run_cell(cell.source, space) for cell in cells]
    verdicts = [v.verdict for v, cell in zip(values, cells, strict=True) if is_check(cell)]
    assert verdicts
    assert set(verdicts) == {"empty"}
