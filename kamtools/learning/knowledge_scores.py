"""What came of a knowledge test: right, wrong or left open, and the share by chapter."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from kamtools.errors import InputError
from kamtools.learning.knowledge_items import CHAPTERS, Form, Item, items

OPEN = "not answered"
"""What stands in the place of a misconception where a question was left open."""


@dataclass(frozen=True)
class Marked:
    """One question with what was answered.

    Attributes
    ----------
    item : the question
    answer : letter of what was chosen; empty where it was left open
    verdict : "right" or "wrong"; one that was left open is wrong
    cause : the misconception of what was chosen; "not answered" where it was left open
    """

    item: Item
    answer: str
    verdict: Literal["right", "wrong"]
    cause: str


@dataclass(frozen=True)
class Score:
    """What came of one test.

    Attributes
    ----------
    form : "before" or "after"
    marked : each question with what was answered
    """

    form: Form
    marked: tuple[Marked, ...]

    @property
    def n_items(self) -> int:
        """How many questions there are."""
        return len(self.marked)

    @property
    def n_right(self) -> int:
        """How many were answered rightly."""
        return sum(one.verdict == "right" for one in self.marked)

    @property
    def n_open(self) -> int:
        """How many were left open; they count as wrong."""
        return sum(not one.answer for one in self.marked)

    @property
    def share(self) -> float:
        """Share of all questions answered rightly, 0 to 1."""
        return self.n_right / self.n_items

    @property
    def by_chapter(self) -> pd.DataFrame:
        """One row for each chapter, index `chapter` (1 to 5).

        `subject`, `right` and `questions` (whole numbers), `share` (0 to 1).
        """
        rows = pd.DataFrame(
            {
                "chapter": [one.item.chapter for one in self.marked],
                "is_right": [one.verdict == "right" for one in self.marked],
            }
        )
        found = rows.groupby("chapter")["is_right"].agg(right="sum", questions="size")
        found.insert(0, "subject", found.index.map(CHAPTERS))
        return found.assign(share=found["right"] / found["questions"])


def score(answers: Mapping[str, str], form: Form) -> Score:
    """Return what came of the answers to one test.

    Parameters
    ----------
    answers
        Name of a question -> letter, a to d, in either case. Questions that are missing, or have
        an empty text, were left open.
    form
        "before" or "after".

    Raises
    ------
    InputError
        If there is no such question in this form, or no such letter.

    Examples
    --------
    >>> nothing = score({}, "before")
    >>> nothing.n_right, nothing.n_items, nothing.n_open
    (0, 15, 15)
    >>> score({item.id: item.right for item in items("after")}, "after").share
    1.0
    >>> score({"before-01": "e"}, "before")
    Traceback (most recent call last):
    kamtools.errors.InputError: before-01: expected a letter from a to d; got 'e'
    """
    asked = items(form)
    unknown = sorted(set(answers) - {item.id for item in asked})
    if unknown:
        raise InputError(f"the test {form!r} has no question {', '.join(unknown)}")
    return Score(form, tuple(_mark(item, answers.get(item.id, "")) for item in asked))


def _mark(item: Item, answer: str) -> Marked:
    letter = answer.strip().casefold()
    if not letter:
        return Marked(item, "", "wrong", OPEN)
    if letter not in item.options:
        raise InputError(f"{item.id}: expected a letter from a to d; got {answer!r}")
    if letter == item.right:
        return Marked(item, letter, "right", "")
    return Marked(item, letter, "wrong", item.misconceptions[letter])
