"""Whether the methods agree, and which accounts hang on the method.

References
----------
.. [1] Kendall, M. G. (1945), "The treatment of ties in ranking problems", Biometrika 33(3),
   239-251.
"""

from collections.abc import Mapping, Sequence
from itertools import combinations

import pandas as pd
from scipy import stats

from kamtools.errors import InputError
from kamtools.selection.portfolio import choose_top
from kamtools.selection.ranking import DECIMALS
from kamtools.selection.scoring import METHODS, score
from kamtools.wording import listing


def scores_by_method(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    methods: Sequence[str] = tuple(METHODS),
) -> dict[str, pd.DataFrame]:
    """Return the scores and ranks by each method.

    Parameters
    ----------
    values, weights, objectives
        As in `scoring.weighted_sum`.
    methods
        Names in `scoring.METHODS`.

    Raises
    ------
    InputError
        As `scoring.score`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 1.0]}, index=["a", "b"])
    >>> scores = scores_by_method(values, pd.Series({"margin": 1.0}), pd.Series({"margin": "max"}))
    >>> list(scores)
    ['weighted_sum', 'topsis', 'promethee']
    """
    return {method: score(values, weights, objectives, method=method) for method in methods}


def agreement(scores: Mapping[str, pd.DataFrame], top: int) -> pd.DataFrame:
    """Return how far each two methods agree.

    Parameters
    ----------
    scores : method -> (n_accounts, 2), index account_id
        `score` and `rank`, from `scores_by_method`, or any lists of the same accounts.
    top : number of accounts in the list

    Returns
    -------
    (n_pairs, 5)
        `first`, `second`; `kendall_tau` (tau-b, -1 to 1: share of pairs in the same order less
        share in the opposite, ties allowed for) and `spearman` (-1 to 1, correlation of the
        ranks) over the accounts that both score, NaN where either scores all alike;
        `overlap`, the part of the list that both choose, 0-1.

    Raises
    ------
    InputError
        If there are fewer than two methods, they score other accounts, or as
        `portfolio.choose_top`.

    Examples
    --------
    >>> one = pd.DataFrame({"score": [0.9, 0.5, 0.1]}, index=["a", "b", "c"])
    >>> two = pd.DataFrame({"score": [0.5, 0.9, 0.1]}, index=["a", "b", "c"])
    >>> agreement({"one": one, "two": two}, 1).round(2)
      first second  kendall_tau  spearman  overlap
    0   one    two         0.33       0.5      0.0
    """
    _check_same_accounts(scores)
    chosen = {name: choose_top(table, top) for name, table in scores.items()}
    rows = [
        (
            first,
            second,
            *_correlations(scores[first]["score"], scores[second]["score"]),
            float((chosen[first] & chosen[second]).sum() / top),
        )
        for first, second in combinations(scores, 2)
    ]
    return pd.DataFrame(rows, columns=["first", "second", "kendall_tau", "spearman", "overlap"])


def votes(scores: Mapping[str, pd.DataFrame], top: int) -> pd.Series:
    """Return by how many of the methods each account is chosen.

    Parameters
    ----------
    scores, top
        As in `agreement`.

    Returns
    -------
    (n_accounts,) 0 to the number of methods, index account_id

    Raises
    ------
    InputError
        As `agreement`.

    Examples
    --------
    >>> one = pd.DataFrame({"score": [0.9, 0.5, 0.1]}, index=["a", "b", "c"])
    >>> two = pd.DataFrame({"score": [0.9, 0.1, 0.5]}, index=["a", "b", "c"])
    >>> votes({"one": one, "two": two}, 2).to_dict()
    {'a': 2, 'b': 1, 'c': 1}
    """
    _check_same_accounts(scores)
    chosen = pd.DataFrame({name: choose_top(table, top) for name, table in scores.items()})
    return chosen.sum(axis=1).astype("int64").rename("votes")


def describe_agreement(
    scores: Mapping[str, pd.DataFrame],
    top: int,
    *,
    names: Mapping[str, str] | pd.Series | None = None,
) -> str:
    """Return in words how many of the chosen hang on the method, and which.

    Parameters
    ----------
    scores, top
        As in `agreement`.
    names : account_id -> name

    Raises
    ------
    InputError
        As `agreement`.

    Examples
    --------
    >>> one = pd.DataFrame({"score": [0.9, 0.5, 0.1]}, index=["a", "b", "c"])
    >>> two = pd.DataFrame({"score": [0.9, 0.1, 0.5]}, index=["a", "b", "c"])
    >>> print(describe_agreement({"one": one, "two": two}, 2))
    All 2 methods choose 1 of 2 accounts alike. These hang on the method: b and c.
    """
    counts = votes(scores, top)
    n_alike = int((counts == len(scores)).sum())
    text = f"All {len(scores)} methods choose {n_alike:,} of {top:,} accounts alike."
    hanging = counts[(counts > 0) & (counts < len(scores))]
    if hanging.empty:
        return text
    in_order = hanging.sort_index().sort_values(ascending=False, kind="stable").index
    called = [str(name if names is None else names.get(name, name)) for name in in_order]
    if len(called) > 6:
        called = [*called[:5], f"{len(called) - 5:,} more"]
    return f"{text} These hang on the method: {listing(called)}."


def _correlations(first: pd.Series, second: pd.Series) -> tuple[float, float]:
    both = pd.DataFrame({"first": first, "second": second}).dropna().round(DECIMALS)
    if (both.nunique() < 2).any():
        return float("nan"), float("nan")
    tau = stats.kendalltau(both["first"], both["second"]).statistic
    rho = stats.spearmanr(both["first"], both["second"]).statistic
    return float(tau), float(rho)


def _check_same_accounts(scores: Mapping[str, pd.DataFrame]) -> None:
    if len(scores) < 2:
        raise InputError(f"agreement needs at least two methods; got {len(scores)}")
    known = set(next(iter(scores.values())).index)
    for name, table in scores.items():
        if set(table.index) != known:
            raise InputError(
                f"{name} scores {len(table):,} accounts that are not the {len(known):,} of the "
                "first method"
            )
