"""What a role charter is made of: sections of lines, each with where it comes from."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

SECTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "purpose": ("Purpose", ("What", "In this role")),
    "accounts": ("Accounts", ("Account", "Revenue share", "Hours a year")),
    "tasks": ("Managerial tasks", ("Task", "Function or group")),
    "rights": ("Decision rights", ("Matter", "Right", "Who answers", "Goes up after")),
    "counterparts": ("Counterparts", ("Account", "Client role", "Our function", "Who of us")),
    "kpis": ("Measures", ("Measure", "How it is worked out", "Unit", "May move pay")),
    "pay": ("Pay", ("What", "How much, or how")),
    "competences": ("Competences to build", ("Competence", "Level today", "Level wanted")),
    "onboarding": ("First 90 days", ("Days", "Step")),
}
"""Title and column headings of each section, in the order of the charter."""


MISSING = "To settle"
"""What a point is called that is missing, or open."""


@dataclass(frozen=True)
class Line:
    """One line of a section.

    Attributes
    ----------
    cells
        As many as the section has columns.
    source
        Where it comes from: an analysis, a table of the firm, what was entered, or a finding
        of the field with its source.
    """

    cells: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class Section:
    """One part of the charter.

    Attributes
    ----------
    name
        A key of `SECTIONS`.
    lines
        What is known.
    missing
        What is missing or has to be settled, a sentence each.
    note
        How to read the section; may be blank.
    """

    name: str
    lines: tuple[Line, ...]
    missing: tuple[str, ...] = ()
    note: str = ""

    @property
    def title(self) -> str:
        """The heading."""
        return SECTIONS[self.name][0]

    @property
    def columns(self) -> tuple[str, ...]:
        """The headings of the columns; where a line comes from is one more."""
        return SECTIONS[self.name][1]

    def as_table(self) -> pd.DataFrame:
        """Return the section as a table, its source in the last column."""
        rows = [(*line.cells, line.source) for line in self.lines]
        return pd.DataFrame(rows, columns=[*self.columns, "Comes from"], dtype="str")


@dataclass(frozen=True)
class Charter:
    """What one key account manager is there for, may decide, and is measured by.

    Attributes
    ----------
    manager_id
        As in managers.csv; "blank" for the form to fill in.
    name
        The person's name; blank in the form.
    firm
        The supplier's name; may be blank.
    as_of
        Last day of the figures; None if not told.
    sections
        One for each of `SECTIONS`, in that order.
    """

    manager_id: str
    name: str
    firm: str
    as_of: datetime.date | None
    sections: tuple[Section, ...]

    @property
    def title(self) -> str:
        """The heading of the whole."""
        return f"Role charter: {self.name}" if self.name else "Role charter"

    @property
    def subtitle(self) -> str:
        """Whose it is and what it rests on, in one line."""
        if not self.name:
            return "Key account manager: ……………………………"
        dated = f"figures up to {self.as_of.isoformat()}" if self.as_of else ""
        parts = (f"Key account manager {self.manager_id}", self.firm, dated)
        return "  ·  ".join(part for part in parts if part)

    def section(self, name: str) -> Section:
        """Return the section of that name, a key of `SECTIONS`."""
        return {one.name: one for one in self.sections}[name]

    def missing(self) -> pd.DataFrame:
        """Return all that is missing or to be settled: `section` (its title), `what`."""
        rows = [(one.title, what) for one in self.sections for what in one.missing]
        return pd.DataFrame(rows, columns=["section", "what"], dtype="str")


def blank_lines(name: str, count: int, source: str) -> tuple[Line, ...]:
    """Return lines to fill in.

    Examples
    --------
    >>> blank_lines("onboarding", 1, "to be entered")
    (Line(cells=('', ''), source='to be entered'),)
    """
    return (Line(("",) * len(SECTIONS[name][1]), source),) * count


def first_of(names: Iterable[str], most: int) -> str:
    """Return names with commas, those beyond the first few counted.

    Examples
    --------
    >>> first_of(["a", "b", "c"], 2), first_of(["a", "b"], 2)
    ('a, b and 1 more', 'a, b')
    """
    every = list(names)
    more = f" and {len(every) - most} more" if len(every) > most else ""
    return ", ".join(every[:most]) + more
