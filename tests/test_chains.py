import numpy as np
import pandas as pd
import pytest

from kamtools import chains
from kamtools.selection.business_strength import relative_strength


@pytest.fixture
def accounts():
    return pd.DataFrame(
        {"account_id": ["S1", "S2", "X"], "chain": pd.Series(["Harbour", "Harbour ", None])}
    )


@pytest.fixture
def strengths():
    rows = [
        ("S1", "price", 1.0, 4.0, "Ox", 8.0),
        ("S1", "price", 1.0, 4.0, "Elk", 6.0),
        ("S2", "price", 3.0, 8.0, "Ox", 4.0),
        ("X", "price", 1.0, 5.0, "Ox", 5.0),
    ]
    columns = ["account_id", "factor", "weight", "us", "rival", "rating"]
    return pd.DataFrame(rows, columns=columns)


def test_store_without_a_chain_keeps_its_own_name(accounts, strengths):
    rolled = chains.under_chain(strengths, accounts)
    assert rolled["account_id"].tolist() == ["Harbour", "Harbour", "Harbour", "X"]


def test_store_counts_once_in_the_view_of_us_however_many_rivals_it_rates(accounts, strengths):
    rolled = chains.mean_views(strengths, accounts).set_index(["account_id", "rival"])
    assert rolled.loc[("Harbour", "Ox"), ["weight", "us", "rating"]].tolist() == [2.0, 6.0, 6.0]
    assert rolled.loc[("Harbour", "Elk"), ["weight", "us", "rating"]].tolist() == [2.0, 6.0, 6.0]


def test_views_of_a_chain_do_not_contradict_themselves(accounts, strengths):
    strength = relative_strength(chains.mean_views(strengths, accounts))
    assert strength["strength"].to_dict() == {"Harbour": 1.0, "X": 1.0}


def test_step_that_touches_all_accounts_still_does(accounts):
    steps = pd.DataFrame({"initiative": ["a", "b"], "account_id": ["S1", None]})
    rolled = chains.under_chain(steps, accounts)["account_id"]
    assert rolled[0] == "Harbour"
    assert pd.isna(rolled[1])


def test_table_that_is_not_there_is_not_there_afterwards(accounts):
    for roll_up in (chains.under_chain, chains.mean_facts, chains.mean_views, chains.contacts):
        assert roll_up(None, accounts) is None


def test_tables_stay_as_they_were(accounts, strengths):
    before = strengths.copy(deep=True)
    chains.mean_views(strengths, accounts)
    pd.testing.assert_frame_equal(strengths, before)


def test_a_chain_takes_the_commonest_words_and_the_mean_rating():
    accounts = pd.DataFrame(
        {
            "account_id": ["S1", "S2", "S3", "X"],
            "name": ["Tea 1", "Tea 2", "Tea 3", "Salt"],
            "segment": ["retail", "bar", "bar", None],
            "chain": ["Tea", "Tea", "Tea", None],
            "fit_rating": [2.0, np.nan, 4.0, 5.0],
        }
    )
    before = accounts.copy()
    rolled = chains.roll_up_accounts(accounts).set_index("account_id")
    assert rolled.loc["Tea", ["name", "segment", "fit_rating", "stores"]].tolist() == [
        "Tea", "bar", 3, 3,
    ]  # fmt: skip
    assert rolled.loc["X", "name"] == "Salt"
    pd.testing.assert_frame_equal(accounts, before)


def rolled_chain(**columns):
    """Return the roll-up of two stores of Tea and the account X, by account_id."""
    accounts = pd.DataFrame(
        {"account_id": ["S1", "S2", "X"], "name": ["Tea 1", "Tea 2", "Salt"],
         "chain": ["Tea", "Tea ", None], **columns}
    )  # fmt: skip
    before = accounts.copy(deep=True)
    rolled = chains.roll_up_accounts(accounts).set_index("account_id")
    pd.testing.assert_frame_equal(accounts, before)
    return rolled


@pytest.mark.parametrize(
    ("given", "expected"),
    [([15.0, None, None], 15.0), ([2.0, 3.0, None], 5.0), ([None, None, None], 2.0)],
)
def test_sites_of_a_chain_are_those_given_else_its_stores(given, expected):
    sites = rolled_chain(sites=pd.Series(given, dtype=float))["sites"]
    assert sites["Tea"] == expected
    assert np.isnan(sites["X"])


def test_stores_are_counted_where_the_firm_has_no_column_of_sites():
    assert rolled_chain()["sites"].fillna(-1).to_dict() == {"Tea": 2.0, "X": -1.0}


def test_people_and_projects_add_up_and_stay_unknown_where_nobody_knows():
    rolled = rolled_chain(decision_makers=[2.0, None, None], open_projects=[1.0, 2.0, 0.0])
    assert rolled["decision_makers"].fillna(-1).to_dict() == {"Tea": 2.0, "X": -1.0}
    assert rolled["open_projects"].to_dict() == {"Tea": 3.0, "X": 0.0}


def test_rivals_become_chains_and_nobody_is_its_own():
    rolled = rolled_chain(rivals=["S2; X", "S1", "S1; S2; Z"])["rivals"]
    assert rolled.to_dict() == {"Tea": "X", "X": "Tea; Z"}


def test_needs_of_all_stores_are_named_once():
    needs = rolled_chain(needs=["Mandarin; finance", "finance;promotions", None])["needs"]
    assert needs["Tea"] == "Mandarin; finance; promotions"
    assert pd.isna(needs["X"])


def test_blank_lists_stay_blank():
    rolled = rolled_chain(needs=pd.Series([None] * 3, dtype="str"), rivals=["S2", "S1", None])
    assert rolled[["needs", "rivals"]].isna().all(axis=None)


def test_manager_of_a_chain_is_that_of_most_of_its_stores_the_first_of_equals():
    assert rolled_chain(manager_id=["M2", "M1", "M1"])["manager_id"].to_dict() == {
        "Tea": "M2",
        "X": "M1",
    }


def test_same_contact_of_two_stores_stands_once(accounts):
    contacts = pd.DataFrame(
        {"account_id": ["S1", "S2", "S2"], "client_role": ["buyer", "buyer", "planner"],
         "function": "client", "person": ["Ines", "Ines", None]}
    )  # fmt: skip
    rolled = chains.contacts(contacts, accounts)
    assert rolled[["account_id", "client_role"]].to_numpy().tolist() == [
        ["Harbour", "buyer"],
        ["Harbour", "planner"],
    ]
    assert len(contacts) == 3
