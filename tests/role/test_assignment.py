from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.assignment import tables
from kamtools.errors import InputError
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_loads import manager_loads, shared_rivals
from kamtools.role.assignment_rules import AssignmentRules

FEW = settings(deadline=None, max_examples=10)


def roomy(n_accounts, n_managers, *, seed):
    """Return tables in which every manager has half as many hours again as a fair share."""
    accounts, managers = tables(n_accounts, n_managers, seed=seed)
    fair = accounts["hours"].sum() / n_managers
    return accounts, managers.assign(capacity_hours=1.5 * fair)


@pytest.fixture
def pair():
    """Return two accounts that M1 has today, and two managers with room for one each."""
    accounts = pd.DataFrame(
        {"hours": [60.0, 60.0], "manager_id": "M1", "relation_years": [9.0, 1.0]},
        index=pd.Index(["old", "new"], name="account_id"),
    )
    managers = pd.DataFrame({"capacity_hours": [75.0, 75.0]}, index=["M1", "M2"])
    return accounts, managers


def test_the_shorter_relationship_is_the_one_that_moves(pair):
    assignment = assign_accounts(*pair)
    assert assignment.table["manager_id"].to_dict() == {"old": "M1", "new": "M2"}
    assert assignment.table["is_move"].to_dict() == {"old": False, "new": True}
    assert assignment.lost_hours == pytest.approx(24 + 4 * 1)
    assert assignment.gap == 0


def test_nobody_moves_where_today_keeps_all_rules_and_moving_saves_less_than_it_costs(pair):
    accounts, managers = pair
    today = accounts.assign(manager_id=["M1", "M2"], region="North")
    regions = managers.assign(region=["North", "South"])
    assignment = assign_accounts(today, regions)
    assert not assignment.table["is_move"].any()
    assert assignment.lost_hours == pytest.approx(0.2 * 60)


def test_a_price_of_its_own_replaces_the_default(pair):
    accounts, managers = pair
    own = pd.DataFrame({"value": [0.0, 0.0]}, index=["move", "move_per_year"])
    assert assign_accounts(accounts, managers, assumptions=own).lost_hours == 0


def test_a_manager_without_a_known_capacity_is_balanced_like_the_average(pair):
    accounts, managers = pair
    unknown = managers.assign(capacity_hours=[np.nan, np.nan])
    found = assign_accounts(accounts, unknown).table["manager_id"]
    assert found.nunique() == 2
    all_stay = assign_accounts(accounts, unknown, rules=AssignmentRules(balance=None))
    assert not all_stay.table["is_move"].any()


def test_what_must_match_always_does(pair):
    accounts, managers = pair
    wants = accounts.assign(language=["Mandarin", None])
    speaks = managers.assign(languages=[None, "English; mandarin"])
    priced = pd.DataFrame({"value": [0.0]}, index=["language_unmatched"])
    assert assign_accounts(wants, speaks, assumptions=priced).table.loc["old", "manager_id"] == "M1"
    must = AssignmentRules(musts=("language",))
    found = assign_accounts(wants, speaks, assumptions=priced, rules=must).table
    assert found.loc["old", "manager_id"] == "M2"
    assert found["language_matched"].all()


def test_misfit_counts_by_value_where_it_is_given(pair):
    accounts, managers = pair
    both = accounts.assign(manager_id=np.nan, region="South", value=[1.0, 9.0])
    regions = managers.assign(region=["North", "South"])
    assert assign_accounts(both, regions).table.loc["new", "manager_id"] == "M2"
    swapped = both.assign(value=[9.0, 1.0])
    assert assign_accounts(swapped, regions).table.loc["old", "manager_id"] == "M2"


def test_an_account_whose_manager_has_left_moves_at_no_price(pair):
    accounts, managers = pair
    assignment = assign_accounts(accounts.assign(manager_id=["M1", "M9"]), managers)
    assert assignment.table.loc["new", "is_move"]
    assert assignment.lost_hours == 0


@FEW
@given(st.integers(0, 500))
def test_every_account_has_one_manager_within_all_rules(seed):
    accounts, managers = roomy(40, 8, seed=seed)
    rules = AssignmentRules(max_span=8, balance=0.2)
    table = assign_accounts(accounts, managers, rules=rules).table
    assert table.index.tolist() == accounts.index.tolist()
    assert table["manager_id"].isin(managers.index).all()
    loads = manager_loads(table, accounts, managers, balance=0.2 + 1e-6)
    assert loads["accounts"].max() <= 8
    assert (loads["hours_per_year"] <= managers["capacity_hours"] + 1e-3).all()
    assert not loads["is_outside"].any()
    assert shared_rivals(table, accounts).empty
    assert table["hours_per_year"].sum() == pytest.approx(accounts["hours"].sum())


