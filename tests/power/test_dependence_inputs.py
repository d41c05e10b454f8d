import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools import chains
from kamtools.errors import InputError
from kamtools.power.dependence import middle_dependence
from kamtools.power.dependence_assumptions import (
    default_dependence_assumptions,
    replace_dependence_assumption,
)
from kamtools.power.dependence_inputs import (
    COLUMNS,
    join_inputs,
    lacking_sides,
    measured_inputs,
)
from kamtools.power.measure_effects import check_inputs
from kamtools.schema import DEPENDENCE

DEFAULTS = default_dependence_assumptions()
STAKE = ["stake_low", "stake", "stake_high"]
KEY = ["account_id", "side", "part"]


def scorecard():
    return pd.DataFrame(
        {"revenue": [60.0, 40.0], "revenue_previous": [50.0, 50.0], "margin": [15.0, 15.0]},
        index=pd.Index(["a", "b"], name="account_id"),
    )


def relationship(**changes):
    facts = {"account_id": ["a"], "share_of_wallet": [0.2], "alternatives": [6.0],
             "months_to_replace_us": [2.0], "months_to_replace_them": [12.0]}  # fmt: skip
    return pd.DataFrame(facts | changes)


def measured():
    return measured_inputs(scorecard(), relationship(), DEFAULTS)


def judged(*rows):
    """Return judged rows from (account, side, part, stake, availability, whose)."""
    table = pd.DataFrame(rows, columns=[*KEY, "stake", "availability", "whose"])
    return table.astype({"stake": float, "availability": float})


# Measured


def test_rows_come_account_by_account_the_supplier_first():
    assert measured()[["account_id", "side"]].to_numpy().tolist() == [
        ["a", "supplier"], ["a", "account"], ["b", "supplier"],
    ]  # fmt: skip


def test_dependence_is_as_worked_by_hand():
    # half of the margin, a year to refill; a fifth of the wallet, six others, two months
    table = middle_dependence(measured().query("account_id == 'a'"))
    supplier, account = 0.5 * (1 - np.exp(-1)), 0.2 * (1 - 6 / 8 * np.exp(-2 / 12))
    assert table.loc["a", "supplier_dependence"] == pytest.approx(supplier)
    assert table.loc["a", "account_dependence"] == pytest.approx(account)


def test_measured_rows_are_valid_for_the_schema_and_for_the_methods():
    DEPENDENCE.validate(measured())
    check_inputs(measured())


def test_without_relationship_facts_months_are_assumed_and_no_account_has_its_side():
    table = measured_inputs(scorecard(), None, DEFAULTS)
    assert set(table["side"]) == {"supplier"}
    assert set(table["basis"]) == {"assumed"}


def test_known_assumptions_leave_only_the_range_of_the_shares():
    table = DEFAULTS
    for name in ("months_factor", "wallet_factor", "half_at"):
        value = float(table.loc[table["assumption"] == name, "value"].iloc[0])
        table = replace_dependence_assumption(table, name, value)
    rows = measured_inputs(scorecard(), relationship(), table).query("account_id == 'a'")
    assert (rows["availability_low"] == rows["availability_high"]).all()
    assert (rows["stake_low"] < rows["stake_high"]).tolist() == [True, False]


@given(st.permutations(["a", "b"]))
def test_the_order_of_the_accounts_changes_no_number(order):
    table = measured_inputs(scorecard().loc[order], relationship(), DEFAULTS)
    pd.testing.assert_frame_equal(
        table.sort_values(KEY, ignore_index=True), measured().sort_values(KEY, ignore_index=True)
    )


# Joined


def test_a_judged_row_takes_the_place_of_the_measured_one_and_others_come_after():
    joined = join_inputs(
        measured(),
        judged(("b", "account", "brand", 0.3, 0.5, "account"),
               ("a", "account", "spend", 0.4, 0.5, "account")),
    )  # fmt: skip
    assert joined[KEY].to_numpy().tolist() == [
        ["a", "supplier", "trade"], ["a", "account", "spend"], ["b", "supplier", "trade"],
        ["b", "account", "brand"],
    ]  # fmt: skip
    assert joined["stake"].tolist() == [0.5, 0.4, 0.5, 0.3]
    assert joined.columns.tolist() == list(COLUMNS)


