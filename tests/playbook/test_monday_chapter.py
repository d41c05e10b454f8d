"""Every figure of chapter 5 is computed again, or read from the notebooks, and looked for."""

import datetime
import re
from functools import cache
from pathlib import Path

import duckdb
import nbformat
import numpy as np
import pandas as pd
import pytest

from kamtools import engagement, ledger
from kamtools.assortment import group_sales
from kamtools.planning.briefing_gate import check_lines, gate_examples
from kamtools.planning.calendar_rules import CalendarRules
from kamtools.planning.default_choice import default_choice
from kamtools.planning.notice_kept import notice_kept
from kamtools.planning.relationship_map import STALE_DAYS
from kamtools.planning.relationship_threads import independent_threads
from kamtools.planning.similar_accounts import NUMBER
from kamtools.planning.white_space_backtest import backtest_white_space
from kamtools.planning.white_space_gaps import AT_LEAST
from kamtools.planning.working_days import working_day_before
from kamtools.power.planner_words import signed
from kamtools.publishing.records import as_frame, kept_tables
from kamtools.samples import locate

REPOSITORY = Path(__file__).resolve().parents[2]
TEXT = (REPOSITORY / "playbook" / "5-monday.md").read_text(encoding="utf-8")
HALVES = (datetime.date(2011, 6, 9), datetime.date(2011, 12, 9))
COMMON = 20
"""Product codes that a last word needs to be a kind of goods of its own."""


@cache
def notebook(name):
    return nbformat.read(REPOSITORY / "notebooks" / f"{name}.ipynb", as_version=4)


@cache
def kept(name):
    return {record["name"]: as_frame(record) for record in kept_tables(notebook(name))}


@cache
def said(name):
    """Return all that the cells of a notebook say, in plain text."""
    outputs = (output for cell in notebook(name).cells for output in cell.get("outputs", []))
    return " ".join(output.get("data", {}).get("text/plain", "") for output in outputs)


def share(value):
    return f"{100 * value:.0f} %"


def back_test_line(label, found):
    """Return the row of the table of back-tests."""
    table = found.table
    low, middle, high = table.loc["lift_over_like", ["low", "value", "high"]]
    tells = middle >= 1.1 and low > 1
    lift = f"**{middle:.2f}**" if tells else f"{middle:.2f}"
    money = table.loc["realised"] * 100
    filled, like = table.loc[["filled", "like_gaps"], "value"]
    return (
        f"| {label} | {found.accounts:,} | {found.named:,} | {share(filled)} | {share(like)} | "
        f"{lift} ({low:.2f} to {high:.2f}) | "
        f"{money['value']:.0f} % ({money['low']:.0f} to {money['high']:.0f}) |"
    )


def kinds_of_goods(file):
    """Return product code -> its kind: the commonest last word of its descriptions."""
    lines = duckdb.sql(
        f"SELECT DISTINCT StockCode product, Description words FROM '{file}' ORDER BY ALL"
    ).df()
    lines = lines.dropna().astype(str)
    letters = lines["words"].str.upper().str.replace(r"[^A-Z ]", " ", regex=True)
    last = lines.assign(word=letters.str.split().str[-1]).dropna()
    kinds = last.groupby("product")["word"].agg(lambda words: words.value_counts().index[0])
    counts = kinds.value_counts()
    return kinds.where(kinds.isin(counts[counts >= COMMON].index), "OTHER")


def online_retail_tests(shared_data, groups, **options):
    """Return the back-test of Online Retail's two half-years of 2011."""
    firm = engagement.load(locate("online-retail"))
    before, after = (
        group_sales(firm.invoices, as_of=day, months=6, groups=groups) for day in HALVES
    )
    count = before["product_group"].nunique()
    return count, backtest_white_space(before, after, draws=1_000, seed=1, **options)


def test_back_test_of_kinds_families_and_products_is_as_told(shared_data, monkeypatch):
    monkeypatch.setenv("KAMTOOLS_DATA", str(shared_data))
    kinds = kinds_of_goods(shared_data / "online_retail" / "online_retail.parquet")
    codes = kinds.index.to_series()
    families = codes.str.extract(r"^(\d{3})")[0].dropna()
    told = TEXT.splitlines()
    named = {"kinds of goods": kinds, "families of codes": families, "product codes": None}
    for label, groups in named.items():
        count, found = online_retail_tests(shared_data, groups)
        assert back_test_line(f"Online Retail, {count:,} {label}", found) in told
        if label == "kinds of goods":
            filled, like = found.table.loc[["filled", "like_gaps"], "value"] * 100
            assert f"{filled:.0f} in 100 gaps named were filled, of such gaps" in TEXT
            assert f"elsewhere {like:.0f}; the range holds 1" in TEXT
            assert found.table.loc["lift_over_like", "low"] < 1
    assert f"filled {found.table.loc['lift', 'value']:.0f} times as often" in TEXT
    _, looser = online_retail_tests(shared_data, None, at_least=0.3)
    assert back_test_line("the same, named where 30 % buy", looser) in told


