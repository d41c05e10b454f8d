"""How many hours a year each account takes: by its tier and drivers, and by the log.

The log shows what was done for an account as an ordinary one. What a key account takes beyond
that is not in any log yet, so it comes from the assumptions; and the work that is logged today
does not go away because a table says so. Hence the larger of the two counts, unless the
caller decides otherwise, and both are shown.
"""

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.role.assumptions import TIERS, merge_assumptions

ASSUMPTIONS = "assumptions"
Basis = Literal["larger", "log", "assumptions"]

DRIVERS = {
    "sites": ("per_site", 1.0),
    "decision_makers": ("per_decision_maker", 1.0),
    "open_projects": ("per_open_project", 0.0),
    "power_imbalance": ("per_power_imbalance", 0.0),
}
"""Driver: the assumption of its hours, and the number that the base already holds."""

TO_COME = "more, as a key account"
PARTS = ("base of the tier", *(name.replace("_", " ") for name in DRIVERS))


def assumed_parts(
    accounts: pd.DataFrame, assumptions: pd.DataFrame | None = None, *, column: str = "value"
) -> pd.DataFrame:
    """Return the hours a year that the assumptions give each account, by what causes them.

    Parameters
    ----------
    accounts : index account_id
        `tier` (one of `assumptions.TIERS`) and, where known, `sites`, `decision_makers`,
        `open_projects` (numbers of at least 0) and `power_imbalance` (−1 to 1, above 0 where
        the account is the stronger). What is missing adds nothing.
    assumptions
        From `assumptions.merge_assumptions`; the default ones if None.
    column
        "value", "low" or "high".

    Returns
    -------
    (n_accounts, 5) hours a year of at least 0

    Raises
    ------
    InputError
        If there is no tier, one that is not known, or a driver out of its range.

    Notes
    -----
    h = base(tier) + b1 (sites − 1) + b2 (decision makers − 1) + b3 open projects
    + b4 power imbalance, each difference and the imbalance at least 0: the first site and
    the first decision maker are in the base, and a weak account gives no hours back.

    Examples
    --------
    >>> accounts = pd.DataFrame({"tier": ["star", "other"], "sites": [4, 1]}, index=["a", "b"])
    >>> assumed_parts(accounts)[["base of the tier", "sites"]]
       base of the tier  sites
    a             300.0   18.0
    b              20.0    0.0
    """
    _check_accounts(accounts)
    hours = (merge_assumptions(None) if assumptions is None else assumptions)[column]
    parts = {PARTS[0]: accounts["tier"].map(lambda tier: hours[f"base_{tier}"]).astype(float)}
    for part, (driver, (name, in_base)) in zip(PARTS[1:], DRIVERS.items(), strict=True):
        count = accounts[driver] if driver in accounts else pd.Series(0.0, index=accounts.index)
        beyond = (count.astype(float) - in_base).clip(lower=0.0).fillna(0.0)
        parts[part] = beyond * hours[name]
    return pd.DataFrame(parts, index=accounts.index)


def workload(
    accounts: pd.DataFrame,
    *,
    assumptions: pd.DataFrame | None = None,
    expected: pd.DataFrame | None = None,
    basis: Basis = "larger",
) -> pd.DataFrame:
    """Return the hours a year that each account takes, their range, and where they come from.

    Parameters
    ----------
    accounts, assumptions
        As for `assumed_parts`.
    expected
        From `expected_hours.expected_hours`, where the firm has a service log.
    basis
        "larger" of log and assumptions; "log" wherever it tells; "assumptions" only.

    Returns
    -------
    (n_accounts, 7), index account_id
        `tier`, `hours`, `hours_low`, `hours_high`, `source` ("service log", "service log fit"
        or "assumptions"), `assumed_hours`, `log_hours` (NaN where no log tells).

    Raises
    ------
    InputError
        As `assumed_parts`.

    Examples
    --------
    >>> accounts = pd.DataFrame({"tier": ["status", "status"]}, index=["busy", "quiet"])
    >>> expected = pd.DataFrame({"hours": [250.0, 30.0], "hours_low": [200.0, 20.0],
    ...     "hours_high": [300.0, 40.0], "source": "service log"}, index=["busy", "quiet"])
    >>> workload(accounts, expected=expected)[["hours", "hours_low", "hours_high", "source"]]
           hours  hours_low  hours_high       source
    busy   250.0      200.0       300.0  service log
    quiet  160.0      100.0       240.0  assumptions
    """
    low, hours, high = (
        assumed_parts(accounts, assumptions, column=column).sum(axis=1)
        for column in ("low", "value", "high")
    )
    table = pd.DataFrame(
        {"hours": hours, "hours_low": low, "hours_high": high, "source": ASSUMPTIONS}
    )
    by_log = (table.iloc[:0] if expected is None else expected).reindex(accounts.index)
    counts = {
        "larger": by_log["hours"] > hours,
        "log": by_log["hours"].notna(),
        "assumptions": pd.Series(False, index=accounts.index),
    }[basis]
    table = table.mask(counts, by_log[table.columns])
    table.insert(0, "tier", accounts["tier"])
    return table.assign(assumed_hours=hours, log_hours=by_log["hours"].astype(float))


