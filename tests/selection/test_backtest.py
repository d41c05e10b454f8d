import datetime

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

from kamtools.errors import InputError
from kamtools.purchases import purchase_history
from kamtools.selection.backtest import backtest, default_tops, judge, past_choices
from kamtools.selection.backtest_dates import date_before
from kamtools.selection.backtest_lists import RivalScores
from kamtools.selection.backtest_table import COLUMNS
from kamtools.selection.backtest_tally import PastChoice

LAST_DAY = datetime.date(2024, 12, 31)
MONTHS = 30


def lines_of(n_accounts, *, months=MONTHS, seed=5, costed=True, factor_after=None):
    """Return lines of each account on a day of each month; later ones times a factor an account."""
    rng = np.random.default_rng(seed)
    account, back = (grid.ravel() for grid in np.indices((n_accounts, months)))
    size, drift = rng.lognormal(6, 1, n_accounts), rng.normal(0, 0.05, n_accounts)
    amount = size[account] * np.exp(drift[account] * (months - back))
    amount = np.round(amount * rng.lognormal(0, 0.3, len(account)), 2)
    ends = pd.DatetimeIndex([pd.Timestamp(date_before(LAST_DAY, int(b))) for b in range(months)])
    date = ends[back] - pd.Timedelta(days=5)
    if factor_after is not None:
        day, factor = factor_after
        amount = np.where(date > pd.Timestamp(day), amount * factor[account], amount)
    return ibis.memtable(
        pa.table(
            {
                "account_id": pa.array([f"a{place:03d}" for place in account]),
                "date": pa.array(date.date, pa.date32()),
                "amount": amount,
                "cost": amount * 0.7 if costed else pa.nulls(len(amount), pa.float64()),
            }
        )
    )


def choice_of(scores, revenue, *, day="2020-12-31", missing=None, horizon=12, margin=None):
    """Return a past choice with scores of one's own; `revenue` may name accounts not choosable."""
    followed = pd.DataFrame({"revenue": revenue, "margin": margin or dict.fromkeys(revenue)})
    followed = followed.astype(float).rename_axis("account_id")
    table = pd.DataFrame(scores).rename_axis("account_id")
    rivals = RivalScores(table, missing or {})
    return PastChoice(datetime.date.fromisoformat(day), rivals, {horizon: followed})


SIX = choice_of(
    {
        "sales_rank": dict(zip("abcdef", [9.0, 8.0, 7.0, 6.0, 5.0, 4.0], strict=True)),
        "score": dict(zip("abcdef", [9.0, 1.0, 8.0, 7.0, 2.0, 3.0], strict=True)),
    },
    dict(zip("abcdefn", [50.0, 5.0, 5.0, 30.0, 20.0, 10.0, 90.0], strict=True)),
)
"""Sales rank lists a b c, the scorecard a c d; a d e turn out best, and n, who was new."""


def value(table, method, measure, *, column="value", date="pooled"):
    row = table[
        (table["method"] == method) & (table["measure"] == measure) & (table["date"] == date)
    ]
    assert len(row) == 1
    return row[column].iloc[0]


@pytest.fixture(scope="module")
def table():
    return backtest(lines_of(60), as_of=LAST_DAY, most_dates=3, draws=60, seed=1)


def test_six_accounts_come_out_as_by_hand():
    table = judge([SIX], tops=[3], draws=20, level=0.95, seed=1)
    assert value(table, "sales_rank", "revenue_share") == pytest.approx(60 / 100)
    assert value(table, "score", "revenue_share") == pytest.approx(85 / 100)
    assert value(table, "score", "revenue_share", column="out_of") == 100
    assert value(table, "score", "top_found") == pytest.approx(2 / 3)
    assert value(table, "score", "risers_found") == pytest.approx(1 / 2)
    assert value(table, "score", "faders_avoided") == pytest.approx(1 / 2)
    assert value(table, "any_list", "newcomers") == pytest.approx(1 / 3)
    difference = value(table, "score", "revenue_share", column="difference_to_sales_rank")
    assert difference == pytest.approx(0.25)


def test_dates_are_pooled_by_what_was_there_to_catch():
    other = choice_of(
        {"sales_rank": {"a": 9.0, "b": 8.0, "c": 7.0}, "score": {"a": 1.0, "b": 2.0, "c": 3.0}},
        {"a": 300.0, "b": 0.0, "c": 0.0, "d": 0.0, "e": 0.0, "f": 0.0, "n": 0.0},
        day="2021-12-31",
    )
    table = judge([SIX, other], tops=[1], draws=20, level=0.95, seed=1)
    assert value(table, "sales_rank", "revenue_share") == pytest.approx((50 + 300) / (50 + 300))
    assert value(table, "score", "revenue_share") == pytest.approx((50 + 0) / (50 + 300))
    assert value(table, "score", "revenue_share", date="2021-12-31") == 0
    assert value(table, "score", "revenue_share", column="n_dates") == 2


