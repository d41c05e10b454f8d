"""Many sets of weights instead of one: all that are possible, or all that are near.

Nobody can prove that profit weighs 40 % and not 35 %. What can be shown is what the weights
would have to be for a list to change. For this, sets of weights are drawn: a table of draw by
criterion whose rows are weights like any others, none negative, with the sum 1.

References
----------
.. [1] Lahdelma, R. and Salminen, P. (2001), "SMAA-2: stochastic multicriteria acceptability
   analysis for group decision making", Operations Research 49(3), 444-454.
.. [2] Edwards, W. and Barron, F. H. (1994), "SMARTS and SMARTER: improved simple methods for
   multiattribute utility measurement", Organizational Behavior and Human Decision Processes
   60(3), 306-325.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.weights import check_weights, equal_weights

SPREAD = 0.3
"""How far weights are drawn from the chosen ones: an assumption, see `weights_around`."""


def uniform_weights(criteria: Iterable[str], *, draws: int, seed: int) -> pd.DataFrame:
    """Return sets of weights of which none is likelier than another.

    This is the case of those who do not agree on any weight; who agrees on an order or on
    rough weights draws a narrower answer from `ordered_weights` or `weights_around`.

    Parameters
    ----------
    criteria : names, each once
    draws : number of sets, at least 1
    seed

    Returns
    -------
    (draws, n_criteria) 0-1, each row with the sum 1

    Raises
    ------
    InputError
        If there is no criterion, one appears twice, or `draws` is not such a number.

    Examples
    --------
    >>> uniform_weights(["margin", "growth"], draws=20_000, seed=1).mean().round(2).to_dict()
    {'margin': 0.5, 'growth': 0.5}
    """
    names = list(equal_weights(criteria).index)
    parts = np.random.default_rng(seed).standard_exponential((_checked(draws), len(names)))
    return _labelled(parts / parts.sum(axis=1, keepdims=True), names)


def ordered_weights(criteria_in_order: Iterable[str], *, draws: int, seed: int) -> pd.DataFrame:
    """Return sets of weights of which only the order is settled, the heaviest named first.

    Parameters
    ----------
    criteria_in_order : names, each once
        A criterion that is not named weighs nothing.
    draws : number of sets, at least 1
    seed

    Returns
    -------
    (draws, n_criteria) 0-1, each row falling and with the sum 1
        Their mean tends to `weights.rank_order_weights`, the centroid of Edwards and
        Barron 1994 [2]_.

    Raises
    ------
    InputError
        As `uniform_weights`.

    Examples
    --------
    >>> ordered_weights(["margin", "growth"], draws=20_000, seed=1).mean().round(2).to_dict()
    {'margin': 0.75, 'growth': 0.25}
    """
    in_any_order = uniform_weights(criteria_in_order, draws=draws, seed=seed)
    falling = -np.sort(-in_any_order.to_numpy(), axis=1)
    return _labelled(falling, list(in_any_order.columns))


def weights_around(
    weights: pd.Series, *, spread: float = SPREAD, draws: int, seed: int
) -> pd.DataFrame:
    """Return sets of weights around the chosen ones.

    Parameters
    ----------
    weights : (n_criteria,) 0-1 with the sum 1
        The mean of what is drawn. A criterion of weight 0 keeps it.
    spread : 0 up to sqrt(n - 1), n being the number of criteria that weigh something
        Standard deviation of a criterion of average weight, 1/n, over that weight. With ten
        criteria and 0.3, a weight of 10 % is drawn as 10 ± 3 %, one of 40 % as 40 ± 5 %.
        0 draws the chosen weights alone; 0.9 around ten equal weights is about as wide as
        `uniform_weights`.
    draws : number of sets, at least 1
    seed

    Returns
    -------
    (draws, n_criteria) 0-1, each row with the sum 1

    Raises
    ------
    InputError
        If the weights are not weights, or `spread` or `draws` is not such a number.

    Notes
    -----
    Dirichlet distribution with the parameters c w_j, c = (n - 1) / spread^2 - 1. The standard
    deviation of a weight is sqrt(w_j (1 - w_j) / (c + 1)).

    Examples
    --------
    >>> chosen = pd.Series({"margin": 0.5, "growth": 0.3, "fit": 0.2})
    >>> near = weights_around(chosen, spread=0.3, draws=20_000, seed=1)
    >>> near.mean().round(2).tolist(), near.std().round(2).tolist()
    ([0.5, 0.3, 0.2], [0.11, 0.1, 0.08])
    """
    chosen = check_weights(weights, weights.index).to_numpy()
    weighs = chosen > 0
    widest = np.sqrt(max(weighs.sum() - 1, 1))
    if not 0 <= spread < widest:
        raise InputError(f"spread must be from 0 to less than {widest:.2f}; got {spread!r}")
    drawn = np.tile(chosen, (_checked(draws), 1))
    if spread > 0 and weighs.sum() > 1:
        concentration = (weighs.sum() - 1) / spread**2 - 1
        rng = np.random.default_rng(seed)
        drawn[:, weighs] = rng.dirichlet(concentration * chosen[weighs], size=draws)
    return _labelled(drawn, list(weights.index))


def check_weight_draws(weight_draws: pd.DataFrame, criteria: Iterable[str]) -> np.ndarray:
    """Return drawn weights in the order of `criteria`, those not named as 0, or refuse them.

    Raises
    ------
    InputError
        If there is no draw, a column is for no criterion, a weight is negative or not known,
        or a row does not sum to 1.

    Examples
    --------
    >>> check_weight_draws(pd.DataFrame({"growth": [1.0]}), ["margin", "growth"]).tolist()
    [[0.0, 1.0]]
    """
    names = list(criteria)
    if weight_draws.empty:
        raise InputError(f"there are no weights: the table has the shape {weight_draws.shape}")
    check_weights(equal_weights(weight_draws.columns), names)
    drawn = weight_draws.reindex(columns=names, fill_value=0.0).to_numpy(dtype=float)
    is_wrong = ~((drawn >= 0).all(axis=1) & (abs(drawn.sum(axis=1) - 1) <= 1e-6))
    if is_wrong.any():
        row = int(np.argmax(is_wrong))
        said = ", ".join(f"{x:g}" for x in drawn[row])
        raise InputError(
            "drawn weights must be numbers of at least 0 with the sum 1; "
            f"got {said} in draw {weight_draws.index[row]}"
        )
    return drawn


def _checked(draws: int) -> int:
    if isinstance(draws, bool) or not isinstance(draws, int | np.integer) or draws < 1:
        raise InputError(f"draws must be a whole number of at least 1; got {draws!r}")
    return int(draws)


def _labelled(drawn: np.ndarray, names: list[str]) -> pd.DataFrame:
    return pd.DataFrame(
        drawn, index=pd.RangeIndex(len(drawn), name="draw"), columns=pd.Index(names)
    )
