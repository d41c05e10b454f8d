"""Where each entry of the calendar stands in its picture, and what the steps are numbered."""

import pandas as pd

from kamtools.plots.checking import check_table

COLUMNS = ("date", "kind", "account_id", "initiative", "status", "notice_days")
FOR_ALL = ("initiative", "plan hand-over", "briefing", "review", "stage gate", "notice")
"""Kinds that have a row of their own where an entry concerns all accounts, from the top."""


def calendar_marks(table: pd.DataFrame) -> pd.DataFrame:
    """Return where each entry stands in the picture, and which step it belongs to.

    Parameters
    ----------
    table
        From `planning.calendar.year_calendar`: `date`, `kind`, `account_id`, `initiative`,
        `status`, `notice_days`.

    Returns
    -------
    (n_entries, 7)
        `row` (0 at the top: the kinds that concern all accounts, then each account in order
        of its first entry), `label` (a kind, or the account's id), `is_account`, `kind`,
        `date`, `until` (the step or plan year that a notice announces; missing for others),
        `status`.

    Raises
    ------
    InputError
        If there is no entry, or a column is missing.

    Examples
    --------
    >>> table = pd.DataFrame({"date": pd.to_datetime(["2025-02-10", "2025-03-03"]),
    ...     "kind": ["notice", "initiative"], "account_id": ["A", ""], "initiative": "Price list",
    ...     "status": "to come", "notice_days": [21.0, None]})
    >>> calendar_marks(table)[["row", "label", "kind", "until"]]
       row       label        kind      until
    0    1           A      notice 2025-03-03
    1    0  initiative  initiative        NaT
    """
    check_table(table, COLUMNS, "calendars")
    is_account = table["account_id"] != ""
    label = table["account_id"].where(is_account, table["kind"])
    kinds = [kind for kind in FOR_ALL if (label[~is_account] == kind).any()]
    order = {(False, kind): row for row, kind in enumerate(kinds)}
    for account in label[is_account].unique():
        order[True, account] = len(order)
    rows = [order[key] for key in zip(is_account, label, strict=True)]
    until = table["date"] + pd.to_timedelta(table["notice_days"], unit="D")
    return pd.DataFrame(
        {
            "row": rows,
            "label": label,
            "is_account": is_account,
            "kind": table["kind"],
            "date": table["date"],
            "until": until.where(table["kind"] == "notice"),
            "status": table["status"],
        }
    )


def numbered_steps(table: pd.DataFrame) -> pd.DataFrame:
    """Return the steps in the order of their numbers: by date, then by name.

    Parameters
    ----------
    table
        As for `calendar_marks`; a step whose beginning is not in it stands where its
        notices say.

    Returns
    -------
    (n_steps, 2), index from 1
        `initiative` and `starts`.

    Examples
    --------
    >>> table = pd.DataFrame({"date": pd.to_datetime(["2025-02-10", "2025-02-03"]),
    ...     "kind": ["notice", "initiative"], "initiative": ["Price list", "Tasting"],
    ...     "notice_days": [21.0, None]})
    >>> numbered_steps(table)["initiative"].to_dict()
    {1: 'Tasting', 2: 'Price list'}
    """
    of_step = table[table["kind"].isin(["notice", "initiative"])]
    later = pd.to_timedelta(of_step["notice_days"].fillna(0), unit="D")
    steps = pd.DataFrame({"initiative": of_step["initiative"], "starts": of_step["date"] + later})
    steps = steps.drop_duplicates().sort_values(["starts", "initiative"], ignore_index=True)
    return steps.set_axis(steps.index + 1)
