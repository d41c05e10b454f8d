from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.explorers.hours_list import check_hours, choose_with_hours, hours_scale
from kamtools.selection.portfolio import choose_top

ACCOUNTS = list("abcdefgh")
SCORES = pd.DataFrame({"score": [0.9, 0.8, 0.7, 0.6, 0.2, 0.1, 0.1, 0.0]}, index=ACCOUNTS)
HOURS = pd.Series([300.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0, 60.0], index=ACCOUNTS)


def chosen(capacity_hours, *, top=3, scores=SCORES, hours=HOURS):
    table = choose_with_hours(scores, top=top, hours=hours, capacity_hours=capacity_hours)
    return set(table.index[table["is_chosen"]]), set(table.index[table["is_pushed_out"]])


def test_list_is_the_one_by_score_where_there_are_hours_for_it():
    assert chosen(420) == (set("abc"), set())


def test_account_that_takes_too_many_hours_makes_room_for_the_next():
    assert chosen(350) == (set("bcd"), set("a"))


def test_without_hours_nobody_is_chosen():
    assert chosen(0) == (set(), set("abc"))


def test_account_without_a_score_is_never_chosen():
    scores = SCORES.copy()
    scores.loc["b", "score"] = np.nan
    assert "b" not in chosen(200, scores=scores)[0]


def test_list_of_all_accounts_loses_the_least_one_first():
    assert chosen(700, top=8) == (set("abcdefg"), set("h"))


@given(
    st.lists(st.floats(0, 1), min_size=7, max_size=7, unique=True),
    st.lists(st.integers(10, 300), min_size=7, max_size=7),
    st.integers(0, 1500),
)
@settings(max_examples=60, deadline=None)
def test_no_other_list_within_the_hours_has_more_score_above_the_median(scores, hours, capacity):
    accounts = list("abcdefg")
    table = pd.DataFrame({"score": scores}, index=accounts)
    taken = pd.Series(hours, index=accounts, dtype=float)
    value = table["score"] - table["score"].median()
    found, pushed_out = chosen(capacity, scores=table, hours=taken)
    best = max(
        value[list(some)].sum()
        for size in range(4)
        for some in combinations(accounts, size)
        if taken[list(some)].sum() <= capacity
    )
    assert value[list(found)].sum() == pytest.approx(best, abs=1e-6)
    assert taken[list(found)].sum() <= capacity
    assert pushed_out == set(table.index[choose_top(table, 3)]) - found


def test_longer_list_than_accounts_is_refused():
    with pytest.raises(InputError, match="top must be a whole number"):
        chosen(100, top=9)


def test_hours_that_are_not_known_are_refused():
    with pytest.raises(InputError, match=r"they are not for 1, first 'c': `account_hours`"):
        check_hours(HOURS.drop("c"), SCORES.index)


def test_hours_below_zero_are_refused():
    with pytest.raises(InputError, match="hours must be a number of at least 0"):
        check_hours(-HOURS, SCORES.index)


@given(st.none() | st.integers(0, 100_000), st.floats(0, 50_000))
def test_slider_of_hours_starts_on_a_step_and_has_room_for_the_list(capacity, list_hours):
    start, most, step = hours_scale(capacity, list_hours)
    assert start % step == most % step == 0
    assert 0 <= start <= most
    assert most >= list_hours
    assert capacity is None or start == capacity


def test_scores_and_hours_given_are_not_changed():
    before = SCORES.copy(), HOURS.copy()
    chosen(200)
    pd.testing.assert_frame_equal(SCORES, before[0])
    pd.testing.assert_series_equal(HOURS, before[1])
