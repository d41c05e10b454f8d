"""How far each account serves the firm's present goals (E15, E16).

A goal is a table of `engagement.toml`:
`{name = "win city supermarkets", column = "segment", values = ["supermarket"], weight = 0.6}`.
An account whose `column` holds one of the `values` meets it. Without `values` the column
must be a rating from 1 to 5: 1 meets nothing of the goal, 5 all of it.
"""

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.schema import RATING_SUFFIX
from kamtools.wording import listing

RATING_COLUMN = "strategic_fit" + RATING_SUFFIX
KEYS = ("name", "column", "values", "weight")


def strategic_fit(accounts: pd.DataFrame, goals: Sequence[Mapping[str, Any]] = ()) -> pd.Series:
    """Return the part of the firm's goals that each account serves, 0-1.

    Parameters
    ----------
    accounts : table with `account_id` and the columns that the goals name
    goals
        Each a mapping with `name`, `column`, `values` (may be absent) and `weight` (1 if
        absent). Weights that come to less than 1 leave the rest to `strategic_fit_rating`,
        if there is such a column and no goal uses it; otherwise they are scaled to 1.

    Returns
    -------
    (n_accounts,) 0-1, index account_id
        NaN where nothing is known. An account is judged on the goals whose column is filled.

    Raises
    ------
    InputError
        If a goal has an unknown key, a column that accounts lack, values that no account
        has, a weight that is not positive, or no values and a column that is not a rating.

    Examples
    --------
    >>> accounts = pd.DataFrame({"account_id": ["a", "b"], "segment": ["supermarket", "kiosk"],
    ...                          "strategic_fit_rating": [3.0, 5.0]})
    >>> goal = {"name": "city", "column": "segment", "values": ["supermarket"], "weight": 0.6}
    >>> strategic_fit(accounts, [goal]).tolist()
    [0.8, 0.4]
    """
    by_account = accounts.set_index("account_id")
    met = {number: _met(by_account, goal) for number, goal in enumerate(goals)}
    weights = {number: _weight(goal) for number, goal in enumerate(goals)}
    rest = 1 - sum(weights.values())
    if _rating_has_the_rest(by_account, goals) and rest > 1e-9:
        met[len(goals)] = _rating_share(by_account[RATING_COLUMN])
        weights[len(goals)] = rest
    if not met:
        return pd.Series(float("nan"), index=by_account.index, name="strategic_fit")
    table, weight = pd.DataFrame(met), pd.Series(weights)
    known_weight = table.notna() @ weight
    fit = (table * weight).sum(axis="columns") / known_weight.where(known_weight > 0)
    return fit.rename("strategic_fit")


def _rating_has_the_rest(accounts: pd.DataFrame, goals: Sequence[Mapping[str, Any]]) -> bool:
    return RATING_COLUMN in accounts and all(goal["column"] != RATING_COLUMN for goal in goals)


def _met(accounts: pd.DataFrame, goal: Mapping[str, Any]) -> pd.Series:
    name = _checked_name(goal)
    column = goal.get("column")
    if column not in accounts:
        near = get_close_matches(str(column), map(str, accounts.columns), n=1)
        hint = f" (did you mean {near[0]!r}?)" if near else ""
        raise InputError(
            f"goal {name!r} names the column {column!r}, which accounts do not have{hint}; "
            f"they have: {listing(sorted(map(str, accounts.columns)))}"
        )
    if "values" in goal:
        return _has_value(accounts[column], goal["values"], name)
    if not str(column).endswith(RATING_SUFFIX):
        raise InputError(
            f"goal {name!r} has no values, so its column must be a rating "
            f"(…{RATING_SUFFIX}); got {column!r}"
        )
    return _rating_share(accounts[column])


def _has_value(column: pd.Series, values: Sequence[Any], name: str) -> pd.Series:
    if isinstance(values, str) or not values:
        raise InputError(f"goal {name!r}: values must be a list such as ['x']; got {values!r}")
    present = column.astype("str").str.strip().str.casefold().where(column.notna())
    wanted = [str(value).strip().casefold() for value in values]
    unknown = [
        str(v) for v, folded in zip(values, wanted, strict=True) if folded not in set(present)
    ]
    if unknown:
        seen = sorted(column.dropna().astype("str").unique())
        more = " …" if len(seen) > 12 else ""
        raise InputError(
            f"goal {name!r}: no account has {listing(unknown)} in column {column.name!r}; "
            f"values there are: {', '.join(seen[:12])}{more}"
        )
    return present.isin(wanted).astype(float).where(column.notna())


def _rating_share(rating: pd.Series) -> pd.Series:
    return (rating.astype(float) - 1) / 4


def _weight(goal: Mapping[str, Any]) -> float:
    weight = goal.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not weight > 0:
        raise InputError(
            f"goal {_checked_name(goal)!r}: weight must be a positive number; got {weight!r}"
        )
    return float(weight)


def _checked_name(goal: Mapping[str, Any]) -> str:
    unknown = [key for key in goal if key not in KEYS]
    if unknown:
        raise InputError(
            f"a goal has the keys {listing(KEYS)}; got {listing([repr(k) for k in unknown])} "
            f"in goal {goal.get('name', '?')!r}"
        )
    return str(goal.get("name", goal.get("column", "?")))
