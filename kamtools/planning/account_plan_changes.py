"""What became of the last plan: done, late, changed, new."""

import datetime

import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.account_plan import ITEM_COLUMNS
from kamtools.wording import listing

CHANGES = ("late", "changed", "new", "gone", "as before")
"""In the order in which they are shown; an item is late where its date has passed and it is
still in the plan."""

TOLD = 4


def plan_changes(
    before: pd.DataFrame, after: pd.DataFrame, *, as_of: datetime.date
) -> pd.DataFrame:
    """Return what changed from the last plan to this one, item by item.

    Parameters
    ----------
    before, after
        From `account_plan.plan_items`, of the same account; `before` as it was read from
        `tables/account_plan.csv` of the last report.
    as_of
        Last day of the figures of the new plan.

    Returns
    -------
    (n_items, 7), what needs attention first
        `section`, `item`, `change` (one of `CHANGES`), `before` and `after` in words, `owner`,
        `date` (of the new plan, else of the last).

    Raises
    ------
    InputError
        If the last plan lacks a column or is of another account.

    Examples
    --------
    >>> item = {"account_id": "a", "section": "action", "item": "Begin notice", "what": "measure",
    ...         "owner": "Ines", "date": pd.Timestamp(2025, 2, 1)}
    >>> plan = pd.DataFrame([item])
    >>> changes = plan_changes(plan, plan, as_of=datetime.date(2025, 3, 31))
    >>> changes[["item", "change"]].to_numpy().tolist()
    [['Begin notice', 'late']]
    """
    lacking = [column for column in ITEM_COLUMNS if column not in before]
    if lacking:
        raise InputError(
            f"the last plan lacks the columns {', '.join(lacking)}; expected account_plan.csv of "
            "a report"
        )
    others = set(before["account_id"].astype("str")) - set(after["account_id"])
    if others and len(after):
        raise InputError(
            f"the last plan is of account {listing(sorted(others))}, this one of "
            f"{after['account_id'].iloc[0]}"
        )
    both = before.assign(date=pd.to_datetime(before["date"])).merge(
        after, on=["section", "item"], how="outer", suffixes=("_before", "_after"), sort=False
    )
    today = pd.Timestamp(as_of)
    rows = [
        {
            "section": row["section"],
            "item": row["item"],
            "change": _change(row, today),
            "before": _text(row["what_before"]),
            "after": _text(row["what_after"]),
            "owner": _text(row["owner_after"]) or _text(row["owner_before"]),
            "date": row["date_after"] if pd.notna(row["date_after"]) else row["date_before"],
        }
        for row in both.to_dict("records")
    ]
    columns = ["section", "item", "change", "before", "after", "owner", "date"]
    table = pd.DataFrame(rows, columns=columns)
    order = table["change"].map({change: place for place, change in enumerate(CHANGES)})
    return table.loc[order.sort_values(kind="stable").index].reset_index(drop=True)


def describe_changes(changes: pd.DataFrame) -> str:
    """Return what became of the last plan, in words.

    Parameters
    ----------
    changes
        From `plan_changes`.

    Examples
    --------
    >>> changes = pd.DataFrame({"section": ["action", "action"], "item": ["Begin notice", "Ask"],
    ...                         "change": ["late", "new"], "before": ["", ""], "after": ["", ""],
    ...                         "owner": ["Ines", ""], "date": [pd.Timestamp(2025, 2, 1), None]})
    >>> describe_changes(changes)
    'Since the last plan: 1 late (Begin notice, Ines, due 2025-02-01) and 1 new (Ask).'
    """
    clauses = []
    for change in CHANGES[:-1]:
        rows = changes[changes["change"] == change]
        if rows.empty:
            continue
        told = [_told(row, change) for row in rows.head(TOLD).to_dict("records")]
        more = f" and {len(rows) - TOLD:,} more" if len(rows) > TOLD else ""
        clauses.append(f"{len(rows):,} {change} ({'; '.join(told)}{more})")
    if not clauses:
        return "Since the last plan nothing has changed, and nothing is late."
    return f"Since the last plan: {listing(clauses)}."


def _told(row: dict[object, object], change: str) -> str:
    if change == "late":
        day = pd.Timestamp(str(row["date"])).date()
        owner = f", {row['owner']}" if row["owner"] else ""
        return f"{row['item']}{owner}, due {day}"
    if change == "changed":
        return f"{row['item']}: {row['before']}, now {row['after']}"
    return str(row["item"])


def _change(row: dict[object, object], today: pd.Timestamp) -> str:
    if pd.isna(row["what_after"]):  # type: ignore[call-overload]
        return "gone"
    if pd.isna(row["what_before"]):  # type: ignore[call-overload]
        return "new"
    due = row["date_before"]
    if row["section"] in ("action", "goal") and pd.notna(due) and due < today:  # type: ignore
        return "late"
    return "as before" if row["what_before"] == row["what_after"] else "changed"


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
