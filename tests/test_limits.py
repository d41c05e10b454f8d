"""Files larger than the machine should bear are refused with the limit; invoice lines are not."""

import io
import zipfile

import duckdb
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from kamtools import engagement, ledger
from kamtools.errors import InputError
from kamtools.reading import limits, sizes, sources, workbooks
from kamtools.reading.connections import new_connection

HEADER = "account_id,invoice_id,date,amount"
LINE = "A1,1,2024-01-15,100"
FIVE_MILLION = 5_000_000


def write_workbook(folder, *, change=lambda sheet: sheet):
    """Write invoices.xlsx, its first sheet changed as text."""
    plain = io.BytesIO()
    pd.read_csv(io.StringIO(f"{HEADER}\n{LINE}\n")).to_excel(plain, index=False)
    with (
        zipfile.ZipFile(plain) as old,
        zipfile.ZipFile(folder / "invoices.xlsx", "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, change(part.decode()) if name.endswith("sheet1.xml") else part)


def refused(folder, message):
    with pytest.raises(InputError, match=message):
        engagement.load(folder)


def test_settings_of_more_than_a_megabyte_are_refused(make_folder):
    folder = make_folder(extra_toml="# " + "x" * limits.SETTINGS_BYTES)
    refused(folder, "engagement.toml: saw 1,048,6.. bytes; expected settings of at most 1,048,576")


@pytest.mark.parametrize(
    ("toml", "message"),
    [
        ("x = " + "[" * 100_000 + "]" * 100_000, "brackets within brackets"),
        ("[capacity]\nheadcount = " + "9" * 5_000, "a number of thousands of digits"),
        ("[capacity]\nheadcount = inf\nbudget = nan", "headcount: saw inf; expected a number"),
        ("[finance]\ncash = 1e300", "finance.cash: saw 1e[+]300; expected a number"),
    ],
)
def test_settings_that_would_wear_the_reader_out_are_refused(make_folder, toml, message):
    refused(make_folder(extra_toml=toml), message)


def test_table_of_more_bytes_than_the_limit_is_refused_unread(make_folder, monkeypatch):
    monkeypatch.setattr(sources, "TABLE_BYTES", 40)
    folder = make_folder(accounts="account_id,name\n" + "A1,Tea and more of it\n" * 3)
    refused(folder, "accounts.csv: saw 0 MB; expected at most .*only invoice lines may be more")


@pytest.mark.parametrize("name", ["accounts", "managers"])
def test_table_of_more_rows_than_the_limit_is_refused(make_folder, monkeypatch, name):
    monkeypatch.setattr(sizes, "TABLE_ROWS", 2)
    monkeypatch.setitem(sizes.ROWS, "accounts", 2)
    key = name.removesuffix("s") + "_id"
    rows = "".join(f"M{n},Ines,5\n" for n in range(3))
    folder = make_folder(**{name: f"{key},name,capacity_hours_per_month\n{rows}"})
    refused(folder, f"{name}.csv: saw 3 rows; expected at most 2")


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_file_of_more_columns_than_the_limit_is_refused(make_folder, ending):
    names = [*HEADER.split(","), *(f"c{n}" for n in range(limits.COLUMNS))]
    cells = [*LINE.split(","), *("" for _ in range(limits.COLUMNS))]
    frame = pd.DataFrame([cells], columns=names)
    folder = make_folder(invoices=None)
    path = folder / f"invoices.{ending}"
    {"csv": frame.to_csv, "xlsx": frame.to_excel, "parquet": frame.to_parquet}[ending](
        path, index=False
    )
    refused(folder, r"invoices.*: saw 1,004 columns; expected at most 1,000")


def test_cell_longer_than_a_spreadsheet_has_is_refused_with_its_place(make_folder):
    long = "x" * (limits.CELL_CHARACTERS + 1)
    folder = make_folder(accounts=f"account_id,name\nA1,Tea\nA2,{long}\n")
    refused(folder, "accounts.csv, row 3, column name: saw 'x{40}...'; expected a cell of at most")


def test_line_longer_than_the_reader_takes_is_refused_with_its_place(make_folder):
    folder = make_folder(invoices=f"{HEADER}\n{LINE}\n{LINE}{'0' * limits.LINE_BYTES}\n")
    refused(folder, "invoices.csv, row 3: saw 'A1,1.{100,200}; expected a line of at most 2 MB")


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ("A1,1,2024-01-15,1e308", "column amount: saw '1e308'; expected a number of at most 10,0"),
        ("A1,1,2024-01-15," + "9" * 400, "column amount: saw '9{400}'; expected a number of at"),
        ("A1,1,0000-01-15,5", "column date: saw '0000-01-15'; expected a day from 1900-01-01"),
        ("A1,1,9999-12-31,5", "column date: saw '9999-12-31'; expected .* or nothing"),
        ("A1,1,0000-01-15,five", "column amount: saw 'five'; expected a number"),
    ],
)
def test_number_or_day_that_no_firm_has_is_refused(make_folder, cell, message):
    refused(make_folder(invoices=f"{HEADER}\n{LINE}\n{cell}\n"), f"invoices.csv, row 3, {message}")


