import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from kamtools.selection.backtest_measures import (
    caught,
    faders_avoided,
    in_order,
    reach,
    risers_found,
    take,
    top_found,
)
from kamtools.selection.bootstrap import account_draws

N = 12
MONEY = npst.arrays(float, N, elements=st.floats(0, 1e6))
SCORES = npst.arrays(float, N, elements=st.floats(-10, 10))
TOPS = st.integers(1, 8)


@given(SCORES, MONEY, TOPS, st.integers(0, 3))
def test_share_caught_of_positive_revenue_lies_from_0_to_1(scores, money, top, seed):
    counts = account_draws(N, draws=5, seed=seed)
    places, best = (take(in_order(values), counts, top) for values in (scores, money))
    part, whole = caught(places, best, money)
    assert (part >= 0).all()
    assert (part <= whole * (1 + 1e-12) + 1e-9).all()


@given(MONEY, SCORES, TOPS, st.integers(0, 3))
def test_perfect_foresight_catches_all_finds_all_and_avoids_all(money, scores, top, seed):
    counts = account_draws(N, draws=5, seed=seed)
    best, by_sales = (take(in_order(values), counts, top) for values in (money, scores))
    for part, whole in (
        caught(best, best, money),
        top_found(best, best),
        risers_found(best, by_sales, best),
        faders_avoided(best, by_sales, best),
    ):
        np.testing.assert_allclose(part, whole)


@given(SCORES, MONEY, TOPS, st.integers(0, 3))
def test_sales_rank_finds_no_riser_and_avoids_no_fader(scores, money, top, seed):
    counts = account_draws(N, draws=5, seed=seed)
    by_sales, best = (take(in_order(values), counts, top) for values in (scores, money))
    assert (risers_found(by_sales, by_sales, best)[0] == 0).all()
    assert (faders_avoided(by_sales, by_sales, best)[0] == 0).all()


@given(SCORES, TOPS, st.integers(0, 3))
def test_a_list_fills_its_places_and_no_account_more_than_it_was_drawn(scores, top, seed):
    counts = account_draws(N, draws=20, seed=seed)
    places = take(in_order(scores), counts, top)
    assert (places.sum(axis=1) == top).all()
    assert ((places >= 0) & (places <= counts)).all()


@given(SCORES, TOPS, st.integers(0, 3))
def test_accounts_out_of_reach_take_no_place(scores, top, seed):
    counts = account_draws(N, draws=20, seed=seed)
    order = in_order(scores)
    within = reach(order, counts, top)
    assert take(order, counts, top)[:, np.setdiff1d(order, within)].sum() == 0


def test_six_accounts_measured_by_hand():
    # Sales rank lists a b c; later the order is a d e, then f; the rival lists a c d.
    counts = np.ones((1, 6), dtype=np.int32)
    by_sales, best, rival = (
        np.array([[name in names for name in "abcdef"]], dtype=np.int32)
        for names in ("abc", "ade", "acd")
    )
    money = np.array([50.0, 5.0, 5.0, 30.0, 20.0, 10.0])
    assert take(in_order(money), counts, 3).tolist() == best.tolist()
    measured = [
        caught(rival, best, money),
        top_found(rival, best),
        risers_found(rival, by_sales, best),
        faders_avoided(rival, by_sales, best),
    ]
    assert [(float(part[0]), float(whole[0])) for part, whole in measured] == [
        (85.0, 100.0), (2.0, 3.0), (1.0, 2.0), (1.0, 2.0),
    ]  # fmt: skip


def test_accounts_without_a_score_are_on_no_list():
    assert in_order(np.array([np.nan, np.nan])).tolist() == []
    assert take(np.array([], dtype=int), np.ones((2, 3), dtype=np.int32), 2).sum() == 0


@pytest.mark.parametrize("measure", [risers_found, faders_avoided])
def test_places_stay_as_they_were(measure):
    lists = [np.array([[1, 0, 1]]), np.array([[1, 1, 0]]), np.array([[0, 1, 1]])]
    before = [places.copy() for places in lists]
    measure(*lists)
    assert all((one == other).all() for one, other in zip(lists, before, strict=True))
