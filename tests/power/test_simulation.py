from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.simulation import MEASURES, OUTCOMES, gains_over, simulate_years
from kamtools.power.simulation_assumptions import (
    NAMES,
    default_simulation_assumptions,
    known_assumptions,
    replace_assumption,
)
from kamtools.power.simulation_chance import Years, draw_years

VALUES = default_simulation_assumptions().set_index("assumption")["value"]


def one_year(*, begin=(0.0, 10.0), preparation=(60.0, 60.0), leak=1.0, change=1.0, **changed):
    """Return a year of two steps in which nothing is left to chance; pace 0.9, review 30."""
    assumed = VALUES.to_dict() | {"alert_review_share": 0.5} | changed
    column = np.ones((2, 1))
    return Years(
        assumed={name: np.array([float(assumed[name])]) for name in NAMES},
        is_step=column > 0,
        begin=np.array(begin)[:, None],
        preparation=np.array(preparation)[:, None],
        review_noise=column,
        change=column * change,
        leak=column * leak,
        tightens=np.array([True]),
        signal=np.zeros((12, 1)),
        read=np.zeros((12, 1)),
    )


def outcome(year, measures=(), **options):
    return simulate_years(year, list(measures), **options).iloc[0].to_dict()


def without_leak_or_change(seed, years=50):
    table = default_simulation_assumptions()
    for name in ("leak_per_day", "plan_change_per_day"):
        table = replace_assumption(table, name, 0.0)
    return draw_years(table, years=years, seed=seed)


# One year by hand. A belief of 0.2 makes a day of review take 1 − (1 − 0.5) 0.2 = 0.9 days, so a
# review of 30 takes 27. The steps are ready on days 60 and 70.


def test_a_year_without_measures_worked_by_hand():
    # The first review runs from 60 to 87, the second from 87 to 114: waits of 27 and 44.
    found = outcome(one_year())
    lost = (27 + 44) / 2 / 180
    assert found["friction_days"] == pytest.approx(35.5)
    assert found["on_time"] == 0
    assert found["supplier_margin"] == pytest.approx(100 * (1 - 0.3 * lost))
    assert found["account_margin"] == pytest.approx(100 * (1 - 0.15 * lost))
    # where the worked numbers of methods 0.4 start: D_S 0.525, D_B 0.180
    assert found["power_imbalance"] == pytest.approx(0.345)
    assert found["mutual_dependence"] == pytest.approx(0.705)


def test_a_year_with_thirty_days_of_notice_worked_by_hand():
    # Heard of on 30 and 40: reviews from 30 to 57 and from 57 to 84, a wait of 14 for the second.
    found = outcome(one_year(), ["advance_notice"], notice_days=30)
    assert found["friction_days"] == pytest.approx(7)
    assert found["on_time"] == 0.5
    assert found["supplier_margin"] == pytest.approx(100 * (1 - 0.3 * 7 / 180) - 0.2)
    assert found["account_margin"] == pytest.approx(100 * (1 - 0.15 * 7 / 180))
    account = (1 - 0.55 * (1 - 0.25 * 0.5)) * 0.4
    assert found["power_imbalance"] == pytest.approx(0.525 - account)
    assert found["mutual_dependence"] == pytest.approx(0.525 + account)


def test_plan_sharing_shortens_both_reviews_by_its_share():
    # 27 × 0.85 = 22.95: from 60 to 82.95, then to 105.9.
    found = outcome(one_year(), ["plan_sharing"])
    assert found["friction_days"] == pytest.approx((22.95 + 35.9) / 2)


def test_a_briefing_that_points_to_danger_shortens_reviews_and_moves_power():
    # True evidence of ratio 4 a month, all read, nothing forgotten: odds 1/4 become 4^(m - 1).
    year = one_year(likelihood_ratio=4, belief_kept=1, relaxed_review_days=20)
    found = outcome(year, ["market_briefing"])
    # Month 2 has odds 4, belief 0.8, pace 0.6; month 3 odds 16, pace 9/17 = 1 − 0.5 × 16/17.
    border = 2 * 365 / 12
    left = 20 - (border - 60) / 0.6
    first = border + left * (1 - 0.5 * 16 / 17)
    second = first + 20 * (1 - 0.5 * 16 / 17)
    assert second < 3 * 365 / 12
    assert found["friction_days"] == pytest.approx((first - 60 + second - 70) / 2)
    belief = 4**11 / (1 + 4**11)
    account = 0.45 * (1 - 0.6 * (1 - 0.3 * (belief - 0.2) / 0.8))
    assert found["power_imbalance"] == pytest.approx(0.525 - account)


def test_diversifying_lowers_both_imbalance_and_mutual_dependence():
    found = outcome(one_year(), ["diversification"])
    supplier = 0.7 * 0.78 * (1 - (1 - 0.75 * 0.85))
    assert found["power_imbalance"] == pytest.approx(supplier - 0.18)
    assert found["mutual_dependence"] == pytest.approx(supplier + 0.18)
    assert found["friction_days"] == pytest.approx(35.5)


def test_what_lies_with_other_accounts_does_not_wait():
    found = outcome(one_year(), ["diversification"])
    lost = (27 + 44) / 2 / 180
    assert found["supplier_margin"] == pytest.approx(100 * (1 - 0.3 * lost * 0.78) - 4)
    assert found["account_margin"] == pytest.approx(100 * (1 - 0.15 * lost))


def test_a_coalition_raises_only_the_account_s_dependence():
    found = outcome(one_year(), ["coalition"])
    account = 0.45 * (1 - 0.6 * 0.82)
    assert found["power_imbalance"] == pytest.approx(0.525 - account)
    assert found["mutual_dependence"] == pytest.approx(0.525 + account)
    assert found["account_margin"] == outcome(one_year())["account_margin"]


