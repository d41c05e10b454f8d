"""Every set of measures that may be taken together.

A set is a whole number whose bit j says whether measure j is in it.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.schema import names_in

MOST_MEASURES = 16
"""Measures to choose among: all 65,536 sets are looked at."""


def allowed_sets(listed: pd.DataFrame) -> np.ndarray:
    """Return every set in which each measure has what it needs and meets nothing it excludes.

    Parameters
    ----------
    listed
        From `measures.measure_list`, at most 16 measures.

    Returns
    -------
    (n_sets,) int64, ascending; the empty set is the first

    Raises
    ------
    InputError
        If there are more measures.

    Examples
    --------
    >>> listed = pd.DataFrame({"needs": ["", "plan", ""], "excludes": ["", "", "plan"]},
    ...                       index=["plan", "notice", "withdrawal"])
    >>> [members(int(code), listed) for code in allowed_sets(listed)]
    [[], ['plan'], ['plan', 'notice'], ['withdrawal']]
    """
    if len(listed) > MOST_MEASURES:
        raise InputError(
            f"a plan chooses among at most {MOST_MEASURES} measures; got {len(listed)}: exclude "
            "some, or take out what the firm would never do"
        )
    codes = np.arange(2 ** len(listed), dtype=np.int64)
    place = {name: number for number, name in enumerate(listed.index)}
    for name, number in place.items():
        is_in = (codes >> number) & 1 == 1
        needed = names_in(listed.loc[name, "needs"])
        if any(other not in place for other in needed):
            codes = codes[~is_in]  # what it needs is ruled out
            continue
        for other in needed:
            codes = codes[((codes >> number) & 1 == 0) | ((codes >> place[other]) & 1 == 1)]
        for other in names_in(listed.loc[name, "excludes"]):
            if other in place:
                codes = codes[((codes >> number) & 1 == 0) | ((codes >> place[other]) & 1 == 0)]
    return codes


def bits(codes: np.ndarray, count: int) -> np.ndarray:
    """Return which measures are in which set.

    Parameters
    ----------
    codes : (n_sets,) int
    count
        Number of measures.

    Returns
    -------
    (n_sets, count) bool

    Examples
    --------
    >>> bits(np.array([0, 2, 3]), 2).astype(int).tolist()
    [[0, 0], [0, 1], [1, 1]]
    """
    return (codes[:, None] >> np.arange(count)) & 1 == 1


def members(code: int, listed: pd.DataFrame) -> list[str]:
    """Return the keys of the measures in a set.

    Parameters
    ----------
    code
        The set.
    listed
        From `measures.measure_list`.

    Examples
    --------
    >>> members(2, pd.DataFrame(index=["plan_sharing", "coalition"]))
    ['coalition']
    """
    return [str(name) for place, name in enumerate(listed.index) if code >> place & 1]
