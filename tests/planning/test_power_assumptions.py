import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.power_assumptions import (
    change_assumptions,
    default_power_assumptions,
    numbers_of,
)


def test_every_default_is_called_an_assumption_and_is_in_order():
    table = default_power_assumptions()
    assert set(table["source"]) == {"assumption"}
    assert (table["low"] <= table["value"]).all()
    assert (table["value"] <= table["high"]).all()
    assert not table["assumption"].duplicated().any()


def test_no_text_changes_nothing():
    table = default_power_assumptions()
    pd.testing.assert_frame_equal(change_assumptions(table, "  "), table)


def test_several_changes_are_taken_in_one_go_with_either_semicolon():
    changed = change_assumptions(
        default_power_assumptions(), "refill_share = 0.6；write_off = 0 to 0.02 to 0.03"
    ).set_index("assumption")
    assert changed.loc["refill_share", ["low", "value", "high"]].tolist() == [0.6] * 3
    assert changed.loc["write_off", ["low", "value", "high"]].tolist() == [0, 0.02, 0.03]
    assert changed.loc[["refill_share", "write_off"], "source"].tolist() == ["the user"] * 2
    assert changed.loc["supplier_strength", "source"] == "assumption"


def test_all_that_is_wrong_is_said_in_one_go():
    text = "refil_share = 0.6; write_off = much; refill_share = 0.5 to 1.5; avoidable_share = -1"
    with pytest.raises(InputError) as error:
        change_assumptions(default_power_assumptions(), text)
    said = str(error.value)
    assert "'refil_share', which there is not" in said
    assert "write_off as 'much'; expected a number" in said
    assert "refill_share as 0.5 to 1.5; expected a share from 0 to 1" in said
    assert "avoidable_share as -1; expected a share from 0 to 1" in said


def test_the_table_given_stays_as_it_is():
    table = default_power_assumptions()
    before = table.copy(deep=True)
    change_assumptions(table, "write_off = 0.03")
    pd.testing.assert_frame_equal(table, before)


@given(st.lists(st.floats(-9, 9), min_size=1, max_size=3))
def test_numbers_are_read_where_they_are_in_order_and_only_there(numbers):
    read = numbers_of(" to ".join(map(repr, numbers)))
    if numbers == sorted(numbers):
        assert read is not None
        assert (read[0], read[2]) == (numbers[0], numbers[-1])
        assert read[0] <= read[1] <= read[2]
    else:
        assert read is None


@pytest.mark.parametrize("text", ["", "a", "1 to", "nan", "inf", "1 to 2 to 3 to 4"])
def test_what_is_no_range_is_none(text):
    assert numbers_of(text) is None
