"""What if we weighed it differently, had fewer hours, or other goals? The answer at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.explorers.controls import make_controls
from kamtools.explorers.explorer_widget import SelectionExplorer
from kamtools.explorers.goal_weights import FIT, goal_labels, goal_weights
from kamtools.explorers.hours_list import check_hours, hours_scale
from kamtools.explorers.selection_list import points_from_weights
from kamtools.explorers.what_if import Case, Settings, what_if
from kamtools.selection.weights import check_weights

NO_STRENGTH = (
    "No matrix: how strong we are at these accounts is not known. It needs strengths.csv, or "
    "share_of_wallet in relationship.csv, or relationship_rating in accounts.csv."
)
NO_FIT = "The goals have no sliders: strategic fit is not among the criteria."


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
    hours: pd.Series | None = None,
    capacity_hours: float | None = None,
    goals: Sequence[Mapping[str, Any]] = (),
    accounts: pd.DataFrame | None = None,
    strength: pd.DataFrame | None = None,
    seed: int | None = None,
) -> SelectionExplorer:
    """Return controls for weights, goals and capacity, with the list that follows from them.

    The list says who came in and went out against the start, where each account stands by
    sales, and how firm its place is. It is a way to try, not a way to decide: what is kept
    belongs into the notebook's parameters and engagement.toml, in the words under the list.

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
        Number of accounts in the list, to start with; the most where hours are short.
    labels
        What a manager calls each criterion; one without a label keeps its name.
    method
        One of `scoring.METHODS`, to start with.
    hours
        Hours a year that each account takes, by account_id, from `account_hours`. With them
        there is a control of capacity; None for none.
    capacity_hours
        Hours a year that there are for key accounts, to start with; what the list at the
        start takes if None.
    goals, accounts
        The firm's goals, and the table that they name columns of, as in `goals.strategic_fit`.
        With them each goal has a control of its weight; empty for none.
    strength
        `strength`, `basis` and `missing` by account_id, from `business_strength` or
        `portfolio_matrix`. With it there is the picture of the matrix; None for none.
    seed
        Of the weights that are drawn for the verdicts; None for no verdicts.

    Returns
    -------
    SelectionExplorer
        To be the last line of a cell.

    Raises
    ------
    InputError
        If values, objectives, weights, top, method, hours or goals do not fit each other.

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
    if goals and accounts is None:
        raise InputError("goals name columns of accounts, but there is no table of accounts")
    points = points_from_weights(check_weights(weights, values.columns))
    goals_move = bool(goals) and FIT in values
    strength_is_known = strength is not None and _is_known(strength, values.index)
    case = Case(
        values=values, objectives=objectives, revenue=revenue, accounts=accounts, seed=seed,
        hours=None if hours is None else check_hours(hours, values.index),
        goals=goals if goals_move else (),
        strength=strength if strength_is_known else None,
    )  # fmt: skip
    start = Settings(points, top, method, goal_weights(case.goals))
    scale = None
    if case.hours is not None:
        listed = what_if(case, start).listed
        first = case.hours[listed.index[listed["is_chosen"]]].sum()
        begin, most, step = hours_scale(capacity_hours, float(first))
        start, scale = replace(start, capacity_hours=begin), (most, step)
    controls = make_controls(
        start,
        labels=dict(labels) if labels is not None else {},
        goal_names=goal_labels(case.goals),
        n_accounts=len(values),
        hours_scale=scale,
    )
    notes = [NO_FIT] if goals and not goals_move else []
    notes += [NO_STRENGTH] if strength is not None and not strength_is_known else []
    return SelectionExplorer(case, start, controls, names, notes)


def _is_known(strength: pd.DataFrame, account_ids: pd.Index) -> bool:
    return bool(strength["strength"].reindex(account_ids).notna().any())
