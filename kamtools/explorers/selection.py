"""What if we weighed it differently? Sliders for the weights, the list and the picture."""

import html
from collections.abc import Mapping
from functools import partial
from typing import Any

import ipywidgets
import pandas as pd

from kamtools.errors import InputError
from kamtools.explorers.picture import PortfolioPicture
from kamtools.explorers.selection_list import (
    MOST_POINTS,
    POINT_STEP,
    exact_points,
    points_from_weights,
    selection_list,
    weights_text,
)
from kamtools.explorers.selection_words import describe_moves, list_html
from kamtools.selection.scoring import METHODS
from kamtools.selection.weights import check_weights

METHOD_LABELS = {"weighted_sum": "Weighted sum", "topsis": "TOPSIS", "promethee": "PROMETHEE"}


class SelectionExplorer(ipywidgets.VBox):
    """The widget of `selection_explorer`.

    Where no widget can be shown, as in an HTML report, it is shown as the list that it had
    when the cell was run.

    Attributes
    ----------
    sliders
        By criterion, its slider of points from 0 to 10.
    method, top, reset
        The other controls: a dropdown, a number, a button.
    summary, table
        HTML widgets: in words who came in and went out, and the list.
    picture
        An image widget with the portfolio as PNG.
    """

    sliders: dict[str, ipywidgets.FloatSlider]
    method: ipywidgets.Dropdown
    top: ipywidgets.BoundedIntText
    reset: ipywidgets.Button
    summary: ipywidgets.HTML
    table: ipywidgets.HTML
    picture: ipywidgets.Image

    def _repr_mimebundle_(self, **options: object) -> dict[str, Any]:
        bundle = dict(super()._repr_mimebundle_(**options))
        bundle["text/plain"] = "Selection explorer: run this notebook in JupyterLab to use it"
        bundle["text/html"] = self.summary.value + self.table.value
        return bundle


def selection_explorer(
    values: pd.DataFrame,
    *,
    objectives: pd.Series,
    weights: pd.Series,
    names: pd.Series,
    revenue: pd.Series,
    top: int,
    labels: Mapping[str, str] | pd.Series | None = None,
    method: str = "weighted_sum",
) -> SelectionExplorer:
    """Return sliders for the weights, with the list and the portfolio that follow from them.

    The list says who came in and went out against the starting weights, and where each
    account stands by sales. It is a way to try, not a way to decide: the weights that are
    kept belong into the notebook's parameter `weights`, in the words shown under the list.

    Parameters
    ----------
    values
        By account × criterion, as `scoring.weighted_sum` takes them; NaN where not known.
    objectives
        By criterion, "max" or "min".
    weights
        By criterion, 0-1 with the sum 1, to start with; a criterion not named starts at 0.
    names
        Name by account_id; may hold any character.
    revenue
        Money by account_id.
    top
        Number of accounts in the list, to start with.
    labels
        What a manager calls each criterion; one without a label keeps its name.
    method
        One of `scoring.METHODS`, to start with.

    Returns
    -------
    SelectionExplorer
        To be the last line of a cell.

    Raises
    ------
    InputError
        If values, objectives, weights, top or method do not fit each other.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 1.0], "growth": [0.1, 0.5]}, index=["a", "b"])
    >>> explorer = selection_explorer(
    ...     values,
    ...     objectives=pd.Series({"margin": "max", "growth": "max"}),
    ...     weights=pd.Series({"margin": 0.8, "growth": 0.2}),
    ...     names=pd.Series({"a": "Giant", "b": "Riser"}),
    ...     revenue=pd.Series({"a": 90.0, "b": 20.0}),
    ...     top=1,
    ... )
    >>> explorer.sliders["margin"].value = 0
    >>> "Riser comes in" in explorer.summary.value
    True
    """
    start = points_from_weights(check_weights(weights, values.columns))
    rank = partial(selection_list, values, objectives=objectives, revenue=revenue)
    at_start = rank(points=start, top=top, method=method)
    before = at_start.index[at_start["is_chosen"]]
    explorer = _with_controls(start.index, dict(labels) if labels is not None else {}, len(values))
    controls = [*explorer.sliders.values(), explorer.method, explorer.top]
    portfolio = PortfolioPicture(names)

    def update(_: object = None) -> None:
        shown = pd.Series({name: slider.value for name, slider in explorer.sliders.items()})
        points = exact_points(shown, start)
        chosen_by = {"method": explorer.method.value, "top": explorer.top.value}
        try:
            listed = rank(points=points, before=before, **chosen_by)
        except InputError as error:
            explorer.summary.value = f"<p><b>{html.escape(str(error))}</b></p>"
            return
        explorer.summary.value = f"<p>{html.escape(describe_moves(listed, names))}</p>"
        explorer.table.value = list_html(listed, names) + _weights_html(points)
        explorer.picture.value = portfolio.png(listed)

    def set_to_start(_: object = None) -> None:
        for control in controls:
            control.unobserve(update, "value")
        for control, value in zip(controls, [*start.round(1), method, top], strict=True):
            control.value = value
        for control in controls:
            control.observe(update, "value")
        update()

    for control in controls:
        control.observe(update, "value")
    explorer.reset.on_click(set_to_start)
    set_to_start()
    return explorer


def _with_controls(
    criteria: pd.Index, labels: Mapping[str, str], n_accounts: int
) -> SelectionExplorer:
    wide = {"style": {"description_width": "175px"}, "layout": {"width": "auto"}}
    methods = [(METHOD_LABELS.get(name, name), name) for name in METHODS]
    explorer = SelectionExplorer()
    explorer.sliders = {
        str(name): ipywidgets.FloatSlider(
            min=0, max=MOST_POINTS, step=POINT_STEP, readout_format=".1f",
            description=str(labels.get(str(name), name)), **wide,
        )
        for name in criteria
    }  # fmt: skip
    explorer.method = ipywidgets.Dropdown(options=methods, description="Method", **wide)
    explorer.top = ipywidgets.BoundedIntText(
        value=1, min=1, max=n_accounts, description="Key accounts", **wide
    )
    explorer.reset = ipywidgets.Button(description="Back to the start", icon="undo")
    explorer.summary, explorer.table = ipywidgets.HTML(), ipywidgets.HTML()
    explorer.picture = ipywidgets.Image(format="png", layout={"width": "100%"})
    controls = ipywidgets.VBox(
        [*explorer.sliders.values(), explorer.method, explorer.top, explorer.reset],
        layout={"flex": "1 1 340px", "max_width": "420px"},
    )
    picture = ipywidgets.VBox(
        [explorer.picture], layout={"flex": "1 1 400px", "max_width": "620px"}
    )
    side_by_side = ipywidgets.Box([controls, picture], layout={"flex_flow": "row wrap"})
    explorer.children = (explorer.summary, side_by_side, explorer.table)
    return explorer


def _weights_html(points: pd.Series) -> str:
    text = html.escape(weights_text(points))
    return f"<p>To keep these weights: <code>weights = &quot;{text}&quot;</code></p>"
