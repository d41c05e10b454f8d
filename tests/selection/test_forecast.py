import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools import engagement
from kamtools.errors import InputError
from kamtools.purchases import purchase_history
from kamtools.samples.company import SEED, planted_truths
from kamtools.samples.locating import locate
from kamtools.selection.forecast import (
    FORECAST_COLUMNS,
    METHODS,
    choose_forecast,
    forecast,
)
from kamtools.selection.history import as_known_earlier


@pytest.fixture(scope="module")
def sample():
    firm = engagement.roll_up(engagement.load(locate("sample")))
    return purchase_history(firm.invoices, as_of=firm.as_of)


@pytest.fixture(scope="module")
def noisy(history_of):
    rng = np.random.default_rng(11)
    size = rng.lognormal(4, 1, 120)
    panel = size[:, None] * rng.lognormal(0, 0.3, (120, 36))
    leaves = rng.integers(12, 80, 120)
    return history_of(np.where(np.arange(36) < leaves[:, None], panel, 0.0), margin_rate=0.3)


@pytest.fixture(scope="module")
def irregular(history_of):
    rng = np.random.default_rng(6)
    rate = rng.gamma(1.5, 0.2, 400)
    return history_of((rng.random((400, 18)) < rate[:, None]) * rng.gamma(4.0, 25.0, (400, 18)))


def held(table, followed):
    followed = followed.reindex(table.index, fill_value=0.0)
    return ((followed >= table["revenue_low"]) & (followed <= table["revenue_high"])).mean()


def revenue_after(history, months, horizon):
    back = history["months_back"]
    later = history[(back < months) & (back >= months - horizon)]
    return later.groupby("account_id")["revenue"].sum()


@pytest.mark.parametrize("method", ["recency", "trend"])
def test_account_that_never_changes_is_forecast_without_doubt(history_of, method):
    history = history_of({name: [10.0] * 36 for name in "abcde"}, margin_rate=0.4)
    row = forecast(history, method=method, seed=1).loc["a"]
    expected = 120 if method == "recency" else 120 * row["p_alive"]
    assert row["revenue"] == pytest.approx(expected)
    assert row["margin"] == pytest.approx(0.4 * expected)
    assert row["revenue_high"] == pytest.approx(120)
    assert row["p_alive"] > 0.9


@pytest.mark.parametrize("method", ["recency", "trend"])
def test_account_long_silent_is_worth_nothing_and_nothing_is_at_risk(noisy, history_of, method):
    gone = history_of({"gone": [50.0] * 20 + [0.0] * 16}, margin_rate=0.3)
    row = forecast(pd.concat([noisy, gone]), method=method, seed=1).loc["gone"]
    assert row["revenue"] == row["value_at_risk"] == 0
    assert row["p_alive"] < 0.2


@pytest.mark.parametrize("method", ["recency", "trend"])
def test_interval_holds_nine_in_ten_of_a_year_held_out(noisy, method):
    past = as_known_earlier(noisy, 12)
    table = forecast(past, method=method, interval=0.9, seed=1)
    assert held(table, revenue_after(noisy, 12, 12)) == pytest.approx(0.9, abs=0.07)


def test_interval_holds_on_the_sample_company(sample):
    past = as_known_earlier(sample, 12)
    table = forecast(past, seed=1)
    assert held(table, revenue_after(sample, 12, 12)) > 0.85


def test_interval_of_bg_nbd_holds_on_cdnow(shared_data):
    ibis = pytest.importorskip("ibis")
    log = ibis.duckdb.connect().read_parquet(shared_data / "btyd" / "cdnow_master.parquet")
    log = log.filter(log.sampleid.notnull()).mutate(
        account_id=log.customer_id.cast("string"),
        date=log.date.cast("date"),
        amount=log.dollar_value.cast("float64"),
        cost=ibis.null("float64"),
    )
    past = purchase_history(log, as_of=datetime.date(1997, 9, 30))
    later = purchase_history(log, as_of=datetime.date(1998, 6, 30))
    assert choose_forecast(past, horizon_months=9).method == "bg_nbd"
    table = forecast(past, horizon_months=9, seed=1)
    followed = revenue_after(later, 9, 9)
    assert held(table, followed) > 0.88
    assert table["revenue"].sum() == pytest.approx(followed.sum(), rel=0.2)


def test_planted_fader_is_expected_below_its_last_year_and_the_riser_above(sample):
    table = forecast(sample, method="trend", seed=1)
    last_year = sample[sample["months_back"] < 12].groupby("account_id")["revenue"].sum()
    truths = planted_truths(seed=SEED).set_index("truth")["account_id"]
    change = table["revenue"] / last_year
    assert change[truths["fader"]] < change.median() < change[truths["riser"]]


def test_steady_firm_gets_the_trend(sample):
    choice = choose_forecast(sample)
    assert choice.method == "trend"
    assert choice.reason.startswith("Trend: accounts order in 96 % of their months")


