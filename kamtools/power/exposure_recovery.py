"""How the loss of an account runs over the months, and when the firm has refilled it.

The account may go in stages. What has gone is refilled evenly over the months to refill, up to
the share that can be refilled at all. Every input has low, middle and high (triangular draws);
how the refilling runs, a straight line, is an assumption.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.errors import InputError
from kamtools.wording import money, percent

Floats = NDArray[np.float64]

INPUTS = ("margin", "months_to_refill", "refill_share", "fixed_saved", "write_off")
"""Inputs of `simulate_recovery`: contribution a year; months; share 0-1; money a year that can
be saved once all has gone; money once, when the first stage goes."""


def missing_margin(
    stages: pd.Series, *, months: int, months_to_refill: Floats, refill_share: Floats
) -> Floats:
    """Return the share of the account's margin that is missing in each month.

    Parameters
    ----------
    stages : index month (0, 1, ...)
        Share (0-1) of the account's business that goes at the start of that month.
    months
        How many months to look ahead.
    months_to_refill, refill_share : (draws,)
        Months (above 0), and the share (0-1) that is refilled in the end.

    Returns
    -------
    (draws, months)

    Examples
    --------
    >>> missing_margin(pd.Series({0: 1.0}), months=4, months_to_refill=np.array([2.0]),
    ...                refill_share=np.array([1.0]))
    array([[1. , 0.5, 0. , 0. ]])
    """
    month = np.arange(months, dtype=float)
    since = month[None, :] - stages.index.to_numpy(dtype=float)[:, None]
    part = np.where(since >= 0, stages.to_numpy(dtype=float)[:, None], 0.0)
    refilled = np.clip(
        np.maximum(since, 0)[None] / months_to_refill[:, None, None], 0, 1
    )  # (draws, stages, months)
    result: Floats = (part[None] * (1 - refill_share[:, None, None] * refilled)).sum(axis=1)
    return result


def simulate_recovery(
    inputs: pd.DataFrame,
    *,
    stages: pd.Series,
    months: int,
    draws: int,
    seed: int,
    cash: float | None = None,
    profit_per_year: float | None = None,
    level: float = 0.9,
) -> pd.DataFrame:
    """Return the missing margin, its sum and the cash for each month, with an interval.

    Parameters
    ----------
    inputs : index the names in `INPUTS`
        `low`, `middle`, `high`.
    stages
        As in `missing_margin`; sums to at most 1.
    months, draws, seed
        Months ahead, number of draws, seed of the draws.
    cash, profit_per_year
        Cash today, and profit before the loss; None if not known: then cash is missing.
    level
        Of the interval (0-1).

    Returns
    -------
    DataFrame, index month
        `missing`, `loss` (of the month, less what is saved, plus the write-off),
        `cumulative_loss`, `cash`, each with `_low` and `_high`; `p_cash_gone` (0-1), that the
        cash has run out by the end of the month.

    Raises
    ------
    InputError
        If inputs or stages are out of their range.

    Examples
    --------
    >>> inputs = pd.DataFrame({"low": [120, 10, 1, 0, 0], "middle": [120, 10, 1, 0, 0],
    ...                        "high": [120, 10, 1, 0, 0]}, index=list(INPUTS))
    >>> course = simulate_recovery(inputs, stages=pd.Series({0: 1.0}), months=12, draws=1,
    ...                            seed=1)
    >>> round(float(course["cumulative_loss"].iloc[-1]), 6)
    55.0
    """
    _check(inputs, stages, months, draws, level)
    rng = np.random.default_rng(seed)
    drawn = {name: triangular(rng, ends_of(inputs, name), draws) for name in INPUTS}
    missing = missing_margin(
        stages, months=months, months_to_refill=drawn["months_to_refill"],
        refill_share=drawn["refill_share"],
    )  # fmt: skip
    loss = missing * (drawn["margin"] - drawn["fixed_saved"])[:, None] / 12
    first = int(stages.index.min())
    if first < months:
        loss[:, first] += drawn["write_off"]
    total = loss.cumsum(axis=1)
    unknown = cash is None or profit_per_year is None
    earned = np.nan if unknown else (profit_per_year or 0.0) * np.arange(1, months + 1) / 12
    left = (np.nan if cash is None else cash) + earned - total
    columns: dict[str, Floats] = {}
    for name, values in (("missing", missing), ("loss", loss), ("cumulative_loss", total),
                         ("cash", left)):  # fmt: skip
        low, middle, high = np.quantile(values, [(1 - level) / 2, 0.5, (1 + level) / 2], axis=0)
        columns |= {f"{name}_low": low, name: middle, f"{name}_high": high}
    gone = np.minimum.accumulate(left, axis=1) < 0
    columns["p_cash_gone"] = np.full(months, np.nan) if unknown else gone.mean(axis=0)
    return pd.DataFrame(columns, index=pd.RangeIndex(months, name="month"))


def cash_months(course: pd.DataFrame, *, at: float = 0.5) -> float:
    """Return after how many months the cash has run out with probability `at`.

    Infinity if that does not happen in the months looked at; NaN if cash is not known.

    Examples
    --------
    >>> cash_months(pd.DataFrame({"p_cash_gone": [0.0, 0.2, 0.7]}))
    3.0
    """
    chance = course["p_cash_gone"]
    if chance.isna().all():
        return float("nan")
    is_gone = (chance >= at).to_numpy()
    return float(is_gone.argmax() + 1) if is_gone.any() else float("inf")


def recovery_words(course: pd.DataFrame, *, currency: str = "") -> str:
    """Return the course in words.

    Parameters
    ----------
    course
        From `simulate_recovery`.
    currency
        Stands before amounts.

    Examples
    --------
    >>> course = pd.DataFrame({"cumulative_loss_low": [1000.0], "cumulative_loss": [2000.0],
    ...                        "cumulative_loss_high": [3000.0], "p_cash_gone": [np.nan]})
    >>> recovery_words(course)
    'Over 1 month the loss adds up to about 2,000 (1,000 to 3,000). Cash is not given.'
    """
    last = course.iloc[-1]
    low, middle, high = (last[f"cumulative_loss{end}"] for end in ("_low", "", "_high"))
    months = cash_months(course)
    said = f"In half of the draws cash runs out within {months:.0f} months."
    if np.isnan(months):
        said = "Cash is not given."
    elif np.isinf(months):
        said = f"Cash runs out in {percent(last['p_cash_gone'])} of the draws."
    span = f"{len(course)} month{'' if len(course) == 1 else 's'}"
    return (
        f"Over {span} the loss adds up to about {money(middle, currency)} ({money(low)} to "
        f"{money(high)}). {said}"
    )


def ends_of(inputs: pd.DataFrame, name: str) -> tuple[float, float, float]:
    """Return low, middle and high of one input.

    Examples
    --------
    >>> ends_of(pd.DataFrame({"low": [1], "middle": [2], "high": [4]}, index=["a"]), "a")
    (1.0, 2.0, 4.0)
    """
    row = inputs.index == name
    low, middle, high = (float(inputs.loc[row, end].iloc[0]) for end in ("low", "middle", "high"))
    return low, middle, high


def triangular(rng: np.random.Generator, ends: tuple[float, float, float], draws: int) -> Floats:
    """Return draws between low and high, most often near the middle.

    Examples
    --------
    >>> triangular(np.random.default_rng(1), (2, 2, 2), 2)
    array([2., 2.])
    """
    low, middle, high = ends
    return rng.triangular(low, middle, high, draws) if low < high else np.full(draws, float(middle))


def check_triples(inputs: pd.DataFrame, names: tuple[str, ...], *, what: str) -> None:
    """Refuse inputs in which a name, or the order low ≤ middle ≤ high, is missing."""
    lacking = [name for name in names if name not in inputs.index]
    columns = [name for name in ("low", "middle", "high") if name not in inputs]
    if lacking or columns:
        raise InputError(f"{what} need {', '.join(lacking + columns)}")
    for name in names:
        low, middle, high = ends_of(inputs, name)
        if not (np.isfinite([low, middle, high]).all() and low <= middle <= high):
            raise InputError(f"{name} needs low ≤ middle ≤ high; got {low}, {middle}, {high}")


def _check(inputs: pd.DataFrame, stages: pd.Series, months: int, draws: int, level: float) -> None:
    check_triples(inputs, INPUTS, what="inputs of the recovery")
    if ends_of(inputs, "months_to_refill")[0] <= 0:
        raise InputError("months_to_refill must be above 0")
    least, _, most = ends_of(inputs, "refill_share")
    if least < 0 or most > 1:
        raise InputError("refill_share must be from 0 to 1")
    if stages.empty or (stages < 0).any() or stages.sum() > 1 + 1e-9 or (stages.index < 0).any():
        raise InputError("stages need months from 0 and shares of at least 0 that sum to at most 1")
    if months < 1 or draws < 1 or not 0 < level < 1:
        raise InputError("months and draws must be at least 1, level between 0 and 1")
