"""The whale curve: how much profit the good accounts earn and the bad ones give back.

References
----------
.. [1] Kaplan, R. S. (1989), "Kanthal (A)", Harvard Business School case 190-002: 20 % of the
   customers earned 225 % of the profit, 70 % broke even, 10 % lost 125 %.
.. [2] Kaplan, R. S. and Narayanan, V. G. (2001), "Measuring and managing customer
   profitability", Journal of Cost Management 15(5), 5-15.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import money, percent


@dataclass(frozen=True)
class Whale:
    """What a whale curve shows.

    Attributes
    ----------
    n_accounts, n_at_peak, n_losing
        Accounts in all; those up to the peak, which are the ones with a profit; those with a
        loss.
    total, peak, loss : money
        Profit of all; profit of those up to the peak; what the others lose, at most 0.
    peak_share : share, at least 1
        Peak over total: 2.25 at Kanthal. NaN where the total is not above 0.
    accounts_at_peak : share, 0-1
        Part of the accounts that earn the peak.
    loss_share : share, at most 0
        Loss over total: -1.25 at Kanthal. NaN where the total is not above 0.
    """

    n_accounts: int
    n_at_peak: int
    n_losing: int
    total: float
    peak: float
    loss: float
    peak_share: float
    accounts_at_peak: float
    loss_share: float


def whale_curve(profit: pd.Series) -> pd.DataFrame:
    """Return the cumulative profit over the share of accounts, most profitable first.

    Parameters
    ----------
    profit : (n_accounts,) money, index account_id

    Returns
    -------
    (n_accounts, 3), index account_id
        `account_share` (0-1), `cumulative_profit` (money) and `profit_share` (of the total,
        up to 1 at the end and above it before; NaN where the total is not above 0). Accounts
        of equal profit stand in the order of their ids.

    Raises
    ------
    InputError
        If there is no account, or a profit is not known.

    Notes
    -----
    Sort profit p descending, cumulate, divide by the sum: W_k = sum_{i<=k} p_(i) / sum p.

    Examples
    --------
    >>> whale_curve(pd.Series({"a": -50.0, "b": 120.0, "c": 30.0}))
       account_share  cumulative_profit  profit_share
    b       0.333333              120.0           1.2
    c       0.666667              150.0           1.5
    a       1.000000              100.0           1.0
    """
    if profit.empty:
        raise InputError("profit by account is empty; expected one number for each account")
    if profit.isna().any():
        n, first = int(profit.isna().sum()), profit.index[profit.isna()][0]
        raise InputError(
            f"profit must be known for every account; not known for {n:,}, first {first!r}"
        )
    ordered = profit.astype(float).sort_index().sort_values(ascending=False, kind="stable")
    total = ordered.sum()
    cumulative = ordered.cumsum()
    return pd.DataFrame(
        {
            "account_share": np.arange(1, len(ordered) + 1) / len(ordered),
            "cumulative_profit": cumulative,
            "profit_share": cumulative / total if total > 0 else float("nan"),
        }
    )


def whale(profit: pd.Series) -> Whale:
    """Return the peak of the whale curve, where it stands, and the loss behind it.

    Parameters
    ----------
    profit : (n_accounts,) money, index account_id

    Raises
    ------
    InputError
        As `whale_curve`.

    Examples
    --------
    >>> kanthal = pd.Series([112.5] * 2 + [0.0] * 7 + [-125.0])
    >>> shape = whale(kanthal)
    >>> shape.peak_share, shape.accounts_at_peak, shape.loss_share, shape.total
    (2.25, 0.2, -1.25, 100.0)
    """
    n = len(whale_curve(profit))
    gain, loss = float(profit.clip(lower=0).sum()), float(profit.clip(upper=0).sum())
    total, n_gaining = gain + loss, int((profit > 0).sum())
    return Whale(
        n_accounts=n,
        n_at_peak=n_gaining,
        n_losing=int((profit < 0).sum()),
        total=total,
        peak=gain,
        loss=loss,
        peak_share=gain / total if total > 0 else float("nan"),
        accounts_at_peak=n_gaining / n,
        loss_share=loss / total if total > 0 else float("nan"),
    )


def describe_whale(
    profit: pd.Series,
    *,
    currency: str = "",
    names: Mapping[str, str] | pd.Series | None = None,
    what: str = "profit",
) -> str:
    """Return in words who earns the profit and who gives it back.

    Parameters
    ----------
    profit : (n_accounts,) money, index account_id
        Accounts whose profit is not known do not count, and the text says how many they are.
    currency
        Stands before amounts of money.
    names : account_id -> name
    what
        What is told, such as "profit before service".

    Examples
    --------
    >>> print(describe_whale(pd.Series({"a": 60.0, "b": 90.0, "c": -50.0}), currency="EUR"))
    67 % of accounts (2 of 3) earn EUR 150, 150 % of the profit; 1 account that loses money
    gives back EUR 50. The largest loss is c (EUR −50).
    """
    known = profit.dropna()
    if known.empty:
        return f"The {what} of no account is known: it needs the cost of what was sold."
    shape = whale(known)
    sentences = [_earned(shape, currency, what), _lost(known, shape, currency, names)]
    n_unknown = len(profit) - len(known)
    if n_unknown:
        noun = "account" if n_unknown == 1 else "accounts"
        sentences.append(f"Not counted: {n_unknown:,} {noun} whose {what} is not known.")
    return " ".join(sentence for sentence in sentences if sentence)


def _earned(shape: Whale, currency: str, what: str) -> str:
    if shape.n_losing == 0:
        return f"No account loses money; together they earn {money(shape.total, currency)}."
    many = shape.n_losing > 1
    back = (
        f"{shape.n_losing:,} {'accounts' if many else 'account'} that "
        f"{'lose' if many else 'loses'} money {'give' if many else 'gives'} back "
        f"{money(-shape.loss, currency)}"
    )
    who = (
        f"{percent(shape.accounts_at_peak)} of accounts "
        f"({shape.n_at_peak:,} of {shape.n_accounts:,}) earn {money(shape.peak, currency)}"
    )
    if np.isnan(shape.peak_share):
        return f"{who}; {back}, and the firm as a whole earns {money(shape.total, currency)}."
    return f"{who}, {percent(shape.peak_share)} of the {what}; {back}."


def _lost(
    known: pd.Series, shape: Whale, currency: str, names: Mapping[str, str] | pd.Series | None
) -> str:
    if shape.n_losing == 0:
        return ""
    worst = str(known.sort_index().idxmin())
    name = worst if names is None else names.get(worst, worst)
    return f"The largest loss is {name} ({money(float(known.min()), currency)})."
