import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.spend_model import SpendModel, expected_spend, fit_spend

# Fader & Hardie (2013), "The Gamma-Gamma model of monetary value": CDNOW, 946 buyers.
CDNOW = SpendModel(6.25, 3.74, 15.44, -4055.9, 946)


def simulate(n, *, seed, model=CDNOW):
    rng = np.random.default_rng(seed)
    frequency = rng.integers(1, 9, n)
    rate = rng.gamma(model.q, 1 / model.v, n)
    mean = rng.gamma(model.p * frequency) / rate / frequency
    return pd.DataFrame({"frequency": frequency, "monetary_value": mean})


def test_fit_of_cdnow_is_the_published_one(shared_data):
    log = pd.read_parquet(shared_data / "btyd" / "cdnow_master.parquet")
    sample = log[log["sampleid"].notna()].assign(date=lambda table: pd.to_datetime(table["date"]))
    known = sample[sample["date"] <= "1997-09-30"]
    days = known.groupby(["sampleid", "date"])["dollar_value"].sum().reset_index()
    later = days[days["date"] > days.groupby("sampleid")["date"].transform("min")]
    orders = later.groupby("sampleid")["dollar_value"].agg(frequency="size", monetary_value="mean")
    model = fit_spend(orders)
    assert model.n_accounts == 946
    assert [round(model.p, 2), round(model.q, 2), round(model.v, 2)] == [6.25, 3.74, 15.44]


def test_expected_spend_is_the_published_one():
    orders = pd.DataFrame({"frequency": [0.0, 3.0], "monetary_value": [np.nan, 50.0]})
    assert expected_spend(orders, CDNOW).round(2).tolist() == [35.22, 48.12]


def test_fit_recovers_the_model_that_made_the_orders():
    model = fit_spend(simulate(20_000, seed=3))
    assert model.p == pytest.approx(CDNOW.p, rel=0.1)
    assert model.q == pytest.approx(CDNOW.q, rel=0.1)
    assert model.p * model.v / (model.q - 1) == pytest.approx(35.22, rel=0.03)


def test_many_orders_outweigh_the_mean_of_all():
    orders = pd.DataFrame({"frequency": [1e6], "monetary_value": [80.0]})
    assert expected_spend(orders, CDNOW)[0] == pytest.approx(80, rel=1e-4)


@given(st.integers(0, 100), st.floats(0, 500))
def test_expected_spend_lies_between_the_accounts_mean_and_that_of_all(frequency, mean):
    orders = pd.DataFrame({"frequency": [float(frequency)], "monetary_value": [mean]})
    of_all = CDNOW.p * CDNOW.v / (CDNOW.q - 1)
    low, high = sorted([mean, of_all]) if frequency else (of_all, of_all)
    assert low - 1e-9 <= expected_spend(orders, CDNOW)[0] <= high + 1e-9


@settings(max_examples=10)
@given(st.floats(0.001, 1000))
def test_fit_ignores_the_currency(rate):
    orders = simulate(300, seed=1)
    one, other = (
        fit_spend(orders),
        fit_spend(orders.assign(monetary_value=orders["monetary_value"] * rate)),
    )
    assert other.p == pytest.approx(one.p, rel=1e-3)
    assert other.v == pytest.approx(one.v * rate, rel=1e-3)


def test_mean_of_all_exists_however_wild_the_values():
    wild = pd.DataFrame({"frequency": 1, "monetary_value": 10.0 ** np.arange(-3, 9)})
    assert fit_spend(wild).q > 1


def test_missing_column_is_refused():
    with pytest.raises(InputError, match="lack monetary_value; expected frequency and monetary"):
        fit_spend(pd.DataFrame({"frequency": [1.0]}))


def test_orders_of_no_value_are_refused():
    orders = pd.DataFrame({"frequency": [1.0, 2.0, 0.0], "monetary_value": [0.0, 5.0, np.nan]})
    with pytest.raises(InputError, match="two accounts with a second order of some value; got 1"):
        fit_spend(orders)


def test_orders_are_not_modified():
    orders = simulate(50, seed=2)
    before = orders.copy()
    expected_spend(orders, fit_spend(orders))
    pd.testing.assert_frame_equal(orders, before)
