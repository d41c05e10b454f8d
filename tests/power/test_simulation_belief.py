import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.power.simulation_assumptions import (
    default_simulation_assumptions,
    known_assumptions,
    replace_assumption,
)
from kamtools.power.simulation_belief import belief_path, believed
from kamtools.power.simulation_chance import draw_years


def years_with(*, years, seed=5, **changed):
    table = known_assumptions(default_simulation_assumptions())
    for name, value in changed.items():
        table = replace_assumption(table, name, value)
    return draw_years(table, years=years, seed=seed)


def path(first, ratios, kept=1.0):
    return believed(np.array([first]), np.log(np.array(ratios)[:, None]), np.array([kept]))[:, 0]


def test_belief_after_three_pieces_of_evidence_by_hand():
    # Bayes: 0.2 × 3 / (0.2 × 3 + 0.8 × 1) = 3/7, then odds 3/4 × 3 = 9/4, then back by 1/3.
    assert path(0.2, [3, 3, 1 / 3]).tolist() == pytest.approx([3 / 7, 9 / 13, 3 / 7])


def test_half_of_what_was_learnt_is_forgotten_by_the_next_month():
    # Odds 1 to 1; learnt log 4; a month later log 2, so odds of 2 to 1.
    assert path(0.5, [4, 1], kept=0.5).tolist() == pytest.approx([0.8, 2 / 3])


def test_an_account_that_keeps_nothing_believes_only_the_last_briefing():
    assert path(0.5, [4, 4, 4], kept=0.0).tolist() == pytest.approx([0.8] * 3)


@settings(deadline=None)
@given(
    st.floats(0.01, 0.99), st.lists(st.floats(0.2, 5), min_size=1, max_size=12), st.randoms()
)  # fmt: skip
def test_order_of_the_evidence_does_not_matter_where_nothing_is_forgotten(first, ratios, random):
    mixed = random.sample(ratios, len(ratios))
    assert path(first, ratios)[-1] == pytest.approx(path(first, mixed)[-1])


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.lists(st.floats(1e-3, 1e3), min_size=1, max_size=12))
def test_belief_stays_a_probability_and_follows_the_evidence(first, ratios):
    found = path(first, ratios)
    assert ((found > 0) & (found <= 1)).all()
    assert (found[0] >= first - 1e-12) == (ratios[0] >= 1 - 1e-9)


# An account whose first belief is the true probability: what it expects to believe is what it
# believes, and what it believes is how often it is so.


@pytest.mark.parametrize("read", [0.4, 1.0])
def test_belief_is_a_martingale_under_the_prior(read):
    years = years_with(years=100_000, market_tightens=0.3, first_belief=0.3, likelihood_ratio=2.5,
                       belief_kept=1.0, briefing_read=read)  # fmt: skip
    found = belief_path(years, is_briefed=True)
    error = found.std(axis=1) / np.sqrt(found.shape[1])
    assert (np.abs(found.mean(axis=1) - 0.3) < 4 * error).all()
    # and from month to month: the next change has nothing to do with where it stands
    change = found[1:] - found[:-1]
    assert np.abs((change * (found[:-1] - 0.3)).mean(axis=1) / change.std(axis=1)).max() < 0.01


def test_belief_is_as_often_right_as_it_says_under_the_prior():
    years = years_with(years=100_000, market_tightens=0.3, first_belief=0.3, likelihood_ratio=2.5,
                       belief_kept=1.0, briefing_read=1.0)  # fmt: skip
    last = belief_path(years, is_briefed=True)[-1]
    for belief in np.unique(last.round(9)):
        is_it = np.isclose(last, belief)
        if is_it.sum() > 500:
            reach = 4 * np.sqrt(belief * (1 - belief) / is_it.sum())
            assert years.tightens[is_it].mean() == pytest.approx(belief, abs=reach)


def test_true_briefings_alarm_in_a_tight_market_and_calm_in_a_calm_one():
    years = years_with(years=5_000)
    last = belief_path(years, is_briefed=True)[-1]
    assert last[years.tightens].mean() > 0.35
    assert last[~years.tightens].mean() < 0.15


def test_belief_without_briefings_or_with_evidence_that_says_nothing_stays():
    years = years_with(years=50, likelihood_ratio=1.0)
    for is_briefed in (True, False):
        assert belief_path(years, is_briefed=is_briefed) == pytest.approx(np.full((12, 50), 0.2))


def test_briefings_that_nobody_reads_change_nothing():
    assert belief_path(years_with(years=50, briefing_read=0), is_briefed=True) == pytest.approx(0.2)


def test_evidence_and_years_are_not_modified():
    first, ratios, kept = np.array([0.2]), np.log([[2.0], [3.0]]), np.array([0.5])
    believed(first, ratios, kept)
    assert (first, kept) == (0.2, 0.5)
    np.testing.assert_array_equal(ratios, np.log([[2.0], [3.0]]))
    years = years_with(years=20)
    signal = years.signal.copy()
    belief_path(years, is_briefed=True)
    np.testing.assert_array_equal(years.signal, signal)
