import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.planning.account_plan import POSITION_COLUMNS, RISK_COLUMNS
from kamtools.planning.account_position import account_position, account_risks

CORRIDOR = (-0.15, 0.15)


def scorecard(**changed):
    table = pd.DataFrame(
        {
            "revenue": [60.0, 40.0],
            "revenue_share": [0.6, 0.4],
            "growth": [0.1, -0.3],
            "margin": [15.0, np.nan],
            "margin_rate": [0.25, np.nan],
        },
        index=pd.Index(["a", "b"], name="account_id"),
    )
    return table.assign(**changed)


def power(imbalance=0.33):
    row = {"account_id": "b", "zone": "captive supplier", "power_imbalance": imbalance,
           "power_imbalance_low": 0.28, "power_imbalance_high": 0.4, "mutual_dependence": 0.4,
           "mutual_dependence_low": 0.35, "mutual_dependence_high": 0.47}  # fmt: skip
    return pd.DataFrame([row])


def losses(lost=100.0):
    row = {"account_id": "b", "side": "supplier", "margin_lost": lost, "margin_lost_low": 50.0,
           "margin_lost_high": 300.0}  # fmt: skip
    return pd.DataFrame([row])


def risks(position, **changed):
    given = {"name": "浩瀚", "losses": losses(), "corridor": CORRIDOR, "owner": "Ines"}
    return account_risks("b", position=position, **(given | changed))


def position(**changed):
    return account_position("b", scorecard=scorecard(), currency="EUR", **changed)


def test_what_no_table_knows_has_no_row():
    items = position()["item"].tolist()
    assert items == [
        "Sales of a year", "Rank by sales", "Share of our sales", "Growth on the year before",
    ]  # fmt: skip


def test_every_analysis_that_knows_the_account_adds_to_the_position():
    relationship = pd.DataFrame({"account_id": ["b"], "share_of_wallet": [0.03]})
    chosen = pd.DataFrame({"rank": [4], "cell": ["star"]}, index=["b"])
    profit = pd.DataFrame({"profit": [-3.0]}, index=["b"])
    table = position(power=power(), relationship=relationship, chosen=chosen, profit=profit)
    known = table.set_index("item")
    assert known.loc["Power imbalance", ["value", "low", "high"]].tolist() == [0.33, 0.28, 0.4]
    assert known.loc["Cell of the portfolio matrix", "value"] == "star"
    assert known.loc["Profit after serving it", "value"] == -3.0
    assert known.loc["Share of its wallet", "source"] == "relationship facts"
    assert "Months it needs to replace us" not in known.index
    assert list(table.columns) == list(POSITION_COLUMNS)


def test_accounts_of_the_same_sales_share_the_better_rank():
    table = account_position("b", scorecard=scorecard(revenue=[50.0, 50.0]), currency="EUR")
    assert table.set_index("item")["value"]["Rank by sales"] == 1


def test_an_account_without_invoices_is_refused():
    with pytest.raises(InputError, match="no account 'z'"):
        account_position("z", scorecard=scorecard(), currency="EUR")


def test_risks_come_with_trigger_answer_and_owner():
    table = risks(position(power=power()), single_threads=2)
    assert list(table.columns) == list(RISK_COLUMNS)
    assert table["risk"].tolist() == [
        "浩瀚 leaves", "浩瀚 asks for more than the corridor allows", "浩瀚 goes on buying less",
        "A person leaves, and a contact with them",
    ]  # fmt: skip
    assert (table != "").all(axis=None)
    assert "100 of margin until it is replaced (50 to 300)" in table["today"][0]


def test_only_what_the_figures_give_cause_for_is_a_risk():
    steady = account_position("a", scorecard=scorecard(), currency="EUR", power=None)
    table = account_risks(
        "a", name="A", position=steady, losses=losses(), corridor=CORRIDOR, owner="Ines"
    )
    assert table.empty
    assert list(table.columns) == list(RISK_COLUMNS)


@pytest.mark.parametrize(("imbalance", "is_risk"), [(0.15, False), (0.16, True)])
def test_an_imbalance_is_a_risk_only_beyond_the_corridor(imbalance, is_risk):
    table = risks(position(power=power(imbalance)), losses=losses(np.nan))
    assert ("浩瀚 asks for more than the corridor allows" in set(table["risk"])) == is_risk


def test_looking_at_an_account_changes_nothing():
    table = scorecard()
    before = table.copy(deep=True)
    account_position("b", scorecard=table, currency="EUR", power=power())
    pd.testing.assert_frame_equal(table, before)