def test_blank_ends_lie_the_assumed_error_off_and_within_0_to_1():
    joined = join_inputs(measured(), judged(("b", "account", "brand", 0.9, 0.1, "account")))
    row = joined.iloc[-1]
    assert row[STAKE].tolist() == pytest.approx([0.75, 0.9, 1.0])
    assert row["availability_low"] == 0
    assert (row["basis"], row["source"]) == ("judged", "")


def test_given_ends_and_basis_stay_and_one_blank_end_is_filled_alone():
    rows = judged(("b", "account", "brand", 0.5, 0.5, "account"))
    joined = join_inputs(measured(), rows.assign(stake_low=0.48, stake_high=np.nan,
                                                 basis="measured", source="panel"))  # fmt: skip
    row = joined.iloc[-1]
    assert row[STAKE].tolist() == pytest.approx([0.48, 0.5, 0.65])
    assert (row["basis"], row["source"]) == ("measured", "panel")


def test_the_width_of_a_judgement_is_the_users():
    narrow = replace_dependence_assumption(DEFAULTS, "judgement_error", 0, low=-0.01, high=0.02)
    rows = judged(("b", "account", "brand", 0.5, 0.5, "account"))
    row = join_inputs(measured(), rows, assumptions=narrow).iloc[-1]
    assert row[STAKE].tolist() == pytest.approx([0.49, 0.5, 0.52])


def test_nobodys_judgement_leaves_the_measured_rows():
    pd.testing.assert_frame_equal(join_inputs(measured(), None), measured())
    pd.testing.assert_frame_equal(join_inputs(measured(), judged()), measured())


def test_stores_of_a_chain_that_say_the_same_part_become_its_largest_with_the_widest_range():
    accounts = pd.DataFrame({"account_id": ["s1", "s2", "b"], "chain": ["a", "a", None]})
    rows = judged(("s1", "account", "brand", 0.2, 0.5, "account"),
                  ("s2", "account", "brand", 0.4, 0.6, "key account manager"),
                  ("s2", "supplier", "line", 0.1, 0.5, "account"))  # fmt: skip
    rows = rows.assign(basis=["judged", "assumed", "judged"], stake_low=[0.1, np.nan, 0.1])
    rolled = chains.under_chain(rows, accounts)
    joined = join_inputs(measured(), rolled).set_index(KEY)
    row = joined.loc[("a", "account", "brand")]
    # u is 0.2 × 0.5 = 0.10 at the first store and 0.4 × 0.4 = 0.16 at the second
    assert row[STAKE].tolist() == pytest.approx([0.1, 0.4, 0.55])
    assert row[["availability_low", "availability", "availability_high"]].tolist() == pytest.approx(
        [0.35, 0.6, 0.75]
    )
    assert row["whose"] == "key account manager; account"
    assert row["basis"] == "assumed"
    assert joined.index.is_unique


def test_an_impossible_judgement_is_refused_by_account_and_part():
    with pytest.raises(InputError, match="account b, account, brand: stake needs 0 ≤ low"):
        join_inputs(measured(), judged(("b", "account", "brand", np.nan, 0.5, "account")))


def test_a_side_that_is_not_known_is_refused():
    with pytest.raises(InputError, match="side must be supplier or account"):
        join_inputs(measured(), judged(("b", "client", "brand", 0.5, 0.5, "account")))


# Lacking


def test_who_lacks_a_side_is_told_with_what_would_give_it():
    lacking = lacking_sides(measured(), ["a", "b", "new"])
    assert lacking[["account_id", "side"]].to_numpy().tolist() == [
        ["b", "account"], ["new", "supplier"], ["new", "account"],
    ]  # fmt: skip
    assert lacking["needs"].iloc[0].startswith("share_of_wallet and alternatives")


def test_a_judged_row_gives_the_side_that_was_lacking():
    joined = join_inputs(measured(), judged(("b", "account", "brand", 0.3, 0.5, "account")))
    assert lacking_sides(joined, ["a", "b"]).empty


@pytest.mark.parametrize(
    "method",
    [
        lambda card, facts, rows: measured_inputs(card, facts, DEFAULTS),
        lambda card, facts, rows: join_inputs(measured(), rows),
    ],
)
def test_tables_are_left_as_they_were(method):
    rows = judged(("b", "account", "brand", 0.3, 0.5, "account"))
    given_tables = scorecard(), relationship(), rows
    before = [table.copy(deep=True) for table in given_tables]
    method(*given_tables)
    for table, was in zip(given_tables, before, strict=True):
        pd.testing.assert_frame_equal(table, was)
