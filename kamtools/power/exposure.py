"""What it would do to the firm if an account went: revenue, profit, covenant.

A small share of revenue can be a large share of profit, since most fixed costs stay when the
account goes, and stock and equipment made for it must be written off.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import change, listing, money, percent

NEEDED = ("revenue", "margin")
OPTIONAL = {
    "fixed_costs": "the change of profit",
    "cash": "how many months the cash lasts",
    "debt": "the distance to the covenant",
    "covenant": "the distance to the covenant",
}
"""Facts of the firm that no invoice holds -> what cannot be said without them."""


def loss_if_gone(
    accounts: pd.DataFrame,
    *,
    fixed_costs: float | None = None,
    avoidable_share: float = 0.0,
    write_off: float = 0.0,
    debt: float | None = None,
    covenant: float | None = None,
) -> pd.DataFrame:
    """Return what a year without each account takes from the firm, nothing replaced.

    Parameters
    ----------
    accounts : index account_id
        `revenue` and `margin` (revenue less variable costs, may be negative) of a year, for
        every account of the firm.
    fixed_costs
        Of a year; None if not known: then what rests on profit is missing (NaN).
    avoidable_share
        Share (0-1) of an account's part of the fixed costs, by revenue, that could be saved
        within the year.
    write_off
        Stock and equipment of no use without the account, as a share of its yearly revenue.
    debt, covenant
        Debt, and the most that lenders allow it to be as a multiple of yearly profit.

    Returns
    -------
    DataFrame, index account_id
        `revenue`, `revenue_share`, `margin`, `margin_share`, `profit_before`, `profit_after`,
        `profit_change` (−0.5: half is gone), `leverage` (profit_change for each part of
        revenue), `debt_multiple` (after), `is_breach` (True, False or missing).

    Raises
    ------
    InputError
        If a column is missing, an account stands twice, or a number is out of its range.

    Notes
    -----
    Profit lost is margin + write_off × revenue − avoidable_share × fixed_costs × revenue share.
    Where the firm makes no profit, its change in percent has no meaning and is missing.

    Examples
    --------
    >>> accounts = pd.DataFrame({"revenue": [200.0, 800.0], "margin": [60.0, 240.0]},
    ...                         index=["a", "b"])
    >>> gone = loss_if_gone(accounts, fixed_costs=200.0)
    >>> gone[["revenue_share", "profit_change", "leverage"]].round(2)
       revenue_share  profit_change  leverage
    a            0.2           -0.6       3.0
    b            0.8           -2.4       3.0
    """
    check_accounts(accounts)
    _check_numbers(fixed_costs=fixed_costs, write_off=write_off, debt=debt, covenant=covenant)
    if not 0 <= avoidable_share <= 1:
        raise InputError(f"avoidable_share must be from 0 to 1; got {avoidable_share}")
    revenue, margin = (accounts[name].astype(float) for name in NEEDED)
    share = revenue / revenue.sum()
    fixed = np.nan if fixed_costs is None else fixed_costs
    before = margin.sum() - fixed
    after = before - margin - write_off * revenue + avoidable_share * fixed * share
    profit_change = (after - before) / (before if before > 0 else np.nan)
    table = pd.DataFrame(
        {
            "revenue": revenue,
            "revenue_share": share,
            "margin": margin,
            "margin_share": margin / (margin.sum() if margin.sum() > 0 else np.nan),
            "profit_before": before,
            "profit_after": after,
            "profit_change": profit_change,
            "leverage": -profit_change / share.where(share > 0),
            "debt_multiple": np.nan,
            "is_breach": pd.array([pd.NA] * len(accounts), dtype="boolean"),
        },
        index=accounts.index,
    )
    if debt is not None and covenant is not None and fixed_costs is not None:
        table["debt_multiple"] = (debt / after.where(after > 0)).fillna(np.inf if debt else 0.0)
        table["is_breach"] = (table["debt_multiple"] > covenant).astype("boolean")
    return table


def missing_facts(**facts: float | None) -> str:
    """Return in words which facts of the firm are missing and what cannot be said for it.

    Examples
    --------
    >>> missing_facts(fixed_costs=1e6, cash=None, debt=0.0, covenant=3.0)
    'Not given: cash. So this cannot say how many months the cash lasts.'
    >>> missing_facts(fixed_costs=1e6, cash=2e5, debt=0.0, covenant=3.0)
    ''
    """
    names = [name for name in OPTIONAL if facts.get(name) is None]
    lost = list(dict.fromkeys(OPTIONAL[name] for name in names))
    if not names:
        return ""
    plain = listing([name.replace("_", " ") for name in names])
    return f"Not given: {plain}. So this cannot say {listing(lost)}."


def loss_words(gone: pd.DataFrame, account_id: str, *, name: str) -> str:
    """Return one account's row of `loss_if_gone` in words.

    Examples
    --------
    >>> accounts = pd.DataFrame({"revenue": [200.0, 800.0], "margin": [60.0, 240.0]},
    ...                         index=["a", "b"])
    >>> loss_words(loss_if_gone(accounts, fixed_costs=200.0), "a", name="Harbour")
    'Without Harbour, and nothing in its place, 20 % of revenue goes; profit moves by −60 %.'
    """
    if account_id not in gone.index:
        raise InputError(f"account {account_id} is not among the accounts of the exposure table")
    row = gone.loc[account_id]
    share = float(gone["revenue_share"][account_id])
    text = f"Without {name}, and nothing in its place, {percent(share)} of revenue"
    if pd.isna(row["profit_change"]):
        profit = row["profit_before"]
        if pd.isna(profit):
            return f"{text} goes; the change of profit cannot be given: fixed costs are not known."
        return (
            f"{text} goes, and profit, which is {money(profit)} today, falls to "
            f"{money(row['profit_after'])}."
        )
    breach = (
        " Debt then stands above the covenant."
        if pd.notna(row["is_breach"]) and row["is_breach"]
        else ""
    )
    return f"{text} goes; profit moves by {change(row['profit_change'])}.{breach}"


def check_accounts(accounts: pd.DataFrame) -> None:
    """Refuse accounts without a usable revenue and margin."""
    missing = [name for name in NEEDED if name not in accounts]
    if missing:
        raise InputError(f"exposure needs the columns {', '.join(missing)}")
    if accounts.index.has_duplicates:
        twice = accounts.index[accounts.index.duplicated()][0]
        raise InputError(f"exposure needs each account once; {twice} stands twice")
    numbers = accounts[list(NEEDED)].to_numpy(dtype=float)
    if not np.isfinite(numbers).all():
        row = accounts.index[~np.isfinite(numbers).all(axis=1)][0]
        raise InputError(f"account {row}: revenue and margin must be numbers")
    if (accounts["revenue"] < 0).any() or accounts["revenue"].sum() <= 0:
        raise InputError("revenue must not be below 0 and must sum to more than 0")


def _check_numbers(**given: float | None) -> None:
    for name, number in given.items():
        if number is not None and not (np.isfinite(number) and number >= 0):
            raise InputError(f"{name} must be a number of at least 0; got {number}")
