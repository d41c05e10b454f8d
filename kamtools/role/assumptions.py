"""What the hours of accounts rest on where the firm has measured nothing: one visible table.

Every number is an assumption that the firm confirms or replaces in its own file of the same
columns. Nothing else in the subject hides a coefficient.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

TIERS = ("strategic", "star", "status", "streamline", "key", "other")
"""The cells of the portfolio matrix; "key" and "other" where there is no matrix."""

GIVEN = "the firm"
ASSUMED = "assumption"
CAPACITY = ("hours_per_year", "share_for_accounts")

_ROWS = (
    ("base_strategic", 420, 300, 560, "hours a year of a strategic account with one site"),
    ("base_star", 300, 200, 420, "hours a year of a star account with one site"),
    ("base_status", 160, 100, 240, "hours a year of a status account with one site"),
    ("base_streamline", 60, 30, 100, "hours a year of a streamline account with one site"),
    ("base_key", 160, 100, 300, "hours a year of a key account that no matrix has placed"),
    ("base_other", 20, 8, 40, "hours a year of an account that is not a key account"),
    ("per_site", 6, 2, 12, "hours a year for each site beyond the first"),
    ("per_decision_maker", 12, 6, 24, "hours a year for each decision maker beyond the first"),
    ("per_open_project", 40, 20, 80, "hours a year for each project that runs with the account"),
    ("per_power_imbalance", 100, 0, 200, "hours a year where all power is the account's"),
    ("hours_per_year", 1760, 1600, 1800, "hours that one manager works in a year"),
    ("share_for_accounts", 0.7, 0.55, 0.8, "part of a manager's hours that goes to accounts"),
)


def default_assumptions() -> pd.DataFrame:
    """Return the coefficients to start from: assumptions, every one of them.

    Returns
    -------
    (12, 5), index assumption
        `value`, `low`, `high` (hours a year, but share_for_accounts 0-1), `meaning`, `source`.
        Low and high are the least and the most that is believed possible.

    Examples
    --------
    >>> default_assumptions()["value"].head(4).to_dict()
    {'base_strategic': 420.0, 'base_star': 300.0, 'base_status': 160.0, 'base_streamline': 60.0}
    >>> set(default_assumptions()["source"])
    {'assumption'}
    """
    columns = ["assumption", "value", "low", "high", "meaning"]
    table = pd.DataFrame(list(_ROWS), columns=columns).set_index("assumption")
    numbers = dict.fromkeys(["value", "low", "high"], float)
    return table.astype(numbers).assign(source=ASSUMED)


def merge_assumptions(given: pd.DataFrame | None) -> pd.DataFrame:
    """Return the default assumptions with those replaced that the firm gives.

    Parameters
    ----------
    given
        `assumption`, as a column or the index, and `value`; may have `low`, `high`, `meaning`
        and `source`. A value without low or high is taken as known, since a range for it
        would be invented. None if the firm gives none.

    Returns
    -------
    DataFrame
        As `default_assumptions`; source is "the firm" where it gives a value and no source.

    Raises
    ------
    InputError
        If a name is not known or comes twice, a value is not a number of at least 0, low and
        high do not stand on either side of it, or the share is not above 0 and up to 1.

    Examples
    --------
    >>> own = pd.DataFrame({"assumption": ["base_star"], "value": [240.0], "high": [300.0]})
    >>> merge_assumptions(own).loc[["base_star", "base_status"], ["value", "low", "high", "source"]]
                 value    low   high      source
    assumption
    base_star    240.0  240.0  300.0    the firm
    base_status  160.0  100.0  240.0  assumption
    """
    table = default_assumptions()
    if given is None or given.empty:
        return table
    own = given.set_index("assumption") if "assumption" in given else given
    _check_names(own, table)
    value = _numbers(own, "value")
    own = own.assign(
        value=value,
        low=_numbers(own, "low").fillna(value),
        high=_numbers(own, "high").fillna(value),
        meaning=_words(own, "meaning").fillna(table["meaning"].reindex(own.index)),
        source=_words(own, "source").fillna(GIVEN),
    )
    _check_ranges(own)
    table.loc[own.index] = own[table.columns]
    return table


def _numbers(own: pd.DataFrame, column: str) -> pd.Series:
    if column not in own:
        return pd.Series(np.nan, index=own.index)
    return pd.to_numeric(own[column], errors="coerce").astype(float)


def _words(own: pd.DataFrame, column: str) -> pd.Series:
    if column not in own:
        return pd.Series(np.nan, index=own.index, dtype="str")
    return own[column].astype("str")


def _check_names(own: pd.DataFrame, known: pd.DataFrame) -> None:
    if "value" not in own:
        raise InputError("assumptions of workload lack the column value")
    unknown = [str(name) for name in own.index if name not in known.index]
    if unknown:
        raise InputError(
            f"no such assumption of workload: {listing(unknown)}; known are "
            f"{', '.join(map(str, known.index))}"
        )
    again = own.index[own.index.duplicated()]
    if len(again):
        raise InputError(f"assumption {again[0]!s} is given twice")


def _check_ranges(own: pd.DataFrame) -> None:
    low, value, high = own[["low", "value", "high"]].to_numpy(dtype=float).T
    in_order = np.isfinite(value) & (low >= 0) & (low <= value) & (value <= high)
    above_zero = ~own.index.isin(CAPACITY) | (low > 0)
    is_share = (own.index == "share_for_accounts") & (high > 1)
    for is_wrong, expected in (
        (~(in_order & np.isfinite(high)), "must have 0 ≤ low ≤ value ≤ high"),
        (~above_zero, "must be above 0"),
        (is_share, "is a share from 0 to 1"),
    ):
        if is_wrong.any():
            row = int(is_wrong.argmax())
            raise InputError(
                f"assumption {own.index[row]!s} {expected}; got low {low[row]:g}, "
                f"value {value[row]:g}, high {high[row]:g}"
            )
