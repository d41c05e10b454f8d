import tomllib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import brentq

from kamtools.power.bargaining import rubinstein_share, settle
from kamtools.power.dependence import middle_dependence
from kamtools.power.game_account import (
    Standing,
    bargain_of,
    inside_shares,
    standing_of,
    strength_of,
)
from kamtools.power.game_chance import draw_year
from kamtools.power.game_scenario import (
    SHIPPED,
    read_scenario,
    scenario_text,
    shipped_scenario,
)
from kamtools.power.measure_effects import apply_measures

SHARES = st.floats(0, 1)


def known_year(**parts):
    """Return a year in which dependence is known: one part a side, (stake, availability)."""
    said = tomllib.loads(scenario_text("powerful_distributor"))
    said["dependence"] = [
        {"side": side, "part": "all", "stake": [stake] * 3, "availability": [available] * 3}
        for side, (stake, available) in parts.items()
    ]
    return draw_year(read_scenario(said), seed=1)


def standing(year, begun=None, *, month=12, belief=0.2, rival_left=1.0):
    begun = np.zeros((1, len(year.library.keys)), dtype=int) if begun is None else begun
    return standing_of(year, strength_of(year, begun, month), belief=np.array([belief]),
                       rival_left=np.array([rival_left]))  # fmt: skip


def begun_of(year, **months):
    begun = np.zeros((1, len(year.library.keys)), dtype=int)
    for key, month in months.items():
        begun[0, year.library.keys.index(key)] = month
    return begun


def test_start_has_the_check_values_of_the_methods():
    # methods.md 0.4: D_S .525, D_B .180: imbalance +.345, mutual .705.
    year = known_year(supplier=(0.7, 0.25), account=(0.45, 0.6))
    now = standing(year)
    assert now.imbalance[0] == pytest.approx(0.345)
    assert now.mutual[0] == pytest.approx(0.705)


def test_measures_move_dependence_as_the_library_does():
    year = draw_year(shipped_scenario("delisting_chain"), seed=5)
    begun = begun_of(year, plan_sharing=1, data_link=3, notice_period=4, diversification=2)
    strength = strength_of(year, begun, 9)
    truth = year.scenario.inputs.copy()
    effects = year.scenario.measures.copy()
    for level in ("_low", "", "_high"):
        truth[f"stake{level}"], truth[f"availability{level}"] = year.stake, year.availability
        effects[f"effect{level}"] = year.effects * strength[0, year.measure_of]
    chosen = ["plan_sharing", "data_link", "notice_period", "diversification"]
    expected = middle_dependence(apply_measures(truth, effects, chosen)).iloc[0]
    now = standing(year, begun, month=9)
    assert now.supplier[0] == pytest.approx(expected["supplier_dependence"])
    assert now.account[0] == pytest.approx(expected["account_dependence"])


def test_measure_builds_up_and_then_works_fully():
    year = draw_year(shipped_scenario("quiet_partner"), seed=1)
    place = year.library.keys.index("market_briefing")  # four months to work
    begun = begun_of(year, market_briefing=3)
    by_month = [strength_of(year, begun, month)[0, place] for month in (2, 3, 4, 6, 12)]
    assert by_month == pytest.approx([0, 0.125, 0.25, 1, 1])


def test_briefing_binds_an_account_that_sees_danger_and_calms_one_that_sees_none():
    year = draw_year(shipped_scenario("powerful_distributor"), seed=1)
    begun = begun_of(year, market_briefing=1)
    first = year.first_belief
    alert, same, calm = (standing(year, begun, belief=one).account[0] for one in (0.9, first, 0.01))
    assert alert > same > calm


def test_launch_gives_the_account_alternatives():
    year = draw_year(shipped_scenario("powerful_distributor"), seed=1)
    before, after = standing(year), standing(year, rival_left=0.7)
    assert after.account[0] < before.account[0]
    assert after.supplier[0] == before.supplier[0]


def test_demand_is_settled_by_bargaining_with_inside_and_outside_options():
    year = draw_year(shipped_scenario("powerful_distributor"), seed=2)
    scenario, now = year.scenario, Standing(np.array([0.5]), np.array([0.2]))
    ours = 0.5 * 0.47 * scenario.pie
    theirs = 0.8 * 0.53 * scenario.pie
    strength = rubinstein_share(supplier_patience=0.95, account_patience=year.account_patience)
    settlement = settle(
        scenario.pie, supplier_inside=0.5 * ours, account_inside=0.6 * theirs,
        supplier_outside=ours, account_outside=theirs, supplier_strength=strength,
    )  # fmt: skip
    bargain = bargain_of(year, now, share=np.array([0.47]), trust=np.array([0.5]))
    assert bargain.concession[0] == pytest.approx(max(0.47 * scenario.pie - settlement, 0))
    assert bargain.reserve[0] == pytest.approx(0.85 * bargain.concession[0])
    lost = (0.53 * scenario.pie - 0.6 * theirs) / 12
    assert bargain.fight[0] == pytest.approx(0.5 * lost)
    assert bargain.loss[0] == pytest.approx(0.5 * (0.47 * scenario.pie - 0.5 * ours) / 12)


