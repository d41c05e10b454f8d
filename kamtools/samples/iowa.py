"""Iowa wholesale liquor: one supplier's lines to every store of the State, 2012 to 2022.

The State of Iowa sells all liquor to the stores and publishes each line. `IOWA_PROXIMO` is
the engagement of one supplier, Proximo, chosen by its items: the State's vendor number is
that of the day of sale, and brands change hands. Read from the Parquet kept here, from the
CSV export of the State's portal ("Invoice/Item Number", "Date", "Store Number", ..., dates
such as 02/19/2015, dollars with or without $), or from the CSV answer of its query interface
(invoice_line_no, date, store, ...). An export of all vendors serves as well: items and days
are chosen here. The portal is live, so no checksum is known and the control totals decide.
In 2026 the State's catalogue moved to a file a year with other columns; those are not read.

References
----------
.. [1] State of Iowa, Alcoholic Beverages Division. Iowa Liquor Sales, data.iowa.gov,
   set m3tr-qhgy.
"""

import datetime
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from kamtools.samples.iowa_stores import store_accounts
from kamtools.samples.public_set import PublicSet, SourceFile, Tables, Totals, select, table_of

FIRST_DAY, LAST_DAY = datetime.date(2012, 1, 1), datetime.date(2022, 10, 31)

PROXIMO_ITEMS = """
    643 4001 14192 14199 14208 14210 15526 15539 15776 15777 15830 15832 15865 20158 24906
    26665 27560 27605 28246 34919 34935 34972 34995 35039 35964 36238 46497 46499 46504
    46506 58835 58836 58838 58840 58842 58845 58854 58860 58865 58866 58868 58872 58873
    58874 58875 58876 58877 58886 58895 58897 58898 58899 58902 58908 58909 58910 58911
    58913 58925 59154 59159 59161 59162 59163 59182 59185 59192 59193 59201 64933 86821
    87401 87402 87403 87406 87408 87409 87410 87508 87509 87510 87511 87513 87725 87832
    87872 88479 88818 88922 89191 89193 89194 89196 89197 89198 89199 89206 89207 89208
    89215 89230 100077 100686 100844 100978 100983 101201 101257 101352 101446 902192 902912
    903037 903089 903215 903385 903455 903695 914191 914197 914206 915542 915559 926464
    928093 934886 934962 936261 941510 943719 946495 946501 946502 959169 964098 967161
    972661 972668 987407 987416 987506 987507 987513 987706 988046 988424 988475 988818
    988849 988979 989203 989210 989488 989679 989772
""".split()  # noqa: SIM905 (a list of 155 quoted numbers reads worse)
"""Proximo's items on the State's list of 2022-11-01 that were sold since 2012."""

PORTAL_NAMES = {
    "invoice_line_no": "Invoice/Item Number",
    "date": "Date",
    "store": "Store Number",
    "name": "Store Name",
    "city": "City",
    "itemno": "Item Number",
    "sale_bottles": "Bottles Sold",
    "sale_dollars": "Sale (Dollars)",
}
"""The columns we read as the query interface calls them, and as the portal's export does."""

LINES = """
    SELECT *
    FROM (SELECT *,
                 CAST(coalesce(try_cast(date AS TIMESTAMP),
                               strptime(CAST(date AS VARCHAR), '%m/%d/%Y')) AS DATE) AS day
          FROM ({renamed})
          WHERE try_cast(itemno AS BIGINT) IN ({items}))
    WHERE day BETWEEN DATE '{first}' AND DATE '{last}'
"""
INVOICES = """
    SELECT CAST(store AS VARCHAR) AS account_id,
           left(invoice_line_no, length(invoice_line_no) - 5) AS invoice_id,
           day AS date,
           CAST(translate(CAST(sale_dollars AS VARCHAR), '$,', '') AS DOUBLE) AS amount,
           CAST(itemno AS VARCHAR) AS product,
           CAST(sale_bottles AS BIGINT) AS quantity,
           invoice_line_no AS invoice_item_number
    FROM ({lines})
"""
BOUGHT = """
    SELECT CAST(store AS BIGINT) AS store, {name} AS name, {city} AS city
    FROM ({lines})
    GROUP BY store
"""


