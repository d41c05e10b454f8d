"""The year ahead: advance notices, steps, the plan's hand-over, briefings, reviews, gates.

What the essay's supplier did by hand (E1-E3) as dates with owners: the year plan handed over,
each step told half a month to a month before, a briefing every month. `calendar_rules` sets
when things are due, `calendar_entries` and
`calendar_recurring` make them, `calendar_ics` writes them for Outlook,
Google and Apple calendars, `notice_kept` says afterwards whether the promise held.
"""

import datetime
import json
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from kamtools.planning.calendar_entries import (
    Called,
    Row,
    notice_rows,
    step_rows,
)
from kamtools.planning.calendar_recurring import gate_rows, handover_rows, monthly_rows
from kamtools.planning.calendar_rules import CalendarRules
from kamtools.planning.calendar_words import GATE, KINDS, check_language
from kamtools.planning.steps import concerned_accounts, one_line, read_steps, with_notice

COLUMNS = ["date", "kind", "account_id", "what", "owner", "because", "initiative", "status",
           "notice_days", "uid"]  # fmt: skip

NAMESPACE = uuid.uuid5(uuid.NAMESPACE_DNS, "calendar.kamtools")
"""Of the entries' uids: the same entry has the same uid in every run."""


@dataclass(frozen=True)
class YearCalendar:
    """The year ahead, and what is not in it.

    Attributes
    ----------
    table : (n_entries, 10)
        `date`, `kind` (one of `calendar_words.KINDS`), `account_id` ("" for all), `what`,
        `owner`, `because` (the essay's claim or the rule), `initiative` ("" where it belongs
        to none), `status` ("to come", "late", "given"), `notice_days` (from the date to what
        it announces; missing where it announces nothing) and `uid`; the soonest first.
    begun, beyond
        Steps (`initiative`, `starts`, `account_id`, `owner`) that began before the calendar
        does, and those that begin after its end. Notices of the latter that fall into it are
        in the table.
    first, last
        Days from which and up to which it reaches; `first` is the day it was made for.
    rules
        By which it was made.
    """

    table: pd.DataFrame
    begun: pd.DataFrame
    beyond: pd.DataFrame
    first: datetime.date
    last: datetime.date
    rules: CalendarRules


def year_calendar(
    initiatives: pd.DataFrame | None,
    *,
    firm: str,
    accounts: Iterable[str],
    as_of: datetime.date,
    owner: str,
    rules: CalendarRules | None = None,
    notices: pd.DataFrame | None = None,
    gates: pd.DataFrame | None = None,
    names: pd.Series | None = None,
    managers: pd.Series | None = None,
    language: str = "en",
) -> YearCalendar:
    """Return the calendar of the months ahead.

    A notice falls `rules.notice_days` before its step, or on the working day before that
    where the day is not worked: never later, so that no weekend shortens it. One that was due
    before `as_of` and was not given is late; it stands on the first working day from `as_of`
    on, with the days that are left. Briefings, reviews and gates begin the day after `as_of`.

    Parameters
    ----------
    initiatives
        As in `schema.INITIATIVES`; None where the firm has no such table.
    firm
        The supplier's name: it keeps the entries of two firms apart in one calendar.
    accounts
        The key accounts: a step without an account is told to each of them.
    as_of
        Day for which the calendar is made.
    owner
        Who answers for key accounts, and so for what has no other owner.
    rules
        As they stand in `CalendarRules`, if None.
    notices
        As in `schema.NOTICES`: what was told already; None for nothing.
    gates
        From `selection.gates_in_force.gates_in_force`; None for none.
    names, managers : index account_id
        What an account is called, and who looks after it and so tells it; ids, and the
        owner, where unknown.
    language
        Of `what` and `because`: "en" or "zh".

    Raises
    ------
    InputError
        If the language is not known, or as `steps.read_steps` and
        `calendar_recurring.gate_rows`.

    Examples
    --------
    >>> steps = pd.DataFrame({"initiative": ["Price list"], "date": ["2025-03-03"]})
    >>> year = year_calendar(steps, firm="Lantern", accounts=["A"], owner="head of sales",
    ...                      as_of=datetime.date(2024, 12, 31))
    >>> year.table.loc[year.table["initiative"] != "", ["date", "kind", "notice_days"]]
            date        kind  notice_days
    4 2025-02-10      notice         21.0
    5 2025-03-03  initiative          NaN
    """
    rules = CalendarRules() if rules is None else rules
    check_language(language)
    end = (pd.Timestamp(as_of) + pd.DateOffset(months=rules.months)).date()
    keys = list(dict.fromkeys(accounts))
    steps, pairs = _numbered(initiatives, keys)
    known, _ = with_notice(pairs, notices, as_of=as_of)
    is_begun = steps["starts"] < pd.Timestamp(as_of)
    is_beyond = steps["starts"] > pd.Timestamp(end)
    called = _called(names)
    rows = [
        *handover_rows(rules, as_of=as_of, end=end, language=language),
        *notice_rows(
            known[known["starts"] >= pd.Timestamp(as_of)],
            rules, as_of=as_of, called=called, language=language),
        *step_rows(steps[~is_begun & ~is_beyond], called=called, language=language),
        *monthly_rows(rules, as_of=as_of, end=end, language=language),
    ]  # fmt: skip
    if gates is not None:
        rows += gate_rows(gates, rules, accounts=keys, as_of=as_of, end=end, called=called,
                          language=language)  # fmt: skip
    table = _table(rows, firm=firm, owner=owner, managers=managers)
    table = table[table["date"] <= pd.Timestamp(end)].reset_index(drop=True)
    skipped = [
        steps.loc[which].drop(columns="number").reset_index(drop=True)
        for which in (is_begun, is_beyond)
    ]
    return YearCalendar(table, skipped[0], skipped[1], as_of, end, rules)


