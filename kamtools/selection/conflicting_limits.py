"""Which limits fight where no list meets them all, and how far each would have to move."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from kamtools.selection.exact_choice import Choice, best_choice
from kamtools.selection.limits import (
    Limits,
    fixed_accounts,
    limit_rows,
    limit_words,
    limits_in_force,
)
from kamtools.wording import listing

COUNTED = {
    "hours": "{:,.10g} hours",
    "budget": "a budget of {:,.10g}",
    "accounts": "{:,.0f} accounts",
    "concentration": "a concentration of {:.4g}",
    "stars": "no more than {:,.0f} Stars",
}
"""Limits of one row, and how the number is said that would do."""


def fighting_limits(candidates: pd.DataFrame, limits: Limits) -> list[str]:
    """Return the names of limits that cannot be met together, and could if any one were gone.

    Parameters
    ----------
    candidates, limits
        As in `programme.choose_within`.

    Returns
    -------
    list of names
        Empty if there is a list that meets all limits.

    Notes
    -----
    Each limit in turn is dropped for good if there is still no list without it; what is left
    is a smallest set of limits that fight. There may be other such sets.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [5.0, 4.0], "hours": [80.0, 70.0],
    ...                            "is_star": [True, True]}, index=["a", "b"])
    >>> fighting_limits(candidates, Limits(hours=100, accounts=5, stars=2))
    ['hours', 'stars']
    """
    if _any_list(candidates, limits) is not None:
        return []
    left = limits
    for name in limits_in_force(limits):
        without = _without(left, [name])
        if _any_list(candidates, without) is None:
            left = without
    return limits_in_force(left)


def conflict_message(candidates: pd.DataFrame, limits: Limits) -> str:
    """Return in words which limits fight and what would end it, for limits that no list meets.

    Parameters
    ----------
    candidates, limits
        As in `programme.choose_within`.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [5.0, 4.0], "hours": [80.0, 70.0],
    ...                            "is_star": [True, True]}, index=["a", "b"])
    >>> print(conflict_message(candidates, Limits(hours=100, accounts=5, stars=2)))
    no list meets all limits: at most 100 hours and at least 2 Stars fight. There would be one
    with 150 hours, or with no more than 1 Star.
    """
    fighting = fighting_limits(candidates, limits)
    words = [limit_words(name, limits) for name in fighting]
    verb = "fight" if len(words) > 1 else "cannot be met"
    text = f"no list meets all limits: {listing(words)} {verb}."
    ways = [_way_out(candidates, limits, name) for name in fighting]
    told = [way for way in ways if way]
    if not told:
        return f"{text} Others fight too."
    return f"{text} There would be one {', or '.join(told)}."


def _way_out(candidates: pd.DataFrame, limits: Limits, name: str) -> str | None:
    """Return how far one limit has to move if all others stay; None if that is no way out."""
    without = _without(limits, [name])
    if name not in COUNTED:
        is_enough = _any_list(candidates, without) is not None
        return f"without: {limit_words(name, limits)}" if is_enough else None
    others = set(limits_in_force(limits)) - {name}
    use = limit_rows(candidates, _without(limits, others)).matrix.toarray()[0]
    choice = _any_list(candidates, without, value=-use)
    if choice is None:
        return None
    number = abs(float(use @ choice.x))
    said = COUNTED[name].format(number)
    return f"with {said.removesuffix('s') if number == 1 else said}"


def _any_list(
    candidates: pd.DataFrame, limits: Limits, *, value: np.ndarray | None = None
) -> Choice | None:
    rows = limit_rows(candidates, limits)
    return best_choice(
        np.zeros(len(candidates)) if value is None else value,
        rows.matrix,
        rows.upper,
        fixed=fixed_accounts(candidates.index, limits),
    )


def _without(limits: Limits, names: Sequence[str] | set[str]) -> Limits:
    empty = Limits()
    changes: dict[str, Any] = {name: getattr(empty, name) for name in names}
    return replace(limits, **changes)
