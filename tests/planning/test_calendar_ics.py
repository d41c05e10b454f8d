import datetime
import re
from zoneinfo import ZoneInfo

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from kamtools.errors import InputError
from kamtools.planning.calendar import year_calendar
from kamtools.planning.calendar_ics import NEEDED, calendar_ics

DAY = datetime.date(2027, 12, 31)
ZONES = ["Pacific/Kiritimati", "Asia/Shanghai", "Europe/Berlin", "America/New_York",
         "Pacific/Pago_Pago"]  # fmt: skip


def year_table(*, language="en", as_of=DAY):
    steps = pd.DataFrame(
        [("Leap", "2028-03-21", "A"), ("Weekend", "2028-04-22", "A"), ("Soon", "2028-01-10", "A")],
        columns=["initiative", "date", "account_id"],
    ).astype({"date": "datetime64[ns]"})
    return year_calendar(
        steps, firm="Lantern", accounts=["A"], as_of=as_of, owner="head of sales",
        names=pd.Series({"A": "青禾超市; Ltd, “Nord”"}), language=language,
    ).table  # fmt: skip


def entry(**changed):
    row = {"date": pd.Timestamp("2028-02-29"), "kind": "notice", "account_id": "A",
           "what": "Tell A", "owner": "me", "because": "E2", "status": "to come",
           "uid": "1@x"}  # fmt: skip
    return pd.DataFrame([row | changed])


def write(table, *, name="Lantern 2028", as_of=DAY, language="en"):
    return calendar_ics(table, name=name, as_of=as_of, language=language)


def events(file):
    return Calendar.from_ical(file).walk("VEVENT")


def violations(file):
    """Return what of RFC 5545 a file breaks: lines, nesting, properties, values, uids.

    It is read here without the library that wrote it.
    """
    text = file.decode("utf-8")
    lines = text.split("\r\n")
    wrong = [] if lines[-1] == "" and "\n" not in text.replace("\r\n", "") else ["line endings"]
    wrong += ["long line" for line in lines if len(line.encode()) > 75]
    unfolded = re.sub("\r\n[ \t]", "", text).split("\r\n")[:-1]
    open_parts, uids = [], []
    required = {"VCALENDAR": {"VERSION", "PRODID"}, "VEVENT": {"UID", "DTSTAMP", "DTSTART"},
                "VALARM": {"ACTION", "TRIGGER", "DESCRIPTION"}}  # fmt: skip
    for line in unfolded:
        head, _, value = line.partition(":")
        name = head.partition(";")[0]
        if name == "BEGIN":
            open_parts.append((value, []))
        elif name == "END":
            part, seen = open_parts.pop()
            wrong += [] if part == value else ["nesting"]
            wrong += [f"{part} lacks {one}" for one in required[part] - set(seen)]
            once = [one for one in seen if one not in {"CATEGORIES"}]
            wrong += [f"{part} repeats a property"] if len(once) != len(set(once)) else []
            wrong += ["VEVENT with end and duration"] if {"DTEND", "DURATION"} <= set(seen) else []
        else:
            part, seen = open_parts[-1]
            seen.append(name)
            if name in {"DTSTART", "DTEND"} and not re.fullmatch(r"\d{8}", value):
                wrong.append(f"{name} is no date")
            if name in {"DTSTART", "DTEND"} and head != f"{name};VALUE=DATE":
                wrong.append(f"{name} is not said to be a date")
            if name == "DTSTAMP" and not re.fullmatch(r"\d{8}T\d{6}Z", value):
                wrong.append("DTSTAMP is not UTC")
            uids += [value] if (name, part) == ("UID", "VEVENT") else []
            if re.search(r"(?<!\\)(\\\\)*[;]", value) and name in {"SUMMARY", "DESCRIPTION"}:
                wrong.append(f"{name} is not escaped")
    wrong += ["a uid twice"] if len(uids) != len(set(uids)) else []
    return wrong + (["not closed"] if open_parts else [])


@pytest.mark.parametrize("language", ["en", "zh"])
def test_file_keeps_to_the_standard(language):
    """RFC 5545, sections 3.1 (lines), 3.4, 3.6.1, 3.6.6, 3.8.4.7 (uids)."""
    file = write(year_table(language=language), language=language)
    assert violations(file) == []
    calendar = Calendar.from_ical(file)
    assert calendar["VERSION"] == "2.0"
    assert calendar.errors == []
    assert [one.errors for one in calendar.walk()] == [[]] * len(calendar.walk())


@pytest.mark.parametrize(("break_it", "found"), [
    (lambda file: file.replace(b"UID:1@x\r\n", b""), "VEVENT lacks UID"),
    (lambda file: file.replace(b"\r\n", b"\n"), "line endings"),
    (lambda file: file.replace(b";VALUE=DATE", b""), "DTSTART is not said to be a date"),
    (lambda file: file.replace(b"Tell A", b"Tell A" * 20), "long line"),
    (lambda file: file.replace(b"END:VALARM\r\n", b""), "nesting"),
])  # fmt: skip
def test_the_test_of_the_standard_finds_what_is_broken(break_it, found):
    assert found in violations(break_it(write(entry())))