def test_irregular_orders_of_many_accounts_get_bg_nbd(irregular):
    choice = choose_forecast(irregular, horizon_months=6)
    assert choice.method == "bg_nbd"
    assert "ordered twice or more, at irregular times" in choice.reason
    assert set(forecast(irregular, horizon_months=6, seed=1)["method"]) == {"bg_nbd"}


def test_irregular_orders_of_few_accounts_do_not(irregular):
    few = irregular[irregular["account_id"].isin(irregular["account_id"].unique()[:60])]
    choice = choose_forecast(few, horizon_months=6)
    assert choice.method == "recency"
    assert "BG/NBD cannot be told from fewer than 200" in choice.reason


def test_orders_by_the_clock_do_not_get_bg_nbd_however_many(history_of):
    starts = np.arange(300) % 3
    panel = np.where((np.arange(24) + starts[:, None]) % 3 == 0, 10.0, 0.0)
    choice = choose_forecast(history_of(panel))
    assert choice.method in ("recency", "trend")
    assert "fixed intervals" in choice.reason


def test_reason_warns_of_a_horizon_that_history_cannot_try(history_of):
    reason = choose_forecast(history_of({"a": [5.0] * 9}), horizon_months=12).reason
    assert "stretched from trials of 4 months" in reason
    assert "before a high season the forecast is too low" in reason


def test_interval_of_an_untried_horizon_is_wider(history_of):
    rng = np.random.default_rng(5)
    history = history_of(rng.lognormal(3, 0.5, (60, 12)))
    short, long = (forecast(history, horizon_months=h, method="recency", seed=1) for h in (6, 24))
    width = [(table["revenue_high"] - table["revenue_low"]).sum() for table in (short, long)]
    assert width[1] > 4 * width[0]  # four times as long, and stretched


@pytest.mark.parametrize("method", METHODS)
def test_every_method_gives_the_same_table(method, irregular, noisy):
    history = noisy if method == "trend" else irregular
    table = forecast(history, horizon_months=6, method=method, seed=1)
    assert list(table) == FORECAST_COLUMNS
    assert table.index.name == "account_id"
    assert table.index.tolist() == sorted(history["account_id"].unique())
    assert table["revenue"].between(table["revenue_low"], table["revenue_high"]).mean() > 0.99
    assert table["p_alive"].between(0, 1).all()
    assert (table["value_at_risk"] <= table["revenue"] + 1e-9).all()


@settings(max_examples=6)
@given(rate=st.floats(0.01, 100), method=st.sampled_from(["recency", "trend"]))
def test_forecast_is_in_the_currency_of_the_history(noisy, rate, method):
    money = ["revenue", "costed", "margin", "gross", "first_order_gross"]
    other = forecast(noisy.assign(**noisy[money] * rate), method=method, seed=1)
    one = forecast(noisy, method=method, seed=1)
    columns = ["revenue", "revenue_low", "revenue_high", "margin", "margin_low", "value_at_risk"]
    np.testing.assert_allclose(other[columns], one[columns] * rate, rtol=1e-4, atol=1e-6 * rate)


@settings(max_examples=6)
@given(interval=st.floats(0.3, 0.98))
def test_wider_interval_holds_the_narrower_one(noisy, interval):
    wide, narrow = (
        forecast(noisy, method="trend", interval=share, seed=1)
        for share in (interval, interval - 0.2)
    )
    assert (wide["revenue_low"] <= narrow["revenue_low"] + 1e-9).all()
    assert (wide["revenue_high"] >= narrow["revenue_high"] - 1e-9).all()


def test_order_of_the_rows_leaves_no_trace(noisy):
    shuffled = noisy.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(forecast(shuffled, seed=1), forecast(noisy, seed=1))


@pytest.mark.parametrize("horizon", [0, -3, 1.5, True])
def test_horizon_that_is_no_number_of_months_is_refused(noisy, horizon):
    with pytest.raises(InputError, match="horizon_months must be a whole number of 1 or more"):
        forecast(noisy, horizon_months=horizon, seed=1)


def test_interval_beyond_its_range_is_refused(noisy):
    with pytest.raises(InputError, match=r"interval must be between 0 and 1.*got 90"):
        forecast(noisy, interval=90, seed=1)


def test_unknown_method_is_refused(noisy):
    with pytest.raises(InputError, match="'auto' or one of recency, trend, bg_nbd; got 'arima'"):
        forecast(noisy, method="arima", seed=1)


def test_bg_nbd_is_refused_where_it_cannot_be_told(noisy):
    with pytest.raises(InputError, match=r"needs 200 accounts that ordered twice.*got 120"):
        forecast(noisy, method="bg_nbd", seed=1)


def test_history_of_a_quarter_is_refused(history_of):
    with pytest.raises(InputError, match="at least 6 whole months of history; got 3"):
        forecast(history_of({"a": [5.0] * 3}), seed=1)


@pytest.mark.parametrize("method", METHODS)
def test_history_is_not_modified(irregular, noisy, method):
    history = noisy if method == "trend" else irregular
    before = history.copy()
    forecast(history, horizon_months=6, method=method, seed=1)
    pd.testing.assert_frame_equal(history, before)
