"""What forecasts of the past were worth: the same rule, tried at earlier dates.

At each earlier date the rule sees what was known then, and what followed is known now. From
these trials come the probability that a silent account returns, the correction for young
accounts, and the intervals (see `intervals`). Nothing after the end of the history is used.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.ledger import MIN_COSTED_SHARE
from kamtools.selection.history import (
    MONTHS_PER_YEAR,
    as_known_earlier,
    months_known,
)

MIN_MONTHS = 6
MOST_TRIALS = 6


@dataclass(frozen=True)
class Trial:
    """What was known at an earlier date, and what followed.

    Attributes
    ----------
    past : history as it was known then
    followed : (n_accounts of `past`,), index account_id
        `revenue` and `margin` (money; NaN where the cost of less than nine tenths is known)
        and `has_ordered` (bool) of the months that followed.
    months_ago, horizon_months
    """

    past: pd.DataFrame
    followed: pd.DataFrame
    months_ago: int
    horizon_months: int


def earlier_trials(history: pd.DataFrame, *, horizon_months: int) -> list[Trial]:
    """Return trials at earlier dates, the latest first.

    Each looks `horizon_months` ahead; they lie half a horizon apart, six at most, with a
    year known before each. Where the history is too short for one such trial, a single one
    looks ahead as far as a year before it allows, or else over the history's second half.

    Parameters
    ----------
    history : from `purchases.purchase_history`
    horizon_months : 1 or more

    Raises
    ------
    InputError
        If the history covers less than six whole months.

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> earlier_trials(example_history(), horizon_months=1)
    Traceback (most recent call last):
    kamtools.errors.InputError: a forecast needs at least 6 whole months of history; got 4
    """
    horizon = trial_horizon(history, horizon_months=horizon_months)
    months = months_known(history)
    before = min(MONTHS_PER_YEAR, months - horizon)
    starts = range(horizon, months - before + 1, max(1, horizon // 2))[:MOST_TRIALS]
    return [_trial(history, months_ago, horizon) for months_ago in starts]


def trial_horizon(history: pd.DataFrame, *, horizon_months: int) -> int:
    """Return how many months ahead a trial can look, at most `horizon_months`.

    Raises
    ------
    InputError
        If the history covers less than six whole months.
    """
    months = months_known(history)
    if months < MIN_MONTHS:
        raise InputError(
            f"a forecast needs at least {MIN_MONTHS} whole months of history; got {months}"
        )
    return min(horizon_months, max(months - MONTHS_PER_YEAR, months // 2))


def _trial(history: pd.DataFrame, months_ago: int, horizon: int) -> Trial:
    past = as_known_earlier(history, months_ago)
    back = history["months_back"]
    later = history[(back < months_ago) & (back >= months_ago - horizon)]
    sums = later.groupby("account_id")[["revenue", "costed", "margin", "orders"]].sum()
    accounts = pd.Index(np.sort(past["account_id"].unique()), name="account_id")
    sums = sums.reindex(accounts, fill_value=0.0)
    is_costed = sums["costed"] >= MIN_COSTED_SHARE * sums["revenue"]
    rate = (sums["margin"] / sums["costed"]).where(sums["costed"] > 0, 0.0)
    followed = pd.DataFrame(
        {
            "revenue": sums["revenue"],
            "margin": (rate * sums["revenue"]).where(is_costed),
            "has_ordered": sums["orders"] > 0,
        }
    )
    return Trial(past, followed, months_ago, horizon)
