import datetime

import pandas as pd
import pytest

from kamtools.planning.role_decisions import role_decisions
from kamtools.role.assignment import assign_accounts
from kamtools.role.competence import competence_levels, team_gaps
from kamtools.role.headcount import headcount
from kamtools.role.responsibility import check_raci

AS_OF = datetime.date(2025, 1, 31)


@pytest.fixture
def need():
    table = pd.DataFrame(
        {"tier": "key", "hours": [1000.0, 1000.0], "hours_low": 900.0, "hours_high": 1100.0,
         "source": "service log"}, index=["a", "b"],
    )  # fmt: skip
    return headcount(table, hours_per_year=1000, share_for_accounts=1.0, seed=1)


@pytest.fixture
def decide(need):
    def make(**changes):
        given = {
            "need": need, "managers": 2, "assignment": None, "findings": check_raci(None),
            "team": team_gaps(competence_levels(None)), "owner": "head of sales", "as_of": AS_OF,
        }  # fmt: skip
        return role_decisions(**(given | changes))

    return make


def test_where_nothing_is_wrong_nothing_is_decided(decide):
    assert decide().empty


@pytest.mark.parametrize(
    ("managers", "said"),
    [(None, "Name 2 key account managers"), (0, "Add 2 or more to 0"), (9, "what else the 9")],
)
def test_heads_that_do_not_fit_the_hours_are_decided_within_a_month(decide, managers, said):
    (row,) = decide(managers=managers).itertuples()
    assert said in row.decision
    assert "2,000 hours a year" in row.because
    assert row.date == pd.Timestamp(2025, 3, 2)
    assert row.owner == "head of sales"


def test_accounts_that_move_are_counted(decide):
    accounts = pd.DataFrame({"hours": [60.0, 60.0], "manager_id": "M1"}, index=["a", "b"])
    managers = pd.DataFrame({"capacity_hours": [75.0, 75.0]}, index=["M1", "M2"])
    table = decide(assignment=assign_accounts(accounts, managers))
    assert table["decision"].tolist() == ["Move 1 account to another manager"]


def test_what_must_be_mended_in_the_division_of_work_is_told_with_its_subject(decide):
    activities = pd.DataFrame(
        {"activity": ["Set the price floor"], "function": ["finance"],
         "responsible": ["pricing analyst"], "accountable": ["key account manager"]}
    )  # fmt: skip
    table = decide(findings=check_raci(activities))
    assert table["decision"].str.startswith("Set the price floor: ").any()


def test_the_widest_gaps_of_the_team_are_trained(decide):
    judged = pd.DataFrame(
        {"manager_id": ["M1"], "assessor": ["manager"], "competence": ["negotiation"],
         "level": [1.0]}
    )  # fmt: skip
    team = team_gaps(competence_levels(judged))
    (row,) = decide(team=team).itertuples()
    assert row.decision == "Train the team in negotiation"
