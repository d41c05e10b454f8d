"""The hours that each account will take next year if it is served as it is today.

The model knows what accounts of its kind take, the account's own log what it takes itself.
The log is believed as far as differences between accounts have lasted from year to year.
"""

import numpy as np
import pandas as pd

from kamtools.role.time_fit import TimeFit

LOGGED = "service log"
MODELLED = "service log fit"
NORMAL_90 = 1.645
_LEAST_HOURS = 1.0


def expected_hours(fit: TimeFit) -> pd.DataFrame:
    """Return the hours that each account is expected to take in a year, with their range.

    Parameters
    ----------
    fit
        From `time_fit.fit_time_log`; one that found a problem gives the log alone.

    Returns
    -------
    (n_accounts, 4), index account_id
        `hours`, `hours_low` and `hours_high` (90 % of years; NaN where the log cannot tell),
        `source`: "service log" for an account with hours of its own, "service log fit" for one
        that the log does not hold; it is missing, with its hours, where neither tells.

    Notes
    -----
    h = m + w (l − m), w = b / (b + v / n): l logged over n years, m modelled, b and v the
    variances that stay and that a single year adds, in units of the hours. Where one year only
    is known, w = 1. An account set aside from the fit, or without known drivers, keeps its own
    log. The range: 1.645 √(h (v + b (1 − w))), wider where only the model tells.

    Examples
    --------
    >>> table = pd.DataFrame({"logged": [100.0, None], "modelled": [60.0, 40.0],
    ...     "modelled_low": [55.0, 35.0], "modelled_high": [65.0, 45.0], "years": [3, 0],
    ...     "is_set_aside": False}, index=["known", "new"])
    >>> fit = TimeFit(None, table, None, None, 0.5, between=6.0, within=6.0, problem="", notes=())
    >>> expected_hours(fit).round(0)
           hours  hours_low  hours_high           source
    known   90.0       47.0       133.0      service log
    new     40.0        4.0        76.0  service log fit
    """
    table = fit.by_account
    logged, modelled = table["logged"], table["modelled"]
    own = logged.notna()
    model = modelled.mask(table["is_set_aside"])
    stays, adds = fit.between, fit.within
    share = pd.Series(1.0, index=table.index)
    if not np.isnan(stays):
        noise = adds / table["years"].clip(lower=1)
        share = (stays / (stays + noise)) if stays + adds > 0 else share
    alone = model.isna()
    hours = (model + share * (logged - model)).where(own & ~alone, logged.where(own, model))
    scale = hours.clip(lower=_LEAST_HOURS)
    lasting = 0.0 if np.isnan(stays) else stays
    uncertain = (lasting * (1 - share)).where(own & ~alone, 0.0).where(own, lasting)
    deviation = (table["modelled_high"] - table["modelled_low"]) / (2 * NORMAL_90)
    variance = scale * (adds + uncertain) + (deviation**2).where(~own, 0.0)
    half = NORMAL_90 * np.sqrt(variance)
    source = pd.Series(np.where(own, LOGGED, MODELLED), index=table.index, dtype="str")
    return pd.DataFrame(
        {
            "hours": hours,
            "hours_low": (hours - half).clip(lower=0.0),
            "hours_high": hours + half,
            "source": source.where(hours.notna()),
        }
    )
