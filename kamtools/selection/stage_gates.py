"""Who is promoted to key account, who is on notice, and when each is looked at again.

An account is never made or unmade by one good or bad quarter. It enters by way of a
probation and leaves by way of a notice, each of two to four quarters, and the two thresholds
lie apart, so that an account between them stays what it is. What counts is behaviour as it
happens, not the class that a model predicts: past sales miss more than half of the accounts
that will matter, so reward an account when it behaves as a key account does [1]_.

`gate_rules` holds the statuses and the rules.

References
----------
.. [1] Malthouse, E. C. and Blattberg, R. C. (2005), "Can we predict customer lifetime value?",
   Journal of Interactive Marketing 19(1), 2-16.
"""

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.gate_rules import (
    FEWEST_QUARTERS,
    MOST_QUARTERS,
    NOTICE,
    PROBATION,
    REVIEW_MONTHS,
    RULES,
    STANDARD,
    STATUSES,
    TOLD,
    next_status,
)
from kamtools.selection.quarter_signals import FAILED, MET, SIGNALS
from kamtools.wording import listing


def review(
    signals: pd.DataFrame,
    status: pd.DataFrame,
    *,
    as_of: date,
    quarters: int = 3,
) -> pd.DataFrame:
    """Return the status of each account after this review, the rule, and the next review.

    Parameters
    ----------
    signals : (n_accounts, n_quarters), index account_id, the oldest quarter first
        From `quarter_signals`. Columns that are dates are the last days of the quarters; the
        last one is the quarter that is reviewed.
    status : index account_id
        `status`, one of `STATUSES`, and where it is known `since`, the day it began: then only
        quarters that ended later count towards the end of a probation or a notice. An account
        that is not in it is standard; one that has no signals stays what it is.
    as_of
        Day of this review.
    quarters : 2-4
        In a row, for a promotion and for a demotion.

    Returns
    -------
    (n_accounts, 8), index account_id
        `status_now`, `status_next`, `since` (the day `status_next` began; missing where it is
        not known), `rule` (key of `RULES`), `reason` (the rule in words), `quarters_met` and
        `quarters_failed` in a row up to now, and `review_date`. The status for the next review
        is `status_next` and `since`.

    Raises
    ------
    InputError
        If quarters is not from 2 to 4, a status or a signal is not one of those there are, or
        there is no quarter.

    Examples
    --------
    >>> signals = pd.DataFrame({"Q1": ["met", "met"], "Q2": ["met", "failed"]}, index=["a", "b"])
    >>> status = pd.DataFrame({"status": ["probation", "key"]}, index=["a", "b"])
    >>> table = review(signals, status, as_of=date(2024, 12, 31), quarters=2)
    >>> table[["status_now", "status_next", "rule", "review_date"]]
      status_now status_next      rule review_date
    a  probation         key  promoted  2025-12-31
    b        key      notice    warned  2025-03-31
    """
    _check(signals, quarters)
    signals = signals.reindex(signals.index.union(status.index, sort=False))
    now = _known_status(status, signals.index)
    since = _since(status, signals.index)
    met, failed = _in_a_row(signals, since)
    rule, following = next_status(now, signals.iloc[:, -1].to_numpy(), met, failed, quarters)
    return pd.DataFrame(
        {
            "status_now": now,
            "status_next": following,
            "since": since.mask(following != now, pd.Timestamp(as_of)),
            "rule": rule,
            "reason": [
                RULES[name].format(quarters=quarters, met=m, failed=f)
                for name, m, f in zip(rule, met, failed, strict=True)
            ],
            "quarters_met": met,
            "quarters_failed": failed,
            "review_date": _review_dates(following, as_of),
        },
        index=signals.index,
    )


def replay(signals: pd.DataFrame, status: pd.Series, *, quarters: int = 3) -> pd.DataFrame:
    """Return the status of each account after each quarter, had the gates been in force.

    Parameters
    ----------
    signals, quarters
        As in `review`.
    status : index account_id
        One of `STATUSES`, before the first quarter; standard for an account not in it.

    Returns
    -------
    (n_accounts, n_quarters), columns as `signals`

    Raises
    ------
    InputError
        As `review`.

    Examples
    --------
    >>> signals = pd.DataFrame([["met", "met", "met", "between"]], index=["riser"],
    ...                        columns=["Q1", "Q2", "Q3", "Q4"])
    >>> replay(signals, pd.Series(dtype="str"), quarters=2).loc["riser"].tolist()
    ['probation', 'probation', 'key', 'key']
    """
    _check(signals, quarters)
    now = _known_status(pd.DataFrame({"status": status}), signals.index)
    met, failed = np.zeros(len(signals), dtype=int), np.zeros(len(signals), dtype=int)
    history = {}
    for quarter in signals:
        last = signals[quarter].to_numpy()
        met, failed = np.where(last == MET, met + 1, 0), np.where(last == FAILED, failed + 1, 0)
        _, following = next_status(now, last, met, failed, quarters)
        has_moved = following != now
        met, failed = np.where(has_moved, 0, met), np.where(has_moved, 0, failed)
        now = following
        history[quarter] = now
    return pd.DataFrame(history, index=signals.index)


