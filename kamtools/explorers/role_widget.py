"""The widget of the role explorer: controls are read, an answer is asked for and shown."""

from typing import Any

import ipywidgets

from kamtools.errors import KamtoolsError
from kamtools.explorers.controls import picture_box
from kamtools.explorers.named_image import NamedImage
from kamtools.explorers.role_answer import Answer
from kamtools.explorers.role_case import Case, Settings, rules_at, settings_at_start, team_at
from kamtools.explorers.role_controls import RoleControls, role_controls_box
from kamtools.explorers.role_picture import loads_png
from kamtools.explorers.role_table import kept_html, tables_html
from kamtools.explorers.role_what_if import earlier_cover, unmoved, what_if
from kamtools.explorers.role_words import describe_role_answer
from kamtools.explorers.selection_words import paragraphs

UNMOVED = "Shown is what is left if no account gets another manager."
NOBODY_LEFT = "The tables and the picture still show what was there before."
PICTURE = (
    "Hours a year of each manager as a bar of accounts, beside the capacity; the numbers are under "
    "“The picture in numbers”."
)
BUSY, READY = "Looking for an assignment …", "&nbsp;"


class RoleExplorer(ipywidgets.VBox):
    """The widget of `role.role_explorer`.

    Where no widget can be shown, as in an HTML report, it is shown as the words and tables
    that it had when the cell was run.

    Attributes
    ----------
    hires, hire_like, leaver, hours, share
        Controls: a number, two dropdowns of managers, two sliders.
    band
        A slider of how far loads may be from their share; None where that is no rule.
    new_account
        A dropdown of accounts that are not on the list; None where there is none.
    undo, reset
        Buttons: one step back, and back to the start.
    summary, table
        HTML widgets: what follows in words, and the tables of cover and of accounts.
    picture
        An image widget with the load of each manager as PNG.
    """

    def __init__(self, case: Case, controls: RoleControls) -> None:
        super().__init__()
        self._case, self._controls = case, controls
        self._start = self._settings = settings_at_start(case)
        self._earlier = earlier_cover(case)
        self._past: list[Settings] = []
        self.hires, self.hire_like, self.leaver = (
            controls.hires, controls.hire_like, controls.leaver
        )  # fmt: skip
        self.hours, self.share = controls.hours, controls.share
        self.band, self.new_account = controls.band, controls.new_account
        self.undo = ipywidgets.Button(description="Undo", icon="undo", disabled=True)
        self.reset = ipywidgets.Button(
            description="Back to the start", icon="fast-backward", layout={"width": "auto"}
        )
        self._status = ipywidgets.HTML(READY)
        self.summary, self.table = ipywidgets.HTML(), ipywidgets.HTML()
        self.table.add_class("kam-table")
        self.picture = NamedImage(
            format="png", layout={"width": "100%", "margin": "2px 0"}, tooltip=PICTURE
        )
        side_by_side = ipywidgets.Box(
            [
                role_controls_box(controls, [self.undo, self.reset], self._status),
                picture_box(None, self.picture, self.summary),
            ],
            layout={"flex_flow": "row wrap", "grid_gap": "8px 16px"},
        )
        self.children = (side_by_side, self.table)
        for control in controls.all():
            control.observe(self._moved, "value")
        self.undo.on_click(self._step_back)
        self.reset.on_click(self._set_to_start)
        self._write(self._start)
        self._show()

    def _write(self, settings: Settings) -> None:
        """Put the controls somewhere without taking that for a move by hand."""
        self._is_moved_by_hand = False
        self._controls.write(settings)
        self._is_moved_by_hand = True

    def _moved(self, _: object) -> None:
        settings = self._controls.read(self._start)
        if self._is_moved_by_hand and settings != self._settings:
            self._past.append(self._settings)
            self._settings = settings
            self._show()

    def _step_back(self, _: object) -> None:
        if self._past:
            self._settings = self._past.pop()
            self._write(self._settings)
            self._show()

    def _set_to_start(self, _: object) -> None:
        if self._settings != self._start:
            self._past.append(self._settings)
            self._settings = self._start
        self._write(self._start)
        self._show()

    def _show(self) -> None:
        """Show the answer; where no assignment meets all rules, why, and what then has nobody."""
        self.undo.disabled = not self._past
        self._status.value = BUSY
        try:
            self._show_answer(what_if(self._case, self._settings))
        except KamtoolsError as error:
            told = paragraphs([_sentence(error)])
            self._show_problem(f'<div role="alert" style="font-weight:bold">{told}</div>')
        self._status.value = READY

    def _show_problem(self, problem: str) -> None:
        if team_at(self._case, self._settings).empty:
            self.summary.value = problem + paragraphs([NOBODY_LEFT])
            return
        answer = unmoved(self._case, self._settings)
        self._show_answer(answer, problem + paragraphs([UNMOVED]))

    def _show_answer(self, answer: Answer, problem: str = "") -> None:
        said = describe_role_answer(answer, self._case, self._settings)
        self.summary.value = problem + paragraphs(said)
        band = rules_at(self._case, self._settings).balance
        tables = tables_html(
            self._earlier, answer, with_contacts=self._case.counterparts is not None
        )
        kept = kept_html(self._settings) if self._settings != self._start else ""
        self.table.value = tables + kept
        self.picture.value = loads_png(answer.rows, answer.loads, band=band)

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["text/plain"] = "Role explorer: run this notebook in JupyterLab to use it"
        bundle["text/html"] = self.summary.value + self.table.value
        return bundle


def _sentence(error: KamtoolsError) -> str:
    text = str(error)
    return f"{text[:1].upper()}{text[1:]}"
