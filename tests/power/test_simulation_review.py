import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.power.simulation_assumptions import (
    default_simulation_assumptions,
    replace_assumption,
)
from kamtools.power.simulation_belief import belief_path
from kamtools.power.simulation_chance import MONTH_DAYS, draw_years
from kamtools.power.simulation_review import one_after_the_other, review_steps


def ends(heard, work, pace=None):
    heard, work = (np.asarray(values, dtype=float)[:, None] for values in (heard, work))
    pace = np.ones((12, 1)) if pace is None else np.asarray(pace, dtype=float)[:, None]
    return one_after_the_other(heard, work, pace, is_step=np.ones(heard.shape, dtype=bool))[:, 0]


def quiet_years(seed):
    table = default_simulation_assumptions()
    for name in ("leak_per_day", "plan_change_per_day"):
        table = replace_assumption(table, name, 0.0)
    return draw_years(table, years=30, seed=seed)


def by_the_day(heard, work, pace, parts):
    """Return the ends, found by going through the days in small parts."""
    left, result, day = dict(enumerate(work)), {}, 0.0
    while left:
        waiting = [step for step in left if heard[step] <= day + 1e-12]
        if waiting:
            step = min(waiting, key=lambda one: heard[one])
            left[step] -= 1 / parts / pace[min(int(day // MONTH_DAYS), 11)]
            if left[step] <= 0:
                result[step] = day + 1 / parts
                del left[step]
        day += 1 / parts
    return [result[step] for step in range(len(work))]


def test_mean_wait_is_that_of_pollaczek_and_khinchine_for_one_server_with_equal_reviews():
    # M/D/1, half of the time busy: the mean wait is ρ / (2 μ (1 − ρ)) = half a review.
    rng = np.random.default_rng(4)
    heard = rng.exponential(20.0, (1_200, 400)).cumsum(axis=0)
    work = np.full_like(heard, 10.0)
    done = one_after_the_other(heard, work, np.ones((12, 400)), is_step=work > 0)
    wait = (done - heard - 10)[200:].mean(axis=0)
    assert wait.mean() == pytest.approx(5, abs=4 * wait.std() / np.sqrt(400))


def test_steps_that_come_no_faster_than_they_are_reviewed_never_queue():
    # D/D/1
    assert ends([0, 10, 20, 30], [10, 10, 10, 10]).tolist() == pytest.approx([10, 20, 30, 40])


def test_steps_heard_of_at_once_are_taken_in_their_order():
    assert ends([5, 5, 5], [1, 2, 3]).tolist() == pytest.approx([6, 8, 11])


def test_a_review_goes_on_at_the_pace_of_each_month():
    # Half a month left at full pace, the rest of the 30 days twice as fast.
    pace = [1.0] + [0.5] * 11
    begin = MONTH_DAYS / 2
    assert ends([begin], [30], pace)[0] == pytest.approx(MONTH_DAYS + (30 - begin) / 2)


def test_after_the_year_the_pace_of_the_last_month_stays():
    assert ends([400], [10], [1.0] * 11 + [0.4])[0] == pytest.approx(404)


def test_steps_that_a_year_does_not_have_hold_up_nobody():
    heard, work = np.array([[0.0], [1.0]]), np.array([[50.0], [10.0]])
    found = one_after_the_other(
        heard, work, np.ones((12, 1)), is_step=np.array([[False], [True]])
    )  # fmt: skip
    assert found[1, 0] == pytest.approx(11)


@settings(deadline=None, max_examples=15)
@given(
    st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), min_size=1, max_size=4,
             unique_by=lambda step: step[0]),
    st.lists(st.sampled_from([0.4, 0.7, 1.0]), min_size=12, max_size=12),
)  # fmt: skip
def test_reviews_end_when_going_through_the_days_says_so(steps, pace):
    heard, work = (list(map(float, values)) for values in zip(*steps, strict=True))
    assert ends(heard, work, pace).tolist() == pytest.approx(
        by_the_day(heard, work, pace, 50), abs=len(steps) / 25
    )


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_more_notice_never_makes_a_step_wait_longer_where_nothing_changes(seed, a, b, briefed):
    years = quiet_years(seed)
    shortest = years.preparation[years.is_step].min()
    belief = belief_path(years, is_briefed=briefed)
    less, more = (
        review_steps(years, belief, notice_days=share * shortest, is_plan_shared=False).waiting
        for share in sorted((a, b))
    )
    assert (more <= less + 1e-9).all()


def test_notice_longer_than_a_preparation_can_put_a_long_step_before_a_short_one():
    # A long step (days 0 to 100) and a short one (50 to 80), reviews of 40 days. Without notice
    # they end on 140 and 120; with 60 days the long one is heard of on 40, the short one on 50.
    without = ends([100, 80], [40, 40]) - [100, 80]
    notice = ends([100 - 60, 80 - 30], [40, 40]) - [100, 80]
    assert without.tolist() == pytest.approx([60, 40])
    assert notice.tolist() == pytest.approx([-20, 40])
    longer = ends([100 - 90, 80 - 30], [80, 40]) - [100, 80]
    assert longer[1] > (ends([100 - 20, 80 - 20], [80, 40]) - [100, 80])[1]


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.floats(0, 200))
def test_a_shared_plan_never_makes_a_step_wait_longer(seed, days):
    years = draw_years(default_simulation_assumptions(), years=30, seed=seed)
    belief = belief_path(years, is_briefed=True)
    unknown, shared = (
        review_steps(years, belief, notice_days=days, is_plan_shared=known).waiting
        for known in (False, True)
    )
    assert (shared <= unknown + 1e-9).all()


def test_leaks_come_at_their_rate():
    table = replace_assumption(default_simulation_assumptions(), "leak_per_day", 0.002)
    table = replace_assumption(table, "preparation_days", 10_000)
    years = draw_years(table, years=4_000, seed=2)
    found = review_steps(years, belief_path(years, is_briefed=False), notice_days=50,
                         is_plan_shared=False)  # fmt: skip
    share = found.is_leaked[years.is_step].mean()
    assert share == pytest.approx(1 - np.exp(-0.1), abs=4 * np.sqrt(0.09 / years.is_step.sum()))


def test_arrays_are_not_modified():
    heard, work, pace = np.array([[3.0], [1.0]]), np.array([[9.0], [9.0]]), np.ones((12, 1))
    kept = [values.copy() for values in (heard, work, pace)]
    one_after_the_other(heard, work, pace, is_step=np.ones((2, 1), dtype=bool))
    for before, after in zip(kept, (heard, work, pace), strict=True):
        np.testing.assert_array_equal(before, after)
