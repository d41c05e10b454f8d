"""How often an account will order, and whether it still does: the BG/NBD model.

While it is active an account orders at random at its own rate; after any order it may fall
silent for good, with its own probability. Rates are gamma distributed over accounts, the
probabilities beta. The model is for orders without a contract and without a fixed rhythm:
it has nothing to say of a customer who orders on the first of each month, nor of a
subscription. Its parameters cannot be told from the orders of few accounts: with 200 of
them `a` already comes out between 0.33 and 3.3 in eight fits of ten where 0.79 is true.

The likelihood is maximised here, with SciPy alone. The library `lifetimes` is no longer
kept up; `pymc-marketing` is, but brings a probabilistic language and a compiler for what
are four numbers. The fit reproduces the published one (see the tests).

References
----------
.. [1] Fader, P. S., Hardie, B. G. S. and Lee, K. L. (2005), ""Counting your customers" the
   easy way: an alternative to the Pareto/NBD model", Marketing Science 24(2), 275-284.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.special import betaln, gammaln, hyp2f1

from kamtools.errors import InputError
from kamtools.wording import listing

Array = npt.NDArray[np.float64]

COLUMNS = ("frequency", "recency", "T")
STARTS = ((0.5, 1.0, 0.5, 1.0), (1.0, 3.0, 1.0, 3.0))
"""r, alpha ÷ mean T, a and b from which the likelihood is climbed."""
LARGEST_LOG = 7.0
"""Parameters are sought between e^-7 and e^7 (alpha: of the mean T).

A best fit beyond, where all accounts order at one rate or nobody ever leaves, is as good as
reached at these bounds.
"""
NEAR_ONE = 1e-6


@dataclass(frozen=True)
class PurchaseModel:
    """A fitted BG/NBD model.

    Attributes
    ----------
    r, alpha : above 0
        Shape and rate of the gamma distribution of ordering rates; a mean account orders
        r ÷ alpha times in a unit of time, the unit of T.
    a, b : above 0
        Of the beta distribution of the probability of falling silent after an order.
    log_likelihood
    n_accounts : that it was fitted to
    """

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float
    n_accounts: int


def fit_purchases(purchases: pd.DataFrame) -> PurchaseModel:
    """Return the BG/NBD model under which the orders seen are most likely.

    Parameters
    ----------
    purchases : a row an account
        `frequency`, orders after the first; `recency`, time from the first order to the
        last; `T`, time from the first order to the end, in the same unit; `n_accounts`,
        where it is given, how many accounts a row stands for.

    Raises
    ------
    InputError
        If a column is missing, the numbers contradict each other, or nobody ordered twice.

    Notes
    -----
    Equation (6) of [1]_: with x, t_x and T of an account,

    L = B(a, b + x)/B(a, b) · Γ(r + x) α^r / (Γ(r) (α + T)^(r + x))
        + 1{x > 0} · B(a + 1, b + x − 1)/B(a, b) · Γ(r + x) α^r / (Γ(r) (α + t_x)^(r + x)).

    Equal rows are counted once, and the logarithms of the parameters are what is sought.

    Examples
    --------
    >>> purchases = pd.DataFrame({"frequency": [0, 1, 5, 9], "recency": [0.0, 3.0, 9.0, 11.0],
    ...                           "T": [12.0, 12.0, 12.0, 12.0], "n_accounts": [60, 20, 10, 5]})
    >>> model = fit_purchases(purchases)
    >>> round(model.r / model.alpha, 2), model.n_accounts
    (0.13, 95)
    """
    cells = _check_purchases(purchases)
    x, t_x, T = (cells[name].to_numpy() for name in COLUMNS)
    counts = cells["n_accounts"].to_numpy()
    unit = float(np.average(T, weights=counts))

    def misfit(logs: Array) -> float:
        r, alpha, a, b = np.exp(logs)
        terms = log_likelihood_terms(x, t_x / unit, T / unit, r, alpha, a, b)
        return -float(counts @ terms) / counts.sum()

    fits = [
        minimize(
            misfit,
            np.log(start),
            method="L-BFGS-B",
            bounds=[(-LARGEST_LOG, LARGEST_LOG)] * 4,
            options={"maxiter": 1000, "ftol": 1e-13, "gtol": 1e-8},
        )
        for start in STARTS
    ]
    best = min(fits, key=lambda fit: fit.fun)
    r, alpha, a, b = np.exp(best.x)
    terms = log_likelihood_terms(x, t_x, T, r, alpha * unit, a, b)
    return PurchaseModel(
        float(r), float(alpha * unit), float(a), float(b), float(counts @ terms), int(counts.sum())
    )


def log_likelihood_terms(
    x: Array, t_x: Array, T: Array, r: float, alpha: float, a: float, b: float
) -> Array:
    """Return the logarithm of each account's likelihood; see `fit_purchases`."""
    orders = gammaln(r + x) - gammaln(r) + r * np.log(alpha)  # A1
    active = betaln(a, b + x) - betaln(a, b) - (r + x) * np.log(alpha + T)  # first line of L
    silent = np.where(
        x > 0,
        betaln(a + 1, b + np.maximum(x, 1) - 1) - betaln(a, b) - (r + x) * np.log(alpha + t_x),
        -np.inf,
    )
    return np.asarray(orders + np.logaddexp(active, silent))


