"""Who just missed the list, and what it would cost to put somebody on it.

An account is forced onto the list and the rest is chosen again as well as can be: what the
list then lacks is the price of the favour, and by as much the account's value would have to
rise for it to come in by itself.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.programme import Programme, solve_within, worth
from kamtools.wording import listing, percent

COLUMNS = ("value", "cost_of_inclusion", "value_needed", "enters", "leaves")


def near_misses(programme: Programme, *, top: int = 10) -> pd.DataFrame:
    """Return the accounts that are nearest to the list, the nearest first.

    Parameters
    ----------
    programme
        From `choose_within`.
    top : number of accounts

    Returns
    -------
    (up to top, 5), index account_id
        As `cost_of_inclusion`; accounts that no list can hold are not among them.

    Raises
    ------
    InputError
        If `top` is not at least 1.

    Notes
    -----
    The price of the limits bounds from below what an account's inclusion costs, so accounts
    are tried in the order of that bound, until no other can be nearer.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [10.0, 7.0, 6.0], "hours": [60.0, 50.0, 50.0]},
    ...                           index=["giant", "middle", "riser"])
    >>> from kamtools.selection.limits import Limits
    >>> from kamtools.selection.programme import choose_within
    >>> near_misses(choose_within(candidates, Limits(hours=100)), top=3)
                value  cost_of_inclusion  value_needed enters           leaves
    account_id
    giant        10.0                3.0          13.0     ()  (middle, riser)
    """
    if not top >= 1:
        raise InputError(f"top must be at least 1; got {top!r}")
    at_least = _bounds(programme)
    tried: list[pd.DataFrame] = []
    costs: list[float] = []
    for account, bound in at_least.items():
        if len(costs) >= top and bound >= sorted(costs)[top - 1]:
            break
        row = cost_of_inclusion(programme, [str(account)])
        if np.isfinite(row["cost_of_inclusion"].iloc[0]):
            tried.append(row)
            costs.append(float(row["cost_of_inclusion"].iloc[0]))
    if not tried:
        return cost_of_inclusion(programme, [])
    return pd.concat(tried).sort_values("cost_of_inclusion", kind="stable").head(top)


def cost_of_inclusion(programme: Programme, accounts: Sequence[str]) -> pd.DataFrame:
    """Return what it costs to put each of some accounts on the list, one at a time.

    Parameters
    ----------
    programme
        From `choose_within`.
    accounts
        Ids that are not on the list.

    Returns
    -------
    (len(accounts), 5), index account_id
        `value`; `cost_of_inclusion`, what the best list with the account lacks of the best
        list (infinite where no list can hold it); `value_needed`, from which on the account
        would come in by itself; who `enters` with it and who `leaves`, tuples of account_id.

    Raises
    ------
    InputError
        If an account is not a candidate, or is on the list already.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [9.0, 7.0, 1.0], "hours": [50.0, 50.0, 400.0]},
    ...                           index=["a", "b", "friend"])
    >>> from kamtools.selection.limits import Limits
    >>> from kamtools.selection.programme import choose_within
    >>> programme = choose_within(candidates, Limits(hours=100))
    >>> cost_of_inclusion(programme, ["friend"])["cost_of_inclusion"].to_dict()
    {'friend': inf}
    """
    is_in = programme.chosen.reindex(programme.candidates.index)
    for account in accounts:
        if account not in is_in.index:
            raise InputError(f"{account!r} is not among the candidates")
        if is_in[account]:
            raise InputError(f"{account!r} is on the list already")
    rows = [_forced(programme, account, is_in) for account in accounts]
    index = pd.Index(list(accounts), name="account_id", dtype=programme.candidates.index.dtype)
    table = pd.DataFrame(rows, index=index, columns=list(COLUMNS))
    numbers = ["value", "cost_of_inclusion", "value_needed"]
    return table.astype(dict.fromkeys(numbers, float))


def describe_near_misses(
    misses: pd.DataFrame,
    *,
    names: Mapping[str, str] | pd.Series | None = None,
    currency: str | None = None,
    told: int = 3,
) -> str:
    """Return in words who just missed and for whom they would have to make room.

    Parameters
    ----------
    misses
        From `near_misses` or `cost_of_inclusion`.
    names : account_id -> name
    currency
        As in `programme.describe_programme`.
    told : number of accounts to tell of

    Examples
    --------
    >>> misses = pd.DataFrame({"value": [10.0], "cost_of_inclusion": [3.0], "value_needed": [13.0],
    ...                        "enters": [()], "leaves": [("m", "r")]}, index=["g"])
    >>> print(describe_near_misses(misses, names={"g": "Giant", "m": "Middle", "r": "Riser"}))
    Giant misses the list by 3 points, 30 % of its value; it would push out Middle and Riser.
    """
    if misses.empty:
        return "No other account could be on the list."
    known = {} if names is None else dict(names)
    return " ".join(
        _sentence(str(account), row, known, currency)
        for account, row in misses.head(told).iterrows()
    )


def _bounds(programme: Programme) -> pd.Series:
    """Return for each account that is out the least that its inclusion can cost, nearest first."""
    is_out = ~programme.chosen & ~programme.chosen.index.isin(programme.limits.exclude)
    short = (-programme.margins.reindex(programme.chosen.index)).clip(lower=0)
    bounds = (programme.value - programme.relaxed + short).clip(lower=0)[is_out]
    return bounds.sort_index().sort_values(kind="stable")


def _forced(programme: Programme, account: str, is_in: pd.Series) -> tuple[object, ...]:
    value = float(programme.candidates["value"][account])
    limits = programme.limits
    excluded = tuple(name for name in limits.exclude if name != account)
    limits = replace(limits, include=(*limits.include, account), exclude=excluded)
    other = solve_within(programme.candidates, limits)
    if other is None:
        return value, float("inf"), float("nan"), (), ()
    cost = max(round(programme.value - other.value, 12), 0.0)
    enters = is_in.index[other.x & ~is_in].drop(account)
    return value, cost, value + cost, tuple(enters), tuple(is_in.index[is_in & ~other.x])


def _sentence(account: str, row: pd.Series, names: Mapping[str, str], currency: str | None) -> str:
    name = names.get(account, account)
    cost, value = float(row["cost_of_inclusion"]), float(row["value"])
    if not np.isfinite(cost):
        return f"No list within the limits can hold {name}."
    if cost == 0:
        return f"{name} would do as well as what is on the list{_moves(row, names)}."
    share = f", {percent(cost / value)} of its value" if value > 0 else ""
    return f"{name} misses the list by {worth(cost, currency)}{share}{_moves(row, names)}."


def _moves(row: pd.Series, names: Mapping[str, str]) -> str:
    """Return who would make room and who would come along."""
    leaving = listing([str(names.get(account, account)) for account in row["leaves"]])
    coming = listing([str(names.get(account, account)) for account in row["enters"]])
    text = f"; it would push out {leaving}" if leaving else ""
    if not coming:
        return text
    return f"{text} and bring in {coming}" if text else f"; it would bring in {coming}"
