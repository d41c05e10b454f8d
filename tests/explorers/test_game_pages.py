import re

import pytest

from kamtools.explorers.game_pages import (
    debrief_html,
    month_html,
    notes_html,
    past_html,
    script_text,
    summary_html,
)
from kamtools.power.game_debrief import debrief
from kamtools.power.game_play import play, start
from kamtools.power.game_policies import do_everything, play_policy
from kamtools.power.game_scenario import shipped_scenario


@pytest.fixture(scope="module")
def game():
    return play_policy("delisting_chain", do_everything, seed=2)


def test_month_tells_every_sign_and_the_event_with_what_the_model_expects():
    game = start("delisting_chain", seed=1)
    while game.opening.event[0] < 0:
        game = play("delisting_chain", [{}] * (len(game.moves) + 1), seed=1)
    page = month_html(game)
    for word in ("Imbalance:", "Alternatives:", "Patience:", "Trust:", "Market:", "It asks for",
                 "From what we know"):  # fmt: skip
        assert word in page


def test_truth_is_not_told_before_the_end():
    game = start("delisting_chain", seed=1)
    assert f"{game.year.account_patience:.3f}" not in month_html(game)


def test_months_behind_come_newest_first(game):
    months = re.findall(r"<tr><td>(\d+)</td>", past_html(game))
    assert months == [str(month) for month in range(12, 0, -1)]


def test_debrief_has_a_row_for_each_month_and_each_difference(game):
    told = debrief(game)
    page = debrief_html(game, told)
    assert page.count("<tr>") == 2 + 12 + len(told.differences)
    assert "The law" in page
    assert "<script" not in page


def test_minus_of_points_is_a_minus(game):
    told = debrief(game)
    cells = re.findall(r'<td class="n">([^<]*)</td>', debrief_html(game, told))
    assert len(cells) == len(told.differences)
    assert all(re.fullmatch(r"[+−]\d+\.\d|0\.0", cell) for cell in cells)


def test_hindsight_is_told(game):
    told = debrief(game)
    assert "You took back 2 played months" in summary_html(told, 2)
    assert "took back" not in summary_html(told, 0)


def test_script_of_a_game_is_python_that_plays_it(game):
    names = {}
    exec(script_text(game), names)
    assert names["game"].history.equals(game.history)


def test_notes_hold_every_measure_and_every_assumption():
    scenario = shipped_scenario("quiet_partner")
    page = notes_html(scenario)
    assert all(name in page for name in scenario.assumptions.index)
    assert "Every line has a source and a date" in page
