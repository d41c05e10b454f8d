"""Which form of key-account management fits: none yet, part-time, one manager, a department.

Each condition that is known points to one of the four; together they call for the middle one
of them (of two middles the smaller form). Then readiness decides how much of that the firm
can carry now: formalising alone brings nothing, and a department that does not know whom to
serve formalises the wrong thing [1]_. The limits are assumptions, in tables of their own.

References
----------
.. [1] Feste, J., Ivens, B. and Pardo, C. (2022), survey of 221 managers: key-account
   management works where there is a formal selection process and customer knowledge is
   integrated; formalisation alone does not do it.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.conditions import CONDITIONS, Condition
from kamtools.planning.readiness import overall_score
from kamtools.planning.statements import DIMENSIONS
from kamtools.wording import percent

MODELS = ("none yet", "part-time", "one manager", "a department")
"""From the smallest form to the largest."""

READINESS_LIMITS = {"one manager": 2.0, "a department": 3.0}
"""Readiness on the whole, and in choosing key accounts, that a form needs: an assumption."""

_BY_NAME = {one.name: one for one in CONDITIONS}


@dataclass(frozen=True)
class Fit:
    """The form that fits, and what decided it.

    Attributes
    ----------
    model
        One of `MODELS`: what is called for, as far as readiness carries it.
    called_for
        One of `MODELS`: where the conditions point, whatever the readiness.
    carried
        One of `MODELS`: the largest form that the readiness carries. None if it is not known.
    conditions : (n_conditions, 4), index condition
        `label`, `value`, `reads` (the value in words, or what it needs), `points_to` (one of
        `MODELS`, missing if not known).
    readiness : index "overall", "selection"
        Scores 1-5; NaN if not known.
    """

    model: str
    called_for: str
    carried: str | None
    conditions: pd.DataFrame
    readiness: pd.Series


def fit_structure(conditions: Mapping[str, float] | pd.Series, scores: pd.DataFrame) -> Fit:
    """Return the form of key-account management that fits.

    Parameters
    ----------
    conditions
        Values by the names of `CONDITIONS`, from `conditions.measure_conditions` or given by
        hand; one that is missing or NaN is not known.
    scores : (n_dimensions, …), index dimension
        From `readiness.dimension_scores`.

    Raises
    ------
    InputError
        If a condition has another name, is negative, or none is known.

    Examples
    --------
    >>> from kamtools.planning.readiness import dimension_scores, statement_levels
    >>> from kamtools.planning.statements import NAMES
    >>> answers = pd.DataFrame({"statement": NAMES, "level": 2.0})
    >>> scores = dimension_scores(statement_levels(answers))
    >>> fit = fit_structure({"top_share": 0.6, "largest_share": 0.2, "functions": 5}, scores)
    >>> fit.called_for, fit.carried, fit.model
    ('a department', 'one manager', 'one manager')
    """
    known = _checked(conditions)
    points = {name: _model_number(_BY_NAME[name], value) for name, value in known.items()}
    called_for = sorted(points.values())[(len(points) - 1) // 2]
    readiness = pd.Series(
        {"overall": overall_score(scores), "selection": float(scores["score"]["selection"])}
    )
    carried = None if readiness["overall"] != readiness["overall"] else _carried(readiness)
    number = called_for if carried is None else min(called_for, MODELS.index(carried))
    return Fit(MODELS[number], MODELS[called_for], carried, _table(known, points), readiness)


def form_table(fit: Fit) -> pd.DataFrame:
    """Return the form that fits as a table, beside what is called for and what can be carried.

    Returns
    -------
    (1, 3)
        `fits`, `called_for`, `carried`: each one of `MODELS`, the last missing where readiness
        is not known.

    Examples
    --------
    >>> from kamtools.planning.readiness import dimension_scores, statement_levels
    >>> scores = dimension_scores(statement_levels(None))
    >>> form_table(fit_structure({"top_share": 0.6, "functions": 2}, scores)).iloc[0].tolist()
    ['part-time', 'part-time', None]
    """
    row = {"fits": fit.model, "called_for": fit.called_for, "carried": fit.carried}
    return pd.DataFrame([row], dtype=object)


def tipping_points(fit: Fit, *, to: str) -> pd.DataFrame:
    """Return the fewest and nearest changes of conditions that would call for another form.

    Parameters
    ----------
    fit
        From `fit_structure`.
    to
        One of `MODELS`, other than `fit.called_for`.

    Returns
    -------
    (n_changes, 3), index condition, the nearest first
        `label`, `value`, `limit` that it would have to reach, or fall below. All of them
        together are needed.

    Raises
    ------
    InputError
        If there is no such form, or it is called for already.

    Examples
    --------
    >>> from kamtools.planning.readiness import dimension_scores, statement_levels
    >>> scores = dimension_scores(statement_levels(None))
    >>> fit = fit_structure({"top_share": 0.40, "largest_share": 0.09, "functions": 5}, scores)
    >>> tipping_points(fit, to="a department")[["value", "limit"]]
                   value  limit
    condition
    largest_share   0.09    0.1
    """
    if to not in MODELS or to == fit.called_for:
        raise InputError(f"to must be one of {', '.join(MODELS)}, not what is called for: {to!r}")
    known = fit.conditions[fit.conditions["points_to"].notna()]
    number = known["points_to"].map(MODELS.index).to_numpy()
    wanted, n = MODELS.index(to), len(known)
    is_up = wanted > MODELS.index(fit.called_for)
    # The lower median reaches `wanted` when so many conditions point at least (or at most) there.
    needed = n - (n - 1) // 2 if is_up else (n - 1) // 2 + 1
    there = number >= wanted if is_up else number <= wanted
    others = known[~there]
    limits = [_BY_NAME[str(name)].limits[wanted - 1 if is_up else wanted] for name in others.index]
    table = pd.DataFrame(
        {"label": others["label"], "value": others["value"], "limit": limits}, index=others.index
    )
    steps = _steps(table["value"].to_numpy(dtype=float), np.array(limits, dtype=float))
    nearest = pd.Series(steps, index=table.index).sort_values(kind="stable")
    return table.loc[nearest.index[: max(0, needed - int(there.sum()))]].rename_axis("condition")


def limits_table() -> pd.DataFrame:
    """Return the assumed limits of every condition, and of readiness, as they are read out.

    Returns
    -------
    (n_conditions + 1, 5), index condition
        `label`, and from where on it points to `part_time`, `one_manager`, `a_department`, in
        words; `because`.

    Examples
    --------
    >>> limits_table().loc["top_share", "a_department"]
    '50 %'
    """
    rows = {
        one.name: (one.label, *(read_out(one, limit) for limit in one.limits), one.because)
        for one in CONDITIONS
    }
    needs = [f"{READINESS_LIMITS[model]:g}" for model in ("one manager", "a department")]
    label = f"Readiness on the whole, and in {DIMENSIONS['selection'].lower()}"
    rows["readiness"] = (label, "any", *needs, "what the firm can carry (E11)")
    columns = ["label", "part_time", "one_manager", "a_department", "because"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("condition")


def read_out(condition: Condition, value: float) -> str:
    """Return a condition's value as a manager reads it.

    Examples
    --------
    >>> [read_out(one, 0.123) for one in CONDITIONS[1:3]]
    ['12 %', '0.1']
    >>> read_out(CONDITIONS[2], float("nan"))
    'not known: needs service'
    """
    if math.isnan(value):
        return f"not known: needs {condition.source}"
    if condition.wording == "{percent}":
        return percent(value)
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def _checked(conditions: Mapping[str, float] | pd.Series) -> dict[str, float]:
    known = {}
    for name, value in conditions.items():
        if name not in _BY_NAME:
            raise InputError(f"no condition {name!r}; there are: {', '.join(_BY_NAME)}")
        if value < 0:
            raise InputError(f"{name} must be at least 0; got {value:g}")
        if not math.isnan(value):
            known[str(name)] = float(value)
    if not known:
        raise InputError(f"no condition is known; expected one of {', '.join(_BY_NAME)}")
    return {name: known[name] for name in _BY_NAME if name in known}


def _model_number(condition: Condition, value: float) -> int:
    return sum(value >= limit for limit in condition.limits)


def _carried(readiness: pd.Series) -> str:
    weakest = float(readiness.min(skipna=False))  # a selection nobody spoke of carries nothing
    return [
        model for model in MODELS if model not in READINESS_LIMITS
        or weakest >= READINESS_LIMITS[model]
    ][-1]  # fmt: skip


def _table(known: Mapping[str, float], points: Mapping[str, int]) -> pd.DataFrame:
    rows = [
        {
            "label": one.label,
            "value": known.get(one.name, float("nan")),
            "reads": read_out(one, known.get(one.name, float("nan"))),
            "points_to": MODELS[points[one.name]] if one.name in points else None,
        }
        for one in CONDITIONS
    ]
    return pd.DataFrame(rows, index=pd.Index(list(_BY_NAME), name="condition"))


def _steps(values: np.ndarray, limits: np.ndarray) -> np.ndarray:
    """Return how far each value is from its limit, as a ratio on either side."""
    with np.errstate(divide="ignore"):
        return np.abs(np.log(values) - np.log(limits))
