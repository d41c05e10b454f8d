"""From where the controls stand to the list, the verdicts and the matrix: one pure function."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kamtools.explorers.goal_weights import goals_at, values_at
from kamtools.explorers.list_verdicts import matrix_at, verdicts_near
from kamtools.explorers.selection_list import selection_list
from kamtools.selection.weights import direct_weights


@dataclass(frozen=True)
class Case:
    """What is known of the accounts, and does not move.

    Attributes
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known
    objectives : (n_criteria,) "max" or "min"
    revenue : money by account_id
    hours : hours a year by account_id; None if they are no limit
    goals
        As in `goals.strategic_fit`; empty if strategic fit does not move.
    accounts : table with `account_id` and the columns that the goals name
    strength : (n_accounts, …), index account_id
        `strength`, `basis`, `missing`; None if there is no matrix.
    seed
        Of the draws of weights; None if there are no verdicts.
    """

    values: pd.DataFrame
    objectives: pd.Series
    revenue: pd.Series
    hours: pd.Series | None = None
    goals: Sequence[Mapping[str, Any]] = ()
    accounts: pd.DataFrame | None = None
    strength: pd.DataFrame | None = None
    seed: int | None = None


@dataclass(frozen=True)
class Settings:
    """Where the controls stand.

    Attributes
    ----------
    points : (n_criteria,) at least 0
    top : most accounts on the list
    method : one of `scoring.METHODS`
    goal_weights : (n_goals,) at least 0, by place among the goals
    capacity_hours : hours a year; None if they are no limit
    """

    points: pd.Series
    top: int
    method: str
    goal_weights: pd.Series
    capacity_hours: float | None = None


@dataclass(frozen=True)
class Answer:
    """What follows from the settings.

    Attributes
    ----------
    listed
        As `selection_list` returns it, with `p_top_k` and `verdict` where there are verdicts,
        and `cell` where there is a matrix.
    matrix
        As `matrix.portfolio_matrix` returns it; None if there is none.
    points
        Those of the criteria that count: without strategic fit where the goals, as weighted,
        tell no two accounts apart.
    """

    listed: pd.DataFrame
    matrix: pd.DataFrame | None
    points: pd.Series


def what_if(case: Case, settings: Settings, *, before: pd.Index | None = None) -> Answer:
    """Return the list, the verdicts and the matrix under these settings.

    Parameters
    ----------
    case
        What is known of the accounts.
    settings
        What somebody wants to try.
    before
        The accounts that were chosen at the start; those chosen now if None.

    Raises
    ------
    InputError
        If all points are 0, `top` is not possible, or tables do not fit each other.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 1.0], "growth": [0.1, 0.5]}, index=["a", "b"])
    >>> case = Case(values, pd.Series({"margin": "max", "growth": "max"}),
    ...             pd.Series({"a": 90.0, "b": 20.0}), seed=1)
    >>> none = pd.Series(dtype=float)
    >>> settings = Settings(pd.Series({"margin": 0.0, "growth": 1.0}), 1, "weighted_sum", none)
    >>> what_if(case, settings).listed[["rank", "is_chosen", "p_top_k", "verdict"]]
       rank  is_chosen  p_top_k verdict
    b     1       True      1.0      in
    a     2      False      0.0     out
    """
    values = case.values
    if case.goals and case.accounts is not None:
        values = values_at(values, case.accounts, goals_at(case.goals, settings.goal_weights))
    points = settings.points.reindex(values.columns)
    weights = direct_weights({str(name): float(value) for name, value in points.items()})
    listed = selection_list(
        values, objectives=case.objectives, points=points, revenue=case.revenue,
        top=settings.top, method=settings.method, before=before, hours=case.hours,
        capacity_hours=settings.capacity_hours,
    )  # fmt: skip
    if case.seed is not None:
        near = verdicts_near(
            values, weights, case.objectives, top=settings.top, method=settings.method,
            seed=case.seed,
        )  # fmt: skip
        listed = listed.join(near[["p_top_k", "verdict"]])
    matrix = None
    if case.strength is not None:
        matrix = matrix_at(values, weights, case.objectives, strength=case.strength)
    if matrix is not None:
        listed = listed.join(matrix["cell"])
    return Answer(listed=listed, matrix=matrix, points=points)
