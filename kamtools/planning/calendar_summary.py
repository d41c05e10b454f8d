"""The year ahead in words: what is due, what is late, and what is not in the calendar."""

import pandas as pd

from kamtools.planning.calendar import YearCalendar
from kamtools.planning.calendar_words import GIVEN, HANDOVER, KINDS, LATE, NOTICE
from kamtools.power.simulation_notice import ESSAY_DAYS
from kamtools.wording import listing

PLURALS = {"notice": "notices", "initiative": "initiatives", "plan hand-over": "plan hand-overs",
           "briefing": "briefings", "review": "reviews", "stage gate": "stage gates"}  # fmt: skip
NAMED = 5


def describe_calendar(year: YearCalendar) -> str:
    """Return in words what the calendar holds, what is late, and what is not in it.

    Parameters
    ----------
    year
        From `calendar.year_calendar`.

    Examples
    --------
    >>> import datetime
    >>> from kamtools.planning.calendar import year_calendar
    >>> steps = pd.DataFrame({"initiative": ["Gift tins", "Old"], "date": ["2025-01-06",
    ...                       "2024-06-03"]})
    >>> year = year_calendar(steps, firm="Lantern", accounts=["A"], owner="head of sales",
    ...                      as_of=datetime.date(2024, 12, 31))
    >>> print(describe_calendar(year))
    From 2024-12-31 to 2025-12-31: 2 plan hand-overs, 1 notice, 1 initiative, 12 briefings and
    4 reviews. Late: the plan hand-over, which was due before 2024-12-31; nothing here says that
    it was done. Late: notice of “Gift tins” to 1 account, 6 days are left. Not in it: “Old”,
    which began before.
    """
    table = year.table
    counts = table["kind"].value_counts()
    parts = [
        f"{counts[kind]:,} {kind if counts[kind] == 1 else PLURALS[kind]}"
        for kind in KINDS
        if kind in counts
    ]
    said = [f"From {year.first} to {year.last}: {listing(parts) or 'nothing'}."]
    said += [_length(year), *_late(table, str(year.first)), _given(table), *_left_out(year)]
    return " ".join(filter(None, said))


def _length(year: YearCalendar) -> str:
    low, high = ESSAY_DAYS
    days = year.rules.notice_days
    if low <= days <= high:
        return ""
    return f"The notice of {days} days lies outside the essay's half a month to a month."


def _late(table: pd.DataFrame, first: str) -> list[str]:
    late = table[table["status"] == LATE]
    said = []
    if (late["kind"] == HANDOVER).any():
        said.append(
            f"Late: the plan hand-over, which was due before {first}; nothing here says that it "
            "was done."
        )
    notices = late[late["kind"] == NOTICE]
    for (name, days), rows in notices.groupby(["initiative", "notice_days"], sort=False):
        accounts = "1 account" if len(rows) == 1 else f"{len(rows):,} accounts"
        left = "1 day is left" if days == 1 else f"{days:.0f} days are left"
        said.append(f"Late: notice of “{name}” to {accounts}, {left}.")
    return said


def _given(table: pd.DataFrame) -> str:
    given = int((table["status"] == GIVEN).sum())
    if not given:
        return ""
    return f"{given:,} of the notices {'was' if given == 1 else 'were'} given already."


def _left_out(year: YearCalendar) -> list[str]:
    return [
        f"Not in it: {_named(steps)}, which {verb}."
        for steps, verb in ((year.begun, "began before"), (year.beyond, "begins after its end"))
        if len(steps)
    ]


def _named(steps: pd.DataFrame) -> str:
    names = [f"“{name}”" for name in dict.fromkeys(steps["initiative"])]
    more = [f"{len(names) - NAMED:,} more"] if len(names) > NAMED else []
    return listing([*names[:NAMED], *more])
