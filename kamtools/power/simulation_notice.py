"""How many days of notice pay, where more stops helping, and what that rests on (E2).

The essay says half a month to a month. The model's answer is that of the newsvendor: notice
should be as long as a review takes in all but the share of cases in which a further day would
cost more, by leaks and changed plans, than it saves in waiting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.simulation import simulate_years
from kamtools.power.simulation_chance import Years, draw_years

ESSAY_DAYS = (15, 31)
"""Half a month to a month (E2)."""

ENOUGH = 0.95
"""Share of the best gain from which on more notice hardly helps."""


@dataclass(frozen=True)
class BestNotice:
    """Which lengths of notice pay the supplier.

    Attributes
    ----------
    best_days : float
        The length that gains most; 0 where none gains. The curve is flat about it, so this is
        the least sure of the four.
    best_gain : float
        What it gains, in points of 100.
    enough_days : float
        The shortest that brings the share `ENOUGH` of it.
    too_long_days : float
        The first length beyond the best at which less than that share is left; infinite where
        the curve has no such length.
    """

    best_days: float
    best_gain: float
    enough_days: float
    too_long_days: float


def notice_curve(
    assumptions: pd.DataFrame,
    *,
    notice_days: Sequence[float],
    years: int,
    seed: int,
    measures: Sequence[str] = ("plan_sharing",),
    level: float = 0.9,
) -> pd.DataFrame:
    """Return what each length of notice brings, all lengths meeting the same years.

    Parameters
    ----------
    assumptions
        As `simulation_assumptions.default_simulation_assumptions`.
    notice_days
        Lengths to try, rising, each above 0; 0 is always there.
    years, seed
        As in `simulation_chance.draw_years`.
    measures
        Those taken besides notice.
    level
        Of the intervals (0-1).

    Returns
    -------
    DataFrame, index notice_days (0, …)
        `friction_days`, `on_time`, `account_margin` (means); `supplier_gain`, points more than
        without notice (mean), with `_low` and `_high`; `saved`, what it would be if nothing
        leaked or changed and notice were free; `leak_cost`, `change_cost`, `running_cost`, which
        together lead from `saved` to the gain; `marginal_gain`, points that each further day
        since the length before has brought, with its standard error `marginal_error` (of the
        simulation, years in pairs).

    Raises
    ------
    InputError
        If lengths do not rise from above 0, or as `draw_years`.

    Examples
    --------
    >>> from kamtools.power.simulation_assumptions import default_simulation_assumptions
    >>> curve = notice_curve(default_simulation_assumptions(), notice_days=[15, 30], years=2_000,
    ...                      seed=1)
    >>> curve["friction_days"].round(1).to_dict()
    {0: 33.5, 15: 21.2, 30: 13.6}
    """
    lengths = rising_lengths(notice_days)
    drawn = draw_years(assumptions, years=years, seed=seed)
    never = np.zeros_like(drawn.assumed["leak_per_day"])
    no_leak = _with(drawn, leak_per_day=never)
    no_change = _with(no_leak, plan_change_per_day=never)
    cost = drawn.assumed["advance_notice_cost"]
    ends = [(1 - level) / 2, (1 + level) / 2]
    base = simulate_years(drawn, measures)["supplier_margin"]
    rows: list[dict[str, float]] = []
    before = np.zeros(years)
    for place, days in enumerate(lengths):
        taken = [*measures, "advance_notice"] if days else list(measures)
        outcome = simulate_years(drawn, taken, notice_days=days)
        unleaked, unchanged = (
            simulate_years(other, taken, notice_days=days)["supplier_margin"]
            for other in (no_leak, no_change)
        )
        gain = (outcome["supplier_margin"] - base).to_numpy()
        running = cost.mean() if days else 0.0
        low, high = np.quantile(gain, ends)
        step = days - lengths[place - 1] if place else np.nan
        rows.append(
            {
                "friction_days": outcome["friction_days"].mean(),
                "on_time": outcome["on_time"].mean(),
                "account_margin": outcome["account_margin"].mean(),
                "supplier_gain": gain.mean(),
                "supplier_gain_low": low,
                "supplier_gain_high": high,
                "saved": (unchanged - base).mean() + running,
                "leak_cost": (unleaked - outcome["supplier_margin"]).mean(),
                "change_cost": (unchanged - unleaked).mean(),
                "running_cost": running,
                "marginal_gain": (gain - before).mean() / step,
                "marginal_error": (gain - before).std() / np.sqrt(years) / step,
            }
        )
        before = gain
    return pd.DataFrame(rows, index=pd.Index([0, *notice_days], name="notice_days"))


def best_notice(curve: pd.DataFrame) -> BestNotice:
    """Return which length gains the supplier most, and where more stops helping.

    Parameters
    ----------
    curve
        From `notice_curve`; the answer is as fine as its lengths.

    Examples
    --------
    >>> curve = pd.DataFrame({"supplier_gain": [0.0, 1.0, 1.9, 2.0, 1.5]},
    ...                      index=[0, 10, 20, 30, 40])
    >>> best_notice(curve)
    BestNotice(best_days=30.0, best_gain=2.0, enough_days=20.0, too_long_days=40.0)
    """
    days, gain = curve.index.to_numpy(dtype=float), curve["supplier_gain"].to_numpy()
    place = int(gain.argmax())
    is_enough = gain >= ENOUGH * gain[place]
    falls = np.flatnonzero(~is_enough[place:])
    return BestNotice(
        float(days[place]),
        float(gain[place]),
        float(days[int(is_enough.argmax())]),
        float(days[place + falls[0]]) if len(falls) else float("inf"),
    )


def rising_lengths(notice_days: Sequence[float]) -> list[float]:
    """Return 0 and the lengths of notice to try.

    Parameters
    ----------
    notice_days
        In days, each above the one before, the first above 0.

    Raises
    ------
    InputError
        If there is none, or they do not rise.

    Examples
    --------
    >>> rising_lengths([7, 14])
    [0.0, 7.0, 14.0]
    """
    lengths = [0.0, *map(float, notice_days)]
    if len(lengths) < 2 or not (np.diff(lengths) > 0).all():
        raise InputError("notice_days must rise, each above 0, and hold at least one")
    return lengths


def _with(years: Years, **changed: np.ndarray) -> Years:
    return replace(years, assumed=years.assumed | changed)