def test_delisting_is_settled_with_what_three_months_without_each_other_leave_both():
    year = draw_year(shipped_scenario("powerful_distributor"), seed=2)
    scenario, now = year.scenario, Standing(np.array([0.5]), np.array([0.2]))
    ours, theirs = 0.8 * 0.5 * 0.47 * scenario.pie, 0.85 * 0.8 * 0.53 * scenario.pie
    strength = rubinstein_share(supplier_patience=0.95, account_patience=year.account_patience)
    settlement = settle(
        scenario.pie, supplier_inside=ours, account_inside=theirs, supplier_outside=ours / 0.8,
        account_outside=theirs / 0.85, supplier_strength=strength,
    )  # fmt: skip
    bargain = bargain_of(year, now, share=np.array([0.47]), trust=np.zeros(1), fight="delisting")
    assert bargain.concession[0] == pytest.approx(0.47 * scenario.pie - settlement)
    assert bargain.fight[0] == pytest.approx(3 * 0.33 * (0.53 * scenario.pie - theirs) / 12)
    assert bargain.loss[0] == pytest.approx(3 * 0.33 * (0.47 * scenario.pie - ours) / 12)


@pytest.mark.parametrize("name", SHIPPED)
def test_delisting_shares_are_those_of_a_dispute_built_up_at_the_same_pace(name):
    # A share that builds up as 1 - exp(-t/T) is 1 - (1 - exp(-x))/x on average, x = t/T.
    scenario = shipped_scenario(name)
    months = scenario.assumed("delisting_months") / scenario.assumed("dispute_months")

    def average(x):
        return 1 - (1 - np.exp(-x)) / x

    short, longer = (inside_shares(scenario, fight) for fight in ("dispute", "delisting"))
    for one, other in zip(short, longer, strict=True):
        pace = brentq(lambda x, one=one: average(x) - one, 0.01, 50)
        assert average(months * pace) == pytest.approx(other, abs=0.01)


@pytest.mark.parametrize("name", ["powerful_distributor", "delisting_chain"])
def test_threat_to_delist_is_worth_carrying_out_when_captive_and_not_in_balance(name):
    scenario = shipped_scenario(name)
    year = replace(draw_year(scenario, seed=1),
                   account_patience=scenario.hidden["account_patience"][1])  # fmt: skip
    both = Standing(np.array([0.5, 0.35]), np.array([0.15, 0.35]))
    bargain = bargain_of(year, both, share=np.full(2, scenario.supplier_share),
                         trust=np.full(2, 0.5), fight="delisting")  # fmt: skip
    assert bargain.reserve[0] > bargain.fight[0]
    assert bargain.reserve[1] < bargain.fight[1]
    assert bargain.fight[1] > bargain.fight[0]


def test_two_who_do_not_depend_on_each_other_can_agree_only_on_today():
    year = draw_year(shipped_scenario("quiet_partner"), seed=1)
    nobody = Standing(np.zeros(1), np.zeros(1))
    bargain = bargain_of(year, nobody, share=np.array([0.48]), trust=np.zeros(1))
    assert bargain.concession[0] == pytest.approx(0, abs=1e-6)


@settings(max_examples=30, deadline=None)
@given(SHARES, SHARES, SHARES, SHARES)
def test_a_more_dependent_account_gets_less_and_fights_less(supplier, account, more, trust):
    year = draw_year(shipped_scenario("powerful_distributor"), seed=1)
    higher = account + (1 - account) * more
    some = Standing(np.array([supplier] * 2), np.array([account, higher]))
    for fight in ("dispute", "delisting"):
        bargain = bargain_of(year, some, share=np.full(2, 0.47), trust=np.full(2, trust),
                             fight=fight)  # fmt: skip
        assert bargain.concession[1] <= bargain.concession[0] + 1e-6
        assert bargain.fight[1] >= bargain.fight[0] - 1e-6


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 12), st.integers(0, 10_000))
def test_dependence_stays_between_0_and_1(month, seed):
    year = draw_year(shipped_scenario("delisting_chain"), seed=seed)
    begun = np.full((1, len(year.library.keys)), 1)
    now = standing(year, begun, month=month, belief=0.9, rival_left=0.3)
    assert 0 <= now.supplier[0] <= 1
    assert 0 <= now.account[0] <= 1


def test_arrays_given_are_not_changed():
    year = draw_year(shipped_scenario("quiet_partner"), seed=1)
    begun = begun_of(year, plan_sharing=1)
    before = begun.copy(), year.stake.copy(), year.effects.copy()
    standing(year, begun)
    assert all((one == other).all() for one, other in
               zip(before, (begun, year.stake, year.effects), strict=True))  # fmt: skip
