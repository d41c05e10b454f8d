import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.leaving import leaving
from kamtools.samples.company import SEED, make_company
from kamtools.samples.company_flaws import planted_flaws


def test_another_who_does_it_covers_before_a_deputy(division):
    gone = leaving("Li", division("Visit the buyers", responsible="Li; Jonas"))
    assert gone.activities.loc["Visit the buyers", ["covered_by", "by_deputy"]].tolist() == [
        "Jonas", False
    ]  # fmt: skip


def test_deputy_covers_where_nobody_else_does_it(division):
    gone = leaving("planner", division())
    row = gone.activities.loc["Plan volumes"]
    assert (row["covered_by"], row["by_deputy"]) == ("shift leader", True)


def test_deputy_does_not_answer_for_an_activity(division):
    gone = leaving("head of production", division())
    assert gone.activities.loc["Plan volumes", "covered_by"] == "nobody"


def test_one_who_stands_in_for_oneself_leaves_nobody(division):
    gone = leaving("planner", division("Plan volumes", deputy="Planner"))
    assert gone.activities["covered_by"].tolist() == ["nobody"]


def test_accounts_are_cut_off_where_the_person_was_the_only_thread(threads):
    tied = threads.assign(person=["Li", None, "Li", "Eva; Li", "head of sales"])
    gone = leaving("Li", counterparts=tied)
    assert gone.accounts.loc["C1"].to_dict() == {"contacts": 2, "lost": 2, "is_cut_off": True}
    assert gone.accounts.loc["C2"].to_dict() == {"contacts": 2, "lost": 0, "is_cut_off": False}
    assert gone.accounts.index[0] == "C1"


def test_role_of_the_person_can_be_told_beside_the_name(division, threads):
    gone = leaving("Li", division(), threads, also=["Key Account Manager"])
    assert set(gone.activities.index) == {"Give notice of our steps", "Visit the buyers"}
    assert len(gone.contacts) == 2
    assert gone.unknown == ()


def test_what_the_tables_do_not_tell_is_said(division, threads):
    gone = leaving("planner", division().drop(columns="deputy"), None)
    assert [sentence.split(" are")[0] for sentence in gone.unknown] == [
        "Deputies", "Client contacts"
    ]  # fmt: skip
    assert "may be that of their role" in leaving("Li", division(), threads).unknown[0]


def test_single_thread_planted_in_the_sample_company_is_cut_off():
    tables, flaws = make_company(seed=SEED), planted_flaws(seed=SEED)
    account = flaws.loc[flaws["flaw"] == "single_thread", "subject"].item()
    accounts, people = tables["accounts"], tables["managers"].set_index("manager_id")["name"]
    manager = accounts.set_index("account_id").loc[account, "manager_id"]
    gone = leaving(people[manager], tables["activities"], tables["counterparts"])
    assert gone.accounts.index[gone.accounts["is_cut_off"]].tolist() == [account]


@given(st.lists(st.sets(st.sampled_from(["Li", "Eva", "Jonas"])), min_size=1, max_size=8))
def test_lost_contacts_are_those_that_nobody_else_has(people):
    people[0] = people[0] | {"Li"}
    table = pd.DataFrame(
        {
            "account_id": [f"C{row % 3}" for row in range(len(people))],
            "client_role": [f"role {row}" for row in range(len(people))],
            "person": ["; ".join(sorted(who)) for who in people],
        }
    )
    gone = leaving("Li", counterparts=table)
    assert gone.accounts["lost"].sum() == sum(who == {"Li"} for who in people)
    assert (gone.accounts["lost"] <= gone.accounts["contacts"]).all()
    assert len(gone.contacts) == sum("Li" in who for who in people)


def test_person_whom_no_table_knows_is_refused(division, threads):
    with pytest.raises(InputError, match="nobody called Leo does an activity"):
        leaving("Leo", division(), threads)


def test_tables_given_to_leaving_are_not_changed(division, threads):
    activities = division()
    before = activities.copy(), threads.copy()
    leaving("Li", activities, threads)
    pd.testing.assert_frame_equal(activities, before[0])
    pd.testing.assert_frame_equal(threads, before[1])
