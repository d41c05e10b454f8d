import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from kamtools.errors import InputError
from kamtools.power.simulation_assumptions import (
    default_simulation_assumptions,
    known_assumptions,
    replace_assumption,
)
from kamtools.power.simulation_notice import BestNotice, best_notice, notice_curve, rising_lengths

TABLE = default_simulation_assumptions()


def alone(**changed):
    """Return known assumptions in which steps never queue and only leaks cost."""
    table = known_assumptions(TABLE)
    plain = {"initiatives_per_year": 1, "preparation_days": 1_000, "preparation_spread": 0.0,
             "plan_change_per_day": 0.0, "first_belief": 0.001, "alert_review_share": 1.0,
             "window_days": 3_000, "advance_notice_cost": 0.0}  # fmt: skip
    for name, value in (plain | changed).items():
        table = replace_assumption(table, name, value)
    return table


def expected_wait(days, mean=30.0, spread=0.5):
    """Return E[(R − n)⁺] of a lognormal review, as Black and Scholes price a call."""
    sigma = np.sqrt(np.log1p(spread**2))
    if days == 0:
        return mean
    d = (np.log(mean / days) + sigma**2 / 2) / sigma
    return mean * stats.norm.cdf(d) - days * stats.norm.cdf(d - sigma)


def curve(table=TABLE, **options):
    return notice_curve(table, **{"notice_days": [15, 30, 60], "years": 500, "seed": 1} | options)


def test_waits_are_the_closed_form_where_steps_never_queue():
    found = curve(alone(), notice_days=[10, 20, 40, 80], years=100_000, measures=())
    for days, wait in found["friction_days"].items():
        assert wait == pytest.approx(expected_wait(days), abs=0.25)


def test_best_notice_is_the_newsvendor_s():
    # A day more saves (share of steps that still wait) / window and costs leak rate × what a
    # leak takes: best where P(R > n) ≈ window × rate × loss = 3,000 × 0.0004 × 0.25 = 0.3.
    table = alone(leak_per_day=0.0004, leak_loss=0.25)
    found = best_notice(curve(table, notice_days=range(4, 81, 4), years=60_000, measures=()))
    sigma = np.sqrt(np.log1p(0.25))
    best = 30 * np.exp(-(sigma**2) / 2 + sigma * stats.norm.ppf(0.7))
    assert found.best_days == pytest.approx(best, abs=6)


def test_notice_never_stops_helping_where_nothing_leaks_or_changes_and_it_is_free():
    found = curve(alone(leak_per_day=0.0), notice_days=[20, 40, 80], measures=())
    assert found["supplier_gain"].is_monotonic_increasing
    assert best_notice(found).too_long_days == np.inf


def test_notice_that_always_leaks_does_not_pay():
    found = curve(alone(leak_per_day=1.0, leak_loss=1.0), measures=())
    assert best_notice(found) == BestNotice(0.0, 0.0, 0.0, 15.0)


def test_what_is_saved_less_the_three_costs_is_the_gain():
    found = curve()
    left = found["saved"] - found["leak_cost"] - found["change_cost"] - found["running_cost"]
    np.testing.assert_allclose(left, found["supplier_gain"], atol=1e-9)
    assert (found[["leak_cost", "change_cost", "running_cost"]] >= 0).all(axis=None)


def test_marginal_gains_add_up_to_the_gain():
    found = curve()
    steps = np.diff(found.index, prepend=0)
    total = (found["marginal_gain"].fillna(0) * steps).cumsum()
    np.testing.assert_allclose(total, found["supplier_gain"], atol=1e-9)


def test_no_notice_is_where_the_curve_starts():
    first = curve().iloc[0]
    assert first.name == 0
    gains = ["supplier_gain", "saved", "leak_cost", "change_cost", "running_cost"]
    assert first[gains].eq(0).all()


def test_enough_is_the_shortest_with_95_of_100_and_too_long_the_first_with_less_again():
    gains = [0.0, 94.0, 95.0, 100.0, 96.0, 94.9, 50.0]
    table = pd.DataFrame({"supplier_gain": gains}, index=[0, 5, 10, 20, 30, 40, 50])
    assert best_notice(table) == BestNotice(20.0, 100.0, 10.0, 40.0)


@given(
    st.lists(st.integers(-500, 500), min_size=2, max_size=8),
    st.integers(-4, 4).map(lambda power: 2.0**power),  # so that nothing is rounded
)
def test_the_unit_of_the_gain_does_not_move_the_best_length(gains, unit):
    table = pd.DataFrame({"supplier_gain": [0, *gains]}, index=range(0, 7 * len(gains) + 1, 7))
    one, other = best_notice(table), best_notice(table * unit)
    assert (one.best_days, one.enough_days) == (other.best_days, other.enough_days)
    assert one.enough_days <= one.best_days <= one.too_long_days
    assert one.best_gain == max(0.0, *gains)


@pytest.mark.parametrize("lengths", [[], [0, 10], [10, 10], [20, 10], [-1], [float("nan")]])
def test_lengths_that_do_not_rise_from_above_zero_are_refused(lengths):
    with pytest.raises(InputError, match="notice_days must rise, each above 0"):
        rising_lengths(lengths)
    with pytest.raises(InputError, match="notice_days must rise"):
        curve(notice_days=lengths)


def test_notice_among_the_other_measures_is_refused():
    with pytest.raises(InputError, match="stands twice"):
        curve(measures=["advance_notice"])


def test_arguments_are_not_modified():
    table, lengths = default_simulation_assumptions(), [15, 30]
    found = curve(table, notice_days=lengths)
    kept = found.copy()
    best_notice(found)
    pd.testing.assert_frame_equal(table, TABLE)
    pd.testing.assert_frame_equal(found, kept)
    assert lengths == [15, 30]
