"""Strategy goals whose weights move, and the criterion of strategic fit that follows."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from kamtools.selection.goals import strategic_fit

FIT = "strategic_fit"
GOAL_STEP = 0.01


def goal_labels(goals: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return what each goal is called, in their order.

    Examples
    --------
    >>> goal_labels([{"name": "Win the cities", "column": "segment"}, {"column": "region"}])
    ['Win the cities', 'region']
    """
    return [str(goal.get("name", goal.get("column", "?"))) for goal in goals]


def goal_weights(goals: Sequence[Mapping[str, Any]]) -> pd.Series:
    """Return the weight that each goal has, by its place among the goals.

    Examples
    --------
    >>> goal_weights([{"name": "Win the cities", "weight": 0.2}, {"name": "Grow"}]).tolist()
    [0.2, 1.0]
    """
    return pd.Series([goal.get("weight", 1.0) for goal in goals], dtype=float, name="weight")


def goals_at(goals: Sequence[Mapping[str, Any]], weights: pd.Series) -> list[dict[str, Any]]:
    """Return the goals with other weights; a goal of weight 0 is none and left out.

    Parameters
    ----------
    goals
        As in `goals.strategic_fit`.
    weights : (n_goals,) at least 0, by place among the goals

    Examples
    --------
    >>> goals_at([{"name": "Win the cities"}, {"name": "Grow"}], pd.Series([0.3, 0.0]))
    [{'name': 'Win the cities', 'weight': 0.3}]
    """
    return [
        {**goal, "weight": float(weight)}
        for goal, weight in zip(goals, weights, strict=True)
        if weight > 0
    ]


def values_at(
    values: pd.DataFrame, accounts: pd.DataFrame, goals: Sequence[Mapping[str, Any]]
) -> pd.DataFrame:
    """Return the values with strategic fit as these goals see it.

    As in `measurement.criteria_table`, the criterion is left out where it tells no two
    accounts apart.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id
        With a column strategic_fit.
    accounts : table with `account_id` and the columns that the goals name
    goals
        As in `goals.strategic_fit`.

    Raises
    ------
    InputError
        As `goals.strategic_fit`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [1.0, 2.0], "strategic_fit": 0.5}, index=["a", "b"])
    >>> accounts = pd.DataFrame({"account_id": ["a", "b"], "segment": ["city", "kiosk"]})
    >>> goal = {"name": "Win the cities", "column": "segment", "values": ["city"]}
    >>> values_at(values, accounts, [goal])["strategic_fit"].tolist()
    [1.0, 0.0]
    >>> list(values_at(values, accounts, []))
    ['margin']
    """
    fit = strategic_fit(accounts, goals).reindex(values.index)
    if fit.nunique() < 2:
        return values.drop(columns=FIT)
    return values.assign(**{FIT: fit})
