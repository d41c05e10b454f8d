"""Slides on what happens next: actions, dates, and what goes out in the briefing."""

import pandas as pd

from kamtools.plots import style
from kamtools.publishing.deck.parts import Bars, Column, Grid, Message, Series
from kamtools.publishing.deck.told import Told
from kamtools.publishing.deck.words import Say
from kamtools.publishing.shown import value_of

MOST_NEXT = 9
_MONTHS = 13


def plan_slides(told: Told, say: Say) -> list[Message]:
    """Return the slides of the account plan, as far as its tables are there."""
    made = (actions(told, say), calendar(told, say))
    return [message for message in made if message is not None]


def briefing_slides(told: Told, say: Say) -> list[Message]:
    """Return the slide of the briefing, if its table is there."""
    table = told.table("briefing_lines", "date", "event", "competitor", "source", "verdict",
                       "touches")  # fmt: skip
    if table is None:
        return []
    may = table[table["verdict"].eq("may go out") & table["touches"].fillna("").ne("")]
    columns = (
        Column("date", say("h_day"), width=1.1),
        Column("event", say("h_event"), width=5.0),
        Column("competitor", say("h_competitor"), width=1.8),
        Column("source", say("h_source_of"), width=3.2),
    )
    message = Message(
        told.first_sentence("briefing") or say("briefing_title", n=len(may), all=len(table)),
        (Grid(may, columns, left_out=len(table) - len(may)),),
        sources=("briefing_lines.csv (date, event, competitor, source, verdict, touches)",),
        questions=(say("ask_briefing"),),
    )
    return [message]


def actions(told: Told, say: Say) -> Message | None:
    """Return the slide of the plan's actions, the earliest first."""
    table = told.table("actions", "action", "owner", "date", "cost")
    if table is None:
        return None
    ordered = table.sort_values("date", kind="stable")
    columns = (
        Column("date", say("h_by"), width=1.1),
        Column("action", say("h_action"), width=6.5),
        Column("owner", say("h_owner"), width=2.0),
        Column("cost", say("h_cost", currency=told.currency), "money", 1.2),
    )
    first = ordered["date"].iloc[0]
    return Message(
        told.first_sentence("account_plan") or say("actions_title", n=len(table), day=first),
        (Grid(ordered, columns),),
        sources=("actions.csv (date, action, owner, cost)",),
        questions=(say("ask_actions"),),
    )


def calendar(told: Told, say: Say) -> Message | None:
    """Return the slide of the dates ahead: how many a month, and the next ones."""
    table = told.table("calendar", "date", "kind", "what", "owner", "status")
    if table is None:
        return None
    ahead, late = table[table["status"].eq("to come")], table[table["status"].eq("late")]
    if ahead.empty:
        return None
    by_month = pd.crosstab(ahead["date"].str[:7], ahead["kind"]).head(_MONTHS)
    colours = dict(zip(by_month.columns, style.SERIES * 2, strict=False))
    bars = Bars(
        tuple(by_month.index),
        tuple(
            Series(value_of("kind", str(k)), tuple(by_month[k]), colours[k])
            for k in by_month.columns
        ),
        "number",
        say("calendar_axis"),
        say("calendar_alt"),
        is_stacked=True,
    )
    due = pd.concat([late, ahead]).drop_duplicates(["date", "kind", "owner"])
    columns = (
        Column("date", say("h_day"), width=1.5),
        Column("what", say("h_next"), width=5.0),
        Column("owner", say("h_owner"), width=1.8),
    )
    nxt = due.head(MOST_NEXT)
    key = "calendar_title" if len(late) else "calendar_title_on_time"
    return Message(
        say(key, n=len(ahead), last=ahead["date"].max(), late=len(late)),
        (bars, Grid(nxt, columns, left_out=len(ahead) + len(late) - len(nxt), lines=2)),
        sources=("calendar.csv (date, kind, what, owner, status)",),
        questions=(say("ask_calendar"),),
        widths=(1.0, 1.25),
    )
