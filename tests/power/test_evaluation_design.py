import itertools
from collections import Counter

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.evaluation_design import (
    NEVER,
    other_lots,
    possible_lots,
    staggered_start,
)


def accounts(number):
    return pd.DataFrame({"account_id": [f"A{row}" for row in range(number)],
                         "revenue": [1_000 / (row + 1) for row in range(number)]})  # fmt: skip


def test_eight_cups_of_tea_can_be_laid_out_in_seventy_ways():
    # Fisher, The Design of Experiments (1935), chapter 2
    assert possible_lots(np.repeat([1.0, NEVER], 4), np.zeros(8, dtype=int)) == 70


def test_lots_of_small_designs_are_counted_as_by_listing_them():
    starts, blocks = np.array([2.0, 3.0, 3.0, 2.0, NEVER]), np.array([1, 1, 1, 2, 2])
    listed = {
        first + second
        for first in itertools.permutations(starts[:3].tolist())
        for second in itertools.permutations(starts[3:].tolist())
    }
    assert possible_lots(starts, blocks) == len(listed)


@settings(deadline=None)
@given(st.integers(2, 5), st.integers(1, 3), st.integers(5, 30), st.integers(0, 999))
def test_each_full_block_holds_every_wave_equally_and_blocks_go_by_size(waves, per, number, seed):
    starts = [*range(2, 1 + waves), NEVER]
    design = staggered_start(accounts(number), starts=starts, seed=seed, per_wave=per)
    for _, block in design.groupby("block"):
        counts = Counter(block["start"])
        assert max(counts.values()) <= per
        if len(block) == waves * per:
            assert set(counts.values()) == {per}
    assert design["block"].is_monotonic_increasing
    assert design["account_id"].tolist() == accounts(number)["account_id"].tolist()


def test_every_account_is_as_likely_in_each_wave():
    drawn = [
        staggered_start(accounts(6), starts=[3, 5, NEVER], seed=seed)["start"].tolist()
        for seed in range(900)
    ]
    for column in np.array(drawn).T:
        counts = Counter(column.tolist())
        assert len(counts) == 3
        assert min(counts.values()) > 300 - 4 * np.sqrt(200)


@settings(deadline=None)
@given(st.integers(0, 999), st.integers(1, 4))
def test_other_lots_exchange_starts_within_blocks_only(seed, per):
    design = staggered_start(accounts(13), starts=[3, 5, NEVER], seed=seed, per_wave=per)
    starts, blocks = design["start"].to_numpy(), design["block"].to_numpy()
    for lot in other_lots(starts, blocks, draws=20, seed=seed):
        for block in np.unique(blocks):
            assert sorted(lot[blocks == block]) == sorted(starts[blocks == block])


def test_other_lots_are_all_as_likely():
    starts = np.array([3.0, NEVER, 3.0, NEVER])
    lots = other_lots(starts, np.zeros(4, dtype=int), draws=12_000, seed=1)
    counts = Counter(map(tuple, lots.tolist()))
    assert len(counts) == 6
    assert min(counts.values()) > 2_000 - 4 * np.sqrt(2_000)


def test_ten_accounts_in_pairs_have_few_lots_and_in_one_block_more():
    pairs, one = (
        staggered_start(accounts(10), starts=[5, NEVER], seed=1, per_wave=per) for per in (1, 5)
    )
    assert possible_lots(pairs["start"].to_numpy(), pairs["block"].to_numpy()) == 32
    assert possible_lots(one["start"].to_numpy(), one["block"].to_numpy()) == 252


def test_more_lots_than_a_number_holds_are_endless():
    assert possible_lots(np.tile([2.0, 3.0], 1_000), np.zeros(2_000, dtype=int)) == np.inf


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (accounts(3).drop(columns="revenue"), {}, "need revenue"),
        (pd.concat([accounts(3), accounts(3)]), {}, "must stand once"),
        (accounts(3).assign(revenue=np.nan), {}, "must stand once and have a revenue"),
        (accounts(3), {"starts": [3]}, "2 to 3 waves"),
        (accounts(3), {"starts": [2, 3, 4, 5]}, "2 to 3 waves"),
        (accounts(3), {"starts": [1, 3]}, "each starting in period 2 or later; got 1, 3"),
        (accounts(3), {"per_wave": 0}, "per_wave must be at least 1; got 0"),
    ],
)
def test_designs_that_cannot_be_are_refused(table, options, message):
    with pytest.raises(InputError, match=message):
        staggered_start(table, **{"starts": [3, NEVER], "seed": 1} | options)


def test_no_draws_are_refused():
    with pytest.raises(InputError, match="draws must be at least 1"):
        other_lots(np.array([2.0, 3.0]), np.array([1, 1]), draws=0, seed=1)


def test_accounts_are_not_modified_and_the_seed_repeats_the_lot():
    table = accounts(7)
    first, again = (staggered_start(table, starts=[3, NEVER], seed=4) for _ in range(2))
    pd.testing.assert_frame_equal(first, again)
    pd.testing.assert_frame_equal(table, accounts(7))
