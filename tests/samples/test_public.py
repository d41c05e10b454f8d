"""Public sets: from the data folder to an engagement, or refused and nothing written."""

import dataclasses
import datetime
import tomllib
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import engagement, schema
from kamtools.errors import InputError
from kamtools.samples import iowa, iowa_stores, public
from kamtools.samples.fetching import fetch_file
from kamtools.samples.public_set import SourceFile, Totals, control_totals, differences

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
NOWHERE = "http://127.0.0.1:9/set.csv"
LINES = """InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
1,A,x,2,12/1/2010 9:00,1.50,12345,Spain
C2,A,x,-1,12/2/2010 9:00,1.50,,Spain
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """Return each public set as an engagement folder, made once from the shared data."""
    if not SHARED.is_dir():
        pytest.skip("../shared/data is not there")
    folder = tmp_path_factory.mktemp("public")
    return {
        name: public.make_engagement(name, folder / name, data_folder=SHARED)
        for name in public.NAMES
    }


@pytest.fixture
def small_set(tmp_path):
    """Return a set of two lines and its sources."""
    path = tmp_path / "source" / "online_retail.csv"
    path.parent.mkdir()
    path.write_text(LINES)
    totals = Totals(2, 1, 1, 1, 1.5, datetime.date(2010, 12, 1), datetime.date(2010, 12, 2))
    return dataclasses.replace(public.SETS["online-retail"], totals=totals), {"lines": path}


# ---- what is published of the sets


@pytest.mark.parametrize("name", public.NAMES)
def test_written_lines_have_the_published_control_totals(made, name):
    invoices = pyarrow.parquet.read_table(made[name] / "invoices.parquet")
    assert control_totals(invoices) == public.SETS[name].totals


@pytest.mark.parametrize("name", public.NAMES)
def test_written_tables_have_the_columns_of_the_schema(made, name):
    invoices = pyarrow.parquet.read_schema(made[name] / "invoices.parquet")
    needed = {key for key, column in schema.INVOICES.columns.items() if column.required}
    assert needed <= set(invoices.names)
    for table in ("accounts", "managers"):
        path = made[name] / f"{table}.csv"
        if path.exists():
            frame = pd.read_csv(path, dtype={"account_id": str, "manager_id": str})
            frame = frame.astype({"capacity_hours_per_month": float} if table == "managers" else {})
            schema.TABLES[table].validate(frame)


@pytest.mark.parametrize("name", public.NAMES)
def test_every_account_with_lines_is_among_the_accounts(made, name):
    path = made[name] / "accounts.csv"
    if name == "cdnow":
        assert not path.exists()
        return
    accounts = pd.read_csv(path, dtype={"account_id": str})
    bought = pd.read_parquet(made[name] / "invoices.parquet", columns=["account_id"])
    assert set(bought["account_id"].dropna()) <= set(accounts["account_id"])


def test_online_retail_keeps_the_dirt_of_its_source(made):
    lines = pd.read_parquet(made["online-retail"] / "invoices.parquet")
    assert len(lines) == 541_909
    assert lines["account_id"].isna().sum() == 135_080
    assert lines["invoice_id"].str.startswith("C").sum() == 9_288
    assert (lines["unit_price"] == 0).sum() == 2_515
    assert (lines["unit_price"] < 0).sum() == 2
    assert lines.duplicated().sum() == 5_268


def test_cancelled_giant_orders_net_to_nothing_or_little(made):
    lines = pd.read_parquet(made["online-retail"] / "invoices.parquet")
    net = lines.groupby("account_id")["amount"].agg(["sum", "max"])
    assert list(net.loc[["12346", "16446"], "max"]) == [77_183.60, 168_469.60]
    assert list(net.loc[["12346", "16446"], "sum"].round(2)) == [0.0, 2.90]


def test_hy_vee_is_one_chain_of_many_iowa_stores(made):
    accounts = pd.read_csv(made["iowa-proximo"] / "accounts.csv", dtype=str)
    assert (accounts["chain"] == "Hy-Vee").sum() == 198
    assert not accounts["chain"].isin(iowa_stores.SHARED_BANNERS).any()
    assert accounts.set_index("account_id").loc["2633", "chain"] == "Hy-Vee"


def test_chains_told_from_names_agree_with_the_map(made):
    accounts = pd.read_csv(made["iowa-proximo"] / "accounts.csv", dtype=str)
    told = iowa_stores.store_accounts(
        pa.table(
            {
                "store": accounts["account_id"].astype(int),
                "name": accounts["name"],
                "city": accounts["city"],
            }
        ),
        {},
    ).to_pandas()
    mapped = accounts["chain"].where(accounts["chain"].isin(list(iowa_stores.CHAIN_NAMES)))
    differ = told["chain"].fillna("") != mapped.fillna("")
    assert list(accounts.loc[differ, "account_id"]) == ["4126", "4299"]


def test_suppliers_items_are_the_whole_of_its_lines_in_the_ledger():
    files = iowa.ledger_files(SHARED)
    if not files:
        pytest.skip("../shared/data/iowa/lines is not there")
    items = pa.array(iowa.PROXIMO_ITEMS)
    kept = [
        pyarrow.parquet.read_table(path, filters=[("Item Number", "in", items.to_pylist())])
        for path in files
    ]
    assert sum(table.num_rows for table in kept) == public.SETS["iowa-proximo"].totals.lines


def test_adventureworks_accounts_name_managers_that_are_there(made):
    folder = made["adventureworks"]
    accounts = pd.read_csv(folder / "accounts.csv", dtype=str)
    managers = pd.read_csv(folder / "managers.csv", dtype=str)
    assert len(managers) == 17
    assert set(accounts["manager_id"].dropna()) <= set(managers["manager_id"])
    cost = pd.read_parquet(folder / "invoices.parquet", columns=["cost"])["cost"]
    assert cost.isna().sum() == 76


@pytest.mark.parametrize("name", public.NAMES)
def test_engagement_toml_says_firm_currency_day_and_source(made, name):
    text = (made[name] / "engagement.toml").read_text(encoding="utf-8")
    told, about = tomllib.loads(text), public.SETS[name]
    assert (told["name"], told["currency"], told["as_of"]) == (
        about.firm,
        about.currency,
        about.totals.last_date,
    )
    assert about.licence.split(";")[0] in text
    assert all(len(line) <= 100 for line in text.splitlines())


def test_same_files_give_the_same_folder_byte_for_byte(made, tmp_path):
    again = public.make_engagement("adventureworks", tmp_path / "again", data_folder=SHARED)
    for path in made["adventureworks"].iterdir():
        assert path.read_bytes() == (again / path.name).read_bytes()


# ---- where files are found


def test_environment_variable_names_the_folder_looked_in(monkeypatch, tmp_path):
    monkeypatch.setenv(public.VARIABLE, str(tmp_path))
    assert public.data_folder_from_environment() == tmp_path


@pytest.mark.parametrize("value", [None, ""])
def test_without_the_variable_there_is_no_folder(monkeypatch, value):
    monkeypatch.delenv(public.VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(public.VARIABLE, value)
    assert public.data_folder_from_environment() is None


def test_variable_that_names_no_folder_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv(public.VARIABLE, str(tmp_path / "gone"))
    with pytest.raises(InputError, match=r"KAMTOOLS_DATA names .*gone; expected a folder"):
        public.data_folder_from_environment()


def test_engagement_is_made_from_the_folder_of_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv(public.VARIABLE, str(tmp_path))
    kept = tmp_path / "northwind" / "orders.parquet"
    kept.parent.mkdir()
    kept.write_bytes(b"not parquet")
    with pytest.raises(InputError, match=r"orders.parquet is not the file expected"):
        public.make_engagement("northwind", tmp_path / "out")


def checksummed(path: Path, **changes: object) -> SourceFile:
    """Return a source file whose kept form is `kept.csv` and whose publisher's is `set.csv`."""
    path.mkdir(exist_ok=True)
    sha256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"  # of "hello"
    return dataclasses.replace(
        SourceFile("kept.csv", sha256, ("set.csv", "other.csv"), NOWHERE, sha256), **changes
    )


