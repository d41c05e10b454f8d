import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.scoring import METHODS, score, topsis, weighted_sum
from kamtools.selection.weights import direct_weights, equal_weights

both = pytest.mark.parametrize("method", ["weighted_sum", "topsis"])
tables = st.integers(1, 4).flatmap(
    lambda n: st.lists(
        st.lists(st.integers(0, 100), min_size=n, max_size=n), min_size=2, max_size=12
    )
)
seeds = st.integers(0, 2**32 - 1)


def problem(matrix, weights=None, senses=None):
    """Return values, weights and objectives of a matrix; weights need not sum to 1."""
    values = pd.DataFrame(matrix, dtype=float).rename(columns="c{}".format)
    given_weights = [1] * values.shape[1] if weights is None else weights
    objectives = ["min" if sense == -1 else "max" for sense in senses or [1] * values.shape[1]]
    return (
        values,
        direct_weights(dict(zip(values.columns, given_weights, strict=True))),
        pd.Series(objectives, index=values.columns),
    )


def random_problem(matrix, seed):
    rng = np.random.default_rng(seed)
    n = len(matrix[0])
    return problem(matrix, rng.uniform(0.1, 1, n), rng.choice([-1, 1], n).tolist())


def test_topsis_of_tzeng_and_huang():
    # Tzeng & Huang (2011), Multiple Attribute Decision Making, CRC Press, TOPSIS example.
    scores = topsis(
        *problem([[5, 8, 4], [7, 6, 8], [8, 8, 6], [7, 4, 6]], [0.3, 0.4, 0.3]),
        normalisation="vector",
    )
    assert scores["score"].round(4).tolist() == [0.5037, 0.6581, 0.7482, 0.3340]
    assert scores["rank"].tolist() == [3, 2, 1, 4]


def test_topsis_of_hwang_and_yoons_fighter_aircraft():
    # Hwang & Yoon (1981), Multiple Attribute Decision Making, Springer.
    scores = topsis(
        *problem(
            [
                [2.0, 1500, 20000, 5.5, 5, 9],
                [2.5, 2700, 18000, 6.5, 3, 5],
                [1.8, 2000, 21000, 4.5, 7, 7],
                [2.2, 1800, 20000, 5.0, 5, 5],
            ],
            [0.2, 0.1, 0.1, 0.1, 0.2, 0.3],
            [1, 1, 1, -1, 1, 1],
        ),
        normalisation="vector",
    )
    # 0.6135 is printed as 0.613 in the source.
    assert scores["score"].tolist() == pytest.approx([0.643, 0.268, 0.613, 0.312], abs=6e-4)
    assert scores["rank"].tolist() == [1, 4, 2, 3]


@pytest.mark.parametrize(
    ("normalisation", "expected"),
    [("min_max", [0.6126, 0, 0.7829, 1]), ("vector", [0.6290, 0, 0.7739, 1])],
)
def test_topsis_of_the_pymcdm_readme(normalisation, expected):
    # README of pymcdm 1.0.3 (min-max); the vector values were computed apart from this package.
    scores = topsis(
        *problem([[4, 4], [1, 5], [3, 2], [4, 2]], senses=[1, -1]), normalisation=normalisation
    )
    assert scores["score"].round(4).tolist() == expected


def test_weighted_sum_of_kracka_brauers_and_zavadskas():
    # Kracka, Brauers & Zavadskas (2010), Inzinerine Ekonomika 21(4).
    scores = weighted_sum(
        *problem(
            [
                [33.95, 23.78, 11.45, 39.97, 29.44, 167.1, 3.852],
                [38.9, 4.17, 6.32, 0.01, 4.29, 132.52, 25.184],
                [37.59, 9.36, 8.23, 4.35, 10.22, 136.71, 10.845],
                [30.44, 37.59, 13.91, 74.08, 45.1, 198.34, 2.186],
                [36.21, 14.79, 9.17, 17.77, 17.06, 148.3, 6.61],
                [37.8, 8.55, 7.97, 2.35, 9.25, 134.83, 11.935],
            ],
            senses=[-1, -1, -1, -1, 1, -1, 1],
        ),
        normalisation="sum",
    )
    assert scores["score"].tolist() == pytest.approx(
        [0.12040426, 0.3458235, 0.13838192, 0.12841246, 0.12346084, 0.14351701], abs=1e-8
    )
    assert scores["rank"].tolist() == [6, 1, 3, 4, 5, 2]


