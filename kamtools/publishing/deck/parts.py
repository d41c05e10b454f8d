"""What a slide says, before it is drawn: a message, and the tables and charts that carry it."""

from dataclasses import dataclass
from typing import Literal

import pandas as pd

Form = Literal[
    "text", "sentences", "money", "number", "one_decimal", "two_decimals", "plain", "share"
]

NUMBER_FORMATS: dict[Form, str] = {
    "text": "General",
    "sentences": "General",
    "plain": "General",
    "money": "#,##0",
    "number": "#,##0",
    "one_decimal": "#,##0.0",
    "two_decimals": "0.00",
    "share": "0 %",
}
"""How a chart writes its values, in the language of spreadsheets."""


@dataclass(frozen=True)
class Column:
    """A column of a table on a slide: whose values, under what heading, how wide in parts."""

    name: str
    heading: str
    form: Form = "text"
    width: float = 1.0


@dataclass(frozen=True)
class Grid:
    """A table that can be edited: the first rows of `table` that have room.

    A cell takes up to `lines` lines; a column of sentences holds tuples of them.
    `left_out` counts rows of the kept table that `table` no longer holds; they are told
    together with those that find no room.
    """

    table: pd.DataFrame
    columns: tuple[Column, ...]
    left_out: int = 0
    lines: int = 2


@dataclass(frozen=True)
class Series:
    """Values of a chart, one a name; NaN leaves a gap."""

    label: str
    values: tuple[float, ...]
    colour: str


@dataclass(frozen=True)
class Bars:
    """A chart of bars or columns, in the order given.

    Overlaid series stand in one place each: of a name only one series has a value.
    """

    names: tuple[str, ...]
    series: tuple[Series, ...]
    form: Form
    axis: str
    alt: str
    is_horizontal: bool = True
    is_stacked: bool = False
    is_overlaid: bool = False
    highest: float | None = None
    left_out: int = 0


@dataclass(frozen=True)
class Points:
    """A scatter chart: `table` has name, x, y, group; groups are drawn in the order given."""

    table: pd.DataFrame
    colours: dict[str, str]
    x_axis: str
    y_axis: str
    form: Form
    alt: str


@dataclass(frozen=True)
class Words:
    """Paragraphs of text; of one too long for its room the end is cut, visibly."""

    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Picture:
    """A picture of the notebook (PNG), where no native chart says the same."""

    png: bytes
    alt: str


Part = Grid | Bars | Points | Words | Picture


@dataclass(frozen=True)
class Message:
    """One slide.

    `title` is the message; `sources` names the tables and columns of the figures;
    `questions` are what a presenter may be asked, with an answer each; `told` is text that
    the slide shortened, whole. An extra slide is left out where the deck would grow too long.
    """

    title: str
    parts: tuple[Part, ...]
    sources: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    widths: tuple[float, ...] = (1.0,)
    is_extra: bool = False
