import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.acceptability import smaa
from kamtools.selection.draw_scores import KERNELS
from kamtools.selection.pairwise import pairwise_winning
from kamtools.selection.scoring import score
from kamtools.selection.value_draws import Uncertainty, rating_errors
from kamtools.selection.weight_draws import uniform_weights, weights_around

both = pytest.mark.parametrize("method", KERNELS)
seeds = st.integers(0, 2**32 - 1)
cells = st.one_of(st.integers(0, 6), st.none())
tables = st.integers(1, 4).flatmap(
    lambda n: st.lists(
        st.tuples(st.integers(0, 6), *[cells] * (n - 1)), min_size=2, max_size=9
    ).filter(
        lambda rows: all(
            any(cell is not None for cell in column) for column in zip(*rows, strict=True)
        )
    )
)
# Weights from all on margin to all on growth, in even steps.
STEPS = (np.arange(1000) + 0.5) / 1000
LADDER = pd.DataFrame({"margin": STEPS, "growth": 1 - STEPS})
THREE = pd.DataFrame(
    {"margin": [10.0, 0.0, 6.0], "growth": [0.0, 10.0, 6.0]}, index=["earner", "riser", "both"]
)
PLUSES = pd.Series({"margin": "max", "growth": "max"})


def problem(rows, seed=None):
    """Return values and objectives of rows; a seed chooses which criteria are minuses."""
    values = pd.DataFrame(rows, dtype=float).rename(columns="c{}".format, index="a{}".format)
    rng = np.random.default_rng(seed)
    senses = rng.choice(["max", "min"], values.shape[1]) if seed is not None else "max"
    return values, pd.Series(senses, index=values.columns)


@pytest.fixture(scope="module")
def thrombo(shared_data):
    """Return the published draws of measurements and weights, and what came of them."""
    facts = shared_data / "facts"
    cases = json.loads((facts / "known_answers.json").read_text(encoding="utf-8"))
    published = next(case["expected"] for case in cases if case["id"] == "smaa_thrombo")
    drawn = pd.read_parquet(facts / "smaa_thrombo.parquet")
    accounts, criteria = ["heparin", "enoxaparin"], ["prox_dvt", "dist_dvt", "bleed"]
    weights = drawn[[f"weight_{name}" for name in criteria]].set_axis(criteria, axis=1)
    measured = {
        name: pd.DataFrame({account: drawn[f"meas_{account}_{name}"] for account in accounts})
        for name in criteria
    }
    # The measurements are values from 0 to 1 already: a scale from 0 to 1 leaves them.
    values = pd.DataFrame([[0.0] * 3, [1.0] * 3], index=accounts, columns=criteria)
    objectives = pd.Series("max", index=criteria)
    return published, (values, weights, objectives), Uncertainty(draws=measured)


def test_thrombo_of_the_r_package_smaa(thrombo):
    # cran/smaa 0.3-3, tests/Examples: exact, for its draws are given.
    published, arguments, uncertainty = thrombo
    result = smaa(*arguments, top=1, ranks=2, uncertainty=uncertainty)
    assert result.rank_acceptability.to_numpy().tolist() == published["acceptability"]
    assert result.confidence_factor.tolist() == published["confidence"]
    np.testing.assert_allclose(result.central_weights, published["central_weights"], atol=5e-8)


def test_pairwise_winning_of_the_r_package_smaa(thrombo):
    published, arguments, uncertainty = thrombo
    rivals = list(arguments[0].index)
    winning = pairwise_winning(*arguments, rivals=rivals, uncertainty=uncertainty)
    assert winning.to_numpy().tolist() == published["pairwise"]


def test_thrombo_under_fixed_weights(thrombo):
    published, (values, weights, objectives), uncertainty = thrombo
    fixed = published["fixed_weight_acceptability"]
    same = pd.DataFrame([fixed["weights"]] * len(weights), columns=values.columns)
    result = smaa(values, same, objectives, top=1, uncertainty=uncertainty)
    assert result.p_top["heparin"] == fixed["Heparin_first"]


