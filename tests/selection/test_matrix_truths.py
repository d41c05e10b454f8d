"""Does the portfolio put what is planted in the sample company into the cells of its stories?"""

import pytest

from kamtools.samples.company import SEED, planted_truths
from kamtools.selection.attractiveness import attractiveness
from kamtools.selection.business_strength import business_strength
from kamtools.selection.characteristic_parts import measure_parts
from kamtools.selection.characteristics import profiles
from kamtools.selection.matrix import portfolio_matrix
from kamtools.selection.measurement import criteria_table
from kamtools.selection.weights import default_weights


@pytest.fixture(scope="module")
def truths():
    return planted_truths(seed=SEED).set_index("account_id")["truth"]


def test_planted_accounts_fall_into_the_cells_of_their_stories(
    sample_firm, sample_scorecard, sample_facts, truths
):
    criteria = criteria_table(sample_scorecard, **sample_facts)
    weights = default_weights(criteria.values.columns)
    matrix = portfolio_matrix(
        attractiveness(criteria.values, weights, criteria.objectives),
        business_strength(
            sample_scorecard.index,
            strengths=sample_firm.strengths,
            relationship=sample_firm.relationship,
            accounts=sample_firm.accounts,
        ),
    )
    cells = matrix["cell"].reindex(truths.index).groupby(truths).agg(set).to_dict()
    assert cells == {
        "fader": {"streamline"},
        "loses_money_when_served": {"status"},
        "power_trap": {"star"},
        "riser": {"strategic"},
        "supermarket_channel": {"star"},
    }


def test_planted_accounts_have_the_profiles_of_their_stories(
    sample_firm, sample_scorecard, sample_facts, truths
):
    found = profiles(
        measure_parts(sample_scorecard, initiatives=sample_firm.initiatives, **sample_facts)
    ).scores
    planted = found.reindex(truths.index).groupby(truths).mean()
    assert planted.loc["power_trap", ["share", "hard_to_replace", "demanding"]].min() > 0.8
    assert planted.loc["loses_money_when_served", "demanding"] == 1
    assert planted.loc["riser", "stable_with_potential"] > 0.8
    assert planted.loc["supermarket_channel", "fits"] > 0.6
    assert planted.loc["supermarket_channel", "share"] < 0.3
    assert planted.loc["fader", "stable_with_potential"] < 0.5
