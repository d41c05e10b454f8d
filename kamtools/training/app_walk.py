"""A notebook as a walk through its questions: read, answer, see what comes of it, go on."""

import ast
from collections.abc import Callable, Sequence
from typing import Any

import ipywidgets
from IPython.display import display

from kamtools.training.app_cells import cells_html
from kamtools.training.app_steps import Question, Step

WORKING = "Working …"
NOTHING = "Nothing is answered yet."
BY_CODE = (
    "This one is answered by code: open the notebook of the exercises with <code>kam lab</code>."
)
WIDE = {"layout": {"width": "auto", "max_width": "560px"}, "style": {"description_width": "auto"}}


class AnswerBox(ipywidgets.VBox):
    """A question's box: something to choose or to type in, and a button.

    Attributes
    ----------
    control
        Radio buttons, a field for text, or a box of several.
    button, status
    """

    def __init__(
        self, question: Question, *, verb: str, is_once: bool, then: Callable[[object], None]
    ) -> None:
        self._question, self._is_once, self._then = question, is_once, then
        self.control = _control(question)
        self.button = ipywidgets.Button(description=verb, button_style="primary")
        self.status = ipywidgets.HTML()
        self.button.on_click(self._take)
        asks = f"Your answer: {question.asks}"
        super().__init__([ipywidgets.Label(asks), self.control, self.button, self.status])
        self.add_class("kam-answer")

    @property
    def answer(self) -> object:
        """What is chosen or typed; None where nothing is."""
        if self._question.fields:
            given = {box.description: typed(box.value) for box in self.control.children}
            return given if all(value is not None for value in given.values()) else None
        if self._question.choices:
            return self.control.value
        return typed(self.control.value)

    def _take(self, _: object) -> None:
        if self.answer is None:
            self.status.value = _status(NOTHING)
            return
        self.button.disabled, self.status.value = True, _status(WORKING)
        self._then(self.answer)
        self.button.disabled, self.status.value = self._is_once, ""
        self.control.disabled = self._is_once


class Walk(ipywidgets.VBox):
    """The steps of a notebook, one after the other.

    Attributes
    ----------
    boxes
        The boxes for answers that are open so far.
    shown
        What was shown so far, HTML widgets in order.
    """

    def __init__(
        self, steps: Sequence[Step], *, verb: str, is_once: bool, opening: str, closing: str
    ) -> None:
        super().__init__()
        self._steps, self._verb, self._is_once, self._closing = list(steps), verb, is_once, closing
        self._names: dict[str, Any] = {"display": display}
        self._n_begun, self._is_over = 0, False
        self._parts: list[ipywidgets.Widget] = []
        self.boxes: list[AnswerBox] = []
        self.shown: list[ipywidgets.HTML] = []
        self.add_class("kam-prose")
        self._show(opening)
        self._next()

    def _next(self) -> None:
        """Show the next steps up to one with a question, or the end."""
        while self._n_begun < len(self._steps):
            step = self._steps[self._n_begun]
            self._n_begun += 1
            self._show(cells_html(step.before, self._names))
            if step.question is None:
                continue
            if step.question.is_by_code:
                self._show(f"<p>{BY_CODE}</p>")
                continue
            self._ask(step, step.question)
            return
        self._is_over = True
        self._show(self._closing)

    def _ask(self, step: Step, question: Question) -> None:
        number = self._n_begun
        outcome = ipywidgets.HTML()
        outcome.add_class("kam-outcome")

        def take(answer: object) -> None:
            self._names[question.name] = answer
            outcome.value = cells_html(step.after, self._names)
            if self._n_begun == number and not self._is_over:
                self._next()

        box = AnswerBox(question, verb=self._verb, is_once=self._is_once, then=take)
        self.boxes.append(box)
        self.shown.append(outcome)
        self._add(box, outcome)

    def _show(self, html: str) -> None:
        if html:
            self.shown.append(ipywidgets.HTML(html))
            self._add(self.shown[-1])

    def _add(self, *widgets: ipywidgets.Widget) -> None:
        self._parts += widgets
        self.children = tuple(self._parts)


def typed(text: str) -> object:
    """Return what somebody typed: a list or a number where it is one, else the text.

    Examples
    --------
    >>> typed("0.4"), typed('["a", "b"]'), typed("Moor & Sons"), typed(" ")
    (0.4, ['a', 'b'], 'Moor & Sons', None)
    """
    plain = text.strip()
    if not plain:
        return None
    try:
        value = ast.literal_eval(plain)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return plain
    return value if isinstance(value, int | float | list) else plain


def _control(question: Question) -> ipywidgets.Widget:
    if question.choices:
        return ipywidgets.RadioButtons(options=question.choices, value=None, **WIDE)
    if question.fields:
        return ipywidgets.VBox(
            [ipywidgets.Text(description=one, **WIDE) for one in question.fields]
        )
    return ipywidgets.Text(description="Answer", **WIDE)


def _status(text: str) -> str:
    return f'<p role="status">{text}</p>'
