"""Each adapter on a small file made in the layout of its publisher."""

import datetime
import zipfile
from pathlib import Path

import openpyxl
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.samples import adventureworks, cdnow, iowa, iowa_stores, northwind, online_retail
from kamtools.samples.public_set import control_totals, select

RETAIL_COLUMNS = list(online_retail.COLUMNS)
RETAIL_LINES = [
    [536365, "85123A", "WHITE HANGING HEART", 6, "2010-12-01 08:26", 2.55, 17850, "United Kingdom"],
    [536365, 71053, "LANTERN £5", 1, "2010-12-01 08:26", 3.39, 17850, "United Kingdom"],
    [536365, 71053, "LANTERN £5", 1, "2010-12-01 08:26", 3.39, 17850, "United Kingdom"],
    ["C536379", "D", "Discount", -1, "2010-12-01 09:41", 27.5, 14527, "France"],
    [536414, 22139, None, 56, "2010-12-01 11:52", 0.0, None, "United Kingdom"],
    ["A563186", "B", "Adjust bad debt", 1, "2011-08-12 14:51", -11062.06, None, "United Kingdom"],
]


@pytest.fixture
def workbook(tmp_path):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Online Retail"
    sheet.append(RETAIL_COLUMNS)
    for line in RETAIL_LINES:
        sheet.append([*line[:4], datetime.datetime.fromisoformat(line[4]), *line[5:]])
    path = tmp_path / "Online Retail.xlsx"
    book.save(path)
    return path


def write_lines(path: Path, lines: list[str], *, encoding: str = "utf-8") -> Path:
    path.write_bytes("".join(f"{line}\n" for line in lines).encode(encoding))
    return path


def retail_csv(path: Path, *, encoding: str) -> Path:
    frame = pd.DataFrame(RETAIL_LINES, columns=RETAIL_COLUMNS, dtype=object)
    moments = pd.to_datetime(frame["InvoiceDate"])
    frame["InvoiceDate"] = [f"{m.month}/{m.day}/{m.year} {m.hour}:{m.minute:02d}" for m in moments]
    frame.to_csv(path, index=False, encoding=encoding)
    return path


# ---- Online Retail


def test_workbook_of_uci_keeps_every_line_and_its_dirt(workbook):
    invoices = online_retail.tables({"lines": workbook})["invoices"].to_pandas()
    assert len(invoices) == len(RETAIL_LINES)
    assert invoices["account_id"].isna().sum() == 2
    assert invoices.duplicated().sum() == 1
    assert list(invoices["invoice_id"])[3:] == ["C536379", "536414", "A563186"]


def test_amount_is_quantity_times_price_with_its_sign(workbook):
    amounts = online_retail.tables({"lines": workbook})["invoices"]["amount"].to_pylist()
    assert amounts == [15.3, 3.39, 3.39, -27.5, 0.0, -11062.06]


def test_date_is_the_day_and_the_moment_stays_beside_it(workbook):
    first = online_retail.tables({"lines": workbook})["invoices"].to_pylist()[0]
    assert first["date"] == datetime.date(2010, 12, 1)
    assert first["invoiced_at"] == datetime.datetime(2010, 12, 1, 8, 26)


def test_zip_holds_the_same_lines_as_its_workbook(workbook, tmp_path):
    archive = tmp_path / "online+retail.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.write(workbook, workbook.name)
    zipped, alone = (online_retail.tables({"lines": path}) for path in (archive, workbook))
    assert zipped["invoices"].equals(alone["invoices"])


@pytest.mark.parametrize("encoding", ["utf-8", "latin-1"])
def test_csv_with_american_dates_holds_the_same_lines_as_the_workbook(workbook, tmp_path, encoding):
    path = retail_csv(tmp_path / "online_retail.csv", encoding=encoding)
    from_csv, from_book = (online_retail.tables({"lines": given}) for given in (path, workbook))
    assert from_csv["invoices"].to_pylist() == from_book["invoices"].to_pylist()


def test_parquet_kept_here_holds_the_same_lines_as_the_workbook(workbook, tmp_path):
    frame = pd.read_excel(workbook, dtype=dict.fromkeys(online_retail.TEXT_COLUMNS[:3], "str"))
    path = tmp_path / "online_retail.parquet"
    frame.astype({"CustomerID": "Int32", "Quantity": "int32"}).to_parquet(path)
    kept, from_book = (online_retail.tables({"lines": given}) for given in (path, workbook))
    assert kept["invoices"].to_pylist() == from_book["invoices"].to_pylist()


