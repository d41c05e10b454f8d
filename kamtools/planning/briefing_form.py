"""What a briefing is made of: lines on the market, what we say about them, where each is from."""

import datetime
from dataclasses import dataclass

import pandas as pd

from kamtools.planning.briefing_labels import day_words, label, month_words

FEWEST_SUGGESTIONS, MOST_SUGGESTIONS = 2, 3


@dataclass(frozen=True)
class MarketLine:
    """One thing that happened.

    Attributes
    ----------
    number
        On the page, from 1.
    row
        In market_events.csv, as a spreadsheet counts.
    date, competitor, event, source, access
        As in market_events.csv; who moved may be blank.
    known
        What the client's own purchases, region and trade say about it; computed.
    meaning
        What a person wrote that it means for the client; blank if nobody did.
    """

    number: int
    row: int
    date: datetime.date
    competitor: str
    event: str
    source: str
    access: str
    known: str
    meaning: str


@dataclass(frozen=True)
class Point:
    """A suggestion, or what the cooperation can do.

    Attributes
    ----------
    text
        As the page says it.
    number
        The line that it answers.
    source
        Table and row that it is from, or "initiatives.csv"; for the log, not for the page.
    """

    text: str
    number: int
    source: str


@dataclass(frozen=True)
class Briefing:
    """What one client is told about its market in one month.

    Attributes
    ----------
    account_id, name
        The client.
    supplier
        Who tells it; may be blank.
    month
        Its first day.
    as_of
        The day on which it was put together.
    language
        "en" or "zh".
    checked_by
        Who read it before it goes out; blank if nobody has.
    lines, suggestions, cooperation
        What it says.
    """

    account_id: str
    name: str
    supplier: str
    month: datetime.date
    as_of: datetime.date
    language: str
    checked_by: str
    lines: tuple[MarketLine, ...]
    suggestions: tuple[Point, ...]
    cooperation: tuple[Point, ...]

    @property
    def heading(self) -> str:
        """The title of the page."""
        return label("title", self.language, month=month_words(self.month, self.language))

    @property
    def subtitle(self) -> str:
        """For whom, from whom, and of when, in one line."""
        parts = [label("for", self.language, name=self.name)]
        if self.supplier:
            parts.append(label("from", self.language, supplier=self.supplier))
        parts.append(label("dated", self.language, day=day_words(self.as_of, self.language)))
        return "  ·  ".join(parts)

    @property
    def missing(self) -> tuple[str, ...]:
        """What a person still has to write, in English, for whoever makes the briefing."""
        parts = [f"what line {one.number} means" for one in self.lines if not one.meaning]
        lacking = FEWEST_SUGGESTIONS - len(self.suggestions)
        if self.lines and lacking > 0:
            parts.append("2 suggestions" if lacking == FEWEST_SUGGESTIONS else "1 more suggestion")
        if self.lines and not self.cooperation:
            parts.append("what our cooperation can do")
        return tuple(parts)

    @property
    def is_draft(self) -> bool:
        """Whether anything is to be written, or nobody has checked it."""
        return bool(self.missing) or not self.checked_by

    @property
    def status(self) -> str:
        """What the page says about being checked."""
        if self.missing:
            return label("unfinished", self.language)
        if not self.checked_by:
            return label("draft", self.language)
        return label("checked", self.language, person=self.checked_by)

    @property
    def notes(self) -> str:
        """What stands at the foot of the page: where its lines are from, and who checked it."""
        day = day_words(self.as_of, self.language)
        parts = [label("sources", self.language)]
        if any(one.known for one in self.lines):
            parts.append(label("shares", self.language, day=day))
        if not self.is_draft:
            parts.append(self.status)
        return ("" if self.language == "zh" else " ").join(parts)

    @property
    def meaning(self) -> pd.DataFrame:
        """What each line means: `number`, `known` (computed), `meaning` (written)."""
        rows = [(one.number, one.known, one.meaning) for one in self.lines]
        return pd.DataFrame(rows, columns=["number", "known", "meaning"])

    @property
    def sources(self) -> pd.DataFrame:
        """Where each line is from: `number`, `date`, `source`, `access`."""
        rows = [(one.number, one.date, one.source, one.access) for one in self.lines]
        return pd.DataFrame(rows, columns=["number", "date", "source", "access"])

    @property
    def log(self) -> pd.DataFrame:
        """What was told to whom, one sentence a row.

        `date` (on which the briefing was put together), `account_id`, `part` ("event",
        "meaning", "suggestion" or "cooperation"), `line` (the sentence), `source`, `access`,
        `checked_by` (blank: nobody), `status` ("draft" or "checked"), `event_date`, `name` of
        the account, `month`.
        """
        rows: list[tuple[str, str, datetime.date | None, str, str]] = []
        for one in self.lines:
            rows.append(("event", _told(one), one.date, one.source, one.access))
            if one.known:
                rows.append(("meaning", one.known, one.date, "invoices.csv; accounts.csv", "own"))
            if one.meaning:
                source = f"market_events.csv, row {one.row}"
                rows.append(("meaning", one.meaning, one.date, source, "own"))
        for part, points in (("suggestion", self.suggestions), ("cooperation", self.cooperation)):
            rows += [(part, point.text, None, point.source, "own") for point in points]
        columns = ["part", "line", "event_date", "source", "access"]
        table = pd.DataFrame(rows, columns=columns)
        table["event_date"] = pd.to_datetime(table["event_date"])
        told = table.assign(
            date=pd.Timestamp(self.as_of),
            account_id=self.account_id,
            name=self.name,
            month=self.month.strftime("%Y-%m"),
            checked_by=self.checked_by,
            status="draft" if self.is_draft else "checked",
        )
        first = ["date", "account_id", "part", "line", "source", "access", "checked_by", "status"]
        return told[[*first, "event_date", "name", "month"]]


def _told(line: MarketLine) -> str:
    return f"{line.competitor}: {line.event}" if line.competitor else line.event
