import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kamtools.errors import InputError
from kamtools.power.evaluation import clean_weights
from kamtools.power.evaluation_noise import Noise
from kamtools.power.evaluation_power import (
    chance_to_see,
    detectable_by_formula,
    detectable_effect,
    detectable_effects,
)

QUARTERS = np.arange(1.0, 9)
HALF = np.tile([5.0, np.inf], 5)
ONE_BLOCK = np.zeros(10, dtype=int)
DRAWS = {"trials": 1_500, "lots": 499, "seed": 1}


def seen(effect, **options):
    design = {"starts": HALF, "blocks": ONE_BLOCK, "periods": QUARTERS, "noise": Noise(icc=0.5)}
    return chance_to_see(effect, **design | DRAWS | options)


def test_one_quarter_before_and_after_is_frison_and_pocock_s_change():
    # Statistics in Medicine 11 (1992): the change has variance 2 (1 − ρ), so that ρ = 0.5 is as
    # good as looking at the end alone. Bloom's multiplier for 18 degrees of freedom: 2.10 + 0.86.
    found = detectable_by_formula(starting=10, waiting=10, before=1, after=1, icc=0.5)
    assert found == pytest.approx((2.101 + 0.862) * np.sqrt(1 / 10 + 1 / 10), abs=2e-3)


def test_large_trials_have_bloom_s_multiplier():
    # Evaluation Review 19 (1995): 2.8 standard errors for 80 % power at 5 %
    n = 10_000
    found = detectable_by_formula(starting=n, waiting=n, before=1, after=1, icc=0.0)
    assert found / np.sqrt(4 / n) == pytest.approx(2.80, abs=5e-3)


def test_the_variance_behind_the_formula_is_that_of_the_clean_estimate():
    weights = clean_weights(HALF, QUARTERS)
    formula = (1 / 5 + 1 / 5) * (1 / 4 + 1 / 4)
    assert (weights**2).sum() == pytest.approx(formula)
    # and common levels fall out: only the share within accounts is left
    assert weights.sum(axis=1) == pytest.approx(0)


def test_simulation_and_formula_agree_for_ten_accounts_over_eight_quarters():
    formula = detectable_by_formula(starting=5, waiting=5, before=4, after=4, icc=0.5)
    found = detectable_effect(
        starts=HALF, blocks=ONE_BLOCK, periods=QUARTERS, noise=Noise(icc=0.5), **DRAWS
    )
    assert found == pytest.approx(formula, rel=0.08)


def test_a_measure_without_effect_is_seen_no_more_often_than_the_level():
    assert seen(0.0) <= 0.05 + 4 * np.sqrt(0.05 * 0.95 / 1_500)
    assert seen(0.0, alpha=0.2) == pytest.approx(0.2, abs=4 * np.sqrt(0.16 / 1_500) + 0.01)


def test_the_chance_is_that_of_student_s_t_where_the_noise_is_normal():
    error = np.sqrt(0.5 * 0.4 * 0.5)
    expected = stats.nct.sf(stats.t.ppf(0.975, 8), 8, 1.0 / error)
    assert seen(1.0) == pytest.approx(expected, abs=0.05)


@settings(deadline=None, max_examples=15)
@given(st.floats(0, 2), st.floats(0, 2))
def test_a_larger_effect_is_seen_more_often(one, other):
    small, large = sorted((one, other))
    few = {"trials": 200, "lots": 99}
    assert seen(large, **few) >= seen(small, **few) - 0.03


@given(
    st.integers(2, 30), st.integers(2, 30), st.integers(1, 8), st.integers(1, 8),
    st.floats(0, 0.95),
)  # fmt: skip
def test_more_accounts_quarters_or_correlation_show_smaller_effects(n, m, before, after, icc):
    def needed(**changed):
        given_ones = {"starting": n, "waiting": m, "before": before, "after": after, "icc": icc}
        return detectable_by_formula(**given_ones | changed)

    assert needed(starting=n + 1) < needed()
    assert needed(after=after + 1) < needed()
    assert needed(icc=icc + 0.04) < needed()
    swapped = detectable_by_formula(starting=m, waiting=n, before=before, after=after, icc=icc)
    assert swapped == pytest.approx(needed())


