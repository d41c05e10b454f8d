import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.dependence import dependence_draws, middle_dependence, power_table
from kamtools.power.dependence_flips import fact_flips
from kamtools.power.zones import ZONES, CutOffs, zone_numbers

PART = st.tuples(st.floats(0, 1), st.floats(0, 1))
PARTS = st.lists(PART, min_size=1, max_size=3)


def inputs_of(supplier, account, *, width=0.0):
    """Return inputs of one account from (stake, availability) of each part of both sides."""
    rows = []
    for side, parts in (("supplier", supplier), ("account", account)):
        for number, values in enumerate(parts):
            row = {"account_id": "a", "side": side, "part": f"part {number}"}
            for name, value in zip(("stake", "availability"), values, strict=True):
                row[f"{name}_low"] = max(value - width, 0.0)
                row[name] = value
                row[f"{name}_high"] = min(value + width, 1.0)
            rows.append(row)
    return pd.DataFrame(rows)


def both(supplier, account, combine="noisy-or"):
    table = middle_dependence(inputs_of(supplier, account), combine=combine)
    return table.loc["a", ["power_imbalance", "mutual_dependence"]].to_numpy(dtype=float)


# Published and worked values


@pytest.mark.parametrize(
    ("supplier", "account", "expected"),
    [
        (0.525, 0.180, (0.345, 0.705)),
        (0.525, 0.341, (0.184, 0.866)),
        (0.275, 0.341, (-0.066, 0.616)),
    ],
)
def test_worked_example_of_the_methods_is_met(supplier, account, expected):
    assert both([(supplier, 0.0)], [(account, 0.0)]) == pytest.approx(expected)


def test_noisy_or_and_max_of_two_parts_are_as_worked_by_hand():
    parts, other = [(0.5, 0.2), (0.5, 0.4)], [(0.0, 0.0)]
    assert both(parts, other)[1] == pytest.approx(1 - 0.6 * 0.7)
    assert both(parts, other, "max")[1] == pytest.approx(0.4)


def test_mean_of_the_draws_is_the_mean_of_the_triangles():
    inputs = inputs_of([(0.5, 0.5)], [(0.0, 0.0)])
    inputs.loc[0, ["stake_low", "stake", "stake_high"]] = [0.1, 0.4, 0.7]
    inputs.loc[0, ["availability_low", "availability", "availability_high"]] = [0.0, 0.2, 1.0]
    drawn = dependence_draws(inputs, draws=40_000, seed=3)
    assert drawn.supplier.mean() == pytest.approx(0.4 * 0.6, abs=0.005)


# Limit cases


def test_nobody_depends_where_alternatives_are_at_hand():
    assert both([(1.0, 1.0)], [(1.0, 1.0)]) == pytest.approx([0, 0])


def test_known_inputs_give_a_point_and_a_certain_zone():
    (row,) = power_table(inputs_of([(0.525, 0)], [(0.18, 0)]), draws=9, seed=1).to_dict("records")
    assert row["power_imbalance_low"] == pytest.approx(row["power_imbalance_high"])
    assert (row["zone"], row["zone_probability"]) == ("captive supplier", 1.0)


# Properties


@given(PARTS, PARTS)
def test_exchanging_sides_turns_imbalance_and_keeps_mutual_dependence(one, other):
    imbalance, mutual = both(one, other)
    assert both(other, one) == pytest.approx([-imbalance, mutual], abs=1e-12)


@given(PARTS, PARTS, st.floats(0, 1), st.sampled_from(["noisy-or", "max"]))
def test_more_stake_and_fewer_alternatives_never_lower_dependence(one, other, value, combine):
    (stake, availability), *rest = one
    before = both(one, other, combine)
    more = both([(max(stake, value), availability), *rest], other, combine)
    fewer = both([(stake, min(availability, value)), *rest], other, combine)
    assert (more >= before - 1e-12).all()
    assert (fewer >= before - 1e-12).all()


@given(PARTS, PARTS)
def test_probabilities_of_the_zones_sum_to_one(one, other):
    table = power_table(inputs_of(one, other, width=0.2), draws=50, seed=1)
    shares = table.filter(regex="^probability_")
    assert len(shares.columns) == len(ZONES)
    assert shares.sum(axis=1).to_numpy() == pytest.approx(1)


def test_same_seed_gives_the_same_draws_and_another_does_not():
    inputs = inputs_of([(0.5, 0.5)], [(0.5, 0.5)], width=0.2)
    first, second, third = (dependence_draws(inputs, draws=5, seed=s).supplier for s in (1, 1, 2))
    assert np.array_equal(first, second)
    assert not np.array_equal(first, third)


# Zones


@pytest.mark.parametrize(
    ("imbalance", "mutual", "zone"),
    [
        (0.15, 1.0, "interlocked"),
        (0.16, 1.5, "captive supplier"),
        (-0.16, 0.3, "captive account"),
        (0.0, 0.39, "loose"),
        (0.0, 0.4, "between"),
    ],
)
def test_zones_begin_at_their_cut_offs(imbalance, mutual, zone):
    assert ZONES[int(zone_numbers(np.array(imbalance), np.array(mutual)))] == zone


def test_moved_cut_off_moves_the_zone():
    number = zone_numbers(np.array(0.3), np.array(1.2), cutoffs=CutOffs(imbalance=0.35))
    assert ZONES[int(number)] == "interlocked"


def test_cut_offs_out_of_order_are_refused():
    with pytest.raises(InputError, match=r"loose 1\.2, interlocked 1\.0"):
        CutOffs(loose=1.2)


# Flips


def test_fact_that_flips_the_zone_is_found_and_others_are_not():
    inputs = inputs_of([(0.7, 0.25)], [(0.45, 0.6)])
    inputs.loc[1, "availability_low"] = 0.1
    flips = fact_flips(inputs)
    within = flips[flips["flips"] & flips["moved_to"].isin(["low", "high"])]
    assert within[["side", "fact", "value"]].to_numpy().tolist() == [
        ["account", "availability", 0.1]
    ]


# Refusals and purity


@pytest.mark.parametrize(
    ("change", "options", "message"),
    [
        (lambda t: t[t["side"] == "supplier"], {}, "no dependence inputs of the account side"),
        (lambda t: t.assign(stake=np.nan), {}, "stake needs 0 ≤ low"),
        (lambda t: t, {"combine": "mean"}, "must be one of noisy-or, max; got 'mean'"),
        (lambda t: t, {"draws": 0}, "draws must be at least 1; got 0"),
        (lambda t: t, {"level": 1.0}, "level must be above 0 and below 1; got 1.0"),
    ],
)
def test_impossible_inputs_are_refused(change, options, message):
    inputs = change(inputs_of([(0.5, 0.5)], [(0.5, 0.5)]))
    with pytest.raises(InputError, match=message):
        power_table(inputs, **{"draws": 3, "seed": 1, **options})


@pytest.mark.parametrize(
    "method", [lambda t: power_table(t, draws=3, seed=1), fact_flips, middle_dependence]
)
def test_inputs_are_left_as_they_were(method):
    inputs = inputs_of([(0.5, 0.5)], [(0.5, 0.5)], width=0.1)
    before = inputs.copy(deep=True)
    method(inputs)
    pd.testing.assert_frame_equal(inputs, before)
