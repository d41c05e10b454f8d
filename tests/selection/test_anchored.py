import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.anchored import anchored_sum, anchors_of
from kamtools.selection.scoring import weighted_sum
from kamtools.selection.weights import equal_weights

VALUES = pd.DataFrame({"margin": [10.0, 0.0, 5.0], "returns": [0.0, 0.2, 0.1]}, index=list("abc"))
WEIGHTS = equal_weights(["margin", "returns"])
OBJECTIVES = pd.Series({"margin": "max", "returns": "min"})
tables = st.lists(st.tuples(*[st.integers(0, 50)] * 2), min_size=3, max_size=10)


def test_anchors_are_the_ends_of_each_scale():
    assert anchors_of(VALUES).loc["margin"].tolist() == [0, 10]


def test_account_at_the_good_anchors_has_1_and_at_the_bad_ones_0():
    scores = anchored_sum(VALUES, WEIGHTS, OBJECTIVES, anchors=anchors_of(VALUES))
    assert scores["score"].to_dict() == {"a": 1, "b": 0, "c": 0.5}
    assert scores["rank"].to_dict() == {"a": 1, "b": 3, "c": 2}


def test_account_beyond_an_anchor_scores_beyond_it():
    giant = pd.DataFrame({"margin": [100.0], "returns": [0.0]}, index=["giant"])
    scores = anchored_sum(giant, WEIGHTS, OBJECTIVES, anchors=anchors_of(VALUES))
    assert scores["score"]["giant"] == pytest.approx(5.5)


def test_account_is_scored_over_what_is_known_of_it():
    values = VALUES.assign(returns=[np.nan, 0.2, 0.1])
    scores = anchored_sum(values, WEIGHTS, OBJECTIVES, anchors=anchors_of(VALUES))
    assert scores["score"]["a"] == 1


def test_criterion_without_a_weight_needs_no_anchors():
    scores = anchored_sum(
        VALUES, pd.Series({"margin": 1.0}), OBJECTIVES, anchors=anchors_of(VALUES[["margin"]])
    )
    assert scores["score"].tolist() == [1, 0, 0.5]


@given(tables)
def test_anchors_of_the_table_itself_give_the_weighted_sum(rows):
    values = pd.DataFrame(rows, columns=["margin", "returns"], dtype=float)
    assume((values.nunique() > 1).all())
    pd.testing.assert_frame_equal(
        anchored_sum(values, WEIGHTS, OBJECTIVES, anchors=anchors_of(values)),
        weighted_sum(values, WEIGHTS, OBJECTIVES),
    )


@given(tables, st.tuples(*[st.integers(-1000, 1000)] * 2))
def test_score_depends_on_no_other_account(rows, added):
    values = pd.DataFrame([*rows, added], columns=["margin", "returns"], dtype=float)
    anchors = anchors_of(VALUES)
    alone = anchored_sum(values.iloc[:-1], WEIGHTS, OBJECTIVES, anchors=anchors)["score"]
    beside = anchored_sum(values, WEIGHTS, OBJECTIVES, anchors=anchors)["score"]
    pd.testing.assert_series_equal(beside.iloc[:-1], alone)


def test_missing_anchors_are_refused():
    with pytest.raises(InputError, match="no anchors are given for returns"):
        anchored_sum(VALUES, WEIGHTS, OBJECTIVES, anchors=anchors_of(VALUES[["margin"]]))


def test_anchors_that_are_not_in_order_are_refused():
    anchors = anchors_of(VALUES).assign(high=0.0)
    with pytest.raises(InputError, match="low < high; got 0 and 0 for margin"):
        anchored_sum(VALUES, WEIGHTS, OBJECTIVES, anchors=anchors)


def test_arguments_are_not_modified():
    values, anchors = VALUES.copy(), anchors_of(VALUES)
    before = anchors.copy()
    anchored_sum(values, WEIGHTS, OBJECTIVES, anchors=anchors)
    pd.testing.assert_frame_equal(values, VALUES)
    pd.testing.assert_frame_equal(anchors, before)
