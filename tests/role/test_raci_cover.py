import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.raci_controls import FUNCTIONS, default_controls
from kamtools.role.raci_cover import clock_set, counterparts_mapped, functions_covered
from kamtools.role.raci_table import raci_table


def without(division, function):
    activities = division()
    return raci_table(activities[activities["function"] != function])


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_must_do_something(division, function):
    found = functions_covered(without(division, function), default_controls())
    assert [one.subject for one in found] == [function]
    assert found[0].found == "No activity belongs to it."


def test_function_whose_work_nobody_does_is_told_so(division):
    table = raci_table(division("Buy packaging", responsible=""))
    found = functions_covered(table, default_controls())
    assert found[0].found == "Nobody is responsible for anything in it."


def test_function_with_some_deputies_is_less_severe_than_one_with_none(division):
    some = functions_covered(
        raci_table(division("Visit the buyers", deputy=None)), default_controls()
    )[0]
    none = functions_covered(raci_table(division("Plan volumes", deputy=None)), default_controls())[
        0
    ]
    assert (some.severity, none.severity) == ("should be mended", "must be mended")
    assert some.found == "1 of 2 activities has no deputy: Visit the buyers."


def test_sound_functions_and_clocks_are_no_findings(division):
    table = raci_table(division())
    assert functions_covered(table, default_controls()) == []
    assert clock_set(table) == []


def test_clock_of_no_days_is_a_clock(division):
    assert clock_set(raci_table(division("Plan volumes", escalation_days=0.0))) == []


def test_counterparts_for_all_roles_are_no_finding(threads):
    assert counterparts_mapped(threads) == []


def test_role_with_nobody_is_told_with_its_accounts(threads):
    more = pd.DataFrame({"account_id": ["C2"], "client_role": ["quality manager"],
                         "function": ["production"], "person": [None]})  # fmt: skip
    finding = counterparts_mapped(pd.concat([threads, more], ignore_index=True))[0]
    assert finding.subject == "quality manager"
    assert finding.accounts == ("C2",)
    assert finding.found == "Nobody of us talks to this role at 1 of 2 accounts that have it."
    assert finding.mend == "Name somebody for each (our function: production)."


def test_role_that_lacks_most_is_told_first(threads):
    bare = threads.assign(person=None)
    assert counterparts_mapped(bare)[0].subject == "buyer"


def test_one_person_for_all_roles_of_an_account_is_a_bow_tie(threads):
    tied = threads.assign(person=["Li"] * 3 + ["Eva", "Li"])
    found = counterparts_mapped(tied)
    assert [(one.about, one.subject, one.roles) for one in found] == [("account", "C1", ("Li",))]


def test_account_with_a_single_role_is_no_bow_tie(threads):
    assert counterparts_mapped(threads.iloc[[0]]) == []


@given(st.lists(st.sampled_from(["", "Li", "Eva", "Li; Eva"]), min_size=5, max_size=5))
def test_accounts_without_a_counterpart_are_those_with_a_blank_person(people):
    table = pd.DataFrame(
        {
            "account_id": ["C1", "C1", "C2", "C2", "C3"],
            "client_role": ["buyer", "owner", "buyer", "owner", "buyer"],
            "person": people,
        }
    )
    bare = {
        (one.subject, account)
        for one in counterparts_mapped(table)
        if one.about == "client role"
        for account in one.accounts
    }
    blank = table[table["person"] == ""]
    assert bare == set(zip(blank["client_role"], blank["account_id"], strict=True))


def test_counterparts_without_a_person_column_are_refused(threads):
    with pytest.raises(InputError, match="there is no person"):
        counterparts_mapped(threads.drop(columns="person"))


def test_counterparts_given_are_not_changed(threads):
    before = threads.copy()
    counterparts_mapped(threads)
    pd.testing.assert_frame_equal(threads, before)