def test_form_kept_goes_before_the_publishers_form(tmp_path):
    file = checksummed(tmp_path)
    for name in ("kept.csv", "set.csv"):
        (tmp_path / name).write_text("hello")
    assert fetch_file(file, data_folder=tmp_path) == tmp_path / "kept.csv"


def test_publishers_form_is_found_by_its_name(tmp_path):
    file = checksummed(tmp_path)
    (tmp_path / "set.csv").write_text("hello")
    assert fetch_file(file, data_folder=tmp_path) == tmp_path / "set.csv"


@pytest.mark.parametrize("name", ["kept.csv", "set.csv"])
def test_file_with_another_checksum_is_refused(tmp_path, name):
    file = checksummed(tmp_path)
    (tmp_path / name).write_text("hullo")
    with pytest.raises(InputError, match=r"its sha256 is [0-9a-f]{64}; expected 2cf24dba"):
        fetch_file(file, data_folder=tmp_path)


def test_form_without_a_known_checksum_is_left_to_the_control_totals(tmp_path):
    file = checksummed(tmp_path)
    (tmp_path / "other.csv").write_text("hullo")
    assert fetch_file(file, data_folder=tmp_path) == tmp_path / "other.csv"


def test_earlier_download_serves_again(tmp_path):
    file = checksummed(tmp_path)
    (tmp_path / "set.csv").write_text("hello")
    assert fetch_file(file, data_folder=None, cache_folder=tmp_path) == tmp_path / "set.csv"