def test_weighted_sum_of_chakraborty_zavadskas_and_antucheviciene():
    # Chakraborty, Zavadskas & Antucheviciene (2015), ECECSR 49(1), example 2, lambda = 1.
    scores = weighted_sum(
        *problem(
            [
                [581818, 54.49, 3, 5500], [595454, 49.73, 3, 4500], [586060, 51.24, 3, 5000],
                [522727, 45.71, 3, 5800], [561818, 52.66, 3, 5200], [543030, 74.46, 4, 5600],
                [522727, 75.42, 4, 5800], [486970, 62.62, 4, 5600], [509394, 65.87, 4, 6400],
                [513333, 70.67, 4, 6000],
            ],
            [0.467, 0.16, 0.095, 0.278],
            [-1, -1, -1, 1],
        ),
        normalisation="ratio",
    )  # fmt: skip
    expected = [0.859, 0.8194, 0.843, 0.942, 0.8645, 0.8315, 0.8552, 0.8983, 0.9067, 0.8784]
    assert scores["score"].tolist() == pytest.approx(expected, abs=6e-4)
    assert scores["rank"].tolist() == [6, 10, 8, 1, 5, 9, 7, 3, 2, 4]


@both
def test_best_in_all_has_1_and_worst_in_all_has_0(method):
    scores = score(*problem([[9, 1], [5, 3], [2, 8]], senses=[1, -1]), method=method)
    assert scores["score"].iloc[[0, 2]].tolist() == [1, 0]


@both
def test_account_that_dominates_is_first_whatever_the_weights(method):
    scores = score(*problem([[5, 5], [9, 6], [1, 2]], [0.01, 0.99]), method=method)
    assert scores["rank"].tolist() == [2, 1, 3]


@both
def test_equal_accounts_share_the_better_rank(method):
    scores = score(*problem([[9], [5], [5], [1]]), method=method)
    assert scores["rank"].tolist() == [1, 2, 2, 4]


@both
def test_accounts_that_are_all_alike_are_all_first(method):
    assert score(*problem([[3, 4]] * 3), method=method)["rank"].tolist() == [1, 1, 1]


def test_account_is_scored_over_what_is_known_of_it():
    values, weights, objectives = problem([[0, 0], [10, 10], [5, np.nan]], [0.3, 0.7])
    assert weighted_sum(values, weights, objectives)["score"][2] == pytest.approx(0.5)
    assert topsis(values, weights, objectives)["score"][2] == pytest.approx(0.5)


@both
def test_account_of_which_nothing_weighted_is_known_stands_last_without_a_score(method):
    values, _, objectives = problem([[1, np.nan], [1, 5], [1, 9]])
    scores = score(values, pd.Series({"c1": 1.0}), objectives, method=method)
    assert np.isnan(scores["score"][0])
    assert scores["rank"].tolist() == [3, 2, 1]


@both
def test_criterion_without_a_weight_does_not_count(method):
    values, _, objectives = problem([[1, 9], [2, 5]])
    scores = score(values, pd.Series({"c0": 1.0}), objectives, method=method)
    assert scores["rank"].tolist() == [2, 1]


