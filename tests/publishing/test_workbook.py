import datetime
import io
import json
import re
import zipfile
from pathlib import Path

import nbformat
import openpyxl
import pandas as pd
import pytest
from nbformat import v4

from kamtools.errors import InputError
from kamtools.publishing import workbook as workbook_module
from kamtools.publishing.html import Setting
from kamtools.publishing.records import DECISION_MIME, TABLE_MIME, as_record, kept_tables
from kamtools.publishing.safe_csv import write_record
from kamtools.publishing.standing_report import StandingReport
from kamtools.publishing.workbook import tables as workbook_tables
from kamtools.publishing.workbook import workbook
from kamtools.publishing.workbook.tables import name_beside_id

ROOT = Path(__file__).resolve().parents[2]
FIRST_ROW = 5
HOSTILE = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "http://a.example/", "1e5",
           "{=1}", "mailto:a@b.example", "internal:A1", "=HYPERLINK(\"x\")"]  # fmt: skip


def notebook(*records, title="A question?", decision=""):
    outputs = [v4.new_output("display_data", data={TABLE_MIME: record}) for record in records]
    if decision:
        outputs.append(v4.new_output("display_data", data={DECISION_MIME: {"text": decision}}))
    cells = [v4.new_markdown_cell(f"# {title}"), v4.new_code_cell("keep()", outputs=outputs)]
    return v4.new_notebook(cells=cells)


def standing(tmp_path, *records, name="Aster 林", **more):
    record = {
        "run_stamp": "2026-01-02 03:04:05 UTC",
        "engagement": {"name": name, "as_of": "2025-12-31", "language": "en", "currency": "CHF"},
        "notebooks": {"selection": {"sha256": "ab" * 32, "parameters": {"top": 0, "text": "=1"},
                                    "seeds": {"seed": 7}}},
        "inputs": [{"file": "invoices.csv", "sha256": "cd" * 32}],
        "versions": {"kamtools": "9.9"},
        "commit": "ef" * 20,
        "files": [],
        **more,
    }  # fmt: skip
    one = notebook(*records, decision="Keep A.\n\nDrop B.")
    return StandingReport(tmp_path, record, {"selection": one}, Setting(name, "2025-12-31", "en"))


def table(name, frame):
    return as_record(name, pd.DataFrame(frame))


def opened(report, **options):
    return openpyxl.load_workbook(io.BytesIO(workbook(report)), **options)


def column(sheet, at, n):
    return [sheet.cell(FIRST_ROW + row, at).value for row in range(n)]


def committed(folder, paths, record):
    notebooks = {path.stem.partition("_")[2] or path.stem: path for path in paths}
    read = {name: nbformat.read(path, as_version=4) for name, path in notebooks.items()}
    base = {"notebooks": {name: {} for name in read}, "versions": {}, "files": []}
    name = record.get("case", record.get("engagement", {}))
    title = name.get("title") or name.get("name")
    return StandingReport(folder, base | record, read, Setting(title, "", "en"))


@pytest.fixture(scope="module")
def sample():
    told = {"name": "Sample", "as_of": "2024-12-31", "currency": "EUR", "language": "en"}
    paths = sorted((ROOT / "notebooks").glob("[0-9]_*.ipynb"))
    return committed(ROOT, paths, {"engagement": told})


@pytest.fixture(scope="module")
def sample_book(sample):
    return opened(sample)


def assert_same(book, report):
    """Every value of every kept table stands in its sheet, in its place, as what it is."""
    records = [name_beside_id(r) for one in report.notebooks.values() for r in kept_tables(one)]
    sheets = [name for name in book.sheetnames if name not in ("Read me", "Definitions")]
    assert len(sheets) == len(records)
    for sheet, record in zip((book[name] for name in sheets), records, strict=True):
        for i, told in enumerate(record["columns"], start=1):
            values = [row[i - 1] for row in record["rows"]]
            shown = column(sheet, i, len(values))
            if told["kind"] == "number":
                assert shown == [None if v is None else pytest.approx(v, rel=1e-12) for v in values]
            elif told["kind"] == "date":
                assert [None if v is None else f"{v:%Y-%m-%d}" for v in shown] == values
            elif told["kind"] == "flag":
                words = {True: "yes", False: "no", None: None}
                assert shown == [words[value] for value in values]
            else:
                assert [v or "" for v in shown] == [v or "" for v in values]
        assert sheet.cell(FIRST_ROW + len(record["rows"]), 1).value is None


def test_every_number_of_the_sample_company_is_in_the_workbook(sample, sample_book):
    assert_same(sample_book, sample)


