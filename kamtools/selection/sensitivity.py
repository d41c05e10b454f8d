"""How the chosen list moves when the weights or the method do."""

from collections.abc import Iterator

import pandas as pd

from kamtools.selection.portfolio import choose_top
from kamtools.selection.scoring import METHODS, score
from kamtools.selection.weights import check_weights, direct_weights, equal_weights


def sensitivity(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    top: int,
    *,
    method: str = "weighted_sum",
) -> pd.DataFrame:
    """Return which accounts enter and leave the chosen list under each change.

    Parameters
    ----------
    values, weights, objectives
        As in `scoring.weighted_sum`.
    top : number of accounts in the list
    method
        By which the list was chosen, as in `scoring.score`.

    Returns
    -------
    (n_changes, 4)
        `change` in words: each weighted criterion doubled, halved, dropped; equal weights for
        the weighted criteria; each other method. `accounts_in` and `accounts_out`, tuples of
        account_id; `overlap`, the part of the list that stays, 0-1.

    Raises
    ------
    InputError
        As `scoring.score` and `portfolio.choose_top`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 6.0, 1.0], "growth": [0.0, 0.2, 0.9]},
    ...                       index=["a", "b", "c"])
    >>> objectives = pd.Series({"margin": "max", "growth": "max"})
    >>> sensitivity(values, pd.Series({"margin": 0.6, "growth": 0.4}), objectives, 1).head(3)
               change accounts_in accounts_out  overlap
    0  margin doubled          ()           ()      1.0
    1   margin halved        (c,)         (a,)      0.0
    2  margin dropped        (c,)         (a,)      0.0
    """
    weight = check_weights(weights, values.columns)
    chosen = chosen_accounts(values, weight, objectives, top, method)
    rows = [
        {
            "change": change,
            **list_moves(chosen, chosen_accounts(values, other, objectives, top, by)),
        }
        for change, other, by in _changes(weight, method)
    ]
    return pd.DataFrame(rows, columns=["change", "accounts_in", "accounts_out", "overlap"])


def describe_sensitivity(table: pd.DataFrame, top: int) -> str:
    """Return in words how firm the chosen list is.

    An account is called firm if it stays under at least nine in ten of the changes.

    Parameters
    ----------
    table : (n_changes, 4)
        From `sensitivity`.
    top : number of accounts in the list

    Examples
    --------
    >>> table = pd.DataFrame({"change": ["margin doubled", "margin dropped"],
    ...     "accounts_in": [("d",), ("d", "e")], "accounts_out": [("a",), ("a", "b")],
    ...     "overlap": [0.75, 0.5]})
    >>> print(describe_sensitivity(table, 4))
    2 of the 4 chosen accounts stay under at least nine in ten of 2 changes of weights or
    method. The list moves most with "margin dropped", which replaces 2.
    """
    times_out = table["accounts_out"].explode().value_counts()
    n_shaky = int((times_out > 0.1 * len(table)).sum())
    text = (
        f"{top - n_shaky:,} of the {top:,} chosen accounts stay under at least nine in ten of "
        f"{len(table):,} changes of weights or method."
    )
    worst = table.sort_values("overlap", kind="stable").iloc[0]
    if not worst["accounts_out"]:
        return text
    return (
        f'{text} The list moves most with "{worst["change"]}", '
        f"which replaces {len(worst['accounts_out']):,}."
    )


def chosen_accounts(
    values: pd.DataFrame, weights: pd.Series, objectives: pd.Series, top: int, method: str
) -> frozenset[str]:
    """Return the accounts that are chosen under these weights by this method.

    Raises
    ------
    InputError
        As `scoring.score` and `portfolio.choose_top`.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 6.0, 1.0]}, index=["a", "b", "c"])
    >>> sorted(chosen_accounts(values, pd.Series({"margin": 1.0}), pd.Series({"margin": "max"}),
    ...                        2, "topsis"))
    ['a', 'b']
    """
    is_chosen = choose_top(score(values, weights, objectives, method=method), top)
    return frozenset(is_chosen.index[is_chosen])


def list_moves(before: frozenset[str], after: frozenset[str]) -> dict[str, object]:
    """Return who enters and who leaves from one list to the other, and what part stays.

    Examples
    --------
    >>> list_moves(frozenset("ab"), frozenset("bc"))
    {'accounts_in': ('c',), 'accounts_out': ('a',), 'overlap': 0.5}
    """
    return {
        "accounts_in": tuple(sorted(after - before)),
        "accounts_out": tuple(sorted(before - after)),
        "overlap": len(before & after) / len(before),
    }


def _changes(weights: pd.Series, method: str) -> Iterator[tuple[str, pd.Series, str]]:
    """Yield each change in words, with the weights and the method that it leads to."""
    weighted = {str(name): float(weight) for name, weight in weights.items() if weight > 0}
    if len(weighted) > 1:
        for name in weighted:
            for change, factor in (("doubled", 2.0), ("halved", 0.5), ("dropped", 0.0)):
                points = {**weighted, name: weighted[name] * factor}
                yield f"{name} {change}", direct_weights(points), method
        yield "equal weights", equal_weights(weighted), method
    for other in METHODS:
        if other != method:
            yield f"{other} instead of {method}", weights, other