def _numbered(
    initiatives: pd.DataFrame | None, accounts: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the steps as they are written, and once for each account, both counted by name."""
    steps = read_steps(initiatives)
    name = steps["initiative"].str.casefold()
    number = steps.groupby([name, steps["account_id"]]).cumcount() + 1
    return steps.assign(number=number), concerned_accounts(steps, accounts)


def _called(names: pd.Series | None) -> Called:
    known = {} if names is None else names.dropna().to_dict()
    return lambda account: one_line(known.get(account, account))


def _table(rows: list[Row], *, firm: str, owner: str, managers: pd.Series | None) -> pd.DataFrame:
    """Return the rows as a table with owners and uids, in order."""
    blank = {"account_id": "", "owner": "", "initiative": "", "starts": None}
    columns = ["date", "kind", "account_id", "what", "owner", "because", "initiative", "status",
               "starts", "key"]  # fmt: skip
    table = pd.DataFrame([blank | row for row in rows], columns=columns)
    text = ["kind", "account_id", "what", "owner", "because", "initiative", "status"]
    table[text] = table[text].astype("str")
    table["date"] = pd.to_datetime(table["date"]).astype("datetime64[ns]")
    starts = pd.to_datetime(table["starts"]).astype("datetime64[ns]")
    table["notice_days"] = (starts - table["date"]).dt.days.astype("float64")
    known = {} if managers is None else managers.dropna().astype("str").to_dict()
    table["owner"] = [
        # nobody decides on the gate of the own account
        given or ("" if kind == GATE else known.get(account, "")) or owner
        for given, kind, account in zip(
            table["owner"], table["kind"], table["account_id"], strict=True
        )
    ]
    table["uid"] = [
        _uid(firm, kind, account, key)
        for kind, account, key in zip(table["kind"], table["account_id"], table["key"], strict=True)
    ]
    rank = table["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    order = table.assign(rank=rank).sort_values(["date", "rank"], kind="stable").index
    return table.loc[order, COLUMNS].reset_index(drop=True).astype({"uid": "str", "owner": "str"})


def _uid(firm: str, kind: str, account: str, key: object) -> str:
    """Return what names an entry in every run, wherever its date moves to."""
    told = json.dumps([firm, kind, account, key], ensure_ascii=False)
    return f"{uuid.uuid5(NAMESPACE, told)}@calendar.kamtools"
