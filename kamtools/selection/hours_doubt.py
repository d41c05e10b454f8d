"""How far the list hangs on hours that nobody has measured."""

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from kamtools.selection.account_hours import account_hours, default_hours_assumptions
from kamtools.selection.limits import Limits
from kamtools.selection.programme import choose_within
from kamtools.wording import listing

FACTORS = (0.5, 1.0, 2.0)


def lists_by_least_hours(
    candidates: pd.DataFrame,
    limits: Limits,
    *,
    service: pd.DataFrame | None,
    as_of: date,
    least: float,
    factors: Sequence[float] = FACTORS,
) -> pd.DataFrame:
    """Return the best list under each of several assumptions of the least hours.

    Parameters
    ----------
    candidates, limits
        As in `programme.choose_within`; the hours in it are replaced.
    service, as_of
        As in `account_hours.account_hours`.
    least : hours a year
        That a key account takes at the least, as assumed.
    factors
        By which the assumption is multiplied, in this order.

    Returns
    -------
    (n_accounts, n_factors) bool, index account_id, columns the least hours
        Whether the account is on the list.

    Raises
    ------
    InputError
        As `choose_within` and `account_hours`.

    Examples
    --------
    >>> pool = pd.DataFrame({"value": [5.0, 3.0]}, index=["a", "b"])
    >>> log = pd.DataFrame({"account_id": ["a"], "hours": [90.0],
    ...                     "date": pd.to_datetime(["2025-02-01"])})
    >>> lists = lists_by_least_hours(pool, Limits(hours=250), service=log,
    ...                              as_of=date(2025, 12, 31), least=60, factors=[1, 2])
    >>> lists
         60.0   120.0
    a    True    True
    b    True   False
    """
    assumed = default_hours_assumptions()
    lists = {}
    for hours_at_least in [float(least * factor) for factor in factors]:
        assumed.loc["least", "hours_per_year"] = hours_at_least
        hours = account_hours(candidates.index, service=service, as_of=as_of, assumptions=assumed)
        pool = candidates.assign(hours=hours["hours"])
        lists[hours_at_least] = choose_within(pool, limits).chosen
    return pd.DataFrame(lists)


def describe_hours_doubt(
    lists: pd.DataFrame, *, least: float, names: Mapping[str, str] | pd.Series | None = None
) -> str:
    """Return in words who comes and goes with the assumption of the least hours.

    Parameters
    ----------
    lists
        From `lists_by_least_hours`.
    least
        The column that the others are compared with.
    names : account_id -> name

    Examples
    --------
    >>> lists = pd.DataFrame({60.0: [True, True], 120.0: [True, False]}, index=["a", "b"])
    >>> print(describe_hours_doubt(lists, least=60, names={"b": "Quay"}))
    With 120 hours at the least, Quay leaves. 1 account is on the list in any case.
    """
    called = dict(names) if names is not None else {}
    sentences = []
    for other in [column for column in lists if column != least]:
        gone = lists.index[lists[least] & ~lists[other]]
        come = lists.index[~lists[least] & lists[other]]
        moves = [_moves(gone, "leave", called), _moves(come, "come in", called)]
        told = " and ".join(filter(None, moves)) or "the list stays as it is"
        sentences.append(f"With {other:g} hours at the least, {told}.")
    n = int(lists.all(axis=1).sum())
    sentences.append(f"{n:,} account{' is' if n == 1 else 's are'} on the list in any case.")
    return " ".join(sentences)


def _moves(accounts: pd.Index, verb: str, called: Mapping[str, str]) -> str:
    if accounts.empty:
        return ""
    plural = {"leave": "leaves", "come in": "comes in"}
    names = listing([str(called.get(str(account), account)) for account in accounts])
    return f"{names} {verb if len(accounts) > 1 else plural[verb]}"
