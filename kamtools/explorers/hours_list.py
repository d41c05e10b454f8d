"""The list that there are hours for: by score where they suffice, else the best that fits."""

import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.limits import Limits
from kamtools.selection.list_value import value_above_baseline
from kamtools.selection.portfolio import choose_top
from kamtools.selection.programme import choose_within

FEWEST_STEPS = 150
ROOM_TO_MOVE = 1.5


def choose_with_hours(
    scores: pd.DataFrame, *, top: int, hours: pd.Series, capacity_hours: float
) -> pd.DataFrame:
    """Return which accounts are chosen within the hours, and which the hours push out.

    The first accounts by score are the list as long as there are hours for them. Where there
    are not, it is the most valuable list that fits, by `programme.choose_within`: the value of
    a place is the score above that of the median account, or where the list is longer than
    half of the accounts, above that of the last of them.

    Parameters
    ----------
    scores : (n_accounts, …), index account_id
        `score`, NaN for an account that cannot be scored.
    top : most accounts on the list
    hours : (n_accounts,) hours a year, at least 0
    capacity_hours : hours a year that there are

    Returns
    -------
    (n_accounts, 2) bool, index as `scores`
        `is_chosen`, and `is_pushed_out`: among the first by score, but not chosen.

    Raises
    ------
    InputError
        If `top` is not possible, hours are missing, or as `choose_within`.

    Examples
    --------
    >>> scores = pd.DataFrame({"score": [0.9, 0.8, 0.7, 0.1, 0.1, 0.1]}, index=list("abcdef"))
    >>> hours = pd.Series([300.0, 60.0, 60.0, 60.0, 60.0, 60.0], index=list("abcdef"))
    >>> choose_with_hours(scores, top=2, hours=hours, capacity_hours=400)["is_chosen"].tolist()
    [True, True, False, False, False, False]
    >>> choose_with_hours(scores, top=2, hours=hours, capacity_hours=200)
       is_chosen  is_pushed_out
    a      False           True
    b       True          False
    c       True          False
    d      False          False
    e      False          False
    f      False          False
    """
    first = choose_top(scores, top)
    if hours[first].sum() <= capacity_hours:
        return pd.DataFrame({"is_chosen": first, "is_pushed_out": False})
    known = scores["score"].dropna()
    baseline = min(float(known.median()), float(known[first.reindex(known.index)].min()))
    value = value_above_baseline(known, baseline=baseline)
    candidates = pd.DataFrame({"value": value, "hours": hours.reindex(value.index)})
    programme = choose_within(candidates, Limits(hours=capacity_hours, accounts=top))
    chosen = programme.chosen.reindex(scores.index, fill_value=False)
    return pd.DataFrame({"is_chosen": chosen, "is_pushed_out": first & ~chosen})


def check_hours(hours: pd.Series, account_ids: pd.Index) -> pd.Series:
    """Return the hours of these accounts, or refuse them.

    Raises
    ------
    InputError
        If an account's hours are not known or below 0.

    Examples
    --------
    >>> check_hours(pd.Series({"a": 120.0, "b": 160.0}), pd.Index(["b"])).to_dict()
    {'b': 160.0}
    """
    known = hours.reindex(account_ids).astype(float)
    is_wrong = ~(known.ge(0) & known.lt(float("inf")))
    if is_wrong.any():
        raise InputError(
            f"hours must be a number of at least 0 for every account; they are not for "
            f"{int(is_wrong.sum()):,}, first {is_wrong.idxmax()!r}: `account_hours` gives them"
        )
    return known


def hours_scale(capacity_hours: float | None, list_hours: float) -> tuple[float, float, float]:
    """Return where a slider of hours starts, how far it goes, and its step.

    The start lies on a step, since a browser shows the nearest step instead.

    Parameters
    ----------
    capacity_hours : hours a year that there are; None if not known
        The slider then starts at what the list takes, up to the next ten.
    list_hours : hours a year of the first accounts by score

    Examples
    --------
    >>> hours_scale(10_440, 2_656.2), hours_scale(None, 2_656.2)
    ((10440.0, 10440.0, 20.0), (2660.0, 4000.0, 20.0))
    """
    start = 10.0 * -(-list_hours // 10) if capacity_hours is None else float(capacity_hours)
    most = max(start, ROOM_TO_MOVE * list_hours, 1.0)
    steps = (1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0)
    step = max(
        step for step in steps if step == 1 or (step <= most / FEWEST_STEPS and start % step == 0)
    )
    return start, step * -(-most // step), step
