"""The fictitious AdventureWorks: seventeen sellers whose resellers lie unevenly on them.

That every reseller takes the same 24 hours a year is an assumption of this test.
"""

import pytest

from kamtools import engagement
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_moves import FREE, assignment_moves
from kamtools.role.assignment_words import compare_with_today
from kamtools.samples import public

HOURS = 24.0


@pytest.fixture(scope="module")
def firm(shared_data, tmp_path_factory):
    folder = public.make_engagement(
        "adventureworks", tmp_path_factory.mktemp("public") / "aw", data_folder=shared_data
    )
    found = engagement.load(folder)
    accounts = found.accounts.set_index("account_id").assign(hours=HOURS)
    managers = found.managers.set_index("manager_id")
    capacity = 12 * managers["capacity_hours_per_month"]
    return accounts, managers.assign(capacity_hours=capacity)


@pytest.fixture(scope="module")
def proposed(firm):
    return assign_accounts(*firm)


def test_todays_imbalance_is_shown(firm, proposed):
    accounts, managers = firm
    counts = accounts["manager_id"].value_counts().reindex(managers.index, fill_value=0)
    today = compare_with_today(proposed)["today"]
    assert today["without_manager"] == accounts["manager_id"].isna().sum() > 0
    assert today["highest_load"] == pytest.approx(counts.max() / counts.mean())
    assert today["outside_band"] == ((counts / counts.mean() - 1).abs() > 0.15).sum() > 10


def test_proposal_brings_every_seller_into_the_band_and_all_resellers_to_a_seller(proposed):
    compared = compare_with_today(proposed)["proposed"]
    assert compared["outside_band"] == 0
    assert compared["without_manager"] == 0
    assert proposed.gap <= 0.01


def test_every_move_has_a_reason_and_no_more_move_than_leave_the_overloaded(firm, proposed):
    accounts, managers = firm
    moves = assignment_moves(proposed)
    assert not moves["reason"].isin([FREE, ""]).any()
    counts = accounts["manager_id"].value_counts()
    most = 1.15 * len(accounts) / len(managers)
    beyond = (counts - int(most)).clip(lower=0).sum()
    assert beyond <= proposed.table["is_move"].sum() < 2 * beyond
