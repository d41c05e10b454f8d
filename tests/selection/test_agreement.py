import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.agreement import agreement, describe_agreement, scores_by_method, votes
from kamtools.selection.scoring import METHODS
from kamtools.selection.weights import equal_weights

lists = st.lists(st.integers(0, 9), min_size=3, max_size=12)


def scores(*numbers):
    return pd.DataFrame(
        {"score": [float(x) for x in numbers]}, index=list("abcdefghijkl")[: len(numbers)]
    )


def test_kendalls_tau_is_pairs_in_the_same_order_less_those_in_the_opposite():
    first, second = scores(4, 7, 2, 10, 3, 6, 8, 1, 5, 9), scores(5, 7, 3, 10, 1, 9, 6, 2, 8, 4)
    pairs = agreement({"one": first, "two": second}, 3)
    n_same = sum(
        (first["score"].iloc[i] - first["score"].iloc[j])
        * (second["score"].iloc[i] - second["score"].iloc[j]) > 0
        for i in range(10) for j in range(i)
    )  # fmt: skip
    assert pairs["kendall_tau"][0] == pytest.approx((n_same - (45 - n_same)) / 45)


def test_same_list_agrees_in_all():
    row = agreement({"one": scores(3, 2, 1), "two": scores(30, 20, 10)}, 2).iloc[0]
    assert row[["kendall_tau", "spearman", "overlap"]].tolist() == pytest.approx([1, 1, 1])


def test_list_turned_round_agrees_in_nothing():
    row = agreement({"one": scores(4, 3, 2, 1), "two": scores(1, 2, 3, 4)}, 2).iloc[0]
    assert row[["kendall_tau", "spearman", "overlap"]].tolist() == pytest.approx([-1, -1, 0])


def test_one_swap_of_three_leaves_a_third():
    row = agreement({"one": scores(3, 2, 1), "two": scores(2, 3, 1)}, 1).iloc[0]
    assert row["kendall_tau"] == pytest.approx(1 / 3)
    assert row["spearman"] == pytest.approx(0.5)


def test_method_that_scores_all_alike_has_no_correlation():
    row = agreement({"one": scores(3, 2, 1), "two": scores(1, 1, 1)}, 1).iloc[0]
    assert np.isnan(row["kendall_tau"])
    assert np.isnan(row["spearman"])


def test_account_without_a_score_in_one_does_not_count_in_the_correlation():
    row = agreement({"one": scores(3, 2, 1), "two": scores(3, 2, np.nan)}, 1).iloc[0]
    assert row["kendall_tau"] == 1


def test_all_methods_are_compared_in_pairs():
    values = pd.DataFrame({"margin": [9.0, 5, 1], "growth": [0.0, 1, 2]}, index=list("abc"))
    found = scores_by_method(
        values, equal_weights(values.columns), pd.Series("max", index=values.columns)
    )
    assert list(found) == list(METHODS)
    assert len(agreement(found, 1)) == 3


@given(lists, st.integers(1, 3))
def test_agreement_is_the_same_both_ways(numbers, top):
    one, two = scores(*numbers), scores(*numbers[::-1])
    there = agreement({"one": one, "two": two}, top).iloc[0]
    back = agreement({"two": two, "one": one}, top).iloc[0]
    measures = ["kendall_tau", "spearman", "overlap"]
    assert there[measures].tolist() == pytest.approx(back[measures].tolist(), nan_ok=True)
    assert 0 <= there["overlap"] <= 1


@given(lists, st.integers(1, 3))
def test_votes_are_as_many_as_places_times_methods(numbers, top):
    found = {"one": scores(*numbers), "two": scores(*numbers[::-1]), "three": scores(*numbers)}
    counts = votes(found, top)
    assert counts.sum() == 3 * top
    assert counts.between(0, 3).all()


def test_words_name_who_hangs_on_the_method():
    found = {"one": scores(9, 5, 1), "two": scores(9, 1, 5)}
    assert describe_agreement(found, 2, names={"b": "Bay", "c": "Cay"}) == (
        "All 2 methods choose 1 of 2 accounts alike. These hang on the method: Bay and Cay."
    )


def test_words_where_nothing_hangs_on_the_method():
    found = {"one": scores(9, 5, 1), "two": scores(9, 4, 1)}
    assert describe_agreement(found, 2) == "All 2 methods choose 2 of 2 accounts alike."


def test_words_stay_short_where_many_hang_on_the_method():
    found = {"one": scores(*range(12)), "two": scores(*range(12)[::-1])}
    assert describe_agreement(found, 6).endswith("a, b, c, d, e and 7 more.")


def test_one_method_alone_is_refused():
    with pytest.raises(InputError, match="at least two methods; got 1"):
        agreement({"one": scores(1, 2)}, 1)


def test_methods_of_other_accounts_are_refused():
    with pytest.raises(InputError, match="two scores 3 accounts that are not the 2"):
        agreement({"one": scores(1, 2), "two": scores(1, 2, 3)}, 1)


def test_top_beyond_the_accounts_is_refused():
    with pytest.raises(InputError, match="from 1 to 2"):
        votes({"one": scores(1, 2), "two": scores(1, 2)}, 3)


def test_scores_are_not_modified():
    one, two = scores(3, 2, 1), scores(1, 2, np.nan)
    copies = one.copy(), two.copy()
    agreement({"one": one, "two": two}, 1)
    pd.testing.assert_frame_equal(one, copies[0])
    pd.testing.assert_frame_equal(two, copies[1])
