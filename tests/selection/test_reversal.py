from functools import partial

import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.anchored import anchored_sum, anchors_of
from kamtools.selection.reversal import describe_reversals, rank_reversals
from kamtools.selection.scoring import METHODS, score, topsis
from kamtools.selection.weights import equal_weights

# Three accounts, and a giant that is like the first in growth: a stands before b without it.
VALUES = pd.DataFrame({"margin": [10.0, 0, 5], "growth": [0.0, 4, 10]}, index=list("abc"))
GIANT = pd.DataFrame({"margin": [100.0], "growth": [0.0]}, index=["giant"])
SMALL = pd.DataFrame({"margin": [1.0], "growth": [1.0]}, index=["small"])
WEIGHTS = equal_weights(["margin", "growth"])
OBJECTIVES = pd.Series("max", index=VALUES.columns)
tables = st.lists(st.tuples(*[st.integers(0, 50)] * 2), min_size=3, max_size=9)


def made(rows):
    values = pd.DataFrame(rows, columns=["margin", "growth"], dtype=float)
    return values.rename(index="k{}".format)


@pytest.mark.parametrize(
    "method", ["weighted_sum", "topsis", partial(topsis, normalisation="vector")]
)
def test_giant_swaps_two_accounts_that_have_nothing_to_do_with_it(method):
    # Belton & Gear (1983) for another method; the same holds for all that scale by who is there.
    reversals = rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT, method=method)
    assert reversals[["fell", "rose"]].to_numpy().tolist() == [["a", "b"]]
    assert reversals.loc[0, ["fell_from", "fell_to", "rose_from", "rose_to"]].tolist() == [
        2, 3, 3, 2,
    ]  # fmt: skip


def test_fixed_anchors_keep_the_order():
    anchored = partial(anchored_sum, anchors=anchors_of(VALUES))
    assert rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT, method=anchored).empty


def test_weighted_sum_keeps_the_order_as_long_as_no_end_of_a_scale_moves():
    assert rank_reversals(VALUES, WEIGHTS, OBJECTIVES, SMALL).empty


def test_topsis_as_published_may_swap_even_within_the_scales():
    # Vector normalisation scales by all accounts: thirty more within the ends are enough.
    values = pd.DataFrame(
        {"margin": [10.0, 0, 6.2, 4], "growth": [0.0, 10, 4, 6.1]}, index=list("abcd")
    )
    many = pd.DataFrame({"margin": [9.0] * 30, "growth": [0.0] * 30}).rename(index="x{}".format)
    vector = partial(topsis, normalisation="vector")
    assert len(rank_reversals(values, WEIGHTS, OBJECTIVES, many, method=vector)) > 0
    assert rank_reversals(values, WEIGHTS, OBJECTIVES, many).empty


def test_only_pairs_that_touch_the_list_are_told_where_a_list_is_given():
    assert rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT, top=1).empty
    assert len(rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT, top=2)) == 1


@pytest.mark.parametrize("method", METHODS)
@settings(max_examples=15)
@given(rows=tables, added=st.tuples(*[st.integers(0, 200)] * 2))
def test_told_pairs_are_those_that_change_places(method, rows, added):
    values, more = made(rows), made([added]).set_axis(["new"])
    before = score(values, WEIGHTS, OBJECTIVES, method=method)["score"].round(12)
    after = score(pd.concat([values, more]), WEIGHTS, OBJECTIVES, method=method)["score"].round(12)
    expected = {
        (one, two)
        for one in values.index
        for two in values.index
        if before[one] > before[two] and after[one] < after[two]
    }
    reversals = rank_reversals(values, WEIGHTS, OBJECTIVES, more, method=method)
    told = set(zip(reversals["fell"], reversals["rose"], strict=True))
    assert told == expected
    assert len(reversals) == len(expected)
    with_top = rank_reversals(values, WEIGHTS, OBJECTIVES, more, method=method, top=len(values))
    pd.testing.assert_frame_equal(with_top, reversals)


@given(tables, st.lists(st.tuples(*[st.integers(-500, 500)] * 2), min_size=1, max_size=3))
def test_fixed_anchors_never_swap_two(rows, added):
    values = made(rows)
    assume((values.nunique() > 1).all())
    anchored = partial(anchored_sum, anchors=anchors_of(values))
    more = made(added).rename(index="new {}".format)
    assert rank_reversals(values, WEIGHTS, OBJECTIVES, more, method=anchored).empty


def test_words_tell_one_swap():
    reversals = rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT)
    assert describe_reversals(reversals, GIANT, names={"a": "Alder"}) == (
        "Adding giant makes 1 pair of other accounts change places: Alder falls from 2 to 3, "
        "behind b."
    )


def test_words_say_when_nothing_moves():
    reversals = rank_reversals(VALUES, WEIGHTS, OBJECTIVES, SMALL)
    assert describe_reversals(reversals, SMALL) == (
        "Adding small leaves the order of the others as it was."
    )


def test_account_that_is_there_already_is_refused():
    with pytest.raises(InputError, match="'a' is added, but it is there already"):
        rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT.set_axis(["a"]))


def test_account_without_a_criterion_is_refused():
    with pytest.raises(InputError, match="the added accounts lack growth"):
        rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT[["margin"]])


def test_unknown_method_is_refused():
    with pytest.raises(InputError, match="got 'vikor'"):
        rank_reversals(VALUES, WEIGHTS, OBJECTIVES, GIANT, method="vikor")


def test_arguments_are_not_modified():
    values, giant = VALUES.copy(), GIANT.copy()
    rank_reversals(values, WEIGHTS, OBJECTIVES, giant)
    pd.testing.assert_frame_equal(values, VALUES)
    pd.testing.assert_frame_equal(giant, GIANT)
