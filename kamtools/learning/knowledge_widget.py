"""The widget of a knowledge test: answers are chosen, counted and handed in once."""

from html import escape
from typing import Any

import ipywidgets

from kamtools.errors import InputError
from kamtools.learning.knowledge_items import Form, items
from kamtools.learning.knowledge_pages import (
    intro_html,
    option_labels,
    questions_html,
    questions_text,
    review_html,
    score_html,
    stem_html,
)
from kamtools.learning.knowledge_records import HandedIn, handed_in, record_score
from kamtools.learning.knowledge_scores import Score, score
from kamtools.learning.progress import progress_place
from kamtools.wording import listing


class KnowledgeTest(ipywidgets.VBox):
    """The widget of `knowledge_test.show`.

    What is right stays in the kernel until the test is handed in: nothing of it is sent to the
    browser. A page that is loaded anew, or a new kernel, begins anew, unless the learner's file
    holds the test already.

    Attributes
    ----------
    questions
        Name of a question -> its radio buttons, whose value is a letter.
    hand_in, practise
        Buttons.
    count, status
        HTML: how many are answered, and what stands against handing in.
    result
        HTML: score and, when it may be told, answers; empty until the test is handed in.
    score
        What came of it; None until the test is handed in.
    """

    def __init__(self, form: Form) -> None:
        super().__init__()
        self.add_class("kam-test")
        self._form, self._asked = form, items(form)
        self._place = progress_place()
        self._is_warned = False
        self.score: Score | None = None
        self.questions = {
            item.id: ipywidgets.RadioButtons(
                options=option_labels(item), value=None, layout={"width": "100%"}
            )
            for item in self._asked
        }
        self.hand_in = ipywidgets.Button(
            description="Hand in", button_style="primary", layout={"width": "auto"}
        )
        self.practise = ipywidgets.Button(
            description="Answer again, to practise",
            layout={"width": "auto", "align_self": "flex-start"},
        )
        self.count, self.status, self.result = (ipywidgets.HTML() for _ in range(3))
        for box in self.questions.values():
            box.observe(self._changed, "value")
        self.hand_in.on_click(self._hand_in)
        self.practise.on_click(self._ask)
        earlier, told = self._earlier(form)
        if earlier is None:
            self._ask(told)
        else:
            self._tell(earlier.score, earlier=earlier)

    def _ask(self, told: object) -> None:
        """Show the questions, none of them answered."""
        self.score, self.result.value = None, ""
        for box in self.questions.values():
            box.value = None
        self._changed(None)
        self.status.value = _alert(told) if isinstance(told, str) else ""
        asked = [
            ipywidgets.VBox([ipywidgets.HTML(stem_html(number, item)), self.questions[item.id]])
            for number, item in enumerate(self._asked, start=1)
        ]
        intro = ipywidgets.HTML(intro_html(self._form, is_recorded=self._place is not None))
        bar = ipywidgets.HBox(
            [self.count, self.hand_in],
            layout={"align_items": "center", "flex_flow": "row wrap", "grid_gap": "4px 16px"},
        )
        bar.add_class("kam-test-bar")
        self.children = (intro, *asked, self.status, bar)

    def _changed(self, _: object) -> None:
        n_answered = sum(box.value is not None for box in self.questions.values())
        self.count.value = f'<span role="status">{n_answered} of {len(self._asked)} answered</span>'
        self._is_warned, self.status.value = False, ""

    def _hand_in(self, _: object) -> None:
        if self.score is not None:
            return
        numbered = enumerate(self.questions.values(), start=1)
        left = [str(number) for number, box in numbered if box.value is None]
        if left and not self._is_warned:
            which = f"{len(left)} questions are" if len(left) > 1 else "One question is"
            self.status.value = _alert(
                f"{which} open: {listing(left)}. Answer, or press “Hand in” again to hand in as "
                "it is; what is open counts as wrong."
            )
            self._is_warned = True
            return
        answers = {name: box.value or "" for name, box in self.questions.items()}
        found = score(answers, self._form)
        earlier, told = self._earlier(self._form)
        self._tell(found, told=told or record_score(found, self._place), before=earlier)

    def _tell(
        self,
        found: Score,
        *,
        told: str = "",
        earlier: HandedIn | None = None,
        before: HandedIn | None = None,
    ) -> None:
        """Show what came of it: just now, `earlier`, or in practice after `before`."""
        other = self._earlier("after" if self._form == "before" else "before")[0]
        may_tell = self._form == "after" or other is not None
        self.score = found
        page = score_html(
            found,
            moment=earlier.moment if earlier else None,
            other=other.score if other else None,
            first=before.score if before else None,
            is_told=may_tell,
        )
        self.result.value = page + (review_html(found) if may_tell else "")
        self.status.value = _alert(told) if told else ""
        self.children = (self.result, self.status, *([self.practise] if may_tell else []))

    def _earlier(self, form: Form) -> tuple[HandedIn | None, str]:
        try:
            return handed_in(form, self._place), ""
        except (InputError, OSError) as error:
            return None, f"Not recorded: {error}."

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["text/plain"] = questions_text(self._form, self._asked)
        bundle["text/html"] = questions_html(self._form, self._asked)
        return bundle


def _alert(text: str) -> str:
    return f'<p role="alert" style="margin:8px 0"><strong>{escape(text)}</strong></p>'
