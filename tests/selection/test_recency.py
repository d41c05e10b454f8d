import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from kamtools.selection.recency import chance_of_return, is_gone, usual_gap_months


def summary_of(frequency, recency, silence, revenue=10.0):
    return pd.DataFrame(
        {"frequency": frequency, "recency": recency, "silence_months": silence, "revenue": revenue}
    )


def test_cds_not_bought_for_half_a_year_are_not_bought_again():
    # Wübben & von Wangenheim (2008): the managers' rule for CDs was six months.
    accounts = summary_of([0.0, 0.0], [0.0, 0.0], [5.9, 6.1])
    assert is_gone(accounts, silent_gaps=100).tolist() == [False, True]


def test_account_that_orders_each_month_is_gone_after_three_of_its_gaps():
    accounts = summary_of([24.0, 24.0], [24.0, 24.0], [2.9, 3.1])
    assert is_gone(accounts).tolist() == [False, True]


def test_account_that_orders_each_quarter_is_given_longer():
    accounts = summary_of([8.0], [24.0], [5.0])
    assert not is_gone(accounts).any()


def test_account_that_never_ordered_is_gone():
    assert is_gone(summary_of([np.nan, 3.0], [np.nan, 6.0], [np.nan, 0.5])).tolist() == [
        True,
        False,
    ]


def test_single_order_has_the_gap_of_the_firm():
    gaps = usual_gap_months(summary_of([0.0, 4.0, 5.0], [0.0, 12.0, 15.0], [1.0, 1.0, 1.0]))
    assert gaps[0] == 3


def test_chance_is_learnt_from_what_followed():
    rng = np.random.default_rng(5)
    silence = rng.uniform(0, 6, 2000)
    past = summary_of(10.0, 10.0, silence)
    returned = pd.Series(rng.random(2000) < expit(3 - 3 * np.log1p(silence)))
    now = summary_of([10.0] * 3, [10.0] * 3, [0.2, 2.0, 5.0])
    chance = chance_of_return(now, [past], [returned])
    np.testing.assert_allclose(chance, expit(3 - 3 * np.log1p(now.silence_months)), atol=0.05)


def test_account_that_never_ordered_has_no_chance():
    assert chance_of_return(summary_of([np.nan, 3.0], [np.nan, 6.0], [np.nan, 1.0]))[0] == 0


@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 24), st.booleans()), max_size=30))
def test_chance_never_rises_with_silence(rows):
    past = summary_of(
        [float(row[0]) for row in rows], [float(row[0]) for row in rows], [row[1] for row in rows]
    )
    now = summary_of([5.0] * 4, [10.0] * 4, [0.0, 1.0, 5.0, 20.0])
    chance = chance_of_return(now, [past], [pd.Series([row[2] for row in rows], dtype=bool)])
    assert chance.between(0, 1).all()
    assert (chance.diff().dropna() <= 1e-12).all()


@given(st.floats(0.01, 100))
def test_chance_ignores_the_currency(rate):
    now = summary_of([5.0, 2.0, 0.0], [10.0, 9.0, 0.0], [1.0, 3.0, 2.0], [5.0, 50.0, 2.0])
    in_other = now.assign(revenue=now["revenue"] * rate)
    np.testing.assert_allclose(chance_of_return(now), chance_of_return(in_other))


def test_outcomes_of_another_number_of_dates_are_refused():
    now = summary_of([5.0], [10.0], [1.0])
    with pytest.raises(ValueError, match="zip"):
        chance_of_return(now, [now], [])


def test_summaries_are_not_modified():
    now = summary_of([5.0, 0.0], [10.0, 0.0], [1.0, 4.0])
    before = now.copy()
    chance_of_return(now, [now], [pd.Series([True, False])])
    is_gone(now)
    pd.testing.assert_frame_equal(now, before)
