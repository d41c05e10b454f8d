import tomllib
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.explorers.kept_settings import engagement_text, kept_html, parameters_text
from kamtools.explorers.what_if import Settings

POINTS = pd.Series({"margin": 10.0, "growth": 2.5})
GOAL = {"name": "Win the cities", "column": "segment", "values": ["city", 3], "weight": 0.2}
START = Settings(POINTS, 20, "topsis", pd.Series([0.2]), 5000.0)


def as_toml(settings, goals=(GOAL,)):
    return tomllib.loads(engagement_text(settings, START, goals))


def test_parameters_are_lines_of_python():
    said = {}
    exec(parameters_text(START, POINTS), said)
    kept = {name: said[name] for name in ("weights", "top", "method")}
    assert kept == {"weights": "margin = 10, growth = 2.5", "top": 20, "method": "topsis"}


def test_what_was_not_moved_is_not_said():
    assert engagement_text(START, START, [GOAL]) == ""
    assert "engagement.toml" not in kept_html(START, START, points=POINTS, goals=[GOAL])


def test_moved_goals_are_those_of_the_engagement_with_another_weight():
    moved = as_toml(replace(START, goal_weights=pd.Series([0.7])))
    assert moved == {"strategy": {"goals": [{**GOAL, "weight": 0.7}]}}


def test_goal_without_weight_is_left_out():
    assert as_toml(replace(START, goal_weights=pd.Series([0.0]))) == {"strategy": {"goals": []}}


@given(st.floats(0, 1e6))
def test_moved_hours_are_read_back(hours):
    moved = as_toml(replace(START, capacity_hours=hours))
    read = moved.get("capacity", {}).get("hours_per_year", 5000.0)
    assert read == pytest.approx(hours, rel=1e-8)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_name_of_a_goal_is_read_back_whatever_it_holds(name):
    moved = as_toml(replace(START, goal_weights=pd.Series([0.7])), [{**GOAL, "name": name}])
    assert moved["strategy"]["goals"][0]["name"] == name


def test_texts_are_text_in_the_html():
    goals = [{**GOAL, "name": "<script>no</script> 浩瀚"}]
    page = kept_html(
        replace(START, goal_weights=pd.Series([0.7])), START, points=POINTS, goals=goals
    )
    assert "<script>" not in page
    assert "&lt;script&gt;no&lt;/script&gt; 浩瀚" in page
