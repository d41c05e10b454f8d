"""Answers on conflict: published values, and where the losses of a stop cross."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.learning import power_conflict_answers as found
from kamtools.power.stop import daily_losses
from kamtools.power.stop_cases import stop_inputs


@pytest.fixture
def assumed():
    return stop_inputs()["middle"]


def losses(assumed, share):
    drawn = {name: np.array([value]) for name, value in assumed.items()}
    drawn["switch_share"] = np.array([share])
    supplier, account = daily_losses(drawn, days=found.DAYS)
    return supplier[0, -1], account[0, -1]


def test_offer_and_patience_give_the_values_of_the_methods():
    assert found.settled_with_offer({}) == 50  # C4: d = (20, 0), outside-option principle
    assert found.offer_taken_as_income({}) == 60  # and Nash
    assert found.share_of_the_impatient({}) == pytest.approx(0.169, abs=5e-4)
    assert found.share_of_the_patient({}) == pytest.approx(0.847, abs=5e-4)


def test_losses_cross_where_the_hand_says(assumed):
    # 35 (1 − s) = 25 − 20 (1 − s) + 88 s, so s = 30 / 143
    assert found.turning_share({"assumed": assumed}) == pytest.approx(30 / 143)


@given(st.floats(0.01, 0.19))
def test_below_the_turning_share_the_supplier_loses_more_and_above_it_the_account(step):
    assumed = stop_inputs()["middle"]
    turning = found.turning_share({"assumed": assumed})
    supplier, account = losses(assumed, turning - step)
    assert supplier > account
    supplier, account = losses(assumed, turning + step)
    assert supplier < account


def test_basket_brings_the_turning_down_and_substitutes_bring_it_up(assumed):
    context = {"assumed": assumed}
    low, high = (f(context) for f in (found.turning_without_substitutes,
                                      found.turning_without_basket))  # fmt: skip
    assert low < found.turning_share(context) < high


def test_losses_that_never_cross_are_refused(assumed):
    assumed["supplier_margin"] = 0.0
    with pytest.raises(ValueError, match="different signs"):
        found.turning_share({"assumed": assumed})


def test_answers_on_conflict_change_no_assumption(assumed):
    before = assumed.copy()
    found.turning_without_basket({"assumed": assumed})
    assert assumed.equals(before)
