import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.bargaining import nash_split, rubinstein_share, settle

money = st.floats(0, 100)
patience = st.floats(0, 0.99)


@pytest.mark.parametrize(("supplier", "account", "nash", "outside"), [
    (0, 0, 50, 50), (20, 0, 60, 50), (0, 40, 30, 50), (20, 40, 40, 50), (60, 0, 80, 60),
])  # fmt: skip
def test_inside_and_outside_options_have_the_check_values(supplier, account, nash, outside):
    # methods.md C4: (20, 0) gives 60 and 50, (60, 0) gives 80 and 60.
    assert nash_split(100, supplier_inside=supplier, account_inside=account) == nash
    assert settle(100, supplier_outside=supplier, account_outside=account) == outside


@pytest.mark.parametrize(
    ("ours", "theirs", "share"), [(0.95, 0.95, 0.513), (0.90, 0.98, 0.169), (0.98, 0.90, 0.847)]
)
def test_rubinstein_has_the_check_values(ours, theirs, share):
    assert rubinstein_share(supplier_patience=ours, account_patience=theirs) == pytest.approx(
        share, abs=5e-4
    )


def test_an_account_without_patience_leaves_the_supplier_all():
    assert rubinstein_share(supplier_patience=0.5, account_patience=0) == 1


def test_all_strength_leaves_the_other_its_option():
    assert nash_split(100, supplier_inside=10, account_inside=25, supplier_strength=1) == 75


def test_options_beyond_the_pie_leave_nothing_to_agree_on():
    assert np.isnan(nash_split(100, supplier_inside=70, account_inside=40))
    assert np.isnan(settle(100, supplier_outside=70, account_outside=40))


@given(money, money, money, st.floats(0, 1))
def test_both_sides_of_a_split_sum_to_the_pie_when_exchanged(pie, ours, theirs, strength):
    one = nash_split(pie, supplier_inside=ours, account_inside=theirs, supplier_strength=strength)
    other = nash_split(
        pie, supplier_inside=theirs, account_inside=ours, supplier_strength=1 - strength
    )
    assert np.isnan(one) == np.isnan(other)
    if not np.isnan(one):
        assert one + other == pytest.approx(pie, abs=1e-9)


@given(money, money, money, money)
def test_a_settlement_leaves_nobody_below_the_outside_option(s_in, b_in, s_out, b_out):
    share = settle(
        200, supplier_inside=s_in, account_inside=b_in, supplier_outside=s_out,
        account_outside=b_out,
    )  # fmt: skip
    assert s_out - 1e-9 <= share <= 200 - b_out + 1e-9


@given(patience, patience, st.floats(0.001, 0.009))
def test_patience_pays(ours, theirs, more):
    before = rubinstein_share(supplier_patience=ours, account_patience=theirs)
    after = rubinstein_share(supplier_patience=ours + more, account_patience=theirs)
    assert after >= before - 1e-12


def test_strength_and_patience_out_of_range_are_refused():
    with pytest.raises(InputError, match=r"supplier_strength must be from 0 to 1; got 1\.5"):
        nash_split(100, supplier_inside=0, account_inside=0, supplier_strength=1.5)
    with pytest.raises(InputError, match=r"patience must be from 0 to below 1; got 1, 0\.5"):
        rubinstein_share(supplier_patience=1, account_patience=0.5)


def test_arrays_of_options_are_left_unchanged():
    pies, options = np.array([100.0, 80.0]), np.array([90.0, 10.0])
    assert settle(pies, supplier_outside=options).tolist() == [90, 40]
    assert (pies.tolist(), options.tolist()) == ([100, 80], [90, 10])
