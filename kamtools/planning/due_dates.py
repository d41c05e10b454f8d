"""Days that are due some time after the last day of the figures."""

import datetime

import pandas as pd

MONTH_DAYS = 30.4


def due_by(as_of: datetime.date, *, months: float = 0.0, days: int = 0) -> pd.Timestamp:
    """Return the day that lies some months and days after the last day of the figures.

    Examples
    --------
    >>> due_by(datetime.date(2024, 12, 31), months=1, days=5)
    Timestamp('2025-02-04 00:00:00')
    """
    return pd.Timestamp(as_of) + pd.Timedelta(days=round(months * MONTH_DAYS) + days)