def test_dates_at_which_a_way_was_better_and_worse_are_counted():
    worse = choice_of(
        {"sales_rank": {"a": 9.0, "b": 8.0}, "score": {"a": 1.0, "b": 2.0}},
        dict(zip("abcdefn", [30.0, 20.0, 0.0, 0.0, 0.0, 0.0, 0.0], strict=True)),
        day="2021-12-31",
    )
    equal = choice_of(
        {"sales_rank": {"a": 9.0, "b": 8.0}, "score": {"a": 2.0, "b": 1.0}},
        dict(zip("abcdefn", [30.0, 20.0, 0.0, 0.0, 0.0, 0.0, 0.0], strict=True)),
        day="2022-12-31",
    )
    better = choice_of(SIX.rivals.scores, dict(zip("abcdefn", [1, 0, 0, 9, 0, 0, 0], strict=True)))
    table = judge([worse, equal], tops=[1], draws=5, level=0.95, seed=1)
    counts = [
        value(table, "score", "revenue_share", column=c) for c in ("dates_better", "dates_worse")
    ]
    assert counts == [0, 1]
    table = judge([better], tops=[3], draws=5, level=0.95, seed=1)
    assert value(table, "score", "revenue_share", column="dates_better") == 1
    assert value(table, "sales_rank", "revenue_share", column="dates_better") == 0


def test_perfect_foresight_scores_one_in_everything_and_is_called_better():
    rng = np.random.default_rng(2)
    names = [f"a{place:03d}" for place in range(200)]
    later = dict(zip(names, rng.lognormal(0, 1, 200), strict=True))
    sales = dict(zip(names, rng.lognormal(0, 1, 200), strict=True))
    choice = choice_of({"sales_rank": sales, "score": later}, later, margin=later)
    table = judge([choice], tops=[20], draws=200, level=0.95, seed=1)
    seen = table[(table["method"] == "score") & (table["date"] == "pooled")]
    np.testing.assert_allclose(seen[["value", "low", "high"]], 1)
    assert value(table, "score", "revenue_share", column="verdict") == "better"
    assert value(table, "score", "risers_found", column="verdict") == ""


def test_a_list_like_that_of_sales_shows_no_difference_and_one_by_chance_is_worse():
    rng = np.random.default_rng(2)
    names = [f"a{place:03d}" for place in range(300)]
    later = rng.lognormal(0, 1, 300)
    scores = {
        "sales_rank": dict(zip(names, later * rng.lognormal(0, 0.2, 300), strict=True)),
        "score": dict(zip(names, later * rng.lognormal(0, 0.2, 300), strict=True)),
        "rfm": dict(zip(names, rng.uniform(size=300), strict=True)),
    }
    choice = choice_of(scores, dict(zip(names, later, strict=True)))
    table = judge([choice], tops=[30], draws=200, level=0.95, seed=1)
    assert value(table, "score", "revenue_share", column="verdict") == "no difference shown"
    assert value(table, "rfm", "revenue_share", column="verdict") == "worse"
    assert value(table, "sales_rank", "revenue_share", column="verdict") == ""


def test_a_method_missing_at_one_date_is_compared_at_the_others_only():
    rival = SIX.rivals.scores.assign(score=np.nan)
    other = choice_of(rival, SIX.followed[12]["revenue"].to_dict(), day="2021-12-31",
                      missing={"score": "too few accounts"})  # fmt: skip
    table = judge([SIX, other], tops=[3], draws=20, level=0.95, seed=1)
    assert value(table, "score", "revenue_share") == pytest.approx(85 / 100)
    assert value(table, "score", "revenue_share", column="n_dates") == 1
    assert value(table, "score", "revenue_share", column="note") == "too few accounts"
    difference = value(table, "score", "revenue_share", column="difference_to_sales_rank")
    assert difference == pytest.approx(0.25)


def test_a_method_missing_at_all_dates_has_rows_that_say_why():
    choice = choice_of(SIX.rivals.scores, SIX.followed[12]["revenue"].to_dict(),
                       missing={"bg_nbd": "too few accounts"})  # fmt: skip
    table = judge([choice], tops=[3], draws=20, level=0.95, seed=1)
    assert np.isnan(value(table, "bg_nbd", "revenue_share"))
    assert value(table, "bg_nbd", "top_found", column="note") == "too few accounts"
    assert value(table, "bg_nbd", "top_found", column="n_dates") == 0


