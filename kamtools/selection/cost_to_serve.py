"""What it costs to serve: the service log where there is one, time equations elsewhere (E13).

An activity that the log holds in the 12 months is taken from there, and the log is taken to
be complete: an account without a line had none of it. An activity that only the equations
know is hours by equation × cost of an hour, and the result says that it is an assumption.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.service_cost import costed_lines
from kamtools.selection.time_equations import equation_hours, order_drivers
from kamtools.wording import listing

LOGGED = "service log"
ASSUMED = "time equation"
UNNAMED = "unnamed work"


@dataclass(frozen=True)
class ServingCost:
    """Costs by activity, and what each rests on.

    Attributes
    ----------
    costs : (n_accounts or n_orders, n_activities) money of at least 0
        NaN where it is not known.
    sources : (n_activities,) "service log" or "time equation"
    """

    costs: pd.DataFrame
    sources: pd.Series

    @property
    def total(self) -> pd.Series:
        """Cost of all activities; NaN where one is not known, or where there is none."""
        return self.costs.sum(axis=1, skipna=False, min_count=1).rename("cost")


def cost_by_account(
    account_ids: pd.Index,
    *,
    service: pd.DataFrame | None,
    as_of: date,
    cost_per_hour: float | None = None,
    orders: pd.DataFrame | None = None,
    equations: pd.DataFrame | None = None,
) -> ServingCost:
    """Return what serving each account cost over the 12 months up to `as_of`, by activity.

    Parameters
    ----------
    account_ids : (n_accounts,)
    service
        `account_id`, `date`, `activity`, `hours`, `cost` (money; may be absent). A cost that
        is given is used; else hours × cost_per_hour.
    as_of
        Last day of the 12 months.
    cost_per_hour : money
        What an hour of service costs, such as `time_equations.capacity_rate`.
    orders
        Of the same 12 months, from `kamtools.orders`; needed with equations.
    equations
        Adds the activities that the log does not hold. Without them nothing is assumed.

    Raises
    ------
    InputError
        If there are equations but no orders, or as `time_equations.equation_hours`.

    Examples
    --------
    >>> service = pd.DataFrame({"account_id": ["a", "a"], "activity": ["visit", "visit"],
    ...     "hours": [2.0, 1.0], "date": pd.to_datetime(["2025-02-01", "2025-03-01"])})
    >>> orders = pd.DataFrame({"account_id": ["a", "b", "b"], "amount": [9.0, 9.0, 9.0],
    ...     "lines": [1, 1, 1]})
    >>> equations = pd.DataFrame({"activity": ["entry"], "driver": ["orders"], "hours": [0.5]})
    >>> serving = cost_by_account(pd.Index(["a", "b"]), service=service, orders=orders,
    ...     equations=equations, as_of=date(2025, 12, 31), cost_per_hour=40.0)
    >>> serving.costs
       visit  entry
    a  120.0   20.0
    b    0.0   40.0
    """
    logged = _logged_costs(service, as_of=as_of, cost_per_hour=cost_per_hour)
    known = logged.reindex(account_ids, fill_value=0.0)
    if equations is None:
        return _serving_cost(known, logged)
    if orders is None:
        raise InputError("time equations count what is in orders; no orders are given")
    hours = _hours_of_orders(orders, equations).groupby(orders["account_id"]).sum()
    assumed = hours.reindex(account_ids, fill_value=0.0).drop(columns=logged, errors="ignore")
    return _serving_cost(known.join(assumed * _rate(cost_per_hour)), logged)


def cost_by_order(
    orders: pd.DataFrame,
    *,
    equations: pd.DataFrame,
    service: pd.DataFrame | None,
    as_of: date,
    cost_per_hour: float | None = None,
    share_rest: bool = False,
) -> ServingCost:
    """Return what each order cost, by activity.

    What the log says that an activity cost an account is shared among the account's orders
    in proportion to the hours by equation, so that orders and accounts add up to the same
    money. An activity without an equation belongs to the account, and to no order of it,
    unless `share_rest` asks for full cost.

    Parameters
    ----------
    orders
        `account_id`, `amount` (money), `lines`, from `kamtools.orders`.
    equations
        Of the activities that an order causes, in the firm's own words.
    service, as_of, cost_per_hour
        As in `cost_by_account`.
    share_rest
        Share the logged activities without an equation among an account's orders too, in
        equal parts.

    Returns
    -------
    ServingCost
        Rows as `orders`.

    Raises
    ------
    InputError
        As `time_equations.equation_hours`.

    Examples
    --------
    >>> orders = pd.DataFrame({"account_id": ["a", "a"], "amount": [9.0, 9.0], "lines": [1, 3]})
    >>> equations = pd.DataFrame({"activity": ["entry"], "driver": ["lines"], "hours": [0.1]})
    >>> service = pd.DataFrame({"account_id": ["a"], "activity": ["entry"], "hours": [1.0],
    ...     "date": pd.to_datetime(["2025-02-01"]), "cost": [80.0]})
    >>> cost_by_order(orders, equations=equations, service=service,
    ...     as_of=date(2025, 12, 31)).total.round(2).tolist()
    [20.0, 60.0]
    """
    logged = _logged_costs(service, as_of=as_of, cost_per_hour=cost_per_hour)
    hours = _hours_of_orders(orders, equations)
    if share_rest:
        rest = logged.columns.difference(hours.columns)
        hours = hours.assign(**dict.fromkeys(rest, order_drivers(orders)["orders"]))
    is_logged = hours.columns.isin(logged.columns)
    of_log = hours.columns[is_logged]
    share = hours[of_log] / hours[of_log].groupby(orders["account_id"]).transform("sum")
    of_account = logged[of_log].reindex(orders["account_id"], fill_value=0.0).set_axis(hours.index)
    # An account without hours by equation has no order to bear the cost: share is 0 / 0.
    shared = share.fillna(0.0) * of_account
    assumed = hours.loc[:, ~is_logged] * _rate(cost_per_hour)
    return _serving_cost(shared.join(assumed)[hours.columns], logged)


def describe_sources(serving: ServingCost) -> str:
    """Return in words what the cost rests on, what of it is assumed and what is not known.

    Examples
    --------
    >>> sources = pd.Series({"visit": LOGGED, "order entry": ASSUMED})
    >>> costs = pd.DataFrame({"visit": [50.0], "order entry": [12.0]})
    >>> print(describe_sources(ServingCost(costs, sources)))
    From the service log: visit. Assumed by time equation: order entry.
    >>> print(describe_sources(ServingCost(costs * float("nan"), sources)))
    Not known, as nothing says what an hour costs: visit and order entry.
    >>> print(describe_sources(ServingCost(costs[[]], sources[[]])))
    There is no record of what serving the accounts cost.
    """
    unknown = serving.costs.columns[serving.costs.isna().all()]
    sources = serving.sources.mask(serving.sources.index.isin(unknown), "unknown")
    openings = {
        LOGGED: "From the service log",
        ASSUMED: "Assumed by time equation",
        "unknown": "Not known, as nothing says what an hour costs",
    }
    sentences = [
        f"{opening}: {listing([str(name) for name in sources.index[sources == source]])}."
        for source, opening in openings.items()
        if (sources == source).any()
    ]
    return " ".join(sentences) or "There is no record of what serving the accounts cost."


def _logged_costs(
    service: pd.DataFrame | None, *, as_of: date, cost_per_hour: float | None
) -> pd.DataFrame:
    """Return the logged cost by account and activity; NaN where a line's is not known."""
    if service is None:
        return pd.DataFrame()
    lines = costed_lines(service, as_of=as_of, cost_per_hour=cost_per_hour)
    if lines.empty:
        return pd.DataFrame()
    activity = lines["activity"].str.strip().fillna(UNNAMED)
    sums = lines.groupby(["account_id", activity])["cost"].sum(skipna=False)
    # Where an account has no line of an activity there is nothing, not something unknown.
    return sums.unstack(fill_value=0)


def _hours_of_orders(orders: pd.DataFrame, equations: pd.DataFrame) -> pd.DataFrame:
    return equation_hours(equations, order_drivers(orders))


def _rate(cost_per_hour: float | None) -> float:
    return float("nan") if cost_per_hour is None else cost_per_hour


def _serving_cost(costs: pd.DataFrame, logged: pd.DataFrame) -> ServingCost:
    sources = {name: LOGGED if name in logged else ASSUMED for name in costs}
    return ServingCost(costs, pd.Series(sources, name="source", dtype="str"))
