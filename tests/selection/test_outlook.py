import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.forecast import choose_forecast, forecast
from kamtools.selection.outlook import NO_METHOD, Outlook, describe_outlook, outlook


def test_outlook_is_the_forecast_of_the_chosen_method_with_its_reason(history_of):
    history = history_of({"a": [9] * 24, "b": [5, 0] * 12})
    found = outlook(history, seed=1)
    pd.testing.assert_frame_equal(found.table, forecast(history, seed=1))
    assert found.reason == choose_forecast(history).reason


@pytest.mark.parametrize(("months", "is_known"), [(5, False), (6, True)])
def test_less_than_half_a_year_forecasts_nothing_and_says_so(history_of, months, is_known):
    found = outlook(history_of({"a": [9] * months, "b": [4] * months}), seed=1)
    assert found.is_known is is_known
    if not is_known:
        assert found.table.drop(columns="method").isna().all(axis=None)
        assert set(found.table["method"]) == {NO_METHOD}
        assert describe_outlook(found) == found.reason
        assert "cover 5 whole months" in found.reason


def test_words_name_the_accounts_with_most_at_risk_and_leave_out_those_with_none():
    table = pd.DataFrame(
        {"revenue": [60.0, 40.0], "revenue_low": 0.0, "revenue_high": 90.0,
         "value_at_risk": [0.0, 25.0]}, index=["a", "b"],
    )  # fmt: skip
    text = describe_outlook(Outlook(table, "", 6), names={"b": "浩瀚"}, currency="EUR")
    assert "The next 6 months are expected to bring EUR 100." in text
    assert "EUR 25 (25 %)" in text
    assert "at 浩瀚 (25)." in text


def test_words_say_nothing_of_risk_where_there_is_none():
    table = pd.DataFrame(
        {"revenue": [60.0], "revenue_low": 50.0, "revenue_high": 70.0, "value_at_risk": 0.0},
        index=["a"],
    )
    assert "lost" not in describe_outlook(Outlook(table, "", 12))


@given(st.integers(6, 30), st.integers(1, 12))
def test_every_account_of_the_history_is_in_the_outlook(history_of, months, horizon):
    history = history_of({"a": [7] * months, "b": [0] * (months - 1) + [3]})
    assert outlook(history, horizon_months=horizon, seed=1).table.index.tolist() == ["a", "b"]


def test_a_horizon_of_nothing_is_refused(history_of):
    with pytest.raises(InputError, match="horizon_months"):
        outlook(history_of({"a": [9] * 12}), horizon_months=0, seed=1)


def test_history_is_left_as_it_was(history_of):
    history = history_of({"a": [9] * 12})
    before = history.copy()
    outlook(history, seed=1)
    pd.testing.assert_frame_equal(history, before)