def test_pairwise_winning_of_ten_draws():
    # gertvv/rsmaa, tests/pwi.R: the first alternative is ahead in nine draws of ten.
    ahead = pd.DataFrame({"a1": [0.0] + [1.0] * 9, "a2": [1.0] + [0.0] * 9})
    values = pd.DataFrame({"c": [1.0, 0.0]}, index=["a1", "a2"])
    winning = pairwise_winning(
        values, pd.DataFrame({"c": [1.0] * 10}), pd.Series({"c": "max"}),
        rivals=["a1", "a2"], uncertainty=Uncertainty(draws={"c": ahead}),
    )  # fmt: skip
    assert winning.to_numpy().tolist() == [[0, 0.9], [0.1, 0]]


def test_all_rounder_is_first_for_those_near_the_middle():
    # max(w, 1 - w) < 0.6 for weights of the margin from 0.4 to 0.6: a fifth of them.
    result = smaa(THREE, LADDER, PLUSES, top=1)
    assert result.p_top.to_dict() == {"earner": 0.4, "riser": 0.4, "both": 0.2}
    assert result.central_weights["margin"].round(9).tolist() == [0.8, 0.2, 0.5]
    assert result.confidence_factor.tolist() == [1, 1, 1]


def test_account_that_is_never_first_has_no_central_weights():
    result = smaa(THREE.replace(6.0, 4.0), LADDER, PLUSES, top=1)
    assert result.central_weights.loc["both"].isna().all()
    assert np.isnan(result.confidence_factor["both"])


def test_account_with_less_than_the_mean_is_never_last_and_never_first():
    result = smaa(THREE.replace(6.0, 4.0), LADDER, PLUSES, top=2, ranks=3)
    assert result.rank_acceptability.loc["both"].tolist() == [0, 0.8, 0.2]
    assert result.p_top["both"] == 0.8


@both
def test_twins_share_what_they_take_together(method):
    values = pd.DataFrame({"margin": [9.0, 5.0, 5.0, 0.0]}, index=list("abcd"))
    ones = pd.DataFrame({"margin": [1.0] * 7})
    result = smaa(values, ones, pd.Series({"margin": "max"}), top=2, method=method, ranks=4)
    assert result.p_top.tolist() == [1, 0.5, 0.5, 0]
    assert result.rank_acceptability.loc["b"].tolist() == [0, 0.5, 0.5, 0]


def test_list_of_all_accounts_has_them_all():
    assert smaa(THREE, LADDER, PLUSES, top=3).p_top.tolist() == [1, 1, 1]


def test_one_set_of_weights_gives_the_ordinary_list():
    weights = pd.DataFrame({"margin": [0.7], "growth": [0.3]})
    result = smaa(THREE, weights, PLUSES, top=2, ranks=3)
    ranks = score(THREE, weights.loc[0], PLUSES)["rank"]
    assert result.rank_acceptability.idxmax(axis="columns").tolist() == ranks.tolist()
    assert result.standard_error.tolist() == [0, 0, 0]


def test_standard_error_is_that_of_a_share():
    error = smaa(THREE, LADDER, PLUSES, top=1).standard_error["both"]
    assert error == pytest.approx(np.sqrt(0.2 * 0.8 / 1000))


def test_account_without_a_known_value_is_never_in():
    values = pd.concat([THREE, pd.DataFrame(index=["unknown"], columns=THREE.columns, dtype=float)])
    assert smaa(values, LADDER, PLUSES, top=3).p_top.tolist() == [1, 1, 1, 0]


def test_errors_of_0_change_nothing():
    certain = Uncertainty(standard_deviations=THREE * 0, seed=1)
    with_zeros = smaa(THREE, LADDER, PLUSES, top=1, uncertainty=certain)
    pd.testing.assert_series_equal(with_zeros.p_top, smaa(THREE, LADDER, PLUSES, top=1).p_top)


