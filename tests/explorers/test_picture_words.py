"""What a picture shows stands beside it in words and numbers, for those who do not see it."""

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from kamtools.explorers.balancing_game import balancing_game
from kamtools.explorers.explorer_widget import PICTURES
from kamtools.explorers.game_numbers import numbers_html
from kamtools.explorers.game_picture import year_series
from kamtools.explorers.role_table import loads_html
from kamtools.power.game_play import play
from kamtools.power.game_policies import play_policy, play_sensibly


def cells(html):
    rows = BeautifulSoup(html, "html.parser").select("tr")
    return [[cell.text for cell in row.find_all(["th", "td"])] for row in rows]


def test_numbers_of_a_year_are_those_of_its_picture():
    game = play("powerful_distributor", [{}, {}], seed=1)
    head, *rows = cells(numbers_html(game))
    series = year_series(game, None)
    assert head == ["Month", "Imbalance, estimate", "Margin", "Trust, estimate"]
    assert [float(row[1].replace("−", "-")) for row in rows] == pytest.approx(
        series["seen"].to_list(), abs=0.005
    )
    assert [row[2] for row in rows][2] == "–"  # the month that begins has earned nothing yet
    assert [float(row[3]) for row in rows] == pytest.approx(
        series["trust_seen"].to_list(), abs=0.005
    )


def test_numbers_of_a_year_that_is_over_have_the_truth_and_the_best_plan():
    game = play_policy("quiet_partner", play_sensibly, seed=1)
    head, *rows = cells(numbers_html(game, game))
    assert len(rows) == 12
    assert len(head) == 9
    place = head.index("Imbalance as it was")
    assert [row[place] for row in rows] == [row[place + 1] for row in rows]


def test_game_shows_the_numbers_below_its_picture_and_follows_each_month():
    game = balancing_game("quiet_partner", seed=1)
    before = game.numbers.value
    assert "The picture in numbers" in game.picture.tooltip
    game.controls.play.click()
    assert len(cells(game.numbers.value)) == len(cells(before)) + 1


def test_loads_are_told_by_manager_and_names_are_text():
    loads = pd.DataFrame(
        {"name": ["<b>Li", "Eva"], "hours_per_year": [1060.0, 0.0], "fair_hours": [70.0, 70.0],
         "capacity_hours": [80.0, 90.0], "hours_at_start": [50.0, 0.0]}, index=["M1", "M2"],
    )  # fmt: skip
    assert cells(loads_html(loads, start="start")) == [
        ["Manager", "Now", "Capacity", "Even share", "At the start"],
        ["<b>Li", "1,060", "80", "70", "50"],
        ["Eva", "0", "90", "70", "0"],
    ]
    assert "<b>" not in loads_html(loads, start="start")


def test_every_picture_of_an_explorer_says_what_kind_it_is_and_where_its_numbers_are():
    assert len(set(PICTURES.values())) == len(PICTURES)
    assert all("below" in said and len(said) >= 40 for said in PICTURES.values())
