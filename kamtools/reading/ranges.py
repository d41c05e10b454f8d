"""A least, a likely and a most value in one row, and the faults where they are not in order."""

import pandas as pd

from kamtools.errors import Fault

LOW, HIGH = "_low", "_high"


def range_faults(frame: pd.DataFrame, file: str) -> list[Fault]:
    """Return a fault for each row in which low, middle and high are not in order.

    Every number column with a companion that ends in `_low` or `_high` is looked at; what is
    blank is left out.

    Parameters
    ----------
    frame
        A typed table, indexed by its rows in the file.
    file
        Its name, for the faults.

    Examples
    --------
    >>> frame = pd.DataFrame({"stake_low": [0.1, 0.6], "stake": [0.2, 0.5]}, index=[2, 3])
    >>> for fault in range_faults(frame, "dependence.csv"):
    ...     print(fault)
    dependence.csv, row 3, column stake: saw 0.5; expected at least stake_low, 0.6
    """
    faults = []
    frame = frame.select_dtypes("number")
    for middle in frame.columns:
        levels = [f"{middle}{LOW}", str(middle), f"{middle}{HIGH}"]
        levels = [name for name in levels if name in frame]
        if len(levels) < 2:
            continue
        before = frame[levels].T.ffill().shift().T
        for name in levels[1:]:
            for row in frame.index[(frame[name] < before[name]).to_numpy()]:
                below = _given_before(frame.loc[row, levels], name)
                expected = f"at least {below}, {before.loc[row, name]:g}"
                faults.append(Fault(file, int(row), name, f"{frame.loc[row, name]:g}", expected))
    return faults


def _given_before(values: pd.Series, name: str) -> str:
    """Return the last column before `name` that is not blank."""
    return str(values.loc[:name].iloc[:-1].last_valid_index())
