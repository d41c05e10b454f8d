"""How many managers the hours need, with a range.

The hours of all accounts over the hours that a manager has for accounts; a limit of accounts
for each may ask for more.
"""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.workload import ASSUMPTIONS

Floats = npt.NDArray[np.float64]

DRAWS = 4000
RANGE = (0.05, 0.95)
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Headcount:
    """Managers that a workload needs.

    Attributes
    ----------
    n_accounts
        Accounts to be looked after.
    workload_hours, workload_low, workload_high
        Hours a year, with the range of 90 % of the draws.
    fte, fte_low, fte_high
        Managers by hours, in full-time equivalents.
    span
        Accounts for each full-time equivalent.
    managers
        Whole people: enough for the hours, and for no more than `max_span` accounts each.
    managers_low, managers_high
        The same at the ends of the range.
    set_by
        "hours" or "span": what asks for so many.
    assumed_share
        Part of the hours that rests on assumptions, 0-1.
    """

    n_accounts: int
    workload_hours: float
    workload_low: float
    workload_high: float
    fte: float
    fte_low: float
    fte_high: float
    span: float
    managers: int
    managers_low: int
    managers_high: int
    set_by: str
    assumed_share: float


def headcount(
    table: pd.DataFrame,
    *,
    hours_per_year: float,
    share_for_accounts: float,
    seed: int,
    share_range: tuple[float, float] | None = None,
    max_span: float | None = None,
    draws: int = DRAWS,
) -> Headcount:
    """Return how many managers the accounts need, with a range.

    Parameters
    ----------
    table : at least one account
        `tier`, `hours`, `hours_low`, `hours_high`, `source`, from `workload.workload`. A low or
        high that is missing is taken as the hours themselves.
    hours_per_year : above 0
        Hours that one manager works.
    share_for_accounts : above 0, up to 1
        Part of them that goes to accounts.
    seed
        Of the draws.
    share_range : (low, high), around the share
        Its least and most; the share is taken as known if None.
    max_span : above 0
        Accounts that one manager may have at the most; no limit if None.
    draws
        How many.

    Raises
    ------
    InputError
        If there is no account, or a number is out of its range.

    Notes
    -----
    N = sum_i h_i / (H u). Each draw takes hours and share from triangles (low, value, high).
    Accounts of one tier whose hours are assumed move together, since one assumption is wrong
    for all of them at once; accounts with a log move each on its own.

    Examples
    --------
    >>> tiers = ["strategic"] * 6 + ["star"] * 5 + ["status"] * 8 + ["streamline"] * 11
    >>> hours = pd.Series(tiers).map({"strategic": 420, "star": 300, "status": 160,
    ...                               "streamline": 60})
    >>> table = pd.DataFrame({"tier": tiers, "hours": hours, "hours_low": hours,
    ...                       "hours_high": hours, "source": "assumptions"})
    >>> need = headcount(table, hours_per_year=1760, share_for_accounts=0.7, seed=1)
    >>> need.workload_hours, round(need.fte, 2), round(need.span, 1), need.managers
    (5960.0, 4.84, 6.2, 5)
    """
    low_share, high_share = (share_for_accounts,) * 2 if share_range is None else share_range
    _check(table, hours_per_year, (low_share, share_for_accounts, high_share), max_span)
    hours = table["hours"].to_numpy(dtype=float)
    low = table["hours_low"].fillna(table["hours"]).to_numpy(dtype=float)
    high = table["hours_high"].fillna(table["hours"]).to_numpy(dtype=float)
    rng = np.random.default_rng(seed)
    chance = rng.random((draws, len(table)))
    assumed = (table["source"] == ASSUMPTIONS).to_numpy()
    tier = pd.factorize(table["tier"])[0]
    chance[:, assumed] = rng.random((draws, tier.max() + 1))[:, tier[assumed]]
    totals = triangle(chance, low, hours, high).sum(axis=1)
    shares = triangle(rng.random(draws), low_share, share_for_accounts, high_share)
    workload_low, workload_high = np.quantile(totals, RANGE)
    fte_low, fte_high = np.quantile(totals / (hours_per_year * shares), RANGE)
    total = float(hours.sum())
    fte = total / float(hours_per_year * share_for_accounts)
    by_span = 0.0 if max_span is None else len(table) / max_span
    people, fewest, most = (_whole(max(need, by_span)) for need in (fte, fte_low, fte_high))
    return Headcount(
        n_accounts=len(table),
        workload_hours=total,
        workload_low=float(workload_low),
        workload_high=float(workload_high),
        fte=fte,
        fte_low=float(fte_low),
        fte_high=float(fte_high),
        span=len(table) / fte if fte > 0 else float("inf"),
        managers=people,
        managers_low=fewest,
        managers_high=most,
        set_by="span" if _whole(by_span) > _whole(fte) else "hours",
        assumed_share=float(hours[assumed].sum() / total) if total > 0 else 0.0,
    )


