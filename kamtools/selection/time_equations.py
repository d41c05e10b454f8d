"""Time equations: how many hours an order takes, from what can be counted in it.

Time-driven activity-based costing asks two questions only: what an hour of the people costs,
and how many hours an activity takes. The answer to the second is a table that the firm can
edit, with one row for each term of each activity's equation: `activity`, `driver`, `hours`.

References
----------
.. [1] Kaplan, R. S. and Anderson, S. R. (2004), "Time-driven activity-based costing",
   Harvard Business Review 82(11), 131-138.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

PRACTICAL_SHARE = 0.8
"""Part of the paid hours in which people can work: assumption, Kaplan and Anderson 2004."""

COLUMNS = ("activity", "driver", "hours")
DRIVERS = ("orders", "lines", "credit_notes")
"""What `order_drivers` counts, and what a firm's own time_equations.csv may name."""


def default_time_equations() -> pd.DataFrame:
    """Return the equations to start from: an assumption that each firm replaces.

    A quarter of an hour for each order, and a little more than a minute for each of its
    lines. Nothing else: what a firm does beside is in its record of service hours, or it
    adds a row here.

    Examples
    --------
    >>> default_time_equations()
          activity  driver  hours
    0  order entry  orders   0.25
    1  order entry   lines   0.02
    """
    rows = [("order entry", "orders", 0.25), ("order entry", "lines", 0.02)]
    return pd.DataFrame(rows, columns=list(COLUMNS))


def order_drivers(orders: pd.DataFrame) -> pd.DataFrame:
    """Return what can be counted in each invoice or credit note.

    Parameters
    ----------
    orders
        `amount` (money), `lines` (count), from `kamtools.orders`.

    Returns
    -------
    (n_orders, 3) counts, index as `orders`
        `orders`, 1 on an invoice: its hours are the base of an equation; `lines` of an
        invoice; `credit_notes`, 1 on a credit note.

    Examples
    --------
    >>> order_drivers(pd.DataFrame({"amount": [90.0, -20.0], "lines": [3, 1]}))
       orders  lines  credit_notes
    0       1      3             0
    1       0      0             1
    """
    is_order = (orders["amount"] > 0).astype("int64")
    counts = (is_order, orders["lines"] * is_order, 1 - is_order)
    return pd.DataFrame(dict(zip(DRIVERS, counts, strict=True)))


def equation_hours(equations: pd.DataFrame, drivers: pd.DataFrame) -> pd.DataFrame:
    """Return the hours that each activity takes for each row of drivers.

    Parameters
    ----------
    equations
        `activity`, `driver`, `hours` (for each unit of the driver, at least 0).
    drivers : (n, n_drivers) counts
        From `order_drivers`, or any table of what can be counted, by order or by account.

    Returns
    -------
    (n, n_activities) hours, index as `drivers`; activities in the order of the table

    Raises
    ------
    InputError
        If the equations are empty or lack a column, name a driver that is not counted, give
        a driver of an activity twice, or hours that are not numbers of at least 0.

    Notes
    -----
    t = sum_m b_m x_m, with b_m hours a unit of driver m; the base time is the term whose
    driver is 1 for each event [1]_.

    Examples
    --------
    >>> equations = pd.DataFrame([("packing", "orders", 0.5), ("packing", "special", 6.5),
    ...     ("packing", "by_air", 0.2)], columns=["activity", "driver", "hours"])
    >>> drivers = pd.DataFrame({"orders": [1, 1], "special": [0, 1], "by_air": [1, 1]})
    >>> equation_hours(equations, drivers)["packing"].tolist()
    [0.7, 7.2]
    """
    _check_equations(equations, drivers)
    activities = equations["activity"].drop_duplicates().tolist()
    terms = equations.pivot(index="driver", columns="activity", values="hours")
    hours = terms.astype(float).fillna(0.0)[activities]
    counts = drivers[hours.index].to_numpy(dtype=float)
    return pd.DataFrame(counts @ hours.to_numpy(), index=drivers.index, columns=activities)


def capacity_rate(
    cost_of_capacity: float, paid_hours: float, *, practical_share: float = PRACTICAL_SHARE
) -> float:
    """Return what an hour of people costs: the money over the hours they can really work.

    Parameters
    ----------
    cost_of_capacity : money, above 0
        All that the people cost over a time: pay, rooms, machines, their own managers.
    paid_hours : hours over the same time, above 0
    practical_share : above 0, up to 1
        Part of the paid hours left after breaks, training and meetings.

    Raises
    ------
    InputError
        If a number is out of its range.

    Examples
    --------
    >>> capacity_rate(80_000.0, 2_000.0)
    50.0
    """
    for name, value in (("cost_of_capacity", cost_of_capacity), ("paid_hours", paid_hours)):
        if not (np.isfinite(value) and value > 0):
            raise InputError(f"{name} must be a number above 0; got {value}")
    if not 0 < practical_share <= 1:
        raise InputError(f"practical_share must be above 0 and up to 1; got {practical_share}")
    return cost_of_capacity / (paid_hours * practical_share)


def _check_equations(equations: pd.DataFrame, drivers: pd.DataFrame) -> None:
    missing = [name for name in COLUMNS if name not in equations]
    if missing:
        raise InputError(f"time equations lack the column {listing(missing)}")
    if equations.empty:
        raise InputError("time equations are empty; expected rows of activity, driver, hours")
    unknown = [name for name in equations["driver"].drop_duplicates() if name not in drivers]
    if unknown:
        raise InputError(
            f"time equations name the driver {unknown[0]!r}; counted are: "
            f"{', '.join(map(str, drivers.columns))}"
        )
    again = equations[equations.duplicated(["activity", "driver"])]
    if len(again):
        activity, driver = again.iloc[0][["activity", "driver"]]
        raise InputError(f"time equations give {driver!r} of {activity!r} twice")
    hours = pd.to_numeric(equations["hours"], errors="coerce")
    wrong = equations[~(np.isfinite(hours) & (hours >= 0))]
    if len(wrong):
        row = wrong.iloc[0]
        raise InputError(
            f"hours must be numbers of at least 0; got {row['hours']} for {row['activity']!r}"
        )
