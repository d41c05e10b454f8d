import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.history import purchase_summary
from kamtools.selection.intervals import bounds, error_class


def errors_of(ratio, *, error_class="1", rate_change=0.0):
    return pd.DataFrame({"error_class": error_class, "ratio": ratio, "rate_change": rate_change})


def now_of(scale, *, error_class="1", margin_rate=0.5):
    table = {"error_class": error_class, "scale": scale, "margin_rate": margin_rate}
    return pd.DataFrame(table, index=[f"a{i}" for i in range(len(scale))])


def test_ninety_percent_of_nineteen_errors_lie_between_least_and_largest():
    # (n + 1) α/2 = 20 × 0.05 = 1: the first and the last.
    ratio = np.linspace(0.1, 1.9, 19)
    limits = bounds(now_of([100.0]), errors_of(ratio), interval=0.9, stretch=1.0)
    assert limits.loc["a0", "revenue_low"] == pytest.approx(10)
    assert limits.loc["a0", "revenue_high"] == pytest.approx(190)


def test_margin_bounds_follow_revenue_where_rates_stand_still():
    limits = bounds(now_of([100.0]), errors_of(np.linspace(0.5, 1.5, 99)), interval=0.9, stretch=1)
    assert limits.loc["a0", "margin_low"] == pytest.approx(limits.loc["a0", "revenue_low"] / 2)
    assert limits.loc["a0", "margin_high"] == pytest.approx(limits.loc["a0", "revenue_high"] / 2)


def test_moving_rates_widen_the_margin():
    ratio = np.ones(99)
    change = np.linspace(-0.2, 0.2, 99)
    limits = bounds(now_of([100.0]), errors_of(ratio, rate_change=change), interval=0.9, stretch=1)
    assert limits.loc["a0", "revenue_low"] == limits.loc["a0", "revenue_high"] == 100
    assert limits.loc["a0", "margin_low"] < 35 < 65 < limits.loc["a0", "margin_high"]


def test_unknown_rate_leaves_the_margin_unknown():
    limits = bounds(
        now_of([100.0], margin_rate=np.nan), errors_of([0.5] * 30), interval=0.9, stretch=1
    )
    assert limits[["margin_low", "margin_high"]].isna().all(axis=None)


def test_class_with_few_errors_takes_those_of_all_that_buy():
    errors = pd.concat([errors_of([1.0] * 5), errors_of([2.0] * 50, error_class="3"),
                        errors_of([0.0] * 50, error_class="gone")])  # fmt: skip
    limits = bounds(now_of([100.0]), errors, interval=0.9, stretch=1.0)
    assert limits.loc["a0", "revenue_high"] == 200
    assert limits.loc["a0", "revenue_low"] == 100


@given(st.floats(1, 3), st.floats(0.5, 0.99))
def test_stretched_interval_is_no_narrower(stretch, interval):
    ratio = np.random.default_rng(1).lognormal(0, 0.5, 200)
    plain, wide = (
        bounds(now_of([10.0]), errors_of(ratio), interval=interval, stretch=by).loc["a0"]
        for by in (1.0, stretch)
    )
    assert wide["revenue_low"] <= plain["revenue_low"] + 1e-9
    assert wide["revenue_high"] >= plain["revenue_high"] - 1e-9


@given(st.integers(20, 400), st.floats(0.5, 0.9), st.integers(0, 1000))
def test_interval_holds_as_often_as_it_says(n, interval, seed):
    # Exchangeable errors: the share outside is binomial, and hardly ever 5 deviations off.
    rng = np.random.default_rng(seed)
    past, coming = rng.lognormal(0, 1, n), rng.lognormal(0, 1, 2000)
    limits = bounds(now_of([1.0]), errors_of(past), interval=interval, stretch=1.0).loc["a0"]
    held = np.mean((coming >= limits["revenue_low"]) & (coming <= limits["revenue_high"]))
    assert held > interval - 5 * np.sqrt(interval * (1 - interval) * (1 / n + 1 / 2000))


def test_silent_young_and_large_accounts_are_classes_of_their_own(history_of):
    steady = {f"s{i}": [10.0 + i] * 24 for i in range(20)}
    others = {"young": [0.0] * 18 + [5.0] * 6, "gone": [5.0] * 18 + [0.0] * 6,
              "nothing": [5.0] * 10 + [0.0] * 14}  # fmt: skip
    classes = error_class(purchase_summary(history_of({**steady, **others})))
    assert classes[["young", "gone", "nothing"]].tolist() == ["young", "gone", "nothing"]
    assert classes[classes == "1"].index.tolist() == ["s18", "s19"]
    assert classes.value_counts()[["2", "3"]].tolist() == [6, 12]


def test_margin_rate_column_is_needed():
    with pytest.raises(KeyError, match="margin_rate"):
        bounds(now_of([1.0]).drop(columns="margin_rate"), errors_of([1.0] * 30), interval=0.9,
               stretch=1.0)  # fmt: skip


def test_no_error_to_learn_from_is_refused():
    with pytest.raises(InputError, match="no account of an earlier date"):
        bounds(now_of([1.0]), errors_of([]), interval=0.9, stretch=1.0)


def test_tables_are_not_modified():
    now, errors = now_of([5.0, 7.0]), errors_of(np.linspace(0, 2, 50))
    before = now.copy(), errors.copy()
    bounds(now, errors, interval=0.9, stretch=1.5)
    pd.testing.assert_frame_equal(now, before[0])
    pd.testing.assert_frame_equal(errors, before[1])
