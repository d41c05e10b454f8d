"""What a stop of deliveries, or a delisting, costs both sides day by day, and who gives in.

A day's purchases of the account from the supplier are 100 (or money). The account sells from
stock first. Once the shelf is empty a share of the shoppers buys the brand in another store,
where the supplier earns its margin again and the account loses the rest of their basket too; of
the others, a share takes a substitute in the same store. A side gives in on the first day on
which it has lost more than its limit, which is what it can lose at most for the sake of what is
disputed. That rule, and even losses from day to day, are assumptions.
"""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kamtools.errors import InputError
from kamtools.power.exposure_recovery import check_triples, ends_of, triangular

Floats = NDArray[np.float64]

SHARES = ("switch_share", "substitute_share", "supplier_margin", "account_margin",
          "substitute_margin", "basket_margin")  # fmt: skip
INPUTS = (*SHARES, "stock_days", "basket", "purchases", "disputed", "supplier_patience",
          "account_patience")  # fmt: skip
"""`purchases` a day, in money. `stock_days`: days that the account's shelf stays full.
`switch_share`: of the brand's shoppers, who buy it in another store. `substitute_share`: of
those who stay, who buy something else. `supplier_margin`, `account_margin`,
`substitute_margin`: as a share of `purchases`. `basket`: what goes with a switcher, as a
multiple of the brand's purchases; `basket_margin`: the account's margin on it. `disputed`: price
difference (share of a year's purchases). `supplier_patience`, `account_patience`: for how many
years of the disputed money a side would fight."""


def daily_losses(drawn: dict[str, Floats], *, days: int) -> tuple[Floats, Floats]:
    """Return what supplier and account lose each day, if the stop goes on.

    Parameters
    ----------
    drawn
        Name in `INPUTS` -> (draws,).
    days
        How many days to look at.

    Returns
    -------
    supplier, account : (draws, days)

    Notes
    -----
    Supplier: m_S q (1 − s) with s the switchers, none while the shelf is full. Account, from the
    empty shelf on: q [m_B − (1 − s) r m_R + s k m_K], r the substitution, k the basket.
    A gain of the account, if its substitutes earn more, stands as a negative loss.
    """
    day = np.arange(days, dtype=float)[None, :]
    d = {name: values[:, None] for name, values in drawn.items()}
    is_empty = np.clip(day + 1 - d["stock_days"], 0, 1)  # part of the day without the brand
    switch = d["switch_share"]
    supplier = d["purchases"] * d["supplier_margin"] * (1 - switch * is_empty)
    kept = (1 - switch) * d["substitute_share"] * d["substitute_margin"]
    basket = switch * d["basket"] * d["basket_margin"]
    account = d["purchases"] * is_empty * (d["account_margin"] - kept + basket)
    return supplier, account