def test_region_is_the_country_of_the_last_invoice(tmp_path):
    lines = [
        ",".join(RETAIL_COLUMNS),
        "1,A,x,1,2/1/2011 9:00,1.0,12370,Cyprus",
        "2,A,x,1,12/1/2010 9:00,1.0,12370,Austria",
    ]
    accounts = online_retail.tables({"lines": write_lines(tmp_path / "r.csv", lines)})["accounts"]
    assert accounts.to_pylist() == [
        {"account_id": "12370", "name": "Customer 12370", "region": "Cyprus"}
    ]


def test_workbook_without_a_column_is_refused(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(RETAIL_COLUMNS[:-1])
    path = tmp_path / "Online Retail.xlsx"
    book.save(path)
    with pytest.raises(InputError, match=r"Online Retail\.xlsx, row 1, column Country: saw"):
        online_retail.tables({"lines": path})


def test_zip_without_a_workbook_is_refused(tmp_path):
    archive = tmp_path / "online+retail.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("error.html", "sorry")
    with pytest.raises(InputError, match=r"holds error.html; expected a workbook \(.xlsx\)"):
        online_retail.tables({"lines": archive})


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(-999, 999), st.integers(0, 10**6)), min_size=1))
def test_totals_of_online_retail_are_those_of_its_lines(tmp_path_factory, pieces):
    lines = [
        ",".join(RETAIL_COLUMNS),
        *(f"7,A,x,{n},12/1/2010 9:00,{cents / 100:.2f},1,Spain" for n, cents in pieces),
    ]
    path = write_lines(tmp_path_factory.mktemp("retail") / "online_retail.csv", lines)
    totals = control_totals(online_retail.tables({"lines": path})["invoices"])
    assert totals.lines == len(pieces)
    assert totals.quantity == sum(n for n, _ in pieces)
    assert totals.amount == pytest.approx(sum(n * cents for n, cents in pieces) / 100)


# ---- Iowa

IOWA_EXPORT = [
    "Invoice/Item Number,Date,Store Number,Store Name,Address,City,Vendor Number,Vendor Name,"
    "Item Number,Item Description,Bottles Sold,Sale (Dollars)",
    'S24127700024,02/19/2015,2633,"Hy-Vee #3 / BDI / Des Moines",x,DES MOINES,395,PROXIMO,'
    "89197,CUERVO,12,$224.88",
    'S24127700025,02/19/2015,4321,"Smoke Shop, The",x,AMES,395,PROXIMO,89197,CUERVO,2,"$1,000.50"',
    "RINV-04205400001,07/26/2022,9013,IOWA DISTILLING COMPANY,x,CUMMING,395,PROXIMO,643,X,-1,-9.00",
    "S24127700026,02/19/2015,4321,x,x,AMES,260,DIAGEO,11788,BLACK VELVET,2,10.00",
    "INV-60000000001,11/01/2022,4321,x,x,AMES,395,PROXIMO,643,X,2,10.00",
]
IOWA_ANSWER = [
    "invoice_line_no,date,store,name,city,itemno,sale_bottles,sale_dollars",
    "S24127700024,2015-02-19T00:00:00.000,2633,HY-VEE #3 / BDI / DES MOINES,DES MOINES,89197,12,"
    "224.88",
    'S24127700025,2015-02-19T00:00:00.000,4321,"SMOKE SHOP, THE",AMES,89197,2,1000.5',
    "RINV-04205400001,2022-07-26T00:00:00.000,9013,IOWA DISTILLING COMPANY,CUMMING,643,-1,-9.0",
]
CHAIN_MAP = [
    "Store Number,Name,City,chain,kind",
    "2633,HY-VEE #3 / BDI / DES MOINES,DES MOINES,Hy-Vee,chain",
    "2500,HY-VEE #1 / AMES,AMES,Hy-Vee,chain",
    "4321,SMOKE SHOP,AMES,SMOKE SHOP,single",
    "3333,BATAVIA BP / BATAVIA,BATAVIA,BP,chain",
    "2132,,,store 2132 (no name),no_name",
    "9013,IOWA DISTILLING COMPANY,CUMMING,IOWA DISTILLING COMPANY,chain",
]


@pytest.fixture
def export(tmp_path):
    return write_lines(tmp_path / "Iowa_Liquor_Sales.csv", IOWA_EXPORT)


@pytest.fixture
def chain_map(tmp_path):
    return write_lines(tmp_path / "iowa_store_chain_map.csv", CHAIN_MAP)


