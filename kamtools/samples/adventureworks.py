"""AdventureWorks: Microsoft's fictitious bicycle maker, its resellers and their sellers.

Read from the Parquet kept here, or from the CSV files it was made of: sales and products of
a Power BI course (with a header, NULL for nothing; dates moved to 2017-07 to 2020-05,
57,851 of Microsoft's 60,855 lines) and the tables of Microsoft's data warehouse as a port
to Teradata keeps them (no header, columns parted by |). Microsoft's own install script holds
other lines on other days, which the control totals refuse. Dates are as they are.

References
----------
.. [1] Microsoft. AdventureWorksDW, MIT licence, github.com/microsoft/sql-server-samples.
"""

import datetime
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kamtools.samples.public_set import (
    PublicSet,
    SourceFile,
    Tables,
    Totals,
    select,
    table_of,
)

GITHUB = "https://raw.githubusercontent.com"
COURSE = "282bde4080fd285d4cfcc3acffca5875ddf09b17"
WAREHOUSE = "e2b92086be6a960b0d507d84954f14a73836bc3a"

WAREHOUSE_COLUMNS = {
    "resellers": {
        0: "ResellerKey", 1: "GeographyKey", 4: "BusinessType", 5: "ResellerName",
        6: "NumberEmployees", 14: "AnnualSales",
    },
    "geography": {0: "GeographyKey", 5: "EnglishCountryRegionName", 9: "SalesTerritoryKey"},
    "territories": {1: "SalesTerritoryKey", 3: "SalesTerritoryRegion"},
    "employees": {1: "EmployeeKey", 5: "SalesTerritoryKey", 6: "FirstName", 7: "LastName",
                  10: "Title", 26: "SalesPersonFlag"},
}  # fmt: skip
"""Which columns of the files without a header we read, counted from nought."""

INVOICES = """
    SELECT ResellerKey AS account_id,
           SalesOrderNumber AS invoice_id,
           CAST(OrderDate AS DATE) AS date,
           CAST(SalesAmount AS DOUBLE) AS amount,
           CAST(TotalProductCost AS DOUBLE) AS cost,
           Product AS product,
           CAST(OrderQuantity AS BIGINT) AS quantity,
           CAST(UnitPrice AS DOUBLE) AS unit_price,
           CAST(StandardCost AS DOUBLE) AS unit_standard_cost,
           ProductKey AS product_key,
           EnglishProductCategoryName AS category,
           EmployeeKey AS manager_id,
           SalesTerritoryKey AS territory_key
    FROM ({lines}) LEFT JOIN (SELECT * EXCLUDE (StandardCost) FROM ({products}))
         USING (ProductKey)
    ORDER BY date, invoice_id, CAST(ProductKey AS BIGINT)
"""
ACCOUNTS = """
    WITH assigned AS (
        SELECT account_id, arg_max(manager_id, date || ' ' || invoice_id) AS manager_id
        FROM invoices
        GROUP BY account_id)
    SELECT ResellerKey AS account_id,
           ResellerName AS name,
           BusinessType AS segment,
           nullif(SalesTerritoryRegion, 'NA') AS region,
           manager_id,
           EnglishCountryRegionName AS country,
           CAST(NumberEmployees AS BIGINT) AS employees,
           CAST(AnnualSales AS DOUBLE) AS own_sales_per_year
    FROM ({resellers})
         LEFT JOIN ({geography}) USING (GeographyKey)
         LEFT JOIN ({territories}) USING (SalesTerritoryKey)
         LEFT JOIN assigned ON account_id = ResellerKey
    ORDER BY CAST(ResellerKey AS BIGINT)
"""
MANAGERS = """
    SELECT EmployeeKey AS manager_id,
           FirstName || ' ' || LastName AS name,
           CAST(NULL AS DOUBLE) AS capacity_hours_per_month,
           nullif(SalesTerritoryRegion, 'NA') AS region,
           Title AS title
    FROM ({employees}) LEFT JOIN ({territories}) USING (SalesTerritoryKey)
    WHERE CAST(SalesPersonFlag AS INTEGER) = 1
    ORDER BY CAST(EmployeeKey AS BIGINT)
"""


def tables(sources: Mapping[str, Path]) -> Tables:
    """Return the engagement's invoices, accounts and managers.

    Parameters
    ----------
    sources : `lines` (sales), `products`, `resellers`, `geography`, `territories`, `employees`

    Returns
    -------
    dict of pyarrow.Table
        invoices: amount and cost (null in 76 lines) of the whole line in USD. accounts:
        all resellers, those who never bought too; region is the sales territory, segment
        the kind of business, manager_id the seller of the last order (null if none),
        own_sales_per_year the reseller's own turnover. managers: the sellers; their hours
        are blank, for the source has none.
    """
    scans = {name: _scan(name, path) for name, path in sources.items()}
    invoices = select(INVOICES.format(**scans))
    return {
        "invoices": invoices,
        "accounts": select(ACCOUNTS.format(**scans), frames={"invoices": invoices}),
        "managers": select(MANAGERS.format(**scans)),
    }


