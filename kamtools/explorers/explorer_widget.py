"""The widget of the selection explorer: controls are read, an answer is asked for and shown."""

from typing import Any

import ipywidgets
import pandas as pd

from kamtools.errors import KamtoolsError
from kamtools.explorers.controls import (
    MATRIX,
    SALES_AND_SCORE,
    Controls,
    controls_box,
    picture_box,
)
from kamtools.explorers.kept_settings import kept_html
from kamtools.explorers.list_table import list_html
from kamtools.explorers.matrix_picture import matrix_png
from kamtools.explorers.named_image import NamedImage
from kamtools.explorers.picture import PortfolioPicture
from kamtools.explorers.selection_words import describe_answer, paragraphs
from kamtools.explorers.what_if import Answer, Case, Settings, what_if

PICTURES = {
    SALES_AND_SCORE: "Score against sales of every account, the chosen ones named; the list below "
    "has their numbers.",
    MATRIX: "Attractiveness against our strength, in four cells, the chosen accounts ringed; the "
    "list below has their cells.",
}
"""What each picture shows, for those who do not see it."""
NO_MATRIX = "No matrix: under these weights no account has an attractiveness and a known strength."


class SelectionExplorer(ipywidgets.VBox):
    """The widget of `selection.selection_explorer`.

    Where no widget can be shown, as in an HTML report, it is shown as the list that it had
    when the cell was run.

    Attributes
    ----------
    sliders
        By criterion, its slider of points from 0 to 10.
    goals
        A slider for the weight of each goal; empty where goals do not move.
    hours
        A slider of hours a year, None where they are no limit.
    top, method
        The other controls: a number and a dropdown.
    reset, clear
        Buttons: everything back to the start; all points to 0, for weights of one's own.
    view
        A dropdown of pictures, None where there is one only.
    summary, table, notes
        HTML widgets: what follows in words, the list, and what cannot be shown.
    picture
        An image widget with the portfolio or the matrix as PNG.
    """

    def __init__(
        self, case: Case, start: Settings, controls: Controls, names: pd.Series, notes: list[str]
    ) -> None:
        super().__init__()
        self._case, self._start, self._controls, self._names = case, start, controls, names
        self._portfolio = PortfolioPicture(names)
        self._answer: Answer = what_if(case, start)
        at_start = self._answer.listed
        self._before = at_start.index[at_start["is_chosen"]]
        self.sliders, self.goals, self.hours = controls.points, controls.goals, controls.hours
        self.top, self.method = controls.top, controls.method
        self.reset = ipywidgets.Button(description="Back to the start", icon="undo")
        self.clear = ipywidgets.Button(description="All weights to 0", icon="eraser")
        self.summary, self.table = ipywidgets.HTML(), ipywidgets.HTML()
        self.table.add_class("kam-table")
        self.notes = ipywidgets.HTML(paragraphs(notes))
        self.picture = NamedImage(format="png", layout={"width": "100%"})
        self.view: ipywidgets.Dropdown | None = None
        if case.strength is not None:
            self.view = ipywidgets.Dropdown(
                options=[SALES_AND_SCORE, MATRIX], description="Picture", layout={"width": "260px"}
            )
            self.view.observe(lambda _: self._draw(), "value")
        side_by_side = ipywidgets.Box(
            [
                controls_box(controls, self.reset, self.clear),
                picture_box(self.view, self.picture, self.summary, self.notes),
            ],
            layout={"flex_flow": "row wrap", "grid_gap": "8px 16px"},
        )
        self.children = (side_by_side, self.table)
        for control in controls.all():
            control.observe(self._update, "value")
        self.reset.on_click(self._set_to_start)
        self.clear.on_click(self._set_to_zero)
        self._set_to_start()

    def _set_to_start(self, _: object = None) -> None:
        self._is_moved_by_hand = False
        self._controls.write(self._start)
        self._is_moved_by_hand = True
        self._update()

    def _set_to_zero(self, _: object = None) -> None:
        self._is_moved_by_hand = False
        for slider in self.sliders.values():
            slider.value = 0
        self._is_moved_by_hand = True
        self._update()

    def _update(self, _: object = None) -> None:
        if not self._is_moved_by_hand:
            return
        settings = self._controls.read(self._start)
        try:
            self._answer = what_if(self._case, settings, before=self._before)
        except KamtoolsError as error:
            self.summary.value = f"<b>{paragraphs([str(error)])}</b>"
            return
        said = describe_answer(self._answer, settings, self._names)
        if self._case.strength is not None and self._answer.matrix is None:
            said = [*said, NO_MATRIX]
        self.summary.value = paragraphs(said)
        kept = kept_html(settings, self._start, points=self._answer.points, goals=self._case.goals)
        self.table.value = list_html(self._answer.listed, self._names) + kept
        self._draw()

    def _draw(self) -> None:
        """Draw the picture that is to be seen, and only that one."""
        listed, matrix = self._answer.listed, self._answer.matrix
        if matrix is None or self.view is None or self.view.value == SALES_AND_SCORE:
            self.picture.tooltip = PICTURES[SALES_AND_SCORE]
            self.picture.value = self._portfolio.png(listed)
        else:
            self.picture.tooltip = PICTURES[MATRIX]
            self.picture.value = matrix_png(
                matrix, listed, names=self._names, revenue=self._case.revenue
            )

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["text/plain"] = "Selection explorer: run this notebook in JupyterLab to use it"
        bundle["text/html"] = self.summary.value + self.table.value
        return bundle
