"""What decides how people are put together for key accounts, measured on the firm's tables.

What the tables do not tell is NaN. A firm's figures are made from the accounts whose own are
known, and the number of these stands beside them: the truth may be more, never less.
"""

import pandas as pd

from kamtools.errors import InputError

ACCOUNT_CONDITIONS = (
    "revenue_share", "sites", "countries", "functions", "joint_projects", "people",
)  # fmt: skip
SOURCES = {
    "revenue_share": "invoices",
    "sites": "sites in accounts, or its chain's stores",
    "countries": "a count of the countries it buys in",
    "functions": "counterparts",
    "joint_projects": "open_projects in accounts",
    "people": "workload",
}
"""Where each condition of an account is known from."""


def measure_accounts(
    account_ids: pd.Index,
    *,
    revenue: pd.Series,
    accounts: pd.DataFrame | None = None,
    counterparts: pd.DataFrame | None = None,
    hours: pd.Series | None = None,
    hours_per_manager: float | None = None,
    countries: pd.Series | None = None,
) -> pd.DataFrame:
    """Return the conditions of each key account.

    Parameters
    ----------
    account_ids : (n_accounts,)
        The key accounts, as buying organisations.
    revenue : index account_id (all of the firm's)
        Money a year; what is below 0 counts as 0.
    accounts
        Rolled up: `account_id`, `sites`, `open_projects`; any may be absent.
    counterparts
        `account_id`, `function`. An account without a row is not known, rather than 0.
    hours : hours a year, index account_id
        From the workload.
    hours_per_manager : hours a year that one person has for accounts
        Needed with `hours`.
    countries : number of countries, index account_id

    Returns
    -------
    (n_accounts, 6), index account_id
        `revenue_share` (0-1), `sites`, `countries`, `functions`, `joint_projects` (counts),
        `people` (full-time people); NaN where not known.

    Raises
    ------
    InputError
        If a key account has no revenue row, nothing was sold at all, or hours come without a
        positive `hours_per_manager`.

    Examples
    --------
    >>> counterparts = pd.DataFrame({"account_id": ["a", "a"], "function": ["finance", "sales"]})
    >>> measure_accounts(pd.Index(["a"]), revenue=pd.Series({"a": 30.0, "b": 70.0}),
    ...     counterparts=counterparts).dropna(axis=1).loc["a"].to_dict()
    {'revenue_share': 0.3, 'functions': 2.0}
    """
    absent = account_ids.difference(revenue.index)
    if len(absent):
        raise InputError(f"account {absent[0]!r} has no revenue; expected one of the firm's")
    sold = revenue.clip(lower=0)
    if not sold.sum() > 0:
        raise InputError("no account has a positive revenue, so there are no shares of it")
    by_id = None if accounts is None else accounts.set_index("account_id")
    known: dict[str, pd.Series | None] = {
        "revenue_share": sold / sold.sum(),
        "sites": _column(by_id, "sites"),
        "countries": countries,
        "functions": _functions(counterparts),
        "joint_projects": _column(by_id, "open_projects"),
        "people": None if hours is None else hours / _positive(hours_per_manager),
    }
    columns = {
        name: float("nan") if values is None else values.reindex(account_ids)
        for name, values in known.items()
    }
    return pd.DataFrame(columns, index=account_ids, dtype=float).rename_axis("account_id")


def measure_firm(measured: pd.DataFrame, *, activities: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the conditions of the firm as a whole.

    Parameters
    ----------
    measured : (n_accounts, 6), index account_id
        From `measure_accounts`.
    activities
        `function`: who works for key accounts. Without it the account that touches the most
        functions counts.

    Returns
    -------
    (6, 2), index condition
        `value` (NaN if not known) and `accounts_known`, the number of accounts that it is made
        from. Shares and full-time people are sums, or the largest; sites and countries are
        the most of one account; joint projects are the sum.

    Raises
    ------
    InputError
        If there is no account.

    Examples
    --------
    >>> measured = measure_accounts(pd.Index(["a", "b"]), revenue=pd.Series({"a": 3.0, "b": 7.0}))
    >>> measure_firm(measured)["value"].dropna().to_dict()
    {'key_share': 1.0, 'largest_share': 0.7}
    """
    if measured.empty:
        raise InputError("no key account, so there is no organisation to choose for them")
    most, total = measured.max(), measured.sum(min_count=1)
    functions = most["functions"]
    if activities is not None:
        functions = float(activities["function"].str.strip().str.casefold().nunique())
    values = {
        "key_share": total["revenue_share"],
        "largest_share": most["revenue_share"],
        "countries": most["countries"],
        "functions": functions,
        "joint_projects": total["joint_projects"],
        "people": total["people"],
    }
    counted = measured.notna().sum().rename({"revenue_share": "key_share"})
    counted["largest_share"] = counted["key_share"]
    if activities is not None:
        counted["functions"] = len(measured)
    table = pd.DataFrame({"value": values}).astype(float).rename_axis("condition")
    return table.assign(accounts_known=counted.reindex(table.index).astype(int))


def _positive(hours_per_manager: float | None) -> float:
    if hours_per_manager is None or not hours_per_manager > 0:
        raise InputError(f"hours need a positive hours_per_manager; got {hours_per_manager!r}")
    return hours_per_manager


def _column(by_id: pd.DataFrame | None, name: str) -> pd.Series | None:
    return None if by_id is None or name not in by_id else by_id[name]


def _functions(counterparts: pd.DataFrame | None) -> pd.Series | None:
    if counterparts is None:
        return None
    function = counterparts["function"].str.strip().str.casefold()
    return function.groupby(counterparts["account_id"]).nunique()
