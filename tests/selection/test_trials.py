import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.history import by_month
from kamtools.selection.trials import earlier_trials


def test_three_years_allow_three_trials_of_a_year(history_of):
    trials = earlier_trials(history_of({"a": np.arange(1.0, 37.0)}), horizon_months=12)
    assert [trial.months_ago for trial in trials] == [12, 18, 24]
    assert {trial.horizon_months for trial in trials} == {12}


def test_long_history_is_tried_six_times(history_of):
    trials = earlier_trials(history_of({"a": np.arange(1.0, 121.0)}), horizon_months=12)
    assert [trial.months_ago for trial in trials] == [12, 18, 24, 30, 36, 42]


def test_short_history_is_tried_over_its_second_half(history_of):
    (trial,) = earlier_trials(history_of({"a": [5.0] * 9}), horizon_months=12)
    assert (trial.months_ago, trial.horizon_months) == (4, 4)


@given(months=st.integers(6, 40), horizon=st.integers(1, 24))
def test_trial_sees_what_was_before_its_date_and_is_told_what_followed(history_of, months, horizon):
    # Months are numbered 1, 2, ... so that each sum says which months are in it.
    numbers = 2.0 ** np.arange(months)
    for trial in earlier_trials(history_of({"a": numbers}), horizon_months=horizon):
        end = months - trial.months_ago
        np.testing.assert_array_equal(by_month(trial.past).to_numpy()[0], numbers[:end])
        followed = numbers[end : end + trial.horizon_months].sum()
        assert trial.followed.loc["a", "revenue"] == followed
        assert trial.months_ago >= trial.horizon_months <= horizon


def test_who_stopped_has_not_ordered_and_brought_nothing(history_of):
    history = history_of({"a": [5.0] * 12, "b": [5.0] * 6 + [0.0] * 6}, margin_rate=0.2)
    (trial,) = earlier_trials(history, horizon_months=6)
    assert trial.followed.loc["b"].tolist() == [0.0, 0.0, False]
    assert trial.followed.loc["a"].tolist() == [30.0, pytest.approx(6.0), True]


def test_margin_that_followed_is_unknown_without_costs(history_of):
    (trial,) = earlier_trials(history_of({"a": [5.0] * 12}), horizon_months=6)
    assert np.isnan(trial.followed.loc["a", "margin"])


def test_less_than_six_months_are_refused(history_of):
    with pytest.raises(InputError, match="at least 6 whole months of history; got 5"):
        earlier_trials(history_of({"a": [5.0] * 5}), horizon_months=12)


def test_history_of_the_trials_is_not_modified(history_of):
    history = history_of({"a": [5.0] * 30})
    before = history.copy()
    earlier_trials(history, horizon_months=6)
    pd.testing.assert_frame_equal(history, before)
