"""Online Retail: a year of invoice lines of a British giftware seller to many wholesalers.

Read from the workbook that UCI offers (a zip with "Online Retail.xlsx") or that workbook
alone, which takes a minute; from the same rows as CSV (dates such as 12/1/2010 8:26 or
2010-12-01 08:26:00, in UTF-8 or Latin-1); or from the Parquet kept here. Nothing is dropped:
blank customers, cancellations (invoice numbers that begin with C), bad-debt adjustments,
zero prices and repeated lines are all there for the engagement reader to count.

References
----------
.. [1] Chen, D. (2015). Online Retail. UCI Machine Learning Repository,
   doi:10.24432/C5BW33.
"""

import datetime
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from kamtools.errors import Fault, InputError
from kamtools.samples.public_set import PublicSet, SourceFile, Tables, Totals, select, table_of

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice",
           "CustomerID", "Country")  # fmt: skip
TEXT_COLUMNS = ("InvoiceNo", "StockCode", "Description", "CustomerID", "Country")

INVOICES = """
    SELECT nullif(regexp_replace(trim(CAST(CustomerID AS VARCHAR)), '[.]0$', ''), '')
               AS account_id,
           CAST(InvoiceNo AS VARCHAR) AS invoice_id,
           CAST(moment AS DATE) AS date,
           round(CAST(Quantity AS BIGINT) * CAST(UnitPrice AS DOUBLE), 4) AS amount,
           CAST(StockCode AS VARCHAR) AS product,
           CAST(Description AS VARCHAR) AS description,
           CAST(Quantity AS BIGINT) AS quantity,
           CAST(UnitPrice AS DOUBLE) AS unit_price,
           CAST(Country AS VARCHAR) AS country,
           moment AS invoiced_at
    FROM (SELECT *,
                 coalesce(try_cast(InvoiceDate AS TIMESTAMP),
                          strptime(CAST(InvoiceDate AS VARCHAR), '%m/%d/%Y %H:%M')) AS moment
          FROM {lines})
"""

ACCOUNTS = """
    SELECT account_id,
           'Customer ' || account_id AS name,
           arg_max(country, invoiced_at || ' ' || country) AS region
    FROM invoices
    WHERE account_id IS NOT NULL
    GROUP BY account_id
    ORDER BY account_id
"""


def tables(sources: Mapping[str, Path]) -> Tables:
    """Return the engagement's invoices and accounts.

    Parameters
    ----------
    sources : `lines`, a .zip, .xlsx, .csv or .parquet file with the publisher's columns

    Returns
    -------
    dict of pyarrow.Table
        invoices: a line of the file each; amount is Quantity x UnitPrice in GBP, free of
        floating-point noise; date is the day, invoiced_at the moment. accounts: the set
        has no names, so the number stands in the name; region is the country of the last
        invoice.

    Raises
    ------
    InputError
        Where a workbook lacks a column.
    """
    path = sources["lines"]
    if path.suffix.lower() in (".zip", ".xlsx"):
        invoices = select(INVOICES.format(lines="workbook"), frames={"workbook": _sheet(path)})
    else:
        options = "" if _is_utf8(path) else "encoding = 'latin-1'"
        invoices = select(INVOICES.format(lines=table_of(path, options=options)))
    return {"invoices": invoices, "accounts": select(ACCOUNTS, frames={"invoices": invoices})}


def _sheet(path: Path) -> pd.DataFrame:
    """Return the first sheet of a workbook, or of the workbook in a zip, text as text."""
    if path.suffix.lower() == ".xlsx":
        return _read_sheet(path, path.name)
    with zipfile.ZipFile(path) as archive:
        books = [name for name in archive.namelist() if name.lower().endswith(".xlsx")]
        if not books:
            seen = ", ".join(archive.namelist())
            raise InputError(f"{path.name} holds {seen}; expected a workbook (.xlsx) in it")
        with archive.open(books[0]) as book:
            return _read_sheet(book, f"{path.name}, {books[0]}")


def _read_sheet(book: object, place: str) -> pd.DataFrame:
    sheet = pd.read_excel(
        book,
        engine="openpyxl",
        dtype=dict.fromkeys(TEXT_COLUMNS, "str"),
        keep_default_na=False,
        na_values=[""],
    )
    missing = [name for name in COLUMNS if name not in sheet.columns]
    if missing:
        seen = ", ".join(map(str, sheet.columns))
        raise InputError(
            f"{place} is not Online Retail as UCI publishes it",
            [Fault(place, 1, name, f"the columns {seen}", name) for name in missing],
        )
    return sheet


def _is_utf8(path: Path) -> bool:
    if path.suffix == ".parquet":
        return True
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True


ONLINE_RETAIL = PublicSet(
    name="online-retail",
    title="Online Retail: invoice lines of a British giftware seller, 2010-12 to 2011-12",
    firm="Online Retail (British giftware seller)",
    publisher="UCI Machine Learning Repository, set 352 (D. Chen, 2015)",
    licence="CC BY 4.0",
    reference="https://doi.org/10.24432/C5BW33",
    warnings=(
        "A quarter of the lines (24.9 %, 14.9 % of value) have no customer.",
        "December 2011 stops on the 9th.",
        "Postage, bank charges and other service codes (POST, DOT, M, BANK CHARGES, "
        "AMAZONFEE, C2, CRUK, D) stand among the products.",
        "Customers 12346 and 16446 each cancelled a giant order minutes after placing it.",
    ),
    currency="GBP",
    as_of=datetime.date(2011, 12, 9),
    duplicates="set_aside",
    totals=Totals(
        lines=541_909,
        without_account=135_080,
        accounts=4_372,
        quantity=5_176_450,
        amount=9_747_747.93,
        first_date=datetime.date(2010, 12, 1),
        last_date=datetime.date(2011, 12, 9),
    ),
    files={
        "lines": SourceFile(
            kept="online_retail/online_retail.parquet",
            kept_sha256="c7c98bf1de8f87d39da21d53cfb2a074074101638dec1c3fb6430b6f2b13799a",
            originals=(
                "online_retail/online+retail.zip",
                "online_retail/Online Retail.xlsx",
                "online_retail/online_retail.csv",
            ),
            address="https://archive.ics.uci.edu/static/public/352/online+retail.zip",
            sha256="f5385cbb54bbebf7196389109c6b0621faab0c304e3702548165e71c84aede8b",
        )
    },
    tables=tables,
)