def test_file_without_an_address_may_be_missing(tmp_path):
    assert fetch_file(checksummed(tmp_path, address=None), data_folder=tmp_path) is None


def test_failed_download_says_what_was_tried_and_what_to_do_by_hand(tmp_path):
    with pytest.raises(InputError) as refused:
        fetch_file(checksummed(tmp_path), data_folder=tmp_path, cache_folder=tmp_path)
    message = str(refused.value)
    assert NOWHERE in message
    assert "put the file by hand into a folder" in message
    assert "set.csv or other.csv or kept.csv" in message
    assert public.VARIABLE in message
    assert "\n" not in message


def test_long_query_is_cut_from_the_message(tmp_path):
    file = checksummed(tmp_path, address=NOWHERE + "?items=" + "1," * 500)
    with pytest.raises(InputError, match=r"set.csv\?\.\.\. failed") as refused:
        fetch_file(file, data_folder=None, cache_folder=tmp_path)
    assert len(str(refused.value)) < 600


# ---- what is refused, and that nothing is left


def test_unknown_name_is_refused_with_those_there_are(tmp_path):
    with pytest.raises(InputError, match=r"'iowa'; expected one of online-retail, iowa-proximo"):
        public.make_engagement("iowa", tmp_path / "out", data_folder=tmp_path)


def test_folder_with_files_is_refused_and_left_alone(tmp_path):
    (tmp_path / "mine.txt").write_text("keep me")
    with pytest.raises(InputError, match="holds files already; expected a new or empty folder"):
        public.make_engagement("northwind", tmp_path, data_folder=tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(InputError, match="is a file; expected a new or empty folder"):
        public.make_engagement("northwind", tmp_path / "out", data_folder=tmp_path)


def test_engagement_is_written_into_an_empty_folder(small_set, tmp_path):
    out = tmp_path / "out"
    out.mkdir()
    assert public.write_engagement(*small_set, out) == out
    names = sorted(path.name for path in out.iterdir())
    assert names == ["accounts.csv", "engagement.toml", "invoices.parquet"]


def test_wrong_totals_are_refused_with_seen_and_expected(small_set, tmp_path):
    public_set, sources = small_set
    sources["lines"].write_text(LINES.replace("2,12/1", "3,12/1"))
    with pytest.raises(InputError, match=r"column amount: saw 3\.00; expected 1\.50") as refused:
        public.write_engagement(public_set, sources, tmp_path / "out")
    assert [fault.column for fault in refused.value.faults] == ["quantity", "amount"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("<html>sorry, moved</html>\n", "cannot be read as online-retail from UCI"),
        (LINES.replace("UnitPrice", "Price"), "UnitPrice"),
        (LINES.replace("12/1/2010", "1 Dec 2010"), "1 Dec 2010"),
        (LINES.replace("1.50", "1,50"), "cannot be read"),
        ("", "cannot be read"),
    ],
)
def test_file_of_another_layout_is_refused_in_one_paragraph(small_set, tmp_path, text, seen):
    public_set, sources = small_set
    sources["lines"].write_text(text)
    with pytest.raises(InputError, match=seen) as refused:
        public.write_engagement(public_set, sources, tmp_path / "out")
    assert "\n" not in str(refused.value)