@both
def test_giant_that_enters_may_swap_two_others(method):
    # Rank reversal, known of every method that normalises by the accounts present.
    three, weights, objectives = problem([[10, 0], [0, 4], [5, 10]])
    four, _, _ = problem([[10, 0], [0, 4], [5, 10], [100, 0]])
    before = score(three, weights, objectives, method=method)["score"]
    after = score(four, weights, objectives, method=method)["score"]
    assert before[0] > before[1]
    assert after[0] < after[1]


@both
@given(matrix=tables, seed=seeds)
def test_scores_lie_from_0_to_1(method, matrix, seed):
    assert (
        score(*random_problem(matrix, seed), method=method)["score"].between(-1e-9, 1 + 1e-9).all()
    )


@both
@given(matrix=tables, seed=seeds, unit=st.floats(0.001, 1000))
def test_scores_ignore_the_unit_of_a_criterion(method, matrix, seed, unit):
    values, weights, objectives = random_problem(matrix, seed)
    scaled = values.assign(c0=values["c0"] * unit)
    pd.testing.assert_series_equal(
        score(scaled, weights, objectives, method=method)["score"],
        score(values, weights, objectives, method=method)["score"],
        atol=1e-9,
    )


@both
@given(matrix=tables, seed=seeds)
def test_scores_ignore_the_order_of_accounts_and_criteria(method, matrix, seed):
    values, weights, objectives = random_problem(matrix, seed)
    turned = values.iloc[::-1, ::-1]
    pd.testing.assert_frame_equal(
        score(turned, weights, objectives, method=method)[::-1],
        score(values, weights, objectives, method=method),
    )


@both
@given(matrix=tables, seed=seeds)
def test_account_made_best_in_all_is_first_in_every_method(method, matrix, seed):
    values, weights, objectives = random_problem(matrix, seed)
    best = np.where(objectives == "max", values.max() + 1, values.min() - 1)
    with_best = pd.concat([values, pd.DataFrame([best], columns=values.columns, index=["best"])])
    assert score(with_best, weights, objectives, method=method)["rank"]["best"] == 1


@both
@given(matrix=tables, seed=seeds)
def test_account_that_is_better_in_all_is_never_ranked_lower(method, matrix, seed):
    values, weights, objectives = random_problem(matrix, seed)
    step = np.where(objectives == "max", 1, -1)
    better = (values.iloc[[0]] + step).set_axis(["better"])
    scores = score(pd.concat([values, better]), weights, objectives, method=method)
    assert scores["rank"]["better"] <= scores["rank"][0]


@both
@given(matrix=tables, seed=seeds)
def test_weight_on_one_criterion_is_that_criterions_order(method, matrix, seed):
    values, _, objectives = random_problem(matrix, seed)
    scores = score(values, equal_weights(["c0"]), objectives, method=method)
    expected = values["c0"].rank(ascending=objectives["c0"] == "min", method="min")
    assert scores["rank"].tolist() == expected.tolist()


def test_unknown_method_is_refused():
    with pytest.raises(InputError, match="weighted_sum, topsis, promethee; got 'vikor'"):
        score(*problem([[1], [2]]), method="vikor")


@both
def test_weights_that_do_not_sum_to_one_are_refused(method):
    values, _, objectives = problem([[1, 2], [2, 1]])
    with pytest.raises(InputError, match=r"weights must sum to 1; got 1.10 \(c0, c1\)"):
        score(values, pd.Series({"c0": 0.5, "c1": 0.6}), objectives, method=method)


@both
def test_unknown_normalisation_is_refused(method):
    with pytest.raises(InputError, match="got 'none'"):
        METHODS[method](*problem([[1], [2]]), normalisation="none")


@both
def test_arguments_are_not_modified(method):
    arguments = problem([[1, np.nan], [2, 1]], senses=[1, -1])
    before = [argument.copy() for argument in arguments]
    score(*arguments, method=method)
    pd.testing.assert_frame_equal(arguments[0], before[0])
    pd.testing.assert_series_equal(arguments[1], before[1])
    pd.testing.assert_series_equal(arguments[2], before[2])
