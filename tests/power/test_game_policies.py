"""The game itself in the balance: are its scenarios fair?"""

import numpy as np
import pytest

from kamtools.power.game_chance import draw_year
from kamtools.power.game_month import OUTCOMES
from kamtools.power.game_plans import Plans, idle_plan, run_plans
from kamtools.power.game_policies import (
    POLICIES,
    answer_all,
    compare_policies,
    do_everything,
    do_nothing,
    play_policy,
    play_sensibly,
)
from kamtools.power.game_scenario import SHIPPED, shipped_scenario
from kamtools.power.game_scenario_checks import EVENTS

SEEDS = range(1, 7)
FEW = range(1, 2)


@pytest.fixture(scope="module", params=SHIPPED)
def scores(request):
    """Return the scores of the policies in ten years of a scenario, without the omniscient."""
    return request.param, {
        name: np.array([play_policy(request.param, policy, seed=seed).score["score"]
                        for seed in SEEDS])
        for name, policy in POLICIES.items()
    }  # fmt: skip


def test_good_sense_beats_nothing_everything_and_chance_in_most_years(scores):
    _, by = scores
    for name in ("nothing", "everything", "random"):
        assert (by["sensible"] > by[name]).mean() > 0.5, name


def test_each_way_to_play_comes_to_another_score(scores):
    _, by = scores
    means = sorted(score.mean() for score in by.values())
    assert np.diff(means).min() > 0.5


def test_in_the_quiet_year_doing_everything_loses_to_doing_nothing(scores):
    name, by = scores
    if name == "quiet_partner":
        assert (by["nothing"] > by["everything"]).all()
    else:
        assert (by["nothing"] < by["everything"]).mean() > 0.5


@pytest.mark.parametrize("name", SHIPPED)
def test_who_knows_all_is_never_beaten(name):
    table = compare_policies(name, seeds=FEW)
    others = table.drop(columns="omniscient").max(axis=1)
    assert (table["omniscient"] >= others - 1e-9).all()
    assert list(table.index) == list(FEW)


def threats_refused(name, *, begun):
    """Return, for 24 years, whether each refused threat to delist was carried out."""
    outcomes = []
    for seed in range(1, 25):
        year = draw_year(shipped_scenario(name), seed=seed)
        begin = np.isin(year.library.keys, begun).astype(int)[None]
        _, records = run_plans(year, Plans(begin, idle_plan(year, answer="refuse").answer))
        outcomes += [OUTCOMES[int(record["outcome"][0])] == "fought" for record in records
                     if EVENTS[int(record["event"][0])] == "delisting_threat"
                     and record["event"][0] >= 0]  # fmt: skip
    return np.array(outcomes)


@pytest.mark.parametrize("name", ["powerful_distributor", "delisting_chain"])
def test_refused_threat_is_often_carried_out_where_nothing_was_done_and_rarely_in_balance(name):
    idle = threats_refused(name, begun=[])
    tied = threats_refused(
        name, begun=["plan_sharing", "advance_notice", "notice_period", "data_link"]
    )
    assert 0.3 < idle.mean() < 0.9  # a real danger, and still some bluffs
    assert 0 < tied.mean() < idle.mean() / 2


def test_with_a_strong_account_one_refuses_not_all_and_gives_not_all():
    years = [draw_year(shipped_scenario("powerful_distributor"), seed=seed)
             for seed in range(1, 25)]  # fmt: skip
    begun = ["plan_sharing", "advance_notice", "notice_period"]
    means = {}
    for answer in ("refuse", "part", "concede"):
        plans = [Plans(np.isin(year.library.keys, begun).astype(int)[None],
                       idle_plan(year, answer=answer).answer) for year in years]  # fmt: skip
        scores = [run_plans(year, plan)[0]["score"][0]
                  for year, plan in zip(years, plans, strict=True)]  # fmt: skip
        means[answer] = np.mean(scores)
    assert means["part"] > means["refuse"] + 1
    assert means["refuse"] > means["concede"] + 1


def test_one_answer_to_all_is_given_to_every_demand():
    game = play_policy("powerful_distributor", answer_all("concede"), seed=4)
    is_demand = game.history["event"].isin(["price_demand", "delisting_threat"])
    assert is_demand.sum() >= 2
    assert set(game.history.loc[is_demand, "answer"]) == {"concede"}
    assert game.history["begun"].str.len().gt(0).any()


@pytest.mark.parametrize("policy", [do_nothing, do_everything, play_sensibly])
def test_a_policy_plays_the_same_year_the_same_way(policy):
    one, other = (play_policy("delisting_chain", policy, seed=3) for _ in range(2))
    assert one.moves == other.moves


def test_doing_nothing_begins_nothing():
    game = play_policy("powerful_distributor", do_nothing, seed=1)
    assert game.history["cost"].sum() == 0
    assert set(game.history["answer"]) <= {"", "refuse", "ignore"}
