import datetime

import pytest

from kamtools.errors import InputError
from kamtools.planning.calendar_rules import (
    CalendarRules,
    read_days,
    rules_table,
    with_simulated_notice,
)
from kamtools.power.simulation_notice import ESSAY_DAYS, BestNotice


def test_default_notice_is_half_a_month_to_a_month():
    low, high = ESSAY_DAYS
    assert low <= CalendarRules().notice_days <= high


@pytest.mark.parametrize(("rules", "message"), [
    ({"notice_days": 0}, "notice_days is a whole number of at least 1; got 0"),
    ({"notice_days": 14.5}, "notice_days is a whole number of at least 1; got 14.5"),
    ({"plan_days": -1}, "plan_days is a whole number of at least 0; got -1"),
    ({"plan_year_month": 13}, "plan_year_month is a whole number from 1 to 12; got 13"),
    ({"briefing_working_day": 16}, "briefing_working_day is a whole number from 1 to 15; got 16"),
    ({"months": 0}, "months is a whole number from 1 to 36; got 0"),
    ({"week": "0000000"}, "week is seven signs of 0 and 1, Monday first, with a 1; got '0000000'"),
    ({"week": "11111"}, "week is seven signs"),
])  # fmt: skip
def test_a_rule_that_cannot_be_is_refused(rules, message):
    with pytest.raises(InputError, match=message):
        CalendarRules(**rules)


def test_every_rule_stands_in_the_table_with_a_meaning_and_a_source():
    table = rules_table(CalendarRules(holidays=(datetime.date(2025, 1, 1),)))
    assert set(table["rule"]) == set(CalendarRules.__dataclass_fields__) - {"notice_source"}
    assert (table[["value", "meaning", "source"]] != "").all(axis=None)
    assert table.set_index("rule").loc["holidays", ["value", "source"]].tolist() == [
        "2025-01-01", "the user",
    ]  # fmt: skip


@pytest.mark.parametrize(("enough", "days"), [(14.0, 14), (14.2, 15), (0.5, 1)])
def test_simulated_notice_is_rounded_up_to_whole_days(enough, days):
    rules = with_simulated_notice(CalendarRules(plan_days=7), BestNotice(30.0, 1.0, enough, 60.0))
    assert (rules.notice_days, rules.plan_days) == (days, 7)
    assert "simulation" in rules_table(rules).loc[0, "source"]


def test_a_simulation_without_gain_changes_no_length_and_says_so():
    rules = with_simulated_notice(CalendarRules(), BestNotice(0.0, 0.0, 0.0, 7.0))
    assert rules.notice_days == CalendarRules().notice_days
    assert "found no length that gains" in rules.notice_source


def test_no_text_is_no_holiday():
    assert read_days("  ") == ()


def test_every_day_that_is_none_is_named():
    with pytest.raises(InputError, match="holidays: saw '2025-02-29', 'May'; expected days"):
        read_days("2025-02-29; 2025-01-01; May")
