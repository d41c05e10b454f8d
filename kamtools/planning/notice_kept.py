"""Promise kept: notice given against notice promised, step by step and account by account (E2).

The share counts all promises that were due. It is no sample, so it has no interval; with few
promises one more or less moves it much, which is why its two numbers stand beside it.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.steps import concerned_accounts, read_steps, with_notice

KEPT, LATE, MISSING, OPEN, UNKNOWN = "kept", "late", "missing", "open", "not known"
DUE = (KEPT, LATE, MISSING)


@dataclass(frozen=True)
class NoticeKept:
    """How far the promise of advance notice was kept.

    Attributes
    ----------
    table : (n_pairs, 9)
        `account_id`, `initiative`, `starts`, `promised_by` (last day on which notice would
        be in time), `given` (missing where none was), `notice_days` from the notice to the
        start (below 0 where it came after it; missing where none came), `verdict`, `how`, `by`.
        The verdict is kept, late, missing (nothing given, and too late now), open (nothing
        given yet, and still time) or not known (too late now, and notices are not written
        down).
    kept, due : int
        Promises kept, of those that were due: all but the open and the unknown ones.
    share : 0-1
        The first by the second; missing where none was due.
    unknown
        Notices that name no step of the account: `initiative`, `account_id`, `given`, `how`,
        `by`. They count nowhere.
    promised_days : int
        What was promised.
    """

    table: pd.DataFrame
    kept: int
    due: int
    share: float
    unknown: pd.DataFrame
    promised_days: int


def notice_kept(
    initiatives: pd.DataFrame | None,
    notices: pd.DataFrame | None,
    *,
    promised_days: int,
    accounts: Iterable[str],
    as_of: datetime.date,
) -> NoticeKept:
    """Return how far the promise of advance notice was kept.

    Parameters
    ----------
    initiatives
        As in `schema.INITIATIVES`: steps past and to come; None where there is no such table.
    notices
        As in `schema.NOTICES`: when which account was told of which step; None where it is
        not written down, which leaves open whether the promise was kept.
    promised_days : 1 or more
        Calendar days before a step.
    accounts
        Those to whom a step without an account was promised: the key accounts.
    as_of
        Last day that counts.

    Raises
    ------
    InputError
        If `promised_days` is below 1, or as `steps.read_steps`.

    Examples
    --------
    >>> steps = pd.DataFrame({"initiative": ["Price list"], "date": ["2025-03-03"]})
    >>> notices = pd.DataFrame({"account_id": ["A", "B"], "initiative": "Price list",
    ...                         "date": ["2025-02-03", "2025-02-24"]})
    >>> found = notice_kept(steps, notices, promised_days=21, accounts=["A", "B", "C"],
    ...                     as_of=datetime.date(2025, 3, 31))
    >>> found.table[["account_id", "notice_days", "verdict"]]
      account_id  notice_days  verdict
    0          A         28.0     kept
    1          B          7.0     late
    2          C          NaN  missing
    >>> found.kept, found.due
    (1, 3)
    """
    if promised_days < 1:
        raise InputError(f"promised_days is at least 1; got {promised_days}")
    pairs = concerned_accounts(read_steps(initiatives), accounts)
    known, unknown = with_notice(pairs, notices, as_of=as_of)
    promised_by = known["starts"] - pd.Timedelta(days=promised_days)
    is_given = known["given"].notna()
    verdict = np.select(
        [is_given & (known["given"] <= promised_by), is_given,
         promised_by < pd.Timestamp(as_of)],
        [KEPT, LATE, UNKNOWN if notices is None else MISSING],
        OPEN,
    )  # fmt: skip
    table = pd.DataFrame(
        {
            "account_id": known["account_id"],
            "initiative": known["initiative"],
            "starts": known["starts"],
            "promised_by": promised_by,
            "given": known["given"],
            "notice_days": (known["starts"] - known["given"]).dt.days.astype("float64"),
            "verdict": pd.Series(verdict, index=known.index, dtype="str"),
            "how": known["how"].fillna(""),
            "by": known["by"].fillna(""),
        }
    )
    kept, due = int((verdict == KEPT).sum()), int(np.isin(verdict, DUE).sum())
    share = kept / due if due else float("nan")
    return NoticeKept(table, kept, due, share, unknown, promised_days)


def kept_by_account(found: NoticeKept) -> pd.DataFrame:
    """Return how far the promise was kept to each account, the worst first.

    Returns
    -------
    (n_accounts, 4), index account_id
        `kept`, `due` (both whole), `share` (missing where none was due), `median_days` of the
        notices given.

    Examples
    --------
    >>> steps = pd.DataFrame({"initiative": ["Price list"], "date": ["2025-03-03"]})
    >>> notices = pd.DataFrame({"account_id": ["A"], "initiative": "Price list",
    ...                         "date": ["2025-02-03"]})
    >>> found = notice_kept(steps, notices, promised_days=21, accounts=["A", "B"],
    ...                     as_of=datetime.date(2025, 3, 31))
    >>> kept_by_account(found)[["kept", "due", "share"]]
                kept  due  share
    account_id
    B              0    1    0.0
    A              1    1    1.0
    """
    table = found.table
    marked = table.assign(kept=table["verdict"] == KEPT, due=table["verdict"].isin(DUE))
    by = marked.groupby("account_id", sort=False)
    counts = by[["kept", "due"]].sum().astype("int64")
    counts["share"] = counts["kept"] / counts["due"].where(counts["due"] > 0)
    counts["median_days"] = by["notice_days"].median()
    return counts.sort_values("share", kind="stable")