def test_back_test_of_the_bicycle_maker_is_as_told(shared_data, monkeypatch):
    monkeypatch.setenv("KAMTOOLS_DATA", str(shared_data))
    firm = engagement.load(locate("adventureworks"))
    before, after = (
        group_sales(firm.invoices, as_of=datetime.date(year, 5, 31)) for year in (2019, 2020)
    )
    found = backtest_white_space(before, after, draws=1_000, seed=1)
    label = f"AdventureWorks (fictitious), {before['product_group'].nunique()} products"
    assert back_test_line(label, found) in TEXT.splitlines()


def test_back_test_of_the_sample_company_is_as_told():
    firm = engagement.roll_up(engagement.load(locate("sample")))
    before, after = (
        group_sales(firm.invoices, as_of=datetime.date(year, 12, 31)) for year in (2023, 2024)
    )
    segments = firm.accounts.set_index("account_id")["segment"]
    found = backtest_white_space(before, after, segments=segments, draws=1_000, seed=1)
    label = f"Sample company, {before['product_group'].nunique()} products"
    assert back_test_line(label, found) in TEXT.splitlines()


def test_money_that_came_is_told_from_its_least_to_its_most():
    came = re.findall(r"^\| (?:Online|the same|Adventure).+\| (\d+) % \(", TEXT, re.MULTILINE)
    assert f"{min(map(int, came))} to {max(map(int, came))} % of it came" in TEXT


def test_settings_are_those_of_the_code():
    rules = CalendarRules()
    for told in [
        f"The {NUMBER} most similar count",
        f"{STALE_DAYS} days without a contact",
        f"(E1) | {rules.plan_days} days before the plan's year",
        f"(E2) | {rules.notice_days} days before each step",
        f"(E3) | working day {rules.briefing_working_day} of each month",
        f"working day {rules.review_working_day} after it",
    ]:
        assert told in TEXT
    assert AT_LEAST == 0.5  # "at least half of them buy it"


def test_plan_of_the_account_is_that_of_the_notebook():
    tables = kept("5_account_plan")
    position = tables["position"].set_index("item")
    goals, actions = tables["goals"].set_index("goal"), tables["actions"]
    sizes = tables["account_plan"]["section"].value_counts()
    assert (
        f"{sizes['position']} figures, {sizes['goal']} goals, {sizes['action']} actions and "
        f"{sizes['risk']} risks"
    ) in TEXT
    worth = position["value"].astype(str)
    sales, profit = (
        f"EUR {float(worth[item]):,.0f}" for item in ("Sales of a year", "Profit after serving it")
    )
    assert f"| {sales}; {profit} |" in TEXT
    imbalance = position.loc["Power imbalance"]
    low, middle, high = (signed(float(imbalance[end])) for end in ("low", "value", "high"))
    assert f"{middle} ({low} to {high}): {worth['Zone of the power map']}" in TEXT
    corridor, roles, notices = (
        goals[goals.index.str.contains(word)].iloc[0]
        for word in ("corridor", "Every role", "Notices")
    )
    assert f"corridor by {corridor.date} | " in TEXT
    assert f"| {signed(corridor.today)} to {signed(corridor.target)} |" in TEXT
    assert f"talks to | {roles.today:.0f} to {roles.target:.0f} |" in TEXT
    assert f"promised | {share(notices.today)} to {share(notices.target)} |" in TEXT
    kinds = actions["kind"].value_counts()
    assert (
        f"| {kinds['power']}, {kinds['calendar']}, {kinds['contacts']}; "
        f"EUR {actions['cost'].sum():,.0f} a year |"
    ) in TEXT
    leaves = tables["risks"].set_index("risk")["today"].filter(like="leaves").iloc[0]
    assert f"| it leaves | {leaves} |" in TEXT


def test_first_actions_are_those_of_counsel():
    owners = kept("5_account_plan")["actions"]["owner"]
    first = int((owners == "legal counsel").cummin().sum())
    assert first == (owners == "legal counsel").sum()
    assert f"The first {first} actions are counsel's" in TEXT


def test_map_of_the_account_is_that_of_the_notebook():
    talks = re.search(r"talks to (\d) of (\d) client roles", said("5_account_plan"))
    assert f"Gantry: {talks[1]} of {talks[2]} covered" in TEXT
    gaps = kept("5_account_plan")["contact_gaps"].set_index("subject")["gap"]
    assert (gaps == "single thread").sum() == 1
    for role in gaps.index[gaps == "nobody"]:
        assert f"the {role}" in TEXT