@pytest.mark.parametrize("case", sorted(p.name for p in (ROOT / "casestudies").iterdir()
                                        if (p / "case.ipynb").is_file()))  # fmt: skip
def test_every_number_of_a_case_is_in_its_workbook(case):
    folder = ROOT / "casestudies" / case
    report = committed(folder, [folder / "case.ipynb"], {"case": {"title": case}})
    assert_same(opened(report), report)


def test_no_cell_of_the_sample_company_is_a_formula(sample_book):
    kinds = {cell.data_type for sheet in sample_book for row in sheet.rows for cell in row}
    assert kinds <= {"s", "n", "d", "inlineStr"}


def test_sheets_come_in_the_order_of_the_notebooks(sample, sample_book):
    titles = [sheet["A1"].value for sheet in sample_book][1:-1]
    first = titles.index("Readiness by dimension"), titles.index("Criteria and weights")
    assert first == (0, len(kept_tables(sample.notebooks["readiness"])) + 1)
    assert sample_book.sheetnames[0] == "Read me"
    assert sample_book.sheetnames[-1] == "Definitions"


def test_header_and_first_columns_stay_and_every_table_can_be_filtered(sample_book):
    for sheet in sample_book.worksheets[1:]:
        assert sheet.freeze_panes in ("B5", "C5")
        (one,) = sheet.tables.values()
        assert one.ref.startswith("A4:")
        assert one.autoFilter is not None
        assert [c.name for c in one.tableColumns] == [
            sheet.cell(4, 1 + i).value for i in range(len(one.tableColumns))
        ]
    assert sample_book["Chosen key accounts"].freeze_panes == "C5"


def test_sheets_print_landscape_one_page_wide_with_the_header_on_each(sample_book):
    for sheet in sample_book.worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        # One page wide, which goes without saying, and as many high as it takes.
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_area
    assert {sheet.print_title_rows for sheet in sample_book.worksheets[1:]} == {"$4:$4"}


def test_formats_follow_the_unit(sample_book):
    sheet = sample_book["What each account would take"]
    formats = {sheet.cell(4, i).value: sheet.cell(5, i).number_format for i in range(1, 13)}
    assert formats["Sales (EUR a year)"] == "#,##0"
    assert formats["Share of sales"] == "0.0%"
    assert formats["Leverage (ratio)"] == "#,##0.00"
    assert sample_book["Stage gates"]["D5"].number_format == "yyyy-mm-dd"
    assert isinstance(sample_book["Stage gates"]["D5"].value, datetime.datetime)


def test_definitions_say_every_column_of_every_sheet(sample_book):
    sheet = sample_book["Definitions"]
    told = {(row[0].value, row[1].value) for row in sheet.iter_rows(min_row=FIRST_ROW)}
    shown = {
        (one.title, cell.value)
        for one in sample_book.worksheets[1:-1]
        for cell in one[4]
        if cell.value is not None
    }
    assert told == shown


def test_every_heading_carries_its_definition(sample_book):
    for sheet in sample_book.worksheets[1:]:
        headers = [cell for cell in sheet[4] if cell.value is not None]
        assert all(cell.comment and cell.comment.text for cell in headers)


def test_first_sheet_links_to_every_other(sample_book):
    sheet = sample_book["Read me"]
    links = [cell.hyperlink.location for row in sheet.rows for cell in row if cell.hyperlink]
    assert links == [f"'{name}'!A1" for name in sample_book.sheetnames[1:]]


def test_same_report_gives_the_same_bytes(sample):
    assert workbook(sample) == workbook(sample)


def test_first_sheet_says_what_was_decided_and_how_it_was_made(tmp_path):
    sheet = opened(standing(tmp_path, table("chosen", {"score": [0.5]})))["Read me"]
    text = [str(cell.value) for row in sheet.rows for cell in row if cell.value is not None]
    for wanted in ("Aster 林", "Figures up to 2025-12-31, money in CHF", "A question?", "Keep A.",
                   "Drop B.", "Chosen key accounts", "2026-01-02 03:04:05 UTC", "ef" * 20,
                   "kamtools 9.9", "selection: seed = 7", "=1", "invoices.csv", "cd" * 32,
                   "SHA-256 " + "ab" * 32):  # fmt: skip
        assert wanted in text


def test_case_has_no_day_and_no_currency(tmp_path):
    report = standing(tmp_path, table("ways", {"cost": [1.0]}))
    told = {key: value for key, value in report.record.items() if key != "engagement"}
    case = StandingReport(tmp_path, told | {"case": {"title": "A and B"}}, report.notebooks,
                          Setting("A and B", "", "en"))  # fmt: skip
    book = opened(case)
    assert book["Read me"]["A2"].value == "Case study"
    assert book["Ways compared"]["A4"].value == "Cost (money a year)"
    assert book.properties.created.year == 1980


