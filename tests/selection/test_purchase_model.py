import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import hyp2f1

from kamtools.errors import InputError
from kamtools.selection.purchase_model import (
    PurchaseModel,
    expected_purchases,
    fit_purchases,
    probability_alive,
)

# Fader, Hardie & Lee (2005), Marketing Science 24(2), 275-284: CDNOW, in weeks.
CDNOW = PurchaseModel(0.243, 4.414, 0.793, 2.426, -9582.4, 2357)
ONE = pd.DataFrame({"frequency": [2.0], "recency": [30.43], "T": [38.86]})

parameters = st.floats(0.05, 20.0)


@st.composite
def accounts(draw):
    total = draw(st.floats(0.5, 150))
    frequency = draw(st.integers(0, 60))
    recency = draw(st.floats(0, 1)) * total if frequency else 0.0
    return pd.DataFrame({"frequency": [float(frequency)], "recency": [recency], "T": [total]})


@st.composite
def models(draw):
    r, alpha, a, b = (draw(parameters) for _ in range(4))
    return PurchaseModel(r, alpha, a, b, 0.0, 1)


def simulate(n, *, T, seed, model=CDNOW):
    """Return the orders of accounts that behave as the model says, by the definition."""
    rng = np.random.default_rng(seed)
    rate = rng.gamma(model.r, 1 / model.alpha, n)
    stops = rng.beta(model.a, model.b, n)
    gaps = rng.exponential(1, (n, 400)) / np.maximum(rate, 1e-12)[:, None]
    times = gaps.cumsum(axis=1)
    last = rng.geometric(np.maximum(stops, 1e-9))
    counts = (times <= T) & (np.arange(1, 401) <= last[:, None])
    frequency = counts.sum(axis=1)
    recency = np.where(counts, times, 0).max(axis=1)
    return pd.DataFrame({"frequency": frequency, "recency": recency, "T": float(T)})


@pytest.fixture(scope="module")
def cdnow(shared_data):
    log = pd.read_parquet(shared_data / "btyd" / "cdnow_master.parquet")
    sample = log[log["sampleid"].notna()].assign(date=lambda table: pd.to_datetime(table["date"]))
    end = pd.Timestamp("1997-09-30")
    days = sample[sample["date"] <= end].groupby(["sampleid", "date"])["dollar_value"].sum()
    table = days.reset_index().groupby("sampleid")["date"].agg(["min", "max", "size"])
    return pd.DataFrame(
        {
            "frequency": table["size"] - 1,
            "recency": (table["max"] - table["min"]).dt.days / 7,
            "T": (end - table["min"]).dt.days / 7,
        }
    )


def test_fit_of_cdnow_is_the_published_one(cdnow):
    model = fit_purchases(cdnow)
    assert model.n_accounts == 2357
    assert [round(model.r, 3), round(model.alpha, 3)] == [0.243, 4.414]
    assert [round(model.a, 3), round(model.b, 3)] == [0.793, 2.426]
    assert round(model.log_likelihood, 1) == -9582.4


def test_weeks_and_months_give_the_same_model(cdnow):
    weeks = fit_purchases(cdnow)
    months = fit_purchases(cdnow.assign(recency=cdnow["recency"] / 4, T=cdnow["T"] / 4))
    assert months.alpha == pytest.approx(weeks.alpha / 4, rel=1e-3)
    assert months.a == pytest.approx(weeks.a, rel=1e-3)


def test_expected_orders_and_chance_of_one_account_are_the_published_ones():
    # x = 2, t_x = 30.43, T = 38.86: 1.226 orders in the next 39 weeks.
    assert expected_purchases(ONE, CDNOW, 39)[0] == pytest.approx(1.226, abs=0.0005)
    assert probability_alive(ONE, CDNOW)[0] == pytest.approx(0.7266, abs=0.00005)


def test_fixed_rhythm_makes_the_model_see_nobody_leave_and_expect_half_too_much(shared_data):
    # Fader, Hardie & Shang (2010): 11,104 donors in 22 cells, five years held out. One gift a
    # year at most is no chance rhythm: this is why `choose_forecast` looks at the rhythm.
    cells = pd.read_csv(shared_data / "btyd" / "donations_rf_matrix.csv")
    cells.columns = ["frequency", "recency", "T", "n_accounts", "held_out"]
    model = fit_purchases(cells)
    assert model.n_accounts == 11_104
    assert model.a / (model.a + model.b) < 0.001
    expected = expected_purchases(cells, model, 5) @ cells["n_accounts"]
    assert expected / cells["held_out"].sum() == pytest.approx(1.55, abs=0.05)


def test_fit_recovers_the_model_that_made_the_orders():
    model = fit_purchases(simulate(12_000, T=39, seed=4))
    assert model.r == pytest.approx(CDNOW.r, rel=0.1)
    assert model.alpha == pytest.approx(CDNOW.alpha, rel=0.15)
    assert model.a / (model.a + model.b) == pytest.approx(0.793 / (0.793 + 2.426), rel=0.15)


