import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.planning.power_outside import LARGE, TOLD, describe_outside, powerful_outside

SHARES = pd.Series({"a": 0.29, "b": 0.02, "c": 0.15, "d": 0.54})


def power(**imbalance):
    return pd.DataFrame(
        {"account_id": list(imbalance), "power_imbalance": list(imbalance.values())}
    ).astype({"account_id": "str", "power_imbalance": float})


def outside(table, *key, most=0.15, shares=SHARES):
    return powerful_outside(table, shares, key_accounts=pd.Index(key, dtype="str"), most=most)


def test_a_small_account_that_holds_the_firm_is_named_before_a_large_one_of_unknown_power():
    assert outside(power(b=0.4), "d").index.tolist() == ["b", "a", "c"]


def test_key_accounts_are_not_outside():
    assert outside(power(a=0.6), "a", "c", "d").empty


@pytest.mark.parametrize(("imbalance", "is_told"), [(0.15, False), (0.16, True)])
def test_the_end_of_the_corridor_is_still_inside(imbalance, is_told):
    assert ("b" in outside(power(b=imbalance), "a", "c", "d").index) == is_told


def test_an_account_of_exactly_the_large_share_is_told():
    shares = pd.Series({"x": LARGE, "y": LARGE - 0.001})
    assert outside(power(), shares=shares).index.tolist() == ["x"]


def test_accounts_without_sales_are_not_large():
    assert outside(power(), shares=pd.Series({"x": float("nan")})).empty


def test_an_account_unknown_to_the_shares_is_refused():
    with pytest.raises(InputError, match="account z has no share of sales"):
        outside(power(z=0.5))


def test_words_are_blank_for_nobody_and_cut_a_long_list():
    assert describe_outside(outside(power(), *SHARES.index)) == ""
    many = pd.Series(0.12, index=[f"x{place}" for place in range(TOLD + 2)])
    text = describe_outside(outside(power(), shares=many))
    assert "and 2 more" in text
    assert "Add them by the parameter chosen" in text


def test_looking_changes_nothing():
    table = power(b=0.4)
    before = table.copy(deep=True)
    outside(table, "d")
    pd.testing.assert_frame_equal(table, before)
