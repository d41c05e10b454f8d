"""Which accounts a firm under US rules must disclose, and how concentrated its sales are.

References
----------
.. [1] FASB, ASC 280-10-50-42: customers of 10 % of revenue or more; entities under common
   control count as one; the name need not be given.
.. [2] Patatoukas, P. N. (2012), "Customer-base concentration", The Accounting Review 87(2):
   CC, the sum of squared sales shares of the major customers.
"""

import pandas as pd

from kamtools.errors import InputError

THRESHOLD = 0.10


def disclosed_customers(
    revenue: pd.Series, *, control: pd.Series | None = None, threshold: float = THRESHOLD
) -> pd.DataFrame:
    """Return the customers of at least a tenth of revenue, those under one control as one.

    Parameters
    ----------
    revenue : index account_id
        Of one year and every account, at least 0.
    control : index account_id
        Who controls the account; missing, or no series: the account itself.
    threshold
        Share of revenue (0-1, above 0) from which a customer counts as major.

    Returns
    -------
    DataFrame, index customer, largest first
        `revenue`, `revenue_share`, `accounts` (how many stand behind it).

    Examples
    --------
    >>> revenue = pd.Series({"north": 6.0, "south": 6.0, "lone": 9.0, "rest": 79.0})
    >>> list(disclosed_customers(revenue).index)
    ['rest']
    >>> control = pd.Series({"north": "Group", "south": "Group"})
    >>> disclosed_customers(revenue, control=control)["revenue_share"].to_dict()
    {'rest': 0.79, 'Group': 0.12}
    """
    if not 0 < threshold <= 1:
        raise InputError(f"threshold must be above 0 and at most 1; got {threshold}")
    if revenue.isna().any() or (revenue < 0).any() or not revenue.sum() > 0:
        raise InputError("revenue must be numbers of at least 0 that sum to more than 0")
    own = pd.Series(revenue.index.astype("str"), index=revenue.index)
    who = own if control is None else control.reindex(revenue.index).astype("str").fillna(own)
    table = revenue.astype(float).groupby(who.to_numpy()).agg(["sum", "count"])
    table.columns = pd.Index(["revenue", "accounts"])
    table.insert(1, "revenue_share", table["revenue"] / table["revenue"].sum())
    is_major = table["revenue_share"] >= threshold - 1e-12  # a sum of shares may miss by rounding
    return table[is_major].rename_axis("customer").sort_values("revenue", ascending=False)


def customer_concentration(major: pd.DataFrame) -> float:
    """Return CC (0-1), the sum of squared revenue shares of the major customers.

    Parameters
    ----------
    major
        As `disclosed_customers` returns it.

    Examples
    --------
    >>> round(customer_concentration(pd.DataFrame({"revenue_share": [0.70, 0.23]})), 3)
    0.543
    """
    return float((major["revenue_share"] ** 2).sum())


def disclosure_words(major: pd.DataFrame) -> str:
    """Return the disclosure and the concentration in words.

    Examples
    --------
    >>> disclosure_words(pd.DataFrame({"revenue_share": [0.70, 0.23]}, index=["a", "b"]))
    '2 customers make 10 % of revenue or more each; concentration CC, the sum of their squared
    shares, is 0.54.'
    """
    if major.empty:
        return "No customer makes 10 % of revenue; concentration CC is 0."
    one = len(major) == 1
    who = "1 customer makes" if one else f"{len(major)} customers make"
    each = "" if one else " each"
    cc = customer_concentration(major)
    return (
        f"{who} 10 % of revenue or more{each}; concentration CC, the sum of their squared shares, "
        f"is {cc:.2f}."
    )