def test_zip_that_is_none_is_refused(small_set, tmp_path):
    path = tmp_path / "online+retail.zip"
    path.write_text("<html>sorry</html>")
    with pytest.raises(InputError, match="File is not a zip file"):
        public.write_engagement(small_set[0], {"lines": path}, tmp_path / "out")


def test_failed_write_leaves_nothing_behind(small_set, tmp_path, monkeypatch):
    def fail(*_: object, **__: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(public.pyarrow.csv, "write_csv", fail)
    with pytest.raises(OSError, match="disk full"):
        public.write_engagement(*small_set, tmp_path / "place" / "out")
    assert list((tmp_path / "place").iterdir()) == []


def test_sources_and_their_files_stay_as_they_were(small_set, tmp_path):
    public_set, sources = small_set
    before = dict(sources)
    public.write_engagement(public_set, sources, tmp_path / "out")
    assert sources == before
    assert sources["lines"].read_text() == LINES


# ---- control totals

DAYS = st.dates(datetime.date(2010, 1, 1), datetime.date(2020, 1, 1))
INVOICE_LINES = st.lists(
    st.tuples(st.sampled_from(["a", "b", None]), DAYS, st.integers(-99, 99)), min_size=1
)


def lines_table(lines: list[tuple[str | None, datetime.date, int]]) -> pa.Table:
    accounts, days, pieces = zip(*lines, strict=True)
    return pa.table(
        {
            "account_id": pa.array(accounts, pa.string()),
            "date": pa.array(days),
            "quantity": pa.array(pieces),
            "amount": pa.array([1.25 * n for n in pieces]),
        }
    )


@settings(max_examples=25, deadline=None)
@given(INVOICE_LINES)
def test_totals_do_not_depend_on_the_order_of_lines(lines):
    assert control_totals(lines_table(lines)) == control_totals(lines_table(lines[::-1]))


@settings(max_examples=25, deadline=None)
@given(INVOICE_LINES)
def test_each_line_is_counted_with_or_without_an_account(lines):
    totals = control_totals(lines_table(lines))
    with_account = sum(account is not None for account, _, _ in lines)
    assert totals.lines == with_account + totals.without_account
    assert totals.accounts <= with_account


@settings(max_examples=25, deadline=None)
@given(INVOICE_LINES)
def test_totals_differ_from_themselves_in_nothing_and_from_fewer_lines_in_something(lines):
    totals, fewer = control_totals(lines_table(lines)), control_totals(lines_table(lines)[:-1])
    assert differences(totals, totals, file="x") == []
    assert differences(fewer, totals, file="x")[0].column == "lines"


def test_no_lines_have_totals_of_nothing():
    empty = lines_table([("a", datetime.date(2010, 1, 1), 1)])[:0]
    assert control_totals(empty) == Totals(0, 0, 0, 0, 0.0, None, None)


# ---- sellers as managers


@pytest.mark.parametrize(("name", "sellers"), [("adventureworks", 17), ("northwind", 9)])
def test_todays_assignment_is_read_and_no_hours_are_invented(made, name, sellers):
    firm = engagement.load(made[name])
    assert len(firm.managers) == sellers
    assert firm.managers["capacity_hours_per_month"].isna().all()
    assert set(firm.accounts["manager_id"].dropna()) <= set(firm.managers["manager_id"])
    assert not {"sites", "decision_makers", "language"} & set(firm.accounts)


def test_resellers_of_adventureworks_lie_unevenly_on_its_sellers(made):
    counts = engagement.load(made["adventureworks"]).accounts["manager_id"].value_counts()
    assert counts.max() > 1.15 * counts.mean()
    assert counts.min() < 0.85 * counts.mean()
    assert counts.sum() == public.SETS["adventureworks"].totals.accounts
