"""Exercises on power: right answers, typical wrong ones each with a hint of its own, none."""

import copy
import datetime
import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest

from kamtools.learning import power_examples
from kamtools.learning.answers import seal
from kamtools.learning.exercises import check
from kamtools.learning.power_answers import zone_verdict
from kamtools.learning.power_balance_answers import plan_verdict
from kamtools.learning.power_exercises import POWER
from kamtools.power.simulation_assumptions import default_simulation_assumptions
from kamtools.power.simulation_notice import notice_curve
from kamtools.power.stop_cases import stop_inputs

REPOSITORY = Path(__file__).resolve().parents[2]
NOTEBOOK = REPOSITORY / "notebooks" / "exercises" / "4_power.ipynb"
EXERCISES = {one.name: one for one in POWER}
RIGHT_ZONES = {"Harbour": "captive supplier", "Meadow": "interlocked", "Tower": "between",
               "Ridge": "captive account"}  # fmt: skip
CHEAPEST = ["plan_sharing", "advance_notice", "coalition"]

# name: right answers, three or more typical wrong ones, others that nobody foresaw
CASES = {
    "power-by-hand": ([0.345, "0.35"], [-0.345, 0.25, 0.705, -0.095], [0.1, 0.9]),
    "power-critical-part": ([0.76, 0.74], [0.29, 0.72, 0.87, 0.0036], [0.5, 0.95]),
    "power-zones": (
        [RIGHT_ZONES, pd.Series(RIGHT_ZONES),
         {name.upper(): f" {zone} " for name, zone in RIGHT_ZONES.items()}],
        [
            RIGHT_ZONES | {"Tower": "free"},
            {"Harbour": "captive supplier"},
            RIGHT_ZONES | {"Harbour": "captive account", "Ridge": "captive supplier"},
            RIGHT_ZONES | {"Harbour": "interlocked"},
            RIGHT_ZONES | {"Tower": "loose"},
            RIGHT_ZONES | {"Meadow": "between"},
        ],
        [],
    ),
    "power-flip": (
        ["availability of shoppers", ["Availability of shoppers"]],
        [
            "stake of capacity", "stake of revenue", "availability of revenue",
            ["availability of revenue", "stake of revenue", "stake of spend", "stake of shoppers",
             "availability of spend", "availability of shoppers"],
        ],
        ["shoppers", "stake of spend", ["availability of shoppers", "stake of revenue"]],
    ),
    "power-account-goes": ([0.545, "58 %"], [0.2, 0.3, 1.82, -0.55, 55], [0.9, 1.2]),
    "power-outside-offer": ([50, "50"], [60, 20, 70, 40], [0, 90]),
    "power-impatience": ([0.169, 0.2], [0.5, 0.4, 0.847, 0.479], [0.02, 0.99]),
    "power-stop": ([0.21, "20 %"], [0.545, 0.08, 0.15, 0.5, 21], [0.7, 0.95]),
    "power-two-ways": (["c", "C)"], ["a", "b", "d"], ["e"]),
    "power-plan": (
        [CHEAPEST, CHEAPEST[::-1]],
        [
            ["bribery"],
            ["advance_notice"],
            ["notice_period", "plan_sharing", "advance_notice", "coalition"],
            ["co_development"],
            ["plan_sharing", "advance_notice", "notice_period"],
            ["plan_sharing", "notice_period", "coalition"],
        ],
        [],
    ),
    "power-briefing": (
        [["b", "d", "e"], "e, b, d", {"B", "D", "E"}],
        [["a", "b", "d", "e"], ["b", "c", "d", "e"], ["b", "d", "e", "f"], ["b", "d"], ["d", "e"],
         ["d"], ["a", "b", "c", "d", "e"]],
        [["a"], ["c", "f"]],
    ),
    "power-notice": ([60, 45.0], [20, 0, 120], [85]),
    "power-trial": ([0.28, "25 %"], [0.8, 0.5, 0.1, 28], [0.99]),
}  # fmt: skip
SAME_HINT = {"power-impatience": 3}  # 0.479 and 0.5 are the same thought
NAMES = list(CASES)


@pytest.fixture(scope="module")
def contexts():
    """Return what each exercise is checked against: a firm with margin 30, fixed costs 19."""
    revenue = pd.Series([20.0, *[16.0] * 5], index=["Harbour", *"abcde"])
    accounts = pd.DataFrame({"revenue": revenue, "margin": 0.3 * revenue})
    curve = notice_curve(default_simulation_assumptions(), years=4_000, seed=1,
                         notice_days=[5, 10, 15, 20, 30, 45, 60, 90, 120])  # fmt: skip
    return {
        "power-by-hand": {"inputs": power_examples.worked_account()},
        "power-critical-part": {"inputs": power_examples.critical_part()},
        "power-flip": {"inputs": power_examples.uncertain_account()},
        "power-account-goes": {"accounts": accounts, "fixed_costs": 19.0},
        "power-stop": {"assumed": stop_inputs()["middle"]},
        "power-notice": {"curve": curve},
    }


@pytest.fixture(scope="module")
def judge(contexts):
    def judge(name, answer):
        if name == "power-zones":
            answer = zone_verdict(answer, power_examples.four_accounts())
        if name == "power-plan":
            answer = plan_verdict(answer, power_examples.account_to_plan(),
                                  power_examples.measures_to_choose())  # fmt: skip
        return check(name, answer, context=contexts.get(name))

    return judge


def test_every_exercise_on_power_has_a_case():
    assert set(CASES) == set(EXERCISES)


