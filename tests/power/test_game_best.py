import tomllib
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.power.game_best import best_plan
from kamtools.power.game_chance import draw_year
from kamtools.power.game_moves import Move
from kamtools.power.game_plans import LAWFUL, Plans, moves_of, plan_of, run_plans
from kamtools.power.game_play import play
from kamtools.power.game_policies import play_at_random, play_policy
from kamtools.power.game_scenario import SHIPPED, read_scenario, scenario_text, shipped_scenario


def small(**changes):
    """Return a scenario with few measures and one demand: all its plans can be looked at."""
    said = tomllib.loads(scenario_text("powerful_distributor"))
    said["measures"] = ["plan_sharing", "advance_notice", "notice_period"]
    said["events"] = [{"kind": "price_demand", "months": [3, 3], "text": ""}]
    said["assumptions"]["uninvited_demand"] = 0
    return read_scenario(said | changes)


def every_plan(year):
    months = np.array(list(product(range(13), repeat=3)))
    count = len(LAWFUL) + 2  # the two measures that can be offered come first
    answer = np.full((len(months) * count, 12), LAWFUL.index("refuse"))
    answer[:, 2] = np.tile(np.arange(count), len(months))
    return Plans(np.repeat(months, count, axis=0), answer)


@pytest.mark.parametrize("seed", range(1, 7))
def test_where_every_plan_can_be_looked_at_the_best_of_them_is_found(seed):
    year = draw_year(small(), seed=seed)
    assert year.library.is_status[:2].all()
    everything = run_plans(year, every_plan(year))[0]["score"]
    assert best_plan(year).score["score"] == pytest.approx(everything.max(), abs=1e-9)


def test_nothing_is_begun_where_nothing_can_help():
    # Limit case: already in the corridor, no step, no event, and all that counts is margin.
    said = tomllib.loads(scenario_text("quiet_partner"))
    said |= {"events": [], "steps": [], "corridor": [-1, 1],
             "score": {"margin": 1, "corridor": 0, "trust": 0}}  # fmt: skip
    said["assumptions"]["uninvited_demand"] = 0
    found = best_plan(draw_year(read_scenario(said), seed=1))
    assert found.moves == (Move(),) * 12
    assert found.score["score"] == pytest.approx(100)


@settings(max_examples=2, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(SHIPPED))
def test_nobody_does_better_and_the_plan_plays_as_it_is_told(seed, name):
    game = play_policy(name, play_at_random, seed=seed)
    found = best_plan(game.year)
    assert found.score["score"] >= game.score["score"] - 1e-9
    again = play(name, [move.written() for move in found.moves], seed=seed)
    assert again.score["score"] == pytest.approx(found.score["score"], abs=1e-9)
    assert again.score["law_points"] == 0


def test_it_is_at_least_as_good_as_a_play_that_is_known():
    year = draw_year(shipped_scenario("delisting_chain"), seed=4)
    found = best_plan(year)
    assert best_plan(year, known=(found.moves,)).score["score"] >= found.score["score"] - 1e-9


def test_unlawful_moves_are_no_part_of_a_plan():
    year = draw_year(small(), seed=1)
    moves = (Move(("notice_period",), ("notice_period",)), Move(), Move(answer="pass_on"))
    plan = plan_of(year, moves)
    told = moves_of(year, plan)
    assert told[0] == Move(("notice_period",))
    assert told[2].answer == "refuse"


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_plan_of_moves_comes_to_the_score_of_the_play(seed):
    game = play_policy("delisting_chain", play_at_random, seed=seed)
    parts, records = run_plans(game.year, plan_of(game.year, game.moves))
    assert parts["score"][0] == pytest.approx(game.score["score"], abs=1e-9)
    assert [record["imbalance"][0] for record in records] == game.history["imbalance"].tolist()


def test_many_plans_at_once_come_to_what_each_comes_to_alone():
    year = draw_year(shipped_scenario("powerful_distributor"), seed=2)
    rng = np.random.default_rng(1)
    plans = Plans(rng.integers(0, 13, (40, 15)), rng.integers(0, len(LAWFUL) + 15, (40, 12)))
    together = run_plans(year, plans)[0]["score"]
    alone = [run_plans(year, plans.take(np.array([one])))[0]["score"][0] for one in range(40)]
    assert together.tolist() == pytest.approx(alone, abs=1e-12)


def test_search_is_the_same_each_time_and_changes_nothing():
    year = draw_year(shipped_scenario("quiet_partner"), seed=2)
    stake = year.stake.copy()
    one, other = best_plan(year), best_plan(year)
    assert one.moves == other.moves
    assert (year.stake == stake).all()
