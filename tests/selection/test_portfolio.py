import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.portfolio import (
    choose_top,
    compare_with_sales,
    describe_comparison,
    eligible,
)

IDS = pd.Index(["giant", "loser", "middle", "riser"], name="account_id")


@pytest.fixture
def scorecard():
    return pd.DataFrame(
        {"revenue": [900.0, 800.0, 300.0, 100.0], "margin": [200.0, -50.0, 90.0, 40.0],
         "months_active": [12, 12, 1, 6]},
        index=IDS,
    )  # fmt: skip


@pytest.fixture
def scores():
    return pd.DataFrame({"score": [0.8, 0.1, 0.5, 0.6], "rank": [1, 4, 3, 2]}, index=IDS)


def test_account_with_nothing_left_after_credits_cannot_be_chosen():
    # Online Retail (UCI 352): account 12346 bought for 77,183.60 and cancelled it all.
    scorecard = pd.DataFrame({"revenue": [0.0, -5.0, 4287.6]}, index=["12346", "x", "12347"])
    assert eligible(scorecard).index.tolist() == ["12347"]


def test_account_that_bought_in_too_few_months_cannot_be_chosen(scorecard):
    kept = eligible(scorecard, min_months_active=6)
    assert kept.index.tolist() == ["giant", "loser", "riser"]


def test_top_are_those_with_the_highest_scores(scores):
    assert choose_top(scores, 2).to_dict() == {
        "giant": True, "loser": False, "middle": False, "riser": True,
    }  # fmt: skip


def test_tie_on_the_border_goes_to_the_first_by_id():
    scores = pd.DataFrame({"score": [0.5, 0.9, 0.5]}, index=["z", "m", "a"])
    assert choose_top(scores, 2).to_dict() == {"z": False, "m": True, "a": True}


def test_account_without_a_score_is_never_chosen():
    scores = pd.DataFrame({"score": [np.nan, 0.1]}, index=["a", "b"])
    assert choose_top(scores, 1).tolist() == [False, True]


def test_lists_stand_side_by_side(scorecard, scores):
    table = compare_with_sales(scorecard, scores, 2).table
    assert table.index.tolist() == ["giant", "riser", "loser"]
    assert table["in_chosen_list"].tolist() == [True, True, False]
    assert table["in_sales_list"].tolist() == [True, False, True]
    assert table["rank_by_sales"].tolist() == [1, 4, 2]


def test_list_by_sales_gives_up_score_and_margin(scorecard, scores):
    # Kanthal: the list by sales holds an account that loses money once it is served.
    comparison = compare_with_sales(scorecard, scores, 2)
    assert comparison.n_shared == 1
    assert comparison.score_forgone == pytest.approx(1 - 0.9 / 1.4)
    assert comparison.margin_forgone == pytest.approx(240 - 150)


def test_margin_after_service_may_stand_in_for_the_scorecards(scorecard, scores):
    served = scorecard["margin"] - 100
    comparison = compare_with_sales(scorecard, scores, 2, margin=served)
    assert comparison.table["margin"]["giant"] == 100


def test_list_chosen_within_other_limits_stands_beside_sales_too(scorecard, scores):
    within_hours = pd.Series({"riser": True, "giant": False, "loser": False}, dtype=bool)
    chosen = within_hours.reindex(scores.index, fill_value=False)
    comparison = compare_with_sales(scorecard, scores, 1, chosen=chosen)
    assert comparison.table["in_chosen_list"].to_dict() == {"riser": True, "giant": False}
    assert comparison.table["in_sales_list"].to_dict() == {"riser": False, "giant": True}


def test_unknown_margin_makes_the_sum_unknown_not_smaller(scorecard, scores):
    scorecard["margin"] = [200.0, np.nan, 90.0, 40.0]
    comparison = compare_with_sales(scorecard, scores, 2)
    assert np.isnan(comparison.margin_forgone)
    assert "in profit is not known" in describe_comparison(comparison)


def test_score_by_sales_gives_up_nothing(scorecard):
    ranks = scorecard["revenue"].rank(ascending=False).astype(int)
    scores = pd.DataFrame({"score": scorecard["revenue"] / 900, "rank": ranks})
    comparison = compare_with_sales(scorecard, scores, 2)
    assert (comparison.score_forgone, comparison.margin_forgone) == (0, 0)
    assert describe_comparison(comparison) == "The 2 chosen accounts are the 2 largest by sales."


def test_words_say_when_the_list_by_sales_earns_more_today(scorecard, scores):
    richer = scorecard.assign(margin=[200.0, 500.0, 90.0, 40.0])
    text = describe_comparison(compare_with_sales(richer, scores, 2), currency="EUR")
    assert text.endswith("and earn EUR 460 more profit this year.")


@given(
    st.lists(
        # Scores that differ in their ninth digit only are ties, and no share is taken of them.
        st.tuples(st.floats(1, 1e6), st.floats(0, 1).map(lambda score: round(score, 6))),
        min_size=1,
        max_size=25,
    ),
    st.data(),
)
def test_score_forgone_is_a_share_and_both_lists_have_their_length(rows, data):
    top = data.draw(st.integers(1, len(rows)))
    ids = [f"a{i:02}" for i in range(len(rows))]
    revenue, score = (pd.Series(column, index=ids) for column in zip(*rows, strict=True))
    scorecard = pd.DataFrame({"revenue": revenue, "margin": revenue})
    scores = pd.DataFrame({"score": score, "rank": score.rank(ascending=False, method="min")})
    comparison = compare_with_sales(scorecard, scores, top)
    assert comparison.table[["in_chosen_list", "in_sales_list"]].sum().tolist() == [top, top]
    assert -1e-9 <= comparison.score_forgone <= 1
    assert comparison.margin_forgone <= 1e-6  # where margin is sales, no list has more of it


@given(st.lists(st.floats(0, 1), min_size=1, max_size=20), st.randoms())
def test_choice_ignores_the_order_of_accounts(numbers, random):
    scores = pd.DataFrame({"score": numbers}, index=[f"a{i:02}" for i in range(len(numbers))])
    order = list(scores.index)
    random.shuffle(order)
    top = (len(order) + 1) // 2
    pd.testing.assert_series_equal(
        choose_top(scores.loc[order], top).loc[scores.index], choose_top(scores, top)
    )


@pytest.mark.parametrize("top", [0, -1, 5, 2.5, True, "3"])
def test_top_that_is_no_number_of_accounts_is_refused(scores, top):
    with pytest.raises(InputError, match=r"a whole number from 1 to 4, .*; got "):
        choose_top(scores, top)


def test_an_empty_list_is_refused_with_what_may_have_emptied_it(scorecard, scores):
    nobody = pd.Series(False, index=scores.index)
    with pytest.raises(InputError, match=r"no account is chosen.*hours, budget"):
        compare_with_sales(scorecard, scores, 0, chosen=nobody)


def test_scored_account_without_a_scorecard_is_refused(scorecard, scores):
    with pytest.raises(InputError, match="1 scored accounts are not in the scorecard, first 'rise"):
        compare_with_sales(scorecard.drop("riser"), scores, 2)


def test_arguments_are_not_modified(scorecard, scores):
    before, scores_before = scorecard.copy(), scores.copy()
    compare_with_sales(scorecard, scores, 2)
    eligible(scorecard)
    pd.testing.assert_frame_equal(scorecard, before)
    pd.testing.assert_frame_equal(scores, scores_before)
