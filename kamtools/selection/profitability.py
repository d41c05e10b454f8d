"""Profit of accounts and of orders after what it took to serve them (E13).

Every order brings revenue; not every order brings profit. An order's profit is its margin
less the cost of its handling; an account's also bears what no single order causes: visits,
complaints, promotions.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing, money, percent


def profit_by_account(scorecard: pd.DataFrame, service_cost: pd.Series) -> pd.DataFrame:
    """Return each account's revenue, margin, cost to serve and profit, most profitable first.

    Parameters
    ----------
    scorecard : index account_id
        `revenue`, `margin` (money a year); margin is NaN where no cost is known.
    service_cost : money a year, index account_id
        `cost_to_serve.cost_by_account(…).total`. If it is not known for any account, profit
        is the margin before service.

    Returns
    -------
    (n_accounts, 5), index account_id
        `revenue`, `margin`, `service_cost`, `profit` (money a year) and `profit_rate`
        (profit over revenue; NaN where revenue is not above 0). Accounts whose profit is not
        known stand last.

    Raises
    ------
    InputError
        If the scorecard lacks a column.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [90.0, 50.0], "margin": [20.0, 15.0]},
    ...                          index=pd.Index(["giant", "small"], name="account_id"))
    >>> profit_by_account(scorecard, pd.Series({"giant": 29.0, "small": 5.0}))
                revenue  margin  service_cost  profit  profit_rate
    account_id
    small          50.0    15.0           5.0    10.0          0.2
    giant          90.0    20.0          29.0    -9.0         -0.1
    """
    missing = [name for name in ("revenue", "margin") if name not in scorecard]
    if missing:
        raise InputError(f"the scorecard lacks the column {listing(missing)}")
    revenue, margin = scorecard["revenue"].astype(float), scorecard["margin"].astype(float)
    cost = service_cost.reindex(scorecard.index).astype(float)
    profit = margin - cost if cost.notna().any() else margin
    table = pd.DataFrame(
        {
            "revenue": revenue,
            "margin": margin,
            "service_cost": cost,
            "profit": profit,
            "profit_rate": profit / revenue.where(revenue > 0),
        }
    )
    return table.sort_index().sort_values("profit", ascending=False, kind="stable")


def profit_by_order(orders: pd.DataFrame, handling_cost: pd.Series) -> pd.DataFrame:
    """Return each order's margin, handling cost and profit, the worst first.

    Credit notes are not orders, and they do not say which order they belong to: they are
    left out, and an order that was sent back later still counts as it was invoiced.

    Parameters
    ----------
    orders
        `account_id`, `invoice_id`, `date`, `amount`, `margin` (money), `lines`, from
        `kamtools.orders`.
    handling_cost : (n_orders,) money, index as `orders`
        `cost_to_serve.cost_by_order(…).total`. If it is not known for any order, profit is
        the margin before handling.

    Returns
    -------
    The rows of `orders` with an amount above 0, with `handling_cost` and `profit`
        Orders whose profit is not known stand last.

    Examples
    --------
    >>> orders = pd.DataFrame({"account_id": ["a", "a", "b"], "invoice_id": ["1", "2", "3"],
    ...     "amount": [100.0, 20.0, -5.0], "margin": [30.0, 6.0, -5.0], "lines": [2, 1, 1]})
    >>> profit_by_order(orders, pd.Series([10.0, 10.0, 10.0]))[["invoice_id", "profit"]]
      invoice_id  profit
    1          2    -4.0
    0          1    20.0
    """
    is_known = handling_cost.notna().any()
    profit = orders["margin"] - handling_cost if is_known else orders["margin"]
    table = orders.assign(handling_cost=handling_cost, profit=profit)
    return table[table["amount"] > 0].sort_values("profit", kind="stable")


def order_profit_by_account(order_profit: pd.DataFrame) -> pd.DataFrame:
    """Return how many of each account's orders brought no profit, and what they lost.

    Parameters
    ----------
    order_profit
        From `profit_by_order`; orders whose profit is not known do not count.

    Returns
    -------
    (n_accounts, 4), index account_id, largest loss first
        `orders` and `orders_without_profit` (counts), `share_without_profit` (0-1), `loss`
        (money of at most 0, the sum over the orders without profit).

    Examples
    --------
    >>> order_profit = pd.DataFrame({"account_id": ["a", "a", "b"], "profit": [-4.0, 2.0, 3.0]})
    >>> order_profit_by_account(order_profit)
                orders  orders_without_profit  share_without_profit  loss
    account_id
    a                2                      1                   0.5  -4.0
    b                1                      0                   0.0   0.0
    """
    known = order_profit[order_profit["profit"].notna()]
    marked = known.assign(
        without_profit=known["profit"] <= 0, loss=known["profit"].clip(upper=0)
    ).groupby("account_id")
    table = pd.DataFrame(
        {
            "orders": marked.size(),
            "orders_without_profit": marked["without_profit"].sum(),
            "share_without_profit": marked["without_profit"].mean(),
            "loss": marked["loss"].sum(),
        }
    )
    return table.sort_values("loss", kind="stable")


def break_even_amount(order_profit: pd.DataFrame) -> float:
    """Return the amount from which on an order of usual margin and handling pays for itself.

    Parameters
    ----------
    order_profit
        From `profit_by_order`.

    Returns
    -------
    money
        Median handling cost over the margin rate of all orders together; NaN where either is
        not known, or the orders together have no margin.

    Examples
    --------
    >>> break_even_amount(pd.DataFrame({"amount": [100.0, 300.0], "margin": [20.0, 60.0],
    ...                                 "handling_cost": [12.0, 12.0], "profit": [8.0, 48.0]}))
    60.0
    """
    known = order_profit[order_profit["profit"].notna()]
    rate = known["margin"].sum() / known["amount"].sum() if len(known) else 0.0
    return float(known["handling_cost"].median() / rate) if rate > 0 else float("nan")


def describe_orders(order_profit: pd.DataFrame, *, currency: str = "") -> str:
    """Return in words which orders brought no profit.

    Parameters
    ----------
    order_profit
        From `profit_by_order`.

    Examples
    --------
    >>> order_profit = pd.DataFrame({"account_id": ["a", "a", "b"], "amount": [9.0, 80.0, 90.0],
    ...     "margin": [2.0, 16.0, 20.0], "handling_cost": [8.0] * 3, "profit": [-6.0, 8.0, 12.0]})
    >>> print(describe_orders(order_profit, currency="EUR"))
    1 of 3 orders (33 %) brought no profit: together they lost EUR 6. At the usual margin an
    order below EUR 38 does not pay for its handling.
    """
    is_known = order_profit["profit"].notna()
    if not is_known.any():
        return "Which orders brought no profit is not known: it needs the cost of the goods."
    known = order_profit.loc[is_known, "profit"]
    n_without, n_unknown = int((known <= 0).sum()), int((~is_known).sum())
    is_handling_known = order_profit["handling_cost"].notna().any()
    before = "" if is_handling_known else " even before handling, whose cost is not known"
    lost = money(-float(known.clip(upper=0).sum()), currency)
    sentences = [
        f"{n_without:,} of {len(known):,} orders ({percent(n_without / len(known))}) brought no "
        f"profit{before}: together they lost {lost}."
    ]
    threshold = break_even_amount(order_profit)
    if not np.isnan(threshold):
        sentences.append(
            f"At the usual margin an order below {money(threshold, currency)} does not pay for "
            "its handling."
        )
    if n_unknown:
        noun = "order" if n_unknown == 1 else "orders"
        sentences.append(f"Not counted: {n_unknown:,} {noun} whose profit is not known.")
    return " ".join(sentences)