def _scan(name: str, path: Path) -> str:
    """Return a query for one table, every column as text and under Microsoft's names."""
    if path.suffix == ".parquet" or name not in WAREHOUSE_COLUMNS:
        scan = table_of(path, options="nullstr = 'NULL'")
    else:
        read = WAREHOUSE_COLUMNS[name]
        names = [read.get(place, f"unread{place}") for place in range(max(read) + 1)]
        scan = table_of(path, header=False, separator="|", quote="", options=f"names = {names}")
    return f"SELECT CAST(COLUMNS(*) AS VARCHAR) FROM {scan}"


def _course(file: str, sha256: str) -> dict[str, Any]:
    return {
        "originals": (f"adventureworks/{file}",),
        "address": f"{GITHUB}/Kiet-Analytics/Sales-Analysis/{COURSE}/{file}",
        "sha256": sha256,
    }


def _warehouse(file: str, sha256: str) -> dict[str, Any]:
    return {
        "originals": (f"adventureworks/{file}",),
        "address": f"{GITHUB}/dnoeth/AdventureWorksDW_Teradata/{WAREHOUSE}/{file}",
        "sha256": sha256,
    }


ADVENTUREWORKS = PublicSet(
    name="adventureworks",
    title="AdventureWorks: resellers of a fictitious bicycle maker, 2017-07 to 2020-05",
    firm="Adventure Works Cycles (fictitious)",
    publisher="Microsoft, AdventureWorksDW",
    licence="MIT",
    reference="https://github.com/microsoft/sql-server-samples",
    warnings=(
        "The firm is invented: of one year's twenty largest resellers two to four are among "
        "the next year's, unlike any real firm. Do not judge a selection's stability by it.",
        "The source names sellers but not their hours: that column is left blank.",
        "The manager of an account is the seller of its last order.",
    ),
    currency="USD",
    as_of=datetime.date(2020, 5, 31),
    duplicates="set_aside",
    totals=Totals(
        lines=57_851,
        without_account=0,
        accounts=632,
        quantity=204_114,
        amount=77_548_570.20,
        first_date=datetime.date(2017, 7, 1),
        last_date=datetime.date(2020, 5, 31),
    ),
    files={
        "lines": SourceFile(
            kept="adventureworks/FactResellerSales.parquet",
            kept_sha256="a31542faae0d80685e960fd29c3a014e2b08c252f7bc822f8a3c21b41b217037",
            **_course(
                "FactResellerSales.csv",
                "c95dc68e6963e165451ad677396bdc7f9c3ee8b57aa502f98b2459d62cf2590c",
            ),
        ),
        "products": SourceFile(
            kept="adventureworks/Product.parquet",
            kept_sha256="ec0c0039399d427e9bf79d7526beaa3de020ea3c91d4c5bd5ff2e6bc75057ea0",
            **_course(
                "Product.csv",
                "3e107d264f1052807f0c07bf57fca758b0ebb6aa7ed1c05b414d4f2cd9111a1f",
            ),
        ),
        "resellers": SourceFile(
            kept="adventureworks/DimReseller.parquet",
            kept_sha256="dcf5fd41bf6dc4e6d0f883e8524ee2bfddd834a105136437d78546a692d73f95",
            **_warehouse(
                "DimReseller.csv",
                "676cb16ab4c6855da557f776ff82b0dbac19fe634b7914663c1146b53a58145a",
            ),
        ),
        "geography": SourceFile(
            kept="adventureworks/DimGeography.parquet",
            kept_sha256="60764a864fc3c41485f9799ef0413ffcb9048a42a3a9a392989bbc38821d8684",
            **_warehouse(
                "DimGeography.csv",
                "65dc2a96a63619a187215290941c19165b0a62541cd545428e169b805fbad685",
            ),
        ),
        "territories": SourceFile(
            kept="adventureworks/DimSalesTerritory.parquet",
            kept_sha256="5b629539b2c5485de778c164f5e213dc03c490a919cf3a30a26e6b0629692253",
            **_warehouse(
                "DimSalesTerritory.csv",
                "235d3d6d0e2329891417e1b9f8dd144ea3a085e4d9f3d20a2276bb4b30f3eb17",
            ),
        ),
        "employees": SourceFile(
            kept="adventureworks/DimEmployee.parquet",
            kept_sha256="499aa5071338a4b525c925a41be4d09bb4906b2975f2d0d1c2ceb6902d828b41",
            **_warehouse(
                "DimEmployee.csv",
                "43888ffd48bed5925e469b471391e961d15ca4fd39f266cb9bdddeb82e48949d",
            ),
        ),
    },
    tables=tables,
)