def test_white_space_of_the_account_is_that_of_the_notebook():
    likeness = re.search(r"\(median likeness [\d.]+ of 1\)", said("5_account_plan"))[0]
    assert likeness in TEXT
    assert "lacks no product group that most of them buy" in said("5_account_plan")


def test_promise_kept_is_that_of_the_sample_and_rises_with_a_shorter_promise():
    calendar = kept("5_account_plan")["calendar"]
    notices = calendar[calendar["kind"] == "notice"]
    assert f"{len(notices)} notices to {notices['account_id'].nunique()} accounts" in TEXT
    firm = engagement.roll_up(engagement.load(locate("sample")))
    scorecard = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    accounts = default_choice(firm, scorecard).index
    assert set(notices["account_id"]) - set(accounts) == {"A065", "A175"}  # "all but two"
    of_days = {
        days: notice_kept(firm.initiatives, firm.notices, promised_days=days,
                          accounts=accounts, as_of=firm.as_of)
        for days in (14, 21, 31)
    }  # fmt: skip
    usual, short, long = of_days[21], of_days[14], of_days[31]
    verdicts = usual.table["verdict"].value_counts()
    late = usual.table.loc[usual.table["verdict"] == "late", "notice_days"].unique()
    assert f"kept **{usual.kept} of {usual.due}, {share(usual.share)}**" in TEXT
    assert f"{verdicts['late']} came late ({late.item():.0f} days instead of 21)" in TEXT
    assert f"{verdicts['missing']} never" in TEXT
    assert f"gives **{short.kept} of {short.due}, {share(short.share)}**" in TEXT
    assert f"promise 31, and it gives {long.kept} of {long.due}." in TEXT
    assert f"from {share(usual.share)} to {share(short.share)}" in TEXT
    assert f"Of {usual.due} notices due {usual.kept} were given" in said("5_account_plan")


def test_log_takes_the_old_notice_for_the_new_day_of_a_step_that_moved():
    told = pd.DataFrame({"account_id": ["A"], "initiative": "Price list", "date": "2025-02-20"})
    verdicts = [
        notice_kept(pd.DataFrame({"initiative": ["Price list"], "date": [day]}), told,
                    promised_days=21, accounts=["A"], as_of=datetime.date(2025, 3, 31))
        .table["verdict"].item()
        for day in ("2025-03-03", "2025-03-20")
    ]  # fmt: skip
    assert verdicts == ["late", "kept"]


def test_answers_to_the_exercises_are_right():
    links = pd.DataFrame({"client_role": ["buyer", "owner", "owner", "owner"],
                          "person": ["Lin", "Lin", "Eva", "Max"]})  # fmt: skip
    assert independent_threads(links) == 2
    due = datetime.date(2025, 5, 5) - datetime.timedelta(days=15)
    told = [
        working_day_before([due], CalendarRules(holidays=holidays))[0]
        for holidays in ((), (datetime.date(2025, 4, 18),))
    ]
    assert told == [np.datetime64("2025-04-18"), np.datetime64("2025-04-17")]
    assert (np.datetime64("2025-05-05") - told[0]).astype(int) == 17
    late = kept("5_account_plan")["calendar"].query("kind == 'notice' and status == 'late'")
    left = late["notice_days"].unique().item()
    assert f"in the sample {len(late)}, as with 21 days: their step begins in {left:.0f} " in TEXT
    assert left < 14  # so none of them would be in time with a promise of 14 days


def test_three_lines_of_the_notebook_are_refused_for_the_reasons_told():
    lines = gate_examples(datetime.date(2024, 12, 31))
    refused = check_lines(lines, addressee="Ox", other_accounts=[]).query("verdict == 'refused'")
    assert len(refused) == 3
    reasons = refused["reason"].tolist()
    assert [reason.split("; ")[-1] for reason in reasons] == [
        "comes from a client of ours", "future prices, volumes, capacity or bids", "no source",
    ]  # fmt: skip
    verdicts = kept("6_briefing")["gate_verdicts"]["verdict"]
    assert (verdicts == "refused").sum() == len(refused)


@pytest.mark.parametrize("name", ["5_account_plan", "6_briefing"])
def test_exercises_of_a_notebook_are_those_of_the_chapter(name):
    turn = next(cell.source for cell in notebook(name).cells if "## Your turn" in cell.source)
    asked = re.findall(r"`(\w+ = [^`]+)`", turn)
    assert asked
    assert [option for option in asked if f"`{option}`" not in TEXT] == []
