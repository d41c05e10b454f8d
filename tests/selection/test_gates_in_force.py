from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.selection.gates_in_force import describe_gates_in_force, gates_in_force

AS_OF = date(2025, 12, 31)


@pytest.fixture
def history(history_of):
    return history_of(
        {"steady": [9] * 24, "riser": [1] * 15 + [20] * 9, "late": [1] * 21 + [15] * 3,
         "fader": [12] * 9 + [1] * 15, "small": [2] * 24}
    )  # fmt: skip


def test_an_account_is_key_after_three_quarters_in_a_row(history):
    table = gates_in_force(history, as_of=AS_OF, places=2)
    assert table.loc["riser", ["status_next", "rule"]].tolist() == ["key", "promoted"]


def test_one_good_quarter_is_a_probation_and_a_quarter_later_a_review(history):
    table = gates_in_force(history, as_of=AS_OF, places=2)
    assert table.loc["late", "status_next"] == "probation"
    assert table.loc["late", "review_date"] == pd.Timestamp(2026, 3, 31)


def test_an_account_that_fades_is_no_longer_key(history):
    table = gates_in_force(history, as_of=AS_OF, places=2)
    assert table.loc["fader", "status_next"] == "standard"


def test_less_than_two_quarters_try_no_gate_and_say_so(history_of):
    table = gates_in_force(history_of({"a": [9] * 5}), as_of=AS_OF, places=1)
    assert table.empty
    text = describe_gates_in_force(table, pd.Series({"a": True}))
    assert text == "Fewer than two whole quarters are known: no gate can be tried."


def test_chosen_account_without_history_enters_on_probation(history):
    table = gates_in_force(history, as_of=AS_OF, places=2)
    chosen = pd.Series({"riser": True, "new": True, "steady": False})
    text = describe_gates_in_force(table, chosen, names={"riser": "青禾"})
    assert text.startswith("Of 2 chosen accounts 1 has earned its place by its quarters, 1 would")
    assert "Promoted to key account: 青禾." in text


@given(st.lists(st.integers(0, 50), min_size=24, max_size=24), st.integers(1, 3))
def test_an_account_that_leads_every_quarter_is_key(history_of, other, places):
    months = {"leader": [60] * 24, "other": [*other[:-1], 1]}
    table = gates_in_force(history_of(months), as_of=AS_OF, places=places)
    assert table.loc["leader", "status_next"] == "key"


def test_no_places_are_refused(history):
    with pytest.raises(InputError, match="places"):
        gates_in_force(history, as_of=AS_OF, places=0)


def test_history_is_left_as_it_was(history):
    before = history.copy()
    gates_in_force(history, as_of=AS_OF, places=2)
    pd.testing.assert_frame_equal(history, before)
