import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.learning.answers import seal
from kamtools.learning.judging import Exercise, Mistake, judge

NUMBER = Exercise(
    name="number", kind="number", expects="a share", hints=("One.", "Two."),
    mistakes=(Mistake("You gave the rest.", find=lambda context: 1 - context["share"]),),
    lesson=lambda context: f"It is {context['share']}.",
    find=lambda context: context["share"], tolerance=0.02, needs=("share",),
)  # fmt: skip
CHOICE = Exercise(
    name="choice", kind="choice", expects="a, b or c", hints=("Think.",),
    mistakes=(Mistake("Not the loudest.", sealed=seal("choice", "b")),),
    lesson="Well.", sealed=seal("choice", "a"),
)  # fmt: skip
PARTIES = Exercise(
    name="parties", kind="names", expects="accounts", hints=("Look.",),
    mistakes=(Mistake("These are all.", find=lambda context: ["A", "B", "C"]),),
    lesson="Yes.", find=lambda context: {"A", "B"},
)  # fmt: skip


def test_number_within_reach_is_right_and_the_lesson_knows_the_data():
    feedback = judge(NUMBER, 0.31, {"share": 0.3})
    assert (feedback.verdict, feedback.message) == ("right", "It is 0.3.")


def test_number_out_of_reach_is_told_which_way():
    assert judge(NUMBER, 0.1, {"share": 0.3}).message.startswith("Too low.")
    assert judge(NUMBER, 0.4, {"share": 0.3}).message.startswith("Too high.")


def test_typical_mistake_has_its_own_hint():
    assert judge(NUMBER, 0.7, {"share": 0.3}).message == "You gave the rest."
    assert judge(CHOICE, "B)", {}).message == "Not the loudest."
    assert judge(PARTIES, "a, b, c", {}).message == "These are all."


def test_mistake_that_is_the_right_answer_here_is_right():
    assert judge(NUMBER, 0.5, {"share": 0.5}).is_right


def test_sealed_choice_is_known_by_its_seal():
    assert judge(CHOICE, "A", {}).is_right
    assert judge(CHOICE, "c", {}).message == "Not this one. Expected is a, b or c."


def test_set_that_is_partly_right_is_told_how_far():
    assert judge(PARTIES, ["A", "D"], {}).message == "1 of your 2 belong there; 1 are missing."


def test_missing_context_is_asked_for_and_an_empty_answer_comes_first():
    assert "The check needs share" in judge(NUMBER, 0.3, {}).message
    assert judge(NUMBER, ..., {}).verdict == "empty"


def test_answer_of_another_kind_is_not_understood():
    feedback = judge(NUMBER, "a lot", {"share": 0.3})
    assert (feedback.verdict, feedback.message) == ("not understood", "Expected is a share.")


@given(st.floats(0, 1), st.floats(0, 1))
def test_number_is_right_exactly_within_the_tolerance(share, answer):
    is_right = judge(NUMBER, answer, {"share": share}).is_right
    assert is_right == (abs(answer - share) <= 0.02 + 1e-9)


@given(st.sets(st.sampled_from("ABCD"), min_size=1))
def test_set_is_right_in_any_order_and_only_whole(parties):
    assert judge(PARTIES, sorted(parties, reverse=True), {}).is_right == (parties == {"A", "B"})


@pytest.mark.parametrize("answer", ["b", 0.7, ...])
def test_every_answer_that_is_not_right_brings_the_hints(answer):
    assert judge(CHOICE, answer, {}).hints == CHOICE.hints


def test_name_that_may_mean_two_accounts_is_not_judged():
    one = Exercise("one", "names", "an account", (), (), "Yes.", find=lambda context: ["A2"])
    context = {"names": {"A1": "Moor <East>", "A2": "Moor <West>"}}
    feedback = judge(one, "Moor", context)
    assert feedback.verdict == "not understood"
    assert "'moor' may be any of A1 and A2: give the id." in feedback.message
    assert judge(one, "A2", context).verdict == "right"


def test_name_that_nobody_has_is_not_called_wrong():
    one = Exercise("one", "names", "an account", (), (), "Yes.", find=lambda context: ["A1"])
    feedback = judge(one, "Mor & Sons", {"names": {"A1": "Moor & Sons"}})
    assert feedback.verdict == "not understood"
    assert "There is nobody called 'mor & sons'" in feedback.message
