"""What comes again and again in the calendar: plans, briefings, reviews and stage gates."""

import datetime

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.calendar_entries import Called, Row
from kamtools.planning.calendar_rules import CalendarRules
from kamtools.planning.calendar_words import (
    AHEAD,
    BRIEFING,
    GATE,
    HANDOVER,
    LATE,
    REVIEW,
    status_words,
    words,
)
from kamtools.planning.working_days import at_once, working_day_before, working_day_of_month
from kamtools.selection.gate_rules import KEY, PROBATION, REVIEW_MONTHS, STATUSES
from kamtools.selection.gate_rules import NOTICE as ON_NOTICE

MONTHS_PER_QUARTER = 3


def handover_rows(
    rules: CalendarRules, *, as_of: datetime.date, end: datetime.date, language: str
) -> list[Row]:
    """Return the hand-over of each plan whose year begins on `as_of` or later (E1)."""
    rows: list[Row] = []
    for year in range(as_of.year, (end + datetime.timedelta(days=rules.plan_days)).year + 2):
        starts = datetime.date(year, rules.plan_year_month, 1)
        latest = starts - datetime.timedelta(days=rules.plan_days)
        due = pd.Timestamp(working_day_before([latest], rules)[0]).date()
        if starts < as_of or due > end:
            continue
        when = due if due >= as_of else at_once(as_of, starts, rules)
        which = HANDOVER if due >= as_of else "plan hand-over late"
        period = str(year) if rules.plan_year_month == 1 else f"{year}/{(year + 1) % 100:02d}"
        because = words("why handover", language, promised=rules.plan_days, starts=starts)
        if due < as_of:
            because += words("was due", language, due=due, left=(starts - when).days)
            because += words("not known", language)
        rows.append(
            {"date": when, "kind": HANDOVER, "what": words(which, language, period=period),
             "because": because, "status": AHEAD if due >= as_of else LATE, "starts": starts,
             "key": [str(starts)]}
        )  # fmt: skip
    return rows


def monthly_rows(
    rules: CalendarRules, *, as_of: datetime.date, end: datetime.date, language: str
) -> list[Row]:
    """Return the briefing of each month (E3) and the review of each quarter, after `as_of`."""
    months = np.arange(np.datetime64(as_of, "M"), np.datetime64(end, "M") + np.timedelta64(1, "M"))
    rows: list[Row] = []
    for kind, number in (
        (BRIEFING, rules.briefing_working_day),
        (REVIEW, rules.review_working_day),
    ):
        days = working_day_of_month(months, number, rules)
        for month, day in zip(months, days, strict=True):
            first, when = pd.Timestamp(month).date(), pd.Timestamp(day).date()
            is_quarter = (first.month - rules.plan_year_month) % MONTHS_PER_QUARTER == 0
            if not as_of < when <= end or (kind == REVIEW and not is_quarter):
                continue
            ended = first - datetime.timedelta(days=1)
            what = words(kind, language, period=f"{first:%Y-%m}", ended=ended)
            because = words(f"why {kind}", language, number=number)
            rows.append({"date": when, "kind": kind, "what": what, "because": because,
                         "status": AHEAD, "key": [f"{first:%Y-%m}"]})  # fmt: skip
    return rows


def gate_rows(
    gates: pd.DataFrame,
    rules: CalendarRules,
    *,
    accounts: list[str],
    as_of: datetime.date,
    end: datetime.date,
    called: Called,
    language: str,
) -> list[Row]:
    """Return the next stage gate of each key account, and of those on probation or on notice.

    A day that is not worked moves to the working day before.

    Parameters
    ----------
    gates : index account_id
        `status_next` and `review_date`, as `gates_in_force.gates_in_force` makes them.
    accounts
        The key accounts.

    Raises
    ------
    InputError
        If a column is missing, or a status is not one of those there are.
    """
    lacking = [name for name in ("status_next", "review_date") if name not in gates]
    if lacking:
        raise InputError(f"the table of stage gates lacks {' and '.join(lacking)}")
    unknown = sorted(set(gates["status_next"].dropna()) - set(STATUSES))
    if unknown:
        raise InputError(f"a status is one of {', '.join(STATUSES)}; got {unknown[0]!r}")
    watched = gates.index.isin(accounts) | gates["status_next"].isin([PROBATION, KEY, ON_NOTICE])
    rows: list[Row] = []
    for account, gate in gates[watched & gates["review_date"].notna()].iterrows():
        month = pd.Timestamp(gate["review_date"])
        day = pd.Timestamp(working_day_before([month.date()], rules)[0]).date()
        if not as_of < day <= end:
            continue
        status = str(gate["status_next"])
        said = status_words(status, language)
        rows.append(
            {"date": day, "kind": GATE, "account_id": str(account), "status": AHEAD,
             "what": words(GATE, language, account=called(str(account)), status=said),
             "because": words("why gate", language, status=said, months=REVIEW_MONTHS[status]),
             "key": [f"{month:%Y-%m}"]}
        )  # fmt: skip
    return rows