def test_properties_name_the_firm_its_day_and_nobody(tmp_path):
    properties = opened(standing(tmp_path)).properties
    assert properties.title == "Aster 林: tables of the report"
    assert properties.created == datetime.datetime(2025, 12, 31)
    assert not properties.creator
    assert not properties.lastModifiedBy


def test_text_stays_text_whatever_it_begins_with(tmp_path):
    frame = {"name": HOSTILE, "=heading": HOSTILE}
    content = workbook(standing(tmp_path, table("own", frame), name="=1+1"))
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Own"]
    # A carriage return is a line break like any other.
    assert column(sheet, 1, len(HOSTILE)) == [text.replace("\r", "\n") for text in HOSTILE]
    assert sheet["B4"].value == "=heading"
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = {name: archive.read(name) for name in archive.namelist()}
    sheets = b"".join(part for name, part in parts.items() if "worksheets/" in name)
    assert b"<f>" not in sheets
    assert b'TargetMode="External"' not in sheets


def test_flags_dates_and_numbers_are_what_they_are(tmp_path):
    record = {
        "name": "own",
        "columns": [{"name": "day", "kind": "date"}, {"name": "flag", "kind": "flag"},
                    {"name": "n", "kind": "number"}],
        "rows": [["2024-02-29", True, 0.123456789012], ["1850-01-01", False, 2**60],
                 [None, None, None], ["2024-02-30", None, float("nan")]],
    }  # fmt: skip
    sheet = opened(standing(tmp_path, record))["Own"]
    days = [datetime.datetime(2024, 2, 29), "1850-01-01", None, "2024-02-30"]
    assert column(sheet, 1, 4) == days
    assert column(sheet, 2, 4) == ["yes", "no", None, None]
    # A whole number that a spreadsheet would round stays as text.
    assert column(sheet, 3, 4) == [0.123456789012, str(2**60), None, None]


def test_flag_that_was_kept_as_text_is_read_as_one(tmp_path):
    record = table("exposure", {"is_breach": ["True", None, "False"]})
    assert column(opened(standing(tmp_path, record)).worksheets[1], 1, 3) == ["yes", None, "no"]


def test_text_longer_than_a_cell_is_cut_and_says_where_the_rest_is(tmp_path):
    record = table("own", {"text": ["short", "🍵" * 20_000]})
    cell = opened(standing(tmp_path, record))["Own"]["A6"].value
    assert len(cell.encode("utf-16-le")) // 2 <= 32_767
    assert cell.startswith("🍵" * 16_000)
    assert cell.endswith("[cut: 20,000 signs; the whole text is in tables/own.csv, row 3]")


def test_signs_that_no_xml_holds_do_not_break_the_workbook(tmp_path):
    texts = ["a\x00b", "\ud800", "\ufffe", "a\r\nb"]
    record = table("own", {"text": ["a"]}) | {"rows": [[text] for text in texts]}
    shown = column(opened(standing(tmp_path, record))["Own"], 1, 4)
    assert shown[1:] == ["\ufffd", "\ufffd", "a\nb"]


def test_table_longer_than_a_sheet_goes_on_another(tmp_path, monkeypatch):
    for module in (workbook_module, workbook_tables):
        monkeypatch.setattr(module, "MOST_ROWS", 3)
    report = standing(tmp_path, table("own", {"n": range(7)}))
    book = opened(report)
    parts = [book[name] for name in ("Own", "Own 2", "Own 3")]
    assert [column(sheet, 1, 4) for sheet in parts] == [
        [0, 1, 2, None], [3, 4, 5, None], [6, None, None, None]]  # fmt: skip
    assert parts[1]["A3"].value.startswith("Rows 4 to 6 of 7.")


def test_room_for_rows_is_that_of_a_sheet():
    assert workbook_tables.MOST_ROWS + 4 == 1_048_576


def test_table_wider_than_a_sheet_is_named_and_left_out(tmp_path, monkeypatch):
    monkeypatch.setattr(workbook_module, "MOST_COLUMNS", 2)
    report = standing(tmp_path, table("own", {"a": [1], "b": [1], "c": [1]}))
    book = opened(report)
    assert book.sheetnames == ["Read me", "Definitions"]
    told = [cell.value for cell in book["Read me"]["B"]]
    assert "tables/own.csv: its 3 columns are more than a sheet has." in told


