import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.role.assignment import assign_accounts
from kamtools.role.assignment_conflicts import conflict_message, fighting_rules
from kamtools.role.assignment_kinds import is_possible, kinds_in_force, model_under
from kamtools.role.assignment_rules import AssignmentRules

LOOSE = AssignmentRules(balance=None)


@pytest.fixture
def firm():
    """Return six accounts of 50 hours and three managers of 120; M2 and M3 speak Mandarin."""
    accounts = pd.DataFrame(
        {"hours": 50.0, "language": ["zh", "zh", "zh", None, None, None], "rivals": None,
         "region": "North", "needs": None},
        index=pd.Index(list("abcdef"), name="account_id"),
    ).astype({"rivals": object, "needs": object})  # fmt: skip
    managers = pd.DataFrame(
        {"capacity_hours": 120.0, "languages": [None, "zh", "zh"], "region": "North"},
        index=pd.Index(["M1", "M2", "M3"], name="manager_id"),
    )
    return accounts, managers


def refusal(accounts, managers, rules):
    with pytest.raises(InputError) as caught:
        assign_accounts(accounts, managers, rules=rules)
    return str(caught.value)


def is_smallest(accounts, managers, rules):
    """Say whether the rules that are told to fight do, and no longer if any one is gone."""
    conflict = fighting_rules(accounts, managers, rules)
    everyone = np.ones(len(accounts), dtype=bool)

    def possible(kinds, needed):
        return is_possible(model_under(kinds, accounts, managers, rules), needed, time_limit=10)

    assert possible(conflict.kinds, conflict.accounts) is False
    assert conflict.is_smallest
    return all(
        possible([one for one in conflict.kinds if one != kind], everyone)
        for kind in conflict.kinds
    )


def test_too_little_capacity_is_told_in_hours(firm):
    accounts, managers = firm
    short = managers.assign(capacity_hours=90.0)
    message = refusal(accounts, short, LOOSE)
    assert message == (
        "no assignment meets all rules: the capacity of all managers is 270 hours a year, a, b, "
        "c, d, e and f need 300. There would be one with 30 more hours of capacity."
    )
    assert is_smallest(accounts, short, LOOSE)


def test_hours_that_suffice_in_all_but_not_in_parts_are_told_as_such(firm):
    accounts, managers = firm
    message = refusal(accounts, managers.assign(capacity_hours=[99.0, 110.0, 110.0]), LOOSE)
    assert "319 hours a year" in message
    assert "enough in all, but they do not fit in as they are (50, 50, " in message


def test_three_rivals_and_two_managers_that_speak_their_language_are_told_by_name(firm):
    accounts, managers = firm
    rivals = accounts.assign(rivals=["b; c", "c", None, None, None, None])
    rules = AssignmentRules(musts=("language",), balance=None)
    assert refusal(rivals, managers, rules) == (
        "no assignment meets all rules: only M2 and M3 speak zh, for a, b and c; a, b and c are "
        "rivals of each other. There would be one if rivals may share a manager, or if a manager "
        "need not speak an account's language."
    )
    assert is_smallest(rivals, managers, rules)


def test_a_language_that_nobody_speaks_is_told_with_the_account(firm):
    accounts, managers = firm
    accounts.loc["e", "language"] = "fi"
    message = refusal(accounts, managers, AssignmentRules(musts=("language",)))
    assert "nobody speaks fi, for e. There would be one if" in message


def test_one_who_alone_has_what_is_needed_is_told_with_the_hours(firm):
    accounts, managers = firm
    needs = accounts.assign(needs="Finance")
    able = managers.assign(competences=[None, None, "finance"])
    message = refusal(needs, able, AssignmentRules(musts=("competences",), balance=None))
    assert "only M3 has Finance, for " in message
    assert "the capacity of M3 is 120 hours a year" in message
    assert "b" in message.split("for ")[1]


def test_too_many_accounts_for_the_span_are_counted(firm):
    message = refusal(*firm, AssignmentRules(max_span=1))
    assert "at most 1 account each for M1, M2 and M3 makes 3, and there are 6" in message
    assert message.endswith("There would be one with up to 2 accounts for a manager.")


def test_accounts_that_cannot_be_divided_evenly_name_the_largest(firm):
    accounts, managers = firm
    few = accounts.iloc[:4]
    message = refusal(few, managers, AssignmentRules())
    assert "each load must be within ±15 % of its share (67 hours a year)" in message
    assert "the largest, a, takes 50" in message
    assert message.endswith("with loads within ±50 % of their share.")
    assert assign_accounts(few, managers, rules=AssignmentRules(balance=0.5)).gap == 0


def test_a_way_out_that_is_told_is_one(firm):
    accounts, managers = firm
    short = managers.assign(capacity_hours=[110.0, 60.0, 120.0])
    message = refusal(accounts, short, LOOSE)
    more = float(message.split("one with ")[1].split(" more hours")[0])
    found = [
        is_possible(
            model_under(["capacity"], accounts, short.assign(capacity_hours=capacity), LOOSE),
            np.ones(6, dtype=bool),
            time_limit=10,
        )
        for capacity in ([110 + more, 60, 120], [110, 60 + more, 120], [110, 60, 120 + more])
    ]
    assert any(found)


def test_rules_that_can_be_met_do_not_fight(firm):
    accounts, managers = firm
    assert fighting_rules(accounts, managers, LOOSE) is None
    assert kinds_in_force(accounts, managers, LOOSE) == ["capacity"]


@pytest.mark.parametrize("seed", range(6))
def test_set_of_rules_that_fight_is_a_smallest_one(seed):
    rng = np.random.default_rng(seed)
    n = 12
    accounts = pd.DataFrame(
        {
            "hours": rng.integers(20, 90, n).astype(float),
            "language": np.where(rng.random(n) < 0.5, "zh", None),
            "rivals": [f"{(place + 1) % n:02d}; {(place + 2) % n:02d}" for place in range(n)],
        },
        index=[f"{place:02d}" for place in range(n)],
    )
    managers = pd.DataFrame(
        {"capacity_hours": accounts["hours"].sum() / 3 * rng.uniform(0.9, 1.1, 3),
         "languages": ["zh", "zh", None]}, index=["M1", "M2", "M3"],
    )  # fmt: skip
    rules = AssignmentRules(max_span=4, musts=("language",))
    if fighting_rules(accounts, managers, rules) is not None:
        assert is_smallest(accounts, managers, rules)


def test_names_stand_for_ids_where_there_are_any(firm):
    accounts, managers = firm
    named = managers.assign(name=["Ines", "林知秋", None], capacity_hours=90.0)
    rules = AssignmentRules(musts=("language",), balance=None, max_span=1)
    named["capacity_hours"] = np.nan
    assert "at most 1 account each for Ines, 林知秋 and M3" in conflict_message(
        accounts, named, rules
    )
    named["capacity_hours"], rules = 70.0, AssignmentRules(musts=("language",), balance=None)
    accounts = accounts.iloc[:3]
    assert "林知秋 and M3" in conflict_message(accounts, named, rules)


def test_tables_stay_as_they_were(firm):
    accounts, managers = firm
    before = accounts.copy(deep=True), managers.copy(deep=True)
    conflict_message(accounts, managers, AssignmentRules(max_span=1, musts=("language",)))
    pd.testing.assert_frame_equal(accounts, before[0])
    pd.testing.assert_frame_equal(managers, before[1])
