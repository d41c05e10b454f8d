"""The controls of the selection explorer, and how they are laid out; they decide nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import ipywidgets
import pandas as pd

from kamtools.explorers.goal_weights import GOAL_STEP
from kamtools.explorers.selection_list import MOST_POINTS, POINT_STEP, exact_points
from kamtools.explorers.what_if import Settings
from kamtools.selection.scoring import METHODS

METHOD_LABELS = {"weighted_sum": "Weighted sum", "topsis": "TOPSIS", "promethee": "PROMETHEE"}
SALES_AND_SCORE, MATRIX = "Sales and score", "Matrix"
STYLE = (
    "<style>.kam-controls .widget-label{white-space:normal;height:auto;line-height:1.2;"
    "align-self:center}.kam-controls .widget-inline-hbox{height:auto;"
    "min-height:28px}.kam-controls select,.kam-controls input{height:28px}"
    ".kam-controls .widget-button{align-self:flex-start}</style>"
)
WIDE = {"style": {"description_width": "160px"}, "layout": {"width": "auto"}}


@dataclass(frozen=True)
class Controls:
    """What can be moved.

    Attributes
    ----------
    points
        By criterion, a slider of points.
    goals
        For each goal, a slider of its weight.
    hours
        A slider of hours a year; None if they are no limit.
    top, method
        A number and a dropdown.
    """

    points: dict[str, ipywidgets.FloatSlider]
    goals: list[ipywidgets.FloatSlider]
    hours: ipywidgets.FloatSlider | None
    top: ipywidgets.BoundedIntText
    method: ipywidgets.Dropdown

    def all(self) -> list[ipywidgets.Widget]:
        """Return all controls."""
        hours = [] if self.hours is None else [self.hours]
        return [*self.points.values(), *self.goals, *hours, self.top, self.method]

    def read(self, start: Settings) -> Settings:
        """Return where the controls stand; what was not moved as exact as at the start."""
        points = pd.Series({name: slider.value for name, slider in self.points.items()})
        goals = pd.Series([slider.value for slider in self.goals], dtype=float)
        hours = None
        if self.hours is not None and start.capacity_hours is not None:
            shown = pd.Series([self.hours.value])
            exact = pd.Series([start.capacity_hours])
            hours = float(exact_points(shown, exact, step=self.hours.step).iloc[0])
        return Settings(
            points=exact_points(points, start.points),
            top=self.top.value,
            method=self.method.value,
            goal_weights=exact_points(goals, start.goal_weights, step=GOAL_STEP),
            capacity_hours=hours,
        )

    def write(self, settings: Settings) -> None:
        """Put the controls where the settings are."""
        for name, slider in self.points.items():
            slider.value = settings.points.round(1)[name]
        for slider, weight in zip(self.goals, settings.goal_weights, strict=True):
            slider.value = weight
        if self.hours is not None:
            self.hours.value = settings.capacity_hours
        self.top.value, self.method.value = settings.top, settings.method


def make_controls(
    start: Settings,
    *,
    labels: Mapping[str, str],
    goal_names: Sequence[str],
    n_accounts: int,
    hours_scale: tuple[float, float] | None,
) -> Controls:
    """Return the controls for these settings, each with a description.

    Parameters
    ----------
    start
        What the controls are for; they are not yet put there.
    labels
        What a manager calls each criterion; one without a label keeps its name.
    goal_names
        What each goal is called.
    n_accounts
        The longest list.
    hours_scale
        The most hours and the step of their slider; None if hours are no limit.
    """
    most_weight = max(1.0, start.goal_weights.max()) if len(goal_names) else 1.0
    methods = [(METHOD_LABELS.get(name, name), name) for name in METHODS]
    hours = None
    if hours_scale is not None:
        hours = _slider("Hours a year for key accounts", *hours_scale, decimals=0)
    return Controls(
        points={
            str(name): _slider(str(labels.get(str(name), name)), MOST_POINTS, POINT_STEP)
            for name in start.points.index
        },
        goals=[_slider(name, most_weight, GOAL_STEP, decimals=2) for name in goal_names],
        hours=hours,
        top=ipywidgets.BoundedIntText(
            value=1, min=1, max=n_accounts, description="Key accounts at most"
            if hours is not None else "Key accounts", **WIDE,
        ),
        method=ipywidgets.Dropdown(options=methods, description="Method", **WIDE),
    )  # fmt: skip


def controls_box(
    controls: Controls, reset: ipywidgets.Button, clear: ipywidgets.Button
) -> ipywidgets.VBox:
    """Return the controls under one another, under headings where there are several kinds.

    Parameters
    ----------
    controls
        From `make_controls`.
    reset, clear
        Buttons: back to the start, and all weights to 0.
    """
    rows: list[ipywidgets.Widget] = [ipywidgets.HTML(STYLE + _heading("Weights, in points"))]
    rows += [*controls.points.values(), clear]
    if controls.goals:
        rows += [ipywidgets.HTML(_heading("Strategy goals: their weights")), *controls.goals]
    rows.append(ipywidgets.HTML(_heading("List")))
    if controls.hours is not None:
        rows.append(controls.hours)
    rows += [controls.top, controls.method, reset]
    box = ipywidgets.VBox(rows, layout={"flex": "1 1 340px", "max_width": "420px"})
    box.add_class("kam-controls")
    return box


def picture_box(
    view: ipywidgets.Dropdown | None, picture: ipywidgets.Image, *texts: ipywidgets.HTML
) -> ipywidgets.VBox:
    """Return the picture, above it what it is to show, below it what there is to say.

    The words stand beside the sliders and not above them, since they change in length: a
    slider must stay under the hand that moves it.
    """
    above = [] if view is None else [view]
    return ipywidgets.VBox(
        [*above, picture, *texts], layout={"flex": "1 1 400px", "max_width": "640px"}
    )


def _heading(text: str) -> str:
    return f'<b style="display:block;margin:6px 0 0">{text}</b>'


def _slider(
    description: str, most: float, step: float, *, decimals: int = 1
) -> ipywidgets.FloatSlider:
    return ipywidgets.FloatSlider(
        min=0, max=most, step=step, readout_format=f".{decimals}f", description=description,
        tooltip=description, **WIDE,
    )  # fmt: skip