def test_every_entry_comes_back_with_its_day_words_and_uid():
    table = year_table()
    back = pd.DataFrame(
        [(str(e["UID"]), e.start, str(e["SUMMARY"])) for e in events(write(table))],
        columns=["uid", "date", "what"],
    )
    assert back["uid"].tolist() == table["uid"].tolist()
    assert back["date"].tolist() == table["date"].dt.date.tolist()
    assert back["what"].tolist() == table["what"].tolist()


def test_days_are_right_over_a_leap_day_and_a_weekend():
    days = {str(e["SUMMARY"]): (e.start, e.end) for e in events(write(year_table()))}
    (leap,) = (day for what, day in days.items() if "Tell" in what and "Leap" in what)
    (weekend,) = (day for what, day in days.items() if "Tell" in what and "Weekend" in what)
    assert leap == (datetime.date(2028, 2, 29), datetime.date(2028, 3, 1))
    assert weekend[0] == datetime.date(2028, 3, 31)  # 1 April 2028 is a Saturday
    assert weekend[0].weekday() == 4


def test_an_entry_is_on_the_same_day_wherever_it_is_looked_at():
    """A day without an hour begins at each place's own midnight (RFC 5545, 3.3.4)."""
    (event,) = events(write(entry()))
    assert type(event.start) is datetime.date
    assert "TZID" not in event["DTSTART"].params
    for zone in map(ZoneInfo, ZONES):
        begins = datetime.datetime.combine(event.start, datetime.time(), tzinfo=zone)
        assert begins.date() == datetime.date(2028, 2, 29)
    # the same told as an hour in one zone would be two different days
    midnight = datetime.datetime(2028, 2, 29, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert len({midnight.astimezone(ZoneInfo(zone)).date() for zone in ZONES}) == 2


def test_an_entry_takes_up_no_time():
    assert {str(e["TRANSP"]) for e in events(write(year_table()))} == {"TRANSPARENT"}


def test_only_notices_to_come_remind_and_they_do_the_day_before():
    table = year_table()
    reminding = [e for e in events(write(table)) if e.walk("VALARM")]
    expected = table[(table["kind"] == "notice") & (table["status"] == "to come")]
    assert [str(e["UID"]) for e in reminding] == expected["uid"].tolist()
    (alarm,) = reminding[0].walk("VALARM")
    begins = datetime.datetime.combine(reminding[0].start, datetime.time())
    assert (begins + alarm.TRIGGER).date() == reminding[0].start - datetime.timedelta(days=1)


def test_same_input_gives_the_same_bytes():
    assert write(year_table()) == write(year_table())


def test_a_later_calendar_updates_the_same_entries():
    day = datetime.date(2028, 1, 3)
    first, later = write(year_table()), write(year_table(as_of=day), as_of=day)
    before = {str(e["UID"]): e for e in events(first)}
    shared = [e for e in events(later) if str(e["UID"]) in before]
    assert len(shared) > 10
    assert all(e["SEQUENCE"] > before[str(e["UID"])]["SEQUENCE"] for e in shared)
    assert all(e.stamp > before[str(e["UID"])].stamp for e in shared)


def test_labels_are_chinese_where_asked():
    (event,) = events(write(entry(account_id=""), language="zh"))
    assert event["CATEGORIES"].cats == ["提前通知"]
    assert str(event["DESCRIPTION"]) == "负责人：me\n依据：E2\n状态：待办"


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1, max_size=120), st.text(max_size=120))
def test_any_name_comes_back_on_one_line_and_breaks_nothing(what, because):
    file = write(entry(what=f"Tell {what}", because=because))
    assert violations(file) == []
    (event,) = events(file)
    plain = "".join(sign if sign.isprintable() else " " for sign in f"Tell {what}")
    assert str(event["SUMMARY"]) == " ".join(plain.split())


def test_a_name_cannot_smuggle_in_an_entry():
    file = write(entry(what="x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:y"), name="a\r\nMETHOD:z")
    assert len(events(file)) == 1
    assert "METHOD" not in Calendar.from_ical(file)


@pytest.mark.parametrize(("table", "message"), [
    (entry().drop(columns="uid"), "the calendar lacks the columns uid"),
    (pd.concat([entry(), entry()]), "each entry needs a uid of its own; got '1@x' twice"),
    (entry(uid=" "), "each entry needs a uid of its own; got a blank one"),
    (entry(date=pd.NaT), "an entry of the calendar has no date"),
])  # fmt: skip
def test_a_table_that_cannot_be_a_calendar_is_refused(table, message):
    with pytest.raises(InputError, match=message):
        write(table)


def test_a_calendar_without_name_or_known_language_is_refused():
    with pytest.raises(InputError, match="a calendar file needs a name"):
        write(entry(), name=" \n")
    with pytest.raises(InputError, match="language is one of en, zh"):
        write(entry(), language="de")


def test_no_entry_is_a_calendar_all_the_same():
    file = write(pd.DataFrame(columns=list(NEEDED)))
    assert violations(file) == []
    assert events(file) == []


def test_writing_leaves_the_table_unchanged():
    table = year_table()
    before = table.copy(deep=True)
    write(table)
    pd.testing.assert_frame_equal(table, before)