def test_table_has_the_columns_of_the_file_and_shares_from_0_to_1(table):
    assert list(table) == list(COLUMNS)
    shares = table[["value", "low", "high"]].dropna()
    assert shares.stack().between(0, 1).all()
    assert (shares["low"] <= shares["high"]).all()


def test_interval_holds_the_value_nearly_always(table):
    known = table[table["value"].notna() & (table["out_of"] > 20)]
    inside = (known["value"] >= known["low"] - 1e-9) & (known["value"] <= known["high"] + 1e-9)
    assert inside.mean() > 0.9


def test_margin_is_judged_where_cost_is_known_only(table):
    assert "margin_share" in set(table["measure"])
    without = backtest(lines_of(60, costed=False), as_of=LAST_DAY, most_dates=2, draws=5, seed=1)
    assert "margin_share" not in set(without["measure"])
    row = without[(without["method"] == "margin_rank") & (without["measure"] == "revenue_share")]
    assert row["note"].str.contains("cost of less than nine tenths").all()


def test_nothing_after_the_date_leaks_into_the_lists():
    ago = 12
    rng = np.random.default_rng(9)
    day = date_before(LAST_DAY, ago)
    lists = []
    for lines in (lines_of(40), lines_of(40, factor_after=(day, rng.uniform(0, 50, 40)))):
        history = purchase_history(lines, as_of=LAST_DAY)
        (choice,) = past_choices(
            lines, history, as_of=LAST_DAY, months_ago=[ago], horizons_months=[12], seed=1
        )
        lists.append(choice)
    pd.testing.assert_frame_equal(lists[0].rivals.scores, lists[1].rivals.scores)
    assert lists[0].date == day
    assert not np.allclose(lists[0].followed[12]["revenue"], lists[1].followed[12]["revenue"])


def test_what_was_known_is_seen_by_the_lists():
    lines = [lines_of(40), lines_of(40, seed=6)]
    scores = [
        past_choices(
            table, purchase_history(table, as_of=LAST_DAY), as_of=LAST_DAY, months_ago=[12],
            horizons_months=[12], seed=1,
        )[0].rivals.scores
        for table in lines
    ]  # fmt: skip
    assert not scores[0]["sales_rank"].equals(scores[1]["sales_rank"])


def test_same_seed_gives_the_same_table(table):
    again = backtest(lines_of(60), as_of=LAST_DAY, most_dates=3, draws=60, seed=1)
    pd.testing.assert_frame_equal(again, table)


def test_horizons_that_the_history_does_not_reach_are_left_out(table):
    assert sorted(table["horizon_months"].unique()) == [3, 6, 12]


def test_short_history_gives_an_empty_table_and_the_reason():
    table = backtest(lines_of(30, months=7), as_of=LAST_DAY, seed=1)  # the first is not whole
    assert list(table) == list(COLUMNS)
    assert table.empty
    assert "the history covers 6, so 3 are missing" in table.attrs["reason"]


def test_a_handful_of_accounts_gives_an_empty_table_and_the_reason():
    table = backtest(lines_of(9), as_of=LAST_DAY, most_dates=2, seed=1)
    assert "10 accounts that bought are needed at each date; got 9" in table.attrs["reason"]


def test_default_lists_are_no_more_than_a_fifth_of_the_accounts():
    assert default_tops(500) == [10, 20, 50, 100]
    assert default_tops(99) == [10]
    assert default_tops(12) == [2]


@pytest.mark.parametrize("tops", [[], [0], [60], [2.5], [True]])
def test_lists_of_no_size_or_of_everybody_are_refused(tops):
    with pytest.raises(InputError, match="tops must be whole numbers from 1 to 59"):
        backtest(lines_of(60), as_of=LAST_DAY, most_dates=1, tops=tops, seed=1)


def test_lists_may_be_larger_than_a_fifth_where_asked_for():
    table = backtest(lines_of(60), as_of=LAST_DAY, most_dates=1, tops=[30], draws=5, seed=1)
    assert set(table["top"]) == {30}


def test_scores_and_outcomes_stay_as_they_were():
    before = SIX.rivals.scores.copy(deep=True), SIX.followed[12].copy(deep=True)
    judge([SIX], tops=[3], draws=5, level=0.9, seed=1)
    pd.testing.assert_frame_equal(SIX.rivals.scores, before[0])
    pd.testing.assert_frame_equal(SIX.followed[12], before[1])
