"""What each account cost to serve: the people's time that no invoice shows (E13, E20)."""

from datetime import date

import pandas as pd


def service_cost(
    service: pd.DataFrame | None,
    account_ids: pd.Index,
    *,
    as_of: date,
    cost_per_hour: float | None = None,
) -> pd.Series:
    """Return the cost of serving each account over the 12 months up to `as_of`.

    Parameters
    ----------
    service
        `account_id`, `date`, `hours`, `cost` (money; may be absent). None if there is none.
    account_ids : (n_accounts,)
        Whose cost is asked for.
    as_of
        Last day of the 12 months.
    cost_per_hour : money
        Used for lines without a cost.

    Returns
    -------
    (n_accounts,) money of at least 0, index account_id
        0 for an account without a line, as the log is taken to be complete. NaN where one of
        the account's lines has no known cost. All NaN if no line falls into the 12 months.

    Examples
    --------
    >>> service = pd.DataFrame({"account_id": ["a", "a"], "hours": [2.0, 3.0],
    ...     "date": pd.to_datetime(["2025-02-01", "2023-01-01"])})
    >>> service_cost(service, pd.Index(["a", "b"]), as_of=date(2025, 12, 31),
    ...              cost_per_hour=50.0).tolist()
    [100.0, 0.0]
    """
    lines = (
        None if service is None else costed_lines(service, as_of=as_of, cost_per_hour=cost_per_hour)
    )
    if lines is None or lines.empty:
        return pd.Series(float("nan"), index=account_ids, name="service_cost")
    by_account = lines["cost"].groupby(lines["account_id"]).sum(skipna=False)
    return by_account.reindex(account_ids, fill_value=0.0).rename("service_cost")


def costed_lines(
    service: pd.DataFrame, *, as_of: date, cost_per_hour: float | None = None
) -> pd.DataFrame:
    """Return the service lines of the 12 months up to `as_of`, each with its cost.

    Parameters
    ----------
    service, as_of, cost_per_hour
        As in `service_cost`.

    Returns
    -------
    (n_lines, …) the columns of `service`, with `cost` in money
        The cost that is given; else hours × cost_per_hour; else NaN.

    Examples
    --------
    >>> service = pd.DataFrame({"hours": [2.0, 3.0], "cost": [90.0, None],
    ...     "date": pd.to_datetime(["2025-02-01", "2025-03-01"])})
    >>> costed_lines(service, as_of=date(2025, 12, 31), cost_per_hour=50.0)["cost"].tolist()
    [90.0, 150.0]
    """
    end = pd.Timestamp(as_of)
    lines = service[service["date"].between(end - pd.DateOffset(years=1), end, inclusive="right")]
    unknown = pd.Series(float("nan"), index=lines.index)
    cost = lines["cost"].astype(float) if "cost" in lines else unknown
    if cost_per_hour is not None:
        cost = cost.fillna(lines["hours"] * cost_per_hour)
    return lines.assign(cost=cost)
