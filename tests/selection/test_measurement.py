from datetime import date

import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.selection.criteria import CRITERIA
from kamtools.selection.measurement import criteria_table

AS_OF = date(2024, 12, 31)
IDS = pd.Index(["a", "b", "c", "d"], name="account_id")


@pytest.fixture
def scorecard():
    return pd.DataFrame(
        {
            "revenue": [1000.0, 400.0, 200.0, 100.0],
            "margin": [300.0, 150.0, 40.0, 30.0],
            "growth": [0.1, -0.2, 3.0, np.nan],
            "trend": [0.0, -0.05, 0.02, 0.4],
            "regularity": [1.0, 0.5, 0.25, 1.0],
            "volatility": [0.2, 0.9, 1.5, 0.1],
            "returns_rate": [0.0, 0.1, 0.4, 0.0],
        },
        index=IDS,
    )


@pytest.fixture
def accounts():
    return pd.DataFrame(
        {
            "account_id": ["d", "c", "b", "a"],
            "segment": ["x", "supermarket", "x", "x"],
            "growth_potential_rating": [1.0, 5.0, 2.0, np.nan],
            "relationship_rating": [3.0, 3.0, 3.0, 3.0],
            "bargaining_power_rating": [1.0, 1.0, 4.0, 5.0],
            "charm_rating": [1.0, 2.0, 3.0, 4.0],
        }
    )


@pytest.fixture
def relationship():
    return pd.DataFrame(
        {"account_id": ["a", "b"], "share_of_wallet": [0.2, 0.5],
         "months_to_replace_them": [6.0, 30.0]}
    )  # fmt: skip


@pytest.fixture
def service():
    return pd.DataFrame(
        {"account_id": ["a", "a"], "date": pd.to_datetime(["2024-03-01", "2024-04-01"]),
         "activity": ["visit", "visit"], "hours": [2.0, 3.0], "cost": [400.0, np.nan]}
    )  # fmt: skip


def reasons(table):
    return table.left_out.set_index("criterion")["reason"]


def test_profit_is_what_service_leaves_of_the_margin(scorecard, service):
    # Kanthal: the largest account earns least once it is served.
    table = criteria_table(scorecard, service=service, as_of=AS_OF, cost_per_hour=50)
    assert table.measured["margin"].tolist() == [300 - 550, 150, 40, 30]
    assert table.values["margin"].idxmin() == "a"
    assert table.labels["margin"] == "Profit after service"


def test_cost_of_service_is_a_part_of_sales(scorecard, service):
    table = criteria_table(scorecard, service=service, as_of=AS_OF, cost_per_hour=50)
    assert table.measured["service_cost_rate"].tolist() == [0.55, 0, 0, 0]
    assert table.values["service_cost_rate"].max() == 0.5


def test_without_service_profit_is_before_service_and_says_so(scorecard):
    table = criteria_table(scorecard, as_of=AS_OF)
    assert table.measured["margin"].tolist() == scorecard["margin"].tolist()
    assert table.labels["margin"] == "Profit before service"
    assert reasons(table)["service_cost_rate"].startswith("not known; it needs cost")


def test_without_cost_of_goods_sales_take_over(scorecard):
    table = criteria_table(scorecard.assign(margin=np.nan), as_of=AS_OF)
    assert "margin" not in table.values
    assert reasons(table)["margin"] == (
        "not known; it needs cost in invoices (and service for the cost of serving); "
        "Sales takes over its default weight"
    )


def test_headroom_is_what_the_account_buys_elsewhere(scorecard, relationship):
    table = criteria_table(scorecard, relationship=relationship, as_of=AS_OF)
    assert table.measured["headroom"].tolist()[:2] == pytest.approx([4000, 400])
    assert table.measured["headroom"].isna().tolist() == [False, False, True, True]


def test_account_that_buys_everything_here_has_no_headroom(scorecard, relationship):
    full = relationship.assign(share_of_wallet=[1.0, 0.5])
    assert criteria_table(scorecard, relationship=full, as_of=AS_OF).measured["headroom"]["a"] == 0


def test_share_of_wallet_of_nothing_contradicts_sales_and_is_not_known(scorecard, relationship):
    none = relationship.assign(share_of_wallet=[0.0, 0.5], account_id=["c", "a"])
    table = criteria_table(scorecard, relationship=none, as_of=AS_OF)
    assert "headroom" not in table.values  # one known value tells nobody apart


def test_facts_known_for_few_accounts_with_most_sales_are_kept(scorecard, relationship):
    few = pd.concat([scorecard, scorecard.tail(2).set_axis(["e", "f"])])
    assert "headroom" in criteria_table(few, relationship=relationship, as_of=AS_OF).values