def tables(sources: Mapping[str, Path]) -> Tables:
    """Return the engagement's invoices and accounts.

    Parameters
    ----------
    sources : `lines`; `chains` (iowa_store_chain_map.csv) and `stores` (the State's list)
        where they are there

    Returns
    -------
    dict of pyarrow.Table
        invoices: amount is what the store paid the State in USD; invoice_id is the State's
        "Invoice/Item Number" without the last five digits, which number the line; quantity
        is in bottles; cost is not known. accounts: a store each, the chain that buys for
        it, and as segment what kind of store it is.
    """
    scan = table_of(sources["lines"])
    columns = select(f"DESCRIBE SELECT * FROM {scan}").column("column_name").to_pylist()
    lines = LINES.format(
        renamed=_renamed(scan, columns),
        items=", ".join(PROXIMO_ITEMS),
        first=FIRST_DAY,
        last=LAST_DAY,
    )
    invoices = select(INVOICES.format(lines=lines))
    named = {"name", "Store Name"} & set(columns)
    last = {
        key: f"arg_max({key}, day || ' ' || {key})" if named else "NULL::VARCHAR"
        for key in ("name", "city")
    }
    bought = select(BOUGHT.format(lines=lines, **last))
    return {"invoices": invoices, "accounts": store_accounts(bought, sources)}


def _renamed(scan: str, columns: list[str]) -> str:
    """Return a query that gives the columns the names of the query interface."""
    chosen = (f'"{old}" AS {new}' for new, old in PORTAL_NAMES.items() if old in columns)
    return f"SELECT {', '.join(chosen) or '*'} FROM {scan}"


def ledger_files(data_folder: Path) -> tuple[Path, ...]:
    """Return the files of the State's whole ledger, a year each; none where there are none.

    They hold 25,060,495 lines of all 284 vendors (Date, Store Number, Item Number, Bottles
    Sold, cents), and are no engagement, for there is no one supplier: the benchmark of the
    ledger reads them.

    Parameters
    ----------
    data_folder : the folder that `KAMTOOLS_DATA` names

    Examples
    --------
    >>> ledger_files(Path("no such folder"))
    ()
    """
    return tuple(sorted(data_folder.glob("iowa/lines/*.parquet")))


def query_address() -> str:
    """Return the address that asks the State's query interface for these lines, as CSV."""
    items = ",".join(f"'{item}'" for item in PROXIMO_ITEMS)
    where = f"itemno in({items}) and date between '{FIRST_DAY}' and '{LAST_DAY}'"
    return (
        "https://data.iowa.gov/resource/m3tr-qhgy.csv"
        f"?$where={quote(where)}&$order=invoice_line_no&$limit=5000000"
    )


IOWA_PROXIMO = PublicSet(
    name="iowa-proximo",
    title="Iowa Liquor Sales: one supplier's lines to 2,745 stores, 2012-01 to 2022-10",
    firm="Proximo in Iowa",
    publisher="State of Iowa, Alcoholic Beverages Division, data.iowa.gov, set m3tr-qhgy",
    licence="state open data, free to reuse with attribution",
    reference="https://data.iowa.gov/Sales-Distribution/Iowa-Liquor-Sales/m3tr-qhgy",
    warnings=(
        "Amounts are what stores paid the State, which adds half to what it pays the "
        "supplier; one price for all, so the data tell dependence, not power over price.",
        "Items no longer listed on 2022-11-01 are missing: before 2020 sales are too low.",
        "Stores closed before 2022 have no name; returns are there from July 2022 only.",
        "Chains are told from store names by this project, not by the State; banners that "
        "independents share are not rolled up.",
    ),
    currency="USD",
    as_of=LAST_DAY,
    duplicates="set_aside",
    totals=Totals(
        lines=939_372,
        without_account=0,
        accounts=2_745,
        quantity=7_962_872,
        amount=118_618_717.71,
        first_date=datetime.date(2012, 1, 3),
        last_date=LAST_DAY,
    ),
    files={
        "lines": SourceFile(
            kept="iowa/iowa_lines_proximo_395.parquet",
            kept_sha256="040df5c0b8da5190e5d1f6e833122c2565140534fa204b9a91c4c82eb6d9bcdf",
            originals=("iowa/m3tr-qhgy.csv", "iowa/Iowa_Liquor_Sales.csv"),
            address=query_address(),
        ),
        "chains": SourceFile(
            kept="iowa/iowa_store_chain_map.csv",
            kept_sha256="3561db4cdcc00f8b6aeb09f3e0cbe38082680163772502579b1b01832136cecd",
        ),
        "stores": SourceFile(
            kept="iowa/iowa_stores.parquet",
            kept_sha256="83817fc765c2a850a1eec52d05c8d4ef51610ea28194bd8bc373f52c90e190af",
        ),
    },
    tables=tables,
)
