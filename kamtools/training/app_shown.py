"""What stands on each page of the app; called in the page's own kernel."""

import pickle
from pathlib import Path
from typing import Any

import ipywidgets

from kamtools.explorers.balancing_game import balancing_game
from kamtools.explorers.role import role_explorer
from kamtools.explorers.selection import selection_explorer
from kamtools.learning.cases import case_folder
from kamtools.power.game_scenario import SHIPPED, shipped_scenario
from kamtools.publishing.prose import author_html
from kamtools.training.app_memory import limit_memory
from kamtools.training.app_steps import TITLE, case_steps, exercise_steps
from kamtools.training.app_tables import LIST, ROLE
from kamtools.training.app_walk import Walk
from kamtools.training.told_later import FOLD, story_end
from kamtools.training.trainee_notebook import read_notebook

IN_BOXES = (
    "<p class='note'>Where the text speaks of cells, dots or files: here you answer in boxes, and "
    "nothing is recorded.</p>"
)
COURSE_YEAR = 4
"""Year of the game that the courses' notes are about; the pack's notebook of it has the same."""
EXERCISES_END = "<p><strong>That was the last exercise here.</strong></p>"


def show_list() -> ipywidgets.Widget:
    """Return the explorer of the list."""
    given = _given(LIST)
    return _limited(selection_explorer(given.pop("values"), **given))


def show_role() -> ipywidgets.Widget:
    """Return the explorer of the role."""
    given = _given(ROLE)
    return _limited(role_explorer(given.pop("accounts"), given.pop("managers"), **given))


def show_game() -> ipywidgets.Widget:
    """Return the choice of a scenario, and below it the game."""
    return _limited(GameRoom())


def show_case(name: str) -> ipywidgets.Widget:
    """Return a case: its story up to the decision, predictions, and what came.

    Parameters
    ----------
    name
        Of the case, such as "haohan-peihui".
    """
    folder = case_folder(name)
    story = (folder / "case.md").read_text(encoding="utf-8")
    opening = IN_BOXES + author_html(TITLE.sub("", FOLD.sub("", story)))
    closing = f"<h2>How the story goes on</h2>{author_html(story_end(story))}"
    steps = case_steps(read_notebook(folder / "case.ipynb"))
    return _limited(
        Walk(steps, verb="That is my prediction", is_once=True, opening=opening, closing=closing)
    )


def show_exercises(file: str) -> ipywidgets.Widget:
    """Return a notebook of exercises.

    Parameters
    ----------
    file
        Its path.
    """
    steps = exercise_steps(read_notebook(Path(file)))
    return _limited(
        Walk(steps, verb="Check", is_once=False, opening=IN_BOXES, closing=EXERCISES_END)
    )


class GameRoom(ipywidgets.VBox):
    """The choice of a scenario and a year, and the game that was begun.

    Attributes
    ----------
    scenario, year, begin
        Radio buttons, a number and a button.
    """

    def __init__(self) -> None:
        options = [(shipped_scenario(name).title, name) for name in SHIPPED]
        self.scenario = ipywidgets.RadioButtons(options=options, layout={"width": "auto"})
        self.year = ipywidgets.BoundedIntText(
            value=COURSE_YEAR, min=1, max=9999, description="Year no.", layout={"width": "180px"}
        )
        self.begin = ipywidgets.Button(description="Begin the year", button_style="primary")
        self.begin.on_click(self._begin)
        told = ipywidgets.HTML(
            "<p>Which account? The same number gives everybody the same year, so that a room can "
            "compare.</p>"
        )
        self._choice = ipywidgets.VBox([told, self.scenario, self.year, self.begin])
        super().__init__([self._choice])

    def _begin(self, _: object) -> None:
        game = balancing_game(self.scenario.value, seed=self.year.value)
        self.children = (self._choice, game)


def _given(file: str) -> dict[str, Any]:
    """Return the arguments of an explorer, which the server itself has written."""
    return dict(pickle.loads(Path(file).read_bytes()))


def _limited(widget: ipywidgets.Widget) -> ipywidgets.Widget:
    limit_memory()
    return widget
