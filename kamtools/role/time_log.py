"""The service log as hours by account, year and activity."""

from datetime import date

import numpy as np
import pandas as pd

from kamtools.errors import InputError

UNNAMED = "unnamed work"
INDEX = ("account_id", "years_back")
COLUMNS = ("account_id", "date", "activity", "hours")


def logged_hours(
    service: pd.DataFrame | None, account_ids: pd.Index, *, as_of: date, years: int = 1
) -> pd.DataFrame:
    """Return the hours that were logged by account, year and activity.

    Parameters
    ----------
    service
        `account_id`, `date`, `activity`, `hours`. Leave out the activities that others than
        the account's manager do, where the hours are to size managers. None if there is none.
    account_ids : (n_accounts,)
        Lines of other accounts are left out.
    as_of
        Last day of the last year.
    years : at least 1
        How many spans of 12 months to look back.

    Returns
    -------
    (n_account_years, n_activities) hours, index account_id and years_back (0 is the last)
        The log is taken to be complete: an account without a line had none of the activity.
        The years before its first line are no rows; an account without a line has none.

    Raises
    ------
    InputError
        If years is below 1 or a column is missing.

    Examples
    --------
    >>> service = pd.DataFrame({"account_id": ["a", "a", "b"], "activity": ["visit"] * 3,
    ...     "hours": [2.0, 1.0, 4.0],
    ...     "date": pd.to_datetime(["2024-02-01", "2025-02-01", "2025-03-01"])})
    >>> logged_hours(service, pd.Index(["a", "b", "c"]), as_of=date(2025, 12, 31), years=2)
                           visit
    account_id years_back
    a          0             1.0
               1             2.0
    b          0             4.0
    """
    if service is None:
        return pd.DataFrame(index=pd.MultiIndex.from_arrays([[], []], names=INDEX))
    missing = [name for name in COLUMNS if name not in service]
    if missing:
        raise InputError(f"the service log lacks the column {missing[0]}")
    if years < 1:
        raise InputError(f"years must be at least 1; got {years}")
    ends = [pd.Timestamp(as_of) - pd.DateOffset(years=back) for back in range(years + 1)]
    lines = service[service["account_id"].isin(account_ids)]
    lines = lines[(lines["date"] > ends[-1]) & (lines["date"] <= ends[0])]
    edges = pd.DatetimeIndex(ends[::-1])
    back = years - np.searchsorted(edges.to_numpy(), lines["date"].to_numpy(), side="left")
    activity = lines["activity"].str.strip().fillna(UNNAMED)
    keys = [lines["account_id"], pd.Series(back, lines.index, name="years_back"), activity]
    sums = lines["hours"].astype(float).groupby(keys).sum().unstack(fill_value=0)
    oldest = sums.reset_index("years_back")["years_back"].groupby("account_id").max() + 1
    repeated = oldest.index.repeat(oldest)
    year = pd.Series(repeated).groupby(repeated).cumcount().to_numpy()
    rows = pd.MultiIndex.from_arrays([repeated, year], names=INDEX)
    return sums.reindex(rows, fill_value=0.0).rename_axis(columns=None)
