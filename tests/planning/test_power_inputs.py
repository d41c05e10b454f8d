import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.power_assumptions import change_assumptions, default_power_assumptions
from kamtools.planning.power_inputs import (
    CORRIDOR,
    account_in_focus,
    bargaining_inputs,
    read_corridor,
    recovery_inputs,
)
from kamtools.power.bargaining_range import bargaining_range
from kamtools.power.exposure_recovery import simulate_recovery

ASSUMED = default_power_assumptions()
shares = st.floats(0, 1)


def test_corridor_of_the_parameter_goes_before_that_of_the_firm():
    assert read_corridor("-0.1 to 0.1", [-0.3, 0.3]) == (-0.1, 0.1)
    assert read_corridor(" ", [-0.3, 0.3]) == (-0.3, 0.3)
    assert read_corridor("") == CORRIDOR


@pytest.mark.parametrize("text", ["0.1", "0.1 to -0.1", "-2 to 1", "a to b", "-0.1 to 0 to 0.1"])
def test_a_corridor_that_is_none_is_refused(text):
    with pytest.raises(InputError, match=r"expected two numbers from -1 to 1"):
        read_corridor(text)


def test_recovery_runs_on_its_inputs_and_knows_the_worked_loss():
    known = change_assumptions(ASSUMED, "refill_share = 1; avoidable_share = 0; write_off = 0")
    inputs = recovery_inputs(
        known, margin=120, revenue=400, months=(10, 10, 10), fixed_costs=None, revenue_share=0.2
    )
    course = simulate_recovery(inputs, stages=pd.Series({0: 1.0}), months=12, draws=1, seed=1)
    assert course["cumulative_loss"].iloc[-1] == pytest.approx(55)


def test_an_account_replaced_at_once_still_has_a_recovery():
    inputs = recovery_inputs(
        ASSUMED, margin=1, revenue=4, months=(0, 0, 0), fixed_costs=9, revenue_share=0.5
    )
    simulate_recovery(inputs, stages=pd.Series({0: 1.0}), months=3, draws=5, seed=1)


def test_bargaining_runs_on_its_inputs_and_holds_the_limit_of_no_alternative():
    inputs = bargaining_inputs(
        ASSUMED,
        supplier_margin=100,
        account_margin=(100, 100, 100),
        supplier_availability=(0, 0, 0),
        account_availability=(0, 0, 0),
    )
    table = bargaining_range(inputs, draws=200, seed=1)
    assert table.loc["largest_concession", "middle"] == 100


@given(shares, shares, st.floats(1, 1e6), st.floats(0, 1e6))
def test_both_sides_outside_never_exceed_what_they_earn_together(ours, theirs, margin, earned):
    inputs = bargaining_inputs(
        ASSUMED,
        supplier_margin=margin,
        account_margin=(earned,) * 3,
        supplier_availability=(ours,) * 3,
        account_availability=(theirs,) * 3,
    )
    outside = inputs.loc["supplier_outside"] + inputs.loc["account_outside"]
    assert (outside <= inputs.loc["pie"] * (1 + 1e-12)).all()
    assert (inputs["low"] <= inputs["middle"] + 1e-9).all()
    assert (inputs["middle"] <= inputs["high"] + 1e-9).all()


def test_no_margin_is_nothing_to_bargain_about():
    with pytest.raises(InputError, match="margin with the account must be above 0"):
        bargaining_inputs(
            ASSUMED,
            supplier_margin=0,
            account_margin=(1, 1, 1),
            supplier_availability=(0, 0, 0),
            account_availability=(0, 0, 0),
        )


def test_the_account_looked_at_is_the_one_named_or_the_strongest_or_the_largest():
    power = pd.DataFrame({"account_id": list("abc"), "power_imbalance": [0.1, 0.3, -0.5]})
    revenue = pd.Series({"a": 5.0, "b": 1.0, "c": 1.0, "d": 9.0})
    assert account_in_focus("", power=power, revenue=revenue) == "b"
    assert account_in_focus("d", power=power, revenue=revenue) == "d"
    assert account_in_focus("", power=power.head(0), revenue=revenue) == "d"
    assert account_in_focus("", power=None, revenue=revenue) == "d"


def test_an_account_that_is_not_key_is_refused_with_some_that_are():
    revenue = pd.Series(1.0, index=[f"A{place}" for place in range(9)])
    with pytest.raises(InputError, match=r"account_id is 'Z'.*A0, A1, A2, A3 and A4 and 4 more"):
        account_in_focus("Z", power=None, revenue=revenue)


def test_inputs_leave_the_assumptions_as_they_are():
    before = ASSUMED.copy(deep=True)
    recovery_inputs(
        ASSUMED, margin=1, revenue=1, months=(1, 2, 3), fixed_costs=1, revenue_share=0.1
    )
    pd.testing.assert_frame_equal(ASSUMED, before)
