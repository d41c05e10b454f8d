import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.backtest_table import empty_table
from kamtools.selection.backtest_words import (
    describe_backtest,
    describe_calibration,
    share_text,
)


def row(method, horizon, value, **others):
    return {
        "date": "pooled", "horizon_months": horizon, "window_months": min(horizon, 12), "top": 20,
        "method": method, "measure": "revenue_share", "value": value, "low": value - 0.1,
        "high": value + 0.05, "verdict": "", "out_of": 100.0, "n_accounts": 200, "n_dates": 2,
        "note": "",
    } | others  # fmt: skip


@pytest.fixture
def table():
    rows = [
        row("sales_rank", 12, 0.9),
        row("sales_rank", 24, 0.8),
        row("score", 12, 0.85, verdict="worse"),
        row("score", 24, 0.9, verdict="better"),
        row("rfm", 12, 0.7, verdict="worse"),
        row("rfm", 24, 0.7, verdict="worse"),
        row("recent_sales", 12, 0.89, verdict="no difference shown"),
        row("recent_sales", 24, 0.81, verdict="no difference shown"),
        row("trend", 12, 0.9, verdict="no difference shown"),
        row("trend", 24, float("nan"), n_dates=0, note="too few months"),
        row("bg_nbd", 12, float("nan"), n_dates=0, note="too few accounts"),
        row("margin_rank", 12, float("nan"), n_dates=0, note="no cost is known"),
        row("bg_nbd", 24, float("nan"), n_dates=0, note="too few accounts"),
        row("margin_rank", 24, float("nan"), n_dates=0, note="no cost is known"),
        row("auto_margin", 24, float("nan"), n_dates=0, note="no cost is known"),
        row("sales_rank", 24, 0.0, measure="risers_found", out_of=6),
        row("score", 24, 0.5, measure="risers_found", out_of=6),
        row("any_list", 24, 0.15, measure="newcomers"),
        row("sales_rank", 12, 0.9, date="2020-12-31"),
        row("sales_rank", 12, 0.9, date="2021-12-31"),
    ]
    return pd.DataFrame(rows)


def test_wins_losses_and_ties_are_told_alike(table):
    text = describe_backtest(table)
    assert "Lists of 20 accounts were made at 2 past dates, 2020-12-31 to 2021-12-31" in text
    assert (
        "sales rank caught 90 % (80 % to 95.0 %) in year 1 and 80 % (70 % to 85 %) in year 2"
        in text
    )
    assert "Better than it: Scorecard (year 2)" in text
    assert "worse than it: Scorecard (year 1) and RFM (throughout)" in text
    assert "no difference shown: 2 other ways." in text


def test_what_is_missing_is_said_once(table):
    text = describe_backtest(table)
    assert "BG/NBD: too few accounts. Margin: no cost is known." in text
    assert "Not judged: Trend, year 2: too few months." in text
    assert "margin sales rank" not in text


def test_risers_and_newcomers_are_told(table):
    text = describe_backtest(table)
    assert "in year 2 sales rank missed 6 places, all dates together" in text
    assert "the most were found by Scorecard (50 %)" in text
    assert "15 % of the later top in year 2 had bought nothing" in text


def test_nobody_better_is_said_as_plainly(table):
    tied = table.assign(
        verdict=table["verdict"].where(table["verdict"] == "", "no difference shown")
    )
    text = describe_backtest(tied)
    assert "Better than it: none; worse than it: none; no difference shown: 4 other ways." in text


def test_an_empty_table_gives_its_reason():
    assert describe_backtest(empty_table("No back-test: too short.")) == "No back-test: too short."


def test_a_size_that_was_not_judged_is_refused(table):
    with pytest.raises(InputError, match="no list of 50 accounts was judged; there are 20"):
        describe_backtest(table, top=50)


def test_table_stays_as_it_was(table):
    before = table.copy(deep=True)
    describe_backtest(table)
    pd.testing.assert_frame_equal(table, before)


def test_nearly_all_is_not_rounded_to_all():
    assert share_text(0.994) == "99.4 %"
    assert share_text(1.0) == "100 %"


def test_calibration_without_forecasts_says_so():
    reason = empty_table("No back-test: too short.")
    assert describe_calibration(reason) == "No back-test: too short."
    known = pd.DataFrame([{"method": "auto", "measure": "revenue", "horizon_months": 3}])
    assert describe_calibration(known, method="trend") == "No forecast by 'trend' was judged."
