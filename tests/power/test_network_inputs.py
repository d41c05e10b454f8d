import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.dependence import middle_dependence, power_table
from kamtools.power.measures import default_measures
from kamtools.power.network import network_pairs
from kamtools.power.network_inputs import network_inputs
from kamtools.power.planner import plan_account
from kamtools.power.planner_rules import PlanRules

PAIRS = network_pairs(
    pd.DataFrame(
        {
            "period": 2022,
            "supplier": ["Still", "Still", "Still", "Giant", "Giant"],
            "account_id": ["Chain", "Corner", "Kiosk", "Chain", "Corner"],
            "amount": [60.0, 25.0, 15.0, 540.0, 180.0],
        }
    )
)
OWN = PAIRS[PAIRS["supplier"] == "Still"].set_index("account_id")


def test_dependence_from_these_inputs_is_that_of_the_network():
    table = middle_dependence(network_inputs(PAIRS, supplier="Still", source="ours"))
    for name in ("supplier_dependence", "account_dependence", "power_imbalance"):
        assert table[name].tolist() == pytest.approx(OWN.loc[table.index, name].tolist())


def test_the_power_table_accepts_them():
    table = power_table(network_inputs(PAIRS, supplier="Still", source="ours"), draws=50, seed=1)
    assert table["account_id"].tolist() == ["Chain", "Corner", "Kiosk"]
    assert (table["power_imbalance_low"] <= table["power_imbalance_high"]).all()


def test_a_plan_is_made_of_them_with_the_library_of_measures():
    inputs = network_inputs(PAIRS, supplier="Still", source="ours")
    rules = PlanRules(corridor=(-0.15, 0.15), probability=0.5)
    plan = plan_account(inputs, default_measures(), rules, seed=1, account_id="Chain", draws=100)
    now = OWN.loc["Chain"]
    low, high = (plan.before[f"power_imbalance_{end}"] for end in ("low", "high"))
    assert low < now["power_imbalance"] < high
    assert plan.account_id == "Chain"
    assert abs(plan.after["power_imbalance"]) < abs(plan.before["power_imbalance"])


def test_availability_has_the_range_of_the_assumptions():
    inputs = network_inputs(PAIRS, supplier="Still", source="ours")
    chain = inputs[(inputs["account_id"] == "Chain") & (inputs["side"] == "supplier")].iloc[0]
    assert chain["availability_low"] < chain["availability"] < chain["availability_high"]
    assert (chain["whose"], chain["basis"], chain["source"]) == ("ledger", "assumed", "ours")


def test_intervals_give_the_stakes_their_range():
    intervals = pd.DataFrame({"supplier": "Still", "account_id": ["Chain"],
                              "supplier_share_low": 0.5, "supplier_share_high": 0.7,
                              "account_share_low": 0.05, "account_share_high": 0.2})  # fmt: skip
    inputs = network_inputs(PAIRS, supplier="Still", source="ours", intervals=intervals)
    chain = inputs[(inputs["account_id"] == "Chain") & (inputs["side"] == "supplier")].iloc[0]
    kiosk = inputs[inputs["account_id"] == "Kiosk"].iloc[0]
    assert chain[["stake_low", "stake", "stake_high"]].tolist() == [0.5, 0.6, 0.7]
    assert kiosk["stake_low"] == kiosk["stake"] == kiosk["stake_high"]


def test_an_unknown_supplier_is_refused():
    with pytest.raises(InputError, match="supplier Nobody is not among the pairs"):
        network_inputs(PAIRS, supplier="Nobody", source="ours")


def test_two_periods_of_pairs_are_refused():
    two = pd.concat([PAIRS, PAIRS.assign(period=2023)])
    with pytest.raises(InputError, match="one period at a time; got 2"):
        network_inputs(two, supplier="Still", source="ours")


def test_pairs_of_the_inputs_are_left_unchanged():
    before = PAIRS.copy(deep=True)
    network_inputs(PAIRS, supplier="Still", source="ours")
    pd.testing.assert_frame_equal(PAIRS, before)