def simulate_stop(
    inputs: pd.DataFrame, *, days: int, draws: int, seed: int, level: float = 0.9
) -> pd.DataFrame:
    """Return both sides' losses by day, with intervals, and who has given in by then.

    Parameters
    ----------
    inputs : index the names in `INPUTS`
        `low`, `middle`, `high`.
    days, draws, seed
        Days to look at, number of draws, seed of the draws.
    level
        Of the intervals (0-1).

    Returns
    -------
    DataFrame, index day (1, 2, ...)
        `supplier_loss`, `account_loss`: summed up to the end of the day, each with `_low` and
        `_high`; `supplier_limit`, `account_limit` (medians); `p_supplier_first`,
        `p_account_first`, `p_open` (0-1): who has given in first by then, or nobody. On the
        same day each counts half. `attrs["length"]` holds low, middle and high of the length
        in days, `days + 1` standing for "longer".

    Raises
    ------
    InputError
        If an input is missing, out of order or out of its range.

    Examples
    --------
    >>> points = {name: 0.0 for name in INPUTS} | {"purchases": 100, "supplier_margin": 0.4,
    ...     "account_margin": 0.2, "disputed": 0.01, "supplier_patience": 1,
    ...     "account_patience": 1}
    >>> inputs = pd.DataFrame({end: points for end in ("low", "middle", "high")})
    >>> course = simulate_stop(inputs, days=30, draws=1, seed=1)
    >>> course.loc[10, ["supplier_loss", "account_loss", "p_supplier_first"]].tolist()
    [400.0, 200.0, 1.0]
    """
    check_stop(inputs)
    if days < 1 or draws < 1 or not 0 < level < 1:
        raise InputError("days and draws must be at least 1, level between 0 and 1")
    rng = np.random.default_rng(seed)
    drawn = {name: triangular(rng, ends_of(inputs, name), draws) for name in INPUTS}
    lost = [part.cumsum(axis=1) for part in daily_losses(drawn, days=days)]
    disputed = 365 * drawn["purchases"] * drawn["disputed"]
    limits = [disputed * drawn[f"{side}_patience"] for side in ("supplier", "account")]
    ends = [(1 - level) / 2, 0.5, (1 + level) / 2]
    columns: dict[str, Floats] = {}
    for side, values in zip(("supplier", "account"), lost, strict=True):
        low, middle, high = np.quantile(values, ends, axis=0)
        columns |= {f"{side}_loss_low": low, f"{side}_loss": middle, f"{side}_loss_high": high}
    for side, limit in zip(("supplier", "account"), limits, strict=True):
        columns[f"{side}_limit"] = np.full(days, np.median(limit))
    supplier_day, account_day = (
        _first_day(values, limit) for values, limit in zip(lost, limits, strict=True)
    )
    length = np.minimum(supplier_day, account_day)
    tie = 0.5 * (supplier_day == account_day)
    by_day = length[:, None] <= np.arange(1, days + 1)[None, :]
    for side, first in (
        ("supplier", (supplier_day < account_day) + tie),
        ("account", (account_day < supplier_day) + tie),
    ):
        columns[f"p_{side}_first"] = (first[:, None] * by_day).mean(axis=0)
    columns["p_open"] = 1 - by_day.mean(axis=0)
    course = pd.DataFrame(columns, index=pd.RangeIndex(1, days + 1, name="day"))
    spread = np.quantile(length, ends)
    course.attrs["length"] = dict(zip(("low", "middle", "high"), spread.tolist(), strict=True))
    return course


def crossing_day(course: pd.DataFrame) -> float:
    """Return the first day on which the account has lost more than the supplier; or infinity.

    Examples
    --------
    >>> crossing_day(pd.DataFrame({"supplier_loss": [4, 8], "account_loss": [0, 9]},
    ...                           index=[1, 2]))
    2.0
    """
    is_over = (course["account_loss"] > course["supplier_loss"]).to_numpy()
    return float(course.index[int(is_over.argmax())]) if is_over.any() else float("inf")


def stop_words(course: pd.DataFrame, *, supplier: str, account: str) -> str:
    """Return the course of the stop in words.

    Examples
    --------
    >>> course = pd.DataFrame({"supplier_loss": [4, 8], "account_loss": [0, 9], "p_open": 0.2,
    ...     "p_supplier_first": [0.1, 0.5], "p_account_first": [0.0, 0.3]}, index=[1, 2])
    >>> stop_words(course, supplier="Harbour", account="Chain")[:56]
    'By day 2: Harbour gives in first in 50 % of the draws, C'
    """
    last, day = course.iloc[-1], crossing_day(course)
    cross = (
        f"From day {day:.0f} on {account} has lost more."
        if np.isfinite(day)
        else f"{account} has not lost more at any time."
    )
    return (
        f"By day {course.index[-1]}: {supplier} gives in first in "
        f"{100 * last['p_supplier_first']:.0f} % of the draws, {account} in "
        f"{100 * last['p_account_first']:.0f} %, neither in {100 * last['p_open']:.0f} %. {cross}"
    )


def check_stop(inputs: pd.DataFrame) -> None:
    """Refuse inputs of a stop that are missing, out of order or out of their range."""
    check_triples(inputs, INPUTS, what="inputs of the stop")
    for name in INPUTS:
        low, _, high = ends_of(inputs, name)
        if low < 0 or (name in SHARES and high > 1):
            raise InputError(f"{name} must be {'from 0 to 1' if name in SHARES else '0 or more'}")
    if ends_of(inputs, "purchases")[0] <= 0:
        raise InputError("purchases must be above 0")


def _first_day(lost: Floats, limit: Floats) -> Floats:
    over = lost > limit[:, None]
    return np.where(over.any(axis=1), over.argmax(axis=1) + 1.0, lost.shape[1] + 1.0)
