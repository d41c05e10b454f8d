import datetime

import pandas as pd
import pytest

from kamtools.planning.account_parts import KEPT, MOST_OFFERS, account_actions, account_goals
from kamtools.planning.account_plan import ACTION_COLUMNS, GOAL_COLUMNS

DAY = datetime.date(2024, 12, 31)
CORRIDOR = (-0.15, 0.15)


def goals(imbalance=0.0, margin=100.0, **changed):
    position = pd.DataFrame(
        {"item": ["Power imbalance", "Margin of a year"], "value": [imbalance, margin]}
    )
    given = {"name": "浩瀚", "corridor": CORRIDOR, "owner": "Ines", "as_of": DAY, "currency": "EUR"}
    return account_goals(position=position, **(given | changed))


def actions(**changed):
    given = {"name": "浩瀚", "decisions": decisions(), "owner": "Ines", "as_of": DAY,
             "currency": "EUR"}  # fmt: skip
    return account_actions("a", **(given | changed))


def decisions(*accounts):
    rows = [
        {"account_id": account, "decision": f"Do it for {account or 'the firm'}", "owner": "Li",
         "date": pd.Timestamp(2025, 2, 14), "cost": 10.0, "trigger": "t", "because": "b",
         "kind": "measure"}
        for account in accounts
    ]  # fmt: skip
    columns = ["account_id", "decision", "owner", "date", "cost", "trigger", "because",
               "kind"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def gaps(*groups, margin=30.0):
    table = pd.DataFrame({"brings": 100.0, "margin": margin, "margin_low": 20.0,
                          "margin_high": 50.0}, index=list(groups))  # fmt: skip
    return table


@pytest.mark.parametrize(
    ("imbalance", "target"), [(0.33, 0.15), (-0.4, -0.15), (0.15, None), (0.0, None)]
)
def test_an_imbalance_outside_goes_to_the_nearer_end_of_the_corridor(imbalance, target):
    table = goals(imbalance)
    assert table["target"].tolist() == ([] if target is None else [target])


def test_white_space_is_a_goal_in_margin_and_is_called_possible_only():
    space = pd.Series({"margin": 40.0, "margin_low": 10.0, "margin_high": 80.0})
    row = goals(white_space=space).iloc[0]
    assert (row["today"], row["target"]) == (100.0, 140.0)
    assert "EUR 40 (10 to 80)" in row["because"]
    assert "not a forecast" in row["because"]


def test_contacts_and_notices_are_goals_only_where_something_lacks():
    assert goals(open_roles=0, notices_kept=KEPT).empty
    table = goals(open_roles=2, notices_kept=0.4)
    assert table["target"].tolist() == [0.0, KEPT]
    assert list(table.columns) == list(GOAL_COLUMNS)
    assert (table["date"] == pd.Timestamp(2025, 12, 31)).all()


def test_decisions_of_other_accounts_stay_out_and_those_of_the_firm_come_in():
    table = actions(decisions=decisions("a", "b", ""))
    assert table["action"].tolist() == ["Do it for a", "Do it for the firm"]
    assert table["cost"].sum() == 20.0


def test_what_the_firm_asks_of_other_accounts_stays_out():
    asked = decisions("", "a").assign(kind="watch")
    assert actions(decisions=asked)["action"].tolist() == ["Do it for a"]


def test_the_first_few_gaps_are_offered_with_what_they_bring():
    table = actions(gaps=gaps("salt", "tea", "rice", "jam"))
    assert len(table) == MOST_OFFERS
    assert table["action"][0] == "Offer salt"
    assert table["brings"].tolist() == [100.0] * MOST_OFFERS
    assert "EUR 30 of margin a year (20 to 50)" in table["because"][0]


def test_without_costs_a_gap_is_told_in_sales():
    table = actions(gaps=gaps("salt", margin=float("nan")))
    assert "EUR 100 of sales a year" in table["because"][0]


def test_open_roles_and_notices_become_actions_soonest_first():
    notices = pd.DataFrame(
        {"date": [pd.Timestamp(2025, 1, 10)], "what": ["Notice of the new price list"],
         "owner": [""]}
    )  # fmt: skip
    table = actions(open_roles=pd.Series(["finance"]), notices=notices)
    assert table["action"].tolist() == [
        "Notice of the new price list, 2025-01-10", "Name somebody for the finance of 浩瀚",
    ]  # fmt: skip
    assert set(table["owner"]) == {"Ines"}


def test_nothing_to_do_is_an_empty_plan_with_its_columns():
    table = actions()
    assert table.empty
    assert list(table.columns) == list(ACTION_COLUMNS)


def test_planning_changes_nothing():
    given = decisions("a")
    before = given.copy(deep=True)
    actions(decisions=given)
    pd.testing.assert_frame_equal(given, before)
