"""How a pie is split between supplier and account: Nash, Rubinstein, and outside options.

Two kinds of option are kept apart. An *inside* option is what a side earns while it does not
agree (stock to sell, other income): it shifts the split. An *outside* option is what a side
gets if it leaves for good: it matters only where it beats the split.

References
----------
.. [1] Nash, J. (1950), "The bargaining problem", Econometrica 18, 155-162.
.. [2] Rubinstein, A. (1982), "Perfect equilibrium in a bargaining model", Econometrica 50.
.. [3] Binmore, K., Shaked, A. and Sutton, J. (1989), "An outside option experiment",
   Quarterly Journal of Economics 104: the outside-option principle. It holds only under
   refinements of the equilibrium (Abreu and Manea 2025).
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from kamtools.errors import InputError

Floats = NDArray[np.float64]


def nash_split(
    pie: ArrayLike, *, supplier_inside: ArrayLike, account_inside: ArrayLike,
    supplier_strength: ArrayLike = 0.5,
) -> Floats:  # fmt: skip
    """Return what the supplier gets: its inside option and its part of the surplus.

    Parameters
    ----------
    pie
        What both together gain from trading, a year.
    supplier_inside, account_inside
        What each earns a year while there is no agreement.
    supplier_strength
        β (0-1); 0.5 where nothing else tells the two apart.

    Returns
    -------
    array of the arguments' shape
        NaN where the options together exceed the pie: then there is nothing to agree on.

    Notes
    -----
    u_S = d_S + β (π − d_S − d_B).

    Examples
    --------
    >>> float(nash_split(100, supplier_inside=20, account_inside=0))
    60.0
    """
    whole, ours, theirs, strength = (
        np.asarray(number, dtype=float)
        for number in (pie, supplier_inside, account_inside, supplier_strength)
    )
    if not ((strength >= 0) & (strength <= 1)).all():
        raise InputError(f"supplier_strength must be from 0 to 1; got {supplier_strength!r}")
    surplus = whole - (ours + theirs)
    return np.asarray(np.where(surplus >= 0, ours + strength * surplus, np.nan))


def rubinstein_share(*, supplier_patience: ArrayLike, account_patience: ArrayLike) -> Floats:
    """Return the share of the pie of a supplier that makes the first offer.

    Parameters
    ----------
    supplier_patience, account_patience
        δ (0 to below 1): what a pie one round later is worth today.

    Notes
    -----
    (1 − δ_B) / (1 − δ_S δ_B).

    Examples
    --------
    >>> round(float(rubinstein_share(supplier_patience=0.90, account_patience=0.98)), 3)
    0.169
    """
    ours, theirs = (np.asarray(x, dtype=float) for x in (supplier_patience, account_patience))
    if not ((ours >= 0) & (ours < 1) & (theirs >= 0) & (theirs < 1)).all():
        raise InputError(
            f"patience must be from 0 to below 1; got {supplier_patience!r}, {account_patience!r}"
        )
    return np.asarray((1 - theirs) / (1 - ours * theirs))


def settle(
    pie: ArrayLike, *, supplier_inside: ArrayLike = 0.0, account_inside: ArrayLike = 0.0,
    supplier_outside: ArrayLike = 0.0, account_outside: ArrayLike = 0.0,
    supplier_strength: ArrayLike = 0.5,
) -> Floats:  # fmt: skip
    """Return what the supplier gets where inside options shift and outside options bound.

    Parameters
    ----------
    pie, supplier_inside, account_inside, supplier_strength
        As in `nash_split`.
    supplier_outside, account_outside
        What each gets a year if it leaves for good.

    Returns
    -------
    array of the arguments' shape
        NaN where the outside (or the inside) options together exceed the pie.

    Examples
    --------
    >>> float(settle(100, supplier_outside=20)), float(settle(100, supplier_outside=60))
    (50.0, 60.0)
    """
    split = nash_split(
        pie, supplier_inside=supplier_inside, account_inside=account_inside,
        supplier_strength=supplier_strength,
    )  # fmt: skip
    ours = np.asarray(supplier_outside, dtype=float)
    ceiling = np.asarray(pie, dtype=float) - np.asarray(account_outside, dtype=float)
    return np.asarray(np.where(ours <= ceiling, np.clip(split, ours, ceiling), np.nan))
