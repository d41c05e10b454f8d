"""Where the accounts would stand today, had the stage gates been in force for two years."""

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kamtools.selection.gate_rules import STANDARD
from kamtools.selection.history import months_known
from kamtools.selection.quarter_signals import (
    MONTHS_PER_QUARTER,
    behaviour_by_quarter,
    rank_signals,
)
from kamtools.selection.stage_gates import describe_review, replay, review

QUARTERS_BACK = 8
COLUMNS = ["status_now", "status_next", "rule", "reason", "quarters_met", "quarters_failed",
           "review_date"]  # fmt: skip


def gates_in_force(
    history: pd.DataFrame,
    *,
    as_of: date,
    places: int,
    measure: str = "revenue",
    quarters: int = 3,
) -> pd.DataFrame:
    """Return the status of each account after the last quarter, and its next review.

    All accounts start as standard, eight quarters back or as far as the history reaches. A
    gate is met by an account that is among the first `places` of a quarter.

    Parameters
    ----------
    history : from `purchases.purchase_history`
    as_of
        Its last day.
    places : number of key accounts
    measure : "revenue" or "margin"
    quarters : 2-4
        In a row, for a promotion and for a demotion.

    Returns
    -------
    (n_accounts, 7), index account_id
        As `stage_gates.review`, of the last quarter; no rows if the history holds fewer than
        two whole quarters.

    Raises
    ------
    InputError
        As `quarter_signals.rank_signals` and `stage_gates.review`.

    Examples
    --------
    >>> from kamtools.selection.history import example_history
    >>> gates_in_force(example_history(), as_of=date(2024, 12, 31), places=1).empty
    True
    """
    if months_known(history) < 2 * MONTHS_PER_QUARTER:
        return pd.DataFrame(columns=COLUMNS, index=pd.Index([], name="account_id"))
    behaviour = behaviour_by_quarter(history, as_of=as_of, quarters=QUARTERS_BACK, measure=measure)
    signals = rank_signals(behaviour, places=places)
    before = replay(signals.iloc[:, :-1], pd.Series(dtype="str"), quarters=quarters)
    status = before.iloc[:, [-1]].set_axis(["status"], axis=1)
    return review(signals, status, as_of=as_of, quarters=quarters)[COLUMNS]


def describe_gates_in_force(
    table: pd.DataFrame,
    chosen: pd.Series,
    *,
    names: Mapping[str, str] | pd.Series | None = None,
) -> str:
    """Return in words how the chosen list would stand, and what the last quarter moves.

    Parameters
    ----------
    table
        From `gates_in_force`.
    chosen : (n_accounts,) bool, index account_id
    names : account_id -> name

    Examples
    --------
    >>> table = pd.DataFrame({"status_now": ["key", "standard"], "rule": "stays",
    ...     "status_next": ["key", "standard"], "review_date": pd.Timestamp("2025-12-31")},
    ...     index=["a", "b"])
    >>> print(describe_gates_in_force(table, pd.Series({"a": True, "b": True})))
    Of 2 chosen accounts 1 has earned its place by its quarters, 1 would enter on probation.
    No gate tripped: all accounts stay what they are.
    """
    if table.empty:
        return "Fewer than two whole quarters are known: no gate can be tried."
    status = table["status_next"].reindex(chosen.index[chosen]).fillna(STANDARD)
    earned, n = int(status.isin(["key", "notice"]).sum()), int(chosen.sum())
    has, would = ("has" if earned == 1 else "have"), n - earned
    return (
        f"Of {n:,} chosen account{'' if n == 1 else 's'} {earned:,} {has} earned "
        f"{'its place by its' if earned == 1 else 'their places by their'} quarters, {would:,} "
        f"would enter on probation. {describe_review(table, names=names)}"
    )
