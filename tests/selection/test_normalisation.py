import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.normalisation import METHODS, normalise

OBJECTIVES = pd.Series({"margin": "max", "returns_rate": "min"})
VALUES = pd.DataFrame(
    {"margin": [5.0, 10.0, 20.0], "returns_rate": [0.1, 0.2, 0.4]}, index=["a", "b", "c"]
)
tables = st.lists(
    st.tuples(st.integers(1, 10**6), st.integers(1, 10**6)), min_size=2, max_size=20
).map(lambda rows: pd.DataFrame(rows, columns=list(OBJECTIVES.index), dtype=float))


def test_min_max_runs_from_the_worst_account_to_the_best():
    assert normalise(VALUES, OBJECTIVES)["margin"].round(4).tolist() == [0, 0.3333, 1]
    assert normalise(VALUES, OBJECTIVES)["returns_rate"].round(4).tolist() == [1, 0.6667, 0]


def test_vector_divides_by_the_length_of_the_column():
    # Hwang & Yoon (1981), first step of TOPSIS.
    normalised = normalise(VALUES, OBJECTIVES, method="vector")
    assert normalised["margin"].tolist() == pytest.approx((VALUES["margin"] / 525**0.5).tolist())


def test_sum_divides_by_the_column_and_turns_costs_by_their_inverse():
    normalised = normalise(VALUES, OBJECTIVES, method="sum")
    assert normalised.sum().tolist() == pytest.approx([1, 1])
    assert normalised["returns_rate"].tolist() == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_ratio_divides_by_the_best():
    normalised = normalise(VALUES, OBJECTIVES, method="ratio")
    assert normalised["margin"].tolist() == [0.25, 0.5, 1]
    assert normalised["returns_rate"].tolist() == [1, 0.5, 0.25]


def test_criterion_that_is_the_same_for_all_is_half_for_all():
    same = VALUES.assign(margin=7.0)
    assert normalise(same, OBJECTIVES)["margin"].tolist() == [0.5] * 3


@pytest.mark.parametrize("method", METHODS)
def test_what_is_not_known_stays_not_known(method):
    gaps = VALUES.assign(margin=[np.nan, 10.0, 20.0])
    assert normalise(gaps, OBJECTIVES, method=method)["margin"].isna().tolist() == [
        True, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize("method", METHODS)
@given(values=tables)
def test_better_is_never_smaller(method, values):
    normalised = normalise(values, OBJECTIVES, method=method)
    order = values["margin"].argsort().to_numpy()
    assert (np.diff(normalised["margin"].to_numpy()[order]) >= -1e-12).all()
    order = values["returns_rate"].argsort().to_numpy()
    assert (np.diff(normalised["returns_rate"].to_numpy()[order]) <= 1e-12).all()


@pytest.mark.parametrize("method", METHODS)
@given(values=tables, unit=st.floats(0.001, 1000))
def test_unit_of_a_criterion_does_not_matter(method, values, unit):
    pd.testing.assert_frame_equal(
        normalise(values.assign(margin=values["margin"] * unit), OBJECTIVES, method=method),
        normalise(values, OBJECTIVES, method=method),
    )


@given(values=tables, zero=st.integers(-1000, 1000))
def test_min_max_ignores_where_a_scale_has_its_zero(values, zero):
    moved = values.assign(margin=values["margin"] + zero)
    pd.testing.assert_frame_equal(normalise(moved, OBJECTIVES), normalise(values, OBJECTIVES))


@given(values=tables)
def test_min_max_stays_between_0_and_1(values):
    assert normalise(values, OBJECTIVES).stack().between(0, 1).all()


def test_unknown_method_is_refused():
    with pytest.raises(InputError, match="min_max, vector, sum, ratio; got 'zscore'"):
        normalise(VALUES, OBJECTIVES, method="zscore")


@pytest.mark.parametrize("method", ["sum", "ratio"])
def test_negative_values_are_refused_where_they_have_no_meaning(method):
    with pytest.raises(InputError, match="needs positive values; margin has -1"):
        normalise(VALUES.assign(margin=[-1.0, 1.0, 2.0]), OBJECTIVES, method=method)


def test_cost_of_zero_is_refused_where_it_would_be_divided_by():
    with pytest.raises(InputError, match="returns_rate has 0: use 'min_max'"):
        normalise(VALUES.assign(returns_rate=[0.0, 1.0, 2.0]), OBJECTIVES, method="sum")


def test_criterion_without_an_objective_is_refused():
    with pytest.raises(InputError, match="no objective is given for returns_rate"):
        normalise(VALUES, OBJECTIVES[["margin"]])


def test_unknown_objective_is_refused():
    with pytest.raises(InputError, match="'max' or 'min'; got 'high' for margin"):
        normalise(VALUES, pd.Series({"margin": "high", "returns_rate": "min"}))


def test_criterion_known_for_no_account_is_refused():
    with pytest.raises(InputError, match="known for no account: margin"):
        normalise(VALUES.assign(margin=np.nan), OBJECTIVES)


def test_infinite_value_is_refused():
    with pytest.raises(InputError, match="infinite"):
        normalise(VALUES.assign(margin=[1.0, np.inf, 2.0]), OBJECTIVES)


def test_account_in_two_rows_is_refused():
    with pytest.raises(InputError, match="'a' has more"):
        normalise(VALUES.set_axis(["a", "a", "b"]), OBJECTIVES)


def test_empty_table_is_refused():
    with pytest.raises(InputError, match="nothing to score"):
        normalise(VALUES.head(0), OBJECTIVES)


@pytest.mark.parametrize("method", METHODS)
def test_values_are_not_modified(method):
    before = VALUES.copy()
    normalise(VALUES, OBJECTIVES, method=method)
    pd.testing.assert_frame_equal(VALUES, before)
