"""The settings of the explorer as text to paste where a run finds them again."""

import html
import json
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kamtools.explorers.goal_weights import goals_at
from kamtools.explorers.selection_list import weights_text
from kamtools.explorers.what_if import Settings


def parameters_text(settings: Settings, points: pd.Series) -> str:
    """Return the settings as lines of the notebook's cell of parameters.

    Parameters
    ----------
    settings
        Where the controls stand.
    points
        Of the criteria that count, as `what_if` answers.

    Examples
    --------
    >>> points = pd.Series({"margin": 10.0, "growth": 2.5})
    >>> print(parameters_text(Settings(points, 20, "topsis", pd.Series(dtype=float)), points))
    weights = "margin = 10, growth = 2.5"
    top = 20
    method = "topsis"
    """
    return f'weights = "{weights_text(points)}"\ntop = {settings.top}\nmethod = "{settings.method}"'


def engagement_text(settings: Settings, start: Settings, goals: Sequence[Mapping[str, Any]]) -> str:
    """Return what was moved of the firm's capacity and goals, as lines of engagement.toml.

    Parameters
    ----------
    settings, start
        Where the controls stand, and where they stood at the start.
    goals
        As in `goals.strategic_fit`.

    Returns
    -------
    Lines of TOML; nothing if neither was moved.

    Examples
    --------
    >>> goal = {"name": "Win the cities", "column": "segment", "values": ["city"], "weight": 0.2}
    >>> points, weight = pd.Series({"margin": 10.0}), pd.Series([0.2])
    >>> start = Settings(points, 20, "topsis", weight, 5000.0)
    >>> print(engagement_text(Settings(points, 20, "topsis", weight * 2, 900.0), start, [goal]))
    [strategy]
    goals = [
        { name = "Win the cities", column = "segment", values = ["city"], weight = 0.4 },
    ]
    [capacity]
    hours_per_year = 900
    >>> engagement_text(start, start, [goal])
    ''
    """
    lines = []
    if not settings.goal_weights.equals(start.goal_weights):
        moved = [f"    {_toml(goal)}," for goal in goals_at(goals, settings.goal_weights)]
        lines += ["[strategy]", "goals = [", *moved, "]"]
    if settings.capacity_hours is not None and settings.capacity_hours != start.capacity_hours:
        lines += ["[capacity]", f"hours_per_year = {settings.capacity_hours:.10g}"]
    return "\n".join(lines)


def kept_html(
    settings: Settings,
    start: Settings,
    *,
    points: pd.Series,
    goals: Sequence[Mapping[str, Any]],
) -> str:
    """Return both texts as HTML, each with where it belongs.

    Examples
    --------
    >>> points = pd.Series({"margin": 10.0})
    >>> settings = Settings(points, 20, "topsis", pd.Series(dtype=float))
    >>> "top = 20" in kept_html(settings, settings, points=points, goals=[])
    True
    """
    said = _block("To keep this, in the notebook's parameters:", parameters_text(settings, points))
    moved = engagement_text(settings, start, goals)
    if moved:
        said += _block("And in engagement.toml, where these tables stand:", moved)
    return said


def _block(head: str, text: str) -> str:
    return (
        f'<p style="margin:10px 0 2px">{html.escape(head)}</p>'
        '<pre style="margin:0;white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere;'
        'font-size:12px;line-height:1.4">'
        f"{html.escape(text)}</pre>"
    )


def _toml(value: object) -> str:
    """Return a value as TOML writes it inline; its strings are written as those of JSON."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_toml(part)}" for key, part in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(part) for part in value) + "]"
    if isinstance(value, float):
        return f"{value:.10g}"
    return json.dumps(value, ensure_ascii=False)
