import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.exposure_recovery import (
    cash_months,
    missing_margin,
    recovery_words,
    simulate_recovery,
)


def triples(**changed):
    rows = {
        "margin": (120, 120, 120), "months_to_refill": (10, 10, 10), "refill_share": (1, 1, 1),
        "fixed_saved": (0, 0, 0), "write_off": (0, 0, 0),
    } | changed  # fmt: skip
    return pd.DataFrame.from_dict(rows, orient="index", columns=["low", "middle", "high"])


def course(inputs, **options):
    given_options = {"stages": pd.Series({0: 1.0}), "months": 24, "draws": 500, "seed": 3}
    return simulate_recovery(inputs, **given_options | options)


def test_cash_runs_out_in_the_month_counted_by_hand():
    # 120 a year of margin, no profit beside it, cash 30: 10 a month goes, so month 4 is short.
    table = course(triples(refill_share=(0, 0, 0)), cash=30, profit_per_year=0)
    assert table["loss"].tolist() == pytest.approx([10] * 24)
    assert cash_months(table) == 4


def test_cash_lasts_where_profit_covers_the_loss():
    table = course(triples(), cash=0, profit_per_year=130)
    assert cash_months(table) == np.inf
    assert table["p_cash_gone"].eq(0).all()


def test_a_staged_loss_costs_less_than_one_at_once():
    staged = course(triples(), stages=pd.Series({0: 0.5, 6: 0.5}))
    assert staged["missing"].tolist()[:7] == pytest.approx(
        [0.5, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2 + 0.5]
    )
    assert staged["loss"].iloc[:12].sum() < course(triples())["loss"].iloc[:12].sum()


def test_savings_and_write_off_enter_the_loss():
    table = course(triples(fixed_saved=(60, 60, 60), write_off=(7, 7, 7)))
    assert table["loss"].iloc[:2].tolist() == pytest.approx([5 + 7, 0.9 * 5])


def test_unknown_cash_is_missing_and_said():
    table = course(triples())
    assert table[["cash", "p_cash_gone"]].isna().all(axis=None)
    assert np.isnan(cash_months(table))
    assert "Cash is not given" in recovery_words(table)


def test_seed_repeats_the_course_and_another_changes_it():
    inputs = triples(margin=(80, 120, 200))
    pd.testing.assert_frame_equal(course(inputs), course(inputs))
    assert not course(inputs).equals(course(inputs, seed=4))


@settings(deadline=None, max_examples=30)
@given(st.floats(1, 40), st.floats(0, 1), st.floats(0.1, 10))
def test_missing_share_never_rises_after_one_loss_and_slower_refill_misses_more(m, share, more):
    def missing(months):
        return missing_margin(
            pd.Series({0: 1.0}), months=36, months_to_refill=np.array([months]),
            refill_share=np.array([share]),
        )  # fmt: skip

    assert (np.diff(missing(m)) <= 1e-12).all()
    assert (missing(m + more) >= missing(m) - 1e-12).all()
    assert ((missing(m) >= 1 - share - 1e-12) & (missing(m) <= 1)).all()


@pytest.mark.parametrize(
    ("inputs", "options", "message"),
    [
        (triples().drop("margin"), {}, "need margin"),
        (triples(margin=(3, 2, 4)), {}, "margin needs low ≤ middle ≤ high; got 3"),
        (triples(months_to_refill=(0, 1, 2)), {}, "months_to_refill must be above 0"),
        (triples(refill_share=(0, 1, 2)), {}, "refill_share must be from 0 to 1"),
        (triples(), {"stages": pd.Series({0: 0.8, 3: 0.4})}, "sum to at most 1"),
        (triples(), {"draws": 0}, "at least 1"),
    ],
)
def test_unusable_recovery_input_is_refused(inputs, options, message):
    with pytest.raises(InputError, match=message):
        course(inputs, **options)


def test_inputs_of_the_recovery_are_left_unchanged():
    inputs, stages = triples(), pd.Series({0: 1.0})
    before, stages_before = inputs.copy(deep=True), stages.copy(deep=True)
    course(inputs, stages=stages)
    pd.testing.assert_frame_equal(inputs, before)
    pd.testing.assert_series_equal(stages, stages_before)
