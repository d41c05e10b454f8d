import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.miss_rate import (
    describe_miss_rates,
    expected_miss_rate,
    miss_rate_table,
    observed_miss_rate,
    past_future_correlation,
)

correlations = st.floats(-1, 1)
shares = st.floats(0.01, 0.5)


def bivariate_normal(correlation, n, seed):
    rng = np.random.default_rng(seed)
    first, noise = rng.standard_normal((2, n))
    second = correlation * first + np.sqrt(1 - correlation**2) * noise
    ids = [f"a{i:05}" for i in range(n)]
    return pd.Series(np.exp(first), index=ids), pd.Series(np.exp(second), index=ids)


@pytest.mark.parametrize(
    ("elite_share", "missed"), [(0.20, 0.55), (0.10, 0.66), (0.05, 0.74), (0.02, 0.82)]
)
def test_correlation_behind_malthouse_and_blattberg_misses_more_of_a_smaller_elite(
    elite_share, missed
):
    # Malthouse & Blattberg (2005): 55 % of the future top 20 % are missed; the others follow
    # from the bivariate normal distribution at the correlation of .525 that this is.
    assert expected_miss_rate(0.525, elite_share) == pytest.approx(missed, abs=0.005)


def test_fifteen_percent_of_the_others_are_wrongly_favoured():
    # The same paper: of the bottom 80 %, some 15 % are favoured. As many enter as are missed.
    assert expected_miss_rate(0.525, 0.2) * 0.2 / 0.8 == pytest.approx(0.14, abs=0.01)


@given(shares)
def test_past_that_settles_the_future_misses_nobody(share):
    assert expected_miss_rate(1.0, share) == pytest.approx(0)


@given(shares)
def test_past_that_says_nothing_misses_all_but_the_lucky(share):
    assert expected_miss_rate(0.0, share) == pytest.approx(1 - share)


@given(shares)
def test_past_that_turns_around_misses_everybody(share):
    assert expected_miss_rate(-1.0, share) == pytest.approx(1)


@given(correlations, correlations, shares)
def test_closer_correlation_misses_no_more(one, other, share):
    low, high = sorted([one, other])
    assert expected_miss_rate(high, share) <= expected_miss_rate(low, share) + 1e-9


@given(correlations, shares)
def test_expected_rate_is_a_share(correlation, share):
    assert -1e-9 <= expected_miss_rate(correlation, share) <= 1 + 1e-9


def test_observed_rate_agrees_with_the_expected_one_where_the_model_is_true():
    past, future = bivariate_normal(0.7, 20_000, seed=3)
    table = miss_rate_table(past, future)
    np.testing.assert_allclose(table["observed_miss_rate"], table["expected_miss_rate"], atol=0.04)
    assert table["correlation"].iloc[0] == pytest.approx(0.7, abs=0.01)


def test_same_ranking_misses_nobody():
    past = pd.Series(range(1, 11), dtype=float)
    assert observed_miss_rate(past, past * 3, 4) == 0


def test_account_that_left_counts_as_having_bought_nothing():
    past = pd.Series({"a": 9.0, "b": 8.0, "c": 7.0})
    assert observed_miss_rate(past, pd.Series({"b": 1.0, "c": 2.0}), 1) == 1


def test_newcomer_counts_in_no_rate_but_is_counted():
    past = pd.Series({"a": 9.0, "b": 8.0, "c": 7.0, "d": 6.0, "new": 0.0})
    future = pd.Series({"a": 9.0, "b": 8.0, "c": 7.0, "d": 6.0, "new": 50.0})
    row = miss_rate_table(past, future, [0.5]).iloc[0]
    assert (row["elite_size"], row["missed"], row["newcomers"]) == (2, 0, 1)


def test_elite_of_less_than_one_account_is_left_out():
    past, future = bivariate_normal(0.5, 20, seed=1)
    assert miss_rate_table(past, future)["elite_size"].tolist() == [4, 2, 1]


def test_interval_holds_the_expected_rate():
    past, future = bivariate_normal(0.5, 200, seed=2)
    table = miss_rate_table(past, future)
    assert (table["expected_low"] <= table["expected_miss_rate"]).all()
    assert (table["expected_miss_rate"] <= table["expected_high"]).all()


@given(st.floats(0.001, 1000), st.floats(0.001, 1000))
def test_rates_ignore_the_currency(rate, other_rate):
    past, future = bivariate_normal(0.5, 50, seed=4)
    pd.testing.assert_frame_equal(
        miss_rate_table(past * rate, future * other_rate), miss_rate_table(past, future)
    )


def test_correlation_sees_the_order_only():
    past, future = bivariate_normal(0.5, 50, seed=4)
    assert past_future_correlation(past**3, np.log(future)) == pytest.approx(
        past_future_correlation(past, future)
    )


def test_words_say_when_the_model_is_too_gloomy():
    past, noise = bivariate_normal(0.0, 200, seed=5)
    future = noise.where(past < past.nlargest(20).min(), past * 1000)
    assert "It missed fewer" in describe_miss_rates(miss_rate_table(past, future, [0.1]))


def test_words_say_when_the_top_changed_more():
    past = pd.Series(range(1, 201), dtype=float)
    future = past.where(past <= 190, 0.5)
    assert "It missed more" in describe_miss_rates(miss_rate_table(past, future, [0.05]))


def test_words_count_newcomers():
    past = pd.Series([*range(1, 21), 0.0])
    future = pd.Series([*range(1, 21), 99.0])
    text = describe_miss_rates(miss_rate_table(past, future, [0.2]))
    assert text.endswith("Not counted: 1 of the later top 4 were new.")


@pytest.mark.parametrize("correlation", [-1.01, 1.01, np.nan])
def test_impossible_correlation_is_refused(correlation):
    with pytest.raises(InputError, match="a correlation lies from -1 to 1"):
        expected_miss_rate(correlation, 0.2)


@pytest.mark.parametrize("elite_share", [0, 1, 1.5])
def test_impossible_elite_is_refused(elite_share):
    with pytest.raises(InputError, match="lies between 0 and 1"):
        expected_miss_rate(0.5, elite_share)


@pytest.mark.parametrize("elite_size", [0, 3, 4])
def test_elite_of_all_accounts_is_refused(elite_size):
    past = pd.Series({"a": 3.0, "b": 2.0, "c": 1.0})
    with pytest.raises(InputError, match="from 1 to 2, as 3 accounts bought in the past"):
        observed_miss_rate(past, past, elite_size)


def test_ledger_that_does_not_reach_back_is_refused():
    future = pd.Series({"a": 3.0, "b": 2.0})
    with pytest.raises(InputError, match=r"needs three accounts .* got 0"):
        miss_rate_table(future * np.nan, future)


def test_past_without_differences_is_refused():
    with pytest.raises(InputError, match="same for every account"):
        past_future_correlation(pd.Series([1.0] * 4), pd.Series([1.0, 2.0, 3.0, 4.0]))


def test_elites_that_are_all_too_small_are_refused():
    past, future = bivariate_normal(0.5, 10, seed=1)
    with pytest.raises(InputError, match="less than one of 10 accounts"):
        miss_rate_table(past, future, [0.01])


def test_past_and_future_are_not_modified():
    past, future = bivariate_normal(0.5, 20, seed=1)
    past_before, future_before = past.copy(), future.copy()
    miss_rate_table(past, future)
    pd.testing.assert_series_equal(past, past_before)
    pd.testing.assert_series_equal(future, future_before)
