"""In, out or to be argued about, and the cell of the portfolio, beside each account of a list."""

import pandas as pd

from kamtools.selection.acceptability import smaa
from kamtools.selection.attractiveness import STRENGTH_CRITERIA, attractiveness
from kamtools.selection.matrix import NOT_PLACED, portfolio_matrix
from kamtools.selection.verdicts import verdicts
from kamtools.selection.weight_draws import weights_around

DRAWS = 500
"""Enough for shares to ±2 percentage points, few enough to follow a slider."""


def verdicts_near(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    top: int,
    method: str,
    seed: int,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """Return how often each account is among the first under weights near these.

    Parameters
    ----------
    values, objectives, top, method
        As in `acceptability.smaa`.
    weights : (n_criteria,) 0-1 with the sum 1
        Around which weights are drawn, by `weight_draws.weights_around`.
    seed
        The same seed draws the same disturbances, so that only what was moved moves.
    draws : number of sets of weights

    Returns
    -------
    (n_accounts, 3), index account_id
        As `verdicts.verdicts`: `p_top_k`, `standard_error`, `verdict`.

    Raises
    ------
    InputError
        As `smaa`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 5.0, 0.0], "growth": [9.0, 0.0, 5.0]},
    ...                       index=["a", "b", "c"])
    >>> near = verdicts_near(values, pd.Series({"margin": 0.5, "growth": 0.5}),
    ...     pd.Series("max", index=values.columns), top=2, method="weighted_sum", seed=1)
    >>> near["verdict"].to_dict()
    {'a': 'in', 'b': 'argue about it', 'c': 'argue about it'}
    """
    drawn = weights_around(weights, draws=draws, seed=seed)
    return verdicts(smaa(values, drawn, objectives, top=top, method=method))


def matrix_at(
    values: pd.DataFrame, weights: pd.Series, objectives: pd.Series, *, strength: pd.DataFrame
) -> pd.DataFrame | None:
    """Return the portfolio in four cells under these weights.

    Parameters
    ----------
    values, weights, objectives
        As in `attractiveness.attractiveness`.
    strength : (n_accounts, …), index account_id
        `strength`, `basis` and `missing`, as `business_strength` and `portfolio_matrix` give.

    Returns
    -------
    As `matrix.portfolio_matrix`, or None where no account can be placed: its strength is not
    known, or all the weight is on criteria that say nothing of how attractive it is.

    Examples
    --------
    >>> strength = pd.DataFrame({"strength": [1.4, 0.5], "basis": "", "missing": ""},
    ...                         index=["a", "b"])
    >>> values = pd.DataFrame({"growth_potential": [5.0, 4.0]}, index=["a", "b"])
    >>> matrix_at(values, pd.Series({"growth_potential": 1.0}),
    ...           pd.Series({"growth_potential": "max"}), strength=strength)["cell"].tolist()
    ['strategic', 'star']
    """
    is_own = ~weights.index.isin(STRENGTH_CRITERIA)
    if not weights[is_own].sum() > 0:
        return None
    matrix = portfolio_matrix(attractiveness(values, weights, objectives), strength)
    return None if matrix["cell"].eq(NOT_PLACED).all() else matrix
