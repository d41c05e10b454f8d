"""Slides of a notebook without slides of its own, a case study say: one a section.

The message of a section is a sentence that the notebook computed and said in it; what carries
it is a table that the section kept, or else its picture.
"""

import base64
from dataclasses import dataclass, field

import pandas as pd
from nbformat import NotebookNode

from kamtools.language import tr
from kamtools.publishing.deck.parts import Column, Grid, Message, Part, Picture
from kamtools.publishing.deck.told import Told
from kamtools.publishing.deck.words import Say
from kamtools.publishing.documents.form import clean
from kamtools.publishing.records import DECISION_MIME, TABLE_MIME, Record
from kamtools.publishing.shown import headings_of

MOST_COLUMNS = 6
_NOT_SHOWN = ("address", "source", "meaning", "account_id")
_FEEDBACK = "predicted"
"""Word of the sentences that answer a learner's guess, and are no finding."""


@dataclass
class _Section:
    heading: str
    said: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    pictures: list[bytes] = field(default_factory=list)


def section_slides(told: Told, say: Say, notebook: str) -> list[Message]:
    """Return a slide for each section of a notebook that says something and shows it."""
    made = []
    for section in _sections(told.report.notebooks[notebook]):
        message = _message(told, say, section, notebook)
        if message is not None:
            made.append(message)
    return made


def _message(told: Told, say: Say, section: _Section, notebook: str) -> Message | None:
    findings = [text for text in section.said if _FEEDBACK not in text]
    tables = [(name, told.table(name)) for name in section.tables]
    table = next(((name, t) for name, t in tables if t is not None), None)
    title = told.headline(findings[-1]) if findings else section.heading
    part: Part
    if table is not None:
        part, sources = _grid(*table), (f"{table[0]}.csv",)
    elif section.pictures and findings:
        part, sources = Picture(section.pictures[-1], title), (f"{notebook}.ipynb",)
    else:
        return None
    return Message(title, (part,), sources=sources, questions=(say("ask_table"),),
                   told=tuple(findings))  # fmt: skip


def _grid(kept: str, table: pd.DataFrame) -> Grid:
    names = [name for name in table.columns if name not in _NOT_SHOWN][:MOST_COLUMNS]
    record: Record = {
        "name": kept, "columns": [{"name": name, "kind": "text"} for name in names], "rows": [],
    }  # fmt: skip
    columns = (
        _column(table, name, heading.capitalize())
        for name, heading in zip(names, headings_of(record), strict=True)
    )
    return Grid(table, tuple(columns), lines=3)


def _column(table: pd.DataFrame, name: str, heading: str) -> Column:
    values = table[name].dropna()
    if pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values):
        return Column(name, heading, "number" if (values % 1 == 0).all() else "two_decimals", 9.0)
    longest = float(values.astype(str).str.len().mean()) if len(values) else 0.0
    return Column(name, heading, width=min(max(longest, 9.0), 60.0))


def _sections(notebook: NotebookNode) -> list[_Section]:
    sections = [_Section("")]
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            sections += [_Section(h) for h in _headings(cell.source)]
            continue
        for output in cell.get("outputs", ()):
            _take(sections[-1], output.get("data", {}))
    return sections


def _headings(source: str) -> list[str]:
    lines = [line.strip() for line in source.splitlines()]
    return [clean(tr(line.lstrip("# "))) for line in lines if line.startswith(("## ", "### "))]


def _take(section: _Section, data: dict[str, str]) -> None:
    """Add to a section what one output of it shows."""
    if TABLE_MIME in data:
        section.tables.append(data[TABLE_MIME]["name"])  # type: ignore[index]
    elif "image/png" in data:
        section.pictures.append(base64.b64decode(data["image/png"]))
    elif data.get("text/html", "").startswith("<p>") and DECISION_MIME not in data:
        section.said.append(clean(data.get("text/plain", "")).strip())
