import time

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.allocation import allocate_hours, expected_margin, margin_by_hours


def made(seed, n, *, d=(0.5, 5)):
    rng = np.random.default_rng(seed)
    low, high = rng.uniform(0, 0.9, n), rng.uniform(1.1, 3, n)
    return pd.DataFrame(
        {"margin": rng.uniform(1, 100, n), "hours": rng.uniform(2, 8, n), "minimum": low,
         "maximum": high, "c": (high - 1) / (1 - low), "d": rng.uniform(*d, n)},
        index=[f"a{row}" for row in range(n)],
    )  # fmt: skip


def best_of_all(curves, total, most):
    """Return the most margin of any plan in whole hours, by trying all of them in turn."""
    best = np.where(np.arange(total + 1) == 0, 0.0, -np.inf)
    for account in curves.index:
        hours = pd.DataFrame([curves.loc[account]] * (most + 1))
        margins = expected_margin(
            hours.reset_index(drop=True), pd.Series(np.arange(most + 1.0))
        ).to_numpy()
        best = np.array([
            max(best[t - h] + margins[h] for h in range(min(most, t) + 1))
            for t in range(total + 1)
        ])  # fmt: skip
    return best.max()


def test_margin_at_todays_hours_is_todays():
    curves = made(1, 5)
    np.testing.assert_allclose(expected_margin(curves, curves["hours"]), curves["margin"])


def test_two_like_accounts_get_the_same_hours():
    curves = pd.concat([made(2, 1, d=(0.9, 0.9))] * 2).set_axis(["a", "b"])
    plan = allocate_hours(curves, total_hours=10, step_hours=1)
    assert plan.by_account["hours"].tolist() == [5, 5]


def test_margins_of_the_next_hour_are_alike_where_no_limit_binds():
    # Lodish (1971): at the optimum the marginal returns of all accounts are equal.
    curves = made(3, 30, d=(0.6, 1.0))
    plan = allocate_hours(curves, total_hours=150, step_hours=0.05, most_hours=1_000 / 10)
    inner = plan.by_account[plan.by_account["hours"] > 1]
    assert inner["margin_per_hour"].std() / inner["margin_per_hour"].mean() < 0.03
    assert plan.last_margin_per_hour == pytest.approx(inner["margin_per_hour"].mean(), rel=0.05)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(3, 30))
def test_plan_is_the_best_of_all_up_to_the_stated_bound(seed, total):
    curves = made(seed, 5)
    plan = allocate_hours(curves, total_hours=total, step_hours=1, most_hours=8)
    best = best_of_all(curves, total, 8)
    assert plan.margin <= best + 1e-9
    assert best <= plan.bound + 1e-9


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.integers(3, 30))
def test_plan_of_concave_curves_is_the_best_there_is(seed, total):
    curves = made(seed, 5, d=(0.3, 1.0))
    plan = allocate_hours(curves, total_hours=total, step_hours=1, most_hours=8)
    assert plan.margin == pytest.approx(best_of_all(curves, total, 8))
    assert plan.gap == pytest.approx(0, abs=1e-9)


@settings(deadline=None, max_examples=25)
@given(st.integers(0, 10_000), st.floats(10, 200))
def test_hours_stay_within_limits_and_total(seed, total):
    curves = made(seed, 8)
    least = pd.Series(1.0, index=curves.index)
    plan = allocate_hours(
        curves, total_hours=total, step_hours=0.5, least_hours=least, most_hours=12
    )
    assert plan.hours <= total + 1e-6
    assert plan.by_account["hours"].between(1, 12).all()
    assert plan.margin <= plan.bound + 1e-9


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.floats(0.1, 50))
def test_currency_does_not_move_hours(seed, rate):
    curves = made(seed, 6)
    plan = allocate_hours(curves, total_hours=20, step_hours=1)
    other = allocate_hours(
        curves.assign(margin=2 ** round(rate) * curves["margin"]), total_hours=20, step_hours=1
    )
    pd.testing.assert_series_equal(plan.by_account["hours"], other.by_account["hours"])


def test_hours_that_do_not_reach_over_the_flat_start_go_elsewhere():
    # Four hours do nothing for an account that answers from about ten on, though ten would pay.
    curves = made(1, 2).assign(
        margin=[1_000.0, 100.0], hours=10.0, minimum=0.2, maximum=2.0, c=1.25, d=[8.0, 0.8]
    )
    plan = allocate_hours(curves, total_hours=4, step_hours=1)
    assert plan.by_account["hours"].tolist() == [0, 4]
    assert plan.bound > plan.margin
    enough = allocate_hours(curves, total_hours=12, step_hours=1)
    assert enough.by_account["hours"].iloc[0] >= 10


def test_account_that_loses_money_gets_no_more_than_the_least():
    curves = made(4, 3).assign(margin=[50.0, -50.0, 0.0])
    plan = allocate_hours(curves, total_hours=500, step_hours=1, least_hours=2)
    assert plan.by_account["hours"].tolist()[1:] == [2, 2]
    assert plan.hours < 500


def test_least_hours_alone_leave_nothing_to_give():
    curves = made(5, 3)
    plan = allocate_hours(curves, total_hours=6, step_hours=1, least_hours=2)
    assert plan.by_account["hours"].tolist() == [2, 2, 2]
    assert np.isnan(plan.last_margin_per_hour)
    assert plan.gap == 0


def test_thousand_accounts_take_well_under_a_second_and_are_nearly_exact():
    curves = made(6, 1_000)
    start = time.perf_counter()
    plan = allocate_hours(curves, total_hours=4_000, step_hours=0.1)
    assert time.perf_counter() - start < 1
    assert plan.gap < 1e-3


def test_more_hours_never_bring_less_margin():
    curves = made(7, 20, d=(0.5, 1))
    margins = margin_by_hours(curves, pd.Series(np.arange(20.0, 200, 20)), step_hours=1)
    assert (margins.diff().dropna() >= 0).all()
    assert (margins.diff().diff().dropna() <= 1e-9).all()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"step_hours": 0}, "step_hours must be a number above 0; got 0"),
        ({"step_hours": 0.001}, "too many; take .* hours or more"),
        ({"least_hours": 9}, "least hours of all accounts, 27; got 20"),
        ({"least_hours": 5, "most_hours": 4}, "0 ≤ least ≤ most; got 5 and 4 for a0"),
        ({"least_hours": -1}, "got -1"),
        ({"most_hours": pd.Series({"a0": 5.0})}, "got 0 and nan for a1"),
    ],
)
def test_limits_that_cannot_be_kept_are_refused(options, message):
    with pytest.raises(InputError, match=message):
        allocate_hours(made(8, 3), **({"total_hours": 20, "step_hours": 1} | options))


def test_curves_without_accounts_or_columns_are_refused():
    with pytest.raises(InputError, match="at least one account and the columns margin"):
        allocate_hours(made(8, 3).iloc[:0], total_hours=20)
    with pytest.raises(InputError, match="columns margin, hours"):
        allocate_hours(made(8, 3).drop(columns="d"), total_hours=20)


def test_curves_given_are_not_changed():
    curves, least = made(9, 4), pd.Series(1.0, index=made(9, 4).index)
    allocate_hours(curves, total_hours=20, step_hours=1, least_hours=least)
    pd.testing.assert_frame_equal(curves, made(9, 4))
    assert (least == 1).all()
