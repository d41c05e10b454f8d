import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.promethee import (
    LINEAR,
    USUAL,
    Preference,
    criterion_flows,
    net_flows,
    promethee,
)
from kamtools.selection.scoring import score, weighted_sum
from kamtools.selection.weights import direct_weights, equal_weights

tables = st.integers(1, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(0, 100), min_size=n, max_size=n), min_size=2, max_size=12
    )
)
seeds = st.integers(0, 2**32 - 1)
thresholds = st.tuples(st.floats(0, 0.5), st.floats(0.51, 1.5))


def problem(matrix, seed=0):
    rng = np.random.default_rng(seed)
    values = pd.DataFrame(matrix, dtype=float).rename(columns="c{}".format)
    points = dict(zip(values.columns, rng.uniform(0.1, 1, values.shape[1]), strict=True))
    senses = rng.choice(["max", "min"], values.shape[1])
    return values, direct_weights(points), pd.Series(senses, index=values.columns)


def by_pairs(values, weights, objectives, indifference, strict):
    """Return net flows from all pairs, straight from the definition."""
    span = (values.max() - values.min()).to_numpy()
    turned = (values * np.where(objectives == "max", 1, -1)).to_numpy()
    lead = turned[:, np.newaxis, :] - turned
    width = np.where(span > 0, (strict - indifference) * span, 1)
    preferred = np.clip((lead - indifference * span) / width, 0, 1)
    together = preferred @ weights.to_numpy()
    return (together.sum(axis=1) - together.sum(axis=0)) / (len(values) - 1)


def test_usual_preference_of_the_pymcdm_manual():
    # pymcdm 1.4, PROMETHEE_II, example of its documentation.
    values = pd.DataFrame({"a": [4.0, 3, 5], "b": [3.0, 2, 1], "c": [2.0, 4, 3]})
    flows = net_flows(
        values, pd.Series({"a": 0.5, "b": 0.3, "c": 0.2}), pd.Series("max", index=list("abc")),
        preference=USUAL,
    )  # fmt: skip
    assert flows.tolist() == pytest.approx([0.1, -0.3, 0.2])


def test_lead_counts_in_proportion_between_the_thresholds():
    # Of a range of 100: 40 ahead is (0.4 − 0.1) / (0.6 − 0.1); 60 and 100 ahead are clear.
    values = pd.DataFrame({"c": [0.0, 60.0, 100.0]})
    flows = criterion_flows(
        values, pd.Series({"c": "max"}), preference=Preference(indifference=0.1, strict=0.6)
    )["c"]
    assert flows.tolist() == pytest.approx([-1, (1 - 0.6) / 2, (1 + 0.6) / 2])


def test_trivial_lead_does_not_count():
    values = pd.DataFrame({"c": [0.0, 99.0, 100.0]})
    flows = criterion_flows(values, pd.Series({"c": "max"}))["c"]
    assert flows.tolist() == [-1, 0.5, 0.5]


def test_best_in_all_beats_all_and_worst_in_all_is_beaten():
    values = pd.DataFrame({"c0": [9.0, 4.0, 0.0], "c1": [1.0, 5.0, 9.0]})
    scores = promethee(
        values,
        equal_weights(["c0", "c1"]),
        pd.Series({"c0": "max", "c1": "min"}),
        preference=Preference(strict=0.4),
    )
    assert scores["score"].tolist() == [1, 0.5, 0]


def test_account_is_judged_over_what_is_known_of_it():
    values = pd.DataFrame({"c0": [0.0, 10.0, 10.0], "c1": [0.0, 10.0, np.nan]})
    objectives = pd.Series("max", index=values.columns)
    flows = net_flows(values, equal_weights(["c0", "c1"]), objectives)
    assert flows[2] == criterion_flows(values, objectives)["c0"][2] == 0.5


def test_account_of_which_nothing_weighted_is_known_stands_last_without_a_score():
    values = pd.DataFrame({"c0": [1.0, 1.0], "c1": [np.nan, 5.0]})
    scores = promethee(values, pd.Series({"c1": 1.0}), pd.Series("max", index=values.columns))
    assert np.isnan(scores["score"][0])
    assert scores["rank"].tolist() == [2, 1]


def test_accounts_that_are_all_alike_are_all_first():
    values = pd.DataFrame({"c0": [3.0] * 4})
    scores = promethee(values, pd.Series({"c0": 1.0}), pd.Series({"c0": "max"}))
    assert scores["score"].tolist() == [0.5] * 4
    assert scores["rank"].tolist() == [1] * 4