def test_a_leak_costs_the_supplier_alone_its_share_of_the_step():
    safe, leaked = (
        outcome(one_year(leak=leak, relaxed_review_days=1), ["advance_notice"], notice_days=30)
        for leak in (1.0, 0.0)
    )
    assert leaked["leaked"] == 1
    assert safe["supplier_margin"] - leaked["supplier_margin"] == pytest.approx(100 * 0.3 * 0.3)
    assert safe["account_margin"] == leaked["account_margin"]


def test_a_change_after_notice_repeats_its_share_of_the_review():
    found = outcome(one_year(change=0.0), ["advance_notice"], notice_days=30)
    # 27 × 1.5 = 40.5: from 30 to 70.5 and to 111; waits 10.5 and 41.
    assert found["changed"] == 1
    assert found["friction_days"] == pytest.approx((10.5 + 41) / 2)


def test_without_notice_nothing_leaks_or_changes():
    found = outcome(one_year(leak=0.0, change=0.0), MEASURES[:1] + MEASURES[2:])
    assert found["leaked"] == found["changed"] == 0


def test_endless_waits_lose_no_more_than_what_the_steps_earn():
    found = outcome(one_year(relaxed_review_days=10_000))
    assert found["supplier_margin"] == pytest.approx(70)
    assert found["account_margin"] == pytest.approx(85)


def test_a_step_that_needs_no_review_never_waits():
    found = outcome(one_year(relaxed_review_days=0))
    assert found["friction_days"] == 0
    assert found["supplier_margin"] == found["account_margin"] == 100


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.floats(0, 1), st.floats(0, 1))
def test_more_notice_costs_no_margin_where_nothing_leaks_or_changes(seed, some, more):
    years = without_leak_or_change(seed)
    shortest = years.preparation.min()
    less, longer = sorted((some * shortest, more * shortest))
    short, long = (
        simulate_years(years, ["advance_notice", "market_briefing"], notice_days=days)
        for days in (less, longer)
    )
    assert (long["friction_days"] <= short["friction_days"] + 1e-9).all()
    assert (long["supplier_margin"] >= short["supplier_margin"] - 1e-9).all()
    assert (long["account_margin"] >= short["account_margin"] - 1e-9).all()
    assert (long["on_time"] >= short["on_time"]).all()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.sets(st.sampled_from(MEASURES)), st.floats(0, 120))
def test_outcomes_stay_within_their_ranges(seed, measures, days):
    years = draw_years(default_simulation_assumptions(), years=40, seed=seed)
    found = simulate_years(years, sorted(measures), notice_days=days)
    assert (found["friction_days"] >= 0).all()
    assert found[["on_time", "changed", "leaked"]].stack().between(0, 1).all()
    assert (found[["supplier_margin", "account_margin"]] <= 100).all(axis=None)
    assert found["power_imbalance"].between(-1, 1).all()
    assert (found["mutual_dependence"] >= found["power_imbalance"].abs() - 1e-12).all()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 10_000), st.permutations(MEASURES))
def test_the_order_of_measures_does_not_matter(seed, order):
    years = draw_years(default_simulation_assumptions(), years=20, seed=seed)
    pd.testing.assert_frame_equal(
        simulate_years(years, order, notice_days=21),
        simulate_years(years, MEASURES, notice_days=21),
    )


def test_gains_of_a_year_over_itself_are_nothing():
    years = draw_years(default_simulation_assumptions(), years=10, seed=1)
    found = simulate_years(years, [])
    assert gains_over(found, found).eq(0).all(axis=None)


def test_gains_are_differences_year_by_year():
    years = draw_years(known_assumptions(default_simulation_assumptions()), years=10, seed=1)
    base, found = (simulate_years(years, taken) for taken in ([], ["plan_sharing"]))
    gains = gains_over(found, base)
    for name, column, sign in (
        ("days_saved", "friction_days", -1), ("supplier_gain", "supplier_margin", 1),
        ("account_gain", "account_margin", 1), ("imbalance_change", "power_imbalance", 1),
        ("mutual_change", "mutual_dependence", 1),
    ):  # fmt: skip
        np.testing.assert_allclose(gains[name], sign * (found[column] - base[column]), atol=1e-12)
        assert column in OUTCOMES


@pytest.mark.parametrize(
    ("measures", "days", "message"),
    [
        (["bribes"], 0, "no measure 'bribes'; known are plan_sharing"),
        ("plan_sharing", 0, "must be a list of keys; got the text 'plan_sharing'"),
        (["coalition", "coalition"], 0, "stands twice"),
        (["advance_notice"], -1, "notice_days must be 0 or more; got -1"),
        (["advance_notice"], np.inf, "notice_days must be 0 or more; got inf"),
        (["advance_notice"], np.nan, "notice_days must be 0 or more; got nan"),
    ],
)
def test_measures_and_lengths_that_make_no_sense_are_refused(measures, days, message):
    with pytest.raises(InputError, match=message):
        simulate_years(one_year(), measures, notice_days=days)


def test_the_years_are_not_modified():
    years = draw_years(default_simulation_assumptions(), years=10, seed=1)
    kept = replace(years, begin=years.begin.copy(), preparation=years.preparation.copy())
    assumed = {name: values.copy() for name, values in years.assumed.items()}
    simulate_years(years, MEASURES, notice_days=21)
    np.testing.assert_array_equal(years.begin, kept.begin)
    np.testing.assert_array_equal(years.preparation, kept.preparation)
    for name, values in assumed.items():
        np.testing.assert_array_equal(years.assumed[name], values)
