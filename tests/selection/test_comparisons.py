import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.comparisons import check_comparisons, combine_judges, comparison_matrix

THREE = {("a", "b"): 2, ("a", "c"): 8, ("b", "c"): 4}
times = st.sampled_from([1 / 9, 1 / 5, 1 / 3, 1 / 2, 1, 2, 3, 5, 9])
judgements = st.tuples(times, times, times).map(lambda given: dict(zip(THREE, given, strict=True)))


def test_one_answer_fills_two_places():
    matrix = comparison_matrix("abc", THREE)
    assert matrix.loc["a", "c"] == 8
    assert matrix.loc["c", "a"] == 1 / 8
    assert np.diag(matrix).tolist() == [1, 1, 1]


def test_answer_may_be_given_the_other_way_round():
    turned = {("b", "a"): 1 / 2, ("c", "a"): 1 / 8, ("c", "b"): 1 / 4}
    pd.testing.assert_frame_equal(comparison_matrix("abc", turned), comparison_matrix("abc", THREE))


def test_judges_of_opposite_views_cancel_out():
    # Aczél & Saaty (1983): the geometric mean of x and 1/x is 1.
    one = comparison_matrix("abc", THREE)
    two = comparison_matrix("abc", {pair: 1 / times for pair, times in THREE.items()})
    assert combine_judges({"one": one, "two": two}).to_numpy() == pytest.approx(1)


def test_one_judge_alone_is_the_group():
    one = comparison_matrix("abc", THREE)
    np.testing.assert_allclose(combine_judges({"one": one}), one)


@given(st.lists(judgements, min_size=1, max_size=4))
def test_judges_together_stay_reciprocal(answers):
    judges = {str(n): comparison_matrix("abc", given) for n, given in enumerate(answers)}
    together = combine_judges(judges).to_numpy()
    assert together * together.T == pytest.approx(np.ones((3, 3)))


@given(judgements, judgements)
def test_order_of_judges_and_of_criteria_does_not_matter(first, second):
    one, two = comparison_matrix("abc", first), comparison_matrix("abc", second)
    turned = combine_judges({"two": two.loc[list("cab"), list("cab")], "one": one})
    expected = combine_judges({"one": one, "two": two})
    np.testing.assert_allclose(turned.loc[list("abc"), list("abc")], expected)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({("a", "b"): 2}, "2 comparisons are missing: a with c, b with c"),
        ({**THREE, ("b", "a"): 2}, "'a' and 'b' are compared twice"),
        ({**THREE, ("a", "z"): 2}, "cannot compare 'a' with 'z'"),
        ({**THREE, ("a", "a"): 1}, "cannot compare 'a' with 'a'"),
        ({**THREE, ("a", "b"): 0}, "'a' over 'b' must be above 0; got 0"),
    ],
)
def test_answers_that_do_not_fit_are_refused(answers, message):
    with pytest.raises(InputError, match=message):
        comparison_matrix("abc", answers)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda m: m.iloc[:2], "same criteria in rows and columns"),
        (lambda m: m * -1, "numbers above 0"),
        (lambda m: m.assign(a=1.0), "must be reciprocal; got a over c = 8 and c over a = 1"),
        (lambda m: m.mask(m == 8), "numbers above 0"),
    ],
)
def test_table_that_is_no_comparison_is_refused(change, message):
    with pytest.raises(InputError, match=message):
        check_comparisons(change(comparison_matrix("abc", THREE)))


def test_eleven_criteria_are_refused():
    names = list("abcdefghijk")
    with pytest.raises(InputError, match="got 11, which ask for 55 answers"):
        check_comparisons(pd.DataFrame(1.0, index=names, columns=names))


def test_no_judge_is_refused():
    with pytest.raises(InputError, match="there is no judge"):
        combine_judges({})


def test_judges_of_other_criteria_are_refused():
    one = comparison_matrix("abc", THREE)
    two = comparison_matrix("ab", {("a", "b"): 2})
    with pytest.raises(InputError, match="two compares a, b; the others a, b, c"):
        combine_judges({"one": one, "two": two})


def test_arguments_are_not_modified():
    answers, judges = dict(THREE), {"one": comparison_matrix("abc", THREE)}
    before = judges["one"].copy()
    comparison_matrix("abc", answers)
    combine_judges(judges)
    assert answers == THREE
    pd.testing.assert_frame_equal(judges["one"], before)