def triangle(
    chance: Floats, low: Floats | float, mode: Floats | float, high: Floats | float
) -> Floats:
    """Return the quantiles of triangular distributions; a point where low is high.

    Examples
    --------
    >>> triangle(np.array([0.0, 0.5, 1.0]), 10.0, 20.0, 30.0).tolist()
    [10.0, 20.0, 30.0]
    """
    width = np.subtract(high, low)
    safe = np.where(width > 0, width, 1.0)
    turn = np.subtract(mode, low) / safe
    rising = low + np.sqrt(chance * safe * np.subtract(mode, low))
    falling = high - np.sqrt((1 - chance) * safe * np.subtract(high, mode))
    quantile: Floats = np.where(width > 0, np.where(chance < turn, rising, falling), mode)
    return quantile


def describe_headcount(need: Headcount) -> str:
    """Return in words how many managers are needed, how sure that is, and what sets it.

    Parameters
    ----------
    need
        From `headcount`.

    Examples
    --------
    >>> need = Headcount(30, 5960.0, 4900.0, 7300.0, 4.84, 3.9, 6.1, 6.2, 5, 4, 7, "hours", 1.0)
    >>> print(describe_headcount(need))
    30 accounts need 4.84 full-time managers (3.9 to 6.1), 6.2 accounts each: 5 people.
    All hours rest on assumptions that you should confirm.
    """
    text = (
        f"{need.n_accounts:,} account{' needs' if need.n_accounts == 1 else 's need'} "
        f"{need.fte:.2f} full-time managers ({need.fte_low:.1f} to {need.fte_high:.1f}), "
        f"{need.span:.1f} accounts each: {_people(need.managers)}"
    )
    text += ", as the limit of accounts for each asks." if need.set_by == "span" else "."
    if need.assumed_share > 1 - _ROUNDING:
        text += " All hours rest on assumptions that you should confirm."
    elif need.assumed_share > 0:
        text += f" {100 * need.assumed_share:.0f} % of the hours rest on assumptions."
    return text


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _whole(need: float) -> int:
    return math.ceil(need - _ROUNDING)


def _check(
    table: pd.DataFrame,
    hours_per_year: float,
    shares: tuple[float, float, float],
    max_span: float | None,
) -> None:
    if table.empty:
        raise InputError("headcount needs at least one account; got none")
    hours = table[["hours_low", "hours", "hours_high"]].to_numpy(dtype=float)
    if not (np.isfinite(hours[:, 1]) & (hours[:, 1] >= 0)).all():
        wrong = table.index[int((~(np.isfinite(hours[:, 1]) & (hours[:, 1] >= 0))).argmax())]
        raise InputError(
            f"hours must be numbers of at least 0; got {table.at[wrong, 'hours']!s} for {wrong!s}"
        )
    if ((hours[:, 0] > hours[:, 1]) | (hours[:, 2] < hours[:, 1])).any():
        raise InputError("hours_low and hours_high must stand on either side of hours")
    if not (np.isfinite(hours_per_year) and hours_per_year > 0):
        raise InputError(f"hours_per_year must be a number above 0; got {hours_per_year}")
    low, share, high = shares
    if not 0 < low <= share <= high <= 1:
        raise InputError(
            "share_for_accounts must be above 0 and up to 1, within its range; got "
            f"{share} in ({low}, {high})"
        )
    if max_span is not None and not max_span > 0:
        raise InputError(f"max_span must be above 0; got {max_span}")
