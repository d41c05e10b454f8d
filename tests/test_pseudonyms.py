"""A whole engagement without its names: nothing is found again, everything still adds up."""

import re
import stat
from datetime import date

import duckdb
import numpy as np
import openpyxl
import pandas as pd
import pytest

from kamtools import engagement, ledger
from kamtools.decision_log import append_entry, read_log
from kamtools.errors import InputError
from kamtools.power.measures import default_measures, measure_list, merge_measures
from kamtools.pseudonyms import Pseudonymised, describe, pseudonymise
from kamtools.pseudonyms.disguise import Disguise
from kamtools.pseudonyms.keys import read_or_make_key
from kamtools.samples import locate

TOML = """# Confidential: Zenithar Mills, contact ann@zenithar.example
name = "Zenithar Mills"
currency = "CNY"
as_of = 2024-12-31
language = "zh"

[strategy]
goals = [{ name = "Grow with 青禾超市", column = "Zenithar tier", values = ["gold"], weight = 0.3 }]

[capacity]
budget = 90000.5
"""
DIRTY = """account_id,invoice_id,date,amount,cost,product,clerk
K-001,R1,2024-01-15,100.50,60,绿茶,Bo
K-001,R1,2024-01-15,100.50,60,绿茶,Bo
K-001,R1,2024-01-15,100.50,60,绿茶,Li
K-002,R2,2024-02-29,-40.10,,盐,Bo
,R3,2024-03-20,40.00,10,盐,Bo
,,,,,,
K-003,R4,2025-02-01,12.00,5,盐,Bo
K-003,R5,2024-05-01,0,5,盐,Bo
K-003,R6,2024-05-01,12.34,5,盐,Bo
"""
ACCOUNTS = """account_id,name,region,chain,manager_id,rivals,Zenithar tier,VAT number
K-001,青禾超市公园店,华东,青禾超市,M1,,gold,123456789
K-002,Quorbeck & Söhne GmbH,华东,,M2,青禾超市; K-003,silver,987654321
K-003,砚溪便利店,华北,,M1,,,
"""
MANAGERS = """manager_id,name,capacity_hours_per_month,region
M1,林知秋,120,华东
M2,Ines Falk,110,华北
"""
EVENTS = """date,competitor,event,source
2024-12-02,Sunfield,Quorbeck told Ines Falk that SUNFIELD paid EUR 5000: 青禾,www.sunfield.example
2024-12-03,Sunfield,林经理说青禾今年订单300万元，电话 13812345678。,bo@sunfield.example 2024年12月
"""
ORIGINAL = ("zenithar", "quorbeck", "söhne", "青禾", "砚溪", "林知秋", "林经理", "falk", "ines",
            "sunfield", "华东", "华北", "绿茶", "k-00", "vat", "123456789", "13812345678", "300万",
            "5000", "example", "gold", "clerk", "2024", "2025")  # fmt: skip


FILES = {"engagement.toml": TOML, "invoices.csv": DIRTY, "accounts.csv": ACCOUNTS,
         "managers.csv": MANAGERS, "market_events.csv": EVENTS}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with the key of this module's engagements, `secret`."""
    return tmp_path_factory.mktemp("pseudonyms")


@pytest.fixture(scope="module")
def disguise(place):
    return _disguise(place / "secret")


@pytest.fixture
def chinese(tmp_path):
    """A Chinese firm whose files a test may change."""
    return _write_chinese(tmp_path / "firm")


@pytest.fixture(scope="module")
def hidden(place):
    """The Chinese firm without names, and what was done."""
    firm = _write_chinese(place / "firm")
    return pseudonymise(firm, place / "out", key=place / "secret")


@pytest.fixture(scope="module")
def sample(place):
    """The sample company, and what was done to take its names out."""
    original = engagement.load(locate("sample"))
    return original, pseudonymise(original.folder, place / "sample", key=place / "secret")


def _write_chinese(folder):
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def _disguise(path):
    return Disguise(read_or_make_key(path))


def _everything(folder):
    return "\n".join(
        f"{path.name}\n{path.read_text(encoding='utf-8')}" for path in sorted(folder.iterdir())
    ).casefold()


def test_no_name_of_a_chinese_firm_is_found_again(hidden):
    text = _everything(hidden.folder)
    assert [name for name in ORIGINAL if name in text] == []


def test_no_name_of_the_sample_company_is_found_again(sample):
    original, done = sample
    text = _everything(done.folder)
    names = {
        *original.accounts["name"], *original.accounts["chain"].dropna(),
        *original.accounts["account_id"], *original.managers["name"],
        *original.counterparts["name"].dropna(), *original.market_events["competitor"],
        original.name, *(word for name in original.managers["name"] for word in name.split()),
    }  # fmt: skip
    assert len(names) > 600
    found = {name for name in names if name.casefold() in text}
    assert {name for name in found if re.search(rf"\b{name}\b", text, re.IGNORECASE)} == set()


