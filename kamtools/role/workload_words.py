"""What the service log tells of the hours and what is assumed, as a manager reads it."""

import pandas as pd

from kamtools.role.expected_hours import LOGGED, MODELLED
from kamtools.role.time_fit import BASE, TimeFit
from kamtools.wording import listing, percent


def describe_fit(fit: TimeFit) -> str:
    """Return in words how well the drivers explain the logged hours, and what was left out.

    Parameters
    ----------
    fit
        From `time_fit.fit_time_log`.

    Examples
    --------
    >>> from kamtools.role.time_fit import fit_time_log
    >>> accounts = pd.Index([f"a{n:02d}" for n in range(20)], name="account_id")
    >>> one = pd.DataFrame({"sites": 1}, index=accounts)
    >>> rows = pd.MultiIndex.from_product([accounts, [0]], names=["account_id", "years_back"])
    >>> print(describe_fit(fit_time_log(pd.DataFrame({"visit": 4.0}, index=rows), one, seed=1)))
    No time equation could be fitted to the service log: no driver varies between the accounts.
    """
    if fit.problem:
        return f"No time equation could be fitted to the service log: {fit.problem}."
    n_far = int(fit.by_account["is_set_aside"].sum())
    far = [f"{n_far:,} that {'takes' if n_far == 1 else 'take'} far more than all others"]
    left_out = [*(far if n_far else []), *fit.notes]
    notes = f" Left out: {listing(left_out)}." if left_out else ""
    used = fit.by_account[["logged", "modelled"]].notna().all(axis=1)
    n_accounts = int((used & ~fit.by_account["is_set_aside"]).sum())
    drivers = [str(name) for name in fit.coefficients["driver"].unique() if name != BASE]
    return (
        f"From {n_accounts:,} logged accounts, {listing(drivers)} explain "
        f"{percent(max(fit.r_squared, 0.0))} of what distinguishes their hours.{notes}"
    )


def describe_workload(table: pd.DataFrame, *, names: pd.Series | None = None) -> str:
    """Return in words how many hours the accounts take and how much of that is assumed.

    Parameters
    ----------
    table
        From `workload`.
    names
        Name by account_id.

    Examples
    --------
    >>> from kamtools.role.workload import workload
    >>> print(describe_workload(workload(pd.DataFrame({"tier": ["star"] * 5}))))
    5 accounts take 1,500 hours a year. All of it is assumed by tier: no log tells.
    """
    n, total = len(table), table["hours"].sum()
    opening = f"{n:,} account{' takes' if n == 1 else 's take'} {total:,.0f} hours a year."
    told = table["log_hours"].notna()
    if not told.any():
        return f"{opening} All of it is assumed by tier: no log tells."
    by_log = table[table["source"].isin([LOGGED, MODELLED])]
    text = (
        f"{opening} The service log tells of {table['log_hours'].sum():,.0f} hours for them as "
        f"ordinary accounts; for {n - len(by_log):,} the assumptions ask for more and count."
    )
    return text + _heavy(by_log, names)


def _heavy(by_log: pd.DataFrame, names: pd.Series | None) -> str:
    """Name the accounts whose logged work is more than twice what their tier allows."""
    over = by_log[by_log["hours"] > 2 * by_log["assumed_hours"]]
    if over.empty:
        return ""
    over = over.sort_values("hours", ascending=False, kind="stable").head(3)
    said = over.index.to_series().astype("str") if names is None else names.reindex(over.index)
    told = [f"{name} ({row.hours:,.0f} h, tier {row.assumed_hours:,.0f} h)"
            for name, row in zip(said, over.itertuples(), strict=True)]  # fmt: skip
    return f" More than twice what the tier allows, so to be shed or charged: {listing(told)}."
