"""From a firm's tables to one table of account by criterion.

Nothing is invented. A criterion is left out, and the reason is kept beside the table, if all
accounts are alike in it, or if it is known for fewer than half of the accounts and these
bring less than half of the sales: facts and ratings are asked for the accounts that matter.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.schema import RATING_SUFFIX
from kamtools.selection.criteria import CRITERIA, Criterion
from kamtools.selection.facts import fact_by_account
from kamtools.selection.goals import strategic_fit
from kamtools.selection.service_cost import service_cost
from kamtools.selection.value_scales import value_of
from kamtools.wording import listing, percent

FROM_SCORECARD = ("revenue", "growth", "trend", "regularity", "volatility", "returns_rate")
FROM_RATINGS = ("growth_potential", "relationship", "bargaining_power")


@dataclass(frozen=True)
class CriteriaTable:
    """Accounts by criteria, with what the numbers mean and what is missing.

    Attributes
    ----------
    measured : (n_accounts, n_criteria), index account_id
        Each criterion in its own unit; NaN where an account's number is not known.
    values : (n_accounts, n_criteria), index account_id
        The same on the criterion's scale of value: what the scoring methods take.
    objectives : (n_criteria,) "max" or "min"
    labels : (n_criteria,) text for a manager
    left_out : table with `criterion`, `reason`
    """

    measured: pd.DataFrame
    values: pd.DataFrame
    objectives: pd.Series
    labels: pd.Series
    left_out: pd.DataFrame


def criteria_table(
    scorecard: pd.DataFrame,
    *,
    accounts: pd.DataFrame | None = None,
    relationship: pd.DataFrame | None = None,
    service: pd.DataFrame | None = None,
    goals: Sequence[Mapping[str, Any]] = (),
    as_of: date,
    cost_per_hour: float | None = None,
) -> CriteriaTable:
    """Return every criterion of `CRITERIA` that this firm's tables can tell.

    Parameters
    ----------
    scorecard : (n_accounts, …), index account_id
        From `ledger.scorecard`, with the accounts that can be chosen (`portfolio.eligible`);
        the columns revenue and margin (money a year), growth, trend (per month), regularity,
        volatility and returns_rate (shares) are used.
    accounts
        `account_id`, ratings 1-5 (growth_potential_rating, relationship_rating,
        bargaining_power_rating, strategic_fit_rating), and the columns that goals name.
    relationship
        `account_id`, share_of_wallet (0-1), months_to_replace_them.
    service
        `account_id`, `date`, `hours`, `cost` (money). The 12 months up to `as_of` count; an
        account without a line there cost nothing to serve.
    goals
        As in `goals.strategic_fit`.
    as_of
        Last day of the 12 months.
    cost_per_hour : money
        What an hour of service costs where a line has no cost.

    Raises
    ------
    InputError
        If the scorecard lacks a column, goals are given without accounts or are wrong, or
        nothing tells the accounts apart.

    Examples
    --------
    >>> scorecard = pd.DataFrame(
    ...     {"revenue": [100.0, 50.0], "margin": [10.0, 20.0], "growth": [0.5, -0.2],
    ...      "trend": [0.0, 0.0], "regularity": [1.0, 0.5], "volatility": [0.2, 0.9],
    ...      "returns_rate": [0.0, 0.1]}, index=pd.Index(["a", "b"], name="account_id"))
    >>> table = criteria_table(scorecard, as_of=date(2025, 12, 31))
    >>> list(table.values)
    ['margin', 'revenue', 'growth', 'regularity', 'volatility', 'returns_rate']
    >>> table.left_out.set_index("criterion")["reason"]["trend"]
    'all accounts alike'
    """
    _check_scorecard(scorecard)
    if goals and accounts is None:
        raise InputError("goals name columns of accounts, but there is no table of accounts")
    cost = service_cost(service, scorecard.index, as_of=as_of, cost_per_hour=cost_per_hour)
    cost = cost.mask(np.full(len(cost), cost.notna().mean() < 0.5))
    everything = pd.DataFrame(
        {
            **{name: scorecard[name].astype(float) for name in FROM_SCORECARD},
            **_money_criteria(scorecard, cost),
            **_ratings(scorecard.index, accounts, goals),
            **_relationship_criteria(scorecard, relationship),
        }
    )
    measured = everything[[criterion.name for criterion in CRITERIA]]
    values = pd.DataFrame({c.name: value_of(measured[c.name], c) for c in CRITERIA})
    reasons = {c.name: _reason_to_leave_out(measured, values, c) for c in CRITERIA}
    kept = [criterion for criterion in CRITERIA if not reasons[criterion.name]]
    if not kept:
        raise InputError(f"no criterion tells the accounts apart; there are {len(scorecard):,}")
    names = [criterion.name for criterion in kept]
    labels = pd.Series({c.name: c.label for c in kept}, name="label")
    if cost.isna().all() and "margin" in names:
        labels["margin"] = "Profit before service"
    return CriteriaTable(
        measured=measured[names],
        values=values[names],
        objectives=pd.Series({c.name: c.objective for c in kept}, name="objective"),
        labels=labels,
        left_out=_left_out(reasons, accounts, goals),
    )


def _check_scorecard(scorecard: pd.DataFrame) -> None:
    missing = [name for name in (*FROM_SCORECARD, "margin") if name not in scorecard]
    if missing:
        raise InputError(f"the scorecard lacks the column {listing(missing)}")
    if scorecard.empty:
        raise InputError("the scorecard is empty: no account can be chosen")


def _money_criteria(scorecard: pd.DataFrame, cost: pd.Series) -> dict[str, pd.Series]:
    margin, revenue = scorecard["margin"].astype(float), scorecard["revenue"].astype(float)
    is_known = cost.notna().any()
    return {
        "margin": margin - cost if is_known else margin,
        "service_cost_rate": cost / revenue.where(revenue > 0),
    }


def _ratings(
    index: pd.Index, accounts: pd.DataFrame | None, goals: Sequence[Mapping[str, Any]]
) -> dict[str, pd.Series]:
    ratings = {
        name: fact_by_account(accounts, name + RATING_SUFFIX, index) for name in FROM_RATINGS
    }
    unknown = pd.Series(float("nan"), index=index)
    fit = unknown if accounts is None else strategic_fit(accounts, goals).reindex(index)
    return {**ratings, "strategic_fit": fit}


def _relationship_criteria(
    scorecard: pd.DataFrame, relationship: pd.DataFrame | None
) -> dict[str, pd.Series]:
    share = fact_by_account(relationship, "share_of_wallet", scorecard.index)
    share = share.where(share > 0)  # sales without a share of the wallet contradict each other
    return {
        "headroom": scorecard["revenue"].clip(lower=0) * (1 - share) / share,
        "hard_to_replace": fact_by_account(relationship, "months_to_replace_them", scorecard.index),
    }


def _reason_to_leave_out(
    measured: pd.DataFrame, values: pd.DataFrame, criterion: Criterion
) -> str | None:
    is_known = measured[criterion.name].notna()
    if not is_known.any():
        return f"not known; it needs {criterion.source}"
    share_of_sales = measured["revenue"].where(is_known).sum() / measured["revenue"].sum()
    if max(is_known.mean(), share_of_sales) < 0.5:
        return (
            f"known for {is_known.sum():,} of {len(is_known):,} accounts with "
            f"{percent(share_of_sales)} of sales; it needs {criterion.source}"
        )
    if values[criterion.name].nunique() < 2:
        return "all accounts alike"
    return None


def _left_out(
    reasons: Mapping[str, str | None],
    accounts: pd.DataFrame | None,
    goals: Sequence[Mapping[str, Any]],
) -> pd.DataFrame:
    used = {name + RATING_SUFFIX for name in (*FROM_RATINGS, "strategic_fit")}
    used |= {str(goal["column"]) for goal in goals}
    columns = [] if accounts is None else [str(column) for column in accounts]
    own = [c for c in columns if c.endswith(RATING_SUFFIX) and c not in used]
    stands_in = {c.stands_in_for: f"; {c.label} takes over its default weight" for c in CRITERIA}
    rows = [(name, why + stands_in.get(name, "")) for name, why in reasons.items() if why]
    rows += [(c, "the firm's own rating: name it in a goal to count it as a plus") for c in own]
    return pd.DataFrame(rows, columns=["criterion", "reason"], dtype="str")