def test_export_of_all_vendors_gives_the_lines_of_the_suppliers_items_and_days(export):
    invoices = iowa.tables({"lines": export})["invoices"].to_pandas()
    assert list(invoices["amount"]) == [224.88, 1000.50, -9.0]
    assert list(invoices["quantity"]) == [12, 2, -1]
    assert list(invoices["invoice_id"]) == ["S241277", "S241277", "RINV-042054"]


def test_answer_of_the_query_interface_holds_the_same_lines_as_the_export(export, tmp_path):
    answer = write_lines(tmp_path / "m3tr-qhgy.csv", IOWA_ANSWER)
    asked, exported = (iowa.tables({"lines": path})["invoices"] for path in (answer, export))
    assert asked.to_pylist() == exported.to_pylist()


def test_parquet_kept_here_holds_the_same_lines_as_the_export(export, tmp_path):
    path = tmp_path / "iowa_lines.parquet"
    frame = pd.read_csv(export, usecols=lambda name: name not in ("Store Name", "City"))
    frame = frame.assign(
        Date=pd.to_datetime(frame["Date"], format="%m/%d/%Y").dt.date,
        dollars=frame["Sale (Dollars)"].str.replace(r"[$,]", "", regex=True).astype(float),
    )
    kept = frame.drop(columns="Sale (Dollars)").rename(columns={"dollars": "Sale (Dollars)"})
    kept.to_parquet(path)
    from_kept, exported = (iowa.tables({"lines": given})["invoices"] for given in (path, export))
    assert from_kept.to_pylist() == exported.to_pylist()


def test_stores_belong_to_the_chain_of_the_map(export, chain_map):
    accounts = iowa.tables({"lines": export, "chains": chain_map})["accounts"].to_pandas()
    chains = accounts.set_index("account_id")["chain"].dropna().to_dict()
    assert chains == {
        "2500": "Hy-Vee",
        "2633": "Hy-Vee",
        "9013": "IOWA DISTILLING COMPANY",
    }


def test_segment_says_what_kind_of_store_it_is(export, chain_map):
    accounts = iowa.tables({"lines": export, "chains": chain_map})["accounts"].to_pandas()
    assert accounts.set_index("account_id")["segment"].to_dict() == {
        "2132": "closed, name not known",
        "2500": "chain store",
        "2633": "store that probably supplies bars",
        "3333": "independent under a shared banner",
        "4321": "independent store",
        "9013": "distillery or distributor",
    }


def test_without_the_map_the_beginning_of_a_name_tells_the_chain(export):
    accounts = iowa.tables({"lines": export})["accounts"].to_pandas().set_index("account_id")
    assert accounts["chain"].dropna().to_dict() == {"2633": "Hy-Vee"}
    assert accounts.loc["4321", "name"] == "Smoke Shop, The"


def test_name_in_the_states_list_goes_before_the_map(export, chain_map, tmp_path):
    listed = tmp_path / "iowa_stores.parquet"
    pd.DataFrame({"Store": [4321], "Name": ["SMOKE SHOP, THE"], "City": ["AMES"]}).to_parquet(
        listed
    )
    sources = {"lines": export, "chains": chain_map, "stores": listed}
    accounts = iowa.tables(sources)["accounts"].to_pandas().set_index("account_id")
    assert accounts.loc["4321", "name"] == "SMOKE SHOP, THE"


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        ("CASEY'S GENERAL STORE #2782 / CEDAR RAPIDS", "Casey's"),
        ("Wal-Mart 1764 / Windsor Heights", "Walmart"),
        ("SAM'S CLUB 4973 / DUBUQUE", "Sam's Club"),
        ("SAM'S MAINSTREET MARKET / SOLON", None),
        ("LIQUOR NEAR TARGET", None),
        ("CVSOMETHING ELSE", None),
        (None, None),
    ],
)
def test_chain_is_told_by_the_first_words_of_a_name_only(name, chain):
    stores = pa.table({"name": pa.array([name], pa.string())})
    told = select(f"SELECT {iowa_stores.chain_by_name()} AS chain FROM s", frames={"s": stores})
    assert told["chain"].to_pylist() == [chain]


def test_query_address_asks_for_every_item_and_the_days():
    address = iowa.query_address()
    assert all(f"%27{item}%27" in address for item in iowa.PROXIMO_ITEMS)
    assert "2022-10-31" in address
    assert " " not in address


def test_ledger_files_come_in_the_order_of_years(tmp_path):
    lines = tmp_path / "iowa" / "lines"
    lines.mkdir(parents=True)
    for year in (2013, 2012):
        (lines / f"{year}.parquet").touch()
    assert [path.name for path in iowa.ledger_files(tmp_path)] == ["2012.parquet", "2013.parquet"]