@pytest.mark.parametrize("name", NAMES)
def test_right_answer_to_power_is_right_and_has_a_lesson(judge, name):
    for answer in CASES[name][0]:
        feedback = judge(name, answer)
        assert feedback.is_right, feedback
        assert feedback.message
        assert not feedback.hints


@pytest.mark.parametrize("name", NAMES)
def test_typical_wrong_answers_to_power_each_have_a_hint_of_their_own(judge, name):
    answers = CASES[name][1]
    found = [judge(name, answer) for answer in answers]
    assert [feedback.verdict for feedback in found] == ["wrong"] * len(answers)
    messages = {feedback.message for feedback in found}
    assert messages <= {mistake.hint for mistake in EXERCISES[name].mistakes}
    assert len(messages) == SAME_HINT.get(name, len(answers)) >= 3


@pytest.mark.parametrize("name", NAMES)
def test_every_mistake_foreseen_in_power_can_be_made(judge, name):
    reached = {judge(name, answer).message for answer in CASES[name][1]}
    assert reached == {mistake.hint for mistake in EXERCISES[name].mistakes}


@pytest.mark.parametrize("name", NAMES)
def test_unforeseen_wrong_answer_to_power_is_wrong_all_the_same(judge, name):
    for answer in CASES[name][2]:
        feedback = judge(name, answer)
        assert feedback.verdict == "wrong"
        assert feedback.message not in {mistake.hint for mistake in EXERCISES[name].mistakes}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("answer", [..., None, "", [], float("nan")], ids=str)
def test_no_answer_to_power_is_told_what_one_looks_like(judge, name, answer):
    feedback = judge(name, answer)
    assert feedback.verdict == "empty"
    assert EXERCISES[name].expects in feedback.message


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "answer",
    [object(), len, {"a": 1}, pd.DataFrame({"a": [1, 2]}), [1, [2]], b"b", -1e308, True,
     np.zeros((2, 2)), datetime.date(2024, 1, 1), "\ud800", pd.Series([1, 2])],
    ids=lambda answer: type(answer).__name__,
)  # fmt: skip
def test_nothing_typed_in_power_raises(judge, name, answer):
    assert judge(name, answer).verdict in ("wrong", "not understood")


@pytest.mark.parametrize("name", [name for name in NAMES if EXERCISES[name].needs])
@pytest.mark.parametrize("context", [None, {}, {"inputs": 3, "curve": None}], ids=str)
def test_wrong_context_of_power_is_told_and_never_raised(name, context):
    feedback = check(name, CASES[name][0][0], context=context)
    assert feedback.verdict == "not understood"


@pytest.mark.parametrize("name", NAMES)
def test_hints_on_power_are_three_steps_and_none_repeats_another(name):
    exercise = EXERCISES[name]
    words = [*exercise.hints, *(mistake.hint for mistake in exercise.mistakes)]
    assert len(exercise.hints) >= 3
    assert len(set(words)) == len(words)


def test_checking_power_changes_no_table(contexts, judge):
    before = copy.deepcopy(contexts)
    for name in contexts:
        judge(name, CASES[name][0][0])
        judge(name, CASES[name][1][0])
    for name, context in contexts.items():
        for key, value in context.items():
            same = value.equals(before[name][key]) if hasattr(value, "equals") else True
            assert same, f"{name}: {key}"


@pytest.mark.parametrize("name", [name for name in NAMES if EXERCISES[name].sealed])
def test_sealed_answer_to_power_is_the_seal_and_nothing_else(name):
    right, wrong, _ = CASES[name]
    as_text = [", ".join(sorted(one)) if isinstance(one, list) else one for one in wrong]
    exercise = EXERCISES[name]
    first = ", ".join(sorted(right[0])) if isinstance(right[0], list) else right[0]
    assert exercise.sealed == seal(name, first)
    assert [mistake.sealed for mistake in exercise.mistakes] == [seal(name, one) for one in as_text]


def patterns(answer):
    """Return how an answer could stand in a text that a trainee reads."""
    if isinstance(answer, float):
        return [rf"(?<![\d.])0?\.{f'{answer:.3f}'[2:].rstrip('0')}\b"]
    if isinstance(answer, list):
        listed = (answer, answer[::-1])
        return [r"[^\w]+".join(map(re.escape, one)) for one in listed]
    if isinstance(answer, dict):
        return [rf"{name}\W+{zone}" for name, zone in answer.items()]
    return [rf"answer\s*=\s*\[?[\"']?{re.escape(str(answer))}\b"]


@pytest.mark.parametrize("name", NAMES)
def test_no_answer_to_power_stands_readable_where_a_trainee_looks(name):
    modules = (REPOSITORY / "kamtools" / "learning").glob("power_*exercises.py")
    texts = {path.name: path.read_text("utf-8") for path in modules}
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    given = [cell for cell in cells if "solution" not in cell.metadata.get("tags", [])]
    texts["the trainee's copy"] = "\n".join(cell.source for cell in given)
    for place, text in texts.items():
        for pattern in patterns(CASES[name][0][0]):
            assert not re.search(pattern, text), f"{place} tells {name}: {pattern}"


def test_each_exercise_on_power_stands_once_in_the_notebook_in_order():
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    text = "\n".join(cell.source for cell in cells)
    asked = re.findall(r'check\("(power-[a-z-]+)"', text)
    assert asked == NAMES
    assert text.count("\n## ") + text.startswith("## ") == len(NAMES)
    assert len(re.findall(r"Debrief: ", text)) == len(NAMES)
