"""Working days: the one before a day, the next from a day on, and the k-th of a month."""

import datetime
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.planning.calendar_rules import CalendarRules

Days = npt.NDArray[np.datetime64]


def working_day_before(days: Sequence[datetime.date] | Days, rules: CalendarRules) -> Days:
    """Return each day if it is worked, else the last one before it that is.

    Never a later day, so that no notice is shortened by a weekend.

    Examples
    --------
    >>> saturday = datetime.date(2025, 3, 1)
    >>> working_day_before([saturday], CalendarRules())[0]
    np.datetime64('2025-02-28')
    """
    given = np.asarray(days, dtype="datetime64[D]")
    return np.busday_offset(given, 0, roll="preceding", busdaycal=rules.working)


def at_once(as_of: datetime.date, starts: datetime.date, rules: CalendarRules) -> datetime.date:
    """Return the first working day from today on, or today where none is left before the start.

    Examples
    --------
    >>> saturday = datetime.date(2025, 3, 1)
    >>> str(at_once(saturday, datetime.date(2025, 3, 10), CalendarRules()))
    '2025-03-03'
    >>> str(at_once(saturday, datetime.date(2025, 3, 2), CalendarRules()))
    '2025-03-01'
    """
    day = np.busday_offset(np.datetime64(as_of, "D"), 0, roll="forward", busdaycal=rules.working)
    found = pd.Timestamp(day).date()
    return found if found <= starts else as_of


def working_day_of_month(months: Days, number: int, rules: CalendarRules) -> Days:
    """Return the working day of that number in each month, the last one where it has fewer.

    Parameters
    ----------
    months : (n,) datetime64 of the unit "M"
    number
        1 is the month's first working day.

    Examples
    --------
    >>> months = np.array(["2025-02", "2025-03"], dtype="datetime64[M]")
    >>> working_day_of_month(months, 1, CalendarRules()).astype(str).tolist()
    ['2025-02-03', '2025-03-03']
    """
    first = months.astype("datetime64[D]")
    following = (months + np.timedelta64(1, "M")).astype("datetime64[D]")
    wanted = np.busday_offset(first, number - 1, roll="forward", busdaycal=rules.working)
    # from the first working day of the month after, one back
    last = np.busday_offset(following, -1, roll="forward", busdaycal=rules.working)
    return np.minimum(wanted, last)
