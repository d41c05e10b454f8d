"""What exposure and bargaining assume, in one table; and how a user changes a table like it."""

import itertools
import re

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

_ASSUMED = "assumption"
_ROWS: tuple[tuple[str, float, float, float, str, str], ...] = (
    ("refill_share", 0.5, 0.8, 1.0, "share",
     "of the account's margin that other business brings back in the end, if it goes"),
    ("avoidable_share", 0.0, 0.1, 0.25, "share",
     "of its part of the fixed costs, by revenue, that can be saved once it has gone"),
    ("write_off", 0.0, 0.02, 0.06, "share",
     "of its yearly revenue: stock and equipment of no use without it"),
    ("supplier_goes_on", 0.0, 0.05, 0.2, "share",
     "of our margin from it that we go on earning while a dispute stops deliveries"),
    ("account_goes_on", 0.1, 0.35, 0.7, "share",
     "of its margin on our goods that it goes on earning then, from stock and substitutes"),
    ("supplier_strength", 0.3, 0.5, 0.7, "share",
     "of what there is to divide that falls to us between equally patient sides"),
)  # fmt: skip


def default_power_assumptions() -> pd.DataFrame:
    """Return what exposure and bargaining assume.

    Returns
    -------
    (6, 7)
        `assumption`, `value`, `low`, `high`, `unit`, `meaning`, `source`.

    Examples
    --------
    >>> table = default_power_assumptions()
    >>> set(table["source"]), bool((table["low"] <= table["value"]).all())
    ({'assumption'}, True)
    """
    rows = [
        {"assumption": name, "value": middle, "low": low, "high": high, "unit": unit,
         "meaning": meaning, "source": _ASSUMED}
        for name, low, middle, high, unit, meaning in _ROWS
    ]  # fmt: skip
    return pd.DataFrame(rows)


def change_assumptions(table: pd.DataFrame, text: str) -> pd.DataFrame:
    """Return a table of assumptions with some of them replaced by the user's own.

    Parameters
    ----------
    table
        `assumption`, `value`, `low`, `high`, `unit`, `source`, and any other columns.
    text
        Changes separated by semicolons, such as "refill_share = 0.6; write_off = 0 to 0.1".
        One number is taken as known; of two the middle is halfway; of three, "low to middle
        to high", each is taken as it is. Blank: no change.

    Raises
    ------
    InputError
        With all that is wrong: a name that is not known, or no number where one is expected.

    Examples
    --------
    >>> changed = change_assumptions(default_power_assumptions(), "write_off = 0 to 0.1")
    >>> changed.loc[changed["assumption"] == "write_off", ["low", "value", "high", "source"]]
       low  value  high   source
    2  0.0   0.05   0.1  the user
    """
    changed = table.copy()
    faults = []
    for part in filter(None, (part.strip() for part in re.split("[;；]", text))):
        name, _, given = (one.strip() for one in part.partition("="))
        if name not in set(table["assumption"]):
            known = listing(list(table["assumption"]))
            faults.append(f"assumptions names {name!r}, which there is not; known are {known}")
            continue
        numbers = numbers_of(given)
        if numbers is None:
            faults.append(
                f"assumptions gives {name} as {given!r}; expected a number, or a range such as "
                "0.2 to 0.5, the lower first"
            )
            continue
        row = changed["assumption"] == name
        is_share = changed.loc[row, "unit"].iloc[0] in ("share", "probability")
        if is_share and not 0 <= numbers[0] <= numbers[2] <= 1:
            faults.append(f"assumptions gives {name} as {given}; expected a share from 0 to 1")
            continue
        changed.loc[row, ["low", "value", "high"]] = numbers
        changed.loc[row, "source"] = "the user"
    if faults:
        raise InputError("; ".join(faults))
    return changed


def numbers_of(text: str) -> tuple[float, float, float] | None:
    """Return low, middle and high of a text of one to three numbers, None if it is none.

    Examples
    --------
    >>> numbers_of("0.2"), numbers_of("−0.1 to 0.3"), numbers_of("much")
    ((0.2, 0.2, 0.2), (-0.1, 0.1, 0.3), None)
    """
    try:
        numbers = [float(one.replace("−", "-")) for one in text.split("to")]
    except ValueError:
        return None
    is_ordered = all(a <= b for a, b in itertools.pairwise(numbers))
    if len(numbers) > 3 or not is_ordered or not np.isfinite(numbers).all():
        return None
    if len(numbers) == 3:
        return numbers[0], numbers[1], numbers[2]
    low, high = numbers[0], numbers[-1]
    return low, min(max(round((low + high) / 2, 12), low), high), high