def test_pairs_of_ten_accounts_can_show_nothing_at_five_per_cent():
    # 32 lots, two of which are always as extreme: no p-value below 1/16, ties counted exactly
    pairs = np.repeat(np.arange(5), 2)
    for effect in (0.0, 1.0, 20.0):
        assert seen(effect, blocks=pairs) == 0
    design = {"starts": HALF, "blocks": pairs, "periods": QUARTERS, "noise": Noise(icc=0.5)}
    assert detectable_effect(**design, **DRAWS) == np.inf
    assert detectable_effect(**design, **DRAWS, alpha=0.1) < 2


def test_quarters_that_hang_together_have_the_variance_of_their_correlation():
    weights = clean_weights(HALF, QUARTERS)
    correlation = 0.6 ** np.abs(np.subtract.outer(QUARTERS, QUARTERS))
    error = np.sqrt(0.5 * np.einsum("it,ts,is->", weights, correlation, weights))
    found = detectable_effect(
        starts=HALF, blocks=ONE_BLOCK, periods=QUARTERS,
        noise=Noise(icc=0.5, autocorrelation=0.6), **DRAWS,
    )  # fmt: skip
    assert found == pytest.approx((stats.t.ppf(0.975, 8) + stats.t.ppf(0.8, 8)) * error, rel=0.08)


def test_quarters_that_hang_together_show_less():
    assert seen(1.0, noise=Noise(icc=0.5, autocorrelation=0.6)) < seen(1.0) - 0.1


def test_four_times_the_accounts_show_about_half_the_effect():
    table = detectable_effects([9, 36], quarters=[8], waves=3, noise=Noise(icc=0.5), trials=800,
                               lots=299, seed=1)  # fmt: skip
    small, large = table["detectable"]
    assert small / large == pytest.approx(2, rel=0.2)


def test_the_table_has_a_row_for_each_number_and_length():
    table = detectable_effects([6, 12], quarters=[6, 8], waves=3, noise=Noise(icc=0.5), trials=100,
                               lots=99, seed=1, per_wave=2)  # fmt: skip
    assert table[["accounts", "quarters"]].to_numpy().tolist() == [
        [6, 6], [12, 6], [6, 8], [12, 8]
    ]  # fmt: skip
    assert table["lots"].tolist() == [90, 8_100, 90, 8_100]


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: seen(1.0, starts=np.full(10, 5.0)), "nobody is left to compare with"),
        (lambda: seen(1.0, trials=0), "trials and lots must be at least 1"),
        (lambda: seen(1.0, alpha=0.0), "alpha above 0 and below 1"),
        (lambda: detectable_by_formula(starting=1, waiting=1, before=1, after=1, icc=0.5),
         "at least three accounts"),
        (lambda: detectable_by_formula(starting=5, waiting=5, before=1, after=1, icc=1.0),
         "noise needs an icc from 0 to below 1"),
        (lambda: detectable_by_formula(starting=5, waiting=5, before=1, after=1, icc=0.5, power=1),
         "alpha and power must be above 0 and below 1; got 0.05, 1"),
        (lambda: detectable_effects([10], quarters=[3], waves=3, noise=Noise(0.5), **DRAWS),
         "3 waves need at least 4 quarters; got 3"),
        (lambda: detectable_effects([2], quarters=[8], waves=3, noise=Noise(0.5), **DRAWS),
         "needs 2 to 2 waves"),
        (lambda: detectable_effect(starts=HALF, blocks=ONE_BLOCK, periods=QUARTERS,
                                   noise=Noise(0.5), power=1.0, **DRAWS), "power must be above 0"),
    ],
)  # fmt: skip
def test_designs_that_make_no_sense_are_refused(call, message):
    with pytest.raises(InputError, match=message):
        call()


def test_arguments_are_not_modified_and_the_seed_repeats_the_chance():
    starts, blocks, periods = HALF.copy(), ONE_BLOCK.copy(), QUARTERS.copy()
    first, again = (seen(1.0, starts=starts, blocks=blocks, periods=periods) for _ in range(2))
    assert first == again
    np.testing.assert_array_equal(starts, HALF)
    np.testing.assert_array_equal(blocks, ONE_BLOCK)
    np.testing.assert_array_equal(periods, QUARTERS)
