import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.backtest_outcomes import what_followed


@pytest.fixture
def history(history_of):
    """Return 40 months of two accounts, in which month n brought n and 1000 - n."""
    months = range(1, 41)
    return history_of({"a": list(months), "b": [1000 - n for n in months]}, margin_rate=0.5)


def test_a_short_horizon_looks_at_all_months_up_to_it(history):
    followed = what_followed(history, 30, horizons_months=(3,))
    assert followed[3].loc["a"].to_dict() == {"revenue": 11 + 12 + 13, "margin": 18.0}


def test_a_long_horizon_looks_at_its_last_year_alone(history):
    followed = what_followed(history, 30, horizons_months=(24,))
    assert followed[24].loc["a", "revenue"] == sum(range(23, 35))


def test_horizons_beyond_the_history_are_left_out(history):
    assert list(what_followed(history, 12, horizons_months=(12, 13))) == [12]


def test_margin_is_unknown_where_cost_is(history_of):
    followed = what_followed(history_of({"a": [1.0] * 12}), 3, horizons_months=(3,))
    assert followed[3]["margin"].isna().all()


def test_account_that_left_brought_nothing(history_of):
    history = history_of({"a": [5.0] * 12, "b": [5.0] * 6 + [0.0] * 6})
    assert what_followed(history, 6, horizons_months=(6,))[6]["revenue"].to_dict() == {
        "a": 30.0, "b": 0.0,
    }  # fmt: skip


def test_history_stays_as_it_was(history):
    before = history.copy(deep=True)
    what_followed(history, 12, horizons_months=(3, 12))
    pd.testing.assert_frame_equal(history, before)


def test_wrong_horizons_are_refused(history):
    with pytest.raises(InputError, match="horizons_months"):
        what_followed(history, 12, horizons_months=(0,))
