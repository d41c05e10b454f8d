"""The past dates at which a back-test chooses, and the horizons at which it looks.

A horizon of h months looks at the year that ends h months after the date: 24 is the second
year, 72 the sixth. One of up to 12 months looks at all months up to it. So what comes late
is not hidden behind what came soon.
"""

import datetime
from collections.abc import Sequence

import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.history import MONTHS_PER_YEAR, months_known
from kamtools.wording import listing

HORIZONS = (3, 6, 12, 24, 36, 48, 60, 72)
KNOWN_MONTHS = 12
LEAST_KNOWN_MONTHS = 6
MOST_DATES = 8


def period_name(horizon_months: int) -> str:
    """Return what a horizon looks at, in words.

    Examples
    --------
    >>> [period_name(horizon) for horizon in (3, 12, 24, 30)]
    ['next 3 months', 'year 1', 'year 2', 'months 19 to 30']
    """
    if horizon_months == 1:
        return "next month"
    if horizon_months < MONTHS_PER_YEAR:
        return f"next {horizon_months} months"
    if horizon_months % MONTHS_PER_YEAR == 0:
        return f"year {horizon_months // MONTHS_PER_YEAR}"
    return f"months {horizon_months - MONTHS_PER_YEAR + 1} to {horizon_months}"


def window_months(horizon_months: int) -> int:
    """Return how many months up to the end of a horizon are looked at.

    Examples
    --------
    >>> window_months(3), window_months(24)
    (3, 12)
    """
    return min(horizon_months, MONTHS_PER_YEAR)


def past_dates(
    months: int, *, horizons_months: Sequence[int] = HORIZONS, most_dates: int = MOST_DATES
) -> list[int]:
    """Return how many months ago the lists are made, evenly spread, the latest first.

    With a year known before each; where that leaves nothing to look at, half a year.

    Parameters
    ----------
    months : whole months of the history
    horizons_months : 1 or more each
    most_dates : 1 or more

    Returns
    -------
    list
        Empty where the history is shorter than half a year and the shortest horizon.

    Examples
    --------
    >>> past_dates(36), past_dates(12), past_dates(8)
    ([3, 6, 9, 12, 15, 18, 21, 24], [3, 4, 5, 6], [])
    """
    shortest = min(check_horizons(horizons_months))
    if most_dates < 1:
        raise InputError(f"most_dates must be 1 or more; got {most_dates}")
    known = KNOWN_MONTHS if months - KNOWN_MONTHS >= shortest else LEAST_KNOWN_MONTHS
    longest = months - known
    step = max(1, -(-(longest - shortest + 1) // most_dates))
    return sorted(range(longest, shortest - 1, -step))


def check_horizons(horizons_months: Sequence[int]) -> list[int]:
    """Return the horizons in order, or refuse them.

    Raises
    ------
    InputError
        If there is none, or one is not a whole number of 1 or more.

    Examples
    --------
    >>> check_horizons((12, 3))
    [3, 12]
    """
    wrong = [h for h in horizons_months if isinstance(h, bool) or not isinstance(h, int) or h < 1]
    if wrong or not len(horizons_months):
        raise InputError(
            "horizons_months must be whole numbers of 1 or more, such as (3, 12); got "
            f"{listing([repr(h) for h in wrong]) or 'none'}"
        )
    return sorted(set(horizons_months))


def check_dates(months_ago: Sequence[int], months: int, *, shortest: int) -> list[int]:
    """Return the dates asked for in order, or refuse them.

    Parameters
    ----------
    months_ago : whole months before the end of the history
    months : whole months of the history
    shortest : the shortest horizon, in months

    Raises
    ------
    InputError
        If there is none, one leaves nothing to look at, or less than half a year is known
        before it.

    Examples
    --------
    >>> check_dates([12, 6], 24, shortest=3)
    [6, 12]
    """
    last = months - LEAST_KNOWN_MONTHS
    wrong = [m for m in months_ago if isinstance(m, bool) or not shortest <= m <= last]
    if wrong or not len(months_ago):
        raise InputError(
            f"months_ago must be from {shortest}, the shortest horizon, to {last}, as the "
            f"history covers {months} whole months and a choice needs {LEAST_KNOWN_MONTHS}; got "
            f"{listing([str(m) for m in wrong]) or 'none'}"
        )
    return sorted({int(m) for m in months_ago})


def too_short(history: pd.DataFrame, horizons_months: Sequence[int] = HORIZONS) -> str:
    """Return why a history is too short for a back-test; nothing if it is not.

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> print(too_short(example_history()))
    No back-test: it needs 9 whole months, 6 to choose on and 3 to look at what followed; the
    history covers 4, so 5 are missing.
    """
    shortest, months = min(check_horizons(horizons_months)), months_known(history)
    needed = LEAST_KNOWN_MONTHS + shortest
    if months >= needed:
        return ""
    verb = "is" if needed - months == 1 else "are"
    return (
        f"No back-test: it needs {needed} whole months, {LEAST_KNOWN_MONTHS} to choose on and "
        f"{shortest} to look at what followed; the history covers {months}, so "
        f"{needed - months} {verb} missing."
    )


def date_before(as_of: datetime.date, months: int) -> datetime.date:
    """Return the day that lies so many months before; of a month's last day, the last day.

    Examples
    --------
    >>> str(date_before(datetime.date(2024, 4, 30), 1))
    '2024-03-31'
    >>> str(date_before(datetime.date(2011, 12, 9), 3))
    '2011-09-09'
    """
    day = pd.Timestamp(as_of) - pd.DateOffset(months=months)
    if pd.Timestamp(as_of).is_month_end:
        day += pd.offsets.MonthEnd(0)
    return day.date()
