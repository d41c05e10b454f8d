import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.acceptability import smaa
from kamtools.selection.verdicts import describe_supporters, describe_verdicts, verdicts
from kamtools.selection.weight_draws import uniform_weights

STEPS = (np.arange(1000) + 0.5) / 1000
LADDER = pd.DataFrame({"margin": STEPS, "growth": 1 - STEPS})
PLUSES = pd.Series({"margin": "max", "growth": "max"})
# With two places: a always, b where the margin weighs more than 3/7, c where it does not.
FOUR = pd.DataFrame(
    {"margin": [9.0, 8.0, 0.0, 0.0], "growth": [9.0, 0.0, 6.0, 0.0]}, index=list("abcd")
)


@pytest.fixture(scope="module")
def result():
    return smaa(FOUR, LADDER, PLUSES, top=2)


def test_verdicts_are_three(result):
    table = verdicts(result)
    assert table["verdict"].to_dict() == {
        "a": "in", "b": "argue about it", "c": "argue about it", "d": "out",
    }  # fmt: skip
    assert table["p_top_k"].round(2).tolist() == [1, 0.57, 0.43, 0]


def test_limits_can_be_moved(result):
    table = verdicts(result, in_from=0.55, out_until=0.45)
    assert table["verdict"].tolist() == ["in", "in", "out", "out"]


def test_share_on_a_limit_is_settled():
    three = FOUR.loc[["a", "b", "c"]]
    halves = pd.DataFrame({"margin": [1, 1, 1, 1, 0.0], "growth": [0.0, 0, 0, 0, 1]})
    table = verdicts(smaa(three, halves, PLUSES, top=2))
    assert table["verdict"].tolist() == ["in", "in", "out"]
    assert table["p_top_k"].tolist() == [1, 0.8, 0.2]


def test_words_name_the_closest_calls(result):
    assert describe_verdicts(result, names={"b": "Big Co"}) == (
        "Of 4 accounts for 2 places, 1 is in under at least 80 % of 1,000 ways to weigh the "
        "criteria, and 1 is in under at most 20 %. Argue about the other 2; the closest calls "
        "are Big Co (57 %) and c (43 %)."
    )


def test_words_say_when_all_is_settled(result):
    text = describe_verdicts(result, in_from=0.5, out_until=0.49)
    assert text.endswith("There is nobody to argue about.")


def test_words_say_where_more_draws_are_needed(result):
    text = describe_verdicts(result, in_from=0.58)
    assert text.endswith("1 stands so near a limit that more draws may change the verdict.")


def test_supporters_are_told_from_the_smaller_camp(result):
    sentences = describe_supporters(result, {"margin": "Profit"})
    assert sentences["b"] == (
        "Left out under 43 % of the weights: by those to whom growth (79 % instead of 50 %) "
        "counts for more, and profit (21 % instead of 50 %) for less."
    )
    assert sentences["c"].startswith("Chosen under 43 % of the weights: by those to whom growth")


def test_account_chosen_by_all_or_by_none_needs_no_camp(result):
    sentences = describe_supporters(result)
    assert sentences["a"] == "Chosen whatever counts more."
    assert sentences["d"] == "Chosen under none of the weights."


def test_differences_of_chance_are_not_told():
    # Twins share their place whatever the weights: no camp differs from the mean.
    twins = pd.DataFrame({"margin": [5.0, 5.0, 0.0], "growth": [5.0, 5.0, 0.0]}, index=list("abc"))
    result = smaa(twins, uniform_weights(twins.columns, draws=50, seed=1), PLUSES, top=1)
    assert describe_supporters(result)["a"] == (
        "Chosen under 50 % of the weights, with no criterion that tells them from the others."
    )


@pytest.mark.parametrize(("in_from", "out_until"), [(0.2, 0.8), (1.1, 0.2), (0.8, -0.1)])
def test_limits_that_do_not_fit_are_refused(result, in_from, out_until):
    with pytest.raises(InputError, match="expected 0 <= out_until < in_from <= 1"):
        verdicts(result, in_from=in_from, out_until=out_until)


def test_result_is_not_modified(result):
    before = result.top_weights.copy()
    describe_supporters(result)
    describe_verdicts(result)
    pd.testing.assert_frame_equal(result.top_weights, before)
