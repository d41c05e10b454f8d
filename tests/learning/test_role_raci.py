"""A mended RACI: what is first wrong with it."""

import pandas as pd
import pytest

from kamtools.learning.exercises import check
from kamtools.learning.role_raci import first_fault
from kamtools.samples.company import SEED, make_company

MENDS = {
    ("Plan promotions", "accountable"): "head of sales",
    ("Report margin after service", "accountable"): "head of finance",
    ("Close complaints", "accountable"): "head of quality",
    ("Watch prices of raw materials", "deputy"): "second buyer",
    ("Buy ingredients and packaging for client labels", "deputy"): "second buyer",
    ("Run the client's special packs", "escalation_days"): 2,
}


@pytest.fixture(scope="module")
def activities():
    return make_company(seed=SEED)["activities"].drop(columns="account_id", errors="ignore")


def mended(activities, mends):
    table = activities.set_index("activity")
    for cell, value in mends.items():
        table.loc[cell] = value
    return table


@pytest.fixture(scope="module")
def sound(activities):
    return mended(activities, MENDS)


def test_a_table_with_all_faults_mended_is_sound(activities, sound):
    assert first_fault(sound, activities) == "sound"


def test_the_activity_may_be_a_column_or_the_index(activities, sound):
    assert first_fault(sound.reset_index(), activities) == "sound"
    assert first_fault(sound.assign(activity=sound.index), activities) == "sound"


def test_the_rows_may_come_in_any_order(activities, sound):
    assert first_fault(sound.iloc[::-1], activities) == "sound"


def test_another_way_to_mend_is_as_good(activities):
    other = {**MENDS, ("Plan promotions", "accountable"): "head of marketing",
             ("Close complaints", "accountable"): "head of logistics"}  # fmt: skip
    assert first_fault(mended(activities, other), activities) == "sound"


def test_the_table_as_it_was_is_unchanged(activities):
    assert first_fault(activities.copy(), activities) == "unchanged"


@pytest.mark.parametrize(
    ("left", "rule"),
    [
        ("Plan promotions", "rule 1"),
        ("Report margin after service", "rule 1"),
        ("Close complaints", "rule 6"),
        ("Run the client's special packs", "rule 9"),
    ],
)
def test_one_fault_that_is_left_is_told_by_its_rule(activities, left, rule):
    mends = {cell: value for cell, value in MENDS.items() if cell[0] != left}
    assert first_fault(mended(activities, mends), activities) == rule


def test_a_function_without_deputy_is_told(activities):
    mends = {cell: value for cell, value in MENDS.items() if cell[1] != "deputy"}
    assert first_fault(mended(activities, mends), activities) == "rule 7"


@pytest.mark.parametrize(
    ("activity", "column", "value", "rule"),
    [
        ("Plan promotions", "accountable", "price committee", "rule 3"),
        ("Plan promotions", "responsible", "", "rule 2"),
        ("Plan promotions", "consulted", "a; b; c; d; e", "rule 4"),
        ("Give notice of our own steps", "accountable", "head of sales", "rule 10"),
        ("Set the price floor", "accountable", "key account manager", "rule 6"),
        ("Watch prices of raw materials", "deputy", "buyer", "rule 7"),
    ],
)
def test_a_fault_that_mending_brings_in_is_told(activities, activity, column, value, rule):
    assert first_fault(mended(activities, {**MENDS, (activity, column): value}), activities) == rule


def test_an_activity_that_is_dropped_or_renamed_is_lost(activities, sound):
    lost = "an activity is lost"
    assert first_fault(sound.drop("Close complaints"), activities) == lost
    assert first_fault(sound.rename({"Close complaints": "Be nice"}), activities) == lost
    assert first_fault(sound.reset_index(drop=True), activities) == lost


@pytest.mark.parametrize("column", ["accountable", "deputy", "consulted", "escalation_days"])
def test_a_rule_is_not_kept_by_dropping_its_column(activities, sound, column):
    assert first_fault(sound.drop(columns=column), activities) == "a rule cannot be judged"


def test_what_the_validator_cannot_read_raises_nothing(activities, sound):
    assert first_fault(sound.drop(columns="responsible"), activities) == "unreadable"
    letters = sound.assign(escalation_days="soon")
    assert first_fault(letters, activities) == "unreadable"


@pytest.mark.parametrize("answer", [..., None, "", [], pd.DataFrame()], ids=str)
def test_no_table_is_no_answer_or_a_lost_one(activities, answer):
    found = check("role-raci-mended", first_fault(answer, activities))
    assert found.verdict == ("wrong" if isinstance(answer, pd.DataFrame) else "empty")


@pytest.mark.parametrize("answer", ["sound", 3, {"a": 1}, [1, 2], pd.Series([1])], ids=str)
def test_what_is_no_table_is_not_understood(activities, answer):
    found = check("role-raci-mended", first_fault(answer, activities))
    assert found.verdict == "not understood"


def test_neither_table_is_changed(activities, sound):
    before, mended_before = activities.copy(), sound.copy()
    first_fault(sound, activities)
    pd.testing.assert_frame_equal(activities, before)
    pd.testing.assert_frame_equal(sound, mended_before)
