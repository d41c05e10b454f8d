import datetime

import pandas as pd
import pytest

from kamtools.planning.due_dates import due_by

DAY = datetime.date(2024, 12, 31)


@pytest.mark.parametrize(
    ("months", "day"), [(0, "2024-12-31"), (12, "2025-12-31"), (2, "2025-03-02")]
)
def test_days_due_count_from_the_last_day_of_the_figures(months, day):
    assert due_by(DAY, months=months) == pd.Timestamp(day)
