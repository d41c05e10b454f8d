"""The widget of the balancing game: choices are read, a month is played and shown."""

import html
from typing import Any

import ipywidgets

from kamtools.errors import KamtoolsError
from kamtools.explorers.game_controls import GameControls
from kamtools.explorers.game_numbers import numbers_html
from kamtools.explorers.game_pages import (
    debrief_html,
    month_html,
    notes_html,
    over_html,
    past_html,
    script_html,
    summary_html,
)
from kamtools.explorers.game_picture import year_png
from kamtools.explorers.named_image import NamedImage
from kamtools.power.game_debrief import Debrief, debrief
from kamtools.power.game_moves import Move
from kamtools.power.game_play import Game, play, play_month, start
from kamtools.power.game_scenario import Scenario

PICTURE = (
    "Power imbalance with its corridor, margin and trust, month by month; the numbers are under "
    "“The picture in numbers”."
)
BUSY, READY = "Looking for the best plan of this year …", "&nbsp;"
UNANSWERED = "Choose an answer first: the event is this month's, and cannot wait."


class BalancingGame(ipywidgets.VBox):
    """The widget of `balancing_game.balancing_game`.

    Nothing that a click does is lost: "Take back" undoes the last month, and also "Start again".
    How often a played month was taken back is told in the debrief. Where no widget can be shown,
    as in an HTML report, it is shown as the words that it had when the cell was run.

    Attributes
    ----------
    controls : GameControls
    page, past, after, script, status
        HTML widgets: the month or the scores, the months behind, the debrief, the play as a
        script, and what is going on.
    picture, numbers
        An image widget with the year so far as PNG, and an HTML widget with its numbers.
    """

    def __init__(self, scenario: Scenario, *, seed: int) -> None:
        super().__init__()
        self._scenario, self._seed = scenario, seed
        self._game = start(scenario, seed=seed)
        self._earlier: list[tuple[Move, ...]] = []
        self._taken_back = 0
        self._debrief: Debrief | None = None
        self.controls = GameControls(self._game)
        self.page, self.past, self.after, self.script = (ipywidgets.HTML() for _ in range(4))
        self.numbers = ipywidgets.HTML()
        self.status = ipywidgets.HTML(READY)
        for one in (self.page, self.past, self.after, self.script, self.numbers):
            one.add_class("kam-game-page")
        notes = ipywidgets.HTML(notes_html(scenario))
        notes.add_class("kam-game-page")
        self.picture = NamedImage(
            format="png", layout={"width": "100%", "margin": "2px 0"}, tooltip=PICTURE
        )
        choices = ipywidgets.VBox(
            [self.page, self.controls.box, self.status],
            layout={"flex": "1 1 440px", "max_width": "760px"},
        )
        seen = ipywidgets.VBox(
            [self.picture, self.numbers, self.past],
            layout={"flex": "1 1 380px", "max_width": "620px"},
        )
        self._split = ipywidgets.Box(
            [choices, seen], layout={"flex_flow": "row wrap", "grid_gap": "8px 20px"}
        )
        self.children = (self._split, self.after, self.script, notes)
        self._is_by_hand = True
        for box in (*self.controls.measures.values(), self.controls.skip_counsel,
                    self.controls.answer):  # fmt: skip
            box.observe(self._chosen, "value")
        self.controls.play.on_click(self._play)
        self.controls.back.on_click(self._take_back)
        self.controls.again.on_click(self._start_again)
        self._show()

    @property
    def game(self) -> Game:
        """The game as it stands."""
        return self._game

    @property
    def debrief(self) -> Debrief | None:
        """The debrief, None as long as the year is not over."""
        return self._debrief

    def _chosen(self, _: object) -> None:
        if self._is_by_hand and not self._game.is_over:
            self._is_by_hand = False
            self.controls.show(self._game)
            self._is_by_hand = True

    def _play(self, _: object) -> None:
        if self._game.is_over:
            return
        move = self.controls.read(self._game)
        opening = self._game.opening
        if opening is not None and opening.event[0] >= 0 and not move.answer:
            self._alert(UNANSWERED)
            return
        try:
            after = play_month(self._game, move)
        except KamtoolsError as error:
            self._alert(str(error))
            return
        self._earlier.append(self._game.moves)
        self._game = after
        self._show()

    def _take_back(self, _: object) -> None:
        if not self._earlier:
            return
        moves = self._earlier.pop()
        self._taken_back += len(moves) < len(self._game.moves)
        self._game = play(self._scenario, moves, seed=self._seed)
        self._show()

    def _start_again(self, _: object) -> None:
        if self._game.moves:
            self._earlier.append(self._game.moves)
            self._game = start(self._scenario, seed=self._seed)
            self._show()

    def _alert(self, text: str) -> None:
        self.status.value = f'<div role="alert" style="font-weight:bold">{html.escape(text)}</div>'

    def _show(self) -> None:
        """Show the month that begins, or the end."""
        game = self._game
        self._is_by_hand = False
        self.controls.write(game)
        self._is_by_hand = True
        self.controls.back.disabled = not self._earlier
        self.controls.again.disabled = not game.moves
        self.status.value, self._debrief = READY, None
        self.script.value = script_html(game)
        if not game.is_over:
            self.past.value, self.after.value = past_html(game), ""
            self._draw(None)
            self.page.value = month_html(game)  # last: who sees the month can choose at once
            return
        self.page.value, self.past.value, self.after.value = over_html(game), "", ""
        self._draw(None)
        self.status.value = f'<div role="status">{BUSY}</div>'
        told = debrief(game)
        self._debrief = told
        self.page.value = summary_html(told, self._taken_back)
        self.after.value = debrief_html(game, told)
        self._draw(told.best_game)
        self.status.value = READY

    def _draw(self, best: Game | None) -> None:
        """Show the year so far as a picture, and below it in numbers."""
        self.picture.value = year_png(self._game, best)
        self.numbers.value = numbers_html(self._game, best)

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["text/plain"] = "Balancing game: run this notebook in JupyterLab to play it"
        shown = (self.page, self.past, self.after, self.script)
        bundle["text/html"] = "".join(one.value for one in shown)
        return bundle