# ---- AdventureWorks


@pytest.fixture
def adventureworks_sources(tmp_path):
    files = {
        "lines": [
            "SalesOrderNumber,OrderDate,ProductKey,ResellerKey,EmployeeKey,SalesTerritoryKey,"
            "OrderQuantity,UnitPrice,TotalProductCost,SalesAmount,StandardCost",
            "SO1,2017-07-01,210,1,285,5,1,2024.99,NULL,2024.99,1898.09",
            "SO2,2020-05-31,210,1,281,5,2,10.50,20.00,21.00,10.00",
        ],
        "products": [
            "ProductKey,Product,StandardCost,Color,Subcategory,EnglishProductCategoryName",
            '210,"HL Road Frame - Black, 58",868.63,Black,Road Frames,Components',
        ],
        "resellers": [
            "1|637|AW1|245-555|Warehouse|Bikes|2|S|5|2011|2011|Road|x||300000.0000|Bank|||3.0|1974",
            "2|638|AW2|245-555|Warehouse|No Buyer|2|S|5|2011|2011|Road|x||1.0|Bank|||3.0|1974",
        ],
        "geography": [
            "637|Seattle|WA|Washington|US|United States|x|y|98104|5|198.51.100.2",
            "638|Berlin|BE|Berlin|DE|Germany|x|y|10115|8|198.51.100.3",
        ],
        "territories": [
            "|11|0|NA|NA|NA",
            "jpgs\\s5.jpg|5|5|Southeast|United States|North America",
        ],
        "employees": [
            "jpgs\\e1.jpg|281|1|1||5|Michael|Blythe|G|0|Sales Representative|2010-12-29|x|l|e|p|S"
            "|M B|p|0|M|1|23.0|1|1|1|1|Sales|2010-12-29||Current",
            "jpgs\\e2.jpg|290|1|1||11|Amy|Alberts|E|0|European Sales Manager|2011-11-15|x|l|e|p|S"
            "|A A|p|0|M|1|48.1|1|1|1|1|Sales|2011-11-15||Current",
            "jpgs\\e3.jpg|2|7|2||11|Kevin|Brown|F|0|Marketing Assistant|2006-08-26|x|l|e|p|S"
            "|K B|p|0|M|2|13.4|1|1|1|0|Marketing|2006-08-26||Current",
        ],
    }
    return {name: write_lines(tmp_path / f"{name}.csv", lines) for name, lines in files.items()}


def test_line_of_adventureworks_has_its_cost_or_none(adventureworks_sources):
    invoices = adventureworks.tables(adventureworks_sources)["invoices"].to_pylist()
    assert [(line["amount"], line["cost"]) for line in invoices] == [(2024.99, None), (21.0, 20.0)]
    assert invoices[0]["product"] == "HL Road Frame - Black, 58"


def test_reseller_is_managed_by_the_seller_of_its_last_order(adventureworks_sources):
    accounts = adventureworks.tables(adventureworks_sources)["accounts"].to_pylist()
    assert [account["manager_id"] for account in accounts] == ["281", None]


def test_region_of_a_reseller_is_its_sales_territory(adventureworks_sources):
    accounts = adventureworks.tables(adventureworks_sources)["accounts"].to_pylist()
    assert [account["region"] for account in accounts] == ["Southeast", None]
    assert accounts[0]["own_sales_per_year"] == 300_000


def test_managers_are_those_who_sell(adventureworks_sources):
    managers = adventureworks.tables(adventureworks_sources)["managers"].to_pylist()
    assert [(m["manager_id"], m["name"], m["region"]) for m in managers] == [
        ("281", "Michael Blythe", "Southeast"),
        ("290", "Amy Alberts", None),
    ]


def test_parquet_of_one_table_goes_with_csv_of_the_others(adventureworks_sources, tmp_path):
    path = tmp_path / "FactResellerSales.parquet"
    frame = pd.read_csv(adventureworks_sources["lines"])
    frame.assign(OrderDate=pd.to_datetime(frame["OrderDate"]).dt.date).to_parquet(path)
    mixed = adventureworks.tables(adventureworks_sources | {"lines": path})
    assert mixed["invoices"].equals(adventureworks.tables(adventureworks_sources)["invoices"])


# ---- Northwind


