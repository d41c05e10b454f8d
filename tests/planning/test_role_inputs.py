import numpy as np
import pandas as pd

from kamtools.planning.chosen import with_others
from kamtools.planning.role_inputs import key_account_table, manager_table


def test_a_firm_without_a_table_of_accounts_has_tiers_only():
    table = key_account_table(None, pd.Series({"a": "star"}))
    assert table.columns.tolist() == ["tier"]
    assert table.index.name == "account_id"


def test_rivals_that_are_not_looked_after_here_are_left_out_in_any_script():
    accounts = pd.DataFrame({"account_id": ["a", "b", "青禾"], "rivals": ["b；青禾; z", None, "q"]})
    tiers = pd.Series({"a": "star", "b": "key", "青禾": "key"})
    assert key_account_table(accounts, tiers)["rivals"].tolist() == ["b; 青禾", "", ""]


def test_an_account_that_the_table_does_not_hold_is_kept_unknown():
    accounts = pd.DataFrame({"account_id": ["a"], "sites": [3.0]})
    table = key_account_table(accounts, pd.Series({"b": "key", "a": "star"}))
    assert table.index.tolist() == ["b", "a"]
    assert np.isnan(table["sites"]["b"])


def test_capacity_is_twelve_months_and_stays_unknown_where_it_is():
    managers = pd.DataFrame({"manager_id": ["M1", "M2"], "capacity_hours_per_month": [100, None]})
    capacity = manager_table(managers)["capacity_hours"]
    assert capacity["M1"] == 1200
    assert np.isnan(capacity["M2"])
    assert manager_table(None) is None


def test_others_come_after_the_key_accounts_and_no_account_twice():
    tiers = pd.Series({"b": "star", "a": "key"})
    table = with_others(tiers, pd.Index(["c", "a", "b"]))
    assert table.to_dict() == {"b": "star", "a": "key", "c": "other"}


def test_arguments_are_left_as_they_were():
    accounts = pd.DataFrame({"account_id": ["a"], "rivals": ["b"]})
    before = accounts.copy()
    key_account_table(accounts, pd.Series({"a": "star"}))
    pd.testing.assert_frame_equal(accounts, before)
