"""What the coming months may bring, in words, and what is said where the history is too short."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.selection.forecast import FORECAST_COLUMNS, choose_forecast, forecast
from kamtools.selection.history import check_history, months_known
from kamtools.selection.trials import MIN_MONTHS
from kamtools.wording import listing, money, percent

NO_METHOD = "none"


@dataclass(frozen=True)
class Outlook:
    """A forecast for each account, and why it was made in this way.

    Attributes
    ----------
    table : (n_accounts, 9), index account_id
        As `forecast.forecast`; all NaN, with the method "none", if nothing can be said.
    reason
        Why this method, and what it cannot tell.
    horizon_months
    """

    table: pd.DataFrame
    reason: str
    horizon_months: int

    @property
    def is_known(self) -> bool:
        """Say whether anything is forecast."""
        return bool(self.table["revenue"].notna().any())


def outlook(history: pd.DataFrame, *, horizon_months: int = 12, seed: int) -> Outlook:
    """Return the forecast that the firm's history can carry; none if it is too short for any.

    Parameters
    ----------
    history : from `purchases.purchase_history`
    horizon_months : 1 or more
    seed
        As in `forecast.forecast`.

    Raises
    ------
    InputError
        If the history is not one, or horizon_months is not a whole number of 1 or more.

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> short = outlook(example_history(), seed=1)
    >>> short.is_known, short.reason
    (False, 'The invoices cover 4 whole months; a forecast needs 6: none is made.')
    """
    months = months_known(check_history(history))
    if months < MIN_MONTHS:
        accounts = pd.Index(sorted(history["account_id"].unique()), name="account_id")
        unknown = pd.DataFrame(np.nan, accounts, FORECAST_COLUMNS[:-1])
        reason = (
            f"The invoices cover {months} whole months; a forecast needs {MIN_MONTHS}: none is "
            "made."
        )
        return Outlook(unknown.assign(method=NO_METHOD), reason, horizon_months)
    reason = choose_forecast(history, horizon_months=horizon_months).reason
    table = forecast(history, horizon_months=horizon_months, seed=seed)
    return Outlook(table, reason, horizon_months)


def describe_outlook(
    found: Outlook,
    *,
    names: Mapping[str, str] | pd.Series | None = None,
    currency: str = "",
    told: int = 3,
) -> str:
    """Return in words what is expected, how wide the doubt is, and where most is at risk.

    Parameters
    ----------
    found
        From `outlook`.
    names : account_id -> name
    currency
        Code that stands before amounts.
    told : number of accounts to name

    Examples
    --------
    >>> table = pd.DataFrame({"revenue": [80.0, 20.0], "revenue_low": [60.0, 0.0],
    ...     "revenue_high": [100.0, 40.0], "value_at_risk": [4.0, 10.0]}, index=["a", "b"])
    >>> print(describe_outlook(Outlook(table, "", 12), names={"a": "Harbour", "b": "Quay"}))
    The next 12 months are expected to bring 100. Of that 14 (14 %) would be lost on average if
    accounts leave as often as their habits say, most of it at Quay (10) and Harbour (4). The
    largest, Harbour, may bring from 60 to 100.
    """
    table = found.table
    if not found.is_known:
        return found.reason
    called = dict(names) if names is not None else {}
    total, at_risk = float(table["revenue"].sum()), table["value_at_risk"]
    text = f"The next {found.horizon_months} months are expected to bring {money(total, currency)}."
    lost = float(at_risk.sum())
    if lost > 0 and total > 0:
        most = at_risk[at_risk > 0].sort_values(ascending=False, kind="stable").head(told)
        where = [f"{called.get(str(k), k)} ({money(v)})" for k, v in most.items()]
        text += (
            f" Of that {money(lost, currency)} ({percent(lost / total)}) would be lost on average "
            f"if accounts leave as often as their habits say, most of it at {listing(where)}."
        )
    first = str(table["revenue"].idxmax())
    low, high = table["revenue_low"][first], table["revenue_high"][first]
    return (
        f"{text} The largest, {called.get(first, first)}, may bring from {money(low, currency)} "
        f"to {money(high)}."
    )
