"""Answers of the exercises on heads and hours, worked out of tables when they are checked."""

import pandas as pd

from kamtools.learning.judging import Context
from kamtools.role.allocation import expected_margin
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_conflicts import fighting_rules
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.role.headcount import Headcount, headcount

HOURS_PER_YEAR, SHARE_FOR_ACCOUNTS = 1760.0, 0.7
NEXT_HOURS = 40.0
LANGUAGE_MUSTS = AssignmentRules(balance=None, musts=("language",))
LANGUAGE_PRICED = AssignmentRules(balance=None)
_SEED = 1  # of the range only, which no answer uses


def need_of(context: Context) -> Headcount:
    """Return the managers that the accounts need by their hours."""
    return headcount(
        context["workload"],
        hours_per_year=HOURS_PER_YEAR,
        share_for_accounts=SHARE_FOR_ACCOUNTS,
        seed=_SEED,
    )


def gains(context: Context) -> pd.Series:
    """Return what each account brings more if it alone gets the next hours."""
    curves = context["curves"]
    more = expected_margin(curves, curves["hours"] + NEXT_HOURS)
    return more - expected_margin(curves, curves["hours"])


def best_for_next_hours(context: Context) -> str:
    """Return the account where the next hours bring most."""
    return str(gains(context).idxmax())


def largest_margin(context: Context) -> str:
    """Return the account with the highest margin today."""
    return str(context["curves"]["margin"].idxmax())


def best_so_far(context: Context) -> str:
    """Return the account with the highest margin for an hour today."""
    curves = context["curves"]
    return str((curves["margin"] / curves["hours"]).idxmax())


def fewest_hours(context: Context) -> str:
    """Return the account that gets the fewest hours today."""
    return str(context["curves"]["hours"].idxmin())


def cannot_all_be_served(context: Context) -> set[str]:
    """Return the fewest accounts that cannot all have a manager who speaks their language."""
    conflict = fighting_rules(context["accounts"], context["managers"], LANGUAGE_MUSTS)
    return set() if conflict is None else set(context["accounts"].index[conflict.accounts])


def with_rare_language(context: Context) -> set[str]:
    """Return all accounts whose language one manager alone speaks."""
    accounts = context["accounts"]
    speakers = accounts["language"].map(
        lambda language: context["managers"]["languages"].str.contains(language).sum()
    )
    return set(accounts.index[speakers == 1])


def rivals(context: Context) -> set[str]:
    """Return the accounts that compete with each other."""
    named = context["accounts"]["rivals"].dropna()
    return {*named.index, *named}


def three_largest(context: Context) -> set[str]:
    """Return the three accounts that need the most hours."""
    return set(context["accounts"]["hours"].nlargest(3).index)


def gives_way(context: Context) -> str:
    """Return the account that the best assignment gives to somebody without its language."""
    best = assign_accounts(
        context["accounts"], context["managers"], rules=LANGUAGE_PRICED, gap=0
    ).table
    return str(best.index[~best["language_matched"]][0])


def smallest_with_rare_language(context: Context) -> str:
    """Return which account of the rare language needs the fewest hours."""
    return str(_rare_hours(context).idxmin())


def largest_with_rare_language(context: Context) -> str:
    """Return which account of the rare language needs the most hours."""
    return str(_rare_hours(context).idxmax())


def smallest_of_the_others(context: Context) -> str:
    """Return which of the other accounts needs the fewest hours."""
    hours = context["accounts"]["hours"]
    return str(hours.drop(sorted(with_rare_language(context))).idxmin())


def _rare_hours(context: Context) -> pd.Series:
    return context["accounts"].loc[sorted(with_rare_language(context)), "hours"]