def test_empty_table_keeps_its_header(tmp_path):
    sheet = opened(standing(tmp_path, table("left_out", {"criterion": [], "reason": []})))
    sheet = sheet["Criteria left out"]
    assert [cell.value for cell in sheet[4]][:2] == ["Criterion", "Reason"]
    assert sheet["A3"].value.startswith("No rows.")
    assert sheet["A5"].value is None


def test_headings_are_unique_ignoring_case(tmp_path):
    record = table("own", {"a": [1], "A": [2], "a_": [3]})
    sheet = opened(standing(tmp_path, record))["Own"]
    assert [sheet.cell(4, i).value for i in (1, 2, 3)] == ["A", "A 2", "A 3"]


def test_tables_of_one_title_get_sheets_of_their_own(tmp_path):
    book = opened(standing(tmp_path, table("read_me", {"a": [1]}), table("history", {"a": [1]})))
    assert book.sheetnames == ["Read me", "Read me 2", "History 2", "Definitions"]


def csv_report(tmp_path, name, frame, rows=None):
    (tmp_path / "tables").mkdir()
    write_record(as_record(name, frame), tmp_path / "tables" / f"{name}.csv")
    told = [{"file": f"{name}.csv", "rows": len(frame) if rows is None else rows}]
    return standing(tmp_path, tables=told)


def test_lines_set_aside_stand_as_in_their_file(tmp_path):
    frame = pd.DataFrame({"row": [2, 9], "account_id": ["=A", None], "amount": ["-1.0", "x"],
                          "reason": ["one", "two"]})  # fmt: skip
    sheet = opened(csv_report(tmp_path, "set_aside", frame))["Lines set aside"]
    rows = [[sheet.cell(r, c).value for c in range(1, 5)] for r in (5, 6)]
    assert rows == [[2, "=A", "-1.0", "one"], [9, None, "x", "two"]]


def test_many_lines_set_aside_are_named_and_left_out(tmp_path):
    frame = pd.DataFrame({"row": [2], "reason": ["one"]})
    book = opened(csv_report(tmp_path, "set_aside", frame, rows=5_001))
    assert "Lines set aside" not in book.sheetnames
    told = [cell.value for cell in book["Read me"]["B"]]
    assert "5,001 lines set aside, each with its reason: tables/set_aside.csv." in told


def test_table_of_the_report_that_is_gone_is_named(tmp_path):
    report = standing(tmp_path, tables=[{"file": "quality.csv", "rows": 3}])
    told = [cell.value for cell in opened(report)["Read me"]["B"]]
    assert "tables/quality.csv: it is no longer in the report's folder." in told


def test_table_of_the_report_that_was_damaged_is_refused(tmp_path):
    report = csv_report(tmp_path, "quality", pd.DataFrame({"file": ["a"], "lines_read": [1]}))
    path = tmp_path / "tables" / "quality.csv"
    path.write_text(path.read_text(encoding="utf-8") + "b\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"tables/quality\.csv: expected as many cells"):
        workbook(report)


def test_tables_of_odd_names_do_not_stop_the_workbook(tmp_path):
    odd = [table("own", {"a": [1]}) | {"name": name} for name in ("a b", "a_b", "A_b", "=x", "")]
    book = opened(standing(tmp_path, *odd))
    assert len(book.sheetnames) == 7


def test_quality_that_no_notebook_kept_comes_from_the_report(tmp_path):
    frame = pd.DataFrame({"file": ["a.csv"], "lines_read": [3], "lines_kept": [2],
                          "lines_set_aside": [1], "reason": ["kept as read"]})  # fmt: skip
    sheet = opened(csv_report(tmp_path, "quality", frame))["Lines read and set aside"]
    assert [cell.value for cell in sheet[5]][:5] == ["a.csv", 3, 2, 1, "kept as read"]


def test_chinese_text_gets_twice_the_width(tmp_path):
    frames = [table("own", {"a": ["x" * 20]}), table("other", {"a": ["青" * 20]})]
    book = opened(standing(tmp_path, *frames))
    latin, chinese = (book[name].column_dimensions["A"].width for name in ("Own", "Other"))
    assert round(chinese - latin) == 20


def test_report_is_not_changed(tmp_path):
    report = standing(tmp_path, table("exposure", {"revenue": [1.0], "account_id": ["a"],
                                                   "name": ["A"]}))  # fmt: skip
    before = json.dumps([report.record, report.notebooks], sort_keys=True)
    workbook(report)
    assert json.dumps([report.record, report.notebooks], sort_keys=True) == before


def test_parts_of_the_archive_carry_no_clock(sample):
    archive = zipfile.ZipFile(io.BytesIO(workbook(sample)))
    assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    core = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+", core)) == {"2024-12-31T00:00:00"}
