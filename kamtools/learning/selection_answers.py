"""Answers of the exercises on selection, worked out of an engagement when they are checked."""

import pandas as pd

from kamtools import ledger
from kamtools.engagement import Engagement
from kamtools.learning.judging import Context
from kamtools.selection.goals import strategic_fit
from kamtools.selection.measurement import criteria_table
from kamtools.selection.portfolio import choose_top, eligible
from kamtools.selection.scoring import score, weighted_sum
from kamtools.selection.weights import default_weights

LARGEST = 5
LISTED = 10


def loses_most(context: Context) -> str:
    """Return which of the five largest by sales has the least profit after service."""
    return str(_largest(context)["profit"].idxmin())


def largest(context: Context) -> str:
    """Return the account with the highest sales."""
    return str(context["profit"]["revenue"].idxmax())


def thinnest_margin(context: Context) -> str:
    """Return which of the five largest by sales has the lowest margin rate before service."""
    five = _largest(context)
    return str((five["margin"] / five["revenue"]).idxmin())


def fastest_falling(context: Context) -> str:
    """Return which of the ten largest by sales has lost most of its sales in a year."""
    ten = context["scorecard"].nlargest(LISTED, "revenue")
    return str(ten["growth"].idxmin())


def goal_accounts_without_goal(context: Context) -> int:
    """Return how many accounts that meet the goal are chosen when the goal is dropped."""
    return _chosen_that_meet_goal(context["firm"], with_goal=False)


def goal_accounts_with_goal(context: Context) -> int:
    """Return how many accounts that meet the goal are chosen as the engagement stands."""
    return _chosen_that_meet_goal(context["firm"], with_goal=True)


def goal_accounts_lost(context: Context) -> int:
    """Return how many accounts that meet the goal leave the list when the goal is dropped."""
    return goal_accounts_with_goal(context) - goal_accounts_without_goal(context)


def first_after_newcomer(context: Context) -> str:
    """Return which account is first once the newcomer is scored with the others."""
    return _first_of(context, _with_newcomer(context))


def first_before_newcomer(context: Context) -> str:
    """Return which account is first without the newcomer."""
    return _first_of(context, context["values"])


def newcomer(context: Context) -> str:
    """Return the account that is added."""
    return str(context["newcomer"].index[0])


def last_after_newcomer(context: Context) -> str:
    """Return which account is last once the newcomer is scored with the others."""
    values = _with_newcomer(context)
    scores = weighted_sum(values, context["weights"], context["objectives"])
    return str(scores["score"].idxmin())


def large_but_not_chosen(context: Context) -> set[str]:
    """Return which of the ten largest by sales are not chosen as key accounts."""
    ten, chosen = _ten_and_chosen(context["firm"])
    return ten - chosen


def chosen_but_not_large(context: Context) -> set[str]:
    """Return which chosen accounts are not among the ten largest by sales."""
    ten, chosen = _ten_and_chosen(context["firm"])
    return chosen - ten


def ten_largest(context: Context) -> set[str]:
    """Return the ten largest by sales."""
    return _ten_and_chosen(context["firm"])[0]


def large_at_a_loss(context: Context) -> set[str]:
    """Return which of the ten largest by sales lose money once they are served."""
    firm = context["firm"]
    ten, _ = _ten_and_chosen(firm)
    profit = _scored(firm, with_goal=True)[0]
    return {name for name in ten if profit[name] < 0}


def _largest(context: Context) -> pd.DataFrame:
    return context["profit"].nlargest(LARGEST, "revenue")


def _with_newcomer(context: Context) -> pd.DataFrame:
    return pd.concat([context["values"], context["newcomer"]])


def _first_of(context: Context, values: pd.DataFrame) -> str:
    scores = weighted_sum(values, context["weights"], context["objectives"])
    return str(scores["rank"].idxmin())


def _chosen_that_meet_goal(firm: Engagement, *, with_goal: bool) -> int:
    assert firm.accounts is not None
    goal = [{**firm.strategy["goals"][0], "weight": 1.0}]
    meets = strategic_fit(firm.accounts, goal)
    chosen = _scored(firm, with_goal=with_goal)[1]
    return int((meets.reindex(sorted(chosen)) == 1).sum())


def _ten_and_chosen(firm: Engagement) -> tuple[set[str], set[str]]:
    scorecard = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    ten = {str(name) for name in scorecard.nlargest(LISTED, "revenue").index}
    return ten, _scored(firm, with_goal=True)[1]


def _scored(firm: Engagement, *, with_goal: bool) -> tuple[pd.Series, set[str]]:
    """Return the profit after service of each account, and the accounts that are chosen."""
    candidates = eligible(ledger.scorecard(firm.invoices, as_of=firm.as_of))
    table = criteria_table(
        candidates,
        accounts=firm.accounts,
        relationship=firm.relationship,
        service=firm.service,
        goals=firm.strategy.get("goals", ()) if with_goal else (),
        as_of=firm.as_of,
        cost_per_hour=firm.capacity.get("cost_per_hour"),
    )
    weights = default_weights(table.values.columns)
    scores = score(table.values, weights, table.objectives)
    chosen = choose_top(scores, firm.capacity["key_accounts"])
    return table.measured["margin"], {str(name) for name in chosen.index[chosen]}
