import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.response_curves import curve_shapes, default_judgements, response
from kamtools.role.response_history import (
    judgements_from_slopes,
    refuse_unusable,
    slopes_from_history,
)


def made(seed, *, slope=0.5, spread=0.3, accounts=60, years=4, noise=0.05):
    """Return a history in which margin rises by `slope` of its mean for all hours more."""
    rng = np.random.default_rng(seed)
    move = rng.normal(0, spread, (accounts, years))
    common = 0.1 * (np.arange(years) - (years - 1) / 2)
    level = 1 + slope * move + rng.normal(0, noise, move.shape) + common
    hours = np.maximum(1 + move + 2 * common, 0)
    return pd.DataFrame(
        {"account_id": np.repeat([f"a{row}" for row in range(accounts)], years),
         "year": np.tile(range(2021, 2021 + years), accounts),
         "hours": (rng.uniform(50, 400, accounts)[:, None] * hours).ravel(),
         "margin": (rng.uniform(1e4, 1e5, accounts)[:, None] * level).ravel(), "tier": "star"}
    )  # fmt: skip


def test_planted_slope_is_found_though_every_year_brings_more_to_all():
    row = slopes_from_history(made(1)).loc["star"]
    assert row["is_usable"]
    assert row["low"] <= 0.5 <= row["high"]
    assert row["slope"] == pytest.approx(0.5, abs=0.08)


def test_range_covers_the_slope_as_often_as_it_says():
    found = [slopes_from_history(made(seed, slope=0.2, spread=0.2)).loc["star"]
             for seed in range(100)]  # fmt: skip
    covered = np.mean([row["low"] <= 0.2 <= row["high"] for row in found])
    assert 0.8 <= covered <= 0.98


@pytest.mark.parametrize(
    ("history", "reason"),
    [
        (made(2, accounts=5), "5 accounts with two years or more; 8 are needed"),
        (made(2, years=1), "0 accounts with two years or more"),
        (made(2, spread=0.02), "hours varied by 2 % only; 10 % is needed"),
        (made(2, slope=0.0), "margin did not clearly rise with hours"),
        (made(2, slope=-0.5), "margin did not clearly rise with hours"),
    ],
)
def test_history_that_cannot_tell_says_why_and_is_refused(history, reason):
    slopes = slopes_from_history(history)
    assert reason in slopes.at["star", "reason"]
    assert not slopes.at["star", "is_usable"]
    with pytest.raises(InputError, match=r"history cannot tell .*star: "):
        refuse_unusable(slopes)


def test_history_that_tells_is_not_refused():
    refuse_unusable(slopes_from_history(made(1)))


@settings(deadline=None, max_examples=20)
@given(st.floats(0.01, 1_000), st.floats(0.01, 100))
def test_units_of_money_and_time_do_not_matter(money, time):
    history = made(3)
    other = history.assign(hours=time * history["hours"], margin=money * history["margin"])
    pd.testing.assert_frame_equal(slopes_from_history(history), slopes_from_history(other))


def test_account_without_a_margin_is_left_out():
    history = made(4)
    history.loc[history["account_id"] == "a0", "margin"] *= -1
    assert slopes_from_history(history).at["star", "accounts"] == 59


def test_curve_from_history_has_the_slope_at_todays_hours():
    slopes = pd.DataFrame({"slope": [0.4], "is_usable": [True]}, index=["star"])
    judged = judgements_from_slopes(default_judgements(), slopes)
    shape = curve_shapes(judged).loc["star"].to_dict()
    around = response([1 - 1e-5, 1 + 1e-5], **shape)
    assert np.diff(around)[0] / 2e-5 == pytest.approx(0.4, abs=1e-4)
    assert judged.at["star", "source"] == "service history"


def test_tiers_of_which_history_cannot_tell_keep_their_judgement():
    slopes = slopes_from_history(made(2, slope=0.0))
    pd.testing.assert_frame_equal(
        judgements_from_slopes(default_judgements(), slopes), default_judgements()
    )


def test_history_without_a_column_or_with_a_year_twice_is_refused():
    history = made(5)
    with pytest.raises(InputError, match="lacks the column tier"):
        slopes_from_history(history.drop(columns="tier"))
    with pytest.raises(InputError, match="gives the year 2021 of a0 twice"):
        slopes_from_history(pd.concat([history, history.iloc[:1]]))


def test_tables_given_are_not_changed():
    history, judged = made(6), default_judgements()
    judgements_from_slopes(judged, slopes_from_history(history))
    pd.testing.assert_frame_equal(history, made(6))
    pd.testing.assert_frame_equal(judged, default_judgements())
