"""The same problems by libraries that others wrote. scikit-criteria takes seconds to import."""

import warnings

import numpy as np
import pandas as pd
import pytest

from kamtools.selection.ahp import ahp_weights
from kamtools.selection.comparisons import comparison_matrix
from kamtools.selection.data_weights import critic_weights, entropy_weights
from kamtools.selection.promethee import USUAL, net_flows
from kamtools.selection.scoring import topsis

with warnings.catch_warnings():
    # What these libraries warn of is not ours to mend.
    warnings.simplefilter("ignore")
    from pymcdm.methods import PROMETHEE_II, TOPSIS
    from pymcdm.normalizations import vector_normalization
    from pymcdm.weights.subjective import AHP
    from skcriteria.preprocessing import weighters

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning:pymcdm")
seeds = pytest.mark.parametrize("seed", range(5))


def problem(seed, accounts=25, criteria=6):
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(rng.lognormal(size=(accounts, criteria))).rename(columns="c{}".format)
    weights = pd.Series(rng.dirichlet(np.ones(criteria)), index=values.columns)
    signs = np.where(rng.random(criteria) < 0.3, -1, 1)
    objectives = pd.Series(np.where(signs == 1, "max", "min"), index=values.columns)
    return values, weights, objectives, signs


@seeds
def test_linear_preference_is_that_of_pymcdm(seed):
    values, weights, objectives, signs = problem(seed)
    span = (values.max() - values.min()).to_numpy()
    theirs = PROMETHEE_II("vshape_2", q=list(0.05 * span), p=list(0.5 * span))
    flows = net_flows(values, weights, objectives)
    np.testing.assert_allclose(flows, theirs(values.to_numpy(), weights.to_numpy(), signs))


@seeds
def test_usual_preference_is_that_of_pymcdm(seed):
    values, weights, objectives, signs = problem(seed)
    flows = net_flows(values, weights, objectives, preference=USUAL)
    theirs = PROMETHEE_II("usual")(values.to_numpy(), weights.to_numpy(), signs)
    np.testing.assert_allclose(flows, theirs)


@seeds
def test_weights_from_comparisons_are_those_of_pymcdm(seed):
    rng = np.random.default_rng(seed)
    pairs = [(a, b) for a in "abcde" for b in "abcde" if a < b]
    answers = rng.choice([1 / 5, 1 / 3, 1, 3, 5], len(pairs))
    matrix = comparison_matrix("abcde", dict(zip(pairs, answers, strict=True)))
    np.testing.assert_allclose(ahp_weights(matrix), AHP(matrix=matrix.to_numpy())())


@seeds
def test_entropy_weights_are_those_of_scikit_criteria(seed):
    values, _, _, _ = problem(seed)
    objectives = pd.Series("max", index=values.columns)
    ours = entropy_weights(values, objectives, normalisation="sum")
    np.testing.assert_allclose(ours, weighters.entropy_weights(values.to_numpy()), rtol=1e-9)


@seeds
def test_critic_weights_are_those_of_scikit_criteria(seed):
    values, _, objectives, signs = problem(seed)
    theirs = weighters.critic_weights(values.to_numpy(), signs, correlation="pearson", scale=True)
    np.testing.assert_allclose(critic_weights(values, objectives), theirs)


def test_giant_swaps_two_accounts_in_pymcdm_too():
    three = pd.DataFrame({"margin": [10.0, 0, 5], "growth": [0.0, 4, 10]})
    four = pd.concat([three, pd.DataFrame({"margin": [100.0], "growth": [0.0]})])
    weights = pd.Series({"margin": 0.5, "growth": 0.5})
    objectives = pd.Series("max", index=three.columns)
    theirs = TOPSIS(normalization_function=vector_normalization)
    for table, order in ((three, 1), (four, -1)):
        ours = topsis(table.reset_index(drop=True), weights, objectives, normalisation="vector")
        published = theirs(table.to_numpy(), weights.to_numpy(), np.ones(2))
        np.testing.assert_allclose(ours["score"], published)
        assert np.sign(published[0] - published[1]) == order
