"""The ladder of measures in the Haohan - Peihui model: what each rung brings, and adds.

All rungs meet the same years, so that what differs between two of them is the measure.
"""

from collections.abc import Mapping, Sequence

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.simulation import MEASURES, OUTCOMES, gains_over, simulate_years
from kamtools.power.simulation_chance import draw_years

LADDER: dict[str, tuple[str, ...]] = {
    "Nothing": (),
    "Plan sharing": MEASURES[:1],
    "+ advance notice": MEASURES[:2],
    "+ monthly briefing": MEASURES[:3],
    "Only diversify": ("diversification",),
    "Only a coalition": ("coalition",),
}
"""Rung -> its measures: three that build on one another, and two instead of them."""


def simulate_ladder(
    assumptions: pd.DataFrame,
    *,
    notice_days: float,
    years: int,
    seed: int,
    ladder: Mapping[str, Sequence[str]] = LADDER,
    level: float = 0.9,
) -> pd.DataFrame:
    """Return the outcomes of each rung, with intervals, all rungs meeting the same years.

    Parameters
    ----------
    assumptions
        As `simulation_assumptions.default_simulation_assumptions`.
    notice_days
        Days of notice on the rungs that give it.
    years, seed
        As in `simulation_chance.draw_years`.
    ladder
        Rung -> some of `MEASURES`. Gains are against the first rung.
    level
        Of the intervals (0-1): this share of years lies between their ends, which hold what
        chance brings and what is not known of the assumptions.

    Returns
    -------
    (n_rungs, …)
        `rung`, `measures`; means of `OUTCOMES`, each with `_low` and `_high`; `days_saved`,
        `supplier_gain` and `account_gain`, days less and points more than on the first rung in
        the same year, with `_low` and `_high`; `p_supplier_gains`, `p_account_gains` (0-1), the
        share of years with more.

    Raises
    ------
    InputError
        If an assumption, a measure or an option is not possible.

    Examples
    --------
    >>> from kamtools.power.simulation_assumptions import default_simulation_assumptions
    >>> ladder = simulate_ladder(default_simulation_assumptions(), notice_days=21, years=2_000,
    ...                          seed=1)
    >>> ladder["friction_days"].round().astype(int).tolist()[:2]
    [42, 34]
    """
    outcomes = _rungs(assumptions, ladder, notice_days, years, seed, level)
    first = next(iter(outcomes.values()))
    rows: list[dict[str, object]] = []
    for rung, outcome in outcomes.items():
        gains = gains_over(outcome, first)[["days_saved", "supplier_gain", "account_gain"]]
        row: dict[str, object] = {"rung": rung, "measures": "; ".join(ladder[rung])}
        row |= _with_intervals(pd.concat([outcome[list(OUTCOMES)], gains], axis=1), level)
        row |= {
            f"p_{side}_gains": float((gains[f"{side}_gain"] > 0).mean())
            for side in ("supplier", "account")
        }
        rows.append(row)
    return pd.DataFrame(rows).astype({"rung": "str", "measures": "str"})


def ladder_additions(
    assumptions: pd.DataFrame,
    *,
    notice_days: float,
    years: int,
    seed: int,
    ladder: Mapping[str, Sequence[str]] = LADDER,
    level: float = 0.9,
) -> pd.DataFrame:
    """Return what each rung adds to the one it builds on, in the same years.

    Parameters
    ----------
    assumptions, notice_days, years, seed, ladder, level
        As in `simulate_ladder`. A rung builds on the last one above it whose measures it has.

    Returns
    -------
    (n_rungs, …)
        For all rungs that build on another: `rung`, `builds_on`; `days_saved`, `supplier_gain`,
        `account_gain`, and `imbalance_change`, `mutual_change`, each with `_low` and `_high`.

    Raises
    ------
    InputError
        As `simulate_ladder`.

    Examples
    --------
    >>> from kamtools.power.simulation_assumptions import default_simulation_assumptions
    >>> added = ladder_additions(default_simulation_assumptions(), notice_days=21, years=500,
    ...                          seed=1)
    >>> added["builds_on"].tolist()
    ['Nothing', 'Plan sharing', '+ advance notice', 'Nothing', 'Nothing']
    """
    outcomes = _rungs(assumptions, ladder, notice_days, years, seed, level)
    names = list(outcomes)
    rows: list[dict[str, object]] = []
    for place, rung in enumerate(names):
        above = [name for name in names[:place] if set(ladder[name]) <= set(ladder[rung])]
        if above:
            gains = gains_over(outcomes[rung], outcomes[above[-1]])
            rows.append({"rung": rung, "builds_on": above[-1], **_with_intervals(gains, level)})
    return pd.DataFrame(rows).astype({"rung": "str", "builds_on": "str"})


def _rungs(
    assumptions: pd.DataFrame, ladder: Mapping[str, Sequence[str]], notice_days: float,
    years: int, seed: int, level: float,
) -> dict[str, pd.DataFrame]:  # fmt: skip
    """Return the years of each rung."""
    if not ladder or not 0 < level < 1:
        raise InputError("a ladder needs a rung, and a level above 0 and below 1")
    drawn = draw_years(assumptions, years=years, seed=seed)
    return {
        rung: simulate_years(drawn, measures, notice_days=notice_days)
        for rung, measures in ladder.items()
    }


def _with_intervals(values: pd.DataFrame, level: float) -> dict[str, float]:
    """Return the mean of each column, and the ends between which that share of years lies."""
    ends = values.quantile([(1 - level) / 2, (1 + level) / 2]).to_numpy()
    row: dict[str, float] = {}
    for name, mean, low, high in zip(values, values.mean(), *ends, strict=True):
        row |= {str(name): float(mean), f"{name}_low": float(low), f"{name}_high": float(high)}
    return row