def test_the_scorecard_of_the_sample_company_is_the_same_but_for_the_factor(sample, disguise):
    original, done = sample
    before = ledger.scorecard(original.invoices, as_of=original.as_of)
    firm = engagement.load(done.folder)
    after = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    before.index = before.index.map(lambda name: disguise.alias("account", name))
    before, after = before.sort_index(), after.sort_index()
    money = ["revenue", "revenue_previous", "revenue_total", "margin"]
    days = ["first_order", "last_order"]
    before[money] *= disguise.hundredths / 100
    before[days] -= pd.Timedelta(days=disguise.days)
    assert list(after.index) == list(before.index)
    assert (after[days].to_numpy() == before[days].to_numpy()).all()
    # The ledger takes months to the cent for volatility, which no factor but 1 keeps exact.
    np.testing.assert_allclose(after["volatility"], before["volatility"], rtol=1e-3)
    numbers = before.columns.drop([*days, "volatility"])
    np.testing.assert_allclose(after[numbers], before[numbers].astype(float), rtol=1e-9)


def test_every_line_and_its_dirt_is_counted_as_before(chinese, hidden):
    def counts(folder):
        quality = engagement.load(folder).quality.drop(columns="file")
        return sorted(map(tuple, quality.to_numpy().tolist()))

    assert counts(hidden.folder) == counts(chinese)
    assert hidden.lines == 9


def test_lines_that_a_column_left_out_told_apart_stay_apart(hidden):
    reasons = engagement.load(hidden.folder).set_aside.to_pandas()["reason"]
    assert (reasons == "duplicate of an earlier line").sum() == 1
    assert "invoices, clerk" in hidden.left_out


def test_chains_rivals_and_goals_still_find_what_they_mean(hidden, disguise):
    firm = engagement.load(hidden.folder)
    accounts = firm.accounts.set_index("account_id")
    chain = disguise.alias("chain", "青禾超市")
    assert accounts.loc[disguise.alias("account", "K-001"), "chain"] == chain
    rivals = accounts.loc[disguise.alias("account", "K-002"), "rivals"]
    assert rivals == f"{chain}; {disguise.alias('account', 'K-003')}"
    goal = firm.strategy["goals"][0]
    assert set(goal["values"]) <= set(accounts[goal["column"]].dropna())
    assert goal["name"] == f"Grow with {chain}"


def test_days_and_money_move_together_in_all_tables(hidden, disguise):
    firm = engagement.load(hidden.folder)
    assert firm.as_of == date(2024 - disguise.years, 12, 31)
    assert firm.market_events["date"].tolist() == [
        pd.Timestamp(disguise.day(date(2024, 12, day))) for day in (2, 3)
    ]
    assert firm.capacity["budget"] == pytest.approx(90000.5 * disguise.hundredths / 100, rel=1e-12)


def test_the_costs_of_the_toolkits_measures_are_multiplied_too(chinese, tmp_path):
    done = pseudonymise(
        chinese, tmp_path / "out", key=tmp_path / "secret", library=default_measures()
    )
    factor = _disguise(tmp_path / "secret").hundredths / 100
    merged = measure_list(merge_measures(engagement.load(done.folder).measures))
    np.testing.assert_allclose(merged["cost"], measure_list(default_measures())["cost"] * factor)


def test_the_same_key_gives_the_same_bytes_and_another_key_others(chinese, tmp_path):
    one = pseudonymise(chinese, tmp_path / "one", key=tmp_path / "secret").folder
    two = pseudonymise(chinese, tmp_path / "two", key=tmp_path / "secret").folder
    other = pseudonymise(chinese, tmp_path / "other", key=tmp_path / "another").folder
    for path in one.iterdir():
        assert path.read_bytes() == (two / path.name).read_bytes()
    ids = [set(pd.read_csv(folder / "accounts.csv")["account_id"]) for folder in (one, other)]
    assert not ids[0] & ids[1]


def test_the_original_is_left_as_it_was(chinese, tmp_path):
    before = {path: path.read_bytes() for path in chinese.iterdir()}
    pseudonymise(chinese, tmp_path / "out", key=tmp_path / "secret")
    assert {path: path.read_bytes() for path in chinese.iterdir()} == before


def test_the_decision_log_holds_without_the_name_of_who_decided(chinese, tmp_path):
    weights = {"weights": {"margin": 1.0}, "weights_hash": "0" * 64, "note": "as Ulla Thorn said"}
    append_entry(
        chinese, kind="weights frozen", by="Ulla Thorn", date=date(2024, 6, 3), content=weights
    )
    done = pseudonymise(chinese, tmp_path / "out", key=tmp_path / "secret")
    log, disguise = read_log(done.folder), _disguise(tmp_path / "secret")
    alias = disguise.alias("person", "Ulla Thorn")
    assert not log.faults
    assert (log.entries[0].by, log.entries[0].date) == (alias, disguise.day(date(2024, 6, 3)))
    assert log.entries[0].content == {**weights, "note": f"as {alias} said"}


