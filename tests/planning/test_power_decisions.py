import datetime

import pandas as pd
import pytest

from kamtools.planning.power_decisions import BOARD, DAYS, LAWYER, power_decisions
from kamtools.power.dependence import power_table
from kamtools.power.measures import default_measures
from kamtools.power.planner_portfolio import plan_portfolio
from kamtools.power.planner_rules import PlanRules

DAY = datetime.date(2024, 12, 31)
CORRIDOR = (-0.15, 0.15)
COLUMNS = ["decision", "owner", "date", "cost", "trigger", "because", "kind", "account_id"]


def inputs_of(**accounts):
    rows = []
    for account, sides in accounts.items():
        for side, (stake, availability) in zip(("supplier", "account"), sides, strict=True):
            row = {"account_id": account, "side": side, "part": "all"}
            row |= {f"stake{level}": stake for level in ("_low", "", "_high")}
            row |= {f"availability{level}": availability for level in ("_low", "", "_high")}
            rows.append(row)
    return pd.DataFrame(rows)


def decide(inputs, *, budget=None, **options):
    power = power_table(inputs, draws=200, seed=1)
    rules = PlanRules(CORRIDOR, budget=budget)
    plan = plan_portfolio(inputs, default_measures(), rules, seed=1, draws=100)
    given = {"corridor": CORRIDOR, "as_of": DAY, "owner": "head of sales", **options}
    return power_decisions(power, plan, **given)


TRAP = ((0.7, 0.25), (0.45, 0.6))
EVEN = ((0.3, 0.5), (0.3, 0.5))
OURS = ((0.1, 0.5), (0.7, 0.2))


def test_every_planned_measure_has_an_owner_a_date_and_a_trigger():
    table = decide(inputs_of(a=TRAP), managers=pd.Series({"a": "Ines"}))
    begun = table[table["decision"].str.startswith("Begin")]
    assert len(begun) >= 2
    assert set(begun.loc[begun["account_id"] == "a", "owner"]) == {"Ines"}
    assert (begun["date"] == pd.Timestamp(DAY) + pd.Timedelta(days=DAYS["measure"])).all()
    assert begun["trigger"].str.contains("measured again on 202").all()
    assert (begun["cost"] > 0).all()
    assert (table.loc[~table["decision"].str.startswith("Begin"), "cost"] == 0).all()


def test_counsel_looks_before_a_measure_that_needs_it():
    table = decide(inputs_of(a=TRAP))
    asked = table[table["owner"] == LAWYER]
    assert asked["decision"].str.contains("coalition|notice", case=False).any()
    assert not asked["decision"].duplicated().any()
    assert asked["date"].max() <= table.loc[table["decision"].str.startswith("Begin"), "date"].min()


def test_an_account_that_no_plan_brings_in_goes_to_the_board():
    table = decide(inputs_of(a=TRAP), budget=0)
    assert table["owner"].tolist() == [BOARD]
    assert "how far the firm may depend on a" in table["decision"].iloc[0]


def test_an_even_account_asks_for_no_decision():
    table = decide(inputs_of(a=EVEN))
    assert table.empty
    assert list(table.columns) == COLUMNS


def test_an_account_that_needs_us_more_is_watched():
    table = decide(inputs_of(a=OURS, b=EVEN), budget=0, names=pd.Series({"a": "浩瀚"}))
    assert "Ask 浩瀚 how they see us" in table["decision"].tolist()


def test_what_is_not_known_of_a_side_is_asked_for_first():
    lacking = pd.DataFrame({"account_id": ["z"], "side": ["account"], "needs": ["share_of_wallet"]})
    table = decide(inputs_of(a=TRAP), lacking=lacking)
    assert table["decision"].iloc[0] == "Find out for z: share_of_wallet"
    assert table["owner"].iloc[0] == "head of sales"
    assert table["date"].is_monotonic_increasing


def test_an_account_left_off_the_list_that_is_large_or_strong_goes_to_the_board():
    outside = pd.DataFrame(
        {"revenue_share": [0.29, 0.12], "power_imbalance": [0.6, None], "is_above": [True, False]},
        index=["k", "m"],
    )
    table = power_decisions(
        power_table(inputs_of(a=EVEN), draws=50, seed=1), None, corridor=CORRIDOR, as_of=DAY,
        owner="x", outside=outside, names=pd.Series({"k": "浩瀚"}),
    )  # fmt: skip
    assert table["decision"].tolist() == [
        "Decide whether 浩瀚 is a key account", "Decide whether m is a key account",
    ]  # fmt: skip
    assert table["because"].tolist() == [
        "29 % of sales, and stronger than the corridor allows", "12 % of sales",
    ]  # fmt: skip
    assert set(table["owner"]) == {BOARD}


def test_deciding_changes_nothing():
    inputs = inputs_of(a=TRAP)
    power = power_table(inputs, draws=50, seed=1)
    plan = plan_portfolio(inputs, default_measures(), PlanRules(CORRIDOR), seed=1, draws=50)
    before = power.copy(deep=True), plan.table.copy(deep=True)
    power_decisions(power, plan, corridor=CORRIDOR, as_of=DAY, owner="x")
    pd.testing.assert_frame_equal(power, before[0])
    pd.testing.assert_frame_equal(plan.table, before[1])


@pytest.mark.parametrize("corridor", [(-0.15, 0.15), (-0.3, 0.05)])
def test_the_trigger_names_the_corridor(corridor):
    table = decide(inputs_of(a=TRAP), corridor=corridor)
    begun = table.loc[table["decision"].str.startswith("Begin"), "trigger"]
    high = f"+{corridor[1]:.2f}"
    assert begun.str.contains(high, regex=False).all()
