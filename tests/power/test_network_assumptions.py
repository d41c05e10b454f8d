import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.network_assumptions import (
    Availability,
    assumptions_at,
    availability,
    drawn_assumptions,
    middle_assumptions,
    network_assumptions,
)

CURVE = Availability(half_at=2.0, room=0.25)
SHARES = st.floats(0.001, 0.999)
NUMBERS = st.floats(1, 100)


def available(alternatives, share, curve=CURVE):
    return float(availability(np.array([alternatives]), np.array([share]), curve)[0])


def test_without_others_nothing_is_available():
    assert available(0.0, 1.0) == 0


def test_at_half_at_others_a_small_share_finds_half_of_a_place():
    assert available(2.0, 0.01) == pytest.approx(0.5)


def test_many_others_replace_a_small_share_nearly_wholly():
    assert available(1e6, 0.01) == pytest.approx(1, abs=1e-5)


@given(NUMBERS, SHARES, st.floats(0, 10), st.floats(1, 3))
def test_more_others_help_and_a_larger_share_hurts(alternatives, share, more, times):
    assert available(alternatives + more, share) >= available(alternatives, share)
    assert available(alternatives, min(1.0, share * times)) <= available(alternatives, share)


def test_every_assumption_is_called_one():
    assert (network_assumptions()["basis"] == "assumption").all()


def test_the_low_end_is_hard_to_replace():
    ends = [middle_assumptions(assumptions_at(network_assumptions(), end))["supplier"]
            for end in ("low", "middle", "high")]  # fmt: skip
    found = [available(5.0, 0.4, curve) for curve in ends]
    assert found == sorted(found)
    assert found[0] < found[2]


def test_sides_with_the_same_numbers_share_the_draw_and_others_do_not():
    table = network_assumptions()
    drawn = drawn_assumptions(table, draws=50, rng=np.random.default_rng(1))
    assert np.array_equal(drawn["supplier"].room, drawn["account"].room)
    table.loc[(table["side"] == "account") & (table["input"] == "room"), "high"] = 0.9
    drawn = drawn_assumptions(table, draws=50, rng=np.random.default_rng(1))
    assert not np.array_equal(drawn["supplier"].room, drawn["account"].room)
    assert np.array_equal(drawn["supplier"].half_at, drawn["account"].half_at)


def test_draws_stay_between_low_and_high():
    drawn = drawn_assumptions(network_assumptions(), draws=500, rng=np.random.default_rng(2))
    assert drawn["supplier"].room.shape == (500, 1)
    assert 0.1 <= drawn["supplier"].room.min() < drawn["supplier"].room.max() <= 0.5


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda table: table.drop(columns="low"), "columns low"),
        (lambda table: table.iloc[:3], "once for each of supplier, account"),
        (lambda table: table.assign(low=9.0), "half_at of the supplier must have 0 < low"),
        (lambda table: table.assign(low=0.0), "got 0, 2, 4"),
    ],
)
def test_unusable_assumptions_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        middle_assumptions(change(network_assumptions()))


def test_assumptions_are_left_unchanged():
    table = network_assumptions()
    drawn_assumptions(table, draws=2, rng=np.random.default_rng(1))
    assumptions_at(table, "low")
    pd.testing.assert_frame_equal(table, network_assumptions())
