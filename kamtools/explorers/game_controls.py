"""The controls of the balancing game: measures to begin, the answer, and the buttons."""

import html

import ipywidgets
import numpy as np

from kamtools.power.game_choices import (
    ANSWER_LABELS,
    answer_choices,
    measure_choices,
    offer_choices,
)
from kamtools.power.game_moves import Move
from kamtools.power.game_play import Game
from kamtools.power.game_scenario_checks import MONTHS
from kamtools.power.game_state import cost_to_begin, why_not
from kamtools.wording import money

ANSWER_NOTES = {
    "counterpart": "Give a part, and ask for “{counterpart}” in return",
    "pass_on": "Quote what another client told us about prices",
}
"""Answers whose label says more in the game than in a table."""
SKIP = "Save counsel's fee: begin measures that need counsel without it"


class GameControls:
    """The controls of a month; they read as a move.

    Attributes
    ----------
    measures : by key, a checkbox of the measure
    skip_counsel : a checkbox
    answer, offer : radio buttons and a dropdown, hidden where there is nothing to answer
    play, back, again : buttons
    budget : HTML widget
    box : all of them, laid out
    """

    def __init__(self, game: Game) -> None:
        wide = {"width": "auto", "flex": "1 1 300px", "margin": "1px 8px 1px 0"}
        self.measures = {
            key: ipywidgets.Checkbox(indent=False, layout=wide) for key in game.year.library.keys
        }
        self.skip_counsel = ipywidgets.Checkbox(
            description=SKIP, indent=False, layout={"width": "auto"}
        )
        self.answer = ipywidgets.RadioButtons(options=[("", "")], layout={"width": "auto"})
        self.offer = ipywidgets.Dropdown(
            options=[("", "")], description="Measure to offer",
            style={"description_width": "120px"}, layout={"width": "auto"},
        )  # fmt: skip
        self.play = ipywidgets.Button(
            description="Play the month", button_style="primary", icon="play",
            layout={"width": "auto"},
        )  # fmt: skip
        self.back = ipywidgets.Button(description="Take back", icon="undo")
        self.again = ipywidgets.Button(description="Start again", icon="fast-backward")
        self.budget = ipywidgets.HTML()
        self._answer_head = ipywidgets.HTML(_head("Your answer"))
        self._answers = ipywidgets.VBox([self._answer_head, self.answer, self.offer])
        measures = ipywidgets.Box(
            list(self.measures.values()), layout={"flex_flow": "row wrap", "width": "100%"}
        )
        self._choices = ipywidgets.VBox(
            [self._answers, ipywidgets.HTML(_head("Measures to begin this month")), self.budget,
             measures, self.skip_counsel]
        )  # fmt: skip
        buttons = ipywidgets.HBox(
            [self.play, self.back, self.again],
            layout={"margin": "8px 0 0", "flex_flow": "row wrap"},
        )
        self.box = ipywidgets.VBox([self._choices, buttons])
        self.box.add_class("kam-game-controls")

    def write(self, game: Game) -> None:
        """Put the controls where a month begins: nothing is chosen yet."""
        self.play.layout.display = "none" if game.is_over else ""
        self._choices.layout.display = "none" if game.is_over else ""
        if game.is_over:
            return
        begun = game.state.begun[0]
        for box, month in zip(self.measures.values(), begun, strict=True):
            box.value = bool(month)
        self.skip_counsel.value = False
        labels = dict(zip(game.year.library.keys, game.year.library.labels, strict=True))
        counterpart = labels[game.year.scenario.counterpart]
        answers = answer_choices(game)
        told = {key: ANSWER_NOTES.get(key, ANSWER_LABELS[key]).format(counterpart=counterpart)
                for key in answers}  # fmt: skip
        self._answers.layout.display = "" if answers else "none"
        self.answer.options = [(told[key], key) for key in answers]
        self.answer.value = None
        offers = offer_choices(game) if "offer" in answers else []
        self.offer.options = [(labels[key], key) for key in offers]
        self.show(game)

    def show(self, game: Game) -> None:
        """Say what each measure costs and whether it can begin beside those that are chosen."""
        self.offer.layout.display = "" if self.answer.value == "offer" else "none"
        chosen = self._dropped(game)
        table = measure_choices(game)
        for place, (key, box) in enumerate(self.measures.items()):
            row, month = table.loc[key], int(game.state.begun[0, place])
            reason = why_not(game.year, game.state, chosen, place)
            box.disabled = bool(month) or (bool(reason) and not chosen[place])
            box.description = _told(
                game,
                {str(name): cell for name, cell in row.items()},
                month,
                "" if chosen[place] else reason,
            )
        library = game.year.library
        saved = game.year.scenario.assumed("counsel_fee") * (chosen & library.is_counsel).sum()
        saved = saved if self.skip_counsel.value else 0.0
        now = float(cost_to_begin(game.year, game.state.month + 1)[chosen].sum()) - saved
        left = game.year.scenario.budget - float(game.state.spent[0]) - now
        currency = html.escape(game.year.scenario.currency)
        self.budget.value = (
            f'<div role="status" style="line-height:1.4">Left of the budget: '
            f"<b>{money(left, currency)}</b>; chosen now: {money(now, currency)}. Costs are to the "
            "end of the year.</div>"
        )

    def read(self, game: Game) -> Move:
        """Return the move that is chosen."""
        begun = game.state.begun[0] > 0
        begin = tuple(key for (key, box), is_begun in zip(self.measures.items(), begun, strict=True)
                      if box.value and not is_begun)  # fmt: skip
        library = game.year.library
        counsel = dict(zip(library.keys, library.is_counsel, strict=True))
        bare = tuple(key for key in begin if counsel[key]) if self.skip_counsel.value else ()
        answer = self.answer.value or ""
        return Move(begin, bare, answer, self.offer.value or "" if answer == "offer" else "")

    def _dropped(self, game: Game) -> np.ndarray:
        """Take out what can no longer begin; return which measures are chosen."""
        begun = game.state.begun[0] > 0
        while True:
            chosen = np.array([box.value for box in self.measures.values()]) & ~begun
            for place, box in enumerate(self.measures.values()):
                others = chosen.copy()
                others[place] = False
                if chosen[place] and why_not(game.year, game.state, others, place):
                    box.value = False
                    break
            else:
                return chosen


def _told(game: Game, row: dict[str, object], begun: int, reason: str) -> str:
    """Return what stands beside a measure's checkbox."""
    label = str(row["label"])
    if begun:
        return f"{label}: runs since month {begun}"
    month = float(str(row["works_in"]))
    when = f"works fully from month {month:.0f}" if month <= MONTHS else (
        "works fully only after the year"
    )  # fmt: skip
    cost = money(float(str(row["cost"])), game.year.scenario.currency)
    counsel = ", counsel included" if row["legal"] == "counsel" else ""
    labels = dict(zip(game.year.library.keys, game.year.library.labels, strict=True))
    for key, name in labels.items():
        if reason.endswith((f" {key} first", f" {key}")):
            reason = reason.replace(key, f"“{name}”")
    return f"{label}: {cost}{counsel}; {when}" + (f" ({reason})" if reason else "")


def _head(text: str) -> str:
    return f'<b style="display:block;margin:6px 0 0">{text}</b>'
