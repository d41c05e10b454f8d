import numpy as np
import pandas as pd
import pytest

from benchmarks.assignment import tables
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_moves import FREE, NO_MANAGER, assignment_moves
from kamtools.role.assignment_rules import AssignmentRules
from kamtools.role.assignment_words import compare_with_today, describe_assignment

LOOSE = AssignmentRules(balance=None)


def moved(accounts, managers, **options):
    return assignment_moves(assign_accounts(accounts, managers, **options))["reason"]


@pytest.fixture
def managers():
    return pd.DataFrame(
        {"capacity_hours": [500.0, 500.0], "region": ["North", "South"]}, index=["M1", "M2"]
    )


def accounts_of(**columns):
    return pd.DataFrame(columns, index=["a", "b"]).assign(hours=200.0)


def test_an_account_that_fits_better_elsewhere_says_what_does_not_match(managers):
    accounts = accounts_of(manager_id="M1", region=["North", "South"])
    assert moved(accounts, managers, rules=LOOSE).to_dict() == {
        "b": "M1 does not match region South"
    }


def test_rivals_that_share_a_manager_are_named(managers):
    accounts = accounts_of(manager_id="M1", rivals=["b", None], relation_years=[9.0, 0.0])
    named = accounts.assign(name=["Harbour", "Kiosk"])
    team = managers.assign(name=["林知秋", None])
    assert moved(named, team, rules=LOOSE).tolist() == ["Harbour, its rival, is with 林知秋"]


def test_capacity_span_and_balance_are_told_with_their_numbers(managers):
    accounts = accounts_of(manager_id="M1")
    small = managers.assign(capacity_hours=300.0)
    assert moved(accounts, small, rules=LOOSE).tolist() == [
        "with it M1 would have 400 of 300 hours"
    ]
    span = AssignmentRules(balance=None, max_span=1)
    assert moved(accounts, managers, rules=span).tolist() == [
        "with it M1 would have 2 accounts, not 1"
    ]
    assert moved(accounts, managers).tolist() == [
        "with it M1 would be 100 % above the fair share; without it M2 would be 100 % below the "
        "fair share"
    ]


def test_who_has_left_and_who_had_nobody_are_told_as_such(managers):
    accounts = accounts_of(manager_id=["M9", None])
    assert moved(accounts, managers).to_dict() == {
        "a": "M9 no longer has accounts", "b": NO_MANAGER,
    }  # fmt: skip


def test_no_move_is_without_a_reason():
    for seed in range(5):
        accounts, team = tables(40, 8, seed=seed)
        assignment = assign_accounts(accounts, team.assign(capacity_hours=np.nan), gap=0.05)
        moves = assignment_moves(assignment)
        assert len(moves) == assignment.table["is_move"].sum() > 0
        assert not moves["reason"].isin([FREE, ""]).any()


def test_comparison_counts_what_is_wrong_before_and_after(managers):
    accounts = accounts_of(manager_id="M1", rivals=["b", None], region="South")
    compared = compare_with_today(assign_accounts(accounts, managers))
    assert compared.loc["rival_pairs"].tolist() == [1, 0]
    assert compared.loc["outside_band"].tolist() == [2, 0]
    assert compared.loc["region_unmatched"].tolist() == [2, 1]
    assert compared.loc["highest_load"].tolist() == [2, 1]


def test_words_say_what_changes_and_that_it_is_proven(managers):
    accounts = accounts_of(manager_id="M1", rivals=["b", None])
    text = describe_assignment(assign_accounts(accounts, managers, gap=0))
    assert "1 stays where it is and 1 moves" in text
    assert "pairs of rivals with one manager 0 (1)" in text
    assert text.endswith("No assignment within the rules loses less (proven).")


def test_words_do_not_speak_of_a_today_that_is_not_known(managers):
    text = describe_assignment(assign_accounts(accounts_of(), managers))
    assert "2 managers each: 2 have nobody today. Loads are from 100 % to 100 %" in text
    assert text.count("today") == 1


def test_words_state_the_gap_where_there_is_one():
    accounts, team = tables(60, 10, seed=2)
    roomy = team.assign(capacity_hours=np.nan)
    assignment = assign_accounts(accounts, roomy, gap=0.2)
    if assignment.gap > 0:
        assert "No assignment within the rules loses over " in describe_assignment(assignment)


def test_assignment_stays_as_it_was(managers):
    assignment = assign_accounts(accounts_of(manager_id="M1"), managers)
    before = assignment.table.copy(deep=True)
    assignment_moves(assignment)
    describe_assignment(assignment)
    pd.testing.assert_frame_equal(assignment.table, before)
