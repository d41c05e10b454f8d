import datetime

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.calendar import COLUMNS, year_calendar
from kamtools.planning.calendar_rules import CalendarRules

DAY = datetime.date(2024, 12, 31)
STARTS = st.dates(datetime.date(2025, 1, 1), datetime.date(2028, 12, 31))


def steps(*rows):
    table = pd.DataFrame(rows, columns=["initiative", "date", "account_id"])
    return table.astype({"date": "datetime64[ns]"})


def year_of(*rows, rules=None, as_of=DAY, **options):
    given = {"firm": "Lantern", "accounts": ["A", "B"], "owner": "head of sales", **options}
    rules = None if rules is None else CalendarRules(**rules)
    return year_calendar(steps(*rows), as_of=as_of, rules=rules, **given)


def notices_of(year):
    return year.table[year.table["kind"] == "notice"].reset_index(drop=True)


def days(table):
    return table["date"].dt.strftime("%Y-%m-%d").tolist()


def test_notice_falls_three_weeks_before_its_step():
    """E2: half a month to one month before it starts."""
    found = notices_of(year_of(("Price list", "2025-03-03", "A")))
    assert days(found) == ["2025-02-10"]
    assert found.loc[0, ["notice_days", "status", "account_id"]].tolist() == [21, "to come", "A"]
    assert found.loc[0, "because"].startswith("E2")


@pytest.mark.parametrize(("starts", "notice", "expected"), [
    ("2028-03-21", 21, "2028-02-29"),  # leap day, a Tuesday
    ("2025-03-22", 21, "2025-02-28"),  # a Saturday at the month's beginning
    ("2028-01-15", 14, "2027-12-31"),  # New Year's Day 2028 is a Saturday
    ("2025-03-31", 15, "2025-03-14"),  # a Sunday
])  # fmt: skip
def test_a_notice_on_a_day_off_moves_to_the_working_day_before(starts, notice, expected):
    as_of = datetime.date(2027, 6, 30) if starts > "2026" else DAY
    found = notices_of(year_of(("P", starts, "A"), rules={"notice_days": notice}, as_of=as_of))
    assert days(found) == [expected]


def test_a_holiday_is_treated_like_a_weekend():
    holidays = (datetime.date(2025, 2, 10), datetime.date(2025, 2, 7))
    found = notices_of(year_of(("P", "2025-03-03", "A"), rules={"holidays": holidays}))
    assert days(found) == ["2025-02-06"]
    assert found.loc[0, "notice_days"] == 25


@settings(deadline=None, max_examples=25)
@given(STARTS, st.integers(1, 60), st.sets(st.integers(0, 70), max_size=15))
def test_no_notice_to_come_is_shorter_than_promised_or_on_a_day_off(starts, notice, gaps):
    holidays = tuple(starts - datetime.timedelta(days=gap) for gap in gaps)
    rules = {"notice_days": notice, "holidays": holidays, "months": 36}
    as_of = starts - datetime.timedelta(days=200)
    found = notices_of(year_of(("P", starts, "A"), rules=rules, as_of=as_of))
    (day,) = found["date"].dt.date
    assert (starts - day).days == found.loc[0, "notice_days"] >= notice
    assert day.weekday() < 5
    assert day not in holidays


def test_a_step_for_all_is_told_to_every_key_account_and_stands_once():
    table = year_of(("P", "2025-03-03", None)).table
    assert table.loc[table["kind"] == "notice", "account_id"].tolist() == ["A", "B"]
    assert table.loc[table["kind"] == "initiative", "account_id"].tolist() == [""]


def test_a_notice_already_due_is_late_with_the_days_that_are_left():
    found = notices_of(year_of(("P", "2025-01-06", "A")))
    assert days(found) == ["2024-12-31"]
    assert found.loc[0, ["status", "notice_days"]].tolist() == ["late", 6]
    assert "was due on 2024-12-16; days left: 6" in found.loc[0, "because"]


def test_a_late_notice_waits_for_no_weekend_that_would_come_too_late():
    saturday = datetime.date(2025, 3, 1)
    found = notices_of(year_of(("P", "2025-03-02", "A"), as_of=saturday))
    assert days(found) == ["2025-03-01"]
    assert found.loc[0, "notice_days"] == 1


def test_a_notice_due_today_is_not_late():
    found = notices_of(year_of(("P", "2025-01-21", "A")))
    assert found.loc[0, ["status", "notice_days"]].tolist() == ["to come", 21]


def test_a_notice_that_was_given_stands_on_its_day():
    log = pd.DataFrame({"account_id": ["A"], "initiative": ["P"], "date": ["2024-12-12"]})
    found = notices_of(year_of(("P", "2025-01-06", None), notices=log)).set_index("account_id")
    assert found["status"].to_dict() == {"A": "given", "B": "late"}
    assert found.loc["A", "notice_days"] == 25


