import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.break_even import break_even, describe_break_even

MARGINS = pd.Series([500.0, 650.0, 720.0], index=[3, 4, 5])


def test_manager_pays_where_the_added_margin_is_more_than_the_cost():
    # methods.md B2: incremental margin of an added manager ÷ cost of a manager, above 1 add.
    table = break_even(MARGINS, cost_of_manager=100.0)
    assert table["ratio"].tolist()[1:] == [1.5, 0.7]
    assert table["pays"].tolist() == [False, True, False]


def test_manager_who_brings_exactly_the_cost_does_not_pay():
    assert not break_even(MARGINS, cost_of_manager=70.0)["pays"].iloc[-1]


def test_step_of_two_managers_is_counted_for_each():
    table = break_even(pd.Series([500.0, 700.0], index=[3, 5]), cost_of_manager=100.0)
    assert table.at[5, "added_margin"] == 100


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=8), st.floats(1, 1e5))
def test_added_margins_sum_to_the_whole_rise(margins, cost):
    table = break_even(pd.Series(margins), cost_of_manager=cost)
    assert table["added_margin"].sum() == pytest.approx(margins[-1] - margins[0], abs=1e-6)


def test_words_name_the_first_manager_who_does_not_pay():
    said = describe_break_even(break_even(MARGINS, cost_of_manager=100.0), currency="EUR")
    assert said == "Manager number 5 would bring EUR 70 of margin a year against a cost of EUR 100."


def test_words_say_where_even_the_last_one_pays():
    said = describe_break_even(break_even(MARGINS, cost_of_manager=10.0))
    assert said == "Manager number 5 still brings 70 of margin a year against a cost of 10."


def test_one_number_of_managers_tells_nothing():
    table = break_even(MARGINS.iloc[:1], cost_of_manager=10.0)
    assert describe_break_even(table) == "Whether one more would pay is not known."


def test_manager_without_a_cost_is_refused():
    with pytest.raises(InputError, match="cost_of_manager must be a number above 0; got 0"):
        break_even(MARGINS, cost_of_manager=0)


def test_numbers_that_do_not_rise_are_refused():
    with pytest.raises(InputError, match=r"must rise; got \[5, 4, 3\]"):
        break_even(MARGINS.iloc[::-1], cost_of_manager=10.0)


def test_margins_given_are_not_changed():
    before = MARGINS.copy()
    break_even(MARGINS, cost_of_manager=10.0)
    pd.testing.assert_series_equal(MARGINS, before)
