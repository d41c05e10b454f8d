import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.whale import describe_whale, whale, whale_curve

profits = st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=30).map(pd.Series)


def test_whale_of_kanthal():
    # Kaplan (1989), HBS 190-002: 20 % earn 225 %, 70 % nothing, 10 % lose 125 %; sum 100 %.
    kanthal = pd.Series([11.25] * 20 + [0.0] * 70 + [-12.5] * 10)
    shape = whale(kanthal)
    assert (shape.peak_share, shape.accounts_at_peak, shape.loss_share) == (2.25, 0.2, -1.25)
    assert shape.total == 100
    curve = whale_curve(kanthal)["profit_share"]
    assert curve.iloc[[19, 89, 99]].tolist() == pytest.approx([2.25, 2.25, 1])


def test_equal_accounts_make_a_straight_line():
    curve = whale_curve(pd.Series([5.0] * 4))
    assert curve["profit_share"].tolist() == curve["account_share"].tolist()


def test_firm_without_losses_has_no_hump():
    shape = whale(pd.Series([3.0, 1.0]))
    assert (shape.peak_share, shape.accounts_at_peak, shape.n_losing) == (1, 1, 0)


def test_firm_that_loses_money_has_a_curve_in_money_only():
    profit = pd.Series([10.0, -40.0])
    assert whale_curve(profit)["cumulative_profit"].tolist() == [10, -30]
    assert whale_curve(profit)["profit_share"].isna().all()
    assert np.isnan(whale(profit).peak_share)
    assert whale(profit).loss == -40


@given(profits)
def test_curve_rises_to_its_peak_and_falls_to_the_total(profit):
    curve = whale_curve(profit)["cumulative_profit"].to_numpy()
    shape = whale(profit)
    top = shape.n_at_peak
    assert (np.diff(curve[:top]) >= -1e-6).all()
    assert (np.diff(curve[max(top - 1, 0) :]) <= 1e-6).all()
    assert curve[-1] == pytest.approx(shape.total, abs=1e-6)
    assert max(curve.max(), 0) == pytest.approx(shape.peak, abs=1e-6)


@given(profits, st.floats(0.01, 100))
def test_shares_ignore_the_currency(profit, rate):
    assume(profit.sum() > 1)
    assert whale(profit * rate).peak_share == pytest.approx(whale(profit).peak_share)


@given(profits)
def test_peak_and_loss_make_the_whole(profit):
    assume(profit.sum() > 1)
    shape = whale(profit)
    assert shape.peak_share + shape.loss_share == pytest.approx(1)
    assert shape.n_at_peak + shape.n_losing <= shape.n_accounts


@given(profits, st.randoms())
def test_order_of_accounts_does_not_matter(profit, random):
    order = list(profit.index)
    random.shuffle(order)
    pd.testing.assert_frame_equal(whale_curve(profit.loc[order]), whale_curve(profit))


def test_words_name_the_largest_loss():
    text = describe_whale(
        pd.Series({"a": 60.0, "b": 90.0, "c": -20.0, "d": -30.0, "e": np.nan}),
        currency="EUR", names={"d": "Deep Sea"},
    )  # fmt: skip
    assert text == (
        "50 % of accounts (2 of 4) earn EUR 150, 150 % of the profit; 2 accounts that lose money "
        "give back EUR 50. The largest loss is Deep Sea (EUR −30). Not counted: 1 account whose "
        "profit is not known."
    )


def test_words_of_a_firm_that_loses_money_give_no_share():
    text = describe_whale(pd.Series({"a": 10.0, "b": -40.0}), currency="EUR")
    assert "and the firm as a whole earns EUR −30." in text
    assert "% of the profit" not in text


def test_words_of_a_firm_without_losses():
    text = describe_whale(pd.Series({"a": 10.0, "b": 20.0}), currency="EUR")
    assert text == "No account loses money; together they earn EUR 30."


def test_words_where_no_profit_is_known():
    text = describe_whale(pd.Series([np.nan]), what="profit before service")
    assert text.startswith("The profit before service of no account is known")


def test_profit_that_is_not_known_is_refused():
    with pytest.raises(InputError, match="not known for 1, first 'b'"):
        whale_curve(pd.Series({"a": 1.0, "b": np.nan}))


def test_no_accounts_are_refused():
    with pytest.raises(InputError, match="profit by account is empty"):
        whale(pd.Series(dtype=float))


def test_profit_is_not_modified():
    profit = pd.Series({"b": -1.0, "a": 3.0})
    before = profit.copy()
    whale(profit)
    describe_whale(profit)
    pd.testing.assert_series_equal(profit, before)
