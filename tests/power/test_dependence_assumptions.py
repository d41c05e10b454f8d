import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.dependence_assumptions import (
    assumed_ends,
    check_dependence_assumptions,
    default_dependence_assumptions,
    replace_dependence_assumption,
)


def test_every_proposed_number_is_called_an_assumption_with_unit_and_meaning():
    table = default_dependence_assumptions()
    assert table["source"].str.startswith("assumption").all()
    assert table["assumption"].is_unique
    assert (table[["unit", "meaning"]] != "").all(axis=None)


def test_no_side_is_made_the_weaker_by_assumption():
    ends = assumed_ends(default_dependence_assumptions())
    assert ends["months_to_replace_us"] == ends["months_to_replace_them"]


def test_alternatives_weigh_as_in_the_trade_network():
    assert assumed_ends(default_dependence_assumptions())["half_at"] == (1.0, 2.0, 4.0)


def test_a_replaced_assumption_is_taken_as_known():
    table = replace_dependence_assumption(default_dependence_assumptions(), "half_at", 5)
    assert assumed_ends(table)["half_at"] == (5.0, 5.0, 5.0)


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("half_at", 0, "half_at needs 0.01 ≤ low"),
        ("not_yet_replaced", 1.1, "not_yet_replaced needs 0 ≤ low .* ≤ 1"),
        ("judgement_error", -2, "judgement_error needs -1 ≤ low"),
        ("month_factor", 1, "no assumption 'month_factor'"),
    ],
)
def test_impossible_replacements_are_refused(name, value, message):
    with pytest.raises(InputError, match=message):
        replace_dependence_assumption(default_dependence_assumptions(), name, value)


def test_a_table_with_one_missing_is_refused():
    with pytest.raises(InputError, match="assumptions lack resale_margin"):
        check_dependence_assumptions(default_dependence_assumptions().iloc[:-1])


def test_replacing_leaves_the_table_as_it_was():
    table = default_dependence_assumptions()
    replace_dependence_assumption(table, "half_at", 5)
    pd.testing.assert_frame_equal(table, default_dependence_assumptions())
