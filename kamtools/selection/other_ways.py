"""Shorter ways of choosing beside the optimum: by sales, by value, by value per hour.

Each goes down its own order and takes every account that still fits. By sales is what most
firms do; by value per hour is nearly as good as the optimum where hours are all that is
short, and can be taught in a minute. Neither can look ahead: a least number of Stars, or a cap
on a group's share of the list, may end up broken, and then the table says so.
"""

import numpy as np
import pandas as pd

from kamtools.selection.limits import Limits, Rows, fixed_accounts, limit_rows, limit_words
from kamtools.selection.programme import Programme, worth
from kamtools.wording import listing, percent

OPTIMUM = "optimum"
BY_VALUE_PER_HOUR = "by value per hour"
BY_VALUE = "by value"
BY_SALES = "by sales"
LOOKS_AHEAD = ("group_share", "stars")
"""Limits that nobody can respect who takes one account after the other."""
SLACK = 1e-9
"""Part of a limit by which sums of floats may miss it."""


def take_in_order(candidates: pd.DataFrame, limits: Limits, order: pd.Index) -> pd.Series:
    """Return the list that takes every account in turn that still fits.

    Parameters
    ----------
    candidates, limits
        As in `programme.choose_within`.
    order : ids, the first one first
        Accounts that are not in it are not taken, but for those that must be on the list.

    Returns
    -------
    (n_accounts,) bool, index as `candidates`
        Within hours, budget, number of accounts, concentration, rivals and named accounts. The
        list may break the limits named in `LOOKS_AHEAD`.

    Raises
    ------
    InputError
        As `limits.limit_rows`.

    Examples
    --------
    >>> candidates = pd.DataFrame({"hours": [60.0, 50.0, 30.0]}, index=["a", "b", "c"])
    >>> take_in_order(candidates, Limits(hours=100), candidates.index).to_dict()
    {'a': True, 'b': False, 'c': True}
    """
    rows = limit_rows(candidates, limits)
    is_asked = ~np.isin(rows.names, LOOKS_AHEAD)
    use, room = rows.matrix[is_asked].T.toarray(), rows.upper[is_asked].copy()
    room += SLACK * np.abs(room)
    fixed = fixed_accounts(candidates.index, limits)
    taken = fixed == 1
    room -= taken @ use
    # One account after the other: what fits depends on all that were taken before.
    for place in candidates.index.get_indexer(order):
        if np.isnan(fixed[place]) and (use[place] <= room).all():
            taken[place] = True
            room -= use[place]
    return pd.Series(taken, index=candidates.index, name="is_chosen")


def shorter_lists(programme: Programme) -> pd.DataFrame:
    """Return which accounts each way of choosing takes within the programme's limits.

    Parameters
    ----------
    programme
        From `choose_within`. The candidates' column `hours` is needed for "by value per hour"
        and `revenue` for "by sales"; without it that way is left out.

    Returns
    -------
    (n_accounts, n_ways) bool, index account_id
        Columns "optimum", "by value per hour", "by value", "by sales". The ways by value take
        no account that is worth nothing; by sales takes it for its size.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [10.0, 7.0, 6.0], "hours": [60.0, 50.0, 50.0],
    ...                            "revenue": [9.0, 3.0, 1.0]}, index=["giant", "middle", "riser"])
    >>> from kamtools.selection.programme import choose_within
    >>> shorter_lists(choose_within(candidates, Limits(hours=100)))
            optimum  by value per hour  by value  by sales
    giant     False               True      True      True
    middle     True              False     False     False
    riser      True              False     False     False
    """
    candidates, limits = programme.candidates, programme.limits
    value = candidates["value"].astype(float)
    by: dict[str, pd.Series] = {}
    if "hours" in candidates:
        hours = candidates["hours"].astype(float)
        per_hour = (value / hours.where(hours > 0)).fillna(np.inf)
        by[BY_VALUE_PER_HOUR] = per_hour.where(value > 0)
    by[BY_VALUE] = value.where(value > 0)
    if "revenue" in candidates:
        by[BY_SALES] = candidates["revenue"].astype(float)
    lists = {OPTIMUM: programme.chosen.reindex(candidates.index)}
    for way, measure in by.items():
        order = measure.dropna().sort_values(ascending=False, kind="stable").index
        lists[way] = take_in_order(candidates, limits, order)
    return pd.DataFrame(lists)


