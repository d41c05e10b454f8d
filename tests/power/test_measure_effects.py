import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.measure_effects import apply_measures, idle_effects, moved
from kamtools.power.measures import default_measures, merge_measures

COLUMNS = ["account_id", "side", "part", "stake", "availability"]


def known(rows):
    inputs = pd.DataFrame(rows, columns=COLUMNS)
    for name in ("stake", "availability"):
        inputs[f"{name}_low"] = inputs[f"{name}_high"] = inputs[name]
    return inputs


@pytest.fixture
def trap():
    """Return the account of methods 0.4: stakes .70 and .45, availabilities .25 and .60."""
    return known([("a", "supplier", "all", 0.70, 0.25), ("a", "account", "all", 0.45, 0.60)])


@pytest.fixture
def worked():
    """Return measures that move the stakes and availabilities as methods 0.4 does."""
    rows = [
        ("advance_notice", "account", "stake", 0.17 / 0.55),  # .45 -> .62
        ("market_briefing", "account", "availability", -0.15 / 0.60),  # .60 -> .45
        ("diversification", "supplier", "stake", -0.20 / 0.70),  # .70 -> .50
        ("diversification", "supplier", "availability", 0.20 / 0.75),  # .25 -> .45
    ]
    own = pd.DataFrame(rows, columns=["measure", "side", "acts_on", "effect"])
    return merge_measures(own.assign(part="all"))


@pytest.mark.parametrize(
    ("chosen", "imbalance", "mutual"),
    [
        ([], 0.345, 0.705),
        (["advance_notice", "market_briefing"], 0.184, 0.866),
        (["advance_notice", "market_briefing", "diversification"], -0.066, 0.616),
    ],
)
def test_worked_numbers_of_both_ways_to_balance(trap, worked, chosen, imbalance, mutual):
    after = apply_measures(trap, worked, chosen)
    u = (after["stake"] * (1 - after["availability"])).to_numpy()
    assert (u[0] - u[1], u[0] + u[1]) == pytest.approx((imbalance, mutual), abs=5e-4)


def test_no_measure_changes_nothing(trap):
    after = apply_measures(trap, default_measures(), [])
    pd.testing.assert_frame_equal(after[trap.columns], trap)
    assert set(after["measures"]) == {""}


def test_full_effect_closes_the_whole_gap_and_none_leaves_it():
    values = np.array([0.0, 0.3, 1.0])
    np.testing.assert_allclose(moved(values, np.array(0.0), np.array(1.0)), 1)
    np.testing.assert_allclose(moved(values, np.array(1.0), np.array(0.0)), 0)
    np.testing.assert_allclose(moved(values, np.array(1.0), np.array(1.0)), values)


def test_largest_part_alone_is_moved_by_what_raises_a_stake():
    inputs = known([("a", "account", "spend", 0.3, 0.5), ("a", "account", "shoppers", 0.3, 0.2),
                    ("a", "supplier", "revenue", 0.9, 0.1)])  # fmt: skip
    after = apply_measures(inputs, default_measures(), ["plan_sharing"])
    assert after["measures"].tolist() == ["", "plan_sharing", ""]
    assert after["stake"].tolist() == pytest.approx([0.3, 0.37, 0.9])


def test_table_of_chosen_measures_moves_each_accounts_own(trap):
    both = pd.concat([trap, trap.assign(account_id="b")], ignore_index=True)
    chosen = pd.DataFrame({"account_id": ["b"], "measure": ["coalition"]})
    after = apply_measures(both, default_measures(), chosen)
    assert after["measures"].tolist() == ["", "", "", "coalition"]


def test_low_ends_move_by_low_effects_and_high_ends_by_high_ones():
    inputs = known([("a", "account", "spend", 0.5, 0.5)]).assign(stake_low=0.4, stake_high=0.6)
    after = apply_measures(inputs, default_measures(), ["advance_notice"])
    low, middle, high = after[["stake_low", "stake", "stake_high"]].iloc[0]
    assert (low, middle, high) == pytest.approx((0.43, 0.575, 0.72))


share = st.floats(0, 1)
names = st.lists(st.sampled_from(sorted(set(default_measures()["measure"]))), unique=True)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(share, share), min_size=2, max_size=5), names)
def test_inputs_stay_in_order_between_0_and_1_in_any_set(values, chosen):
    rows = [("a", ("supplier", "account")[n % 2], f"part {n}", *pair)
            for n, pair in enumerate(values)]  # fmt: skip
    after = apply_measures(known(rows), default_measures(), chosen)
    for name in ("stake", "availability"):
        low, middle, high = after[[f"{name}_low", name, f"{name}_high"]].to_numpy().T
        assert ((low >= -1e-12) & (low <= middle + 1e-12)).all()
        assert ((middle <= high + 1e-12) & (high <= 1 + 1e-12)).all()


@settings(deadline=None, max_examples=40)
@given(names, st.randoms())
def test_order_of_measures_does_not_matter(chosen, random):
    inputs = known([("a", "supplier", "x", 0.6, 0.3), ("a", "account", "y", 0.2, 0.7)])
    shuffled = random.sample(chosen, len(chosen))
    one, other = (apply_measures(inputs, default_measures(), some) for some in (chosen, shuffled))
    pd.testing.assert_frame_equal(one, other)


def test_effect_on_a_part_that_nobody_has_is_told(trap):
    own = pd.DataFrame({"measure": ["brand_pull"], "side": ["account"], "part": ["shopers"],
                        "acts_on": ["availability"], "effect": [-0.2]})  # fmt: skip
    idle = idle_effects(trap, merge_measures(own))
    assert idle[["measure", "part"]].to_numpy().tolist() == [["brand_pull", "shopers"]]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"stake": 1.2}, "supplier, all: stake needs 0 ≤ low"),
        ({"availability_low": np.nan}, "availability needs 0 ≤ low"),
        ({"side": "ours"}, "side must be supplier or account"),
        ({"side": "account"}, "stands twice"),
    ],
)
def test_inputs_out_of_range_are_refused_with_their_place(trap, change, message):
    with pytest.raises(InputError, match=message):
        apply_measures(trap.assign(**change), default_measures(), [])


def test_unknown_measures_accounts_and_single_texts_are_refused(trap):
    with pytest.raises(InputError, match="no such measure 'luck'"):
        apply_measures(trap, default_measures(), ["luck"])
    with pytest.raises(InputError, match="must be a list of keys"):
        apply_measures(trap, default_measures(), "coalition")
    chosen = pd.DataFrame({"account_id": ["z"], "measure": ["coalition"]})
    with pytest.raises(InputError, match="no such account_id 'z'"):
        apply_measures(trap, default_measures(), chosen)


def test_arguments_are_not_modified(trap):
    measures, before = default_measures(), trap.copy()
    apply_measures(trap, measures, ["coalition"])
    pd.testing.assert_frame_equal(trap, before)
    pd.testing.assert_frame_equal(measures, default_measures())
