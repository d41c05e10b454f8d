import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.simulation_assumptions import (
    COLUMNS,
    NAMES,
    check_assumptions,
    default_simulation_assumptions,
    known_assumptions,
    replace_assumption,
)

VALUES = default_simulation_assumptions().set_index("assumption")


def changed(name, **ends):
    table = default_simulation_assumptions().astype({"value": object, "low": object})
    table.loc[table["assumption"] == name, list(ends)] = list(ends.values())
    return table


def test_the_start_is_that_of_the_worked_numbers():
    # methods 0.4: D_S 0.525, D_B 0.180
    value = VALUES["value"]
    assert value["supplier_stake"] * (1 - value["supplier_availability"]) == pytest.approx(0.525)
    assert value["account_stake"] * (1 - value["account_availability"]) == pytest.approx(0.18)


def test_every_row_says_that_it_is_an_assumption_and_what_it_means():
    table = default_simulation_assumptions()
    assert list(table) == list(COLUMNS)
    assert table["source"].str.startswith("assumption").all()
    assert (table["meaning"].str.len() > 5).all()
    assert table["assumption"].is_unique


def test_no_assumption_is_held_as_known():
    table = default_simulation_assumptions()
    assert (table["low"] < table["high"]).all()


@given(st.sampled_from(NAMES), st.floats(0, 1))
def test_values_between_the_ends_are_taken_and_only_they_change(name, share):
    low, high = VALUES.loc[name, ["low", "high"]]
    value = min(low + share * (high - low), high)
    table = replace_assumption(default_simulation_assumptions(), name, value, low=low, high=high)
    check_assumptions(table)
    row = table.set_index("assumption").loc[name]
    assert (row["value"], row["low"], row["high"]) == (value, low, high)
    others = table[table["assumption"] != name].set_index("assumption")
    pd.testing.assert_frame_equal(others, VALUES.drop(index=name))


def test_known_assumptions_have_no_width():
    table = known_assumptions(default_simulation_assumptions())
    assert (table["low"] == table["value"]).all()
    assert (table["high"] == table["value"]).all()


@pytest.mark.parametrize(
    ("name", "ends", "message"),
    [
        ("briefing_read", {"high": 1.2}, "briefing_read needs 0 ≤ low ≤ value ≤ high ≤ 1"),
        ("grace_days", {"low": -1.0}, "grace_days needs 0 ≤ low"),
        ("window_days", {"value": 80.0}, "window_days needs 1 ≤ low ≤ value ≤ high; got 90, 80"),
        ("first_belief", {"low": 0.0}, "first_belief needs 0.001 ≤ low"),
        ("likelihood_ratio", {"low": 0.5}, "likelihood_ratio needs 1 ≤ low"),
        ("alert_review_share", {"low": 0.0}, "alert_review_share needs 0.01 ≤ low"),
        ("coalition_cost", {"high": np.inf}, "coalition_cost needs"),
        ("leak_loss", {"value": np.nan}, "leak_loss needs"),
    ],
)
def test_values_out_of_range_are_refused(name, ends, message):
    with pytest.raises(InputError, match=message):
        check_assumptions(changed(name, **ends))


def test_unknown_double_and_missing_assumptions_are_refused():
    table = default_simulation_assumptions()
    with pytest.raises(InputError, match="'leak_loss' is not known, or stands twice"):
        check_assumptions(pd.concat([table, table[table["assumption"] == "leak_loss"]]))
    with pytest.raises(InputError, match="assumptions lack leak_loss"):
        check_assumptions(table[table["assumption"] != "leak_loss"])
    with pytest.raises(InputError, match="need the columns unit"):
        check_assumptions(table.drop(columns="unit"))
    with pytest.raises(InputError, match="no assumption 'luck'; known are initiatives_per_year"):
        replace_assumption(table, "luck", 1)


def test_the_table_is_not_modified():
    table = default_simulation_assumptions()
    replace_assumption(table, "leak_loss", 0.4)
    known_assumptions(table)
    check_assumptions(table)
    pd.testing.assert_frame_equal(table, default_simulation_assumptions())
