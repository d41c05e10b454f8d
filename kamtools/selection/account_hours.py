"""The hours a year that each account takes: logged where known, assumed by a visible table.

What people did for an account in the last 12 months is the best first guess of what it will
take. Two assumptions stand beside it, in a table that the firm edits: the hours of an account
that the log does not hold, and the least that any key account takes, so that an account
nobody looks after yet does not seem to be free.
"""

from datetime import date

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.service_cost import costed_lines
from kamtools.wording import percent

LOGGED = "service log"
RAISED = "raised to the least of a key account"
ASSUMED = "assumed: not in the log"
NAMES = ("not_in_log", "least")


def default_hours_assumptions() -> pd.DataFrame:
    """Return the hours to start from: assumptions that each firm confirms or replaces.

    Ten hours a month keep a year plan alive: a visit, its preparation, and what follows from it.

    Returns
    -------
    (2, 2), index assumption
        `hours_per_year` and `meaning`, for "not_in_log" and "least".

    Examples
    --------
    >>> default_hours_assumptions()["hours_per_year"].to_dict()
    {'not_in_log': 160.0, 'least': 120.0}
    """
    rows = {
        "not_in_log": (160.0, "a year of a key account for which no work is logged"),
        "least": (120.0, "a year that a key account takes at the least, however little is logged"),
    }
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["hours_per_year", "meaning"])
    return table.rename_axis("assumption")


def account_hours(
    account_ids: pd.Index,
    *,
    service: pd.DataFrame | None,
    as_of: date,
    assumptions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the hours a year that each account takes as a key account, and why so many.

    Parameters
    ----------
    account_ids : (n_accounts,)
    service
        `account_id`, `date`, `hours`. The 12 months up to `as_of` count. None if there is none.
    as_of
        Last day of the 12 months.
    assumptions
        As `default_hours_assumptions`, which holds if None.

    Returns
    -------
    (n_accounts, 3), index account_id
        `hours` (a year, at least 0), `logged_hours` (of the 12 months; NaN where nothing is
        logged) and `source`: "service log", "raised to the least of a key account" or
        "assumed: not in the log".

    Raises
    ------
    InputError
        If an assumption is missing or not a number of at least 0.

    Examples
    --------
    >>> service = pd.DataFrame({"account_id": ["a", "a", "b"], "hours": [90.0, 60.0, 8.0],
    ...     "date": pd.to_datetime(["2025-02-01", "2025-03-01", "2025-04-01"])})
    >>> account_hours(pd.Index(["a", "b", "c"]), service=service, as_of=date(2025, 12, 31))
       hours  logged_hours                                source
    a  150.0         150.0                           service log
    b  120.0           8.0  raised to the least of a key account
    c  160.0           NaN               assumed: not in the log
    """
    assumed = _checked(default_hours_assumptions() if assumptions is None else assumptions)
    logged = _logged_hours(service, as_of).reindex(account_ids)
    least, not_in_log = assumed["least"], assumed["not_in_log"]
    source = np.select([logged.isna(), logged < least], [ASSUMED, RAISED], LOGGED)
    return pd.DataFrame(
        {
            "hours": logged.clip(lower=least).fillna(max(not_in_log, least)),
            "logged_hours": logged,
            "source": pd.Series(source, index=account_ids, dtype="str"),
        }
    )


def describe_hours(hours: pd.DataFrame) -> str:
    """Return in words how many accounts' hours are known and how many assumed.

    Parameters
    ----------
    hours
        From `account_hours`.

    Examples
    --------
    >>> print(describe_hours(pd.DataFrame({"source": [LOGGED, LOGGED, ASSUMED]})))
    Hours are from the service log for 2 of 3 accounts (67 %); assumed for the 1 that is not
    in it.
    """
    counts = hours["source"].value_counts()
    n, logged = len(hours), int(counts.get(LOGGED, 0))
    raised, assumed = int(counts.get(RAISED, 0)), int(counts.get(ASSUMED, 0))
    parts = [f"Hours are from the service log for {logged:,} of {n:,} accounts"]
    if n:
        parts[0] += f" ({percent(logged / n)})"
    if raised:
        parts.append(f"raised to the least of a key account for {raised:,}")
    if assumed:
        parts.append(
            f"assumed for the {assumed:,} that {'is' if assumed == 1 else 'are'} not in it"
        )
    return "; ".join(parts) + "."


def _logged_hours(service: pd.DataFrame | None, as_of: date) -> pd.Series:
    if service is None:
        return pd.Series(dtype=float)
    lines = costed_lines(service, as_of=as_of)
    return lines["hours"].astype(float).groupby(lines["account_id"]).sum()


def _checked(assumptions: pd.DataFrame) -> dict[str, float]:
    if "hours_per_year" not in assumptions:
        raise InputError("assumptions of hours lack the column hours_per_year")
    given = pd.to_numeric(assumptions["hours_per_year"], errors="coerce")
    for name in NAMES:
        hours = given.get(name, float("nan"))
        if not (np.isfinite(hours) and hours >= 0):
            seen = assumptions["hours_per_year"].get(name, "nothing")
            raise InputError(f"assumed hours {name!r} must be a number of at least 0; got {seen}")
    return {name: float(given[name]) for name in NAMES}
