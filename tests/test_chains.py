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
    for roll_up in (chains.under_chain, chains.mean_facts, chains.mean_views):
        assert roll_up(None, accounts) is None


def test_tables_stay_as_they_were(accounts, strengths):
    before = strengths.copy(deep=True)
    chains.mean_views(strengths, accounts)
    pd.testing.assert_frame_equal(strengths, before)
