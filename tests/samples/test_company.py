"""The sample company: its size, its files, and the truths planted in it."""

import hashlib
import tomllib
from pathlib import Path

import pandas as pd
import pytest

from kamtools import schema
from kamtools.errors import InputError
from kamtools.samples import company

YEAR = ("2024-01-01", "2024-12-31")
YEAR_BEFORE = ("2023-01-01", "2023-12-31")
OTHER_SEEDS = [1, 2, 7, 12]

NOT_IN_SAMPLE = {"rates", "time_equations", "measures"}
"""Tables that a firm like the sample company has no need of."""


def buying_organisation(accounts: pd.DataFrame) -> pd.Series:
    """Return who buys, the chain or the account itself, by account_id."""
    return accounts["chain"].fillna(accounts["account_id"]).set_axis(accounts["account_id"])


def clean_lines(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Return the lines without their faults, under the organisation that buys."""
    lines = tables["invoices"].drop_duplicates()
    lines = lines[lines["account_id"].notna() & (lines["amount"] != 0)]
    lines = lines[lines["date"] <= YEAR[1]]
    buyer = buying_organisation(tables["accounts"])
    return lines.assign(account_id=lines["account_id"].map(buyer))


def last_year(tables: dict[str, pd.DataFrame], truths: pd.Series) -> pd.DataFrame:
    """Return revenue, rank, margin, profit after service and growth by organisation."""
    lines = clean_lines(tables)
    year = lines[lines["date"].between(*YEAR)].groupby("account_id")[["amount", "cost"]].sum()
    before = lines[lines["date"].between(*YEAR_BEFORE)].groupby("account_id")["amount"].sum()
    service = tables["service"][tables["service"]["date"].between(*YEAR)]
    buyer = service["account_id"].map(buying_organisation(tables["accounts"]))
    table = pd.DataFrame({"revenue": year["amount"], "margin": year["amount"] - year["cost"]})
    table["rank"] = table["revenue"].rank(ascending=False)
    table["service"] = service.groupby(buyer)["cost"].sum()
    table["service"] = table["service"].fillna(0.0)
    table["profit"] = table["margin"] - table["service"]
    table["growth"] = table["revenue"] / before - 1
    return table.join(truths).fillna({"truth": ""})


@pytest.fixture(scope="module")
def tables():
    return company.make_company(seed=company.SEED)


@pytest.fixture(scope="module", params=[company.SEED, *OTHER_SEEDS])
def firm(request):
    truths = company.planted_truths(seed=request.param).set_index("account_id")["truth"]
    tables = company.make_company(seed=request.param)
    return tables, last_year(tables, truths)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("company") / "lantern"
    company.write_company(path, seed=company.SEED)
    return path


def digests(folder: Path) -> dict[str, str]:
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_every_table_is_valid_and_named_as_in_the_schema(tables):
    assert set(tables) == set(schema.TABLES) - NOT_IN_SAMPLE
    for name, table in tables.items():
        schema.TABLES[name].validate(table)


def test_there_are_300_accounts_and_64_of_them_are_stores_of_8_chains(tables):
    stores = tables["accounts"]["chain"].value_counts()
    assert len(tables["accounts"]) == 300
    assert (len(stores), stores.sum()) == (8, 64)
    assert stores.between(4, 15).all()


def test_invoices_cover_36_months_in_25_to_40_thousand_lines(tables):
    lines = clean_lines(tables)
    assert 25_000 < len(tables["invoices"]) < 40_000
    assert lines["date"].dt.to_period("M").nunique() == 36
    assert lines["product"].nunique() == 12


def test_every_invoice_belongs_to_one_account_and_one_day(tables):
    lines = tables["invoices"].dropna(subset="account_id")
    lines = lines[lines["date"] <= YEAR[1]]
    by_invoice = lines.groupby("invoice_id")
    assert (by_invoice["account_id"].nunique() == 1).all()
    assert (by_invoice["date"].nunique() == 1).all()


def test_negative_lines_are_credit_notes_with_numbers_of_their_own(tables):
    lines = tables["invoices"]
    is_credit = lines["invoice_id"].str.startswith("CN")
    assert is_credit.sum() > 300
    assert (lines.loc[is_credit, "amount"] < 0).all()
    assert (lines.loc[~is_credit, "amount"] >= 0).all()


def test_faults_are_there_and_less_than_one_line_in_a_hundred(tables):
    lines = tables["invoices"]
    faults = {
        "duplicated": lines.duplicated().sum(),
        "blank": lines["account_id"].isna().sum(),
        "zero": (lines["amount"] == 0).sum(),
        "late": (lines["date"] > YEAR[1]).sum(),
    }
    assert faults == {"duplicated": 42, "blank": 26, "zero": 31, "late": 14}
    assert sum(faults.values()) < 0.01 * len(lines)


def test_names_are_unique_a_fifth_chinese_and_some_are_awkward(tables):
    names = tables["accounts"]["name"]
    assert names.is_unique
    assert 0.12 < names.str.contains("[\u4e00-\u9fff]").mean() < 0.3
    assert {"Moor & Sons <Wholesale>", "+Plus Kiosk"} <= set(names)


def test_sales_are_concentrated_as_in_a_real_firm(firm):
    revenue = firm[1]["revenue"].sort_values(ascending=False)
    top = revenue.iloc[: len(revenue) // 5].sum() / revenue.sum()
    assert 0.7 < top < 0.85


def test_sales_have_a_season_and_the_summer_is_its_low(tables):
    lines = clean_lines(tables)
    by_month = lines.groupby(lines["date"].dt.month)["amount"].sum()
    assert by_month.idxmin() == 7
    assert by_month.max() > 1.15 * by_month.min()


def test_the_firm_earns_money_and_a_few_small_accounts_cost_some(firm):
    table = firm[1]
    losing = table[(table["profit"] < 0) & (table["truth"] == "")]
    assert table["profit"].sum() > 0.1 * table["revenue"].sum()
    assert 0 < len(losing) < 0.1 * len(table)
    assert (losing["rank"] > 20).all()


def test_ratings_and_facts_have_gaps_for_ordinary_accounts_only(tables):
    accounts = tables["accounts"].filter(like="_rating")
    assert 0.05 < accounts.isna().to_numpy().mean() < 0.3
    known = tables["relationship"]["account_id"].map(buying_organisation(tables["accounts"]))
    assert 60 < known.nunique() < 110
    assert set(company.planted_truths(seed=company.SEED)["account_id"]) <= set(known)


def test_stores_of_a_chain_share_its_ratings_and_facts(tables):
    accounts = tables["accounts"].merge(tables["relationship"], on="account_id", how="left")
    own = [*accounts.filter(like="_rating"), "share_of_wallet", "alternatives"]
    assert (accounts.groupby("chain")[own].nunique(dropna=False) == 1).all(axis=None)


def test_activities_cross_the_five_functions_of_the_client_and_the_firm(tables):
    functions = set(tables["activities"]["function"])
    assert functions == {"client", "finance", "purchasing", "production", "after-sales"}


def test_references_between_the_tables_hold(tables):
    known = set(tables["accounts"]["account_id"])
    for name in ("service", "relationship", "initiatives", "counterparts"):
        assert set(tables[name]["account_id"].dropna()) <= known
    managers = set(tables["managers"]["manager_id"])
    assert set(tables["accounts"]["manager_id"]) == managers
    assert set(tables["competences"]["manager_id"]) == managers


def test_every_truth_is_planted_and_none_stands_in_the_tables(tables):
    planted = company.planted_truths(seed=company.SEED)
    assert planted["truth"].value_counts().to_dict() == {
        "supermarket_channel": 4,
        "fader": 1,
        "loses_money_when_served": 1,
        "power_trap": 1,
        "riser": 1,
    }
    assert planted.notna().all(axis=None)
    assert not any({"truth", "sales_rank"} & set(table) for table in tables.values())


def test_the_account_that_loses_money_is_among_the_five_largest(firm):
    loser = firm[1].query("truth == 'loses_money_when_served'").iloc[0]
    assert loser["rank"] <= 5
    assert loser["margin"] > 0.22 * loser["revenue"]
    assert loser["profit"] < -0.15 * loser["margin"]


def test_the_riser_is_in_the_middle_by_sales_and_grows_fastest(firm):
    table = firm[1]
    riser = table.query("truth == 'riser'").iloc[0]
    assert 40 <= riser["rank"] <= 70
    assert riser["growth"] > 1.3
    assert riser["growth"] == table["growth"].max()


def test_the_fader_is_among_the_ten_largest_and_falls_month_after_month(firm):
    tables, table = firm
    fader = table.query("truth == 'fader'").iloc[0]
    lines = clean_lines(tables)
    lines = lines[(lines["account_id"] == fader.name) & lines["date"].between(*YEAR)]
    by_month = lines.groupby(lines["date"].dt.month)["amount"].sum()
    assert fader["rank"] <= 10
    assert fader["growth"] < -0.4
    assert (by_month.diff().dropna() < 0).sum() >= 8
    assert by_month.loc[10:].sum() < 0.6 * by_month.loc[:3].sum()


def test_the_city_supermarkets_are_small_in_sales_and_all_that_the_goal_names(firm):
    tables, table = firm
    supermarkets = table.query("truth == 'supermarket_channel'")
    accounts = tables["accounts"]
    named = accounts[accounts["segment"] == "city supermarket"]["account_id"]
    assert (supermarkets["rank"] > 60).all()
    assert set(named.map(buying_organisation(accounts))) == set(supermarkets.index)


def test_the_power_trap_is_the_largest_and_hardly_needs_the_firm(firm):
    tables, table = firm
    trap = table.query("truth == 'power_trap'").iloc[0]
    facts = tables["relationship"].set_index("account_id").loc[trap.name]
    assert trap["rank"] == 1
    assert trap["revenue"] > 0.1 * table["revenue"].sum()
    assert facts["share_of_wallet"] < 0.05
    assert facts["alternatives"] > 10
    assert facts["months_to_replace_them"] > 10 * facts["months_to_replace_us"]


def test_sales_rank_takes_loser_and_fader_and_misses_riser_and_supermarkets(firm):
    top = set(firm[1].query("rank <= 20")["truth"])
    assert {"loses_money_when_served", "fader"} <= top
    assert not {"riser", "supermarket_channel"} & top


def test_an_even_mean_of_ranks_finds_the_truths_that_sales_rank_misses(firm):
    tables, table = firm
    judged = tables["accounts"].assign(
        account_id=buying_organisation(tables["accounts"]).to_numpy()
    )
    judged = judged.groupby("account_id").first().filter(like="_rating")
    pluses = table[["profit", "growth"]].join(judged.drop(columns="bargaining_power_rating"))
    minuses = table[["service"]].join(judged["bargaining_power_rating"])
    criteria = pluses.rank(pct=True).join((-minuses).rank(pct=True))
    rank = criteria.mean(axis=1).rank(ascending=False)
    by_truth = rank.groupby(table["truth"])
    assert by_truth.max()[["riser", "supermarket_channel"]].max() <= 50
    assert by_truth.min()[["loses_money_when_served", "fader"]].min() > 100


def test_the_same_seed_makes_the_same_bytes(folder, tmp_path):
    company.write_company(tmp_path / "again", seed=company.SEED)
    assert digests(folder) == digests(tmp_path / "again")


def test_another_seed_makes_another_company(folder, tmp_path):
    company.write_company(tmp_path / "other", seed=company.SEED + 1)
    other, here = digests(tmp_path / "other"), digests(folder)
    assert all(other[f"{name}.csv"] != here[f"{name}.csv"] for name in ("invoices", "accounts"))


def test_the_folder_holds_the_settings_and_a_file_for_each_table(folder):
    names = {file.name for file in folder.iterdir()}
    expected = {f"{name}.csv" for name in set(schema.TABLES) - NOT_IN_SAMPLE}
    assert names == {"engagement.toml"} | expected
    assert "riser" not in "".join(file.read_text(encoding="utf-8") for file in folder.iterdir())


def test_the_settings_name_the_goal_of_the_supermarket_channel(folder):
    settings = tomllib.loads((folder / "engagement.toml").read_text(encoding="utf-8"))
    goal = settings["strategy"]["goals"][0]
    assert (goal["column"], goal["values"]) == ("segment", ["city supermarket"])
    assert str(settings["as_of"]) == YEAR[1]
    assert settings["capacity"]["headcount"] == 8


def test_capacity_in_the_settings_is_that_of_the_managers(folder, tables):
    settings = tomllib.loads((folder / "engagement.toml").read_text(encoding="utf-8"))
    hours = 12 * tables["managers"]["capacity_hours_per_month"].sum()
    assert settings["capacity"]["hours_per_year"] == hours


def test_an_empty_folder_is_filled(tmp_path):
    company.write_company(tmp_path, seed=1)
    assert (tmp_path / "invoices.csv").stat().st_size > 1_000_000


def test_a_folder_that_holds_something_is_refused_and_left_alone(tmp_path):
    (tmp_path / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is not empty; the sample company goes into a new"):
        company.write_company(tmp_path, seed=1)
    assert [file.name for file in tmp_path.iterdir()] == ["notes.txt"]


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "sample").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is not a folder; the sample company goes into a new"):
        company.write_company(tmp_path / "sample", seed=1)


def test_a_failure_while_writing_leaves_nothing_behind(tmp_path, monkeypatch):
    def broken(*, seed):
        raise OSError("disk full")

    monkeypatch.setattr(company, "make_company", broken)
    with pytest.raises(OSError, match="disk full"):
        company.write_company(tmp_path / "sample", seed=1)
    assert list(tmp_path.iterdir()) == []


def test_changing_what_was_made_does_not_change_what_is_made_next():
    first = company.make_company(seed=3)
    for table in first.values():
        table.iloc[:, 0] = None
    second = company.make_company(seed=3)
    assert all(table.iloc[:, 0].notna().any() for table in second.values())