@pytest.fixture
def northwind_sources(tmp_path):
    files = {
        "orders": [
            "orderID,customerID,employeeID,orderDate,requiredDate,shippedDate,shipVia,freight,"
            "shipName,shipAddress,shipCity,shipRegion,shipPostalCode,shipCountry",
            "10250,HANAR,4,1996-07-08 00:00:00.000,1996-08-05 00:00:00.000,NULL,2,65.83,"
            "Hanari Carnes,Rua do Paço, 67,Rio de Janeiro,RJ,05454-876,Brazil",
        ],
        "lines": [
            "orderID,productID,unitPrice,quantity,discount",
            "10250,41,7.70,10,0",
            "10250,51,42.40,35,0.15",
        ],
        "customers": [
            "customerID,companyName,contactName,contactTitle,address,city,region,postalCode,"
            "country,phone,fax",
            "HANAR,Hanari Carnes,Mario Pontes,Manager,Rua do Paço, 67,Rio de Janeiro,RJ,"
            "05454-876,Brazil,(21) 555-0091,(21) 555-8765",
            "PARIS,Paris spécialités,M B,Owner,265, boulevard Charonne,Paris,NULL,75012,France,"
            "(1) 42.34.22.66,NULL",
        ],
        "employees": [
            "employeeID,lastName,firstName,title,city,region,country",
            '4,Peacock,Margaret,"Sales Representative",Redmond,WA,USA',
        ],
    }
    return {name: write_lines(tmp_path / f"{name}.csv", lines) for name, lines in files.items()}


def test_discount_lowers_the_amount_of_a_northwind_line(northwind_sources):
    invoices = northwind.tables(northwind_sources)["invoices"]
    assert invoices["amount"].to_pylist() == [77.0, 1261.4]  # 42.40 x 35 x 0.85


def test_bare_comma_in_an_address_moves_no_field(northwind_sources):
    accounts = northwind.tables(northwind_sources)["accounts"].to_pylist()
    assert [(a["name"], a["region"], a["manager_id"]) for a in accounts] == [
        ("Hanari Carnes", "Brazil", "4"),
        ("Paris spécialités", "France", None),
    ]


def test_hours_that_the_source_does_not_give_are_left_blank(northwind_sources):
    managers = northwind.tables(northwind_sources)["managers"].to_pylist()
    assert [(m["name"], m["capacity_hours_per_month"]) for m in managers] == [
        ("Margaret Peacock", None)
    ]


# ---- CDNOW

CDNOW_LOG = [
    " 00001 19970101  1   11.77",
    " 00002 19970112  1   12.00",
    " 00002 19970112  1   12.00",
    " 00002 19970112  5   77.00",
]


def test_equal_orders_of_one_day_are_all_kept_under_one_invoice(tmp_path):
    path = write_lines(tmp_path / "CDNOW_master.txt", CDNOW_LOG)
    invoices = cdnow.tables({"lines": path})["invoices"].to_pylist()
    assert [line["amount"] for line in invoices] == [11.77, 12.0, 12.0, 77.0]
    assert [line["invoice_id"] for line in invoices][1:] == ["2 1997-01-12"] * 3


def test_zip_with_a_read_me_holds_the_same_orders_as_the_log(tmp_path):
    path = write_lines(tmp_path / "CDNOW_master.txt", CDNOW_LOG)
    archive = tmp_path / "CDNOW_master.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("read_me_CDNOW_master.txt", "about these data")
        made.write(path, path.name)
    zipped, alone = (cdnow.tables({"lines": given})["invoices"] for given in (archive, path))
    assert zipped.equals(alone)


def test_parquet_kept_here_holds_the_same_orders_as_the_log(tmp_path):
    log = write_lines(tmp_path / "CDNOW_master.txt", CDNOW_LOG)
    kept = tmp_path / "cdnow_master.parquet"
    pd.DataFrame(
        {
            "customer_id": [1, 2, 2, 2],
            "date": [datetime.date(1997, 1, 1), *[datetime.date(1997, 1, 12)] * 3],
            "number_of_cds": [1, 1, 1, 5],
            "dollar_value": [11.77, 12.0, 12.0, 77.0],
            "sampleid": pd.array([None] * 4, dtype="Int32"),
        }
    ).to_parquet(kept)
    from_kept, from_log = (cdnow.tables({"lines": path})["invoices"] for path in (kept, log))
    assert from_kept.to_pylist() == from_log.to_pylist()


def test_zip_without_the_log_is_refused(tmp_path):
    archive = tmp_path / "CDNOW_master.zip"
    with zipfile.ZipFile(archive, "w") as made:
        made.writestr("read_me_CDNOW_master.txt", "about these data")
    with pytest.raises(InputError, match=r"expected CDNOW_master.txt in it"):
        cdnow.tables({"lines": archive})