def test_single_account_is_neither_better_nor_worse():
    values = pd.DataFrame({"c0": [3.0]})
    assert net_flows(values, pd.Series({"c0": 1.0}), pd.Series({"c0": "max"})).tolist() == [0]


def test_method_can_be_asked_for_by_name():
    arguments = problem([[1, 9], [5, 2], [4, 4]])
    pd.testing.assert_frame_equal(score(*arguments, method="promethee"), promethee(*arguments))


@given(tables, seeds, thresholds)
def test_sorting_gives_what_all_pairs_give(matrix, seed, limits):
    arguments = problem(matrix, seed)
    flows = net_flows(*arguments, preference=Preference("linear", *limits))
    np.testing.assert_allclose(flows, by_pairs(*arguments, *limits), atol=1e-9)


@pytest.mark.parametrize("preference", [LINEAR, USUAL])
@given(matrix=tables, seed=seeds)
def test_net_flows_sum_to_zero(preference, matrix, seed):
    flows = net_flows(*problem(matrix, seed), preference=preference)
    assert flows.sum() == pytest.approx(0, abs=1e-9)
    assert flows.between(-1 - 1e-9, 1 + 1e-9).all()


@given(tables, seeds)
def test_lead_in_proportion_over_the_whole_range_is_the_weighted_sum(matrix, seed):
    values, weights, objectives = problem(matrix, seed)
    flows = net_flows(values, weights, objectives, preference=Preference(indifference=0, strict=1))
    sums = weighted_sum(values, weights, objectives)["score"]
    spread = (values.nunique() > 1).to_numpy()
    centred = sums - sums.mean() if spread.any() else sums * 0
    expected = centred * len(values) / (len(values) - 1)
    assert flows.tolist() == pytest.approx(expected.tolist(), abs=1e-9)


@given(tables, seeds)
def test_account_that_is_better_in_all_is_never_ranked_lower(matrix, seed):
    values, weights, objectives = problem(matrix, seed)
    step = np.where(objectives == "max", 1, -1)
    better = (values.iloc[[0]] + step).set_axis(["better"])
    scores = promethee(pd.concat([values, better]), weights, objectives)
    assert scores["rank"]["better"] <= scores["rank"][0]


@given(tables, seeds)
def test_one_criterion_alone_is_never_contradicted(matrix, seed):
    values, _, objectives = problem(matrix, seed)
    scores = promethee(values, equal_weights(["c0"]), objectives)["score"]
    order = values["c0"] if objectives["c0"] == "max" else -values["c0"]
    assert scores.iloc[order.argsort(kind="stable")].round(9).is_monotonic_increasing


@given(tables, seeds, st.floats(0.01, 100), st.floats(-100, 100))
def test_scores_ignore_unit_and_zero_of_a_criterion(matrix, seed, unit, zero):
    values, weights, objectives = problem(matrix, seed)
    moved = values.assign(c0=values["c0"] * unit + zero)
    pd.testing.assert_series_equal(
        promethee(moved, weights, objectives)["score"],
        promethee(values, weights, objectives)["score"],
        atol=1e-7,
    )


@given(tables, seeds)
def test_flow_is_the_weighted_sum_of_the_criterions_flows(matrix, seed):
    values, weights, objectives = problem(matrix, seed)
    parts = criterion_flows(values, objectives)
    assert parts.sum().tolist() == pytest.approx([0] * parts.shape[1], abs=1e-9)
    np.testing.assert_allclose(parts @ weights, net_flows(values, weights, objectives), atol=1e-9)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"kind": "gaussian"}, "one of linear, usual; got 'gaussian'"),
        ({"indifference": 0.5}, "0 <= indifference < strict; got indifference=0.5, strict=0.5"),
        ({"indifference": -0.1}, "got indifference=-0.1"),
    ],
)
def test_preference_that_is_none_is_refused(options, message):
    with pytest.raises(InputError, match=message):
        promethee(*problem([[1], [2]]), preference=Preference(**options))


def test_weights_that_do_not_sum_to_one_are_refused():
    values, _, objectives = problem([[1, 2], [2, 1]])
    with pytest.raises(InputError, match="weights must sum to 1"):
        promethee(values, pd.Series({"c0": 0.5, "c1": 0.6}), objectives)


def test_arguments_are_not_modified():
    arguments = problem([[1, 7], [2, 1]])
    before = [argument.copy() for argument in arguments]
    promethee(*arguments)
    pd.testing.assert_frame_equal(arguments[0], before[0])
    pd.testing.assert_series_equal(arguments[1], before[1])
    pd.testing.assert_series_equal(arguments[2], before[2])
