import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.allocation import allocate_hours
from kamtools.role.allocation_ways import compare_allocations, describe_allocation, share_out

CURVES = pd.DataFrame(
    {"margin": [100.0, 300.0, 50.0], "hours": [10.0, 10.0, 20.0], "minimum": 0.5, "maximum": 1.4,
     "c": 0.8, "d": 0.8}, index=["small", "large", "busy"],
)  # fmt: skip
SALES = pd.Series({"small": 1.0, "large": 3.0, "busy": 4.0})


@pytest.fixture
def plan():
    return allocate_hours(CURVES, total_hours=40, step_hours=0.5)


def test_every_way_gives_out_the_same_hours(plan):
    ways = compare_allocations(CURVES, plan, sales=SALES)
    assert ways.index.tolist() == ["by response", "equal time", "by sales", "as today"]
    np.testing.assert_allclose(ways["hours"], plan.hours)


def test_todays_hours_bring_todays_margin(plan):
    ways = compare_allocations(CURVES, plan)
    assert ways.at["as today", "margin"] == pytest.approx(450)
    assert "by sales" not in ways.index


def test_equal_time_is_worked_by_hand(plan):
    effort = np.array([4 / 3, 4 / 3, 2 / 3]) ** 0.8
    expected = (CURVES["margin"] * (0.5 + 0.9 * effort / (0.8 + effort))).sum()
    assert compare_allocations(CURVES, plan).at["equal time", "margin"] == pytest.approx(expected)


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(0, 100), min_size=3, max_size=3), st.floats(10, 80))
def test_no_way_brings_more_than_the_bound(sales, total):
    plan = allocate_hours(CURVES, total_hours=total, step_hours=0.5)
    ways = compare_allocations(CURVES, plan, sales=pd.Series(sales, index=CURVES.index))
    # Between the steps another way may do a little better: by less than one step each.
    assert ways["margin"].max() <= plan.bound + 3 * 0.5 * plan.last_margin_per_hour
    assert (ways["behind"] >= -0.01).all()


@settings(deadline=None)
@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=6), st.floats(0, 1), st.floats(0.1, 5),
)  # fmt: skip
def test_shares_keep_the_limits_and_the_total(weights, part, most):
    weights = np.array(weights)
    low, high = np.full(len(weights), 0.05), np.full(len(weights), most)
    total = low.sum() + part * (high - low).sum()
    shared = share_out(total, weights, low, high)
    assert shared.sum() == pytest.approx(total, rel=1e-6)
    assert (shared >= low - 1e-12).all()
    assert (shared <= high + 1e-12).all()


def test_limits_hold_for_every_way(plan):
    limited = allocate_hours(CURVES, total_hours=40, step_hours=0.5, least_hours=12)
    ways = compare_allocations(CURVES, limited, sales=SALES, least_hours=12)
    free = compare_allocations(CURVES, plan, sales=SALES)
    assert ways.at["by sales", "margin"] != free.at["by sales", "margin"]
    assert ways["behind"].min() >= -1e-9


def test_words_say_who_gets_more_and_what_that_brings(plan):
    ways = compare_allocations(CURVES, plan, sales=SALES)
    said = describe_allocation(plan, ways, names=pd.Series({"large": "浩瀚食品"}), top=1)
    assert said.startswith("Of 40 hours a year, against today's proportions, more goes to 浩瀚食品")
    assert "If the curves hold" in said


def test_words_of_hours_that_stay_as_they_are():
    alone = CURVES.iloc[:1]
    plan = allocate_hours(alone, total_hours=10, step_hours=1)
    said = describe_allocation(plan, compare_allocations(alone, plan))
    assert "no account gets more or less. If the curves hold, that brings 0 (+0 %)" in said


@pytest.mark.parametrize("sales", [SALES.drop("busy"), SALES - 2])
def test_sales_that_are_missing_or_negative_are_refused(plan, sales):
    with pytest.raises(InputError, match="sales must be numbers of at least 0"):
        compare_allocations(CURVES, plan, sales=sales)


def test_tables_given_are_not_changed(plan):
    before, sales = CURVES.copy(deep=True), SALES.copy()
    compare_allocations(CURVES, plan, sales=SALES)
    pd.testing.assert_frame_equal(CURVES, before)
    pd.testing.assert_series_equal(SALES, sales)
