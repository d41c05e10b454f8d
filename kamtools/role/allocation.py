"""Hours to accounts when hours are short: where the next hour brings the most margin.

Each account's curve is replaced by the least concave curve above it, whose steps fall; the
steps of all accounts are then taken from the highest down until the hours are gone. That is
the best plan there is, except for at most one account that is left within the S-part of its
curve, where the concave curve lies above the true one. How much that could cost is stated.

References
----------
.. [1] Lodish, L. M. (1971), "CALLPLAN: An Interactive Salesman's Call Planning System",
   Management Science 18(4, part II), P25-P40.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.concave_steps import concave_gains, sum_of_taken, take_best
from kamtools.role.response_curves import Floats, response

Limit = float | pd.Series
CURVE = ("margin", "hours", "minimum", "maximum", "c", "d")
STEP_HOURS = 5.0
_MOST_STEPS = 2_000
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Allocation:
    """Hours for each account.

    Attributes
    ----------
    by_account
        Index account_id: `today_hours`, `hours`, `today_margin`, `margin` expected (money a
        year), `margin_per_hour` of the next step (NaN at the most hours).
    hours, margin
        Sums.
    bound
        No plan in these steps can bring more margin than this.
    last_margin_per_hour
        Of the last step taken: what one more hour is worth, nearly; NaN if none was taken.
    """

    by_account: pd.DataFrame
    hours: float
    margin: float
    bound: float
    last_margin_per_hour: float

    @property
    def gap(self) -> float:
        """What the best plan could bring beyond this one, as a part of this one's margin."""
        return max(self.bound - self.margin, 0.0) / abs(self.margin) if self.margin else 0.0


def expected_margin(curves: pd.DataFrame, hours: pd.Series) -> pd.Series:
    """Return the margin a year that each account's curve expects of its hours.

    Parameters
    ----------
    curves
        From `response_curves.account_curves`.
    hours : (n_accounts,) at least 0, index account_id

    Examples
    --------
    >>> curves = pd.DataFrame({"margin": [100.0], "hours": [10.0], "minimum": [0.5],
    ...                        "maximum": [1.4], "c": [0.8], "d": [2.5]}, index=["a"])
    >>> expected_margin(curves, pd.Series([15.0], index=["a"])).round(1).tolist()
    [119.8]
    """
    grid = hours.reindex(curves.index).to_numpy(dtype=float)[:, None]
    return pd.Series(_margins(curves, grid)[:, 0], index=curves.index, name="margin")


def allocate_hours(
    curves: pd.DataFrame,
    *,
    total_hours: float,
    step_hours: float = STEP_HOURS,
    least_hours: Limit = 0.0,
    most_hours: Limit | None = None,
) -> Allocation:
    """Return the hours for each account that bring the most margin together.

    Parameters
    ----------
    curves : at least one account
        `margin`, `hours`, `minimum`, `maximum`, `c`, `d`, from
        `response_curves.account_curves`.
    total_hours : at least the sum of the least hours
        Hours a year to give away. Hours that would bring nothing are not given.
    step_hours : above 0
        Hours go in steps of this size, from the least hours up.
    least_hours, most_hours : hours a year, one number or by account_id
        Most hours are three times today's, but no less than the least, if None. The last step
        ends at or below them.

    Raises
    ------
    InputError
        If the hours do not suffice for the least, limits cross, or steps are too fine.

    Notes
    -----
    On the concave curves the greedy choice is the optimum (see `concave_steps`), and its
    margin there is `bound`. One account may stay inside its S-part; the plan with it there and
    the plan without it are compared, and the better is returned.

    Examples
    --------
    >>> curves = pd.DataFrame({"margin": [100.0, 300.0], "hours": [10.0, 10.0],
    ...     "minimum": 0.5, "maximum": 1.4, "c": 0.8, "d": 2.5}, index=["small", "large"])
    >>> plan = allocate_hours(curves, total_hours=20.0, step_hours=1.0)
    >>> plan.by_account["hours"].to_dict(), round(plan.margin), plan.gap < 0.01
    ({'small': 0.0, 'large': 20.0}, 437, True)
    """
    least, most = checked_limits(curves, least_hours, most_hours)
    _check_total(total_hours, step_hours, least, most)
    steps = np.floor((most - least) / step_hours + _ROUNDING).astype(int)
    grid = least[:, None] + step_hours * np.arange(steps.max() + 1)
    margins = _margins(curves, grid)
    beyond = np.arange(steps.max() + 1) > steps[:, None]
    gains, tangent = concave_gains(np.where(beyond, -np.inf, margins))
    n_steps = int((total_hours - least.sum()) / step_hours + _ROUNDING)
    taken = take_best(gains, n_steps)
    bound = margins[:, 0].sum() + sum_of_taken(gains, taken)
    rows = np.arange(len(curves))
    split = np.flatnonzero((taken > 0) & (taken < tangent))
    if len(split):
        without = gains.copy()
        without[split[0]] = -np.inf
        other = take_best(without, n_steps)
        if margins[rows, other].sum() > margins[rows, taken].sum():
            taken = other
    hours, margin = grid[rows, taken], margins[rows, taken]
    following = np.minimum(taken + 1, grid.shape[1] - 1)
    has_more = taken < steps
    following_margin = np.where(has_more, (margins[rows, following] - margin) / step_hours, np.nan)
    used = np.where(np.arange(gains.shape[1]) < taken[:, None], gains, np.inf)
    last = float(used.min()) / step_hours if taken.any() else float("nan")
    by_account = pd.DataFrame(
        {
            "today_hours": curves["hours"],
            "hours": hours,
            "today_margin": curves["margin"],
            "margin": margin,
            "margin_per_hour": following_margin,
        },
        index=curves.index,
    )
    return Allocation(by_account, float(hours.sum()), float(margin.sum()), float(bound), last)


