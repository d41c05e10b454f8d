import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.training.item_analysis import item_table, paired_gain, warning_for


def gain_of(gains, seed=1):
    after = pd.Series(gains, dtype=float)
    return paired_gain(pd.Series(0.0, index=after.index), after, seed=seed)


def table_of(*rows):
    return pd.DataFrame(rows, columns=["q1", "q2", "q3"]).astype(bool)


def test_only_who_took_both_counts():
    before = pd.Series([1.0, 2.0, np.nan], index=list("abc"))
    after = pd.Series([4.0, np.nan, 9.0], index=list("abc"))
    gain = paired_gain(before, after, seed=1)
    assert (gain.learners, gain.mean) == (1, 3.0)
    assert math.isnan(gain.low)


def test_nobody_has_no_gain():
    assert math.isnan(gain_of([]).mean)


def test_five_are_too_few_for_an_interval_and_six_have_the_widest():
    assert math.isnan(gain_of([1, 2, 3, 4, 5]).low)
    six = gain_of([1, 2, 3, 4, 5, 6])
    assert (six.low, six.high) == (1, 6)


def test_interval_holds_the_true_mean_as_often_as_it_says():
    # All signs of eight sizes are as likely about a true mean of 0: count those that hold it.
    sizes = np.array([1, 2, 3, 5, 7, 11, 13, 17])
    found = [gain_of(sizes * signs) for signs in product((-1, 1), repeat=8)]
    share = np.mean([one.low <= 0 <= one.high for one in found])
    assert 0.95 <= share <= 0.98


def test_large_class_is_drawn_with_the_seed_and_near_the_exact_one():
    gains = np.random.default_rng(3).integers(-2, 6, 16)
    drawn = gain_of(gains)
    assert drawn == gain_of(gains)
    members = (np.arange(1, 2**16)[:, None] >> np.arange(16)) & 1
    means = np.sort(members @ gains / members.sum(axis=1))
    assert drawn.low == pytest.approx(means[2**16 // 40 - 1], abs=0.1)
    assert drawn.high == pytest.approx(means[-(2**16 // 40)], abs=0.1)


@given(st.lists(st.integers(-15, 15), min_size=6, max_size=9), st.integers(-5, 5))
def test_interval_moves_with_the_gains(gains, shift):
    here, there = gain_of(gains), gain_of([one + shift for one in gains])
    assert there.low == pytest.approx(here.low + shift)
    assert here.low <= here.mean <= here.high


def test_item_that_only_the_strong_get_right_tells_them_apart():
    table = item_table(table_of([1, 1, 1], [1, 1, 1], [0, 1, 0], [0, 0, 1], [0, 0, 0], [0, 0, 0]))
    assert table.share_right["q1"] == pytest.approx(1 / 3)
    assert table.upper_lower["q1"] == 1
    assert table.item_rest["q1"] == pytest.approx(np.corrcoef(
        [1, 1, 0, 0, 0, 0], [2, 2, 1, 1, 0, 0])[0, 1])  # fmt: skip


def test_item_that_all_get_right_tells_nothing():
    table = item_table(table_of([1, 1, 0], [1, 0, 1], [1, 0, 0]))
    assert table.share_right["q1"] == 1
    assert table.loc["q1", ["item_rest", "upper_lower"]].isna().all()


def test_who_is_level_with_the_last_of_a_third_belongs_to_it():
    table = item_table(table_of([1, 1, 0], [0, 1, 1], [0, 0, 0]))
    assert table.upper_lower["q1"] == 0.5


def test_limits_are_those_of_the_exact_binomial():
    # Clopper and Pearson for 0 of 10: 1 - 0.025 ** (1 / 10)
    table = item_table(pd.DataFrame({"q": [False] * 10}))
    assert table.share_low["q"] == 0
    assert table.share_high["q"] == pytest.approx(1 - 0.025 ** (1 / 10))


def test_order_of_learners_does_not_matter_and_nothing_is_changed():
    given_ = table_of([1, 1, 0], [0, 1, 1], [0, 0, 0], [1, 0, 0])
    kept = given_.copy()
    pd.testing.assert_frame_equal(item_table(given_), item_table(given_.iloc[::-1]))
    pd.testing.assert_frame_equal(given_, kept)


def test_larger_room_shows_more():
    assert "21 % or 79 %" in warning_for(12)
    assert "40 % or 60 %" in warning_for(100)
