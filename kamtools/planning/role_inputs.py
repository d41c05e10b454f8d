"""The firm's tables in the form in which the questions of the role take them."""

import pandas as pd

from kamtools.schema import names_in

MONTHS_PER_YEAR = 12
DRIVERS = ("sites", "decision_makers", "open_projects")
MATCHED = ("region", "language", "needs", "rivals", "manager_id")


def key_account_table(accounts: pd.DataFrame | None, tiers: pd.Series) -> pd.DataFrame:
    """Return what is known of each key account that decides about its manager and its hours.

    Parameters
    ----------
    accounts
        `account_id` and any of the columns below; None if the firm has no such table.
    tiers : (n_key_accounts,) text, index account_id
        From `chosen.read_chosen`.

    Returns
    -------
    (n_key_accounts, …), index account_id, in the order of the tiers
        `tier`; `sites`, `decision_makers` and `open_projects`; `region`, `language`, `needs`,
        `rivals` (among the key accounts) and `manager_id`, as far as there are such columns.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["a", "b"], "sites": [4.0, 1.0],
    ...                          "rivals": ["b; z", "z"]})
    >>> key_account_table(accounts, pd.Series({"a": "star", "b": "key"}))
                tier  sites rivals
    account_id
    a           star    4.0      b
    b            key    1.0
    """
    table = tiers.rename_axis("account_id").rename("tier").to_frame()
    if accounts is None:
        return table
    facts = accounts.set_index("account_id").reindex(table.index)
    known = [name for name in (*DRIVERS, *MATCHED) if name in facts]
    table = table.join(facts[known])
    if "rivals" in table:
        table["rivals"] = [_among(cell, table.index) for cell in table["rivals"]]
    return table


def manager_table(managers: pd.DataFrame | None) -> pd.DataFrame | None:
    """Return the managers by id with their capacity in hours a year; None where there are none.

    Examples
    --------
    >>> managers = pd.DataFrame({"manager_id": ["M1"], "capacity_hours_per_month": [120.0]})
    >>> manager_table(managers)["capacity_hours"].to_dict()
    {'M1': 1440.0}
    """
    if managers is None:
        return None
    yearly = MONTHS_PER_YEAR * managers["capacity_hours_per_month"]
    return managers.assign(capacity_hours=yearly).set_index("manager_id")


def _among(cell: object, accounts: pd.Index) -> str:
    return "; ".join(name for name in names_in(cell) if name in accounts)