@both
def test_large_errors_leave_nothing_but_chance(method):
    errors = pd.DataFrame(1.0, index=["a", "b"], columns=["c0"])
    values = pd.DataFrame({"c0": [0.5, 0.49]}, index=["a", "b"])
    ones = pd.DataFrame({"c0": [1.0] * 4000})
    anchored = pd.concat([values, pd.DataFrame({"c0": [0.0, 1.0]}, index=["low", "high"])])
    winning = pairwise_winning(
        anchored, ones, pd.Series({"c0": "max"}), rivals=["a", "b"], method=method,
        uncertainty=Uncertainty(standard_deviations=errors, seed=3),
    )  # fmt: skip
    assert winning.loc["a", "b"] == pytest.approx(0.5, abs=0.04)


def test_error_of_a_difference_is_that_of_the_normal_distribution():
    # Two accounts one standard deviation apart in what is a scale of its own: P = Phi(1/sqrt 2).
    values = pd.DataFrame({"c0": [5.0, 4.5, 1.0]}, index=list("abc"))
    winning = pairwise_winning(
        values, pd.DataFrame({"c0": [1.0] * 20_000}), pd.Series({"c0": "max"}),
        rivals=["a", "b"],
        uncertainty=Uncertainty(
            standard_deviations=pd.DataFrame(0.5, index=["a", "b"], columns=["c0"]), seed=1
        ),
    )  # fmt: skip
    assert winning.loc["a", "b"] == pytest.approx(0.7602, abs=0.01)


def test_ratings_are_the_judged_criteria():
    values = pd.DataFrame({"margin": [1.0], "relationship": [3.0], "bargaining_power": [2.0]})
    errors = rating_errors(values, error=0.7)
    assert errors.to_dict("list") == {"relationship": [0.7], "bargaining_power": [0.7]}


def test_forecasts_replace_the_given_values_of_the_accounts_they_name():
    # "both" is forecast to grow to 9 in every draw: then it is first for nearly all.
    forecast = pd.DataFrame({"both": [9.0] * len(LADDER)})
    result = smaa(THREE, LADDER, PLUSES, top=1, uncertainty=Uncertainty(draws={"growth": forecast}))
    pd.testing.assert_series_equal(
        result.p_top, smaa(THREE.replace({"growth": {6.0: 9.0}}), LADDER, PLUSES, top=1).p_top
    )


@both
@given(rows=tables, seed=seeds)
def test_rows_and_columns_of_rank_acceptability_sum_to_one(method, rows, seed):
    values, objectives = problem(rows, seed)
    weights = uniform_weights(values.columns, draws=25, seed=seed)
    everything = smaa(
        values, weights, objectives, top=1, method=method, ranks=len(values), block=30
    ).rank_acceptability
    assert (everything >= 0).all(axis=None)
    assert everything.sum(axis="columns").tolist() == pytest.approx([1] * len(values))
    assert everything.sum(axis="index").tolist() == pytest.approx([1] * len(values))


@both
@given(rows=tables, seed=seeds, data=st.data())
def test_shares_are_those_of_scoring_draw_by_draw(method, rows, seed, data):
    values, objectives = problem(rows, seed)
    weights = uniform_weights(values.columns, draws=6, seed=seed)
    top = data.draw(st.integers(1, len(values)))
    expected = pd.Series(0.0, index=values.index)
    for _, drawn in weights.iterrows():
        scores = score(values, drawn, objectives, method=method)["score"].round(12)
        better = (scores.to_numpy()[:, np.newaxis] > scores.to_numpy()).sum(axis=0)
        tied = (scores.to_numpy()[:, np.newaxis] == scores.to_numpy()).sum(axis=0)
        expected += np.clip((top - better) / tied, 0, 1) / len(weights)
    p_top = smaa(values, weights, objectives, top=top, method=method).p_top
    assert p_top.tolist() == pytest.approx(expected.tolist())


@both
@given(rows=tables, seed=seeds)
def test_account_that_is_better_in_all_has_every_rank_or_a_better_one_as_often(method, rows, seed):
    values, objectives = problem([[c or 0 for c in row] for row in rows], seed)
    step = np.where(objectives == "max", 1, -1)
    everyone = pd.concat([values, (values.iloc[[0]] + step).set_axis(["better"])])
    weights = uniform_weights(values.columns, draws=25, seed=seed)
    result = smaa(everyone, weights, objectives, top=1, method=method, ranks=len(everyone))
    at_least = result.rank_acceptability.cumsum(axis="columns")
    assert (at_least.loc["better"] >= at_least.loc["a0"] - 1e-9).all()
    mean_rank = result.rank_acceptability @ result.rank_acceptability.columns.to_numpy()
    assert mean_rank["better"] <= mean_rank["a0"]


