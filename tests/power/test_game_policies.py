"""The game itself in the balance: are its scenarios fair?"""

import numpy as np
import pytest

from kamtools.power.game_policies import (
    POLICIES,
    compare_policies,
    do_everything,
    do_nothing,
    play_policy,
    play_sensibly,
)
from kamtools.power.game_scenario import SHIPPED

SEEDS = range(1, 11)
FEW = range(1, 5)


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


@pytest.mark.parametrize("policy", [do_nothing, do_everything, play_sensibly])
def test_a_policy_plays_the_same_year_the_same_way(policy):
    one, other = (play_policy("delisting_chain", policy, seed=3) for _ in range(2))
    assert one.moves == other.moves


def test_doing_nothing_begins_nothing():
    game = play_policy("powerful_distributor", do_nothing, seed=1)
    assert game.history["cost"].sum() == 0
    assert set(game.history["answer"]) <= {"", "refuse", "ignore"}
