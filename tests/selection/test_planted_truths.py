"""Does the method find what is planted in the sample company, and does sales rank?"""

import pytest

from kamtools.samples.company import SEED, planted_truths
from kamtools.selection.explanation import contributions, explain
from kamtools.selection.portfolio import compare_with_sales
from kamtools.selection.scoring import weighted_sum
from kamtools.selection.weights import default_weights

TOP = 20
WANTED = ("riser", "supermarket_channel")
UNWANTED = ("loses_money_when_served", "fader")


@pytest.fixture(scope="module")
def chosen(sample_firm, sample_scorecard, sample_criteria):
    firm, scorecard, criteria = sample_firm, sample_scorecard, sample_criteria
    weights = default_weights(criteria.values.columns)
    scores = weighted_sum(criteria.values, weights, criteria.objectives)
    lists = compare_with_sales(scorecard, scores, TOP, margin=criteria.measured["margin"])
    reasons = explain(
        contributions(criteria.values, weights, criteria.objectives),
        criteria.labels,
        measured=criteria.measured,
        objectives=criteria.objectives,
        currency=firm.currency,
    )
    table = scores.assign(
        in_chosen_list=lists.table["in_chosen_list"], in_sales_list=lists.table["in_sales_list"],
        reason=reasons,
    )  # fmt: skip
    return planted_truths(seed=SEED).set_index("account_id").join(table).fillna(False)


def test_method_finds_every_account_that_sales_rank_overlooks(chosen):
    wanted = chosen[chosen["truth"].isin(WANTED)]
    assert wanted["in_chosen_list"].all()
    assert not wanted["in_sales_list"].any()


def test_method_leaves_out_every_account_that_sales_rank_is_taken_in_by(chosen):
    unwanted = chosen[chosen["truth"].isin(UNWANTED)]
    assert not unwanted["in_chosen_list"].any()
    assert unwanted["in_sales_list"].all()


@pytest.mark.parametrize(
    ("truth", "said"),
    [
        ("loses_money_when_served", "held back by low profit after service (EUR −"),
        ("fader", "held back by low growth (−"),
        ("riser", "growth (+"),
        ("supermarket_channel", "Lifted by strategic fit (100 %)"),
        ("power_trap", "held back by high bargaining power (5 of 5)"),
    ],
)
def test_reason_says_what_is_planted(chosen, truth, said):
    assert chosen.loc[chosen["truth"] == truth, "reason"].str.contains(said, regex=False).all()
