from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.selection.criteria import CRITERIA
from kamtools.selection.value_scales import log_amount, value_of

BY_NAME = {criterion.name: criterion for criterion in CRITERIA}
amounts = st.lists(st.floats(-1e9, 1e9), min_size=1, max_size=30).map(pd.Series)


def test_typical_amount_is_worth_the_logarithm_of_two():
    assert log_amount(pd.Series([1.0, 10.0, 500.0]))[1] == pytest.approx(np.log(2))


def test_loss_is_worth_as_much_as_nothing():
    assert log_amount(pd.Series([-9e5, 0.0, 10.0])).tolist()[:2] == [0, 0]


def test_no_positive_amount_is_worth_nothing():
    assert log_amount(pd.Series([-1.0, 0.0])).tolist() == [0, 0]


def test_giant_leaves_room_to_tell_the_others_apart():
    worth = log_amount(pd.Series([1e4, 3e4, 1e5, 1e8]))
    assert (worth[2] - worth[0]) / worth[3] > 0.1  # on raw money it is 0.0009


@given(amounts, st.floats(0.001, 1000))
def test_worth_of_money_ignores_the_currency(amount, rate):
    pd.testing.assert_series_equal(
        log_amount(amount.round(2) * rate), log_amount(amount.round(2)), rtol=1e-6
    )


@given(amounts)
def test_more_money_is_never_worth_less(amount):
    ordered = log_amount(amount.sort_values())
    assert ordered.is_monotonic_increasing


def test_halved_is_as_bad_as_doubled_is_good():
    worth = value_of(pd.Series([-0.5, 0.0, 1.0]), BY_NAME["growth"])
    assert worth.tolist() == [-1, 0, 1]


def test_start_from_next_to_nothing_is_worth_no_more_than_a_doubling():
    assert value_of(pd.Series([99.0]), BY_NAME["growth"]).tolist() == [1]


def test_account_that_stopped_is_worth_no_less_than_a_halving():
    assert value_of(pd.Series([-1.0]), BY_NAME["growth"]).tolist() == [-1]


def test_beyond_its_anchor_a_criterion_counts_no_further():
    worth = value_of(pd.Series([0.1, 0.25, 0.9]), BY_NAME["returns_rate"])
    assert worth.tolist() == [0.1, 0.25, 0.25]


def test_without_anchors_a_linear_value_is_as_measured():
    free = replace(BY_NAME["returns_rate"], anchors=None)
    assert value_of(pd.Series([0.9]), free).tolist() == [0.9]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.name)
def test_what_is_not_known_stays_not_known(criterion):
    assert value_of(pd.Series([np.nan, 1.0]), criterion).isna().tolist() == [True, False]


@pytest.mark.parametrize("criterion", CRITERIA, ids=lambda criterion: criterion.name)
def test_measured_numbers_are_not_modified(criterion):
    measured = pd.Series([-2.0, 0.5, 40.0])
    before = measured.copy()
    value_of(measured, criterion)
    pd.testing.assert_series_equal(measured, before)