def probability_alive(purchases: pd.DataFrame, model: PurchaseModel) -> pd.Series:
    """Return the probability that each account has not fallen silent for good.

    Parameters
    ----------
    purchases : as in `fit_purchases`, in the model's unit of time
    model

    Returns
    -------
    (n_accounts,) 0-1, index as `purchases`
        1 for an account with a single order: the model lets nobody leave before the second.

    Notes
    -----
    1 / (1 + 1{x > 0} · a/(b + x − 1) · ((α + T)/(α + t_x))^(r + x)), from [1]_ by Bayes.

    Examples
    --------
    >>> cdnow = PurchaseModel(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)
    >>> seen = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86]})
    >>> probability_alive(seen, cdnow).round(4).tolist()
    [0.7266]
    """
    x, t_x, T = _values(purchases)
    return pd.Series(1 / (1 + _odds_silent(x, t_x, T, model)), purchases.index, name="p_alive")


def expected_purchases(purchases: pd.DataFrame, model: PurchaseModel, t: float) -> pd.Series:
    """Return how many orders each account is expected to place in the next `t`.

    Parameters
    ----------
    purchases : as in `fit_purchases`, in the model's unit of time
    model
    t : above 0, in the same unit

    Notes
    -----
    Equation (10) of [1]_, with the hypergeometric series turned by Euler's formula,
    ₂F₁(A, B; C; z) = (1 − z)^(C − A − B) ₂F₁(C − A, C − B; C; z), so that it stays finite
    for an account with a thousand orders.

    Examples
    --------
    >>> cdnow = PurchaseModel(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)
    >>> seen = pd.DataFrame({"frequency": [2], "recency": [30.43], "T": [38.86]})
    >>> expected_purchases(seen, cdnow, 39).round(3).tolist()
    [1.226]
    """
    x, t_x, T = _values(purchases)
    r, alpha, b = model.r, model.alpha, model.b
    a = model.a if abs(model.a - 1) > NEAR_ONE else 1 + NEAR_ONE  # (10) has a gap at a = 1
    z = t / (alpha + T + t)
    series = hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, z)
    shrunk = (1 - z) ** (a - 1) * series  # ((α + T)/(α + T + t))^(r + x) ₂F₁ in (10)
    if_alive = (a + b + x - 1) / (a - 1) * (1 - shrunk)  # numerator of (10)
    expected = if_alive / (1 + _odds_silent(x, t_x, T, model))  # its denominator
    return pd.Series(expected, purchases.index, name="expected_purchases")


def _odds_silent(x: Array, t_x: Array, T: Array, model: PurchaseModel) -> Array:
    log_ratio = (model.r + x) * np.log((model.alpha + T) / (model.alpha + t_x))
    odds = model.a / (model.b + np.maximum(x, 1) - 1) * np.exp(np.minimum(log_ratio, 700))
    return np.where(x > 0, odds, 0.0)


def _values(purchases: pd.DataFrame) -> tuple[Array, Array, Array]:
    x, t_x, T = (purchases[name].to_numpy(dtype="float64") for name in COLUMNS)
    return x, t_x, T


def _check_purchases(purchases: pd.DataFrame) -> pd.DataFrame:
    """Return equal accounts as one row with their number, or refuse them."""
    missing = [name for name in COLUMNS if name not in purchases]
    if missing:
        raise InputError(f"orders by account lack {listing(missing)}; expected {listing(COLUMNS)}")
    counts = purchases.get("n_accounts", 1)
    rows = purchases[list(COLUMNS)].astype("float64").assign(n_accounts=counts)
    x, t_x, T = _values(rows)
    is_possible = (x >= 0) & (t_x >= 0) & (t_x <= T + 1e-9) & ((x > 0) | (t_x == 0))
    if not is_possible.all():
        wrong = rows[~is_possible].iloc[0]
        raise InputError(
            "expected frequency ≥ 0, 0 ≤ recency ≤ T, and recency 0 for a single order; got "
            f"frequency {wrong.frequency:g}, recency {wrong.recency:g}, T {wrong['T']:g}"
        )
    if not (x > 0).any():
        raise InputError(f"no account of {len(rows):,} ordered twice: nothing tells how often")
    return rows.groupby(list(COLUMNS))[["n_accounts"]].sum().reset_index()
