"""Answers on measuring power: the worked numbers, and what becomes of accounts put into zones."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools import ledger
from kamtools.engagement import load, roll_up
from kamtools.errors import InputError
from kamtools.learning import power_answers as found
from kamtools.learning.power_examples import (
    critical_part,
    four_accounts,
    uncertain_account,
    worked_account,
)
from kamtools.power.zones import ZONES
from kamtools.samples import locate

shares = st.floats(0, 1)


def pair(supplier, account):
    return pd.DataFrame({"supplier_dependence": [supplier], "account_dependence": [account]},
                        index=["Harbour"])  # fmt: skip


def test_worked_account_has_the_numbers_of_the_playbook():
    context = {"inputs": worked_account()}  # methods 0.4: .525 and .180, +.345 and .705
    assert found.joined(context) == pytest.approx(0.525)
    assert found.imbalance(context) == pytest.approx(0.345)
    assert found.mutual(context) == pytest.approx(0.705)


def test_critical_part_holds_by_noisy_or_what_the_mean_lets_go():
    context = {"inputs": critical_part()}
    assert found.joined(context) == pytest.approx(1 - 0.9 * 0.95 * 0.28)
    assert found.mean_part(context) == pytest.approx(0.29)


def test_one_part_that_cannot_be_replaced_is_enough_to_depend_wholly():
    inputs = critical_part()
    inputs.loc[inputs["part"] == "approval", ["stake", "stake_high"]] = 1.0
    columns = ["availability_low", "availability"]
    inputs.loc[inputs["part"] == "approval", columns] = 0.0
    assert found.joined({"inputs": inputs}) == pytest.approx(1.0)


@pytest.mark.parametrize(("column", "value"), [("stake", 0.05), ("availability", 0.95)])
def test_joined_dependence_is_between_the_largest_part_and_their_sum(column, value):
    inputs = critical_part()
    inputs[[f"{column}_low", column, f"{column}_high"]] = value
    parts = found.supplier_parts({"inputs": inputs})
    assert parts.max() < found.joined({"inputs": inputs}) < parts.sum()


def test_one_fact_alone_flips_the_uncertain_account_and_is_not_the_widest():
    context = {"inputs": uncertain_account()}
    (fact,) = found.flipping_facts(context)
    assert fact not in {found.widest_range(context), found.largest_stake(context)}
    assert found.flipping_facts(context) < found.flipping_if_wholly_wrong(context)


def test_facts_that_are_known_flip_nothing():
    inputs = uncertain_account()
    for end in ("_low", "_high"):
        inputs[f"stake{end}"], inputs[f"availability{end}"] = (
            inputs["stake"],
            inputs["availability"],
        )
    assert found.flipping_facts({"inputs": inputs}) == set()


def test_four_accounts_lie_in_four_zones():
    assert len(set(found._zones(four_accounts()).values())) == 4


@given(shares, shares, st.sampled_from(ZONES))
def test_one_zone_of_five_is_right_and_the_others_are_not(supplier, account, guess):
    places = pair(supplier, account)
    verdicts = [found.zone_verdict({"Harbour": zone}, places) for zone in ZONES]
    assert verdicts.count(found.PLACED) == 1
    is_right = found.zone_verdict({"Harbour": guess}, places) == found.PLACED
    assert is_right == (found._zones(places)["Harbour"] == guess)


@given(shares, shares)
def test_captive_sides_change_places_when_the_pair_does(supplier, account):
    there, back = (found._zones(pair(*sides))["Harbour"]
                   for sides in ((supplier, account), (account, supplier)))  # fmt: skip
    turned = {"captive supplier": "captive account", "captive account": "captive supplier"}
    assert back == turned.get(there, there)


@pytest.mark.parametrize(
    ("guess", "fault"),
    [
        ("captive account", found.TURNED),
        ("interlocked", found.UNEVEN),
        ("loose", found.UNNAMED),
        ("strong", found.NO_ZONE),
        (3, found.NO_ZONE),
    ],
)
def test_a_wrong_zone_is_told_by_its_kind(guess, fault):
    assert found.zone_verdict({"Harbour": guess}, pair(0.7, 0.35)) == fault


def test_an_account_may_be_left_out_by_mistake_and_others_be_added():
    places = four_accounts()
    assert found.zone_verdict({"Harbour": "captive supplier"}, places) == found.LEFT_OUT
    more = found._zones(places) | {"Lanqiao": "loose"}
    assert found.zone_verdict(more, places) == found.PLACED


@pytest.mark.parametrize("answer", ["all in their zones", 3, ["loose"], {1, 2}], ids=str)
def test_what_names_no_account_is_passed_on_in_a_list(answer):
    assert found.zone_verdict(answer, four_accounts()) == [answer]


def test_largest_account_of_the_sample_takes_more_profit_than_revenue():
    firm = roll_up(load(locate("sample")))
    scorecard = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    context = {"accounts": scorecard[["revenue", "margin"]].fillna(0.0),
               "fixed_costs": firm.finance["fixed_costs"]}  # fmt: skip
    assert found.profit_lost(context) > 3 * found.revenue_lost(context) > 0.3


def test_without_fixed_costs_profit_goes_as_margin_does():
    accounts = pd.DataFrame({"revenue": [200.0, 100.0], "margin": [60.0, 30.0]}, index=["a", "b"])
    context = {"accounts": accounts, "fixed_costs": 0.0}
    assert found.profit_lost(context) == pytest.approx(2 / 3)
    assert found.revenue_lost(context) == pytest.approx(2 / 3)


def test_accounts_without_margin_are_refused():
    with pytest.raises(InputError, match="exposure needs the columns"):
        found.profit_lost({"accounts": pd.DataFrame({"revenue": [1.0]}), "fixed_costs": 1.0})


def test_answers_on_measuring_change_no_table():
    inputs, places = uncertain_account(), four_accounts()
    found.flipping_facts({"inputs": inputs})
    found.zone_verdict({"Harbour": "loose"}, places)
    pd.testing.assert_frame_equal(inputs, uncertain_account())
    pd.testing.assert_frame_equal(places, four_accounts())
