import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.dependence_shares import share_ends

MONEY = st.floats(1, 1e9)


def card(revenue, margin, previous=0.0):
    columns = {"revenue": revenue, "revenue_previous": previous, "margin": margin}
    return pd.DataFrame(columns, index=[f"a{place}" for place in range(len(revenue))])


def test_share_of_margin_is_the_middle_and_the_others_its_ends():
    ends = share_ends(card([60.0, 40.0], [15.0, 15.0], [90.0, 10.0]))
    assert ends.loc["a0"].tolist() == pytest.approx([0.5, 0.5, 0.9])
    assert ends.loc["a1"].tolist() == pytest.approx([0.1, 0.5, 0.5])


def test_share_of_revenue_is_the_middle_where_no_cost_is_known():
    assert share_ends(card([60.0, 40.0], [np.nan, np.nan]))["middle"].tolist() == [0.6, 0.4]


def test_accounts_without_cost_earn_like_the_others():
    # a0 earns half of all that is known, on 80 % of the revenue
    ends = share_ends(card([40.0, 40.0, 20.0], [10.0, 10.0, np.nan]))
    assert ends["middle"].tolist() == pytest.approx([0.4, 0.4, 0.2])


def test_a_loss_is_no_stake_in_margin_and_an_account_without_revenue_is_left_out():
    ends = share_ends(card([50.0, 50.0, 0.0], [-5.0, 20.0, 0.0]))
    assert ends.loc["a0"].tolist() == [0.0, 0.0, 0.5]
    assert ends.index.tolist() == ["a0", "a1"]


def test_one_account_that_is_all_of_the_firm_is_at_stake_whole():
    assert share_ends(card([7.0], [2.0], [5.0])).loc["a0"].tolist() == [1.0, 1.0, 1.0]


@given(st.lists(st.tuples(MONEY, MONEY, MONEY), min_size=1, max_size=6), st.floats(0.01, 100))
def test_shares_are_in_order_within_one_and_do_not_know_the_currency(rows, rate):
    revenue, margin, previous = (list(column) for column in zip(*rows, strict=True))
    ends = share_ends(card(revenue, margin, previous))
    assert ((ends >= 0) & (ends <= 1)).all(axis=None)
    assert (ends["low"] <= ends["middle"]).all()
    assert (ends["middle"] <= ends["high"]).all()
    pd.testing.assert_frame_equal(ends, share_ends(card(revenue, margin, previous) * rate))


@pytest.mark.parametrize(
    ("given_card", "message"),
    [
        (card([1.0], [1.0]).drop(columns="margin"), "scorecard lacks the columns margin"),
        (card([0.0], [0.0]), "revenue must sum to more than 0"),
        (pd.concat([card([1.0], [1.0])] * 2), "account a0 stands twice in the scorecard"),
    ],
)
def test_a_scorecard_without_shares_is_refused(given_card, message):
    with pytest.raises(InputError, match=message):
        share_ends(given_card)


def test_scorecard_is_left_as_it_was():
    given_card = card([60.0, 40.0], [15.0, -2.0], [90.0, 0.0])
    before = given_card.copy(deep=True)
    share_ends(given_card)
    pd.testing.assert_frame_equal(given_card, before)
