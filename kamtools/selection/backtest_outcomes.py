"""What followed a past date: each account's revenue and margin, by horizon."""

from collections.abc import Sequence

import pandas as pd

from kamtools.ledger import MIN_COSTED_SHARE
from kamtools.selection.backtest_dates import check_horizons, window_months
from kamtools.selection.history import by_month


def what_followed(
    history: pd.DataFrame, months_ago: int, *, horizons_months: Sequence[int]
) -> dict[int, pd.DataFrame]:
    """Return what each account brought in the window of each horizon that has passed.

    Parameters
    ----------
    history : from `purchases.purchase_history`
    months_ago : the past date, from the end of the history
    horizons_months : 1 or more each; those that reach beyond the history are left out

    Returns
    -------
    horizon -> (n_accounts, 2), index account_id in its order, all accounts of the history
        `revenue` (money, net); `margin` (money, of the lines whose cost is known; NaN where
        these carry less than nine tenths of the firm's revenue in the window).

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> what_followed(example_history(), 3, horizons_months=(1, 3))[1]
                revenue  margin
    account_id
    a              10.0     2.0
    b               0.0     0.0
    """
    panels = {name: by_month(history, name) for name in ("revenue", "costed", "margin")}
    followed = {}
    for horizon in check_horizons(horizons_months):
        end = months_ago - horizon
        if end < 0:
            continue
        sums = pd.DataFrame(
            {
                name: months_between(panel, end, end + window_months(horizon))
                for name, panel in panels.items()
            }
        )
        is_costed = sums["costed"].sum() >= MIN_COSTED_SHARE * sums["revenue"].sum() > 0
        margin = sums["margin"] if is_costed else sums["margin"] * float("nan")
        followed[horizon] = pd.DataFrame({"revenue": sums["revenue"], "margin": margin})
    return followed


def months_between(panel: pd.DataFrame, latest: int, earliest: int) -> pd.Series:
    """Return the sum of each account's months from `latest` back to before `earliest`.

    Parameters
    ----------
    panel : accounts by months_back, from `history.by_month`
    latest, earliest : months back

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> months_between(by_month(example_history()), 1, 4).tolist()
    [40.0, 0.0]
    """
    back = panel.columns.to_numpy(dtype=int)
    inside = (back >= latest) & (back < earliest)
    return pd.Series(panel.to_numpy()[:, inside].sum(axis=1), index=panel.index)
