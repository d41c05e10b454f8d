from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.explorers.what_if import Case, Settings, what_if

ACCOUNTS = pd.Index(["giant", "middle", "riser", "city", "small", "tiny"], name="account_id")
VALUES = pd.DataFrame(
    {"margin": [9.0, 6.0, 1.0, 2.0, 0.0, 0.0], "strategic_fit": [0.0, 0.0, 0.0, 1.0, 0.0, 0.0]},
    index=ACCOUNTS,
)
TABLE = pd.DataFrame(
    {"account_id": ACCOUNTS, "segment": ["chain", "chain", "kiosk", "city", "kiosk", "chain"]}
)
GOALS = (
    {"name": "Win the cities", "column": "segment", "values": ["city"], "weight": 1.0},
    {"name": "Win the kiosks", "column": "segment", "values": ["kiosk"], "weight": 0.0001},
)
STRENGTH = pd.DataFrame(
    {"strength": [1.5, 0.5, 1.2, 0.4, np.nan, 1.0], "basis": "", "missing": ""}, index=ACCOUNTS
)
CASE = Case(
    values=VALUES,
    objectives=pd.Series("max", index=VALUES.columns),
    revenue=pd.Series([900.0, 500.0, 90.0, 60.0, 30.0, 20.0], index=ACCOUNTS),
    hours=pd.Series([300.0, 60.0, 60.0, 60.0, 60.0, 60.0], index=ACCOUNTS),
    goals=GOALS,
    accounts=TABLE,
    strength=STRENGTH,
    seed=1,
)
START = Settings(
    points=pd.Series({"margin": 10.0, "strategic_fit": 3.0}), top=2, method="weighted_sum",
    goal_weights=pd.Series([1.0, 0.0]), capacity_hours=1000.0,
)  # fmt: skip


def chosen(case=CASE, **moved):
    listed = what_if(case, replace(START, **moved)).listed
    return set(listed.index[listed["is_chosen"]])


def test_list_follows_the_weights():
    assert chosen() == {"giant", "middle"}
    assert "city" in chosen(points=pd.Series({"margin": 1.0, "strategic_fit": 10.0}))


def test_list_follows_the_goals():
    heavy_fit = pd.Series({"margin": 1.0, "strategic_fit": 10.0})
    only_kiosks = pd.Series([0.0, 1.0])
    assert "city" in chosen(points=heavy_fit)
    assert chosen(points=heavy_fit, goal_weights=only_kiosks) == {"riser", "small"}


def test_list_follows_the_hours():
    assert chosen(capacity_hours=200.0) == {"middle", "city"}


def test_verdicts_are_about_the_goals_as_moved():
    answer = what_if(CASE, replace(START, points=pd.Series({"margin": 0.0, "strategic_fit": 1.0})))
    assert answer.listed.loc["city", "verdict"] == "in"


def test_cell_of_an_account_follows_the_weights():
    on_margin, on_fit = (
        what_if(CASE, replace(START, points=pd.Series({"margin": m, "strategic_fit": f})))
        for m, f in ((1.0, 0.0), (0.0, 1.0))
    )
    assert on_margin.listed.loc[["giant", "city"], "cell"].tolist() == ["strategic", "streamline"]
    assert on_fit.listed.loc[["giant", "city"], "cell"].tolist() == ["status", "star"]
    assert on_fit.listed.loc["small", "cell"] == "not placed"


def test_criterion_that_goals_leave_without_difference_does_not_count():
    answer = what_if(CASE, replace(START, goal_weights=pd.Series([0.0, 0.0])))
    assert list(answer.points.index) == ["margin"]
    assert answer.listed["rank"].loc[ACCOUNTS].tolist() == [1, 2, 4, 3, 5, 5]


def test_without_hours_goals_strength_and_seed_the_list_is_by_score_alone():
    bare = Case(CASE.values, CASE.objectives, CASE.revenue)
    answer = what_if(bare, START)
    assert answer.matrix is None
    assert not {"hours", "verdict", "cell"} & set(answer.listed)


def test_points_that_are_all_zero_are_refused():
    with pytest.raises(InputError, match="must not all be 0"):
        what_if(CASE, replace(START, points=START.points * 0))


def test_case_given_is_not_changed():
    before = VALUES.copy(), TABLE.copy(), STRENGTH.copy(), CASE.hours.copy()
    chosen(capacity_hours=200.0, goal_weights=pd.Series([0.5, 0.5]))
    pd.testing.assert_frame_equal(VALUES, before[0])
    pd.testing.assert_frame_equal(TABLE, before[1])
    pd.testing.assert_frame_equal(STRENGTH, before[2])
    pd.testing.assert_series_equal(CASE.hours, before[3])
