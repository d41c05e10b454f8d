import datetime

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.planning.calendar_rules import CalendarRules
from kamtools.planning.working_days import at_once, working_day_before, working_day_of_month

DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 12, 31))
WEEKS = st.sampled_from(["1111100", "1111110", "1111001", "1111111"])


def is_worked(day, rules):
    return rules.week[day.weekday()] == "1" and day not in rules.holidays


def before(day, **rules):
    return pd.Timestamp(working_day_before([day], CalendarRules(**rules))[0]).date()


@settings(deadline=None, max_examples=50)
@given(DAYS, WEEKS, st.sets(st.integers(0, 20), max_size=9))
def test_day_before_is_the_last_worked_one_not_after(day, week, gaps):
    holidays = tuple(sorted(day - datetime.timedelta(days=gap) for gap in gaps))
    rules = CalendarRules(week=week, holidays=holidays)
    expected = day
    while not is_worked(expected, rules):
        expected -= datetime.timedelta(days=1)
    assert before(day, week=week, holidays=holidays) == expected


@settings(deadline=None, max_examples=50)
@given(st.integers(2020, 2040), st.integers(1, 12), st.integers(1, 15), WEEKS)
def test_kth_working_day_is_found_by_counting(year, month, number, week):
    rules = CalendarRules(week=week)
    day, counted = datetime.date(year, month, 1), 0
    while True:
        counted += is_worked(day, rules)
        if counted == number:
            break
        day += datetime.timedelta(days=1)
    months = np.array([f"{year}-{month:02d}"], dtype="datetime64[M]")
    assert working_day_of_month(months, number, rules)[0] == np.datetime64(day)


def test_a_month_of_holidays_has_its_last_working_day():
    holidays = tuple(datetime.date(2025, 2, day) for day in range(5, 29))
    months = np.array(["2025-02"], dtype="datetime64[M]")
    found = working_day_of_month(months, 3, CalendarRules(holidays=holidays))
    assert found.astype(str).tolist() == ["2025-02-04"]


def test_leap_day_is_a_day_like_another():
    assert before(datetime.date(2028, 2, 29)) == datetime.date(2028, 2, 29)
    assert before(datetime.date(2032, 2, 29)) == datetime.date(2032, 2, 27)


def test_new_year_rolls_back_into_the_old_one():
    assert before(datetime.date(2028, 1, 1)) == datetime.date(2027, 12, 31)


def test_what_is_due_at_once_is_never_after_what_it_announces():
    saturday = datetime.date(2025, 3, 1)
    assert at_once(saturday, saturday, CalendarRules()) == saturday
    monday = datetime.date(2025, 3, 3)
    assert at_once(saturday, monday, CalendarRules()) == monday
