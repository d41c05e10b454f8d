"""Which assumptions decide how much notice pays (E2).

One assumption after the other, the rest held; and all of them drawn at once, which shows in how
many of the cases that the assumptions leave open half a month to a month is enough.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.simulation import simulate_years
from kamtools.power.simulation_assumptions import known_assumptions, replace_assumption
from kamtools.power.simulation_chance import draw_years
from kamtools.power.simulation_notice import (
    ENOUGH,
    ESSAY_DAYS,
    best_notice,
    notice_curve,
    rising_lengths,
)

NOTICE_ASSUMPTIONS = (
    "initiatives_per_year", "preparation_days", "preparation_spread", "relaxed_review_days",
    "review_spread", "plan_sharing_saves", "first_belief", "alert_review_share",
    "plan_change_per_day", "repeat_share", "leak_per_day", "leak_loss", "window_days",
    "supplier_initiative_share",
)  # fmt: skip
"""Those that the best length of notice can depend on."""


def notice_by(
    assumptions: pd.DataFrame,
    name: str,
    values: Sequence[float],
    *,
    notice_days: Sequence[float],
    years: int,
    seed: int,
    measures: Sequence[str] = ("plan_sharing",),
) -> pd.DataFrame:
    """Return which notice pays for each value of one assumption, the others known.

    Parameters
    ----------
    assumptions, notice_days, years, seed, measures
        As in `notice_curve`; every other assumption is held at its value.
    name, values
        The assumption to change, and the values to try.

    Returns
    -------
    (n_values, 7)
        `assumption`, `at` (the value), `best_days`, `enough_days`, `too_long_days`, `best_gain`
        (as `BestNotice`), and `in_essay_range`: whether half a month to a month holds a length
        that brings the share `ENOUGH` of the best gain.

    Raises
    ------
    InputError
        If there is no such assumption, or as `notice_curve`.
    """
    rows = []
    known = known_assumptions(assumptions)
    for value in values:
        changed = replace_assumption(known, name, value)
        curve = notice_curve(changed, notice_days=notice_days, years=years, seed=seed,
                             measures=measures)  # fmt: skip
        best = best_notice(curve)
        good = curve.index[curve["supplier_gain"] >= ENOUGH * best.best_gain]
        is_in = (good >= ESSAY_DAYS[0]) & (good <= ESSAY_DAYS[1])
        rows.append({"assumption": name, "at": float(value), "best_days": best.best_days,
                     "enough_days": best.enough_days, "too_long_days": best.too_long_days,
                     "best_gain": best.best_gain,
                     "in_essay_range": best.best_gain > 0 and bool(is_in.any())})  # fmt: skip
    return pd.DataFrame(rows).astype({"assumption": "str"})


def notice_sensitivity(
    assumptions: pd.DataFrame,
    *,
    notice_days: Sequence[float],
    years: int,
    seed: int,
    measures: Sequence[str] = ("plan_sharing",),
    names: Sequence[str] = NOTICE_ASSUMPTIONS,
) -> pd.DataFrame:
    """Return which notice pays with one assumption after the other at its low and high end.

    Parameters
    ----------
    assumptions, notice_days, years, seed, measures
        As in `notice_by`.
    names
        Assumptions to change.

    Returns
    -------
    (2 × n_names, 7)
        As `notice_by`, the assumption that moves the best length most coming first.
    """
    ends = assumptions.set_index("assumption")[["low", "high"]].T
    table = pd.concat(
        [
            notice_by(assumptions, name, ends[name].tolist(),
                      notice_days=notice_days, years=years, seed=seed, measures=measures)
            for name in names
        ],
        ignore_index=True,
    )  # fmt: skip
    moved = table.groupby("assumption")["best_days"].agg(np.ptp)
    order = table["assumption"].map(moved).sort_values(ascending=False, kind="stable").index
    return table.loc[order].reset_index(drop=True)


def notice_sets(
    assumptions: pd.DataFrame,
    *,
    notice_days: Sequence[float],
    sets: int,
    years: int,
    seed: int,
    measures: Sequence[str] = ("plan_sharing",),
) -> pd.DataFrame:
    """Return which notice pays for whole sets of assumptions, drawn from their triangles.

    Parameters
    ----------
    assumptions, notice_days, seed, measures
        As in `notice_curve`.
    sets
        How many sets to draw, at least 1.
    years
        Simulated for each set.

    Returns
    -------
    (n_sets, …)
        The drawn `NOTICE_ASSUMPTIONS`; `best_days`, `enough_days`, `best_gain` (as
        `BestNotice`, among the lengths tried); `essay_share`, the largest share of the best gain
        that half a month to a month brings (missing where no length gains).

    Raises
    ------
    InputError
        If an assumption or an option is not possible.

    Examples
    --------
    >>> from kamtools.power.simulation_assumptions import default_simulation_assumptions
    >>> found = notice_sets(default_simulation_assumptions(), notice_days=[15, 30, 60], sets=100,
    ...                     years=200, seed=1)
    >>> sorted(found["best_days"].unique().tolist())
    [15.0, 30.0, 60.0]
    """
    if min(sets, years) < 1:
        raise InputError(f"sets and years must be at least 1; got {sets}, {years}")
    lengths = np.array(rising_lengths(notice_days))
    drawn = draw_years(assumptions, years=sets * years, seed=seed, years_alike=years)
    base = simulate_years(drawn, measures)["supplier_margin"].to_numpy()
    gains = np.zeros((len(lengths), sets))
    for place, days in enumerate(lengths[1:], start=1):
        taken = simulate_years(drawn, [*measures, "advance_notice"], notice_days=days)
        gain = taken["supplier_margin"].to_numpy() - base
        gains[place] = gain.reshape(sets, years).mean(axis=1)
    best = gains.max(axis=0)
    is_essay = (lengths >= ESSAY_DAYS[0]) & (lengths <= ESSAY_DAYS[1])
    within = gains[is_essay].max(axis=0, initial=-np.inf)
    table = {name: drawn.assumed[name][::years] for name in NOTICE_ASSUMPTIONS} | {
        "best_days": lengths[gains.argmax(axis=0)],
        "enough_days": lengths[(gains >= ENOUGH * best).argmax(axis=0)],
        "best_gain": best,
        "essay_share": np.divide(within, best, out=np.full(sets, np.nan), where=best > 0),
    }
    return pd.DataFrame(table)


def notice_drivers(found: pd.DataFrame) -> pd.Series:
    """Return how closely the notice that is enough goes with each assumption.

    Parameters
    ----------
    found
        From `notice_sets`.

    Returns
    -------
    Series, index assumption
        Rank correlation of `enough_days` with it over the sets (-1 to 1), the closest first;
        those held at one value are left out.

    Examples
    --------
    >>> found = pd.DataFrame(dict.fromkeys(NOTICE_ASSUMPTIONS, 1.0), index=range(3))
    >>> found = found.assign(relaxed_review_days=[10, 20, 40], enough_days=[15.0, 20.0, 45.0])
    >>> notice_drivers(found).to_dict()
    {'relaxed_review_days': 1.0}
    """
    moved = [name for name in NOTICE_ASSUMPTIONS if found[name].nunique() > 1]
    ranks = found[[*moved, "enough_days"]].rank()
    drivers = ranks[moved].corrwith(ranks["enough_days"])
    return drivers.sort_values(key=abs, ascending=False)