def test_expected_orders_are_the_mean_of_what_follows():
    both = simulate(60_000, T=78, seed=8)
    first = simulate(60_000, T=39, seed=8)
    followed = both["frequency"] - first["frequency"]
    expected = expected_purchases(first, CDNOW, 39)
    assert expected.sum() == pytest.approx(followed.sum(), rel=0.03)
    many = first["frequency"] >= 3
    assert expected[many].sum() == pytest.approx(followed[many].sum(), rel=0.03)


def test_account_with_one_order_counts_as_alive():
    single = pd.DataFrame({"frequency": [0.0], "recency": [0.0], "T": [38.0]})
    assert probability_alive(single, CDNOW)[0] == 1


def test_account_with_many_orders_that_falls_silent_is_gone():
    silent = pd.DataFrame({"frequency": [2000.0], "recency": [20.0], "T": [38.0]})
    assert probability_alive(silent, CDNOW)[0] < 1e-6
    assert expected_purchases(silent, CDNOW, 39)[0] < 1e-3


def test_where_nobody_leaves_the_rate_goes_on():
    model = PurchaseModel(1.0, 10.0, 1e-9, 1.0, 0.0, 1)
    seen = pd.DataFrame({"frequency": [5.0], "recency": [10.0], "T": [10.0]})
    assert expected_purchases(seen, model, 12)[0] == pytest.approx((1 + 5) / (10 + 10) * 12)


@given(accounts(), models(), st.floats(0.1, 100))
def test_series_is_that_of_the_paper(seen, model, t):
    r, alpha, a, b = model.r, model.alpha, model.a, model.b
    if abs(a - 1) < 0.01:
        return
    x, T = seen["frequency"][0], seen["T"][0]
    series = hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + T + t))
    shrunk = ((alpha + T) / (alpha + T + t)) ** (r + x) * series
    in_paper = (a + b + x - 1) / (a - 1) * (1 - shrunk)
    expected = in_paper * probability_alive(seen, model)[0]
    if np.isfinite(in_paper) and abs(1 - shrunk) > 1e-6:
        assert expected_purchases(seen, model, t)[0] == pytest.approx(expected, rel=1e-4, abs=1e-6)


@given(accounts(), models(), st.floats(0.1, 100))
def test_chance_is_a_share_and_orders_do_not_outrun_the_rate(seen, model, t):
    assert 0 <= probability_alive(seen, model)[0] <= 1
    orders = expected_purchases(seen, model, t)[0]
    without_leaving = (model.r + seen["frequency"][0]) / (model.alpha + seen["T"][0]) * t
    assert -1e-9 <= orders <= without_leaving * (1 + 1e-6)


@given(accounts(), models(), st.floats(0.1, 50))
def test_longer_future_holds_no_fewer_orders(seen, model, t):
    assert expected_purchases(seen, model, 2 * t)[0] >= expected_purchases(seen, model, t)[0] - 1e-9


@given(accounts(), models(), st.floats(0.01, 100))
def test_unit_of_time_does_not_matter(seen, model, unit):
    other = seen.assign(recency=seen["recency"] * unit, T=seen["T"] * unit)
    in_unit = PurchaseModel(model.r, model.alpha * unit, model.a, model.b, 0.0, 1)
    np.testing.assert_allclose(
        expected_purchases(other, in_unit, 10 * unit),
        expected_purchases(seen, model, 10),
        rtol=1e-6,
    )


def test_order_of_the_accounts_leaves_no_trace():
    purchases = simulate(400, T=39, seed=2)
    shuffled = purchases.sample(frac=1, random_state=1)
    assert fit_purchases(purchases) == fit_purchases(shuffled)


def test_missing_column_is_refused():
    with pytest.raises(InputError, match="lack T; expected frequency, recency and T"):
        fit_purchases(ONE.drop(columns="T"))


def test_last_order_after_the_end_is_refused():
    with pytest.raises(InputError, match=r"got frequency 2, recency 50, T 38\.86"):
        fit_purchases(ONE.assign(recency=50.0))


def test_orders_without_a_second_one_are_refused():
    single = pd.DataFrame({"frequency": [0.0, 0.0], "recency": [0.0, 0.0], "T": [3.0, 9.0]})
    with pytest.raises(InputError, match="no account of 2 ordered twice"):
        fit_purchases(single)


def test_purchases_are_not_modified():
    purchases = simulate(300, T=39, seed=1)
    before = purchases.copy()
    model = fit_purchases(purchases)
    probability_alive(purchases, model)
    expected_purchases(purchases, model, 10)
    pd.testing.assert_frame_equal(purchases, before)
