import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_attempt import NO_MANAGERS, attempt_assignment


@pytest.fixture
def accounts():
    return pd.DataFrame({"hours": [60.0, 60.0]}, index=["a", "b"])


def managers(*hours):
    ids = [f"M{place}" for place in range(len(hours))]
    return pd.DataFrame({"capacity_hours": list(hours)}, index=ids, dtype=float)


def test_an_assignment_that_there_is_is_the_best_one(accounts):
    found = attempt_assignment(accounts, managers(80, 80))
    expected = assign_accounts(accounts, managers(80, 80))
    pd.testing.assert_frame_equal(found.assignment.table, expected.table)
    assert found.problem == ""


def test_rules_that_fight_are_told_and_nothing_is_raised(accounts):
    found = attempt_assignment(accounts, managers(50, 50))
    assert found.assignment is None
    assert "hours" in found.problem


def test_a_firm_without_managers_is_told_which_file_is_missing(accounts):
    assert attempt_assignment(accounts, None).problem == NO_MANAGERS
    assert attempt_assignment(accounts, managers()).problem == NO_MANAGERS


def test_a_table_that_cannot_be_used_is_still_refused(accounts):
    with pytest.raises(InputError, match="hours"):
        attempt_assignment(accounts.rename(columns={"hours": "time"}), managers(80, 80))
