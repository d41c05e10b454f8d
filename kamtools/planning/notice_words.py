"""Promise kept, in words."""

import pandas as pd

from kamtools.planning.notice_kept import LATE, MISSING, UNKNOWN, NoticeKept
from kamtools.wording import listing, percent

NAMED = 5


def describe_notice_kept(found: NoticeKept, *, names: pd.Series | None = None) -> str:
    """Return in words how far the promise was kept, and where it was not.

    Parameters
    ----------
    found
        From `notice_kept`.
    names : index account_id
        What accounts are called; ids where not known.

    Examples
    --------
    >>> import datetime
    >>> from kamtools.planning.notice_kept import notice_kept
    >>> steps = pd.DataFrame({"initiative": ["Price list"], "date": ["2025-03-03"]})
    >>> notices = pd.DataFrame({"account_id": ["A"], "initiative": "Price list",
    ...                         "date": ["2025-02-24"]})
    >>> found = notice_kept(steps, notices, promised_days=21, accounts=["A"],
    ...                     as_of=datetime.date(2025, 3, 31))
    >>> print(describe_notice_kept(found, names=pd.Series({"A": "Harbour"})))
    Of 1 notice due 0 were given 21 days ahead or earlier (0 %). Late, with the days that were
    left: “Price list” to Harbour (7).
    """
    table = found.table
    called = table["account_id"] if names is None else table["account_id"].map(names)
    table = table.assign(called=called.fillna(table["account_id"]))
    said = [_head(found)]
    for verdict, head in ((LATE, "Late, with the days that were left"), (MISSING, "Never given")):
        steps = table[table["verdict"] == verdict].groupby("initiative", sort=False)
        told = [f"“{name}” to {_named(rows)}" for name, rows in steps]
        if told:
            said.append(f"{head}: {'; '.join(told)}.")
    if len(found.unknown):
        some = list(dict.fromkeys(found.unknown["initiative"]))[:NAMED]
        said.append(
            f"{_counted(len(found.unknown), 'notice names', 'notices name')} no step that "
            f"initiatives.csv has for the account: {listing([f'“{one}”' for one in some])}."
        )
    return " ".join(said)


def _head(found: NoticeKept) -> str:
    days = found.promised_days
    if found.due:
        was = "was" if found.kept == 1 else "were"
        return (
            f"Of {_counted(found.due, 'notice', 'notices')} due {found.kept:,} {was} given "
            f"{days} days ahead or earlier ({percent(found.share)})."
        )
    lost = int((found.table["verdict"] == UNKNOWN).sum())
    if lost:
        return (
            f"{_counted(lost, 'notice', 'notices')} of {days} days fell due, and notices are not "
            "written down: whether the promise was kept is not known. The table notices.csv "
            "would tell."
        )
    return f"No notice of {days} days was due yet; to be given: {len(found.table):,}."


def _named(rows: pd.DataFrame) -> str:
    names = rows["called"].iloc[:NAMED].astype("str")
    if (rows["verdict"] == LATE).all():
        names = names + " (" + rows["notice_days"].map(_days) + ")"
    more = [f"{len(rows) - NAMED:,} more"] if len(rows) > NAMED else []
    return listing([*names.dropna(), *more])


def _counted(number: int, one: str, more: str) -> str:
    return f"{number:,} {one if number == 1 else more}"


def _days(number: float) -> str:
    return f"{number:.0f}" if number >= 0 else f"{-number:.0f} after it began"
