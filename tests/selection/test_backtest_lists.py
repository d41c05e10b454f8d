import datetime

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kamtools.selection.backtest_lists import (
    METHOD_LABELS,
    recent_sales,
    rfm_score,
    rival_scores,
    scorecard_score,
)

DAY = datetime.date(2024, 12, 31)


def scorecard_of(n, *, seed=1, margin_rate=np.nan):
    rng = np.random.default_rng(seed)
    revenue = rng.lognormal(8, 1, n)
    return pd.DataFrame(
        {
            "revenue": revenue, "margin": revenue * margin_rate, "growth": rng.normal(0, 0.2, n),
            "trend": rng.normal(0, 0.02, n), "regularity": rng.uniform(0.3, 1, n),
            "volatility": rng.uniform(0.1, 1, n), "returns_rate": rng.uniform(0, 0.1, n),
            "orders": rng.integers(1, 30, n), "recency_days": rng.integers(0, 300, n) * 1.0,
        },
        index=pd.Index([f"a{place:03d}" for place in range(n)], name="account_id"),
    )  # fmt: skip


def history_for(history_of, card, *, months=18, margin_rate=None):
    return history_of({name: [10.0] * months for name in card.index}, margin_rate=margin_rate)


def test_hughes_quintiles_of_ten_accounts_run_from_one_to_five():
    card = pd.DataFrame(
        {"recency_days": range(10, 110, 10), "orders": range(20, 10, -1),
         "revenue": range(1000, 0, -100)}, index=list("abcdefghij"), dtype=float,
    )  # fmt: skip
    assert np.floor(rfm_score(card)).tolist() == [15, 15, 12, 12, 9, 9, 6, 6, 3, 3]
    assert rfm_score(card).is_monotonic_decreasing


@given(st.integers(5, 30), st.integers(0, 5))
def test_rfm_scores_do_not_depend_on_the_order_of_the_rows_or_the_currency(n, seed):
    card = scorecard_of(n, seed=seed)
    shuffled = card.assign(revenue=card["revenue"] * 7).sample(frac=1, random_state=seed)
    pd.testing.assert_series_equal(rfm_score(shuffled).reindex(card.index), rfm_score(card))


def test_sales_of_more_than_three_months_ago_are_not_recent(history_of):
    history = history_of({"a": [9.0, 1.0, 2.0, 3.0], "b": [9.0, 0.0, 0.0, 0.0]})
    assert recent_sales(history, pd.Index(["a", "b"])).tolist() == [6.0, 0.0]


def test_scorecard_has_all_that_the_ledger_tells_and_nothing_of_today():
    card = scorecard_of(40, margin_rate=0.3)
    score = scorecard_score(card, as_of=DAY)
    assert score.between(0, 1).all()
    assert score.corr(card["revenue"], method="spearman") > 0.5


def test_every_method_that_is_not_missing_knows_every_account(history_of):
    card = scorecard_of(25, margin_rate=0.3)
    history = history_for(history_of, card, months=26, margin_rate=0.3)
    rivals = rival_scores(card, history, as_of=DAY, seed=1)
    assert list(rivals.scores) == list(METHOD_LABELS)
    assert set(rivals.missing) == {"bg_nbd"}
    assert rivals.scores.drop(columns="bg_nbd").notna().all().all()
    assert rivals.scores["bg_nbd"].isna().all()


def test_methods_say_why_they_are_missing(history_of):
    card = scorecard_of(20)
    rivals = rival_scores(card, history_for(history_of, card), as_of=DAY, seed=1)
    assert "needs 200 accounts that ordered twice" in rivals.missing["bg_nbd"]
    assert "needs 24 whole months" in rivals.missing["trend"]
    assert rivals.missing["margin_rank"] == rivals.missing["auto_margin"]
    assert "cost of less than nine tenths" in rivals.missing["margin_rank"]


def test_accounts_that_nothing_tells_apart_have_no_scorecard(history_of):
    card = pd.concat([scorecard_of(1)] * 6).set_axis(list("abcdef"))
    rivals = rival_scores(card, history_for(history_of, card), as_of=DAY, seed=1)
    assert "no criterion tells the accounts apart" in rivals.missing["score"]
    assert rivals.scores["sales_rank"].notna().all()


def test_a_history_too_short_for_forecasts_leaves_the_other_ways(history_of):
    card = scorecard_of(8)
    rivals = rival_scores(card, history_for(history_of, card, months=4), as_of=DAY, seed=1)
    assert {"recency", "trend", "bg_nbd", "auto"} <= set(rivals.missing)
    assert rivals.scores[["sales_rank", "recent_sales", "rfm", "score"]].notna().all().all()


def test_scorecard_and_history_stay_as_they_were(history_of):
    card = scorecard_of(20, margin_rate=0.3)
    history = history_for(history_of, card, margin_rate=0.3)
    before = card.copy(deep=True), history.copy(deep=True)
    rival_scores(card, history, as_of=DAY, seed=1)
    pd.testing.assert_frame_equal(card, before[0])
    pd.testing.assert_frame_equal(history, before[1])
