import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.selection.ranking import labelled, mean_over_known

scores = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20).map(np.array)


def test_equal_scores_share_the_better_rank():
    assert labelled(np.array([1.0, 3.0, 3.0]), pd.RangeIndex(3))["rank"].tolist() == [3, 1, 1]


def test_scores_apart_by_rounding_errors_are_equal():
    table = labelled(np.array([0.1 + 0.2, 0.3]), pd.RangeIndex(2))
    assert table["rank"].tolist() == [1, 1]


def test_account_without_a_score_stands_behind_all():
    assert labelled(np.array([np.nan, -5.0]), pd.RangeIndex(2))["rank"].tolist() == [2, 1]


@given(scores)
def test_first_has_the_highest_score(given_scores):
    table = labelled(given_scores, pd.RangeIndex(len(given_scores)))
    assert table.loc[table["rank"] == 1, "score"].min() == pytest.approx(given_scores.max())
    assert table["rank"].between(1, len(given_scores)).all()


def test_mean_is_over_what_is_known():
    values = np.array([[0.0, 1.0], [np.nan, 1.0], [np.nan, np.nan]])
    mean = mean_over_known(values, np.array([0.75, 0.25]))
    assert mean[:2].tolist() == [0.25, 1.0]
    assert np.isnan(mean[2])


def test_arguments_are_not_modified():
    values, weights = np.array([[np.nan, 1.0]]), np.array([0.5, 0.5])
    mean_over_known(values, weights)
    assert np.isnan(values[0, 0])
    assert weights.tolist() == [0.5, 0.5]