def compare_ways(programme: Programme) -> pd.DataFrame:
    """Return what each way of choosing is worth beside the optimum.

    Parameters
    ----------
    programme
        As in `shorter_lists`.

    Returns
    -------
    (n_ways, …), index way
        `accounts` (number), `value`, `share_of_optimum` (NaN if the optimum is worth nothing),
        `value_forgone`, `shared` (accounts that are in the optimum too), `hours` and `cost`
        where the candidates have them, and `breaks`: the limits that the list does not meet, in
        words; blank if it meets all.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [10.0, 7.0, 6.0], "hours": [60.0, 50.0, 50.0]},
    ...                           index=["giant", "middle", "riser"])
    >>> from kamtools.selection.programme import choose_within
    >>> ways = compare_ways(choose_within(candidates, Limits(hours=100)))
    >>> ways[["value", "value_forgone", "hours"]]
                       value  value_forgone  hours
    way
    optimum             13.0            0.0  100.0
    by value per hour   10.0            3.0   60.0
    by value            10.0            3.0   60.0
    """
    candidates = programme.candidates
    lists = shorter_lists(programme)
    taken = lists.astype(float)
    rows = limit_rows(candidates, programme.limits)
    value = candidates["value"].astype(float) @ taken
    best = programme.value
    forgone = best - value
    table = pd.DataFrame(
        {
            "accounts": lists.sum(),
            "value": value,
            "share_of_optimum": value / best if best > 0 else float("nan"),
            "value_forgone": forgone.mask(forgone.abs() < SLACK * abs(best), 0.0),
            "shared": lists.mul(lists[OPTIMUM], axis=0).sum(),
            **{
                column: candidates[column].astype(float) @ taken
                for column in ("hours", "cost")
                if column in candidates
            },
        }
    )
    breaks = [_broken(rows, taken[way].to_numpy(), programme.limits) for way in taken]
    return table.assign(breaks=pd.Series(breaks, index=table.index, dtype="str")).rename_axis("way")


def describe_ways(ways: pd.DataFrame, *, currency: str | None = None) -> str:
    """Return in words what the shorter ways give up.

    Parameters
    ----------
    ways
        From `compare_ways`.
    currency
        As in `programme.describe_programme`.

    Examples
    --------
    >>> ways = pd.DataFrame({"value": [13.0, 12.0, 8.0], "share_of_optimum": [1.0, 0.92, 0.615],
    ...     "value_forgone": [0.0, 1.0, 5.0], "breaks": ["", "", "at least 2 Stars"]},
    ...     index=["optimum", "by value per hour", "by sales"])
    >>> print(describe_ways(ways))
    Choosing by value per hour reaches 92 % of the optimum and gives up 1 point. Choosing by
    sales reaches 62 % of the optimum and gives up 5 points, and breaks a limit: at least 2
    Stars.
    """
    sentences = [
        _way_words(str(way), row, currency)
        for way, row in ways.drop(index=OPTIMUM, errors="ignore").iterrows()
    ]
    return " ".join(sentences)


def _way_words(way: str, row: pd.Series, currency: str | None) -> str:
    forgone = float(row["value_forgone"])
    broken = f", and breaks a limit: {row['breaks']}" if row["breaks"] else ""
    if forgone < 0:
        return f"Choosing {way} is worth {worth(-forgone, currency)} more{broken}."
    if forgone == 0:
        return f"Choosing {way} reaches the optimum{broken}."
    share = float(row["share_of_optimum"])
    reach = "" if np.isnan(share) else f"reaches {percent(share)} of the optimum and "
    return f"Choosing {way} {reach}gives up {worth(forgone, currency)}{broken}."


def _broken(rows: Rows, x: np.ndarray, limits: Limits) -> str:
    use = rows.matrix @ x
    is_broken = use > rows.upper + SLACK * np.maximum(np.abs(rows.upper), abs(rows.matrix) @ x)
    names = list(dict.fromkeys(str(name) for name in rows.names[is_broken]))
    return listing([limit_words(name, limits) for name in names])
