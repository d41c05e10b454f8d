"""What the notes of both courses tell of the game's year is what that year brings."""

import re

import numpy as np
import pytest

from kamtools.power.game_best import best_plan
from kamtools.power.game_chance import draw_year
from kamtools.power.game_month import OUTCOMES
from kamtools.power.game_plans import Plans, idle_plan, run_plans
from kamtools.power.game_policies import POLICIES, play_policy
from kamtools.power.game_scenario import shipped_scenario
from kamtools.power.game_scenario_checks import EVENTS
from kamtools.training.courses import sessions_folder

SCENARIO = "powerful_distributor"
FILES = {"one-day": "11-game.md", "five-evenings": "15-game.md"}
NOTES = {name: (sessions_folder() / name / file).read_text(encoding="utf-8")
         for name, file in FILES.items()}  # fmt: skip
TRAINERS = NOTES["one-day"]
(SEED,) = {int(seed) for text in NOTES.values() for seed in re.findall(r"seed (\d+)", text)}
THREE = ["plan_sharing", "advance_notice", "notice_period"]


def answered_alike(begun, answer):
    year = draw_year(shipped_scenario(SCENARIO), seed=SEED)
    begin = np.isin(year.library.keys, begun).astype(int)[None]
    return run_plans(year, Plans(begin, idle_plan(year, answer=answer).answer))


def refused(begun, kind):
    """Return what came of refusing events of a kind, by month."""
    return {
        month: OUTCOMES[int(record["outcome"][0])]
        for month, record in enumerate(answered_alike(begun, "refuse")[1], start=1)
        if record["event"][0] == EVENTS.index(kind)
    }


def test_seed_is_the_one_that_trainers_are_to_play():
    text = (sessions_folder() / "README.md").read_text(encoding="utf-8")
    assert f"scenario `{SCENARIO}`, seed {SEED} " in text


def test_scores_of_the_ways_to_play_are_told():
    games = {name: play_policy(SCENARIO, POLICIES[name], seed=SEED)
             for name in ("nothing", "everything", "sensible")}  # fmt: skip
    scores = [f"{game.score['score']:.0f}" for game in games.values()]
    scores.append(f"{best_plan(games['nothing'].year).score['score']:.0f}")
    line = "nothing {}    everything {}    good sense {}    best plan found {} ".format(*scores)
    assert line in TRAINERS
    told = "nothing comes to {} points, everything at once to {}, good sense to {}, and the best "
    assert (
        told.format(*scores) + f"plan that the game found to {scores[3]}"
        in (NOTES["five-evenings"])
    )


def test_scores_of_one_answer_to_all_are_told():
    tied, idle = (
        [f"{answered_alike(begun, answer)[0]['score'][0]:.0f}"
         for answer in ("refuse", "part", "concede")]
        for begun in (THREE, [])
    )  # fmt: skip
    assert (
        "refusing comes to {} points, giving a part to {}, giving all to {}; without any measure "
        "to {}, {} and {}."
    ).format(*tied, *idle) in TRAINERS


@pytest.mark.parametrize("begun", [[], THREE])
def test_first_demand_is_real_and_the_second_a_bluff(begun):
    assert refused(begun, "price_demand") == {4: "fought", 7: "gave way"}


def test_threat_is_carried_out_against_whoever_did_nothing_only():
    assert refused([], "delisting_threat") == {9: "fought"}
    assert refused(THREE, "delisting_threat") == {9: "gave way"}


def test_demands_of_month_4_are_told_in_thousands():
    asks = [answered_alike(begun, "refuse")[1][3]["ask"][0] for begun in ([], THREE)]
    first, then = (f"{round(ask, -3):,.0f}" for ask in asks)
    assert f"({first} if nothing was begun, {then} after three measures)" in TRAINERS
