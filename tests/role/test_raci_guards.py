import pandas as pd
import pytest

from kamtools.role.raci_controls import default_controls
from kamtools.role.raci_guards import notice_given, segregated
from kamtools.role.raci_table import raci_table

LIMITS = ["Set the price floor", "Set the credit limit", "Close complaints"]


@pytest.mark.parametrize("activity", LIMITS)
def test_manager_must_not_answer_for_a_limit(division, activity):
    table = raci_table(division(activity, accountable="key account manager"))
    assert [one.subject for one in segregated(table, default_controls())] == [activity]


def test_manager_may_be_asked_about_a_limit_and_even_do_the_work(division):
    table = raci_table(division("Set the price floor", responsible="key account manager"))
    assert segregated(table, default_controls()) == []


def test_manager_may_answer_for_what_is_no_limit(division):
    table = raci_table(division("Visit the buyers", accountable="key account manager"))
    assert segregated(table, default_controls()) == []


def test_notice_needs_strategy_and_the_manager(division):
    assert notice_given(raci_table(division()), default_controls()) == []
    table = raci_table(
        division("Give notice of our steps", responsible="", accountable="head of sales")
    )
    found = [finding.found for finding in notice_given(table, default_controls())]
    assert found == [
        "Nobody does it, and the key account manager does not.",
        "head of sales answers for it, and strategy does not.",
    ]


def test_a_helper_of_the_manager_does_no_harm(division):
    table = raci_table(
        division("Give notice of our steps", responsible="sales office; key account manager")
    )
    assert notice_given(table, default_controls()) == []


def test_that_nobody_gives_notice_is_a_finding(division):
    table = raci_table(division("Give notice of our steps", activity="Visit again"))
    assert notice_given(table, default_controls())[0].subject == "advance notice"


def test_whether_strategy_answers_is_not_judged_without_the_column(division):
    table = raci_table(division().drop(columns="accountable"))
    assert notice_given(table, default_controls()) == []


def test_table_given_to_the_guards_is_not_changed(division):
    table, controls = raci_table(division()), default_controls()
    before = table.copy(), controls.copy()
    segregated(table, controls)
    notice_given(table, controls)
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_frame_equal(controls, before[1])
