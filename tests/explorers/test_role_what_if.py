from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError, RunError
from kamtools.explorers import role_what_if
from kamtools.explorers.role_case import Case, settings_at_start
from kamtools.explorers.role_what_if import earlier_cover, unmoved, what_if
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_changes import reassign
from kamtools.role.assignment_rules import AssignmentRules, assignment_prices

IDS = pd.Index([f"C{row:02d}" for row in range(42)], name="account_id")
TEAM = pd.Index([f"M{row}" for row in range(1, 9)], name="manager_id")


def firm():
    rng = np.random.default_rng(3)
    accounts = pd.DataFrame(
        {
            "hours": rng.choice([210.0, 150.0, 80.0, 40.0], 42) + rng.integers(0, 20, 42),
            "language": rng.choice(["English", "Mandarin"], 42, p=[0.7, 0.3]),
            "needs": rng.choice(["finance", "data", None], 42),
            "rivals": ["C01; C02" if row == 0 else None for row in range(42)],
            "manager_id": rng.choice(TEAM, 42),
        },
        index=IDS,
    )
    managers = pd.DataFrame(
        {
            "name": [f"Manager {one}" for one in TEAM],
            "capacity_hours": 1000.0,
            "languages": ["English", "English; Mandarin"] * 4,
            "competences": ["finance", "data"] * 4,
        },
        index=TEAM,
    )
    return accounts, managers


@pytest.fixture(scope="module")
def case():
    accounts, managers = firm()
    start = assign_accounts(accounts[:40], managers)
    counterparts = pd.DataFrame(
        {"account_id": IDS, "client_role": "buyer", "person": accounts["manager_id"].to_numpy()}
    )
    return Case(
        accounts[:40], accounts[40:], managers, pd.Series({"C00": "浩瀚"}), AssignmentRules(),
        assignment_prices(None), 2000.0, 0.5, seed=1, counterparts=counterparts, start=start,
    )  # fmt: skip


def answer(case, **moved):
    return what_if(case, replace(settings_at_start(case), **moved))


def test_at_the_start_nothing_moves(case):
    found = answer(case)
    assert not found.rows["is_moved"].any()
    pd.testing.assert_series_equal(
        found.rows["manager_id"].sort_index(), case.start.table["manager_id"], check_names=False
    )
    assert found.heads == 8
    assert found.full_time_heads == 8.0


def test_who_leaves_has_no_account_and_as_few_others_move_as_reassign_moves(case):
    found = answer(case, leaver="M3")
    assert "M3" not in found.rows["manager_id"].tolist()
    least = reassign(case.start, managers=case.managers.drop("M3"))
    assert found.rows["is_moved"].sum() == least.table["is_move"].sum()
    gone = found.rows[found.rows["before"] == "Manager M3"]
    assert gone["is_moved"].all()


def test_rules_hold_whatever_is_moved(case):
    for moved in ({"leaver": "M1"}, {"hires": 1}, {"new_account": "C40"}):
        cover = answer(case, **moved).cover
        assert cover[["over_capacity", "outside_band", "rival_pairs"]].tolist() == [0, 0, 0]


def test_band_that_is_moved_is_a_rule_and_a_measure(case):
    wide = answer(case, balance=1.0, leaver="M3")
    assert wide.cover["outside_band"] == 0
    assert wide.rows["is_moved"].sum() <= answer(case, leaver="M3").rows["is_moved"].sum()


def test_hire_gets_a_share_of_the_work(case):
    loads = answer(case, hires=1).loads
    assert loads.loc["new 1", "load_index"] == pytest.approx(1, abs=0.15)


def test_new_account_is_new_and_did_not_move(case):
    row = answer(case, new_account="C41").rows.loc["C41"]
    assert row["is_new"]
    assert not row["is_moved"]
    assert pd.isna(row["before"])


def test_answer_hangs_on_the_settings_and_not_on_the_way(case):
    first = answer(case, leaver="M2").rows
    answer(case, hires=3)
    pd.testing.assert_frame_equal(answer(case, leaver="M2").rows, first)


def test_more_heads_are_needed_when_a_manager_has_fewer_hours(case):
    many, few = answer(case), answer(case, share_for_accounts=0.4, hires=5)
    assert few.need.managers > many.need.managers


def test_heads_have_a_range_where_the_hours_have_one(case):
    ranged = case.accounts.assign(
        tier="star", source="assumptions", hours_low=lambda t: t["hours"] * 0.5,
        hours_high=lambda t: t["hours"] * 2,
    )  # fmt: skip
    need = answer(replace(case, accounts=ranged)).need
    assert need.managers_low < need.managers < need.managers_high


def test_contacts_of_who_leaves_have_nobody(case):
    start, left = answer(case), answer(case, leaver="M4")
    known = case.counterparts["account_id"].isin(case.accounts.index)
    theirs = (case.counterparts["person"] == "M4") & known
    assert start.cover["contacts_nobody"] == 0
    assert left.cover["contacts_nobody"] == theirs.sum() > 0


def test_rules_that_fight_are_told(case):
    with pytest.raises(InputError, match="no assignment meets all rules: the capacity"):
        answer(case, share_for_accounts=0.1)


def test_unmoved_leaves_the_accounts_of_who_leaves_with_nobody(case):
    found = unmoved(case, replace(settings_at_start(case), leaver="M3"))
    theirs = case.start.table["manager_id"] == "M3"
    bare = found.rows["manager_id"].isna()
    assert set(found.rows.index[bare]) == set(theirs.index[theirs])
    assert not found.rows["is_moved"].any()


def test_unmoved_new_account_has_whom_it_has_today(case):
    found = unmoved(case, replace(settings_at_start(case), new_account="C40"))
    assert found.rows.loc["C40", "manager_id"] == case.candidates.loc["C40", "manager_id"]


def test_without_a_start_as_few_as_possible_move_against_today(case):
    found = answer(replace(case, start=None))
    rows = found.rows
    assert (rows["is_moved"] == (rows["manager"] != rows["today"])).all()
    assert rows["is_moved"].sum() <= answer(case).cover["moves"]


def test_cover_of_today_and_of_the_start_are_told_apart(case):
    earlier = earlier_cover(case)
    assert earlier.columns.tolist() == ["today", "start"]
    assert earlier.loc["moves", "today"] == 0
    assert earlier.loc["moves", "start"] > 0
    without_today = replace(case, accounts=case.accounts.drop(columns="manager_id"))
    assert earlier_cover(without_today).columns.tolist() == ["start"]


def test_search_without_any_answer_is_tried_again_with_more_time(case, monkeypatch):
    limits = []

    def search(*_, time_limit_seconds, **__):
        limits.append(time_limit_seconds)
        if len(limits) == 1:
            raise RunError("no assignment was found")
        return case.start

    monkeypatch.setattr(role_what_if, "reassign", search)
    answer(case)
    assert limits[0] < limits[1]


def test_manager_of_today_who_is_not_in_the_table_keeps_an_id(case):
    gone = case.accounts.assign(manager_id="M99")
    assert answer(replace(case, accounts=gone)).rows["today"].unique().tolist() == ["M99"]


def test_tables_of_the_case_are_not_changed(case):
    before = [table.copy() for table in (case.accounts, case.managers, case.counterparts)]
    answer(case, leaver="M1", hires=1, new_account="C40")
    for table, copy in zip((case.accounts, case.managers, case.counterparts), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)
