import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.conditions import (
    CONDITIONS,
    HOURS_PER_MANAGER,
    accounts_in_question,
    measure_conditions,
)

AS_OF = datetime.date(2024, 12, 31)
DAY, LONG_AGO = pd.Timestamp("2024-06-01"), pd.Timestamp("2022-06-01")


@pytest.fixture
def firm():
    """Return the tables of a firm with a chain of three stores and two other accounts."""
    return {
        "accounts": pd.DataFrame(
            {
                "account_id": ["s1", "s2", "s3", "b", "c"],
                "chain": ["Chain", "Chain", "Chain", None, None],
                "region": ["North", "South", "South", "West", "East"],
            }
        ),
        "service": pd.DataFrame(
            {
                "account_id": ["s1", "Chain", "b", "s2"],
                "date": [DAY, DAY, DAY, LONG_AGO],
                "hours": [HOURS_PER_MANAGER / 2, HOURS_PER_MANAGER / 2, 99.0, 99.0],
            }
        ),
        "activities": pd.DataFrame({"function": ["client", "finance", "client"]}),
        "initiatives": pd.DataFrame({"account_id": ["s3", None, "c"]}),
    }


@pytest.fixture
def scorecard():
    return pd.DataFrame({"revenue": [60.0, 30.0, 20.0, -10.0]}, index=["Chain", "b", "c", "gone"])


def test_conditions_of_a_chain_are_those_of_all_its_stores(scorecard, firm):
    measured = measure_conditions(scorecard, pd.Index(["Chain"]), as_of=AS_OF, **firm)
    assert measured.to_dict() == {
        "top_share": 60 / 110,
        "largest_share": 60 / 110,
        "manager_years": 1.0,
        "sites": 3.0,
        "regions": 2.0,
        "functions": 2.0,
        "joint_steps": 1.0,
    }


def test_what_the_tables_do_not_tell_is_not_known(scorecard):
    measured = measure_conditions(scorecard, pd.Index(["Chain", "b"]), as_of=AS_OF)
    assert measured.dropna().index.tolist() == ["top_share", "largest_share"]


def test_accounts_without_chains_have_regions_but_no_sites(scorecard, firm):
    accounts = firm["accounts"].drop(columns="chain")
    measured = measure_conditions(scorecard, pd.Index(["b", "c"]), as_of=AS_OF, accounts=accounts)
    assert measured["regions"] == 2
    assert np.isnan(measured["sites"])


def test_service_log_that_ends_before_the_year_tells_nothing(scorecard, firm):
    old = firm["service"].assign(date=LONG_AGO)
    measured = measure_conditions(scorecard, pd.Index(["b"]), as_of=AS_OF, service=old)
    assert np.isnan(measured["manager_years"])


def test_one_account_in_twenty_is_in_question_and_at_most_twenty():
    revenue = pd.Series(np.arange(1.0, 1001.0), index=[f"a{n}" for n in range(1000)])
    many = pd.DataFrame({"revenue": revenue})
    assert len(accounts_in_question(many)) == 20
    assert len(accounts_in_question(many.iloc[:100])) == 5
    assert accounts_in_question(many.iloc[:3]).tolist() == ["a2"]


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(1, 1000), min_size=1, max_size=40), st.integers(1, 50))
def test_accounts_in_question_are_the_largest(revenue, wanted):
    index = [f"a{n:02d}" for n in range(len(revenue))]
    scorecard = pd.DataFrame({"revenue": np.array(revenue, dtype=float)}, index=index)
    chosen = accounts_in_question(scorecard, wanted=wanted)
    assert len(chosen) == min(wanted, len(revenue))
    rest = scorecard.drop(index=chosen)["revenue"]
    assert rest.empty or rest.max() <= scorecard.loc[chosen, "revenue"].min()


def test_every_condition_has_rising_limits():
    assert all(one.limits == tuple(sorted(set(one.limits))) for one in CONDITIONS)


def test_account_that_is_not_in_the_scorecard_is_refused(scorecard):
    with pytest.raises(InputError, match="account 'x' is in question, but not in the scorecard"):
        measure_conditions(scorecard, pd.Index(["x"]), as_of=AS_OF)


def test_firm_that_sold_nothing_has_no_account_in_question(scorecard):
    with pytest.raises(InputError, match="no account has a positive revenue"):
        accounts_in_question(scorecard.loc[["gone"]])


def test_negative_number_of_accounts_is_refused(scorecard):
    with pytest.raises(InputError, match="wanted must be a number of accounts"):
        accounts_in_question(scorecard, wanted=-1)


def test_tables_given_are_not_changed(scorecard, firm):
    before = {name: table.copy() for name, table in firm.items()}
    kept = scorecard.copy()
    measure_conditions(scorecard, pd.Index(["Chain"]), as_of=AS_OF, **firm)
    pd.testing.assert_frame_equal(scorecard, kept)
    for name, table in firm.items():
        pd.testing.assert_frame_equal(table, before[name])
