"""What is known of a public data set: where it comes from, and what tells it is the right one.

A set is a `PublicSet`: its publisher and licence, its `SourceFile` records, its control
totals, and one pure function `tables` from the files to the tables of an engagement. The
adapters beside this module each hold one such set and its function.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from kamtools.errors import Fault

Tables = dict[str, pa.Table]


@dataclass(frozen=True)
class SourceFile:
    """One file of a set, in the form kept by us and in the form its publisher offers.

    `kept` and `originals` are names within the data folder; the first of `originals` is
    what `address` delivers, the others are forms of the same file that people have. A
    checksum that is None is not known. A file without an address may be missing.
    """

    kept: str
    kept_sha256: str
    originals: tuple[str, ...] = ()
    address: str | None = None
    sha256: str | None = None


@dataclass(frozen=True)
class Totals:
    """Control totals of a set's invoice lines: counts, sums and the first and last day.

    `amount` is in the set's currency and compared to the cent; `quantity` is in pieces.
    The days are None where there are no lines.
    """

    lines: int
    without_account: int
    accounts: int
    quantity: int
    amount: float
    first_date: datetime.date | None
    last_date: datetime.date | None


@dataclass(frozen=True)
class PublicSet:
    """A public data set that becomes an engagement.

    `firm` is the supplier whose invoices these are, `reference` where the set is
    described, `warnings` what a reader must know before deciding on it. `files` are by the
    name under which `tables` asks for them.
    """

    name: str
    title: str
    firm: str
    publisher: str
    licence: str
    reference: str
    warnings: tuple[str, ...]
    currency: str
    as_of: datetime.date
    duplicates: str
    totals: Totals
    files: Mapping[str, SourceFile]
    tables: Callable[[Mapping[str, Path]], Tables]


def table_of(
    path: Path, *, header: bool = True, separator: str = ",", quote: str = '"', options: str = ""
) -> str:
    """Return the DuckDB table function that scans a Parquet file, or a CSV file as text.

    Parameters
    ----------
    path : ends in .parquet, or is read as CSV
    header, separator, quote : how the CSV is written; a `quote` of "" quotes nothing
    options : further arguments of DuckDB's `read_csv`

    Examples
    --------
    >>> table_of(Path("orders.parquet"))
    "read_parquet('orders.parquet')"
    >>> query = f"SELECT * FROM {table_of(Path('o') / 'neill.csv', separator='|')}"
    >>> query.count("delim = '|'")
    1
    """
    scanned = "'" + str(path).replace("'", "''") + "'"
    if path.suffix == ".parquet":
        return f"read_parquet({scanned})"
    arguments = [
        scanned,
        "all_varchar = true",
        f"header = {str(header).lower()}",
        f"delim = '{separator}'",
        f"quote = '{quote}'",
        f"escape = '{quote}'",
        options,
    ]
    return f"read_csv({', '.join(filter(None, arguments))})"


def select(query: str, *, frames: Mapping[str, Any] | None = None) -> pa.Table:
    """Return the rows of a query over files, and over `frames` by the names given.

    Examples
    --------
    >>> select("SELECT a + 1 AS b FROM t", frames={"t": pa.table({"a": [1]})}).to_pylist()
    [{'b': 2}]
    """
    with duckdb.connect() as connection:
        for name, frame in (frames or {}).items():
            connection.register(name, frame)
        return connection.sql(query).to_arrow_table()


def control_totals(invoices: pa.Table) -> Totals:
    """Return the control totals of invoice lines.

    Parameters
    ----------
    invoices : account_id (null where blank), date, amount (money), quantity (pieces)

    Examples
    --------
    >>> day = datetime.date(2024, 5, 1)
    >>> lines = {"account_id": ["a", None], "date": [day, day]}
    >>> control_totals(pa.table(lines | {"amount": [1.5, 2.0], "quantity": [1, 2]})).amount
    3.5
    """
    row = select(
        """
        SELECT count(*) AS lines,
               count(*) - count(account_id) AS without_account,
               count(DISTINCT account_id) AS accounts,
               CAST(coalesce(sum(quantity), 0) AS BIGINT) AS quantity,
               round(coalesce(sum(amount), 0), 2) AS amount,
               min(date) AS first_date,
               max(date) AS last_date
        FROM invoices
        """,
        frames={"invoices": invoices},
    )
    return Totals(**row.to_pylist()[0])


def differences(seen: Totals, expected: Totals, *, file: str) -> list[Fault]:
    """Return a fault for each control total that is not as expected.

    Examples
    --------
    >>> day = datetime.date(2024, 5, 1)
    >>> right = Totals(2, 1, 1, 3, 3.5, day, day)
    >>> differences(right, right, file="lines.csv")
    []
    >>> print(*differences(Totals(1, 0, 1, 3, 3.5, day, day), right, file="lines.csv"), sep="; ")
    lines.csv, column lines: saw 1; expected 2; lines.csv, column without_account: saw 0; expected 1
    """
    pairs = ((f.name, getattr(seen, f.name), getattr(expected, f.name)) for f in fields(Totals))
    return [
        Fault(file, None, column, _shown(there), _shown(wanted))
        for column, there, wanted in pairs
        if there != wanted
    ]


def _shown(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