def margin_by_hours(
    curves: pd.DataFrame,
    totals: pd.Series,
    *,
    step_hours: float = STEP_HOURS,
    least_hours: Limit = 0.0,
    most_hours: Limit | None = None,
) -> pd.Series:
    """Return the margin that each total of hours brings when it is given out best.

    Parameters
    ----------
    curves, step_hours, least_hours, most_hours
        As for `allocate_hours`.
    totals : hours a year, index such as numbers of managers

    Examples
    --------
    >>> curves = pd.DataFrame({"margin": [100.0, 300.0], "hours": [10.0, 10.0],
    ...     "minimum": 0.5, "maximum": 1.4, "c": 0.8, "d": 1.0}, index=["small", "large"])
    >>> margin_by_hours(curves, pd.Series({1: 10.0, 2: 20.0}), step_hours=1.0).round().to_dict()
    {1: 353.0, 2: 411.0}
    """
    margins = [
        allocate_hours(curves, total_hours=float(total), step_hours=step_hours,
                       least_hours=least_hours, most_hours=most_hours).margin
        for total in totals
    ]  # fmt: skip
    return pd.Series(margins, index=totals.index, name="margin")


def checked_limits(
    curves: pd.DataFrame, least_hours: Limit, most_hours: Limit | None
) -> tuple[Floats, Floats]:
    """Return the least and the most hours by account, in the order of the curves.

    Raises
    ------
    InputError
        If a column or an account is missing, or limits are below 0 or cross.
    """
    missing = [name for name in CURVE if name not in curves]
    if missing or curves.empty:
        raise InputError(
            f"curves have at least one account and the columns {', '.join(CURVE)}; got "
            f"{len(curves)} accounts, columns {', '.join(map(str, curves.columns))}"
        )
    least = _by_account(curves, least_hours)
    usual = np.maximum(3 * curves["hours"].to_numpy(dtype=float), least)
    most = usual if most_hours is None else _by_account(curves, most_hours)
    wrong = ~((least >= 0) & (most >= least) & np.isfinite(most))
    if wrong.any():
        row = int(wrong.argmax())
        raise InputError(
            f"hours must have 0 ≤ least ≤ most; got {least[row]:g} and {most[row]:g} for "
            f"{curves.index[row]!s}"
        )
    return least, most


def _by_account(curves: pd.DataFrame, limit: Limit) -> Floats:
    if isinstance(limit, pd.Series):
        return limit.reindex(curves.index).to_numpy(dtype=float)
    return np.full(len(curves), float(limit))


def _margins(curves: pd.DataFrame, hours: Floats) -> Floats:
    """Return the margin of each account (row) at each of its hours (column)."""
    parts = {name: curves[name].to_numpy(dtype=float)[:, None] for name in CURVE}
    shape = {name: parts[name] for name in CURVE[2:]}
    return parts["margin"] * response(hours / parts["hours"], **shape)


def _check_total(total: float, step: float, least: Floats, most: Floats) -> None:
    if not (np.isfinite(step) and step > 0):
        raise InputError(f"step_hours must be a number above 0; got {step}")
    if (most - least).max() / step > _MOST_STEPS:
        widest = (most - least).max()
        raise InputError(
            f"steps of {step:g} hours over {widest:,.0f} hours are too many; take "
            f"{widest / _MOST_STEPS:.1f} hours or more"
        )
    if not total >= least.sum() - _ROUNDING:
        raise InputError(
            f"total_hours must cover the least hours of all accounts, {least.sum():,.0f}; got "
            f"{total:,.0f}"
        )
