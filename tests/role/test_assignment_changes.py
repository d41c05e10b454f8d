import numpy as np
import pandas as pd
import pytest

from benchmarks.assignment import tables
from kamtools.errors import InputError
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_changes import reassign
from kamtools.role.assignment_words import describe_assignment


@pytest.fixture(scope="module")
def settled():
    """Return forty accounts with eight managers, each with half as many hours as it needs again."""
    accounts, managers = tables(40, 8, seed=3)
    fair = accounts["hours"].sum() / 8
    return assign_accounts(accounts, managers.assign(capacity_hours=1.5 * fair), gap=0)


def moves(before, after):
    both = before.table["manager_id"].reindex(after.table.index)
    return both[both != after.table["manager_id"]].dropna()


def test_nothing_changed_moves_nobody(settled):
    assert moves(settled, reassign(settled)).empty


def test_accounts_of_a_manager_who_leaves_go_to_others_and_few_of_theirs_move(settled):
    for leaver in settled.managers.index[:3]:
        after = reassign(settled, managers=settled.managers.drop(leaver), time_limit_seconds=30)
        left = moves(settled, after)
        assert set(settled.table.index[settled.table["manager_id"] == leaver]) <= set(left.index)
        assert (left != leaver).sum() <= 3
        assert after.gap == 0


def test_moves_are_as_few_as_if_each_cost_a_fortune(settled):
    smaller = settled.managers.copy()
    busiest = settled.table.groupby("manager_id")["hours_per_year"].sum().idxmax()
    smaller.loc[busiest, "capacity_hours"] *= 0.5
    few = reassign(settled, managers=smaller, time_limit_seconds=30)
    accounts = settled.accounts.assign(manager_id=settled.table["manager_id"])
    fortune = pd.DataFrame({"value": [1e6]}, index=["move"])
    dear = assign_accounts(accounts, smaller, assumptions=fortune, gap=0)
    assert len(moves(settled, few)) == dear.table["is_move"].sum() > 0


def test_a_new_key_account_finds_a_manager_and_the_others_stay(settled):
    new = pd.DataFrame({"hours": [30.0], "region": ["R1"]}, index=["NEW"])
    after = reassign(settled, accounts=pd.concat([settled.accounts, new]), time_limit_seconds=30)
    assert after.table["manager_id"].notna().all()
    assert len(moves(settled, after)) <= 1
    assert pd.isna(after.table.loc["NEW", "manager_today"])


def test_manager_today_is_the_one_of_the_assignment_and_knows_a_new_account_not_for_years(settled):
    after = reassign(settled)
    assert after.table["manager_today"].equals(settled.table["manager_id"].rename("manager_today"))
    came = settled.table.index[settled.table["is_move"]]
    assert (after.accounts.loc[came, "relation_years"] == 0).all()


def test_words_say_that_moves_come_first(settled):
    assert "None moves fewer of those that could stay" in describe_assignment(reassign(settled))


def test_team_that_is_too_small_is_told_with_the_numbers(settled):
    with pytest.raises(
        InputError, match=r"the capacity of all managers is 1,344 hours .* need 3,585"
    ):
        reassign(settled, managers=settled.managers.iloc[:2])


def test_assignment_stays_as_it_was(settled):
    before = settled.table.copy(deep=True), settled.accounts.copy(deep=True)
    reassign(settled, managers=settled.managers.assign(capacity_hours=np.nan))
    pd.testing.assert_frame_equal(settled.table, before[0])
    pd.testing.assert_frame_equal(settled.accounts, before[1])
