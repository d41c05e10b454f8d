import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.backtest_calibration import COLUMNS, calibration


@pytest.fixture(scope="module")
def steady(history_of):
    """Return 36 months of 80 accounts that buy every month, around a level of their own."""
    rng = np.random.default_rng(4)
    level = rng.lognormal(6, 1, 80)
    months = level[:, None] * rng.lognormal(0, 0.4, (80, 36))
    return history_of(pd.DataFrame(months, index=[f"a{n:02d}" for n in range(80)]), margin_rate=0.3)


@pytest.fixture(scope="module")
def table(steady):
    return calibration(steady, seed=1, draws=50)


def test_intervals_of_steady_accounts_hold_as_often_as_they_say(table):
    every = table[(table["accounts"] == "all") & (table["method"] == "auto")]
    assert every["held"].between(0.84, 0.97).all()
    assert every["brought_to_forecast"].between(0.9, 1.1).all()


def test_columns_are_those_documented_and_parts_sum_to_one(table):
    assert list(table) == list(COLUMNS)
    np.testing.assert_allclose(table["held"] + table["below"] + table["above"], 1)
    assert ((table["held_low"] <= table["held_high"]) & (table["n"] > 0)).all()


def test_largest_accounts_are_counted_apart_at_each_date(table):
    largest = table[table["accounts"] == "top 20"]
    assert (largest["n"] == 20 * largest["n_dates"]).all()


def test_a_world_that_stops_falls_below_all_intervals(history_of):
    months = np.full((30, 15), 100.0)
    months[:, 12:] = 0.0
    stopped = history_of(pd.DataFrame(months, index=[f"a{n:02d}" for n in range(30)]))
    known = pd.concat([stopped, history_of({"z": [100.0] * 15})]).reset_index(drop=True)
    table = calibration(known, horizons_months=(3,), methods=("recency",), most_dates=1, draws=5,
                        seed=1)  # fmt: skip
    every = table[table["accounts"] == "all"].iloc[0]
    assert every["below"] == pytest.approx(30 / 31)


def test_methods_that_cannot_be_used_are_left_out(table):
    assert "bg_nbd" not in set(table["method"])
    assert {"auto", "recency", "trend"} == set(table["method"])


def test_margin_is_counted_where_the_cost_is_known(table, history_of):
    assert set(table["measure"]) == {"revenue", "margin"}
    without = calibration(history_of({f"a{n}": [5.0, 6.0] * 8 for n in range(12)}), seed=1, draws=5)
    assert set(without["measure"]) == {"revenue"}


def test_short_history_gives_an_empty_table_and_the_reason(history_of):
    table = calibration(history_of({"a": [5.0] * 6}), seed=1)
    assert table.empty
    assert "so 3 are missing" in table.attrs["reason"]


def test_unknown_methods_are_refused(steady):
    with pytest.raises(InputError, match="methods must be of auto, recency"):
        calibration(steady, methods=("pareto",), seed=1)


def test_history_stays_as_it_was(steady):
    before = steady.copy(deep=True)
    calibration(steady, horizons_months=(3,), methods=("recency",), most_dates=1, draws=5, seed=1)
    pd.testing.assert_frame_equal(steady, before)