@both
@given(rows=tables, seed=seeds)
def test_weight_on_one_criterion_is_that_criterions_order(method, rows, seed):
    values, objectives = problem(rows, seed)
    ones = pd.DataFrame({"c0": [1.0, 1.0]})
    p_first = smaa(values, ones, objectives, top=1, method=method).p_top
    best = values["c0"].max() if objectives["c0"] == "max" else values["c0"].min()
    is_best = values["c0"] == best
    assert p_first.tolist() == pytest.approx((is_best / is_best.sum()).tolist())


@both
@given(rows=tables, seed=seeds)
def test_central_weights_are_weights_and_average_to_those_drawn(method, rows, seed):
    values, objectives = problem(rows, seed)
    weights = uniform_weights(values.columns, draws=25, seed=seed)
    result = smaa(values, weights, objectives, top=1, method=method)
    sums = result.central_weights.sum(axis="columns", skipna=False).dropna()
    assert sums.tolist() == pytest.approx([1] * len(sums))
    mean = result.central_weights.mul(result.p_top, axis="index").sum()
    assert mean.tolist() == pytest.approx(result.drawn_weights["mean"].tolist())


@both
@given(seed=seeds, block=st.integers(1, 5000))
def test_same_seed_gives_the_same_result_whatever_the_block(method, seed, block):
    rng = np.random.default_rng(seed)
    values, objectives = problem(rng.uniform(size=(30, 3)), seed)
    weights = uniform_weights(values.columns, draws=40, seed=seed)
    errors = Uncertainty(standard_deviations=values[["c0", "c1"]] * 0.1, seed=seed)
    whole, parts = (
        smaa(values, weights, objectives, top=5, method=method, uncertainty=errors, **options)
        for options in ({}, {"block": block})
    )
    pd.testing.assert_frame_equal(whole.rank_acceptability, parts.rank_acceptability)
    pd.testing.assert_series_equal(whole.confidence_factor, parts.confidence_factor)
    pd.testing.assert_frame_equal(whole.top_weights, parts.top_weights, rtol=1e-12)


@both
@given(rows=tables, seed=seeds)
def test_order_of_accounts_and_criteria_does_not_matter(method, rows, seed):
    values, objectives = problem(rows, seed)
    weights = uniform_weights(values.columns, draws=25, seed=seed)
    result = smaa(values, weights, objectives, top=1, method=method)
    turned = smaa(values.iloc[::-1, ::-1], weights, objectives, top=1, method=method)
    assert turned.p_top[values.index].tolist() == pytest.approx(result.p_top.tolist())


def test_errors_do_not_depend_on_the_seed_of_the_weights():
    # One seed for both must not tie the errors to the weights.
    values, objectives = problem([[3, 3], [3, 3], [0, 0], [6, 6]])
    weights = uniform_weights(values.columns, draws=20_000, seed=5)
    errors = pd.DataFrame(1.0, index=["a0", "a1"], columns=["c0", "c1"])
    winning = pairwise_winning(
        values, weights, objectives, rivals=["a0", "a1"],
        uncertainty=Uncertainty(standard_deviations=errors, seed=5),
    )  # fmt: skip
    assert winning.loc["a0", "a1"] == pytest.approx(0.5, abs=0.015)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"top": 0}, "top must be a whole number from 1 to 3"),
        ({"top": 4}, "the accounts that can be scored; got 4"),
        ({"top": True}, "got True"),
        ({"top": 2, "ranks": 1}, "ranks must be a whole number from 2 to 3"),
        ({"top": 1, "method": "vikor"}, "weighted_sum, topsis; got 'vikor'"),
        ({"top": 1, "block": 0}, "block must be at least 1"),
    ],
)
def test_impossible_options_are_refused(options, message):
    with pytest.raises(InputError, match=message):
        smaa(THREE, LADDER, PLUSES, **options)


