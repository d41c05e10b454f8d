"""Two editions of a table, value by value: what differs, in words."""

import math
from pathlib import Path

import pandas as pd

NEAR = 1e-9
"""So far may two numbers lie apart, as a share of the larger: another machine's last digits."""

TOLD = 5
"""So many differences of a table are told one by one."""


def read_table(path: Path) -> pd.DataFrame:
    """Return a table of a report as text, every cell as it stands in the file.

    Parameters
    ----------
    path : Path
        Of a CSV file.

    Returns
    -------
    DataFrame
        Text only; what is empty in the file is "".
    """
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")


def differences(was: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    """Return in words where two editions of a table differ, nothing where they do not.

    Parameters
    ----------
    was, now : DataFrame, (n_rows, n_columns)
        Text only, as from `read_table`. The first column names the rows.

    Returns
    -------
    list of str
        The first `TOLD` differences, then how many more there are.

    Examples
    --------
    >>> was = pd.DataFrame({"account_id": ["A", "B"], "score": ["0.5", "0.25"]})
    >>> differences(was, was.assign(score=["0.5000000000001", "0.3"]))
    ['row 2 (B), score: was 0.25, is 0.3']
    """
    found = _columns(was, now) + _lengths(was, now)
    shared = [name for name in was.columns if name in now.columns]
    rows = min(len(was), len(now))
    first, second = was.loc[: rows - 1, shared], now.loc[: rows - 1, shared]
    unlike = (first != second).any(axis=1).to_numpy().nonzero()[0].tolist() if shared else []
    for row in unlike:
        label = f"row {row + 1} ({first.iloc[row, 0]!s})"
        found += [
            f"{label}, {name}: was {_shown(old)}, is {_shown(new)}"
            for name, old, new in zip(shared, first.iloc[row], second.iloc[row], strict=True)
            if not is_near(old, new)
        ]
    more = len(found) - TOLD
    return [*found[:TOLD], f"and {more:,} more"] if more > 0 else found


def is_near(was: str, now: str) -> bool:
    """Say whether two cells hold the same text, or numbers within `NEAR` of each other.

    Examples
    --------
    >>> is_near("0.333333333333", "0.333333333334"), is_near("", "0"), is_near("A", "B")
    (True, False, False)
    """
    if was == now:
        return True
    try:
        return math.isclose(float(was), float(now), rel_tol=NEAR)
    except ValueError:
        return False


def _columns(was: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    gone = [f"the column {name} is gone" for name in was.columns if name not in now.columns]
    new = [f"the column {name} is new" for name in now.columns if name not in was.columns]
    return gone + new


def _lengths(was: pd.DataFrame, now: pd.DataFrame) -> list[str]:
    return [] if len(was) == len(now) else [f"rows: were {len(was):,}, are {len(now):,}"]


def _shown(cell: str) -> str:
    return cell or "empty"
