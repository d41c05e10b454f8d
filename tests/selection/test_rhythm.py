import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.selection.rhythm import irregularity, share_of_months_ordered


def test_account_that_orders_each_month_orders_in_all(history_of):
    assert share_of_months_ordered(history_of({"a": [5.0] * 12})) == 1


def test_share_of_months_weighs_accounts_by_revenue(history_of):
    monthly, yearly = [9.0] * 12, [12.0] + [0.0] * 11
    share = share_of_months_ordered(history_of({"a": monthly, "b": yearly}))
    assert share == pytest.approx((108 * 1 + 12 / 12) / 120)


def test_months_before_the_first_order_do_not_count(history_of):
    history = history_of({"old": [5.0] * 12, "new": [0.0] * 9 + [50.0] * 3})
    assert share_of_months_ordered(history) == 1


def test_quarterly_orders_go_by_the_clock(history_of):
    assert irregularity(history_of({"a": [5.0, 0.0, 0.0] * 6})) == 0


def test_orders_by_chance_are_as_irregular_as_chance(history_of):
    panel = np.random.default_rng(3).random((400, 24)) < 0.35
    assert irregularity(history_of(panel.astype(float))) == pytest.approx(0.9, abs=0.15)


def test_rhythm_of_accounts_that_never_pause_cannot_be_told(history_of):
    assert np.isnan(irregularity(history_of({"a": [5.0] * 12})))


@given(panel=st.lists(st.lists(st.booleans(), min_size=8, max_size=8), min_size=1, max_size=8))
def test_share_and_irregularity_stay_in_their_range(history_of, panel):
    values = np.array(panel, dtype=float)
    values[0, 0] = 1.0
    history = history_of(values)
    assert 0 <= share_of_months_ordered(history) <= 1
    assert not irregularity(history) < 0


def test_history_is_not_modified(history_of):
    history = history_of({"a": [5.0, 0.0, 0.0] * 6})
    before = history.copy()
    irregularity(history)
    share_of_months_ordered(history)
    pd.testing.assert_frame_equal(history, before)
