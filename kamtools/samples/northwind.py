"""Northwind: Microsoft's fictitious trader, small enough to check by hand.

Read from the Parquet kept here or from the CSV files it was made of (Neo4j's copy, with a
header and NULL for nothing). Those have bare commas inside addresses, so the fields that we
read are counted from the left of the line where they stand before the address, else from
the right.

References
----------
.. [1] Microsoft. Northwind sample database, MIT licence,
   github.com/microsoft/sql-server-samples.
"""

import datetime
from collections.abc import Mapping
from pathlib import Path

from kamtools.samples.public_set import (
    PublicSet,
    SourceFile,
    Tables,
    Totals,
    select,
    table_of,
)

CSV_FOLDER = (
    "https://raw.githubusercontent.com/neo4j-contrib/northwind-neo4j/"
    "5db323116a2779434ba0c17eb2b733575bfc2a4a/data"
)

FIELDS = {
    "orders": {"orderID": 1, "customerID": 2, "employeeID": 3, "orderDate": 4},
    "customers": {"customerID": 1, "companyName": 2, "country": -3},
}
"""Where a field stands in a line of the files with bare commas: from the left, or right."""

INVOICES = """
    SELECT customerID AS account_id,
           orderID AS invoice_id,
           CAST(CAST(orderDate AS TIMESTAMP) AS DATE) AS date,
           round(CAST(unitPrice AS DOUBLE) * CAST(quantity AS BIGINT)
                 * (1 - CAST(discount AS DOUBLE)), 4) AS amount,
           productID AS product,
           CAST(quantity AS BIGINT) AS quantity,
           CAST(unitPrice AS DOUBLE) AS unit_price,
           CAST(discount AS DOUBLE) AS discount,
           employeeID AS manager_id
    FROM ({lines}) LEFT JOIN ({orders}) USING (orderID)
    ORDER BY CAST(orderID AS BIGINT), CAST(productID AS BIGINT)
"""
ACCOUNTS = """
    WITH assigned AS (
        SELECT account_id, arg_max(manager_id, date || ' ' || invoice_id) AS manager_id
        FROM invoices
        GROUP BY account_id)
    SELECT customerID AS account_id, companyName AS name, country AS region, manager_id
    FROM ({customers}) LEFT JOIN assigned ON account_id = customerID
    ORDER BY customerID
"""
MANAGERS = """
    SELECT employeeID AS manager_id,
           firstName || ' ' || lastName AS name,
           CAST(NULL AS DOUBLE) AS capacity_hours_per_month,
           country AS region,
           title
    FROM ({employees})
    ORDER BY CAST(employeeID AS BIGINT)
"""


def tables(sources: Mapping[str, Path]) -> Tables:
    """Return the engagement's invoices, accounts and managers.

    Parameters
    ----------
    sources : `orders`, `lines` (order details), `customers`, `employees`

    Returns
    -------
    dict of pyarrow.Table
        invoices: a product of an order each; amount is unitPrice x quantity x (1 -
        discount) in USD, product the number of the product. accounts: all customers,
        those who never ordered too; region is the country, manager_id the seller of the
        last order (null if none). managers: the employees; their hours are blank, for
        the source has none.
    """
    scans = {name: _scan(name, path) for name, path in sources.items()}
    invoices = select(INVOICES.format(**scans))
    return {
        "invoices": invoices,
        "accounts": select(ACCOUNTS.format(**scans), frames={"invoices": invoices}),
        "managers": select(MANAGERS.format(**scans)),
    }


def _scan(name: str, path: Path) -> str:
    """Return a query for one table, every column as text."""
    if path.suffix == ".parquet" or name not in FIELDS:
        scan = table_of(path, options="nullstr = 'NULL'")
        return f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {scan}"
    whole = table_of(path, separator="\x01", quote="", options="names = ['line']")
    chosen = ", ".join(f"field[{place}] AS {column}" for column, place in FIELDS[name].items())
    return f"SELECT {chosen} FROM (SELECT string_split(line, ',') AS field FROM {whole})"


def _file(name: str, kept_sha256: str, sha256: str) -> SourceFile:
    return SourceFile(
        kept=f"northwind/{name}.parquet",
        kept_sha256=kept_sha256,
        originals=(f"northwind/{name}.csv",),
        address=f"{CSV_FOLDER}/{name}.csv",
        sha256=sha256,
    )


NORTHWIND = PublicSet(
    name="northwind",
    title="Northwind: orders of a fictitious food trader, 1996-07 to 1998-05",
    firm="Northwind Traders (fictitious)",
    publisher="Microsoft, Northwind sample",
    licence="MIT",
    reference="https://github.com/microsoft/sql-server-samples",
    warnings=(
        "The firm is invented and small: for examples, not for statistics.",
        "The source names sellers but not their hours: that column is left blank.",
        "The manager of an account is the seller of its last order.",
    ),
    currency="USD",
    as_of=datetime.date(1998, 5, 6),
    duplicates="set_aside",
    totals=Totals(
        lines=2_155,
        without_account=0,
        accounts=89,
        quantity=51_317,
        amount=1_265_793.04,
        first_date=datetime.date(1996, 7, 4),
        last_date=datetime.date(1998, 5, 6),
    ),
    files={
        "orders": _file(
            "orders",
            "93def65b84f5c15cfab76489efcb93970b0a33746ca2131f433287f42edc31dc",
            "3c96ed654550f7b5a9b059fa66357cc24493435f985e780fed3ff0d83727a558",
        ),
        "lines": _file(
            "order-details",
            "77133a76b31cf9cbf8e3d7c554f7cda319d522b2965d9bc00bb1338cb4aa1b23",
            "a95f3f1697f6e8d9a7683e5fe6bbb934b9262adb9d58e0c727bac532a0ee725b",
        ),
        "customers": _file(
            "customers",
            "f3839a3c9238207e4a76d24877d4093870dc0c48cee0126e072981b4c527c0cf",
            "5dcde7dd215e18656a26faba4e216da97009728e935f48366115525defff08da",
        ),
        "employees": _file(
            "employees",
            "09973eb6373aa8751dc272f9bc8f847ea6e28469860a77372a52403eb86cd1c2",
            "64024e14a512f720962bea91295c3c60f2660ef580cd8f55e106f78866bfd611",
        ),
    },
    tables=tables,
)
