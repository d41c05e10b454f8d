"""When things are due: the rules of the calendar, in one place that a user can replace."""

import datetime
import math
import re
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.simulation_notice import ENOUGH, ESSAY_DAYS, BestNotice
from kamtools.wording import percent

ASSUMED = "assumption"
LAST_WORKING_DAY = 15
"""Working days of a month that an entry may be set on; every month has as many, but for
long holidays, when the last one there is counts."""


@dataclass(frozen=True)
class CalendarRules:
    """What sets the days of a calendar.

    Attributes
    ----------
    notice_days : 1 or more
        Calendar days of advance notice that are promised before each step (E2).
    plan_days : 0 or more
        Calendar days from the hand-over of the plan to the beginning of its year (E1).
    plan_year_month : 1-12
        Month with whose first day the plan year begins; the quarters count from it.
    briefing_working_day, review_working_day : 1-15
        Working day of the month for the monthly briefing (E3), and of the first month of a
        quarter for the review of the quarter before.
    months : 1-36
        How far the calendar reaches.
    holidays
        Days that count as a weekend does.
    week : seven of 0 and 1
        Which days from Monday to Sunday are worked.
    notice_source
        Where the length of notice comes from.

    Examples
    --------
    >>> CalendarRules(notice_days=0)
    Traceback (most recent call last):
    kamtools.errors.InputError: notice_days is a whole number of at least 1; got 0
    """

    notice_days: int = 21
    plan_days: int = 30
    plan_year_month: int = 1
    briefing_working_day: int = 3
    review_working_day: int = 10
    months: int = 12
    holidays: tuple[datetime.date, ...] = ()
    week: str = "1111100"
    notice_source: str = ASSUMED

    def __post_init__(self) -> None:
        for name, low, high in (
            ("notice_days", 1, math.inf),
            ("plan_days", 0, math.inf),
            ("plan_year_month", 1, 12),
            ("briefing_working_day", 1, LAST_WORKING_DAY),
            ("review_working_day", 1, LAST_WORKING_DAY),
            ("months", 1, 36),
        ):
            value = getattr(self, name)
            if value != int(value) or not low <= value <= high:
                ends = f"of at least {low}" if high == math.inf else f"from {low} to {high}"
                raise InputError(f"{name} is a whole number {ends}; got {value!r}")
        if not re.fullmatch("[01]{7}", self.week) or "1" not in self.week:
            raise InputError(
                f"week is seven signs of 0 and 1, Monday first, with a 1; got {self.week!r}"
            )

    @property
    def working(self) -> np.busdaycalendar:
        """The days that are worked, as numpy counts them."""
        return np.busdaycalendar(self.week, [np.datetime64(day, "D") for day in self.holidays])


def with_simulated_notice(rules: CalendarRules, best: BestNotice) -> CalendarRules:
    """Return rules with the length of notice that the simulation found.

    It is the shortest that brings nearly all of the gain, in whole days; where no notice
    gains, the length stays as it is, and its source says so.

    Parameters
    ----------
    rules
        The other rules.
    best
        From `power.simulation_notice.best_notice`.

    Examples
    --------
    >>> found = with_simulated_notice(CalendarRules(), BestNotice(24.0, 2.1, 17.5, 40.0))
    >>> found.notice_days, found.notice_source
    (18, 'simulation: the shortest that brings 95 % of the best gain')
    """
    if best.best_gain <= 0 or best.enough_days <= 0:
        none = f"{rules.notice_source}; the simulation found no length that gains"
        return replace(rules, notice_source=none)
    source = f"simulation: the shortest that brings {percent(ENOUGH)} of the best gain"
    return replace(rules, notice_days=math.ceil(best.enough_days), notice_source=source)


def read_days(text: str) -> tuple[datetime.date, ...]:
    """Return the days named in a text, in order, each once.

    Parameters
    ----------
    text
        Days separated by semicolons; blank for none.

    Raises
    ------
    InputError
        With all that is no day.

    Examples
    --------
    >>> [str(day) for day in read_days("2025-05-01; 2025-01-01；2025-05-01")]
    ['2025-01-01', '2025-05-01']
    """
    days, wrong = set(), []
    for part in filter(None, (part.strip() for part in re.split("[;；]", text))):
        try:
            days.add(datetime.date.fromisoformat(part))
        except ValueError:
            wrong.append(repr(part))
    if wrong:
        raise InputError(f"holidays: saw {', '.join(wrong)}; expected days such as 2025-05-01")
    return tuple(sorted(days))


def rules_table(rules: CalendarRules) -> pd.DataFrame:
    """Return the rules with their meaning and source, for a reader who may change them.

    Returns
    -------
    (8, 4)
        `rule`, `value` (text), `meaning`, `source`.

    Examples
    --------
    >>> rules_table(CalendarRules()).loc[0, ["rule", "value", "source"]].tolist()
    ['notice_days', '21', 'assumption; the essay says half a month to a month, 15 to 31 days']
    """
    essay = f"; the essay says half a month to a month, {ESSAY_DAYS[0]} to {ESSAY_DAYS[1]} days"
    holidays = "; ".join(map(str, rules.holidays))
    rows = [
        ("notice_days", rules.notice_days, "calendar days of notice before each step (E2)",
         rules.notice_source + essay),
        ("plan_days", rules.plan_days,
         "calendar days from the hand-over of the plan to the beginning of its year (E1)", ASSUMED),
        ("plan_year_month", rules.plan_year_month, "month in which the plan year begins", ASSUMED),
        ("briefing_working_day", rules.briefing_working_day,
         "working day of each month for the briefing (E3)", ASSUMED),
        ("review_working_day", rules.review_working_day,
         "working day of a quarter for the review of the quarter before", ASSUMED),
        ("months", rules.months, "how far the calendar reaches", ASSUMED),
        ("holidays", holidays or "none", "days that count as a weekend does",
         "the user" if rules.holidays else "not given: weekends only"),
        ("week", rules.week, "days that are worked, Monday first", ASSUMED),
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["rule", "value", "meaning", "source"])
    return table.astype("str")