def describe_review(
    table: pd.DataFrame, *, names: Mapping[str, str] | pd.Series | None = None
) -> str:
    """Return in words who moves in a review, and who is looked at again soon.

    Parameters
    ----------
    table
        From `review`.
    names : account_id -> name

    Examples
    --------
    >>> signals = pd.DataFrame({"Q1": ["met", "met"], "Q2": ["met", "failed"]}, index=["a", "b"])
    >>> status = pd.DataFrame({"status": ["probation", "key"]}, index=["a", "b"])
    >>> table = review(signals, status, as_of=date(2024, 12, 31), quarters=2)
    >>> print(describe_review(table, names={"a": "Harbour", "b": "Quay"}))
    Promoted to key account: Harbour. On notice: Quay. Next review of those on probation or on
    notice: 2025-03-31.
    """
    known = {} if names is None else dict(names)
    sentences = []
    for rule, said in TOLD.items():
        moved = [str(known.get(account, account)) for account in table.index[table["rule"] == rule]]
        if moved:
            sentences.append(f"{said}: {listing(moved)}.")
    if not sentences:
        sentences.append("No gate tripped: all accounts stay what they are.")
    soon = table.loc[table["status_next"].isin([PROBATION, NOTICE]), "review_date"]
    if len(soon):
        day = soon.min().date().isoformat()
        sentences.append(f"Next review of those on probation or on notice: {day}.")
    return " ".join(sentences)


def _in_a_row(signals: pd.DataFrame, since: pd.Series) -> tuple[np.ndarray, np.ndarray]:
    """Return in how many quarters in a row up to the last each account met, and failed."""
    counts = _that_count(signals, since)
    met, failed = (
        np.cumprod(((signals == signal).to_numpy() & counts)[:, ::-1], axis=1).sum(axis=1)
        for signal in (MET, FAILED)
    )
    return met, failed


def _that_count(signals: pd.DataFrame, since: pd.Series) -> np.ndarray:
    """Return which quarters ended after the status began; all where that is not known."""
    if since.isna().all():
        return np.ones(signals.shape, dtype=bool)
    if not isinstance(signals.columns, pd.DatetimeIndex):
        raise InputError("since needs signals whose columns are the last days of the quarters")
    began = since.to_numpy()[:, np.newaxis]
    return (signals.columns.to_numpy()[np.newaxis] > began) | np.isnat(began)


def _known_status(status: pd.DataFrame, index: pd.Index) -> np.ndarray:
    if "status" not in status:
        raise InputError("the table of statuses lacks the column status")
    given = status["status"].dropna()
    unknown = sorted(set(given) - set(STATUSES))
    if unknown:
        raise InputError(f"status must be one of {', '.join(STATUSES)}; got {unknown[0]!r}")
    return given.reindex(index).fillna(STANDARD).to_numpy(dtype=object)


def _since(status: pd.DataFrame, index: pd.Index) -> pd.Series:
    given = status["since"] if "since" in status else pd.Series(pd.NaT, index=status.index)
    return pd.to_datetime(given).reindex(index)


def _review_dates(status: np.ndarray, as_of: date) -> np.ndarray:
    days = {
        name: pd.Timestamp(as_of) + pd.DateOffset(months=months)
        for name, months in REVIEW_MONTHS.items()
    }
    return pd.DatetimeIndex([days[name] for name in status]).to_numpy()


def _check(signals: pd.DataFrame, quarters: int) -> None:
    if quarters not in range(FEWEST_QUARTERS, MOST_QUARTERS + 1):
        raise InputError(
            f"a probation takes {FEWEST_QUARTERS} to {MOST_QUARTERS} quarters; got {quarters!r}"
        )
    if not signals.shape[1]:
        raise InputError("there is no quarter to review")
    seen = pd.unique(signals.to_numpy().ravel())
    unknown = [value for value in seen if value not in SIGNALS and not pd.isna(value)]
    if unknown:
        raise InputError(f"a signal is one of {', '.join(SIGNALS)}; got {unknown[0]!r}")
