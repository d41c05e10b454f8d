import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.learning.answers import (
    ambiguous_names,
    as_choice,
    as_names,
    as_number,
    folded,
    is_empty,
    seal,
)

NAMES = pd.Series({"A1": "Moor & Sons <Wholesale>", "A2": "青禾超市", "青禾超市": "青禾超市"})


@pytest.mark.parametrize(
    "answer", [..., None, "", "  ", "...", "…", [], (), {}, set(), pd.Series(dtype=float), np.nan]
)
def test_nothing_is_an_empty_answer(answer):
    assert is_empty(answer)


@pytest.mark.parametrize("answer", [0, 0.0, False, "0", ["a"], pd.Series([1]), object()])
def test_something_is_not_an_empty_answer(answer):
    assert not is_empty(answer)


@pytest.mark.parametrize(
    ("answer", "number"),
    [
        (3, 3.0), (np.float64(0.5), 0.5), (np.int64(7), 7.0), ("0.5", 0.5), (" 50 % ", 0.5),
        (pd.Series([2.0]), 2.0), (pd.Index([4]), 4.0),
    ],
)  # fmt: skip
def test_a_number_is_understood_however_it_is_given(answer, number):
    assert as_number(answer) == number


@pytest.mark.parametrize("answer", ["many", True, [1, 2], pd.Series([1.0, 2.0]), object(), "1,5"])
def test_what_is_no_number_is_not_made_one(answer):
    assert as_number(answer) is None


@pytest.mark.parametrize("answer", ["b", "B", " b) ", "b."])
def test_a_letter_is_the_same_choice_however_it_is_typed(answer):
    assert as_choice(answer) == "b"


def test_levels_may_be_numbers_or_text():
    assert {as_choice(answer) for answer in (2, 2.0, "2", np.int64(2))} == {"2"}


def test_names_and_ids_mean_the_same_account():
    by_id = as_names(["A1", "A2"], NAMES)
    assert as_names("moor & sons <wholesale>, a2", NAMES) == by_id
    assert as_names(pd.Index(["A2", "A1"]), NAMES) == by_id
    assert as_names(pd.Series(["A1", "A2"]), NAMES) == by_id
    assert as_names({"A1", "A2"}, NAMES) == by_id


@pytest.mark.parametrize("answer", ["Moor & Sons", " moor  &  SONS ", ["Moor & Sons"]])
def test_a_name_is_understood_without_its_brackets(answer):
    assert as_names(answer, NAMES) == as_names("A1", NAMES)


@pytest.mark.parametrize("name", ["Moor (East)", "Moor [East]", "Moor <East>", "Moor（东）"])
def test_brackets_of_any_kind_may_be_left_out(name):
    assert as_names("moor", {"A1": name}) == {"a1"}


SHARED = {"A1": "Moor <East>", "A2": "Moor <West>", "A3": "Quay", "A4": "Quay <Wholesale>"}


def test_a_short_name_that_two_accounts_share_is_neither():
    assert as_names("Moor", SHARED) == {"moor"}
    assert ambiguous_names("Moor, A3", SHARED) == {"moor": ["A1", "A2"]}


@pytest.mark.parametrize(("answer", "account"), [("Quay", "a3"), ("quay <wholesale>", "a4")])
def test_a_whole_name_means_its_own_account_whoever_else_shares_its_beginning(answer, account):
    assert as_names(answer, SHARED) == {account}
    assert ambiguous_names(answer, SHARED) == {}


def test_a_whole_name_that_two_accounts_share_is_neither():
    twice = {"A1": "Moor", "A2": "moor "}
    assert as_names("Moor", twice) == {"moor"}
    assert ambiguous_names("Moor", twice) == {"moor": ["A1", "A2"]}
    assert as_names("A2", twice) == {"a2"}


@pytest.mark.parametrize("answer", [3, object(), {"A1": 1}, pd.DataFrame({"a": [1]})])
def test_what_is_no_collection_of_names_is_not_made_one(answer):
    assert as_names(answer, NAMES) is None


@given(st.text(min_size=1), st.text(min_size=1))
def test_seals_are_equal_only_for_equal_answers(one, other):
    assert (seal("x", one) == seal("x", other)) == (folded(one) == folded(other))


@given(st.text(alphabet="abcd12345", min_size=3))
def test_a_seal_does_not_show_the_answer(answer):
    assert folded(answer) not in seal("x", answer) or len(answer) < 5


def test_names_given_are_not_changed():
    before = NAMES.copy()
    as_names(["A1"], NAMES)
    pd.testing.assert_series_equal(NAMES, before)
