"""A standing report as a deck needs it: its tables by name, its decisions by notebook."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from kamtools.publishing.deck.text import BOLD, sentences, text_width
from kamtools.publishing.documents.form import clean
from kamtools.publishing.records import Record, as_frame, kept_tables
from kamtools.publishing.standing_report import StandingReport, decisions

_TITLE_SIZE, _TITLE_ROOM = 20.0, 1600.0


@dataclass(frozen=True)
class Told:
    """What a report told: tables by name, paragraphs of decisions by notebook."""

    report: StandingReport
    tables: Mapping[str, pd.DataFrame]
    kept_by: Mapping[str, tuple[str, ...]]
    paragraphs: Mapping[str, tuple[str, ...]]
    currency: str

    def table(self, name: str, *columns: str) -> pd.DataFrame | None:
        """Return a kept table; None where it is missing, lacks a column or has no row."""
        table = self.tables.get(name)
        if table is None or not len(table) or not set(columns) <= set(table):
            return None
        return table

    def known(self, name: str, number: str, *columns: str) -> pd.DataFrame | None:
        """Return the rows of a kept table whose number in one column is known; None for none."""
        table = self.table(name, number, *columns)
        rows = None if table is None else table[table[number].notna()]
        return None if rows is None or rows.empty else rows

    def first_sentence(self, notebook: str) -> str | None:
        """Return a sentence that a notebook's decision opens with; None without a decision."""
        told = self.paragraphs.get(notebook, ())
        return self.headline(told[0]) if told else None

    def headline(self, text: str) -> str:
        """Return the first sentence of a text that a title has room for, else its first.

        A question is no message: it goes with its answer.
        """
        told = sentences(text, names=self.names())
        if told[0].endswith(("?", "？")) and len(told) > 1:
            told = [f"{told[0]} {told[1]}", *told[2:]]
        short = (s for s in told if text_width(s, _TITLE_SIZE) * BOLD <= _TITLE_ROOM)
        return next(short, told[0]).rstrip(".。")

    def names(self) -> set[str]:
        """Return the names of accounts and people that its tables hold."""
        columns = [t[c] for t in self.tables.values() for c in ("name", "owner") if c in t]
        return {str(name) for column in columns for name in column.dropna()}


def tell(report: StandingReport) -> Told:
    """Return what a report told, its texts on one line each."""
    records = {n: kept_tables(notebook) for n, notebook in report.notebooks.items()}
    return Told(
        report=report,
        tables={r["name"]: _frame(r) for kept in records.values() for r in kept},
        kept_by={n: tuple(r["name"] for r in kept) for n, kept in records.items()},
        paragraphs={n: _paragraphs(decisions(book)) for n, book in report.notebooks.items()},
        currency=str(report.record.get("engagement", {}).get("currency", "")),
    )


def _paragraphs(told: list[str]) -> tuple[str, ...]:
    pieces = [clean(piece).strip() for text in told for piece in text.split("\n\n")]
    return tuple(piece for piece in pieces if piece)


def _frame(record: Record) -> pd.DataFrame:
    frame = as_frame(record)
    for i, column in enumerate(record["columns"]):
        values = frame.iloc[:, i]
        if column["kind"] == "number":
            frame[column["name"]] = pd.to_numeric(values)
        elif column["kind"] == "flag":
            frame[column["name"]] = values.eq(True)
        else:
            frame[column["name"]] = [clean(str(v)) if pd.notna(v) else None for v in values]
    return frame
