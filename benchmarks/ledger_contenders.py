"""What is compared: the scorecard of kamtools, pandas doing the same work, and the floor.

Each contender takes a Parquet file and the last day that counts, and reads of the file
the columns it needs.
"""

import datetime
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.pandas_scorecard import scorecard
from kamtools import ledger
from kamtools.reading.connections import new_connection

COLUMNS = ["account_id", "date", "amount", "cost"]


def kamtools_scorecard(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return `kamtools.ledger.scorecard` of the file."""
    return ledger.scorecard(new_connection().read_parquet(path), as_of=as_of)


def pandas_scorecard(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return the same table as plain pandas makes it, account ids being text as in the file.

    Dates are asked for as datetime64: as Python objects, pandas' own default for days in
    Parquet, they would take several times the memory.
    """
    return scorecard(_read(path, date_as_object=False), as_of)


def tuned_pandas_scorecard(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return the same table by pandas whose author knows to read account ids as categories."""
    return scorecard(_read(path, date_as_object=False, categories=["account_id"]), as_of)


def floor(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return each account's sum: one scan with one plain group-by, whatever the day."""
    query = "SELECT account_id, sum(amount) AS amount FROM read_parquet(?) GROUP BY account_id"
    return duckdb.execute(query, [str(path)]).df()


def floor_by_day(path: Path, as_of: datetime.date) -> pd.DataFrame:
    """Return each account's sum and days: the least from which orders can be counted."""
    query = """
        SELECT account_id, sum(amount) AS amount, count(*) AS days
        FROM (
            SELECT account_id, date, sum(amount) AS amount FROM read_parquet(?)
            GROUP BY account_id, date
        )
        GROUP BY account_id
    """
    return duckdb.execute(query, [str(path)]).df()


def _read(path: Path, **options: object) -> pd.DataFrame:
    return pd.read_parquet(path, "pyarrow", columns=COLUMNS, to_pandas_kwargs=options)


def differences(card: pd.DataFrame, other: pd.DataFrame) -> dict[str, int]:
    """Return how many accounts differ, by column; {} where both agree to the cent.

    Sums of floats in another order differ in the last digits: money may by a twentieth of a
    cent, and ratios by a millionth of themselves. Trend and volatility divide by a mean that
    may be next to nothing, and are compared with the same margin.
    """
    card, other = card.sort_index(), other.sort_index()
    if not card.index.equals(other.index):
        return {"account_id": len(card.index.symmetric_difference(other.index))}
    counts = {str(name): _count_different(card[name], other[name]) for name in {*card, *other}}
    return {name: count for name, count in sorted(counts.items()) if count}


def _count_different(left: pd.Series, right: pd.Series) -> int:
    if "datetime" in str(left.dtype):
        return int(
            (left.astype("datetime64[s]") != right).sum() - (left.isna() & right.isna()).sum()
        )
    left, right = left.astype("float64"), right.astype("float64")
    return int((~np.isclose(left, right, rtol=1e-6, atol=0.0005, equal_nan=True)).sum())