def workload_parts(
    table: pd.DataFrame,
    accounts: pd.DataFrame,
    *,
    assumptions: pd.DataFrame | None = None,
    activities: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return each account's hours by activity where the log tells, else by what causes them.

    Parameters
    ----------
    table
        From `workload`.
    accounts, assumptions
        As it got them.
    activities
        Hours by account and activity, such as a fit's `logged`, completed by its `modelled`;
        only their proportions count.

    Returns
    -------
    (n_accounts, n_parts) hours; each row sums to the account's hours
        Columns that hold nothing are left out. What the assumptions add to the log is
        "more, as a key account".

    Examples
    --------
    >>> accounts = pd.DataFrame({"tier": ["status", "star"]}, index=["a", "b"])
    >>> expected = pd.DataFrame({"hours": [40.0], "hours_low": [20.0], "hours_high": [60.0],
    ...     "source": "service log"}, index=["a"])
    >>> done = pd.DataFrame({"visit": [30.0], "complaint": [10.0]}, index=["a"])
    >>> workload_parts(workload(accounts, expected=expected), accounts, activities=done)
       visit  complaint  more, as a key account  base of the tier
    a   30.0       10.0                   120.0               0.0
    b    0.0        0.0                     0.0             300.0
    """
    causes = assumed_parts(accounts, assumptions)
    if activities is None:
        activities = pd.DataFrame(index=accounts.index)
    done = activities.reindex(table.index).fillna(0.0)
    total = done.sum(axis=1)
    told = (total > 0) & table["log_hours"].notna()
    of_log = table["log_hours"].clip(upper=table["hours"]).where(told, 0.0)
    by_activity = done.mul(of_log / total.where(total > 0, 1.0), axis=0)
    by_activity[TO_COME] = (table["hours"] - of_log).where(told, 0.0)
    scale = (table["hours"] / causes.sum(axis=1)).where(~told, 0.0)
    parts = by_activity.join(causes.mul(scale, axis=0).fillna(0.0))
    return parts.loc[:, (parts > 0).any()]


def _check_accounts(accounts: pd.DataFrame) -> None:
    if "tier" not in accounts:
        raise InputError("workload needs the column tier of each account; there is none")
    unknown = accounts.loc[~accounts["tier"].isin(TIERS), "tier"]
    if len(unknown):
        raise InputError(
            f"tier must be one of {', '.join(TIERS)}; got {unknown.iloc[0]!s} for "
            f"{unknown.index[0]!s}"
        )
    given: Sequence[str] = [driver for driver in DRIVERS if driver in accounts]
    for driver in given:
        count = pd.to_numeric(accounts[driver], errors="coerce")
        least, most = (-1, 1) if driver == "power_imbalance" else (0, np.inf)
        is_wrong = (count.isna() & accounts[driver].notna()) | (count < least) | (count > most)
        if (is_wrong | np.isinf(count)).any():
            row = int((is_wrong | np.isinf(count)).to_numpy().argmax())
            raise InputError(
                f"{driver} must be a number from {least} to {most if most == 1 else 'any'}; got "
                f"{accounts[driver].iloc[row]!s} for {accounts.index[row]!s}"
            )
