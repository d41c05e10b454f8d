import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.evaluation import Trial, clean_effect, clean_weights
from kamtools.power.evaluation_inference import (
    account_error,
    evaluate_trial,
    lot_interval,
    lot_p_values,
)


def trial(outcome, starts, blocks=None):
    outcome = np.array(outcome, dtype=float)
    blocks = np.zeros(len(outcome), dtype=int) if blocks is None else np.array(blocks)
    return Trial(
        pd.Index(range(len(outcome))), np.arange(1.0, outcome.shape[1] + 1), outcome,
        np.array(starts, dtype=float), blocks,
    )  # fmt: skip


def darwin():
    """Return Darwin's 15 pairs of maize as a trial: crossed less selfed, in eighths of an inch."""
    differences = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    outcome = [[0, value] for pair in differences for value in (pair, 0)]
    return trial(outcome, [2, np.inf] * 15, np.repeat(np.arange(15), 2))


def random_trial(seed, effect=0.0):
    rng = np.random.default_rng(seed)
    starts = rng.permutation([3, 3, 5, 5, np.inf, np.inf, np.inf])
    on = np.arange(1, 7) >= starts[:, None]
    return trial(rng.normal(0, 5, (7, 6)) + effect * on, starts)


def test_darwin_s_maize_has_fisher_s_p_value():
    # The Design of Experiments, section 21: 863 of 32,768 ways reach 314 on one side: 5.27 %.
    found = evaluate_trial(darwin(), draws=20_000, seed=1)
    assert found.effect == pytest.approx(314 / 15)
    assert found.p_value == pytest.approx(2 * 863 / 32_768, abs=4 * np.sqrt(0.05 / 20_000))
    assert found.lots == 2**15


def test_all_lots_of_a_small_trial_give_the_p_value_by_hand():
    # Differences 5, 3, 1: of the 8 ways only +++ and −−− reach 9 on either side.
    changes = np.array([5.0, 3.0, 1.0])
    seen = np.array([changes @ signs for signs in itertools.product([1, -1], repeat=3)]) / 3
    p_value = lot_p_values(3.0, seen, np.zeros(8), np.zeros(1))[0]
    assert p_value == pytest.approx((1 + 2) / 9)


def test_ties_count_whatever_the_unit():
    seen = np.array([0.1 + 0.2, -(0.1 + 0.2), 0.0])
    for unit in (1, 1e9, 1e-9):
        p_values = lot_p_values(0.3 * unit, seen * unit, np.zeros(3), np.zeros(1))
        assert p_values[0] == pytest.approx(3 / 4)


def test_standard_error_is_that_of_leaving_out_by_hand():
    # Two starters, two not: leaving i of a group of 2 out moves its mean by half the difference.
    made = trial([[0, 4], [0, 8], [0, 1], [0, 3]], [2, 2, np.inf, np.inf])
    assert clean_effect(made) == pytest.approx(4)
    assert account_error(made) == pytest.approx(np.sqrt(3 / 4 * (2 * 2**2 + 2 * 1**2)))


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 999), st.floats(-20, 20), st.floats(0.5, 20))
def test_a_shift_by_the_effect_shifts_the_interval_and_a_unit_scales_it(seed, shift, unit):
    first = random_trial(seed)
    moved = trial(unit * (first.outcome + shift * first.is_on), first.starts)
    before, after = (evaluate_trial(made, draws=199, seed=2) for made in (first, moved))
    for name in ("effect", "low", "high"):
        assert getattr(after, name) == pytest.approx(
            unit * (getattr(before, name) + shift), abs=1e-6
        )
    assert after.error == pytest.approx(unit * before.error)


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 999))
def test_interval_holds_the_effect_and_ends_where_the_lots_speak_against_it(seed):
    made = random_trial(seed)
    found = evaluate_trial(made, draws=199, seed=2, level=0.9)
    assert found.low <= found.effect <= found.high
    if np.isfinite(found.high):
        beyond = trial(made.outcome - (found.high + 0.01) * made.is_on, made.starts)
        assert evaluate_trial(beyond, draws=199, seed=2).p_value <= 0.1 + 1e-9


def test_a_measure_that_does_nothing_is_found_as_often_as_the_level_says():
    p_values = [evaluate_trial(random_trial(seed), draws=99, seed=seed).p_value
                for seed in range(300)]  # fmt: skip
    assert np.mean(np.array(p_values) <= 0.1) < 0.1 + 4 * np.sqrt(0.09 / 300)
    assert np.mean(p_values) == pytest.approx(0.5, abs=0.08)


def test_many_lots_are_tried_in_parts_with_the_same_result():
    made = random_trial(5, effect=3.0)
    rng = np.random.default_rng(1)
    lots = rng.permuted(np.tile(made.starts, (900, 1)), axis=1)
    weights = clean_weights(lots, made.periods).reshape(900, -1)
    seen, moved = weights @ made.outcome.ravel(), weights @ made.is_on.ravel()
    effect = clean_effect(made)
    low, high = lot_interval(effect, seen, moved, level=0.95)
    tried = np.linspace(effect - 40, effect + 40, 2_001)
    held = tried[lot_p_values(effect, seen, moved, tried) > 0.05]
    assert held.min() == pytest.approx(low, abs=0.05)
    assert held.max() == pytest.approx(high, abs=0.05)


def test_few_lots_give_no_limits():
    made = trial([[0, 1, 5], [0, 2, 3], [1, 1, 2], [0, 2, 1]], [2, 2, np.inf, np.inf], [1, 2, 1, 2])
    found = evaluate_trial(made, draws=500, seed=1)
    assert (found.low, found.high) == (-np.inf, np.inf)
    assert found.lots == 4
    assert found.p_value >= 0.2


def test_levels_and_trials_that_show_nothing_are_refused():
    with pytest.raises(InputError, match="level must be above 0 and below 1; got 1"):
        evaluate_trial(random_trial(1), draws=9, seed=1, level=1)
    with pytest.raises(InputError, match="without account 0 there is no clean comparison"):
        account_error(trial([[0, 4], [0, 1], [0, 3]], [2, np.inf, np.inf]))
    with pytest.raises(InputError, match="draws must be at least 1"):
        evaluate_trial(random_trial(1), draws=0, seed=1)


def test_the_trial_is_not_modified_and_the_seed_repeats_the_finding():
    made = random_trial(3)
    outcome = made.outcome.copy()
    assert evaluate_trial(made, draws=99, seed=1) == evaluate_trial(made, draws=99, seed=1)
    np.testing.assert_array_equal(made.outcome, outcome)
