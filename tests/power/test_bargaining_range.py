import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.bargaining_range import bargaining_range, range_words

POINTS = {"pie": 100.0, "today": 70.0, "supplier_inside": 0.0, "account_inside": 0.0,
          "supplier_outside": 20.0, "account_outside": 0.0, "supplier_strength": 0.5}  # fmt: skip


def inputs(spread=0.0, **changed):
    points = pd.Series(POINTS | changed)
    slack = points.where(points.index != "supplier_strength", 0) * spread
    return pd.DataFrame({"low": points - slack, "middle": points, "high": points + slack})


def test_a_point_has_the_check_values_of_both_solutions():
    # methods.md C4: an option of 20 in a pie of 100 gives 60 inside, 50 outside.
    middle = bargaining_range(inputs(), draws=1, seed=1)["middle"]
    assert (middle["inside"], middle["outside"], middle["settlement"]) == (60, 50, 50)
    assert (middle["largest_concession"], middle["concession"]) == (50, 20)


def test_a_supplier_already_below_its_option_has_nothing_to_concede():
    table = bargaining_range(inputs(today=10.0), draws=1, seed=1)
    assert table.loc["largest_concession", "middle"] == 0


def test_no_deal_is_said():
    table = bargaining_range(inputs(account_outside=90.0), draws=5, seed=1)
    assert table.attrs["p_deal"] == 0
    assert np.isnan(table.loc["settlement", "middle"])
    assert "nothing to agree" in range_words(table)


def test_uncertain_inputs_give_a_range():
    table = bargaining_range(inputs(0.2), draws=500, seed=1)
    assert (table["low"] < table["high"]).drop("concession").all()


@settings(deadline=None, max_examples=25)
@given(st.floats(0, 0.3), st.integers(0, 99))
def test_low_middle_high_are_in_order_and_the_seed_repeats(spread, seed):
    table = bargaining_range(inputs(spread), draws=50, seed=seed)
    assert (table["low"] <= table["middle"]).all()
    assert (table["middle"] <= table["high"]).all()
    pd.testing.assert_frame_equal(table, bargaining_range(inputs(spread), draws=50, seed=seed))


def test_unusable_bargaining_input_is_refused():
    with pytest.raises(InputError, match="need pie"):
        bargaining_range(inputs().drop("pie"), draws=1, seed=1)
    with pytest.raises(InputError, match="pie needs low ≤ middle ≤ high"):
        bargaining_range(inputs(-0.1), draws=1, seed=1)
    with pytest.raises(InputError, match="draws must be at least 1"):
        bargaining_range(inputs(), draws=0, seed=1)


def test_inputs_of_the_range_are_left_unchanged():
    given_inputs = inputs(0.1)
    before = given_inputs.copy(deep=True)
    bargaining_range(given_inputs, draws=5, seed=1)
    pd.testing.assert_frame_equal(given_inputs, before)
