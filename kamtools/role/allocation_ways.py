"""The plan by response curves beside the ways in which hours are usually given out."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.allocation import Allocation, Limit, checked_limits, expected_margin
from kamtools.role.response_curves import Floats
from kamtools.wording import change, listing, money

BEST = "by response"
EQUAL = "equal time"
BY_SALES = "by sales"
TODAY = "as today"
_HALVINGS = 100
_LEAST_WEIGHT = 1e-9


def compare_allocations(
    curves: pd.DataFrame,
    plan: Allocation,
    *,
    sales: pd.Series | None = None,
    least_hours: Limit = 0.0,
    most_hours: Limit | None = None,
) -> pd.DataFrame:
    """Return the expected margin of the plan and of the usual ways to give out the same hours.

    Parameters
    ----------
    curves, least_hours, most_hours
        As `allocation.allocate_hours` got them: the limits hold for every way.
    plan
        What it returned.
    sales : money by account_id of at least 0
        For hours in proportion to sales; left out if None.

    Returns
    -------
    DataFrame
        Index way: "by response", "equal time", "by sales", "as today" (today's proportions,
        scaled to the same hours). `hours`, `margin` (money a year), `behind` (what it brings
        less than the plan, as a part of the plan's margin).

    Raises
    ------
    InputError
        As `allocation.checked_limits`, or if a sale is missing or below 0.

    Examples
    --------
    >>> from kamtools.role.allocation import allocate_hours
    >>> curves = pd.DataFrame({"margin": [100.0, 300.0], "hours": [10.0, 10.0],
    ...     "minimum": 0.5, "maximum": 1.4, "c": 0.8, "d": 1.0}, index=["small", "large"])
    >>> plan = allocate_hours(curves, total_hours=20.0, step_hours=1.0)
    >>> compare_allocations(curves, plan, sales=pd.Series({"small": 1.0, "large": 3.0})).round(3)
                 hours   margin  behind
    way
    by response   20.0  410.702   0.000
    equal time    20.0  400.000   0.026
    by sales      20.0  410.702   0.000
    as today      20.0  400.000   0.026
    """
    least, most = checked_limits(curves, least_hours, most_hours)
    weights = {EQUAL: np.ones(len(curves)), TODAY: curves["hours"].to_numpy(dtype=float)}
    if sales is not None:
        given = sales.reindex(curves.index).to_numpy(dtype=float)
        if not (np.isfinite(given) & (given >= 0)).all():
            raise InputError("sales must be numbers of at least 0 for each account")
        weights = {EQUAL: weights[EQUAL], BY_SALES: given, TODAY: weights[TODAY]}
    rows = {BEST: (plan.hours, plan.margin)}
    for way, weight in weights.items():
        hours = pd.Series(share_out(plan.hours, weight, least, most), index=curves.index)
        rows[way] = (float(hours.sum()), float(expected_margin(curves, hours).sum()))
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["hours", "margin"])
    behind = (plan.margin - table["margin"]) / abs(plan.margin) if plan.margin else 0.0
    return table.assign(behind=behind).rename_axis("way")


def share_out(total: float, weights: Floats, least: Floats, most: Floats) -> Floats:
    """Return the total shared in proportion to weights, within limits.

    Parameters
    ----------
    total
        Between the sums of the limits.
    weights : (n,) at least 0
    least, most : (n,)

    Examples
    --------
    >>> share_out(10.0, np.array([1.0, 1.0, 3.0]), np.zeros(3), np.full(3, 4.0)).round(6).tolist()
    [3.0, 3.0, 4.0]
    """
    heaviest = weights.max()
    scale = np.maximum(weights / heaviest, _LEAST_WEIGHT) if heaviest > 0 else np.ones(len(weights))
    low, high = 0.0, float((most / scale).max()) + 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        too_much = np.clip(middle * scale, least, most).sum() > total
        low, high = (low, middle) if too_much else (middle, high)
    shared: Floats = np.clip(low * scale, least, most)
    return shared


def describe_allocation(
    plan: Allocation,
    ways: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    currency: str = "",
    top: int = 2,
) -> str:
    """Return in words where hours should go, where from, and what that is expected to bring.

    Parameters
    ----------
    plan
        From `allocation.allocate_hours`.
    ways
        From `compare_allocations`.
    names
        Name by account_id.
    currency
        Of the margin.
    top
        How many accounts to name on each side.

    Examples
    --------
    >>> from kamtools.role.allocation import allocate_hours
    >>> curves = pd.DataFrame({"margin": [1e5, 3e5], "hours": [10.0, 10.0],
    ...     "minimum": 0.5, "maximum": 1.4, "c": 0.8, "d": 1.0}, index=["small", "large"])
    >>> plan = allocate_hours(curves, total_hours=20.0, step_hours=1.0)
    >>> print(describe_allocation(plan, compare_allocations(curves, plan), currency="EUR"))
    Of 20 hours a year, against today's proportions, more goes to large (+5) and less to
    small (−5). If the curves hold, that brings EUR 10,700 (+2.7 %) more margin a year; the
    last hour brings EUR 4,270.
    """
    moves = plan.by_account["hours"] - _in_proportion(plan)
    moves = moves[moves.abs() >= 0.5].sort_values(kind="stable")
    said = moves.index.to_series().astype("str") if names is None else names.reindex(moves.index)
    less, more = moves[moves < 0].index[:top], moves[moves > 0].index[::-1][:top]
    sides = [
        f"{word} to {listing([f'{said[account]} ({_signed(moves[account])})' for account in side])}"
        for word, side in (("more goes", more), ("less", less))
        if len(side)
    ]
    opening = f"Of {plan.hours:,.0f} hours a year, against today's proportions, "
    opening += " and ".join(sides) if sides else "no account gets more or less"
    before = float(ways["margin"].loc[TODAY])
    gain = plan.margin - before
    ratio = gain / abs(before) if before else 0.0
    text = (
        f"{opening}. If the curves hold, that brings {money(gain, currency)} ({change(ratio)}) "
        "more margin a year"
    )
    if np.isnan(plan.last_margin_per_hour):
        return f"{text}."
    return f"{text}; the last hour brings {money(plan.last_margin_per_hour, currency)}."


def _in_proportion(plan: Allocation) -> pd.Series:
    today = plan.by_account["today_hours"]
    return today * (plan.hours / today.sum())


def _signed(hours: float) -> str:
    return f"{'−' if hours < 0 else '+'}{abs(hours):,.0f}"
