"""The forecast by BG/NBD and Gamma-Gamma: expected orders times expected value of an order.

The interval is drawn from the predictive distribution of each account, given the fitted
parameters: is it active, at what rate does it order, after which order does it stop, what
does it spend. All four have closed posteriors, so the draws are exact and independent.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.history import purchase_summary
from kamtools.selection.purchase_model import (
    PurchaseModel,
    expected_purchases,
    fit_purchases,
    probability_alive,
)
from kamtools.selection.spend_model import SpendModel, expected_spend, fit_spend

Array = npt.NDArray[np.float64]

MIN_REPEAT_ACCOUNTS = 200
DRAWS = 500
ACCOUNTS_AT_ONCE = 2000


def forecast_by_purchases(
    history: pd.DataFrame, *, horizon_months: int, interval: float, seed: int
) -> pd.DataFrame:
    """Return the revenue and margin expected of each account by BG/NBD and Gamma-Gamma.

    Parameters, returns : as `forecast.forecast`, without the columns that all methods share.

    Raises
    ------
    InputError
        If fewer than 200 accounts have ordered twice.
    """
    summary = purchase_summary(history)
    n_repeat = int((summary["frequency"] > 0).sum())
    if n_repeat < MIN_REPEAT_ACCOUNTS:
        raise InputError(
            f"BG/NBD needs {MIN_REPEAT_ACCOUNTS} accounts that ordered twice, as its parameters "
            f"cannot be told from fewer; got {n_repeat:,}: use 'recency' or 'trend'"
        )
    ordered = summary[summary["frequency"].notna()]
    purchases, spend = fit_purchases(ordered), fit_spend(ordered)
    orders = expected_purchases(ordered, purchases, horizon_months)
    low, high = simulate_bounds(
        ordered, purchases, spend, t=horizon_months, interval=interval, seed=seed
    )
    table = pd.DataFrame(
        {
            "revenue": orders * expected_spend(ordered, spend),
            "revenue_low": low,
            "revenue_high": high,
            "p_alive": probability_alive(ordered, purchases),
        }
    ).reindex(summary.index, fill_value=0.0)
    rate = summary["margin_rate"]
    by_rate = table[["revenue_low", "revenue_high"]].mul(rate, axis=0)
    return table.assign(
        margin=table["revenue"] * rate,
        margin_low=by_rate.min(axis=1, skipna=False),
        margin_high=by_rate.max(axis=1, skipna=False),
    )


def simulate_bounds(
    ordered: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    *,
    t: float,
    interval: float,
    seed: int,
    draws: int = DRAWS,
) -> tuple[pd.Series, pd.Series]:
    """Return the bounds between which the share `interval` of each account's futures lie.

    Parameters
    ----------
    ordered : index account_id
        `frequency`, `recency`, `T`, `monetary_value`.
    purchases, spend : models in the same unit of time and money
    t : length of the future
    interval : 0-1
    seed, draws

    Returns
    -------
    two of (n_accounts,), index as `ordered`
    """
    rng = np.random.default_rng(seed)
    tails = [(1 - interval) / 2, (1 + interval) / 2]
    blocks = [
        simulate_revenue(ordered.iloc[at : at + ACCOUNTS_AT_ONCE], purchases, spend, t, draws, rng)
        for at in range(0, len(ordered), ACCOUNTS_AT_ONCE)
    ]
    limits = np.concatenate([np.quantile(block, tails, axis=0) for block in blocks], axis=1)
    low, high = (pd.Series(limit, ordered.index) for limit in limits)
    return low, high


def simulate_revenue(
    ordered: pd.DataFrame,
    purchases: PurchaseModel,
    spend: SpendModel,
    t: float,
    draws: int,
    rng: np.random.Generator,
) -> Array:
    """Return draws of each account's revenue in the next `t`, (draws, n_accounts).

    Notes
    -----
    Given that an account is active, its rate is gamma (r + x, α + T) and its probability of
    stopping after an order beta (a, b + x), independently, as its likelihood
    λ^x exp(−λT) (1 − p)^x and the priors are products. Of the orders at that rate those
    count that come no later than the geometric one after which it stops. The rate ν of its
    order values is gamma (q + p x, v + x m), and the sum of n of them gamma (n p, ν).
    """
    x = ordered["frequency"].to_numpy(dtype="float64")
    spent = x * ordered["monetary_value"].fillna(0.0).to_numpy(dtype="float64")
    size = (draws, len(ordered))
    rate = rng.gamma(purchases.r + x, 1 / (purchases.alpha + ordered["T"].to_numpy()), size)
    orders = rng.poisson(rate * t)
    orders *= rng.random(size) < probability_alive(ordered, purchases).to_numpy()
    draw, account = np.nonzero(orders)  # the others need no more luck
    stopping = rng.beta(purchases.a, purchases.b + x[account])
    last_order = rng.geometric(np.clip(stopping, 1e-9, 1.0))
    placed = np.minimum(orders[draw, account], last_order)
    value_rate = rng.gamma(spend.q + spend.p * x[account], 1 / (spend.v + spent[account]))
    revenue = np.zeros(size)
    revenue[draw, account] = rng.gamma(spend.p * placed) / value_rate
    return revenue
