import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.role.raci_controls import default_controls
from kamtools.role.raci_rules import (
    few_consulted,
    no_committee,
    one_accountable,
    some_responsible,
    within_capacity,
)
from kamtools.role.raci_table import raci_table


def test_finding_names_the_two_who_answer(division):
    table = raci_table(division("Plan volumes", accountable="planner; head of production"))
    finding = one_accountable(table)[0]
    assert finding.roles == ("planner", "head of production")
    assert finding.found == "planner and head of production answer for it."


def test_activity_that_nobody_does_is_a_finding(division):
    table = raci_table(division("Plan volumes", responsible=None))
    assert [finding.subject for finding in some_responsible(table)] == ["Plan volumes"]


@pytest.mark.parametrize(
    ("name", "is_one"), [("chair of the committee", True), ("price committee", False)]
)
def test_one_person_of_a_committee_may_answer(division, name, is_one):
    table = raci_table(division("Plan volumes", accountable=name))
    assert (no_committee(table, default_controls()) == []) == is_one


def test_as_many_as_allowed_may_be_asked(division):
    table = raci_table(division("Plan volumes", consulted="a; b; c; d"))
    assert few_consulted(table, most=4) == []
    assert [finding.subject for finding in few_consulted(table, most=3)] == ["Plan volumes"]


def test_hours_equal_to_the_capacity_are_enough(division):
    hours = pd.Series({"Visit the buyers": 900.0, "Give notice of our steps": 100.0})
    table = raci_table(division())
    full = pd.Series({"key account manager": 1000.0})
    assert within_capacity(table, hours=hours, capacity=full) == []
    found = within_capacity(table, hours=hours, capacity=full - 1)
    assert found[0].found == "Has 1,000 hours of work a year, and 999 hours for it."


def test_a_second_one_who_does_it_takes_half(division):
    table = raci_table(division("Visit the buyers", responsible="key account manager; Eva"))
    hours = pd.Series({"Visit the buyers": 900.0})
    capacity = pd.Series({"key account manager": 450.0, "Eva": 400.0})
    found = within_capacity(table, hours=hours, capacity=capacity)
    assert [finding.subject for finding in found] == ["Eva"]


def test_role_without_known_capacity_is_not_judged(division):
    hours = pd.Series({"Visit the buyers": 9000.0})
    nothing = pd.Series({"key account manager": float("nan")})
    assert within_capacity(raci_table(division()), hours=hours, capacity=nothing) == []


def test_hours_of_an_unknown_activity_are_refused(division):
    with pytest.raises(InputError, match="given for Lunch, which is no activity"):
        within_capacity(
            raci_table(division()), hours=pd.Series({"Lunch": 1.0}), capacity=pd.Series({"Li": 1.0})
        )


def test_table_given_is_not_changed(division):
    table = raci_table(division("Plan volumes", accountable=None))
    before = table.copy()
    one_accountable(table)
    no_committee(table, default_controls())
    few_consulted(table, most=0)
    pd.testing.assert_frame_equal(table, before)
