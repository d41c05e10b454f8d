"""Which numbers of a case's story stand in no fact.

What counts as a number: digits, with what follows them (%, million, days …); a number word from
half to twelve before a unit ("half a month"); a date, a month with its year, or a year. What does
not: the number of a heading or of a list, an address behind a link, a claim such as E2, and a
number after chapter, notebook, section, question or exercise.
"""

import re
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from math import isclose, isnan
from typing import Any

import pandas as pd

from kamtools.learning.written_numbers import SCALES, Day, Number, find_days, find_numbers

ASCRIBED = "D"
"""A number that only facts of this grade hold must stand beside the name of its teller."""

_EXEMPT = re.compile(
    r"\]\([^)]*\)"
    r"|^\s*(?:#+\s+)?\d+[.)]\s"
    r"|\bE\d+(?:\s?[–-]\s?E?\d+)?\b"
    r"|\b(?:chapter|notebook|section|question|exercise)s?\s\d+",
    re.IGNORECASE,
)


def numbers_not_in_facts(case_text: str, facts: pd.DataFrame) -> pd.DataFrame:
    """Return the numbers and dates of a story that no fact holds, or that nobody is named for.

    Parameters
    ----------
    case_text
        Of `case.md`.
    facts
        From `case_facts.read_facts`. A fact holds its value, low and high, what its text says,
        and its date. Where a unit stands in both places, it must be the same one.

    Returns
    -------
    (n_found, 3)
        `line` (from 1), `number` (as it stands there), `problem`.

    Examples
    --------
    >>> from kamtools.learning.case_facts import read_facts
    >>> facts = read_facts('''[[facts]]
    ... name = "revenue share of the largest client"
    ... value = 0.506
    ... unit = "share of revenue"
    ... date = "2017-04-03"
    ... address = "https://example.org/a"
    ... grade = "B"
    ... whose = "the newspaper"
    ... ''')
    >>> numbers_not_in_facts("In April 2017 it was 50.6 %, and 40 % in May 2018.", facts)
       line    number         problem
    0     1  May 2018  no fact holds it
    1     1      40 %  no fact holds it
    """
    known = [_Held.of(fact) for fact in facts.to_dict("records")]
    rows = []
    for first, paragraph in _paragraphs(case_text):
        for line, text in enumerate(paragraph.split("\n"), start=first):
            for shown, holders in _holders(text, known):
                problem = _problem(holders, paragraph)
                if problem:
                    rows.append((line, shown, problem))
    return pd.DataFrame(rows, columns=["line", "number", "problem"])


@dataclass(frozen=True)
class _Held:
    """What one fact holds: its numbers and days; and its grade and teller."""

    numbers: tuple[Number, ...]
    days: tuple[Day, ...]
    grade: str
    whose: str

    @classmethod
    def of(cls, fact: Mapping[Hashable, Any]) -> "_Held":
        words = str(fact["text"]) if fact["unit"] == "text" else ""
        unit, _, scale = str(fact["unit"]).partition(" ")
        times = SCALES.get(scale.partition(" ")[0], 1.0)
        ends = [float(str(fact[end])) for end in ("low", "middle", "high")]
        own = [Number("", times * end, unit) for end in ends if not isnan(end)]
        days = [day for told in (str(fact["date"]), words) for _, day in find_days(told)]
        return cls((*own, *find_numbers(words)), tuple(days), str(fact["grade"]),
                   str(fact["whose"]))  # fmt: skip

    def counts(self, number: Number) -> bool:
        return any(
            isclose(own.value, number.value, rel_tol=1e-9)
            and (not number.unit or not own.unit or own.unit == number.unit)
            for own in self.numbers
        )

    def says(self, day: Day) -> bool:
        return any(
            all(part is None or part == other for part, other in zip(day, own, strict=True))
            for own in self.days
        )


def _holders(line: str, known: list[_Held]) -> list[tuple[str, list[_Held]]]:
    """Return each date and number of a line with the facts that hold it."""
    rest = _EXEMPT.sub(lambda found: " " * len(found[0]), line)
    held = []
    for shown, day in find_days(rest):
        year = Number(shown, float(shown), "") if shown.isdecimal() else None
        held.append((shown, [one for one in known if one.says(day) or (year and one.counts(year))]))
    for number in find_numbers(rest):
        held.append((number.shown, [one for one in known if one.counts(number)]))
    return held


def _problem(holders: list[_Held], paragraph: str) -> str:
    if not holders:
        return "no fact holds it"
    if any(one.grade != ASCRIBED or one.whose.casefold() in paragraph.casefold()
           for one in holders):  # fmt: skip
        return ""
    tellers = " or ".join(dict.fromkeys(one.whose for one in holders))
    return f"of grade {ASCRIBED}: the paragraph must say that it is the word of {tellers}"


def _paragraphs(text: str) -> list[tuple[int, str]]:
    """Return the paragraphs of a text, each with the number of its first line."""
    starts = [found.end() for found in re.finditer(r"\n\s*\n", text)]
    cuts = zip([0, *starts], [*starts, len(text)], strict=True)
    return [(text.count("\n", 0, first) + 1, text[first:last]) for first, last in cuts]
