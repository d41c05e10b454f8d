import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.assumptions import TIERS
from kamtools.role.response_curves import (
    account_curves,
    curve_shapes,
    default_judgements,
    response,
)


def judged(minimum, maximum, at_half_more):
    return pd.DataFrame({"minimum": [minimum], "maximum": [maximum],
                         "at_half_more": [at_half_more]})  # fmt: skip


ACCOUNTS = pd.DataFrame(
    {"margin": [9e4, -5e3], "hours": [300.0, 60.0], "tier": ["star", "other"]},
    index=pd.Index(["a", "b"], name="account_id"),
)


def test_curve_has_the_check_values():
    # methods.md B2: min .5, max 1.4, d 2.5 at efforts 0, .5, 1, 1.5, 2, 4; c = .4 / .5.
    multiples = response([0, 0.5, 1, 1.5, 2, 4], minimum=0.5, maximum=1.4, c=0.8, d=2.5)
    # Printed there with three decimals; at effort 2 the fourth is 1.2885.
    assert multiples == pytest.approx([0.5, 0.663, 1, 1.198, 1.2885, 1.378], abs=5e-4)


def test_shape_of_the_check_values_is_found_from_the_judgements():
    shape = curve_shapes(judged(0.5, 1.4, 1.19749)).iloc[0]
    assert shape["c"] == pytest.approx(0.8)
    assert shape["d"] == pytest.approx(2.5, abs=1e-3)


def test_account_that_needs_nobody_keeps_its_minimum():
    assert response(0.0, minimum=0.3, maximum=2.0, c=1.0, d=0.7) == 0.3


@settings(deadline=None)
@given(st.floats(0, 0.95), st.floats(1.05, 3), st.floats(0.02, 0.98))
def test_curve_goes_through_all_four_judgements(minimum, maximum, part):
    more = 1 + part * (maximum - 1)
    shape = curve_shapes(judged(minimum, maximum, more)).iloc[0].to_dict()
    assume(shape["d"] > 0.2)
    found = response([0, 1, 1.5, 1e30 ** (1 / shape["d"])], **shape)
    assert found == pytest.approx([minimum, 1, more, maximum], rel=1e-6)


@settings(deadline=None)
@given(st.floats(0, 0.9), st.floats(1.1, 3), st.floats(0.1, 0.9), st.floats(0, 5), st.floats(0, 5))
def test_more_hours_never_bring_less(minimum, maximum, part, one, other):
    shape = curve_shapes(judged(minimum, maximum, 1 + part * (maximum - 1))).iloc[0].to_dict()
    fewer, more = sorted([one, other])
    assert response(fewer, **shape) <= response(more, **shape) + 1e-12


def test_default_judgements_of_every_tier_make_a_curve_and_are_marked():
    table = default_judgements()
    assert table.index.tolist() == list(TIERS)
    assert set(table["source"]) == {"assumption"}
    assert (curve_shapes(table)["d"] > 0).all()


def test_account_gets_the_curve_of_its_tier():
    shapes = curve_shapes(default_judgements())
    curves = account_curves(ACCOUNTS, shapes)
    assert curves.loc["a", "maximum"] == 1.8
    assert curves.loc["b", ["margin", "hours", "maximum"]].tolist() == [-5e3, 60, 1.08]


def test_accounts_may_have_judgements_of_their_own():
    shapes = curve_shapes(judged(0.2, 3.0, 1.9).set_axis(["a"]))
    own = ACCOUNTS.iloc[:1].assign(account="a")
    assert account_curves(own, shapes, by="account").at["a", "maximum"] == 3


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ((1.0, 1.4, 1.2), "0 ≤ minimum < 1 < at_half_more < maximum; got 1, 1.2, 1.4 for 0"),
        ((0.5, 1.2, 1.4), "got 0.5, 1.4, 1.2"),
        ((0.5, 1.4, 1.0), "got 0.5, 1, 1.4"),
        ((-0.1, 1.4, 1.2), "got -0.1"),
        ((0.5, np.inf, 1.2), "got 0.5, 1.2, inf"),
        ((np.nan, 1.4, 1.2), "got nan"),
    ],
)
def test_judgements_that_contradict_each_other_are_refused(values, message):
    with pytest.raises(InputError, match=message):
        curve_shapes(judged(*values))


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"hours": [300.0, 0.0]}, "hours must be above 0; got 0.0 for b"),
        ({"margin": [np.nan, 1.0]}, "margin must be a number; got nan for a"),
        ({"tier": ["star", "sun"]}, "tier must be one of .* got sun for b"),
    ],
)
def test_accounts_without_a_point_on_a_curve_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        account_curves(ACCOUNTS.assign(**change), curve_shapes(default_judgements()))


def test_missing_columns_are_refused():
    with pytest.raises(InputError, match="need the column hours"):
        account_curves(ACCOUNTS.drop(columns="hours"), curve_shapes(default_judgements()))
    with pytest.raises(InputError, match="judgements lack the column at_half_more"):
        curve_shapes(judged(0.5, 1.4, 1.2).drop(columns="at_half_more"))


def test_tables_given_are_not_changed():
    table, before = judged(0.5, 1.4, 1.2), judged(0.5, 1.4, 1.2)
    accounts = ACCOUNTS.copy(deep=True)
    account_curves(accounts, curve_shapes(default_judgements()))
    curve_shapes(table)
    pd.testing.assert_frame_equal(table, before)
    pd.testing.assert_frame_equal(accounts, ACCOUNTS)
