"""What an assignment puts on each manager, in words."""

import pandas as pd

from kamtools.wording import listing, percent


def describe_loads(loads: pd.DataFrame, *, names: pd.Series | None = None, first: int = 3) -> str:
    """Return in words how evenly the hours lie, and who is furthest from a fair share.

    Parameters
    ----------
    loads
        From `assignment_loads.manager_loads`.
    names : manager_id -> name
        Somebody without one keeps the id.
    first : how many on each side are named

    Examples
    --------
    >>> loads = pd.DataFrame({"accounts": [3, 1, 2], "load_index": [1.5, 0.5, 1.0],
    ...     "is_outside": [True, True, False], "is_over_capacity": [True, False, False],
    ...     "rival_pairs": [1, 0, 0]}, index=["M1", "M2", "M3"])
    >>> print(describe_loads(loads, names=pd.Series({"M1": "Li"})))
    3 managers have from 1 to 3 accounts, and loads from 50 % to 150 % of a fair share: 2 are
    outside the band. Above it: Li (150 %). Below it: M2 (50 %). Beyond their capacity: Li.
    Rivals share a manager with Li.
    """
    called = loads.index.to_series().astype("str")
    if names is not None:
        called = names.reindex(loads.index).fillna(called)
    index, outside = loads["load_index"], loads["is_outside"]
    n = len(loads)
    text = (
        f"{n} manager{' has' if n == 1 else 's have'} from {loads['accounts'].min():,} to "
        f"{loads['accounts'].max():,} accounts, and loads from {percent(index.min())} to "
        f"{percent(index.max())} of a fair share: {int(outside.sum())} "
        f"{'is' if outside.sum() == 1 else 'are'} outside the band."
    )
    above = index[outside & (index > 1)].sort_values(ascending=False, kind="stable")
    below = index[outside & (index < 1)].sort_values(kind="stable")
    for said, far in (("Above it", above), ("Below it", below)):
        if len(far):
            text += f" {said}: {_named(far.head(first), called)}{_more(len(far) - first)}."
    over = called[loads["is_over_capacity"]]
    if len(over):
        text += f" Beyond their capacity: {listing(list(over))}."
    shared = called[loads["rival_pairs"] > 0]
    if len(shared):
        text += f" Rivals share a manager with {listing(list(shared))}."
    return text


def _named(far: pd.Series, called: pd.Series) -> str:
    return listing([f"{called[str(key)]} ({percent(load)})" for key, load in far.items()])


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""
