import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.explorers.list_verdicts import DRAWS, matrix_at, verdicts_near
from kamtools.selection.acceptability import smaa
from kamtools.selection.attractiveness import attractiveness
from kamtools.selection.weight_draws import weights_around

ACCOUNTS = pd.Index([f"C{row}" for row in range(30)], name="account_id")
RNG = np.random.default_rng(7)
VALUES = pd.DataFrame(
    RNG.random((30, 3)), index=ACCOUNTS, columns=["margin", "growth", "relationship"]
)
OBJECTIVES = pd.Series("max", index=VALUES.columns)
WEIGHTS = pd.Series({"margin": 0.5, "growth": 0.3, "relationship": 0.2})
STRENGTH = pd.DataFrame({"strength": RNG.random(30) * 2, "basis": "", "missing": ""}, ACCOUNTS)


def near(weights=WEIGHTS, **changes):
    options = {"top": 6, "method": "weighted_sum", "seed": 1} | changes
    return verdicts_near(VALUES, weights, OBJECTIVES, **options)


def test_shares_are_those_of_smaa_around_the_weights():
    drawn = weights_around(WEIGHTS, draws=DRAWS, seed=1)
    expected = smaa(VALUES, drawn, OBJECTIVES, top=6).p_top
    pd.testing.assert_series_equal(near()["p_top_k"].reindex(ACCOUNTS), expected, check_names=False)


@pytest.mark.parametrize("method", ["weighted_sum", "topsis", "promethee"])
def test_shares_add_up_to_the_length_of_the_list(method):
    assert near(method=method)["p_top_k"].sum() == pytest.approx(6)


@given(st.integers(1, 30))
def test_verdict_follows_from_the_share(top):
    table = near(top=top, draws=50)
    assert (table.loc[table["verdict"] == "in", "p_top_k"] >= 0.8).all()
    assert (table.loc[table["verdict"] == "out", "p_top_k"] <= 0.2).all()


def test_with_all_weight_on_one_criterion_nothing_is_to_be_argued_about():
    weights = pd.Series({"margin": 1.0, "growth": 0.0, "relationship": 0.0})
    table = near(weights)
    assert set(table["verdict"]) == {"in", "out"}
    assert set(table.index[:6]) == set(VALUES["margin"].nlargest(6).index)


def test_matrix_has_the_attractiveness_of_these_weights():
    matrix = matrix_at(VALUES, WEIGHTS, OBJECTIVES, strength=STRENGTH)
    expected = attractiveness(VALUES, WEIGHTS, OBJECTIVES)
    pd.testing.assert_series_equal(matrix["attractiveness"], expected)


def test_matrix_itself_serves_as_its_table_of_strengths():
    first = matrix_at(VALUES, WEIGHTS, OBJECTIVES, strength=STRENGTH)
    pd.testing.assert_frame_equal(first, matrix_at(VALUES, WEIGHTS, OBJECTIVES, strength=first))


def test_without_weight_on_attractiveness_there_is_no_matrix():
    weights = pd.Series({"margin": 0.0, "growth": 0.0, "relationship": 1.0})
    assert matrix_at(VALUES, weights, OBJECTIVES, strength=STRENGTH) is None


def test_without_any_known_strength_there_is_no_matrix():
    unknown = STRENGTH.assign(strength=np.nan)
    assert matrix_at(VALUES, WEIGHTS, OBJECTIVES, strength=unknown) is None


def test_longer_list_than_accounts_is_refused():
    with pytest.raises(InputError, match="top must be a whole number from 1 to 30"):
        near(top=31)


def test_tables_given_are_not_changed():
    before = VALUES.copy(), STRENGTH.copy()
    near()
    matrix_at(VALUES, WEIGHTS, OBJECTIVES, strength=STRENGTH)
    pd.testing.assert_frame_equal(VALUES, before[0])
    pd.testing.assert_frame_equal(STRENGTH, before[1])
