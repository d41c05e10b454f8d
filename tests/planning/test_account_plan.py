import datetime

import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.planning.account_plan import (
    ACTION_COLUMNS,
    GOAL_COLUMNS,
    ITEM_COLUMNS,
    POSITION_COLUMNS,
    RISK_COLUMNS,
    account_plan,
    plan_items,
)

DAY = datetime.date(2024, 12, 31)


def parts(**changed):
    made = {
        "position": pd.DataFrame(
            [("Sales of a year", 1_200.0, None, None, "EUR", "invoices"),
             ("Zone", "captive supplier", None, None, "", "power")],
            columns=list(POSITION_COLUMNS),
        ),
        "goals": pd.DataFrame(
            [("Imbalance in the corridor", 0.33, 0.15, "", "Ines", pd.Timestamp(2025, 12, 31), "")],
            columns=list(GOAL_COLUMNS),
        ),
        "actions": pd.DataFrame(
            [("Later", "power", "Ines", pd.Timestamp(2025, 3, 1), 10.0, 0.0, "", ""),
             ("Sooner", "power", "Ines", pd.Timestamp(2025, 2, 1), 5.0, 0.0, "", "")],
            columns=list(ACTION_COLUMNS),
        ),
        "risks": pd.DataFrame(
            [("It goes", "11 % of sales", "a tender", "a second line", "Ines")],
            columns=list(RISK_COLUMNS),
        ),
    }  # fmt: skip
    return made | changed


def plan(**changed):
    return account_plan("a", name="浩瀚", as_of=DAY, **parts(**changed))


def test_what_is_soonest_comes_first_and_the_budget_is_the_sum():
    made = plan()
    assert made.actions["action"].tolist() == ["Sooner", "Later"]
    assert made.budget == 15.0


def test_items_hold_every_row_of_every_part():
    items = plan_items(plan())
    assert list(items.columns) == list(ITEM_COLUMNS)
    assert items["section"].value_counts().to_dict() == {
        "position": 2, "action": 2, "goal": 1, "risk": 1,
    }  # fmt: skip
    said = items.set_index("item")["what"]
    assert said["Sales of a year"] == "1,200 EUR"
    assert said["Zone"] == "captive supplier"
    assert said["Imbalance in the corridor"] == "0.33 to 0.15"


def test_what_is_not_known_is_said_to_be():
    unknown = parts()["position"].assign(value=float("nan"))
    assert plan_items(plan(position=unknown))["what"].iloc[0] == "not known EUR"


def test_items_survive_a_csv(tmp_path):
    items = plan_items(plan())
    items.to_csv(tmp_path / "account_plan.csv", index=False)
    again = pd.read_csv(tmp_path / "account_plan.csv", dtype="str", keep_default_na=False)
    assert again["what"].tolist() == items["what"].tolist()


def test_a_part_without_a_column_is_refused():
    with pytest.raises(InputError, match="actions of the account plan lack the columns trigger"):
        plan(actions=parts()["actions"].drop(columns="trigger"))


def test_a_name_that_stands_twice_is_refused():
    twice = parts()["risks"]
    with pytest.raises(InputError, match="risks of the account plan name 'It goes' twice"):
        plan(risks=pd.concat([twice, twice]))


def test_planning_leaves_its_parts_as_they_were():
    given = parts()
    before = {name: table.copy(deep=True) for name, table in given.items()}
    account_plan("a", name="x", as_of=DAY, **given)
    for name, table in given.items():
        pd.testing.assert_frame_equal(table, before[name])