def test_day_that_stands_for_never_is_refused_in_a_small_table(make_folder):
    folder = make_folder(service="account_id,date,activity,hours\nA1,9999-12-31,visit,1\n")
    refused(folder, "service.csv, row 2, column date: saw '9999-12-31'; expected a day from 1900")


def test_workbook_that_unpacks_to_more_than_the_limit_is_refused_unread(make_folder, monkeypatch):
    monkeypatch.setattr(workbooks, "WORKBOOK_BYTES", 2 * limits.MEGABYTE)
    folder = make_folder(invoices=None)
    write_workbook(folder, change=lambda sheet: sheet + " " * (3 * limits.MEGABYTE))
    assert (folder / "invoices.xlsx").stat().st_size < 20_000
    refused(folder, "invoices.xlsx: saw 3 MB when unpacked; expected at most 2 MB: save .* as CSV")


def entities(sheet, *, declared):
    cell = '<row r="9"><c r="A9" t="inlineStr"><is><t>&e9;</t></is></c></row></sheetData>'
    return sheet.replace("<worksheet", f"<!DOCTYPE x [{declared}]><worksheet", 1).replace(
        "</sheetData>", cell
    )


LAUGHS = '<!ENTITY e0 "ha">' + "".join(
    f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10)
)


@pytest.mark.parametrize(
    "declared", [LAUGHS, '<!ENTITY e9 SYSTEM "file:///etc/passwd">'], ids=["a billion", "a file"]
)
def test_workbook_with_entities_is_refused_and_they_are_not_filled_in(make_folder, declared):
    folder = make_folder(invoices=None)
    write_workbook(folder, change=lambda sheet: entities(sheet, declared=declared))
    refused(folder, "expected a readable .xlsx file")


def test_workbook_row_beyond_the_last_of_a_sheet_is_refused(make_folder, monkeypatch):
    monkeypatch.setattr(workbooks, "SHEET_ROWS", 1_000)
    folder = make_folder(invoices=None)
    far = '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row></sheetData>'
    write_workbook(folder, change=lambda sheet: sheet.replace("</sheetData>", far))
    refused(folder, "more than 1,000 rows")


def test_workbook_cell_far_to_the_right_is_refused_with_its_row(make_folder):
    folder = make_folder(invoices=None)
    far = '<row r="7"><c r="XFD7"><v>1</v></c></row></sheetData>'
    write_workbook(folder, change=lambda sheet: sheet.replace("</sheetData>", far))
    refused(folder, "invoices.xlsx, row 7: saw 16,384 cells; expected 4 cells, as row 1 has")


def test_database_of_this_process_takes_half_the_memory_and_no_extension():
    connection = new_connection()
    ask = "SELECT current_setting('memory_limit'), current_setting('{}'), current_setting('{}')"
    names = ("autoinstall_known_extensions", "autoload_known_extensions")
    limit, *extensions = connection.raw_sql(ask.format(*names)).fetchone()
    usual = usual_limit()
    assert size(limit) == pytest.approx(size(usual) / 0.8 * limits.MEMORY_SHARE, rel=0.02)
    assert extensions == [False, False]


def usual_limit():
    with duckdb.connect() as connection:
        return connection.execute("SELECT current_setting('memory_limit')").fetchone()[0]


def size(text):
    number, unit = text.split()
    return float(number) * {"KiB": 1, "MiB": 2**10, "GiB": 2**20}[unit]


def test_five_million_invoice_lines_are_read_without_a_limit(make_folder):
    folder, chunk = make_folder(invoices=None), 500_000
    with pq.ParquetWriter(folder / "invoices.parquet", SCHEMA) as writer:
        for start in range(0, FIVE_MILLION, chunk):
            writer.write_table(lines_from(start, chunk))
    firm = engagement.load(folder)
    assert firm.quality.lines_kept.sum() == FIVE_MILLION
    card = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    assert card.revenue_total.sum() == 2.5 * FIVE_MILLION


SCHEMA = pa.schema({"account_id": pa.string(), "invoice_id": pa.string(), "date": pa.date32(),
                    "amount": pa.float64()})  # fmt: skip


def lines_from(start, count):
    numbers = pd.Series(range(start, start + count))
    return pa.table(
        {
            "account_id": "A" + (numbers % 100).astype("str"),
            "invoice_id": numbers.astype("str"),
            "date": [pd.Timestamp("2023-01-01").date()] * count,
            "amount": [2.5] * count,
        },
        schema=SCHEMA,
    )
