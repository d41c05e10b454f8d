"""How few accounts bring how much of the revenue, and whether 80/20 is true here (E14).

An account whose credits exceed its invoices has a negative net revenue. `pareto_curve`,
`top_share` and `abc_classes` keep it: the curve then climbs above 1 and comes back down.
`describe_concentration` counts the accounts that bought something, and says how many did not.
The measures of `inequality` refuse it.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import percent

EIGHTY_TWENTY_TOLERANCE = 0.05
"""80/20 is said to fit while the top 20 % bring from 75 % to 85 % of revenue."""


def pareto_curve(revenue: pd.Series) -> pd.DataFrame:
    """Return the cumulative share of revenue over the share of accounts, largest first.

    Parameters
    ----------
    revenue : (n_accounts,) money, index account_id
        Net revenue; may be negative for some, but not in total.

    Returns
    -------
    (n_accounts, 2) shares, index account_id
        `account_share` and `revenue_share` up to and including the account; accounts of
        equal revenue stand in the order of their ids. `revenue_share` exceeds 1 before the
        first account with a negative revenue.

    Raises
    ------
    InputError
        If there is no account, a revenue is missing, or the total is not positive.

    Examples
    --------
    >>> pareto_curve(pd.Series({"a": 10.0, "b": 80.0, "c": 10.0}))
       account_share  revenue_share
    b       0.333333            0.8
    a       0.666667            0.9
    c       1.000000            1.0
    """
    ordered = _largest_first(revenue)
    return pd.DataFrame(
        {
            "account_share": np.arange(1, len(ordered) + 1) / len(ordered),
            "revenue_share": ordered.cumsum() / ordered.sum(),
        }
    )


def top_share(revenue: pd.Series, share: float) -> float:
    """Return the part of the revenue that the largest accounts bring.

    Parameters
    ----------
    revenue : (n_accounts,) money, index account_id
    share : above 0, up to 1
        Which part of the accounts; rounded to whole accounts, at least one.

    Raises
    ------
    InputError
        As `pareto_curve`, and if `share` is out of its range.

    Examples
    --------
    >>> top_share(pd.Series([60.0, 20.0, 10.0, 5.0, 5.0]), 0.2)
    0.6
    """
    if not 0 < share <= 1:
        raise InputError(f"share of accounts must be above 0 and up to 1; got {share}")
    curve = pareto_curve(revenue)["revenue_share"]
    return float(curve.iloc[max(1, round_half_up(share * len(curve))) - 1])


def round_half_up(count: float) -> int:
    """Return the nearest whole number of accounts; a half counts as one.

    Examples
    --------
    >>> round_half_up(2.5), round_half_up(2.49)
    (3, 2)
    """
    return int(np.floor(count + 0.5 + 1e-9))


def abc_classes(revenue: pd.Series, *, a_until: float = 0.8, b_until: float = 0.95) -> pd.Series:
    """Return the class of each account: A, B or C.

    Going from the largest down, an account is A as long as those before it have not reached
    `a_until` of the revenue, so that the one which crosses the line is still an A. Accounts
    that bought nothing net are C.

    Parameters
    ----------
    revenue : (n_accounts,) money, index account_id
    a_until, b_until : 0-1, in this order
        Cumulative shares of revenue at which A and B end.

    Returns
    -------
    (n_accounts,) "A", "B" or "C", in the order of `revenue`

    Raises
    ------
    InputError
        As `pareto_curve`, and if the limits are not in order.

    Examples
    --------
    >>> abc_classes(pd.Series({"a": 15.0, "b": 5.0, "c": 80.0})).to_dict()
    {'a': 'B', 'b': 'C', 'c': 'A'}
    """
    if not 0 < a_until < b_until <= 1:
        raise InputError(
            "the limits of the classes must satisfy 0 < a_until < b_until <= 1; "
            f"got a_until={a_until}, b_until={b_until}"
        )
    ordered = _largest_first(revenue)
    before = (ordered.cumsum() - ordered) / ordered.sum()
    tolerance = 1e-12
    classes = np.select(
        [before < a_until - tolerance, before < b_until - tolerance], ["A", "B"], "C"
    )
    classes = np.where(ordered > 0, classes, "C")
    return pd.Series(classes, index=ordered.index, name="abc_class").loc[revenue.index]


def describe_concentration(revenue: pd.Series) -> str:
    """Return in words whether 80/20 is true of this firm, and what is true instead.

    Parameters
    ----------
    revenue : (n_accounts,) money, index account_id
        Accounts at or below 0 are not counted, and the text says how many they are.

    Raises
    ------
    InputError
        If no account has a positive revenue, or a revenue is missing.

    Examples
    --------
    >>> revenue = pd.Series([55.0, 15, 10, 5, 5, 2, 2, 2, 2, 2, 0])
    >>> print(describe_concentration(revenue))
    The top 20 % of accounts (2 of 10) bring 70 % of revenue; it takes 30 % of accounts (3) to
    reach 80 %. 80/20 overstates how concentrated this firm is. The three largest bring 80 %,
    the largest alone 55 %. Not counted: 1 account that bought nothing net.
    """
    check_revenue(revenue)
    buyers = revenue[revenue > 0]
    curve = pareto_curve(buyers)["revenue_share"].to_numpy()
    n, n_top = len(curve), max(1, round_half_up(0.2 * len(curve)))
    n_to_80 = int((curve < 0.8 - 1e-12).sum()) + 1
    sentences = [
        f"The top 20 % of accounts ({n_top:,} of {n:,}) bring {percent(curve[n_top - 1])} of "
        f"revenue; it takes {percent(n_to_80 / n)} of accounts ({n_to_80:,}) to reach 80 %.",
        _eighty_twenty(curve[n_top - 1], n),
        _largest(curve),
        _not_counted(len(revenue) - n),
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def check_revenue(revenue: pd.Series) -> pd.Series:
    """Return the revenue by account, or refuse it.

    Raises
    ------
    InputError
        If there is no account, a revenue is missing, or none is positive.

    Examples
    --------
    >>> check_revenue(pd.Series({"a": 1.0})).to_dict()
    {'a': 1.0}
    """
    if revenue.empty:
        raise InputError("revenue by account is empty; expected one number for each account")
    if revenue.isna().any():
        missing = ", ".join(map(str, revenue.index[revenue.isna()][:3]))
        raise InputError(f"revenue must be known for every account; missing for {missing}")
    if not (revenue > 0).any():
        raise InputError("no account has a positive revenue")
    return revenue


def _eighty_twenty(share_of_top_20: float, n: int) -> str:
    if n < 10:
        return f"With {n} accounts, 80/20 says little."
    if share_of_top_20 < 0.8 - EIGHTY_TWENTY_TOLERANCE:
        return "80/20 overstates how concentrated this firm is."
    if share_of_top_20 > 0.8 + EIGHTY_TWENTY_TOLERANCE:
        return "80/20 understates how concentrated this firm is."
    return "80/20 fits this firm."


def _largest(curve: np.ndarray) -> str:
    if len(curve) < 6:
        return f"The largest alone brings {percent(curve[0])}."
    n_first, first = (10, "ten") if len(curve) >= 20 else (3, "three")
    return (
        f"The {first} largest bring {percent(curve[n_first - 1])}, "
        f"the largest alone {percent(curve[0])}."
    )


def _not_counted(n: int) -> str:
    noun = "account" if n == 1 else "accounts"
    return f"Not counted: {n:,} {noun} that bought nothing net." if n else ""


def _largest_first(revenue: pd.Series) -> pd.Series:
    checked = check_revenue(revenue)
    if checked.sum() <= 0:
        raise InputError(
            f"the revenue of all accounts together must be positive; got {checked.sum():,.2f}"
        )
    return checked.sort_index().sort_values(ascending=False, kind="stable")
