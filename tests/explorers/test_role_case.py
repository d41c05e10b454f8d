from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.explorers.role_case import (
    Case,
    Settings,
    accounts_at,
    full_time_heads,
    settings_at_start,
    team_at,
)
from kamtools.role.assignment_rules import AssignmentRules, assignment_prices

ACCOUNTS = pd.DataFrame(
    {"hours": [60.0, 90.0], "language": ["Mandarin", None], "needs": [None, "finance; data"]},
    index=["a", "b"],
)
CANDIDATES = pd.DataFrame({"hours": [30.0], "language": ["Czech"]}, index=["c"])
MANAGERS = pd.DataFrame(
    {
        "name": ["Li", None],
        "capacity_hours": [900.0, None],
        "languages": ["Mandarin", "English"],
        "competences": ["data", None],
    },
    index=["M1", "M2"],
)
CASE = Case(
    ACCOUNTS, CANDIDATES, MANAGERS, pd.Series({"a": "浩瀚\n食品"}), AssignmentRules(),
    assignment_prices(None), 2000.0, 0.5, seed=1,
)  # fmt: skip
START = settings_at_start(CASE)


def team(**moved):
    return team_at(CASE, replace(START, **moved))


def test_team_of_the_start_is_the_one_given_with_unknown_capacity_full_time():
    assert team()["capacity_hours"].tolist() == [900.0, 1000.0]
    assert team()["name"].tolist() == ["Li", "M2"]


@given(st.floats(100, 3000), st.floats(0.05, 1.0))
def test_capacities_move_in_proportion_to_hours_and_share(hours, share):
    moved = team(hours_per_year=hours, share_for_accounts=share)["capacity_hours"]
    assert moved.to_list() == pytest.approx([0.9 * hours * share, hours * share])


def test_who_leaves_is_not_in_the_team():
    assert team(leaver="M1").index.tolist() == ["M2"]


def test_hires_are_full_time_and_match_whatever_accounts_and_candidates_ask_for():
    hired = team(hires=2).loc[["new 1", "new 2"]]
    assert hired["capacity_hours"].tolist() == [1000.0, 1000.0]
    assert hired["languages"].tolist() == ["Mandarin; Czech"] * 2
    assert hired["competences"].tolist() == ["finance; data"] * 2


def test_hire_may_be_like_somebody_even_one_who_leaves():
    hired = team(hires=1, hire_like="M1", leaver="M1").loc["new 1"]
    assert (hired["languages"], hired["competences"]) == ("Mandarin", "data")
    assert hired["name"] == "New manager 1"


def test_id_of_a_hire_is_not_that_of_somebody_there():
    case = replace(CASE, managers=MANAGERS.rename(index={"M1": "new 1"}))
    ids = team_at(case, replace(START, hires=1)).index
    assert ids.is_unique
    assert len(ids) == 3


def test_new_account_comes_last_and_carries_its_name_or_id():
    accounts = accounts_at(CASE, replace(START, new_account="c"))
    assert accounts["name"].to_dict() == {"a": "浩瀚 食品", "b": "b", "c": "c"}
    assert accounts["hours"].tolist() == [60.0, 90.0, 30.0]


def test_full_time_heads_do_not_change_when_all_capacities_move():
    moved = Settings(1200.0, 0.8)
    assert full_time_heads(team(), START) == pytest.approx(1.9)
    assert full_time_heads(team_at(CASE, moved), moved) == pytest.approx(1.9)


def test_tables_of_the_case_are_not_changed():
    before = [table.copy() for table in (ACCOUNTS, CANDIDATES, MANAGERS)]
    team(hires=2, leaver="M1", hours_per_year=900.0)
    accounts_at(CASE, replace(START, new_account="c"))
    for table, copy in zip((ACCOUNTS, CANDIDATES, MANAGERS), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)
