"""Each list's measures at one past date, as parts and wholes by draw of the accounts."""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.selection import backtest_measures as measures
from kamtools.selection.backtest_lists import SALES_RANK, RivalScores

ANY_LIST = "any_list"
NEWCOMERS = "newcomers"
DECIMALS = 12
Order = npt.NDArray[np.intp]


@dataclass(frozen=True)
class PastChoice:
    """What each method thought of the accounts at a past date, and what followed.

    Attributes
    ----------
    date
    rivals : of the accounts that could be chosen then
    followed : horizon in months -> `revenue` and `margin` (money; NaN where not known), index
        account_id: all accounts of the history, in the same order for each horizon
    """

    date: datetime.date
    rivals: RivalScores
    followed: dict[int, pd.DataFrame]


@dataclass(frozen=True)
class Tally:
    """One measure of one list: what it caught and of how much, by draw of the accounts.

    Attributes
    ----------
    date, horizon_months, top, method, measure
    part, whole : (draws + 1,), first of the accounts as they are
    n_accounts : that could be chosen at the date
    """

    date: datetime.date
    horizon_months: int
    top: int
    method: str
    measure: str
    part: measures.Array
    whole: measures.Array
    n_accounts: int


def tallies(choice: PastChoice, *, counts: measures.Places, tops: Sequence[int]) -> Iterator[Tally]:
    """Yield every measure of every method's list at one date.

    Parameters
    ----------
    choice
    counts : (draws + 1, all accounts of the history), from `bootstrap.account_draws`
    tops : list sizes
    """
    accounts = next(iter(choice.followed.values())).index
    is_candidate = np.asarray(accounts.isin(choice.rivals.scores.index))
    scores = choice.rivals.scores.reindex(accounts).round(DECIMALS)
    by_method = {
        str(method): measures.in_order(values.to_numpy())
        for method, values in scores.items()
        if values.notna().any()
    }
    truths = {h: _truths(table, is_candidate) for h, table in choice.followed.items()}
    orders = [
        *by_method.values(),
        *(order for truth in truths.values() for order in truth.values()),
    ]
    for top in tops:
        # Only accounts that reach some list in some draw matter: the arrays hold no others.
        at = np.unique(np.concatenate([measures.reach(order, counts, top) for order in orders]))
        here = _Front(at, counts[:, at], top)
        lists = {method: here.take(order) for method, order in by_method.items()}
        for horizon, truth in truths.items():
            best = {name: here.take(order) for name, order in truth.items()}
            followed = choice.followed[horizon].iloc[at]
            measured = [
                *_by_method(lists, best, followed),
                (ANY_LIST, NEWCOMERS, *_newcomers(best["anybody"], is_candidate[at])),
            ]
            for method, measure, part, whole in measured:
                yield Tally(choice.date, horizon, top, method, measure, part, whole,
                            int(is_candidate.sum()))  # fmt: skip


@dataclass(frozen=True)
class _Front:
    """The accounts within reach of a list: their positions, counts by draw, the list's size."""

    at: Order
    counts: measures.Places
    top: int

    def take(self, order: Order) -> measures.Places:
        place = np.full(int(max(order.max(initial=0), self.at.max())) + 1, -1)
        place[self.at] = np.arange(len(self.at))
        inside = place[order]
        return measures.take(inside[inside >= 0], self.counts, self.top)


def _truths(followed: pd.DataFrame, is_candidate: npt.NDArray[np.bool_]) -> dict[str, Order]:
    """Return the order of the accounts by what they brought later, those above 0."""
    revenue, margin = (followed[name].to_numpy() for name in ("revenue", "margin"))
    orders = {
        "revenue": measures.in_order(np.where(is_candidate & (revenue > 0), revenue, np.nan)),
        "anybody": measures.in_order(np.where(revenue > 0, revenue, np.nan)),
    }
    if not np.isnan(margin).all():
        orders["margin"] = measures.in_order(np.where(is_candidate & (margin > 0), margin, np.nan))
    return orders


def _by_method(
    lists: dict[str, measures.Places], best: dict[str, measures.Places], followed: pd.DataFrame
) -> Iterator[tuple[str, str, measures.Array, measures.Array]]:
    by_sales, top = lists[SALES_RANK], best["revenue"]
    revenue, margin = (followed[name].to_numpy() for name in ("revenue", "margin"))
    for method, places in lists.items():
        yield method, "revenue_share", *measures.caught(places, top, revenue)
        if "margin" in best:
            yield method, "margin_share", *measures.caught(places, best["margin"], margin)
        yield method, "top_found", *measures.top_found(places, top)
        yield method, "risers_found", *measures.risers_found(places, by_sales, top)
        yield method, "faders_avoided", *measures.faders_avoided(places, by_sales, top)


def _newcomers(
    best: measures.Places, is_candidate: npt.NDArray[np.bool_]
) -> tuple[measures.Array, measures.Array]:
    return best[:, ~is_candidate].sum(axis=1).astype(float), best.sum(axis=1).astype(float)
