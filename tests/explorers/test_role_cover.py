import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.explorers.role_cover import MEASURES, bare_activities, contact_cover, cover
from kamtools.role.assignment_reading import read_assignment
from kamtools.role.assignment_rules import AssignmentRules

TEAM = pd.DataFrame(
    {"name": ["Li", "Eva"], "capacity_hours": [100.0, 100.0], "languages": ["zh", "en"]},
    index=["M1", "M2"],
)
ACCOUNTS = pd.DataFrame(
    {
        "hours": [60.0, 60.0, 40.0],
        "manager_id": ["M1", "M1", None],
        "rivals": ["b", None, None],
        "language": ["zh", "en", None],
    },
    index=["a", "b", "c"],
)
COUNTERPARTS = pd.DataFrame(
    {
        "account_id": ["a", "a", "a", "b", "elsewhere"],
        "client_role": ["buyer", "owner", "quality", "buyer", "buyer"],
        "person": [" li ", "M2; sales office", None, "Li; Eva", "Li"],
    }
)
ACTIVITIES = pd.DataFrame(
    {
        "activity": ["Visit", "Plan", "Report"],
        "function": "client",
        "responsible": ["Li", "key account manager", None],
        "accountable": ["Eva", "Li", "Eva"],
        "deputy": ["Eva", None, None],
    }
)


def measured(rules=None, **known):
    table = read_assignment(ACCOUNTS, TEAM)
    options = {"contacts": None, "n_bare_activities": None} | known
    return cover(table, ACCOUNTS, TEAM, rules or AssignmentRules(), **options)


def test_measures_are_those_that_a_manager_can_count():
    expected = {"without_manager": 1, "over_capacity": 1, "outside_band": 2, "least_load": 0,
                "highest_load": 2, "rival_pairs": 1, "language_unmatched": 1,
                "region_unmatched": 0, "competence_met": 1, "moves": 0}  # fmt: skip
    assert measured().to_dict() == expected


def test_every_measure_has_words():
    contacts = pd.DataFrame({"nobody": [1], "elsewhere": [2]})
    assert list(measured(contacts=contacts, n_bare_activities=3).index) == list(MEASURES)


def test_band_of_the_rules_counts():
    assert measured(AssignmentRules(balance=1.0))["outside_band"] == 0
    assert measured(AssignmentRules(balance=None))["outside_band"] == 2


def contacts_of(manager_ids, **options):
    return contact_cover(COUNTERPARTS, pd.Series(manager_ids), TEAM, **options)


def test_contacts_with_nobody_are_counted_and_accounts_elsewhere_are_not():
    found = contacts_of({"a": "M1", "b": "M1", "c": "M2"})
    assert found.index.tolist() == ["a", "b", "c"]
    assert found["contacts"].tolist() == [3, 1, 0]
    assert found["nobody"].tolist() == [1, 0, 0]


def test_who_leaves_leaves_the_contacts_that_nobody_else_has():
    found = contacts_of({"a": "M2", "b": "M2"}, gone=["M1", "Li"])
    assert found["nobody"].tolist() == [2, 0]


def test_contact_is_to_be_handed_over_where_only_another_manager_has_it():
    assert contacts_of({"a": "M1", "b": "M1"})["elsewhere"].tolist() == [0, 0]
    assert contacts_of({"a": "M2", "b": "M2"})["elsewhere"].tolist() == [1, 0]


def test_contacts_know_managers_by_id_as_by_name():
    only_id = COUNTERPARTS.assign(person="m1")
    found = contact_cover(only_id, pd.Series({"b": "M2"}), TEAM)
    assert found.loc["b", "elsewhere"] == 1


def test_activity_is_bare_without_doer_and_deputy_or_without_who_answers():
    assert bare_activities(ACTIVITIES) == ["Report"]
    assert bare_activities(ACTIVITIES, gone=["Li", "M1"]) == ["Plan", "Report"]
    assert bare_activities(ACTIVITIES, gone=["eva"]) == ["Visit", "Report"]


def test_activities_of_a_blank_table_are_none():
    assert bare_activities(ACTIVITIES[:0]) == []


def test_activities_without_a_needed_column_are_refused():
    with pytest.raises(InputError, match="there is no responsible"):
        bare_activities(ACTIVITIES.drop(columns="responsible"))


def test_tables_given_are_not_changed():
    before = [table.copy() for table in (ACCOUNTS, TEAM, COUNTERPARTS, ACTIVITIES)]
    measured()
    contacts_of({"a": "M2"}, gone=["Li"])
    bare_activities(ACTIVITIES, gone=["Li"])
    for table, copy in zip((ACCOUNTS, TEAM, COUNTERPARTS, ACTIVITIES), before, strict=True):
        pd.testing.assert_frame_equal(table, copy)