@FEW
@given(st.integers(0, 500))
def test_other_names_and_another_order_do_not_change_the_hours_lost(seed):
    accounts, managers = roomy(25, 6, seed=seed)
    rng = np.random.default_rng(seed)
    rules = AssignmentRules(balance=0.3)
    lost = assign_accounts(accounts, managers, rules=rules, gap=0).lost_hours
    names = dict(zip(managers.index, rng.permutation(managers.index), strict=True))
    renamed = accounts.assign(manager_id=accounts["manager_id"].map(names)).sample(
        frac=1, random_state=seed
    )
    others = managers.rename(index=names)
    assert assign_accounts(renamed, others, rules=rules, gap=0).lost_hours == pytest.approx(lost)


@FEW
@given(st.integers(0, 500))
def test_another_rule_never_makes_it_cheaper(seed):
    accounts, managers = roomy(25, 6, seed=seed)
    lost = [
        assign_accounts(accounts, managers, rules=rules, gap=0).lost_hours
        for rules in (
            AssignmentRules(balance=None, rivals_apart=False),
            AssignmentRules(balance=None),
            AssignmentRules(balance=0.4),
            AssignmentRules(balance=0.25),
        )
    ]
    assert all(more >= less - 1e-6 for less, more in pairwise(lost))


def test_order_of_the_rows_does_not_change_who_has_whom():
    accounts, managers = tables(40, 8, seed=7)
    found = assign_accounts(accounts, managers).table["manager_id"]
    other = assign_accounts(accounts.iloc[::-1], managers.iloc[::-1]).table["manager_id"]
    assert other.reindex(found.index).equals(found)


def test_stated_gap_holds_against_the_proven_optimum():
    accounts, managers = tables(60, 10, seed=2)
    near = assign_accounts(accounts, managers, gap=0.05)
    best = assign_accounts(accounts, managers, gap=0)
    assert best.gap == 0
    assert near.gap <= 0.05
    assert near.bound_hours <= best.lost_hours + 1e-6 <= near.lost_hours + 2e-6


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"hours": -1.0}, "hours must be at least 0; got -1 for 'old'"),
        ({"hours": np.nan}, "hours must be at least 0; got nan for 'old'"),
        ({"value": [1.0, np.nan]}, "value must be at least 0; got nan for 'new'"),
        ({"relation_years": -2.0}, "relation_years must be at least 0 where it is known"),
    ],
)
def test_numbers_that_cannot_be_are_refused(pair, changes, message):
    accounts, managers = pair
    with pytest.raises(InputError, match=message):
        assign_accounts(accounts.assign(**changes), managers)


def test_tables_that_cannot_be_assigned_are_refused(pair):
    accounts, managers = pair
    with pytest.raises(InputError, match="there are no managers to assign"):
        assign_accounts(accounts, managers.iloc[:0])
    with pytest.raises(InputError, match="accounts hold 'old' more than once"):
        assign_accounts(accounts.iloc[[0, 0]], managers)
    with pytest.raises(InputError, match="managers lack the column capacity_hours"):
        assign_accounts(accounts, pd.DataFrame({"region": ["North"]}, index=["M1"]))


def test_accounts_that_take_no_hours_at_all_are_refused(pair):
    accounts, managers = pair
    with pytest.raises(InputError, match="hours are 0 for all accounts"):
        assign_accounts(accounts.assign(hours=0.0), managers)


def test_rules_prices_and_options_that_cannot_be_are_refused(pair):
    with pytest.raises(InputError, match="balance must be a share above 0, or None; got 0"):
        assign_accounts(*pair, rules=AssignmentRules(balance=0))
    with pytest.raises(InputError, match="max_span must be at least 1"):
        assign_accounts(*pair, rules=AssignmentRules(max_span=0))
    with pytest.raises(InputError, match=r"musts are some of language, .*; got price"):
        assign_accounts(*pair, rules=AssignmentRules(musts=("price",)))
    with pytest.raises(InputError, match=r"gap must be at least 0 .*; got -1 and 60"):
        assign_accounts(*pair, gap=-1)
    unknown = pd.DataFrame({"value": [1.0]}, index=["travel"])
    with pytest.raises(InputError, match=r"assumptions .* are competence_unmet.*; got travel"):
        assign_accounts(*pair, assumptions=unknown)
    negative = pd.DataFrame({"value": [-1.0]}, index=["move"])
    with pytest.raises(InputError, match="assumption move must be a number of at least 0; got -1"):
        assign_accounts(*pair, assumptions=negative)


def test_tables_stay_as_they_were():
    accounts, managers = tables(20, 5, seed=1)
    before = accounts.copy(deep=True), managers.copy(deep=True)
    assign_accounts(accounts, managers, rules=AssignmentRules(balance=0.5))
    pd.testing.assert_frame_equal(accounts, before[0])
    pd.testing.assert_frame_equal(managers, before[1])
