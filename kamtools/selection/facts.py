"""One column of an optional table, by account: not known where there is no such table."""

import pandas as pd


def fact_by_account(table: pd.DataFrame | None, column: str, account_ids: pd.Index) -> pd.Series:
    """Return a number of each account; NaN where table, column or account is not there.

    Parameters
    ----------
    table
        `account_id`, each once; None if there is none.
    column
        Of numbers.
    account_ids : (n_accounts,)

    Returns
    -------
    (n_accounts,) index account_id

    Examples
    --------
    >>> table = pd.DataFrame({"account_id": ["b", "a"], "alternatives": [3, 1]})
    >>> fact_by_account(table, "alternatives", pd.Index(["a", "c"])).tolist()
    [1.0, nan]
    >>> fact_by_account(None, "alternatives", pd.Index(["a"])).tolist()
    [nan]
    """
    if table is None or column not in table:
        return pd.Series(float("nan"), index=account_ids, name=column)
    return table.set_index("account_id")[column].astype(float).reindex(account_ids)
