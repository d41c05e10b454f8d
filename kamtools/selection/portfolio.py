"""The chosen key accounts, beside those that a list by sales would have chosen."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import money, percent


@dataclass(frozen=True)
class SalesComparison:
    """The chosen list and the list by sales, and what the second gives up.

    Attributes
    ----------
    table : index account_id, in the order of rank_by_score
        The accounts of either list: `in_chosen_list`, `in_sales_list`, `rank_by_score`,
        `rank_by_sales`, `score`, `revenue` and `margin` (money a year).
    n_shared
        Number of accounts in both lists.
    score_forgone : share, 0-1
        What the list by sales lacks of the score that the chosen list collects.
    margin_forgone : money a year
        Margin of the chosen list less that of the list by sales: above 0 if sales rank costs
        money now, below 0 if the chosen list pays now for what else it was chosen for. NaN
        where the margin of an account in either list is not known.
    """

    table: pd.DataFrame
    n_shared: int
    score_forgone: float
    margin_forgone: float


def eligible(scorecard: pd.DataFrame, *, min_months_active: int = 1) -> pd.DataFrame:
    """Return the rows of the accounts that can be chosen.

    An account whose credits ate up all it bought in the last 12 months cannot, whatever its
    gross sales were.

    Parameters
    ----------
    scorecard : index account_id
        `revenue` (net, last 12 months); `months_active` (of those 12) where it is asked for.
    min_months_active : 1-12
        In how many of the 12 months it must have bought.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [50.0, 0.0, 70.0], "months_active": [4, 1, 1]},
    ...                          index=["a", "b", "c"])
    >>> eligible(scorecard).index.tolist(), eligible(scorecard, min_months_active=2).index.tolist()
    (['a', 'c'], ['a'])
    """
    is_eligible = scorecard["revenue"] > 0
    if min_months_active > 1:
        is_eligible &= scorecard["months_active"] >= min_months_active
    return scorecard[is_eligible]


def choose_top(scores: pd.DataFrame, top: int) -> pd.Series:
    """Return which accounts are among the `top` by score.

    Parameters
    ----------
    scores : (n_accounts, …), index account_id
        `score`, NaN for an account that cannot be scored.
    top : number of accounts, from 1 to all that have a score

    Returns
    -------
    (n_accounts,) bool, index as `scores`
        Exactly `top` are True: at a tie on the border, the first by account_id.

    Raises
    ------
    InputError
        If `top` is not such a number.

    Examples
    --------
    >>> choose_top(pd.DataFrame({"score": [0.2, 0.9, 0.9]}, index=["a", "c", "b"]), 1).to_dict()
    {'a': False, 'c': False, 'b': True}
    """
    return _first(scores["score"].round(12), top).rename("is_chosen")


def compare_with_sales(
    scorecard: pd.DataFrame,
    scores: pd.DataFrame,
    top: int,
    *,
    chosen: pd.Series | None = None,
    margin: pd.Series | None = None,
) -> SalesComparison:
    """Return the chosen list beside the list by sales, and the value forgone by the latter.

    Parameters
    ----------
    scorecard : index account_id
        `revenue` and `margin` (money a year) at least of the accounts in `scores`.
    scores : (n_accounts, 2), index account_id
        `score` and `rank`, from `scoring`. Both lists are drawn from these accounts.
    top : number of accounts in the list by sales, and in the chosen one if `chosen` is None
    chosen : (n_accounts,) bool, index account_id
        A list that was chosen in another way than the first by score, such as within the
        hours that there are.
    margin : money a year, index account_id
        Margin after service, such as `measured["margin"]` of the criteria table, in place of
        the scorecard's.

    Raises
    ------
    InputError
        If `top` is not from 1 to the number of scored accounts, an account in `scores` is
        not in the scorecard, or `chosen` holds no account.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [90.0, 60.0, 50.0], "margin": [-9.0, 20.0, 25.0]},
    ...                          index=["giant", "middle", "riser"])
    >>> scores = pd.DataFrame({"score": [0.2, 0.5, 0.6], "rank": [3, 2, 1]},
    ...                       index=scorecard.index)
    >>> comparison = compare_with_sales(scorecard, scores, 2)
    >>> comparison.table[["in_chosen_list", "in_sales_list"]]
            in_chosen_list  in_sales_list
    riser             True          False
    middle            True           True
    giant            False           True
    >>> comparison.margin_forgone
    34.0
    """
    _check_known(scorecard, scores)
    if chosen is not None and not chosen.any():
        raise InputError(
            "no account is chosen, so there is no list to compare: the limits (hours, budget, "
            "number of accounts) let none in"
        )
    known = scorecard.loc[scores.index]
    everything = pd.DataFrame(
        {
            "in_chosen_list": (
                choose_top(scores, top) if chosen is None else chosen.reindex(scores.index)
            ),
            "in_sales_list": _first(known["revenue"], top),
            "rank_by_score": scores["rank"],
            "rank_by_sales": known["revenue"].rank(ascending=False, method="min").astype("int64"),
            "score": scores["score"],
            "revenue": known["revenue"],
            "margin": (known["margin"] if margin is None else margin.reindex(scores.index)),
        }
    )
    listed, by_sales = everything["in_chosen_list"], everything["in_sales_list"]
    score_chosen, score_by_sales = (
        everything.loc[listed, "score"].sum(),
        everything.loc[by_sales, "score"].sum(),
    )
    in_either = everything[listed | by_sales]
    return SalesComparison(
        table=in_either.sort_index().sort_values("rank_by_score", kind="stable"),
        n_shared=int((listed & by_sales).sum()),
        score_forgone=float(1 - score_by_sales / score_chosen) if score_chosen > 0 else 0.0,
        margin_forgone=float(
            everything.loc[listed, "margin"].sum(skipna=False)
            - everything.loc[by_sales, "margin"].sum(skipna=False)
        ),
    )


def describe_comparison(comparison: SalesComparison, *, currency: str = "") -> str:
    """Return in words how the two lists differ and what the list by sales gives up.

    Examples
    --------
    >>> comparison = SalesComparison(pd.DataFrame({"in_chosen_list": [True, True, False]}),
    ...                              1, 0.36, 34_000.0)
    >>> print(describe_comparison(comparison, currency="EUR"))
    Of 2 chosen accounts 1 also leads by sales, 1 does not. Choosing by sales would give up
    36 % of the score and EUR 34,000 of profit a year.
    """
    n_chosen = int(comparison.table["in_chosen_list"].sum())
    n_shared = comparison.n_shared
    if n_shared == n_chosen:
        return f"The {n_chosen:,} chosen accounts are the {n_chosen:,} largest by sales."
    verb = "leads" if n_shared == 1 else "lead"
    other = "does" if n_chosen - n_shared == 1 else "do"
    text = (
        f"Of {n_chosen:,} chosen accounts {n_shared:,} also {verb} by sales, "
        f"{n_chosen - n_shared:,} {other} not. Choosing by sales would give up "
        f"{percent(comparison.score_forgone)} of the score"
    )
    forgone = comparison.margin_forgone
    if np.isnan(forgone):
        return f"{text}; what it gives up in profit is not known."
    if forgone >= 0:
        return f"{text} and {money(forgone, currency)} of profit a year."
    return f"{text}, and earn {money(-forgone, currency)} more profit this year."


def _first(amounts: pd.Series, top: int) -> pd.Series:
    n_known = int(amounts.notna().sum())
    if isinstance(top, bool) or not isinstance(top, int | np.integer) or not 1 <= top <= n_known:
        raise InputError(
            f"top must be a whole number from 1 to {n_known:,}, the accounts that can be chosen; "
            f"got {top!r}"
        )
    in_order = amounts.sort_index().sort_values(ascending=False, kind="stable")
    return pd.Series(amounts.index.isin(in_order.index[:top]), index=amounts.index)


def _check_known(scorecard: pd.DataFrame, scores: pd.DataFrame) -> None:
    unknown = scores.index.difference(scorecard.index)
    if len(unknown):
        raise InputError(
            f"{len(unknown):,} scored accounts are not in the scorecard, first {unknown[0]!r}"
        )
