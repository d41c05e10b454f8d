"""What a person reads after an answer: a sentence, and help that opens step by step."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

Verdict = Literal["right", "wrong", "empty", "not understood"]

_HEADINGS: dict[str, str] = {
    "right": "Right.",
    "wrong": "Not yet.",
    "empty": "No answer yet.",
    "not understood": "Not understood.",
}
_COLOURS: dict[str, str] = {
    "right": "#009E73",
    "wrong": "#D55E00",
    "empty": "#6b7280",
    "not understood": "#6b7280",
}


@dataclass(frozen=True)
class Feedback:
    """What came of an answer; a notebook shows it in colour, a terminal as text.

    Attributes
    ----------
    exercise
        Name of the exercise.
    verdict
        "right", "wrong", "empty" or "not understood".
    message
        One or two sentences: after a wrong answer, about that answer.
    hints
        Further help, the weakest first; none after a right answer.
    cause
        Which typical mistake it was, in a few words; empty where it was none.
    """

    exercise: str
    verdict: Verdict
    message: str
    hints: tuple[str, ...] = ()
    cause: str = ""

    @property
    def is_right(self) -> bool:
        """Whether the answer is right."""
        return self.verdict == "right"

    def hint(self, strength: int) -> str:
        """Return a hint, from 1, the weakest; the strongest for any number beyond.

        Examples
        --------
        >>> Feedback("an-exercise", "wrong", "Too low.", ("Think.", "Divide.")).hint(9)
        'Divide.'
        >>> Feedback("an-exercise", "right", "It is.").hint(1)
        'There is no hint.'
        """
        if not self.hints:
            return "There is no hint."
        return self.hints[min(max(strength, 1), len(self.hints)) - 1]

    def __repr__(self) -> str:
        """Return the feedback as text, with a word on where to find hints.

        Examples
        --------
        >>> Feedback("an-exercise", "wrong", "Too low.", ("Think.",))
        Not yet. Too low.
        Hints, from weak to strong: .hint(1) to .hint(1)
        """
        lines = [f"{_HEADINGS[self.verdict]} {self.message}".strip()]
        if self.hints:
            lines.append(f"Hints, from weak to strong: .hint(1) to .hint({len(self.hints)})")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        """Return the feedback as HTML: each hint opens inside the one before."""
        return (
            f'<div style="border-left:4px solid {_COLOURS[self.verdict]};padding:0.2em 0.8em">'
            f"<p><strong>{_HEADINGS[self.verdict]}</strong> {as_html(self.message)}</p>"
            f"{_folded_hints(self.hints, 1)}</div>"
        )


def _folded_hints(hints: Sequence[str], number: int) -> str:
    if not hints:
        return ""
    return (
        f"<details><summary>Hint {number}</summary><p>{as_html(hints[0])}</p>"
        f"{_folded_hints(hints[1:], number + 1)}</details>"
    )


def as_html(text: str) -> str:
    """Return a text as HTML: its own signs as text, what stands between backticks as code.

    Examples
    --------
    >>> as_html("`a` < b")
    '<code>a</code> &lt; b'
    """
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(text))
