"""The Haohan - Peihui mechanism, made explicit and runnable (E1-E4).

A supplier prepares several steps a year, each of which needs the account's consent. Waiting for
it is friction, and costs both sides. Five measures can be taken: the dated year plan is shared
(reviews get shorter), notice is given (reviews run beside the preparation), the account is sent
a market briefing each month (true evidence moves what it believes, and one that sees its market
tighten reviews faster), the supplier diversifies, or joins a coalition.

The case is one story, told by one side, without figures. The model shows what follows if the
mechanism is as told and the assumptions hold; it does not show that either is so. By assumption
power does not speed up a review: diversifying and coalition move dependence, not friction.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.simulation_belief import belief_path
from kamtools.power.simulation_chance import Floats, Years
from kamtools.power.simulation_review import Reviews, review_steps

MEASURES = ("plan_sharing", "advance_notice", "market_briefing", "diversification", "coalition")
OUTCOMES = ("friction_days", "on_time", "supplier_margin", "account_margin", "power_imbalance",
            "mutual_dependence")  # fmt: skip


def simulate_years(
    years: Years, measures: Sequence[str], *, notice_days: float = 0.0
) -> pd.DataFrame:
    """Return what comes of each year under some measures.

    Parameters
    ----------
    years
        From `simulation_chance.draw_years`.
    measures
        Some of `MEASURES`.
    notice_days
        0 or more; counts only where "advance_notice" is among the measures.

    Returns
    -------
    (n_years, 9)
        `friction_days` (mean wait of a step), `on_time` (share of steps, 0-1), `changed`,
        `leaked` (share of steps), `supplier_margin`, `account_margin` (100: a year in which no
        step waits; the supplier's less the cost of the measures), `power_imbalance` (-1 to 1;
        plus: the account is stronger), `mutual_dependence` (0-2), `tightens` (whether the market
        did).

    Raises
    ------
    InputError
        If a measure is not known or stands twice, or notice is below 0 or endless.

    Examples
    --------
    >>> from kamtools.power.simulation_assumptions import default_simulation_assumptions
    >>> from kamtools.power.simulation_chance import draw_years
    >>> drawn = draw_years(default_simulation_assumptions(), years=2_000, seed=1)
    >>> nothing = simulate_years(drawn, [])
    >>> notice = simulate_years(drawn, ["advance_notice"], notice_days=30)
    >>> bool((notice["on_time"] >= nothing["on_time"]).mean() > 0.99)
    True
    """
    _check(measures, notice_days)
    belief = belief_path(years, is_briefed="market_briefing" in measures)
    reviews = review_steps(
        years,
        belief,
        notice_days=notice_days if "advance_notice" in measures else 0.0,
        is_plan_shared="plan_sharing" in measures,
    )
    on_time = _mean(years, reviews.waiting <= years.assumed["grace_days"])
    supplier, account = _margins(years, reviews, measures)
    supplier_dependence, account_dependence = _dependence(years, on_time, belief[-1], measures)
    return pd.DataFrame(
        {
            "friction_days": _mean(years, reviews.waiting),
            "on_time": on_time,
            "changed": _mean(years, reviews.is_changed),
            "leaked": _mean(years, reviews.is_leaked),
            "supplier_margin": supplier,
            "account_margin": account,
            "power_imbalance": supplier_dependence - account_dependence,
            "mutual_dependence": supplier_dependence + account_dependence,
            "tightens": years.tightens,
        }
    )


def gains_over(outcome: pd.DataFrame, base: pd.DataFrame) -> pd.DataFrame:
    """Return what is won year by year over other measures in the same years.

    Parameters
    ----------
    outcome, base : (n_years, …)
        From `simulate_years` for the same years.

    Returns
    -------
    (n_years, 5)
        `days_saved`, `supplier_gain`, `account_gain` (points), `imbalance_change`,
        `mutual_change`.
    """
    return pd.DataFrame(
        {
            "days_saved": base["friction_days"] - outcome["friction_days"],
            "supplier_gain": outcome["supplier_margin"] - base["supplier_margin"],
            "account_gain": outcome["account_margin"] - base["account_margin"],
            "imbalance_change": outcome["power_imbalance"] - base["power_imbalance"],
            "mutual_change": outcome["mutual_dependence"] - base["mutual_dependence"],
        }
    )


def _check(measures: Sequence[str], notice_days: float) -> None:
    if isinstance(measures, str):
        raise InputError(f"measures must be a list of keys; got the text {measures!r}")
    unknown = [name for name in measures if name not in MEASURES]
    if unknown:
        raise InputError(f"no measure {unknown[0]!r}; known are {', '.join(MEASURES)}")
    if len(set(measures)) < len(measures):
        raise InputError(f"a measure stands twice in {', '.join(measures)}")
    if not 0 <= notice_days < np.inf:
        raise InputError(f"notice_days must be 0 or more; got {notice_days:g}")


def _mean(years: Years, values: np.ndarray) -> Floats:
    """Return the mean over the steps of each year."""
    result: Floats = (values * years.is_step).sum(axis=0) / years.is_step.sum(axis=0)
    return result


def _margins(years: Years, reviews: Reviews, measures: Sequence[str]) -> tuple[Floats, Floats]:
    """Return both sides' margin of each year, in points."""
    assumed = years.assumed
    lost = np.minimum(reviews.waiting / assumed["window_days"], 1.0)
    elsewhere = assumed["diversified_stake"] if "diversification" in measures else 0.0
    kept = (1 - lost * (1 - elsewhere)) * (1 - assumed["leak_loss"] * reviews.is_leaked)
    cost = sum(assumed[f"{name}_cost"] for name in measures)
    supplier = 100 * (1 - assumed["supplier_initiative_share"] * _mean(years, 1 - kept)) - cost
    account = 100 * (1 - assumed["account_initiative_share"] * _mean(years, lost))
    return supplier, account


def _dependence(
    years: Years, on_time: Floats, belief: Floats, measures: Sequence[str]
) -> tuple[Floats, Floats]:
    """Return both sides' dependence at the end of each year: stake × (1 − availability)."""
    assumed = years.assumed
    stake, available = assumed["supplier_stake"], assumed["supplier_availability"]
    if "diversification" in measures:
        stake = stake * (1 - assumed["diversified_stake"])
        available = 1 - (1 - available) * (1 - assumed["diversified_availability"])
    theirs = 1 - (1 - assumed["account_stake"]) * (1 - assumed["joint_stake"] * on_time)
    first = assumed["first_belief"]
    aware = assumed["awareness_effect"] * (belief - first) / (1 - first)
    others = np.minimum(assumed["account_availability"] * (1 - aware), 1.0)
    if "coalition" in measures:
        others = others * (1 - assumed["coalition_effect"])
    return stake * (1 - available), theirs * (1 - others)
