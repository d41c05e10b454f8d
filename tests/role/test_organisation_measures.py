import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.organisation_measures import SOURCES, measure_accounts, measure_firm

REVENUE = pd.Series({"a": 60.0, "b": 30.0, "c": 10.0, "credit": -5.0})
BOTH = pd.Index(["a", "b"])
ACCOUNTS = pd.DataFrame(
    {"account_id": ["a", "b"], "sites": [12.0, None], "open_projects": [2.0, 1.0]}
)
COUNTERPARTS = pd.DataFrame(
    {"account_id": ["a", "a", "a"], "function": ["Finance", "finance ", "client"]}
)


def measured_all():
    return measure_accounts(
        BOTH, revenue=REVENUE, accounts=ACCOUNTS, counterparts=COUNTERPARTS,
        hours=pd.Series({"a": 616.0, "b": 308.0}), hours_per_manager=1232.0,
        countries=pd.Series({"a": 2}),
    )  # fmt: skip


def test_hours_of_the_worked_example_are_its_4_84_people():
    # 5,960 hours of 1,232 each are 4.84 managers
    hours = pd.Series({"a": 5960.0})
    one = measure_accounts(pd.Index(["a"]), revenue=REVENUE, hours=hours, hours_per_manager=1232.0)
    assert one.loc["a", "people"] == pytest.approx(4.84, abs=0.005)


def test_every_condition_is_measured_from_its_own_table():
    one = measured_all().loc["a"]
    assert one.to_dict() == {"revenue_share": 0.6, "sites": 12, "countries": 2, "functions": 2,
                             "joint_projects": 2, "people": 0.5}  # fmt: skip


def test_what_no_table_tells_is_missing_and_not_zero():
    alone = measure_accounts(BOTH, revenue=REVENUE)
    assert alone.drop(columns="revenue_share").isna().all(axis=None)
    assert measured_all().loc["b", ["sites", "countries", "functions"]].isna().all()


def test_firm_counts_what_is_known_and_of_how_many():
    firm = measure_firm(measured_all())
    assert firm.loc["joint_projects"].tolist() == [3, 2]
    assert firm.loc["countries"].tolist() == [2, 1]
    assert firm.loc["key_share", "value"] == pytest.approx(0.9)
    assert firm.loc["largest_share", "value"] == pytest.approx(0.6)


def test_functions_of_the_firm_come_from_its_activities_where_it_has_them():
    activities = pd.DataFrame({"function": ["client", "Client", "finance", "production"]})
    firm = measure_firm(measured_all(), activities=activities)
    assert firm.loc["functions"].tolist() == [3, 2]


def test_every_condition_says_where_it_is_known_from():
    assert list(SOURCES) == list(measured_all().columns)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.floats(0.01, 1e6), min_size=1, max_size=8), st.floats(0.001, 1000))
def test_currency_of_the_revenue_does_not_matter(amounts, rate):
    revenue = pd.Series(amounts, index=[f"k{n}" for n in range(len(amounts))])
    share = measure_accounts(revenue.index, revenue=revenue)["revenue_share"]
    again = measure_accounts(revenue.index, revenue=rate * revenue)["revenue_share"]
    np.testing.assert_allclose(share, again)
    assert share.sum() == pytest.approx(1)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"revenue": pd.Series({"a": 1.0})}, "account 'b' has no revenue"),
        ({"revenue": pd.Series({"a": 0.0, "b": -1.0})}, "no account has a positive revenue"),
        ({"hours": pd.Series({"a": 1.0})}, "positive hours_per_manager; got None"),
        ({"hours": pd.Series({"a": 1.0}), "hours_per_manager": 0.0}, "got 0.0"),
    ],
)
def test_input_that_cannot_be_meant_is_refused(change, message):
    with pytest.raises(InputError, match=message):
        measure_accounts(BOTH, **{"revenue": REVENUE, **change})


def test_firm_without_a_key_account_is_refused():
    none = measure_accounts(pd.Index([]), revenue=REVENUE)
    with pytest.raises(InputError, match="no key account"):
        measure_firm(none)


def test_tables_of_the_firm_are_not_changed():
    before = ACCOUNTS.copy(), COUNTERPARTS.copy(), REVENUE.copy()
    measure_firm(measured_all(), activities=pd.DataFrame({"function": [" x"]}))
    pd.testing.assert_frame_equal(ACCOUNTS, before[0])
    pd.testing.assert_frame_equal(COUNTERPARTS, before[1])
    pd.testing.assert_series_equal(REVENUE, before[2])
