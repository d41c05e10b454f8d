import datetime
import re
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from kamtools.cleaning import QUALITY_COLUMNS
from kamtools.errors import InputError
from kamtools.planning.account_plan import ITEM_COLUMNS
from kamtools.planning.account_plan_changes import plan_changes
from kamtools.planning.white_space import white_space
from kamtools.planning.white_space_sites import site_white_space
from kamtools.publishing.definitions import FILES, defined_tables, describe, describe_record
from kamtools.publishing.records import as_record, kept_tables

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted([*ROOT.glob("notebooks/**/*.ipynb"), *ROOT.glob("casestudies/**/*.ipynb")])
OF_THE_REPORT = {"quality", "set_aside", "definitions", "sources"}
# Kept only where an engagement has what they need; the sample company has it not.
AT_TIMES = {"plan_changes", "white_space", "white_space_by_site"}


def names_of(table):
    return {column["name"] for column in as_record("table", table)["columns"]}


def defined(name):
    return {column.name for column in describe(name).columns}


@pytest.fixture(scope="module")
def read():
    return [nbformat.read(path, as_version=4) for path in NOTEBOOKS]


@pytest.fixture(scope="module")
def kept(read):
    return [record for notebook in read for record in kept_tables(notebook)]


def test_every_table_and_column_that_a_notebook_keeps_is_defined(kept):
    columns = {name: {c.name for c in describe(name).columns} for name in defined_tables()}
    lacking = {
        (record["name"], column["name"])
        for record in kept
        for column in record["columns"]
        if column["name"] not in columns.get(record["name"], ())
    }
    assert lacking == set()


def test_every_table_that_a_notebook_names_is_defined(read):
    code = [cell.source for notebook in read for cell in notebook.cells if cell.cell_type == "code"]
    named = {name for source in code for name in re.findall(r'\bkeep\("(\w+)"', source)}
    assert len(named) > 100
    assert named - set(defined_tables()) == set()


def test_no_table_and_no_column_is_defined_that_no_notebook_keeps(kept):
    seen = {(record["name"], column["name"]) for record in kept for column in record["columns"]}
    tables = set(defined_tables()) - OF_THE_REPORT - AT_TIMES
    told = {(name, column.name) for name in tables for column in describe(name).columns}
    assert told - seen == set()


def test_white_space_is_defined_as_it_is_computed():
    rows = [(site, group, 10.0, 3.0) for site in "abcdef" for group in ("tea", "jam")]
    sales = pd.DataFrame(rows, columns=["account_id", "product_group", "revenue", "margin"])
    found = white_space(sales, "a", seed=1)
    assert names_of(found.table) == defined("white_space")
    assert names_of(site_white_space(sales, list("abc"), seed=1)) == defined("white_space_by_site")


def test_changes_of_a_plan_are_defined_as_they_are_computed():
    items = pd.DataFrame(columns=list(ITEM_COLUMNS), dtype="str")
    changes = plan_changes(items, items, as_of=datetime.date(2024, 12, 31))
    assert names_of(changes) == defined("plan_changes")


def test_quality_of_the_data_is_defined_as_it_is_computed():
    assert set(QUALITY_COLUMNS) == defined("quality")


def test_numbers_have_kinds_of_numbers_and_dates_of_dates(kept):
    kinds = {(name, c.name): c.kind for name in defined_tables() for c in describe(name).columns}
    wrong = [
        (record["name"], column["name"], column["kind"])
        for record in kept
        for column in record["columns"]
        if (column["kind"] == "number" and kinds[record["name"], column["name"]] == "text")
        or (column["kind"] in ("date", "flag"))
        != (kinds[record["name"], column["name"]] in ("date", "flag"))
    ]
    assert wrong == []


def test_shares_that_a_notebook_keeps_lie_where_shares_lie(kept):
    kinds = {(name, c.name): c.kind for name in defined_tables() for c in describe(name).columns}
    beyond = {
        (record["name"], column["name"])
        for record in kept
        for i, column in enumerate(record["columns"])
        if kinds[record["name"], column["name"]] == "share" and column["kind"] == "number"
        if any(row[i] is not None and abs(row[i]) > 1 for row in record["rows"])
    }
    # A profit over all profit, and a change, may be more than one.
    assert beyond <= {("who_gave_it_back", "peak_share"), ("who_gave_it_back", "loss_share"),
                      ("exposure", "profit_change")}  # fmt: skip


@pytest.mark.parametrize("name", defined_tables())
def test_definition_can_be_used_as_a_sheet(name):
    table = describe(name, currency="EUR")
    assert 0 < len(table.title) <= 31
    assert not set(table.title) & set("[]:*?/\\'")
    assert table.meaning.endswith(".")
    assert table.decision.endswith(".")
    assert all(column.heading and column.meaning.endswith(".") for column in table.columns)
    assert "{" not in "".join(column.unit + column.meaning for column in table.columns)
    headings = [column.heading.casefold() for column in table.columns]
    assert len(headings) == len(set(headings))


def test_titles_are_unique_ignoring_case_but_for_tables_that_never_meet():
    titles = [describe(name).title.casefold() for name in defined_tables()]
    assert len(titles) == len(set(titles))


def test_files_are_those_of_the_method():
    folder = ROOT / "kamtools" / "publishing" / "definitions"
    assert {path.stem for path in folder.iterdir()} == set(FILES)
    assert list(dict.fromkeys(defined_tables().values())) == list(FILES)


def test_money_is_in_the_currency_of_the_firm():
    units = {c.name: c.unit for c in describe("exposure", currency="CHF").columns}
    assert units["revenue"] == "CHF a year"
    assert {c.name: c.unit for c in describe("exposure").columns}["revenue"] == "money a year"


def test_unknown_table_is_refused_with_the_nearest_name():
    with pytest.raises(InputError, match=r"no definition of the table 'exposur'; did you mean ex"):
        describe("exposur")


def test_table_of_a_notebook_of_ones_own_goes_by_its_names():
    columns = [{"name": "some_day", "kind": "date"}, {"name": "x", "kind": "number"}]
    table = describe_record({"name": "my_own", "columns": columns, "rows": []})
    assert table.title == "My own"
    assert [(c.heading, c.kind) for c in table.columns] == [("Some day", "date"), ("X", "mixed")]
    assert "No definition" in table.meaning


def test_record_keeps_the_order_and_number_of_its_columns():
    columns = [{"name": "margin", "kind": "number"}, {"name": "extra", "kind": "text"}]
    table = describe_record({"name": "exposure", "columns": columns, "rows": []}, currency="EUR")
    assert [c.heading for c in table.columns] == ["Margin", "Extra"]
    assert "No definition" in table.columns[1].meaning


def test_columns_of_a_line_set_aside_are_as_in_its_file():
    columns = [{"name": "row", "kind": "number"}, {"name": "amount", "kind": "text"}]
    table = describe_record({"name": "set_aside", "columns": columns, "rows": []})
    assert table.columns[1].meaning == "As it stood in the file."
