import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.assignment import tables
from kamtools.errors import InputError
from kamtools.role.assignment_loads import manager_loads, shared_rivals
from kamtools.role.assignment_reading import read_assignment, unmatched_accounts


@pytest.fixture
def firm():
    accounts = pd.DataFrame(
        {
            "hours": [60.0, 120.0, 20.0, 40.0],
            "manager_id": ["M1", "M1", "M9", None],
            "region": ["North", "South", "South", "North"],
            "language": ["zh", None, None, None],
            "needs": ["finance; data", "data", None, None],
            "rivals": ["b; d", None, None, None],
        },
        index=["a", "b", "c", "d"],
    )
    managers = pd.DataFrame(
        {
            "capacity_hours": [150.0, 150.0],
            "region": ["North", "South"],
            "languages": [None, "zh"],
            "competences": ["data", "finance; data"],
        },
        index=["M1", "M2"],
    )
    return accounts, managers


def test_today_is_read_with_those_who_have_no_manager_here(firm):
    table = read_assignment(*firm)
    assert table["manager_id"].isna().to_dict() == {"a": False, "b": False, "c": True, "d": True}
    assert not table["is_move"].any()
    assert table.loc[["c", "d"], ["fit", "misfit_hours"]].isna().all(axis=None)
    assert table.loc["a", "fit"] == pytest.approx((0.3 * 0.5 + 0.2) / 1.0)


def test_loads_flag_what_is_wrong_by_manager(firm):
    loads = manager_loads(read_assignment(*firm), *firm)
    first = loads.loc["M1"].to_dict()
    assert first["hours_per_year"] == 180
    assert first["load_index"] == pytest.approx(2.0)
    assert first["is_outside"]
    assert first["is_over_capacity"]
    assert (first["rival_pairs"], first["language_unmatched"], first["region_unmatched"]) == (
        1, 1, 1,
    )  # fmt: skip
    assert first["competence_met"] == pytest.approx((0.5 * 60 + 120) / 180)
    assert np.isnan(loads.loc["M2", "competence_met"])


def test_load_at_the_edge_of_the_band_is_inside(firm):
    managers = firm[1]
    even = pd.DataFrame({"hours": [115.0, 85.0], "manager_id": ["M1", "M2"]}, index=["a", "b"])
    loads = manager_loads(read_assignment(even, managers), even, managers)
    assert loads["load_index"].tolist() == pytest.approx([1.15, 0.85])
    assert not loads["is_outside"].any()


def test_a_manager_without_capacity_has_no_share(firm):
    accounts, managers = firm
    leaving = managers.assign(capacity_hours=[0.0, 150.0])
    loads = manager_loads(read_assignment(accounts, leaving), accounts, leaving)
    assert loads.loc["M1", "load_index"] == np.inf
    assert loads.loc["M1", "is_outside"]


def test_rivals_with_one_manager_are_named_once(firm):
    accounts = firm[0]
    assert shared_rivals(read_assignment(*firm), accounts).to_numpy().tolist() == [["M1", "a", "b"]]


def test_what_each_lacks_is_told_the_dearest_first(firm):
    accounts, managers = firm
    short = unmatched_accounts(read_assignment(*firm), accounts, managers)
    assert short["lacks"].to_dict() == {"a": "finance; language zh", "b": "region South"}
    matched = read_assignment(accounts, managers, manager_ids=pd.Series({"a": "M2", "b": "M2"}))
    assert unmatched_accounts(matched, accounts, managers).index.tolist() == ["a"]


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 1_000))
def test_mean_of_the_load_by_fair_share_is_one(seed):
    accounts, managers = tables(30, 6, seed=seed)
    loads = manager_loads(read_assignment(accounts, managers), accounts, managers)
    weighted = (loads["load_index"] * loads["fair_hours"]).sum() / loads["fair_hours"].sum()
    assert weighted == pytest.approx(1.0)
    assert loads["accounts"].sum() == 30


def test_accounts_without_hours_are_refused(firm):
    accounts, managers = firm
    with pytest.raises(InputError, match="accounts lack the column hours"):
        read_assignment(accounts.drop(columns="hours"), managers)


def test_tables_stay_as_they_were(firm):
    before = [table.copy(deep=True) for table in firm]
    table = read_assignment(*firm)
    kept = table.copy(deep=True)
    manager_loads(table, *firm)
    unmatched_accounts(table, *firm)
    for now, old in zip((*firm, table), (*before, kept), strict=True):
        pd.testing.assert_frame_equal(now, old)