def test_facts_known_for_few_accounts_with_few_sales_are_left_out(scorecard, relationship):
    small = relationship.tail(1).assign(account_id="d")
    table = criteria_table(scorecard, relationship=small, as_of=AS_OF)
    assert reasons(table)["headroom"] == (
        "known for 1 of 4 accounts with 6 % of sales; it needs share_of_wallet in relationship"
    )


def test_ratings_are_matched_by_account(scorecard, accounts):
    table = criteria_table(scorecard, accounts=accounts, as_of=AS_OF)
    assert table.measured["bargaining_power"].to_dict() == {"a": 5, "b": 4, "c": 1, "d": 1}


def test_criterion_in_which_all_are_alike_is_left_out(scorecard, accounts):
    table = criteria_table(scorecard, accounts=accounts, as_of=AS_OF)
    assert reasons(table)["relationship"] == "all accounts alike"


def test_goals_make_strategic_fit(scorecard, accounts):
    goal = {"name": "city", "column": "segment", "values": ["supermarket"]}
    table = criteria_table(scorecard, accounts=accounts, goals=[goal], as_of=AS_OF)
    assert table.measured["strategic_fit"].to_dict() == {"a": 0, "b": 0, "c": 1, "d": 0}


def test_the_firms_own_rating_is_named_and_not_guessed_at(scorecard, accounts):
    table = criteria_table(scorecard, accounts=accounts, as_of=AS_OF)
    assert "name it in a goal" in reasons(table)["charm_rating"]
    goal = {"name": "charm", "column": "charm_rating"}
    table = criteria_table(scorecard, accounts=accounts, goals=[goal], as_of=AS_OF)
    assert "charm_rating" not in reasons(table)


def test_every_criterion_is_either_in_the_table_or_left_out(scorecard, accounts):
    table = criteria_table(scorecard, accounts=accounts, as_of=AS_OF)
    assert {*table.values, *table.left_out["criterion"]} >= {c.name for c in CRITERIA}
    assert not set(table.values) & set(table.left_out["criterion"])


def test_parts_of_the_table_speak_of_the_same_criteria(scorecard, accounts, relationship, service):
    table = criteria_table(
        scorecard, accounts=accounts, relationship=relationship, service=service, as_of=AS_OF,
        cost_per_hour=50,
    )  # fmt: skip
    names = list(table.values)
    assert list(table.measured) == names
    assert table.objectives.index.tolist() == names
    assert table.labels.index.tolist() == names
    assert table.values.index.equals(scorecard.index)


def test_unit_of_money_does_not_matter(scorecard, accounts, relationship):
    tables = {"accounts": accounts, "relationship": relationship, "as_of": AS_OF}
    money = scorecard[["revenue", "margin"]] * 7.5
    pd.testing.assert_frame_equal(
        criteria_table(scorecard.assign(**money), **tables).values,
        criteria_table(scorecard, **tables).values,
    )


def test_order_of_accounts_does_not_matter(scorecard, accounts):
    turned = criteria_table(scorecard[::-1], accounts=accounts, as_of=AS_OF).values
    pd.testing.assert_frame_equal(
        turned[::-1], criteria_table(scorecard, accounts=accounts, as_of=AS_OF).values
    )


def test_scorecard_without_a_column_is_refused(scorecard):
    with pytest.raises(InputError, match="lacks the column growth and margin"):
        criteria_table(scorecard.drop(columns=["growth", "margin"]), as_of=AS_OF)


def test_empty_scorecard_is_refused(scorecard):
    with pytest.raises(InputError, match="no account can be chosen"):
        criteria_table(scorecard.head(0), as_of=AS_OF)


def test_goals_without_accounts_are_refused(scorecard):
    with pytest.raises(InputError, match="there is no table of accounts"):
        criteria_table(scorecard, goals=[{"name": "x", "column": "y"}], as_of=AS_OF)


def test_accounts_that_nothing_tells_apart_are_refused(scorecard):
    with pytest.raises(InputError, match="no criterion tells the accounts apart; there are 1"):
        criteria_table(scorecard.head(1), as_of=AS_OF)


def test_tables_are_not_modified(scorecard, accounts, relationship, service):
    tables = {"accounts": accounts, "relationship": relationship, "service": service}
    before = {name: table.copy() for name, table in tables.items()}
    scorecard_before = scorecard.copy()
    criteria_table(scorecard, **tables, as_of=AS_OF, cost_per_hour=50)
    pd.testing.assert_frame_equal(scorecard, scorecard_before)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, before[name])
