import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.assumptions import TIERS, merge_assumptions
from kamtools.role.workload import assumed_parts, workload, workload_parts
from kamtools.role.workload_words import describe_workload

B2 = ["strategic"] * 6 + ["star"] * 5 + ["status"] * 8 + ["streamline"] * 11
ACCOUNTS = pd.DataFrame(
    {"tier": ["strategic", "status", "other"], "sites": [3, 1, None], "decision_makers": [5, 1, 0],
     "open_projects": [2, 0, None], "power_imbalance": [0.3, -0.5, None]},
    index=pd.Index(["big", "plain", "unknown"], name="account_id"),
)  # fmt: skip
EXPECTED = pd.DataFrame(
    {"hours": [250.0, 300.0], "hours_low": [200.0, 240.0], "hours_high": [320.0, 360.0],
     "source": ["service log", "service log fit"]}, index=["big", "plain"],
)  # fmt: skip


def test_worked_example_takes_5960_hours():
    # methods.md B2: 6 × 420 + 5 × 300 + 8 × 160 + 11 × 60.
    assert workload(pd.DataFrame({"tier": B2}))["hours"].sum() == 5_960


def test_hours_are_base_and_drivers():
    # 420 + 6 (3 - 1) + 12 (5 - 1) + 40 × 2 + 100 × 0.3
    parts = assumed_parts(ACCOUNTS)
    assert parts.loc["big"].tolist() == [420, 12, 48, 80, 30]


def test_account_of_one_site_and_one_person_takes_the_base():
    assert assumed_parts(ACCOUNTS).loc["plain"].tolist() == [160, 0, 0, 0, 0]


def test_what_is_not_known_adds_nothing():
    assert assumed_parts(ACCOUNTS).loc["unknown"].tolist() == [20, 0, 0, 0, 0]
    pd.testing.assert_frame_equal(
        assumed_parts(ACCOUNTS[["tier"]]).iloc[1:], assumed_parts(ACCOUNTS).iloc[1:]
    )


def test_firms_own_coefficients_count():
    own = merge_assumptions(pd.DataFrame({"assumption": ["per_site"], "value": [50.0]}))
    assert assumed_parts(ACCOUNTS, own).at["big", "sites"] == 100


@settings(deadline=None, max_examples=40)
@given(
    st.sampled_from(TIERS), st.integers(1, 30), st.integers(1, 30), st.integers(0, 9),
    st.floats(-1, 1),
)  # fmt: skip
def test_one_more_of_a_driver_never_takes_fewer_hours(tier, sites, people, projects, power):
    row = pd.DataFrame({"tier": [tier], "sites": sites, "decision_makers": people,
                        "open_projects": projects, "power_imbalance": power})  # fmt: skip
    hours = workload(row).iloc[0]
    assert hours["hours_low"] <= hours["hours"] <= hours["hours_high"]
    for driver in ("sites", "decision_makers", "open_projects"):
        more = workload(row.assign(**{driver: row[driver] + 1})).iloc[0]
        assert more["hours"] > hours["hours"]


def test_the_larger_of_log_and_assumptions_counts():
    table = workload(ACCOUNTS, expected=EXPECTED)
    assert table["hours"].tolist() == [590, 300, 20]
    assert table["source"].tolist() == ["assumptions", "service log fit", "assumptions"]
    assert table["assumed_hours"].tolist() == [590, 160, 20]
    assert table["log_hours"].fillna(-1).tolist() == [250, 300, -1]


def test_range_is_that_of_what_counts():
    table = workload(ACCOUNTS, expected=EXPECTED)
    assert table.loc["plain", ["hours_low", "hours_high"]].tolist() == [240, 360]
    low, high = (assumed_parts(ACCOUNTS, column=end).loc["big"].sum() for end in ("low", "high"))
    assert table.loc["big", ["hours_low", "hours_high"]].tolist() == [low, high]


@pytest.mark.parametrize(
    ("basis", "hours"), [("log", [250, 300, 20]), ("assumptions", [590, 160, 20])]
)
def test_caller_can_decide_what_counts(basis, hours):
    assert workload(ACCOUNTS, expected=EXPECTED, basis=basis)["hours"].tolist() == hours


def test_parts_sum_to_the_hours_and_show_what_is_to_come():
    table = workload(ACCOUNTS, expected=EXPECTED)
    done = pd.DataFrame({"visit": [30.0, 50.0], "call": [10.0, 50.0]}, index=["big", "plain"])
    parts = workload_parts(table, ACCOUNTS, activities=done)
    np.testing.assert_allclose(parts.sum(axis=1), table["hours"])
    assert parts.loc["big", ["visit", "more, as a key account"]].tolist() == [187.5, 340]
    assert parts.loc["plain", ["visit", "call"]].tolist() == [150, 150]
    assert parts.at["unknown", "base of the tier"] == 20


def test_parts_sum_to_the_hours_where_the_assumptions_are_less_than_the_log():
    table = workload(ACCOUNTS, expected=EXPECTED, basis="assumptions")
    done = pd.DataFrame({"visit": [50.0]}, index=["plain"])
    parts = workload_parts(table, ACCOUNTS, activities=done)
    np.testing.assert_allclose(parts.sum(axis=1), table["hours"])


def test_parts_without_a_log_are_what_causes_the_hours():
    parts = workload_parts(workload(ACCOUNTS), ACCOUNTS)
    pd.testing.assert_frame_equal(parts, assumed_parts(ACCOUNTS))


def test_words_say_what_is_assumed_and_why_the_larger_counts():
    assert describe_workload(workload(ACCOUNTS)) == (
        "3 accounts take 770 hours a year. All of it is assumed by tier: no log tells."
    )
    said = describe_workload(workload(ACCOUNTS, expected=EXPECTED))
    assert "The service log tells of 550 hours for them as ordinary accounts" in said
    assert "for 2 the assumptions ask for more and count" in said


def test_words_name_the_account_that_takes_far_more_than_its_tier_allows():
    heavy = EXPECTED.assign(hours=[250.0, 3_000.0])
    names = pd.Series({"plain": "浩瀚食品"})
    said = describe_workload(workload(ACCOUNTS, expected=heavy), names=names)
    assert said.endswith("to be shed or charged: 浩瀚食品 (3,000 h, tier 160 h).")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"tier": ["strategic", "Star", "other"]}, "tier must be one of .* got Star for plain"),
        ({"tier": [None, "star", "other"]}, "got nan for big"),
        ({"sites": [3, -1, 1]}, "sites must be a number from 0 to any; got -1 for plain"),
        ({"sites": [3, "two", 1]}, "got two for plain"),
        ({"power_imbalance": [0, 0, 1.5]}, "from -1 to 1; got 1.5 for unknown"),
    ],
)
def test_accounts_that_cannot_be_are_refused(change, message):
    with pytest.raises(InputError, match=message):
        workload(ACCOUNTS.assign(**change))


def test_accounts_without_a_tier_are_refused():
    with pytest.raises(InputError, match="needs the column tier"):
        workload(ACCOUNTS.drop(columns="tier"))


def test_tables_given_are_not_changed():
    before = ACCOUNTS.copy(deep=True), EXPECTED.copy(deep=True)
    table = workload(ACCOUNTS, expected=EXPECTED)
    workload_parts(table, ACCOUNTS)
    pd.testing.assert_frame_equal(ACCOUNTS, before[0])
    pd.testing.assert_frame_equal(EXPECTED, before[1])