def test_a_step_that_has_begun_is_left_out_and_told():
    year = year_of(("Old", "2024-12-30", None), ("Today", "2024-12-31", "A"))
    assert year.begun["initiative"].tolist() == ["Old"]
    assert set(year.table["initiative"]) == {"Today", ""}


def test_a_step_beyond_the_end_is_told_and_its_notice_kept_where_that_falls_in():
    year = year_of(("Next", "2026-01-10", "A"), ("Far", "2026-06-10", "A"))
    assert year.beyond["initiative"].tolist() == ["Next", "Far"]
    of_steps = year.table[year.table["initiative"] != ""]
    assert of_steps[["kind", "initiative"]].to_numpy().tolist() == [["notice", "Next"]]


def test_a_calendar_made_on_a_leap_day_ends_on_the_last_of_february():
    year = year_of(as_of=datetime.date(2028, 2, 29))
    assert (year.first, year.last) == (datetime.date(2028, 2, 29), datetime.date(2029, 2, 28))


def test_every_entry_has_an_owner_a_reason_and_a_uid_of_its_own():
    managers = pd.Series({"A": "Ines Falk", "B": None})
    table = year_of(("P", "2025-03-03", None), ("Q", "2025-04-07", "A"), managers=managers).table
    assert list(table.columns) == COLUMNS
    assert (table[["owner", "because", "what", "uid"]] != "").all(axis=None)
    assert table["uid"].is_unique
    assert table["date"].is_monotonic_increasing
    owners = table[table["kind"] == "notice"].set_index(["initiative", "account_id"])["owner"]
    assert owners.to_dict() == {("P", "A"): "Ines Falk", ("P", "B"): "head of sales",
                                ("Q", "A"): "Ines Falk"}  # fmt: skip


def uids(year, kind="notice"):
    table = year.table[year.table["kind"] == kind]
    return table.set_index(["initiative", "account_id"])["uid"].to_dict()


def test_an_entry_keeps_its_uid_when_its_date_the_rules_or_the_language_change():
    first = year_of(("P", "2025-03-03", None), ("Q", "2025-04-07", "A"))
    moved = year_of(
        ("Q", "2025-04-07", "A"), ("P", "2025-03-17", None), rules={"notice_days": 28},
        language="zh", accounts=["B", "A", "C"], as_of=datetime.date(2025, 1, 31),
    )  # fmt: skip
    assert uids(first).items() <= uids(moved).items()


def test_two_firms_share_no_uid():
    ours, theirs = year_of(("P", "2025-03-03", None)), year_of(("P", "2025-03-03", None), firm="X")
    assert not set(ours.table["uid"]) & set(theirs.table["uid"])


def test_a_monthly_entry_keeps_its_uid_from_run_to_run():
    first, later = year_of(), year_of(as_of=datetime.date(2025, 6, 30))
    both = first.table.merge(later.table, on="uid", suffixes=("", "_later"))
    assert set(both["kind"]) == {"briefing", "review", "plan hand-over"}
    assert (both["date"] == both["date_later"]).all()


def test_words_are_chinese_where_asked_and_names_stay_as_they_are():
    names = pd.Series({"A": "浩瀚 {食品}\n有限"})
    found = notices_of(year_of(("新价目表", "2025-03-03", "A"), names=names, language="zh"))
    assert found.loc[0, "what"] == "告知浩瀚 {食品} 有限：“新价目表”将于2025-03-03开始"


def test_a_language_without_words_is_refused():
    with pytest.raises(InputError, match="language is one of en, zh; got 'fr'"):
        year_of(language="fr")


def test_a_firm_without_steps_and_accounts_still_has_its_year():
    year = year_calendar(None, firm="L", accounts=[], as_of=DAY, owner="x")
    assert set(year.table["kind"]) == {"plan hand-over", "briefing", "review"}


def test_the_table_is_made_of_plain_columns():
    kinds = year_of(("P", "2025-03-03", None)).table.dtypes.astype(str).to_dict()
    assert kinds["date"] == "datetime64[ns]"
    assert kinds["notice_days"] == "float64"
    assert {kinds[name] for name in set(COLUMNS) - {"date", "notice_days"}} == {"str"}


def test_making_a_calendar_changes_nothing():
    table, names = steps(("P", "2025-03-03", None)), pd.Series({"A": "x"})
    log = pd.DataFrame({"account_id": ["A"], "initiative": ["P"], "date": ["2024-12-12"]})
    before = [one.copy(deep=True) for one in (table, log)]
    year_calendar(table, firm="L", accounts=["A"], as_of=DAY, owner="x", notices=log, names=names)
    pd.testing.assert_frame_equal(table, before[0])
    pd.testing.assert_frame_equal(log, before[1])
