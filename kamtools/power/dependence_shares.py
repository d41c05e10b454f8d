"""What an account is of the firm's business: its shares of revenue and margin, and their range."""

import pandas as pd

from kamtools.errors import InputError

NEEDED = ("revenue", "revenue_previous", "margin")


def share_ends(scorecard: pd.DataFrame) -> pd.DataFrame:
    """Return the range of each account's share of the firm's business.

    Parameters
    ----------
    scorecard : index account_id
        `revenue`, `revenue_previous`, `margin`, as `ledger.scorecard` returns them, of every
        account of the firm.

    Returns
    -------
    (n_with_revenue, 3), index account_id
        `low`, `middle`, `high` (0-1): the least, the chosen and the largest of the shares of
        margin, revenue and last year's revenue. The share of margin is chosen, or that of
        revenue where the account's cost is not known. Accounts without revenue are left out.

    Raises
    ------
    InputError
        If a column is missing, an account stands twice, or the firm has no revenue.

    Notes
    -----
    Accounts whose cost is not known are taken to earn at the mean rate of the others, so that a
    share of margin is margin / Σ margin × Σ revenue / Σ all revenue, sums over those whose cost
    is known. A loss is a share of 0. A new account has no share of last year.

    Examples
    --------
    >>> card = pd.DataFrame({"revenue": [60.0, 40.0], "revenue_previous": [0.0, 50.0],
    ...                      "margin": [10.0, None]}, index=["a", "b"])
    >>> share_ends(card)
       low  middle  high
    a  0.6     0.6   0.6
    b  0.4     0.4   1.0
    """
    check_scorecard(scorecard)
    revenue, previous, margin = (scorecard[name].astype(float) for name in NEEDED)
    is_costed = margin.notna()
    costed = revenue[is_costed].sum() / revenue.sum()
    total = margin.sum() / costed if costed > 0 and margin.sum() > 0 else float("nan")
    shares = pd.DataFrame(
        {
            "margin": margin / total,
            "revenue": revenue / revenue.sum(),
            "previous": previous.where(previous > 0) / previous.sum(),
        }
    ).clip(0, 1)[revenue > 0]
    return pd.DataFrame(
        {
            "low": shares.min(axis=1),
            "middle": shares["margin"].fillna(shares["revenue"]),
            "high": shares.max(axis=1),
        }
    )


def check_scorecard(scorecard: pd.DataFrame) -> None:
    """Refuse a scorecard from which no share can be taken.

    Raises
    ------
    InputError
        If a column is missing, an account stands twice, or the firm has no revenue.

    Examples
    --------
    >>> check_scorecard(pd.DataFrame({"revenue": [1.0]}, index=["a"]))
    Traceback (most recent call last):
    kamtools.errors.InputError: the scorecard lacks the columns revenue_previous, margin
    """
    missing = [name for name in NEEDED if name not in scorecard]
    if missing:
        raise InputError(f"the scorecard lacks the columns {', '.join(missing)}")
    if scorecard.index.has_duplicates:
        twice = scorecard.index[scorecard.index.duplicated()][0]
        raise InputError(f"account {twice} stands twice in the scorecard")
    if not scorecard["revenue"].sum() > 0:
        raise InputError("the scorecard's revenue must sum to more than 0")
