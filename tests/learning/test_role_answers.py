"""Answers on the people of the role are what was planted in the sample company."""

import pytest

from kamtools import engagement
from kamtools.learning import role_answers as found
from kamtools.samples import company, locate
from kamtools.samples.company_flaws import planted_flaws


@pytest.fixture(scope="module")
def firm():
    return engagement.roll_up(engagement.load(locate("sample")))


@pytest.fixture(scope="module")
def flaws():
    table = planted_flaws(seed=company.SEED)
    return table.groupby("flaw")["subject"].agg(list)


def test_the_account_cut_off_is_the_one_that_was_planted(firm, flaws):
    assert found.cut_off({"firm": firm}) == set(flaws["single_thread"])


def test_the_manager_after_one_training_is_the_one_that_was_planted(firm, flaws):
    assert [found.least_training({"firm": firm})] == flaws["one_training"]


def test_the_account_in_the_exercise_is_one_of_the_planted_rivals(flaws):
    assert found.RIVAL in flaws["rivals_share_manager"]


def test_accounts_on_one_person_hold_those_of_each_manager(firm):
    context = {"firm": firm}
    assert found.cut_off(context) <= found.on_one_person(context)
    assert found.on_one_person(context) <= found.touched(context) | found.two_contacts_lost(context)
