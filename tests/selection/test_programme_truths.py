"""Does the programme find what is planted in the sample company, and does a list by sales?"""

import pytest

from kamtools.samples.company import SEED, planted_truths
from kamtools.selection.account_hours import account_hours
from kamtools.selection.limits import Limits
from kamtools.selection.list_value import value_above_baseline
from kamtools.selection.near_misses import cost_of_inclusion
from kamtools.selection.other_ways import BY_SALES, BY_VALUE, OPTIMUM, compare_ways, shorter_lists
from kamtools.selection.programme import choose_within
from kamtools.selection.scoring import weighted_sum
from kamtools.selection.weights import default_weights

SHARE_FOR_KEY_ACCOUNTS = 0.2
WANTED = ("riser", "supermarket_channel")
UNWANTED = ("loses_money_when_served", "fader")


@pytest.fixture(scope="module")
def programme(sample_firm, sample_scorecard, sample_criteria):
    firm, scorecard, criteria = sample_firm, sample_scorecard, sample_criteria
    weights = default_weights(criteria.values.columns)
    scores = weighted_sum(criteria.values, weights, criteria.objectives)["score"]
    hours = account_hours(scorecard.index, service=firm.service, as_of=firm.as_of)["hours"]
    candidates = scorecard[["revenue"]].assign(value=value_above_baseline(scores), hours=hours)
    limits = Limits(
        hours=SHARE_FOR_KEY_ACCOUNTS * firm.capacity["hours_per_year"],
        accounts=firm.capacity["key_accounts"],
    )
    return choose_within(candidates, limits)


@pytest.fixture(scope="module")
def truths():
    return planted_truths(seed=SEED).set_index("account_id")["truth"]


def test_programme_finds_every_account_that_a_list_by_sales_overlooks(programme, truths):
    lists = shorter_lists(programme).loc[truths.index[truths.isin(WANTED)]]
    assert lists[OPTIMUM].all()
    assert not lists[BY_SALES].any()


def test_programme_leaves_out_the_fader_and_the_account_that_loses_money(programme, truths):
    lists = shorter_lists(programme).loc[truths.index[truths.isin(UNWANTED)]]
    assert not lists[OPTIMUM].any()
    assert lists[BY_SALES].any()


def test_list_by_sales_gives_up_a_fifth_of_the_value_or_more(programme):
    ways = compare_ways(programme)["share_of_optimum"]
    assert ways[BY_SALES] < 0.8
    assert ways[BY_SALES] < ways[BY_VALUE] < 1


def test_account_that_loses_money_takes_more_hours_than_there_are(programme, truths):
    loser = truths.index[truths == "loses_money_when_served"]
    assert cost_of_inclusion(programme, list(loser))["cost_of_inclusion"].iloc[0] == float("inf")
