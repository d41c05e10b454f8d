"""The calendar as an .ics file, which Outlook, Google and Apple calendars open (RFC 5545).

Every entry is a day without an hour and so without a time zone, on purpose: what is due on
3 March is due on 3 March in Guangzhou and in Hamburg, whereas midnight in one of them would
be another day elsewhere. Entries carry the uid of the table and a sequence number that grows
with the day the calendar was made for, so that a program that takes in a later file updates
its entries instead of doubling them.

References
----------
.. [1] B. Desruisseaux (ed.), "Internet Calendaring and Scheduling Core Object Specification",
   RFC 5545, 2009: 3.3.4 (dates), 3.6.1 (events), 3.6.6 (alarms).
"""

import datetime
import uuid
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from icalendar import Alarm, Calendar, Event

from kamtools.errors import InputError
from kamtools.planning.calendar_words import AHEAD, LABELS, NOTICE, check_language
from kamtools.planning.steps import one_line

PRODUCT = "-//kamtools//calendar//EN"
NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "ics.kamtools")

REMINDED_BEFORE = datetime.timedelta(hours=15)
"""From the reminder to the beginning of the day of a notice: nine in the morning before."""

SEQUENCE_FROM = datetime.date(2000, 1, 1)
NEEDED = ("date", "kind", "account_id", "what", "owner", "because", "status", "uid")


def calendar_ics(
    table: pd.DataFrame, *, name: str, as_of: datetime.date, language: str = "en"
) -> bytes:
    r"""Return the entries as an iCalendar file, each a whole day that takes up no time.

    Notices that are still to come remind a day before.

    Parameters
    ----------
    table
        From `calendar.year_calendar`: `date`, `kind`, `account_id`, `what`, `owner`, `because`,
        `status`, `uid`.
    name
        What the calendar is called in the program that opens it.
    as_of
        Day the calendar was made for; it stands for the time of writing, so that the same
        input gives the same bytes.
    language
        Of the labels: "en" or "zh".

    Returns
    -------
    bytes
        UTF-8, lines of at most 75 bytes that end in CR LF.

    Raises
    ------
    InputError
        If a column is missing, a uid stands twice or is blank, a date is missing, the name
        is blank or the language not known.

    Examples
    --------
    >>> entry = {"date": "2028-02-29", "kind": "review", "account_id": "", "uid": "1@x",
    ...          "what": "Look back, and ahead", "owner": "me", "because": "rule",
    ...          "status": "to come"}
    >>> file = calendar_ics(pd.DataFrame([entry]), name="Year",
    ...                     as_of=datetime.date(2027, 12, 31)).decode()
    >>> [line for line in file.splitlines() if line.startswith(("DT", "SUMMARY"))]
    ['SUMMARY:Look back\\, and ahead', 'DTSTART;VALUE=DATE:20280229',
     'DTEND;VALUE=DATE:20280301', 'DTSTAMP:20271231T000000Z']
    """
    labels = LABELS[check_language(language)]
    _check(table, name)
    title = one_line(name)
    calendar = Calendar.new(
        prodid=PRODUCT, calscale="GREGORIAN", name=title, uid=str(uuid.uuid5(NAMESPACE, title))
    )
    for entry in table.to_dict("records"):
        calendar.add_component(_event(entry, as_of, labels))
    return calendar.to_ical()


def _event(entry: Mapping[Hashable, Any], as_of: datetime.date, labels: dict[str, str]) -> Event:
    day = pd.Timestamp(str(entry["date"])).date()
    what, kind = one_line(entry["what"]), str(entry["kind"])
    event = Event.new(
        uid=str(entry["uid"]),
        stamp=datetime.datetime.combine(as_of, datetime.time(), tzinfo=datetime.UTC),
        sequence=max(0, (as_of - SEQUENCE_FROM).days),
        start=day,
        end=day + datetime.timedelta(days=1),
        summary=what,
        description=_description(entry, labels),
        categories=[labels[kind]],
    )
    event.add("transp", "TRANSPARENT")
    if kind == NOTICE and entry["status"] == AHEAD:
        event.add_component(Alarm.new_display(what, -REMINDED_BEFORE))
    return event


def _description(entry: Mapping[Hashable, Any], labels: dict[str, str]) -> str:
    """Return owner, cause, account and state, one a line; what is blank is left out."""
    parts = {name: one_line(entry[name]) for name in ("owner", "because", "account_id", "status")}
    parts["status"] = labels.get(parts["status"], parts["status"])
    return "\n".join(f"{labels[name]}{text}" for name, text in parts.items() if text)


def _check(table: pd.DataFrame, name: str) -> None:
    lacking = [column for column in NEEDED if column not in table]
    if lacking:
        raise InputError(f"the calendar lacks the columns {', '.join(lacking)}")
    if not one_line(name):
        raise InputError("a calendar file needs a name; got a blank one")
    if table["date"].isna().any():
        raise InputError("an entry of the calendar has no date")
    uids = table["uid"].astype("str")
    if (uids.str.strip() == "").any() or uids.duplicated().any():
        twice = uids[uids.duplicated()]
        seen = f"{twice.iloc[0]!r} twice" if len(twice) else "a blank one"
        raise InputError(f"each entry needs a uid of its own; got {seen}")
