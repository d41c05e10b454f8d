from datetime import date

import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.account_hours import (
    account_hours,
    default_hours_assumptions,
    describe_hours,
)

AS_OF = date(2024, 12, 31)
IDS = pd.Index(["busy", "quiet", "unknown"], name="account_id")


@pytest.fixture
def service():
    return pd.DataFrame(
        {
            "account_id": ["busy", "busy", "busy", "quiet"],
            "date": pd.to_datetime(["2024-01-01", "2024-12-31", "2023-12-31", "2024-06-01"]),
            "hours": [100.0, 50.0, 999.0, 5.0],
        }
    )


def test_hours_are_those_of_the_last_twelve_months(service):
    hours = account_hours(IDS, service=service, as_of=AS_OF)
    assert hours["logged_hours"].tolist()[:2] == [150.0, 5.0]
    assert hours["hours"].tolist() == [150.0, 120.0, 160.0]


def test_source_says_what_is_known_and_what_is_assumed(service):
    hours = account_hours(IDS, service=service, as_of=AS_OF)
    assert hours["source"].tolist() == [
        "service log", "raised to the least of a key account", "assumed: not in the log",
    ]  # fmt: skip
    assert describe_hours(hours) == (
        "Hours are from the service log for 1 of 3 accounts (33 %); raised to the least of a key "
        "account for 1; assumed for the 1 that is not in it."
    )


def test_firm_without_a_log_gets_the_assumption_for_all():
    hours = account_hours(IDS, service=None, as_of=AS_OF)
    assert hours["hours"].unique().tolist() == [160.0]
    assert "assumed for the 3 that are not in it" in describe_hours(hours)


def test_assumptions_can_be_replaced(service):
    own = default_hours_assumptions()
    own["hours_per_year"] = [10.0, 0.0]
    hours = account_hours(IDS, service=service, as_of=AS_OF, assumptions=own)
    assert hours["hours"].tolist() == [150.0, 5.0, 10.0]


def test_no_account_takes_less_than_the_least(service):
    own = default_hours_assumptions()
    own["hours_per_year"] = [10.0, 30.0]
    hours = account_hours(IDS, service=service, as_of=AS_OF, assumptions=own)
    assert hours["hours"].min() == 30


@pytest.mark.parametrize(
    ("assumptions", "message"),
    [
        (pd.DataFrame({"hours": [1.0]}), "lack the column hours_per_year"),
        (pd.DataFrame({"hours_per_year": [1.0]}, index=["least"]), "'not_in_log' .* got nothing"),
        (
            pd.DataFrame({"hours_per_year": [1.0, -2.0]}, index=["not_in_log", "least"]),
            "'least' must be a number of at least 0; got -2.0",
        ),
    ],
)
def test_assumptions_that_are_missing_or_wrong_are_refused(service, assumptions, message):
    with pytest.raises(InputError, match=message):
        account_hours(IDS, service=service, as_of=AS_OF, assumptions=assumptions)


def test_service_log_stays_as_it_was(service):
    before = service.copy(deep=True)
    account_hours(IDS, service=service, as_of=AS_OF)
    pd.testing.assert_frame_equal(service, before)
