import datetime

import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.planning.calendar import year_calendar
from kamtools.planning.calendar_rules import CalendarRules

DAY = datetime.date(2024, 12, 31)


def entries(kind, *, as_of=DAY, gates=None, **rules):
    year = year_calendar(
        None, firm="Lantern", accounts=["A"], as_of=as_of, owner="head of sales", gates=gates,
        rules=CalendarRules(**rules), managers=pd.Series({"A": "Ines"}),
    )  # fmt: skip
    found = year.table[year.table["kind"] == kind]
    return found.assign(day=found["date"].dt.strftime("%Y-%m-%d")).reset_index(drop=True)


def gates(**rows):
    return pd.DataFrame(
        [(status, pd.Timestamp(day)) for status, day in rows.values()],
        index=pd.Index(list(rows), name="account_id"),
        columns=["status_next", "review_date"],
    )


def test_briefing_comes_on_the_third_working_day_of_each_month():
    """E3: every month an analysis with suggestions."""
    found = entries("briefing")
    assert found["day"].tolist() == [
        "2025-01-03", "2025-02-05", "2025-03-05", "2025-04-03", "2025-05-05", "2025-06-04",
        "2025-07-03", "2025-08-05", "2025-09-03", "2025-10-03", "2025-11-05", "2025-12-03",
    ]  # fmt: skip
    assert found["because"].str.startswith("E3").all()


def test_reviews_follow_the_quarters_of_the_plan_year():
    assert entries("review")["day"].str[:7].tolist() == ["2025-01", "2025-04", "2025-07", "2025-10"]
    shifted = entries("review", plan_year_month=2)
    assert shifted["day"].str[:7].tolist() == ["2025-02", "2025-05", "2025-08", "2025-11"]
    assert "the quarter that ended on 2025-01-31" in shifted.loc[0, "what"]


def test_plan_is_handed_over_before_its_year_begins():
    found = entries("plan hand-over", as_of=datetime.date(2025, 6, 30))
    assert found["day"].tolist() == ["2025-12-02"]
    assert "plan for 2026" in found.loc[0, "what"]
    assert found.loc[0, ["status", "notice_days"]].tolist() == ["to come", 30]


def test_a_plan_year_that_begins_in_april_has_two_years_in_its_name():
    found = entries("plan hand-over", plan_year_month=4)
    assert found["day"].tolist() == ["2025-02-28"]  # 2 March 2025 is a Sunday
    assert "plan for 2025/26" in found.loc[0, "what"]


def test_a_hand_over_already_due_is_late_until_the_year_has_begun():
    late = entries("plan hand-over")
    assert late[["day", "status"]].to_numpy().tolist() == [
        ["2024-12-31", "late"], ["2025-12-02", "to come"],
    ]  # fmt: skip
    assert "nothing here says that it was done" in late.loc[0, "because"]
    begun = entries("plan hand-over", as_of=datetime.date(2025, 1, 2))
    assert begun["status"].tolist() == ["to come"]


def test_a_plan_handed_over_more_than_a_year_ahead_is_found():
    found = entries("plan hand-over", plan_days=500, as_of=datetime.date(2025, 1, 2))
    assert found["day"].tolist() == ["2025-01-02", "2025-08-19"]
    assert found["status"].tolist() == ["late", "to come"]


def test_gates_of_key_accounts_and_of_those_on_the_way_are_in_it():
    table = gates(A=("standard", "2025-06-30"), B=("probation", "2025-03-31"),
                  C=("standard", "2025-03-31"))  # fmt: skip
    found = entries("stage gate", gates=table)
    assert found[["day", "account_id"]].to_numpy().tolist() == [
        ["2025-03-31", "B"], ["2025-06-30", "A"],
    ]  # fmt: skip
    assert "probation" in found.loc[0, "because"]


def test_a_manager_does_not_own_the_gate_of_the_own_account():
    found = entries("stage gate", gates=gates(A=("key", "2025-12-31")))
    assert found["owner"].tolist() == ["head of sales"]


def test_a_gate_on_a_weekend_moves_to_the_working_day_before():
    found = entries("stage gate", gates=gates(A=("notice", "2025-05-31")))
    assert found["day"].tolist() == ["2025-05-30"]


def test_no_gates_are_none():
    empty = pd.DataFrame(columns=["status_next", "review_date"],
                         index=pd.Index([], name="account_id"))  # fmt: skip
    assert entries("stage gate", gates=empty).empty


@pytest.mark.parametrize(("table", "message"), [
    (gates(A=("key", "2025-12-31")).drop(columns="review_date"), "lacks review_date"),
    (gates(A=("gold", "2025-12-31")), "a status is one of standard, .*; got 'gold'"),
])  # fmt: skip
def test_a_table_of_gates_that_is_none_is_refused(table, message):
    with pytest.raises(InputError, match=message):
        entries("stage gate", gates=table)
