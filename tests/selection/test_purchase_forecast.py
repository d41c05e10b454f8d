import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.purchase_forecast import (
    forecast_by_purchases,
    simulate_bounds,
    simulate_revenue,
)
from kamtools.selection.purchase_model import PurchaseModel, expected_purchases, probability_alive
from kamtools.selection.spend_model import SpendModel, expected_spend

# Fader, Hardie & Lee (2005) and Fader & Hardie (2013): CDNOW, in weeks and dollars.
PURCHASES = PurchaseModel(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)
SPEND = SpendModel(6.25, 3.74, 15.44, -4055.9, 946)
ACCOUNTS = pd.DataFrame(
    {
        "frequency": [0.0, 2.0, 12.0],
        "recency": [0.0, 30.43, 36.0],
        "T": [38.86, 38.86, 38.86],
        "monetary_value": [np.nan, 50.0, 20.0],
    },
    index=["single", "two", "many"],
)


@pytest.fixture(scope="module")
def irregular(history_of):
    rng = np.random.default_rng(6)
    rate = rng.gamma(1.5, 0.2, 400)
    return history_of((rng.random((400, 18)) < rate[:, None]) * rng.gamma(4.0, 25.0, (400, 18)))


def test_mean_of_the_draws_is_orders_times_spend():
    draws = simulate_revenue(ACCOUNTS, PURCHASES, SPEND, 39, 60_000, np.random.default_rng(1))
    expected = expected_purchases(ACCOUNTS, PURCHASES, 39) * expected_spend(ACCOUNTS, SPEND)
    np.testing.assert_allclose(draws.mean(axis=0), expected, rtol=0.05)


def test_account_that_is_gone_draws_nothing():
    draws = simulate_revenue(ACCOUNTS, PURCHASES, SPEND, 1e6, 20_000, np.random.default_rng(2))
    share_of_nothing = (draws == 0).mean(axis=0)
    expected = 1 - probability_alive(ACCOUNTS, PURCHASES)
    np.testing.assert_allclose(share_of_nothing[1:], expected.iloc[1:], atol=0.02)


def test_interval_holds_nine_in_ten_where_the_model_is_true():
    rng = np.random.default_rng(3)
    crowd = pd.concat([ACCOUNTS] * 500)
    low, high = simulate_bounds(crowd, PURCHASES, SPEND, t=39, interval=0.9, seed=4)
    coming = simulate_revenue(crowd, PURCHASES, SPEND, 39, 1, rng)[0]
    held = (coming >= low.to_numpy()) & (coming <= high.to_numpy())
    assert 0.89 < held.mean() < 0.99  # an interval from 0 up holds 95 in 100


def test_same_seed_makes_the_same_interval(irregular):
    one, same, other = (
        forecast_by_purchases(irregular, horizon_months=6, interval=0.9, seed=seed)
        for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, same)
    assert not one["revenue_high"].equals(other["revenue_high"])
    assert one["revenue"].equals(other["revenue"])


def test_wider_interval_holds_the_narrower_one(irregular):
    narrow, wide = (
        forecast_by_purchases(irregular, horizon_months=6, interval=interval, seed=1)
        for interval in (0.5, 0.95)
    )
    assert (wide["revenue_low"] <= narrow["revenue_low"]).all()
    assert (wide["revenue_high"] >= narrow["revenue_high"]).all()


def test_two_hundred_accounts_that_ordered_twice_are_needed(irregular):
    few = irregular[irregular["account_id"].isin(irregular["account_id"].unique()[:100])]
    with pytest.raises(InputError, match="BG/NBD needs 200 accounts that ordered twice"):
        forecast_by_purchases(few, horizon_months=6, interval=0.9, seed=1)


def test_history_is_not_modified(irregular):
    before = irregular.copy()
    forecast_by_purchases(irregular, horizon_months=6, interval=0.9, seed=1)
    pd.testing.assert_frame_equal(irregular, before)
