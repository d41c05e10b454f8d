"""How much an account spends on an order: the Gamma-Gamma model.

The value of an account's orders is gamma distributed around its own mean, and the means are
spread over accounts. The mean seen in a few orders is drawn towards that of all accounts,
the more so the fewer they are. The model takes value and number of orders as independent.

References
----------
.. [1] Fader, P. S. and Hardie, B. G. S. (2013), "The Gamma-Gamma model of monetary value",
   note at brucehardie.com/notes/025.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import minimize
from scipy.special import gammaln

from kamtools.errors import InputError
from kamtools.wording import listing

Array = npt.NDArray[np.float64]

COLUMNS = ("frequency", "monetary_value")
STARTS = ((1.0, 2.0, 1.0), (6.0, 4.0, 1.0))
"""p, q and v ÷ mean value from which the likelihood is climbed."""
BOUNDS = ((-7.0, 7.0), (0.05, 7.0), (-7.0, 7.0))
"""Of the logarithms of p, q and v ÷ mean value; q stays above 1, so that means exist."""


@dataclass(frozen=True)
class SpendModel:
    """A fitted Gamma-Gamma model.

    Attributes
    ----------
    p : above 0
        Shape of the values of one account's orders.
    q, v : above 0
        Shape and rate (money) of the gamma distribution of their rates over accounts.
    log_likelihood
    n_accounts : that it was fitted to
    """

    p: float
    q: float
    v: float
    log_likelihood: float
    n_accounts: int


def fit_spend(orders: pd.DataFrame) -> SpendModel:
    """Return the Gamma-Gamma model under which the mean order values seen are most likely.

    Parameters
    ----------
    orders : a row an account
        `frequency`, orders after the first, and `monetary_value`, their mean value; rows
        without such an order, or of value 0, are left out.

    Raises
    ------
    InputError
        If a column is missing, or fewer than two rows are left.

    Notes
    -----
    Equation (1a) of [1]_: the density of the mean m of x orders is

    Γ(px + q)/(Γ(px) Γ(q)) · v^q m^(px − 1) x^(px) / (v + m x)^(px + q).

    Examples
    --------
    >>> orders = pd.DataFrame({"frequency": [1, 2, 3, 4, 5, 6],
    ...                        "monetary_value": [20.0, 45.0, 30.0, 90.0, 25.0, 60.0]})
    >>> model = fit_spend(orders)
    >>> round(model.p * model.v / (model.q - 1)), model.n_accounts
    (46, 6)
    """
    missing = [name for name in COLUMNS if name not in orders]
    if missing:
        raise InputError(f"order values lack {listing(missing)}; expected {listing(COLUMNS)}")
    known = orders[(orders["frequency"] > 0) & (orders["monetary_value"] > 0)]
    if len(known) < 2:
        raise InputError(
            f"order values need two accounts with a second order of some value; got {len(known)}"
        )
    x, mean = (known[name].to_numpy(dtype="float64") for name in COLUMNS)
    unit = float(mean.mean())

    def misfit(logs: Array) -> float:
        p, q, v = np.exp(logs)
        return -float(log_likelihood_terms(x, mean / unit, p, q, v).mean())

    fits = [
        minimize(
            misfit,
            np.log(start),
            method="L-BFGS-B",
            bounds=BOUNDS,
            options={"maxiter": 1000, "ftol": 1e-13, "gtol": 1e-8},
        )
        for start in STARTS
    ]
    best = min(fits, key=lambda fit: fit.fun)
    p, q, v = np.exp(best.x)
    total = float(log_likelihood_terms(x, mean, p, q, v * unit).sum())
    return SpendModel(float(p), float(q), float(v * unit), total, len(known))


def log_likelihood_terms(x: Array, mean: Array, p: float, q: float, v: float) -> Array:
    """Return the logarithm of each account's density; see `fit_spend`."""
    return np.asarray(
        gammaln(p * x + q)
        - gammaln(p * x)
        - gammaln(q)
        + q * np.log(v)
        + (p * x - 1) * np.log(mean)
        + p * x * np.log(x)
        - (p * x + q) * np.log(v + mean * x)
    )


def expected_spend(orders: pd.DataFrame, model: SpendModel) -> pd.Series:
    """Return the mean value each account's orders are expected to have.

    Parameters
    ----------
    orders : as in `fit_spend`
        Without a second order the mean of all accounts is expected.
    model
        With q above 1, as a fit makes it.

    Notes
    -----
    p (v + x m) / (p x + q − 1), equation (5) of [1]_: the mean of all accounts,
    p v/(q − 1), and the account's own, weighted by q − 1 and p x.

    Examples
    --------
    >>> cdnow = SpendModel(6.25, 3.74, 15.44, -4055.3, 946)
    >>> orders = pd.DataFrame({"frequency": [0, 3], "monetary_value": [np.nan, 50.0]})
    >>> expected_spend(orders, cdnow).round(2).tolist()
    [35.22, 48.12]
    """
    x = orders["frequency"].to_numpy(dtype="float64")
    spent = x * orders["monetary_value"].fillna(0.0).to_numpy(dtype="float64")
    mean = model.p * (model.v + spent) / (model.p * x + model.q - 1)
    return pd.Series(mean, orders.index, name="expected_spend")
