"""Whether one more manager would pay.

References
----------
.. [1] Zoltners, A. A., Sinha, P. and Lorimer, S. E. (2004), "Sales Force Design for Strategic
   Advantage", Palgrave Macmillan: sizing by workload and by break-even.
"""

import math

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import money


def break_even(margins: pd.Series, *, cost_of_manager: float) -> pd.DataFrame:
    """Return for each number of managers what the last one adds, against what one costs.

    Parameters
    ----------
    margins : (n,) money a year, index whole numbers of managers that rise
        Expected margin with so many, such as `allocation.margin_by_hours` gives it.
    cost_of_manager : money a year, above 0
        All that a manager costs.

    Returns
    -------
    (n, 4), index managers
        `margin`, `added_margin` (a manager, over the row before; NaN in the first), `ratio`
        (added margin ÷ cost), `pays` (ratio above 1).

    Raises
    ------
    InputError
        If the cost is not above 0 or the numbers of managers do not rise.

    Examples
    --------
    >>> margins = pd.Series([500.0, 650.0, 720.0], index=[3, 4, 5])
    >>> break_even(margins, cost_of_manager=100.0)
              margin  added_margin  ratio   pays
    managers
    3          500.0           NaN    NaN  False
    4          650.0         150.0    1.5   True
    5          720.0          70.0    0.7  False
    """
    if not (np.isfinite(cost_of_manager) and cost_of_manager > 0):
        raise InputError(f"cost_of_manager must be a number above 0; got {cost_of_manager}")
    managers = margins.index.to_series().astype(float)
    if not (managers.diff().dropna() > 0).all():
        raise InputError(f"numbers of managers must rise; got {list(margins.index)}")
    added = margins.diff() / managers.diff()
    ratio = added / cost_of_manager
    table = pd.DataFrame({"margin": margins, "added_margin": added, "ratio": ratio})
    return table.assign(pays=ratio > 1).rename_axis("managers")


def describe_break_even(steps: pd.DataFrame, *, currency: str = "") -> str:
    """Return in words whether the next manager brings more than he or she costs.

    Parameters
    ----------
    steps
        From `break_even`.
    currency
        Of the margins.

    Examples
    --------
    >>> steps = break_even(pd.Series([500.0, 650.0, 720.0], [3, 4, 5]), cost_of_manager=100.0)
    >>> print(describe_break_even(steps))
    Manager number 5 would bring 70 of margin a year against a cost of 100.
    """
    known = steps.dropna(subset="ratio")
    if known.empty:
        return "Whether one more would pay is not known."
    failing = known[~known["pays"]]
    first = (known if failing.empty else failing).iloc[-1 if failing.empty else 0]
    said = "still brings" if failing.empty else "would bring"
    cost = first["added_margin"] / first["ratio"] if first["ratio"] else float("nan")
    against = "" if math.isnan(cost) else f" against a cost of {money(cost, currency)}"
    return (
        f"Manager number {first.name:.0f} {said} {money(first['added_margin'], currency)} of "
        f"margin a year{against}."
    )
