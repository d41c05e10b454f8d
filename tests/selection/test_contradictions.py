import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.ahp import ahp_weights, consistency
from kamtools.selection.comparisons import comparison_matrix
from kamtools.selection.contradictions import (
    compare_judges,
    describe_consistency,
    worst_comparison,
)

NAMES = list("abcde")
CONSISTENT = {("a", "b"): 2, ("a", "c"): 4, ("a", "d"): 8, ("b", "c"): 2, ("b", "d"): 4,
              ("c", "d"): 2}  # fmt: skip


def spoilt(pair, times):
    return comparison_matrix("abcd", {**CONSISTENT, pair: times})


def noisy(seed, spread):
    rng = np.random.default_rng(seed)
    weights = rng.dirichlet(np.ones(5)) + 0.02
    matrix = weights[:, np.newaxis] / weights
    rows, columns = np.triu_indices(5, 1)
    matrix[rows, columns] *= np.exp(rng.normal(0, spread, len(rows)))
    matrix[columns, rows] = 1 / matrix[rows, columns]
    return pd.DataFrame(matrix, index=NAMES, columns=NAMES)


def test_worst_of_choose_a_leader_is_charisma_against_experience():
    # The published table of four criteria; what the others imply is computed by Harker's rule.
    leader = comparison_matrix(
        ["experience", "education", "charisma", "age"],
        {("experience", "education"): 4, ("experience", "charisma"): 3, ("experience", "age"): 7,
         ("charisma", "education"): 3, ("education", "age"): 3, ("charisma", "age"): 5},
    )  # fmt: skip
    worst = worst_comparison(leader)
    assert (worst.more, worst.less, worst.said) == ("experience", "charisma", 3)
    assert worst.implied == pytest.approx(1.3616, abs=1e-4)
    assert worst.ratio_after < consistency(leader).ratio


@pytest.mark.parametrize(("pair", "right"), list(CONSISTENT.items()))
def test_one_answer_turned_round_is_found_and_mended(pair, right):
    worst = worst_comparison(spoilt(pair, 1 / right))
    assert (worst.more, worst.less) == pair[::-1]
    assert worst.implied == pytest.approx(1 / right)
    assert worst.suggested == pytest.approx(1 / right)
    assert worst.ratio_after == 0


def test_said_and_implied_are_the_same_way_round():
    worst = worst_comparison(spoilt(("a", "d"), 1 / 3))
    assert (worst.more, worst.less, worst.said) == ("d", "a", pytest.approx(3))
    assert worst.suggested == pytest.approx(1 / 8)


def test_nothing_is_worst_where_nothing_contradicts():
    assert worst_comparison(comparison_matrix("abcd", CONSISTENT)) is None
    assert worst_comparison(comparison_matrix("ab", {("a", "b"): 5})) is None


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.6))
def test_implied_answer_never_makes_it_worse(seed, spread):
    matrix = noisy(seed, spread)
    worst = worst_comparison(matrix)
    assume(worst is not None)
    mended = matrix.copy()
    mended.loc[worst.more, worst.less] = worst.implied
    mended.loc[worst.less, worst.more] = 1 / worst.implied
    assert consistency(mended).ratio <= consistency(matrix).ratio + 1e-9


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.6))
def test_no_other_answer_deviates_more(seed, spread):
    matrix = noisy(seed, spread)
    worst = worst_comparison(matrix)
    assume(worst is not None)
    weights = ahp_weights(matrix).to_numpy()
    deviation = np.abs(np.log(matrix.to_numpy() * weights / weights[:, np.newaxis]))
    place = NAMES.index(worst.more), NAMES.index(worst.less)
    assert deviation[place] == pytest.approx(deviation.max(), abs=1e-8)


def test_judges_and_the_group_stand_in_one_table():
    judges = {
        "sales": comparison_matrix("abc", {("a", "b"): 1 / 5, ("a", "c"): 1, ("b", "c"): 5}),
        "finance": comparison_matrix("abc", {("a", "b"): 5, ("a", "c"): 5, ("b", "c"): 1}),
    }
    table = compare_judges(judges)
    assert table.index.tolist() == ["sales", "finance", "together"]
    assert table.loc["sales", "b"] == pytest.approx(5 / 7)
    assert table["a"]["together"] == pytest.approx(table["b"]["together"])
    assert table[["a", "b", "c"]].sum(axis=1).tolist() == pytest.approx([1, 1, 1])


def test_judge_who_contradicts_is_told_what_to_think_over():
    judges = {"calm": comparison_matrix("abcd", CONSISTENT), "hasty": spoilt(("a", "d"), 1 / 3)}
    table = compare_judges(judges)
    assert table["is_acceptable"].tolist()[:2] == [True, False]
    assert table["think_over"]["calm"] == ""
    assert table["think_over"]["hasty"] == (
        "d over a is 3, the other answers imply 1/8 (ratio then 0.00)"
    )


def test_words_say_whether_the_answers_can_be_used():
    assert describe_consistency(comparison_matrix("abcd", CONSISTENT)) == (
        "The answers do not contradict each other."
    )
    assert "contradict each other too much" in describe_consistency(spoilt(("a", "d"), 1 / 3))
    assert "agree well enough" in describe_consistency(spoilt(("a", "d"), 6))


def test_no_judge_is_refused():
    with pytest.raises(InputError, match="there is no judge"):
        compare_judges({})


def test_comparisons_are_not_modified():
    matrix = spoilt(("a", "d"), 1 / 3)
    before = matrix.copy()
    worst_comparison(matrix)
    compare_judges({"one": matrix})
    pd.testing.assert_frame_equal(matrix, before)
