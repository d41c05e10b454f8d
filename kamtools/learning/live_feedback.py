"""Feedback whose hints open by a button, so that a hint looked at is recorded.

Used where progress is recorded; everywhere else feedback is plain HTML (`feedback`).
"""

from dataclasses import dataclass
from datetime import datetime
from html import escape
from typing import Any

import ipywidgets

from kamtools.learning.feedback import Feedback, as_html
from kamtools.learning.progress import Place, record


@dataclass(frozen=True, repr=False)
class LiveFeedback(Feedback):
    """Feedback that records which hints are looked at.

    Attributes
    ----------
    place
        Where hints are recorded.
    not_recorded
        Why the answer was not recorded; empty if it was.
    """

    place: Place | None = None
    not_recorded: str = ""

    def hint(self, strength: int) -> str:
        """Return a hint as `Feedback.hint` does, and record that it was looked at."""
        if self.hints:
            number = min(max(strength, 1), len(self.hints))
            record("hint", self.exercise, strength=number, place=self.place)
        return super().hint(strength)

    def __repr__(self) -> str:
        """Return the feedback as text, with a word where it was not recorded."""
        return f"{super().__repr__()}\n{self.not_recorded}".rstrip()

    def _repr_html_(self) -> str:
        """Return what is shown where no widget can be."""
        return super()._repr_html_() + _aside(self.not_recorded)

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        """Return the widget; IPython adds HTML and text for where there are none."""
        bundle = FeedbackBox(self)._repr_mimebundle_(**options) or {}
        return {kind: data for kind, data in bundle.items() if kind != "text/plain"}


class FeedbackBox(ipywidgets.VBox):
    """Feedback with one button, which shows the next hint each time, from weak to strong.

    Attributes
    ----------
    button
        Goes away with the last hint.
    shown
        The hints shown so far.
    status
        Says so where a hint was not recorded.
    """

    def __init__(self, feedback: LiveFeedback) -> None:
        message = Feedback(feedback.exercise, feedback.verdict, feedback.message)
        self._feedback, self._n_shown = feedback, 0
        self.button = ipywidgets.Button(
            tooltip="Shows a hint; the first ones help less than the last"
        )
        self.shown = ipywidgets.HTML()
        self.status = ipywidgets.HTML(_aside(feedback.not_recorded))
        self.button.on_click(self._next)
        super().__init__([
            ipywidgets.HTML(message._repr_html_()), self.shown, self.button, self.status
        ])  # fmt: skip
        self._name_button()

    def _next(self, _: object) -> None:
        feedback = self._feedback
        if self._n_shown == len(feedback.hints):
            return
        self._n_shown += 1
        told = record("hint", feedback.exercise, strength=self._n_shown, place=feedback.place)
        self.status.value = _aside(told)
        hints = enumerate(feedback.hints[: self._n_shown], start=1)
        self.shown.value = "".join(_hint_html(number, text) for number, text in hints)
        self._name_button()

    def _name_button(self) -> None:
        left = len(self._feedback.hints) - self._n_shown
        self.button.description = f"Hint {self._n_shown + 1} of {len(self._feedback.hints)}"
        self.button.layout.display = None if left else "none"


def recorded(
    feedback: Feedback, answer: object, place: Place, moment: datetime | None
) -> LiveFeedback:
    """Record an answer and return its feedback with hints that are recorded too.

    Where nothing was answered there is nothing to record.
    """
    told = ""
    if feedback.verdict != "empty":
        told = record(
            "answer", feedback.exercise, answer=answer, verdict=feedback.verdict,
            cause=feedback.cause, moment=moment, place=place,
        )  # fmt: skip
    return LiveFeedback(
        feedback.exercise, feedback.verdict, feedback.message, feedback.hints, feedback.cause,
        place, told,
    )  # fmt: skip


def _aside(text: str) -> str:
    return f'<p role="status" style="color:#4b5563"><em>{escape(text)}</em></p>' if text else ""


def _hint_html(number: int, text: str) -> str:
    return (
        '<p role="status" style="margin:0.2em 0.8em;line-height:1.5">'
        f"<strong>Hint {number}.</strong> {as_html(text)}</p>"
    )
