import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.dependence_assumptions import assumed_ends, default_dependence_assumptions
from kamtools.power.dependence_sides import account_side, relationship_facts, supplier_side

ASSUMED = assumed_ends(default_dependence_assumptions())
AVAILABILITY = ["availability_low", "availability", "availability_high"]
STAKE = ["stake_low", "stake", "stake_high"]


def facts(**changes):
    known = {"share_of_wallet": 0.2, "alternatives": 6.0, "months_to_replace_us": 2.0,
             "months_to_replace_them": 12.0}  # fmt: skip
    return pd.DataFrame(known | changes, index=["a"])


def shares():
    return pd.DataFrame({"low": [0.1], "middle": [0.2], "high": [0.4]}, index=["a"])


def test_a_year_to_refill_leaves_the_availability_of_the_methods():
    row = supplier_side(shares(), facts(), ASSUMED).loc["a"]
    assert row["availability"] == pytest.approx(np.exp(-1))
    assert row["availability_low"] == pytest.approx(np.exp(-1.5))
    assert row["availability_high"] == pytest.approx(np.exp(-0.7))
    assert row[STAKE].tolist() == [0.1, 0.2, 0.4]


def test_alternatives_and_months_make_the_accounts_availability():
    row = account_side(facts(), ASSUMED).loc["a"]
    assert row["availability"] == pytest.approx(6 / 8 * np.exp(-2 / 12))
    assert row["availability_low"] == pytest.approx(6 / 10 * np.exp(-3 / 12))
    assert row["availability_high"] == pytest.approx(6 / 7 * np.exp(-1.4 / 12))


def test_nobody_else_is_no_alternative_and_no_time_is_a_whole_one():
    alone = account_side(facts(alternatives=0.0), ASSUMED).loc["a"]
    assert alone[AVAILABILITY].tolist() == [0.0, 0.0, 0.0]
    at_once = supplier_side(shares(), facts(months_to_replace_them=0.0), ASSUMED).loc["a"]
    assert at_once[AVAILABILITY].tolist() == [1.0, 1.0, 1.0]


def test_a_whole_wallet_cannot_be_more_than_whole():
    assert account_side(facts(share_of_wallet=1.0), ASSUMED).loc["a", STAKE].tolist() == [0.8, 1, 1]


@pytest.mark.parametrize("lacking", ["share_of_wallet", "alternatives"])
def test_without_wallet_or_alternatives_there_is_no_row_of_the_account(lacking):
    assert account_side(facts(**{lacking: np.nan}), ASSUMED).empty


@pytest.mark.parametrize("lacking", ["months_to_replace_us", "months_to_replace_them"])
def test_months_that_nobody_said_are_assumed_and_the_row_says_so(lacking):
    known = facts(**{lacking: np.nan})
    rows = {"months_to_replace_us": account_side(known, ASSUMED),
            "months_to_replace_them": supplier_side(shares(), known, ASSUMED)}  # fmt: skip
    for name, table in rows.items():
        row = table.loc["a"]
        assert row["basis"] == ("assumed" if name == lacking else "measured")
        assert row["source"].endswith("assumed" if name == lacking else "stated")
    of_side = account_side if lacking == "months_to_replace_us" else _supplier_side
    stated, assumed = of_side(facts(), ASSUMED).loc["a"], rows[lacking].loc["a"]
    widths = [row["availability_high"] - row["availability_low"] for row in (stated, assumed)]
    assert widths[0] < widths[1]


def _supplier_side(known, assumed):
    return supplier_side(shares(), known, assumed)


@given(st.floats(0, 1), st.floats(0, 50), st.floats(0, 100), st.floats(0, 100))
def test_rows_are_in_order_and_longer_replacing_is_never_more_available(wallet, others, us, more):
    one = account_side(
        facts(share_of_wallet=wallet, alternatives=others, months_to_replace_us=us), ASSUMED
    ).loc["a"]
    for low, middle, high in (one[STAKE], one[AVAILABILITY]):
        assert 0 <= low <= middle <= high <= 1
    longer = facts(share_of_wallet=wallet, alternatives=others, months_to_replace_us=us + more)
    assert account_side(longer, ASSUMED).loc["a", "availability"] <= one["availability"]


def test_no_facts_are_no_facts_of_every_account():
    known = relationship_facts(None, pd.Index(["a", "b"]))
    assert known.isna().all(axis=None)
    assert known.index.tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("ids", "message"),
    [
        (["a", "a"], "account a stands twice among the relationship facts"),
        (["store 1"], "the first is of store 1: both must be rolled up to chains, or neither"),
    ],
)
def test_facts_of_nobody_or_twice_are_refused(ids, message):
    with pytest.raises(InputError, match=message):
        relationship_facts(pd.DataFrame({"account_id": ids, "alternatives": 1.0}), pd.Index(["a"]))


def test_facts_are_left_as_they_were():
    known = facts()
    account_side(known, ASSUMED)
    supplier_side(shares(), known, ASSUMED)
    pd.testing.assert_frame_equal(known, facts())
