"""How a table of assumptions is checked, and how one of them is replaced.

Such a table has one row an assumption: `assumption` (its name), `value`, `low`, `high`, `unit`,
`meaning`, `source`. It is there to be read, argued with and replaced.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError

COLUMNS = ("assumption", "value", "low", "high", "unit", "meaning", "source")
MAY_EXCEED_ONE = ("number", "days", "months", "ratio", "points")
"""Units of what may be above 1; all else is a share, a probability or a rate."""


def check_table(
    assumptions: pd.DataFrame,
    names: Sequence[str],
    *,
    least: Mapping[str, float],
    most: Mapping[str, float],
) -> None:
    """Refuse assumptions that are missing, stand twice, or are out of order or range.

    Parameters
    ----------
    assumptions
        With at least `assumption`, `value`, `low`, `high` and `unit`.
    names
        Of all the assumptions that there must be.
    least, most
        Limits by name; without one 0, and 1 or none as `MAY_EXCEED_ONE` says.

    Raises
    ------
    InputError
        With the name of the assumption and what it must be.

    Examples
    --------
    >>> table = pd.DataFrame({"assumption": ["waste"], "low": 0.3, "value": 0.2, "high": 0.4,
    ...                       "unit": "share"})
    >>> check_table(table, ["waste"], least={}, most={})
    Traceback (most recent call last):
    kamtools.errors.InputError: assumption waste needs 0 ≤ low ≤ value ≤ high ≤ 1; got 0.3, ...
    """
    lacking = [name for name in COLUMNS[:5] if name not in assumptions]
    if lacking:
        raise InputError(f"assumptions need the columns {', '.join(lacking)}")
    given = assumptions["assumption"].tolist()
    missing = [name for name in names if name not in given]
    if missing:
        raise InputError(f"assumptions lack {', '.join(missing)}")
    if len(given) != len(names):
        other = next(name for name in given if name not in names or given.count(name) > 1)
        raise InputError(f"assumption {other!r} is not known, or stands twice")
    ends = assumptions[["low", "value", "high"]].apply(pd.to_numeric, errors="coerce").to_numpy()
    for name, unit, (low, value, high) in zip(given, assumptions["unit"], ends, strict=True):
        bottom = least.get(name, 0.0)
        top = most.get(name, np.inf if unit in MAY_EXCEED_ONE else 1.0)
        if not bottom <= low <= value <= high <= top or np.isinf(high):
            raise InputError(
                f"assumption {name} needs {bottom:g} ≤ low ≤ value ≤ high"
                f"{'' if np.isinf(top) else f' ≤ {top:g}'}; got {low:g}, {value:g}, {high:g}"
            )


def replaced(
    assumptions: pd.DataFrame, name: str, value: float, *, low: float | None, high: float | None
) -> pd.DataFrame:
    """Return the assumptions with one replaced, unchecked; its source is then "given".

    Parameters
    ----------
    assumptions
        As in `check_table`, with `source`.
    name, value, low, high
        Of the one to replace, in its unit; where low or high is None it is the value.

    Raises
    ------
    InputError
        If there is no such assumption.

    Examples
    --------
    >>> table = pd.DataFrame({"assumption": ["waste"], "low": 0.1, "value": 0.2, "high": 0.4,
    ...                       "source": "assumption"})
    >>> replaced(table, "waste", 0.3, low=None, high=0.5)
      assumption  low  value  high source
    0      waste  0.3    0.3   0.5  given
    """
    is_it = assumptions["assumption"] == name
    if not is_it.any():
        raise InputError(
            f"no assumption {name!r}; known are {', '.join(assumptions['assumption'])}"
        )
    after = assumptions.copy()
    ends = [value, value if low is None else low, value if high is None else high]
    after.loc[is_it, ["value", "low", "high"]] = [float(end) for end in ends]
    after.loc[is_it, "source"] = "given"
    return after
