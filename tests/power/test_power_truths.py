"""The power trap planted in the sample company is found in its files, and can be mended."""

import pytest

from kamtools import ledger
from kamtools.engagement import load, roll_up
from kamtools.power.dependence import power_table
from kamtools.power.dependence_assumptions import default_dependence_assumptions
from kamtools.power.dependence_inputs import join_inputs, lacking_sides, measured_inputs
from kamtools.power.dependence_money import loss_by_side
from kamtools.power.measures import default_measures
from kamtools.power.planner import plan_account
from kamtools.power.planner_rules import PlanRules
from kamtools.samples.company import SEED, planted_truths, write_company

ASSUMED = default_dependence_assumptions()


@pytest.fixture(scope="module")
def truths():
    return planted_truths(seed=SEED).groupby("truth")["account_id"].agg(list)


@pytest.fixture(scope="module")
def trap(truths):
    (account,) = truths["power_trap"]
    return account


@pytest.fixture(scope="module")
def firm(tmp_path_factory):
    folder = tmp_path_factory.mktemp("company") / "firm"
    write_company(folder, seed=SEED)
    return roll_up(load(folder))


@pytest.fixture(scope="module")
def card(firm):
    return ledger.scorecard(firm.invoices, as_of=firm.as_of)


@pytest.fixture(scope="module")
def inputs(firm, card):
    joined = join_inputs(measured_inputs(card, firm.relationship, ASSUMED), firm.dependence)
    lacking = lacking_sides(joined, card.index)
    return joined[~joined["account_id"].isin(lacking["account_id"])]


@pytest.fixture(scope="module")
def power(inputs):
    return power_table(inputs, draws=2_000, seed=1).set_index("account_id")


def test_the_trap_holds_the_firm_captive_beyond_doubt(firm, power, trap):
    row = power.loc[trap]
    assert row["zone"] == "captive supplier"
    assert row["zone_probability"] > 0.99
    assert row["power_imbalance_low"] > firm.power["corridor"][1]


def test_nobody_else_does(power, trap):
    assert power.index[power["power_imbalance_high"] > 0.15].tolist() == [trap]


def test_quiet_accounts_are_not_flagged(firm, power, truths):
    low, high = firm.power["corridor"]
    quiet = power.loc[[*truths["supermarket_channel"], *truths["fader"]]]
    assert quiet["power_imbalance"].between(low, high).all()
    assert (quiet["zone"] == "loose").all()


def test_the_kiosks_that_want_the_brand_depend_more_than_the_firm(power, truths):
    (riser,) = truths["riser"]
    assert power.loc[riser, "zone"] == "captive account"


def test_the_trap_is_not_found_without_what_people_judged(firm, card, trap):
    # Invoices and facts alone do not hold the line and the tools that were made for it.
    measured = measured_inputs(card, firm.relationship, ASSUMED)
    own = measured[measured["account_id"] == trap]
    assert power_table(own, draws=500, seed=1)["power_imbalance"].iloc[0] < 0.15


def test_a_set_of_measures_brings_the_trap_into_the_corridor(firm, inputs, trap):
    low, high = firm.power["corridor"]
    plan = plan_account(inputs, default_measures(), PlanRules((low, high)), seed=1, account_id=trap)
    assert plan.is_reached
    assert plan.checked_probability > 0.75
    assert plan.before["power_imbalance"] > high
    assert low <= plan.after["power_imbalance"] <= high
    assert plan.cost < firm.capacity["budget"]


def test_parting_costs_the_firm_far_more_than_the_trap(firm, card, trap):
    loss = loss_by_side(card, firm.relationship, ASSUMED).set_index(["account_id", "side"])
    ours, theirs = loss.loc[(trap, "supplier")], loss.loc[(trap, "account")]
    assert ours["margin_lost_low"] > theirs["margin_lost_high"]


def test_stores_come_under_their_chain_and_each_part_stands_once(firm, inputs):
    assert {"青禾超市", "Orchard & Quay"} <= set(firm.dependence["account_id"])
    assert not inputs.duplicated(["account_id", "side", "part"]).any()