def sd(number, account="both", criterion="growth"):
    return pd.DataFrame({criterion: [number]}, index=[account])


@pytest.mark.parametrize(
    ("uncertainty", "message"),
    [
        (Uncertainty(standard_deviations=sd(1.0)), "give the uncertainty a seed"),
        (Uncertainty(standard_deviations=sd(-1.0), seed=1), "numbers of at least 0"),
        (Uncertainty(standard_deviations=sd(1.0, "x"), seed=1), "for the account 'x'"),
        (Uncertainty(standard_deviations=sd(1.0, "both", "x"), seed=1), "for the criterion 'x'"),
        (Uncertainty(standard_deviations=sd(1e6), seed=1), "far off the scale"),
        (Uncertainty(draws={"x": pd.DataFrame({"both": [1.0]})}), "for the criterion 'x'"),
        (Uncertainty(draws={"growth": pd.DataFrame({"x": [1.0] * 1000})}), "for the account 'x'"),
        (Uncertainty(draws={"growth": pd.DataFrame({"both": [1.0]})}), "each of 1,000 sets"),
        (
            Uncertainty(draws={"growth": pd.DataFrame({"both": [np.nan] * 1000})}),
            "with 1,000 unknown",
        ),
        (
            Uncertainty(
                standard_deviations=sd(1.0),
                draws={"growth": pd.DataFrame({"both": [1.0] * 1000})},
                seed=1,
            ),
            "draws or standard deviations, not both",
        ),
    ],
)
def test_uncertainty_that_does_not_fit_is_refused(uncertainty, message):
    with pytest.raises(InputError, match=message):
        smaa(THREE, LADDER, PLUSES, top=1, uncertainty=uncertainty)


def test_uncertainty_of_a_criterion_without_a_scale_is_refused():
    alike = THREE.assign(growth=1.0)
    with pytest.raises(InputError, match="all accounts are alike in growth"):
        smaa(
            alike, LADDER, PLUSES, top=1,
            uncertainty=Uncertainty(standard_deviations=sd(1.0), seed=1),
        )  # fmt: skip


@pytest.mark.parametrize(
    ("rivals", "message"),
    [(["both", "x"], "rival 'x' has no values"), (["both"] * 2, "once"), ([], "at least one")],
)
def test_rivals_that_cannot_be_compared_are_refused(rivals, message):
    with pytest.raises(InputError, match=message):
        pairwise_winning(THREE, LADDER, PLUSES, rivals=rivals)


@both
def test_arguments_are_not_modified(method):
    values = THREE.copy()
    values.loc["both", "margin"] = np.nan
    errors = pd.DataFrame({"growth": [1.0, np.nan, 0.5]}, index=THREE.index)
    forecast = pd.DataFrame({"earner": np.linspace(5, 9, len(LADDER))})
    arguments = (values, weights_around(pd.Series({"margin": 1.0}), draws=1000, seed=1), PLUSES)
    before = [argument.copy() for argument in (*arguments, errors, forecast)]
    uncertainty = Uncertainty(standard_deviations=errors, draws={"margin": forecast}, seed=1)
    smaa(*arguments, top=1, method=method, uncertainty=uncertainty)
    for argument, copy in zip((*arguments, errors, forecast), before, strict=True):
        assert argument.equals(copy)


def test_promethee_is_drawn_as_it_is_scored():
    values = pd.DataFrame(
        {"margin": [9.0, 5.0, 1.0, 7.0], "growth": [0.1, 0.9, 0.5, 0.2]}, index=list("abcd")
    )
    objectives = pd.Series({"margin": "max", "growth": "max"})
    weights = pd.DataFrame({"margin": [0.7, 0.2, 0.5], "growth": [0.3, 0.8, 0.5]})
    result = smaa(values, weights, objectives, top=2, method="promethee")
    in_top = sum(
        scores["rank"].le(2).astype(int)
        for scores in (
            score(values, weights.loc[row], objectives, method="promethee") for row in weights.index
        )
    )
    assert result.p_top.to_dict() == pytest.approx((in_top / 3).to_dict())