def test_a_log_that_was_changed_is_not_chained_anew(chinese, tmp_path):
    append_entry(chinese, kind="other", by="Ulla", date=date(2024, 6, 3), content={})
    log = chinese / "decision_log.jsonl"
    log.write_text(log.read_text().replace("2024-06-03", "2024-06-04"))
    with pytest.raises(InputError, match="changed after it was written"):
        pseudonymise(chinese, tmp_path / "out", key=tmp_path / "secret")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("ending", ["parquet", "xlsx", "duckdb"])
def test_other_forms_of_invoices_give_the_same_lines(chinese, tmp_path, ending):
    as_csv = pseudonymise(chinese, tmp_path / "csv", key=tmp_path / "secret")
    lines = pd.read_csv(chinese / "invoices.csv", dtype={"account_id": "str"})
    (chinese / "invoices.csv").unlink()
    if ending == "parquet":
        lines["date"] = pd.to_datetime(lines["date"])
        lines.to_parquet(chinese / "invoices.parquet")
    elif ending == "duckdb":
        with duckdb.connect(str(chinese / "erp.duckdb")) as database:
            database.execute("CREATE TABLE lines AS SELECT * FROM lines")
        with (chinese / "engagement.toml").open("a", encoding="utf-8") as file:
            file.write('[files.invoices]\ndatabase = "erp.duckdb"\ntable = "lines"\n')
    else:
        lines.to_excel(chinese / "invoices.xlsx", index=False, engine="openpyxl")
        assert openpyxl.load_workbook(chinese / "invoices.xlsx")
    done = pseudonymise(chinese, tmp_path / "out", key=tmp_path / "secret")
    expected, seen = (engagement.load(one.folder).invoices.to_pandas() for one in (as_csv, done))
    columns = ["account_id", "invoice_id", "date", "amount", "cost", "product"]
    order = ["date", "account_id", "invoice_id"]
    pd.testing.assert_frame_equal(
        seen[columns].sort_values(order, ignore_index=True),
        expected[columns].sort_values(order, ignore_index=True),
    )


def test_rates_and_foreign_amounts_come_along(make_folder, tmp_path):
    invoices = "account_id,invoice_id,date,amount,currency\nA,1,2024-01-15,100,USD\n"
    folder = make_folder(invoices=invoices, rates="currency,rate\nUSD,0.9\n")
    done = pseudonymise(folder, tmp_path / "out", key=tmp_path / "secret")
    factor = _disguise(tmp_path / "secret").hundredths / 100
    amounts = engagement.load(done.folder).invoices.to_pandas()["amount"]
    assert amounts.tolist() == pytest.approx([90 * factor])


def test_a_folder_with_files_is_not_written_into(chinese, tmp_path):
    full = tmp_path / "full"
    full.mkdir()
    (full / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds files already"):
        pseudonymise(chinese, full, key=tmp_path / "secret")
    assert [file.name for file in full.iterdir()] == ["mine.txt"]


def test_an_engagement_with_faults_is_refused_and_leaves_no_key(make_folder, tmp_path):
    folder = make_folder(invoices="account_id,invoice_id,date,amount\nA,1,soon,5\n")
    with pytest.raises(InputError, match="soon"):
        pseudonymise(folder, tmp_path / "out", key=tmp_path / "secret")
    assert not (tmp_path / "secret").exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("what", ["key", "mapping"])
def test_neither_key_nor_mapping_goes_into_what_is_given_on(chinese, tmp_path, what):
    places = {"key": tmp_path / "secret", "mapping": tmp_path / "who.csv"}
    places[what] = tmp_path / "out" / "sub" / "file"
    with pytest.raises(InputError, match=f"{what} .*expected a place outside"):
        pseudonymise(chinese, tmp_path / "out", **places)


def test_the_mapping_says_whose_alias_it_is_and_is_private(chinese, tmp_path):
    place = tmp_path / "who.csv"
    pseudonymise(chinese, tmp_path / "out", key=tmp_path / "secret", mapping=place)
    table = pd.read_csv(place, dtype="str").set_index("original")
    alias = _disguise(tmp_path / "secret").alias("account", "K-001")
    assert table.loc["K-001"].tolist() == ["account", alias]
    assert stat.S_IMODE(place.stat().st_mode) == 0o600


def test_days_that_would_leave_the_readable_years_are_refused(make_folder, tmp_path):
    invoices = "account_id,invoice_id,date,amount\nA,1,1905-01-15,100\nA,1,2024-01-15,100\n"
    folder = make_folder(invoices=invoices)
    with pytest.raises(InputError, match="saw 1905-01-15"):
        pseudonymise(folder, tmp_path / "out", key=tmp_path / "secret")


def test_what_was_done_is_told_with_a_warning(hidden):
    sentences = describe(hidden)
    assert isinstance(hidden, Pseudonymised)
    assert re.match(r"9 invoice lines; aliases for .*account ids \(3\)", sentences[0])
    assert any("accounts, VAT number" in sentence for sentence in sentences)
    assert sentences[-1].startswith("Pseudonymised is not anonymous")
