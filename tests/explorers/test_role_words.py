from dataclasses import replace

import pandas as pd
import pytest

from kamtools.explorers.role_case import Case, settings_at_start
from kamtools.explorers.role_gap_words import describe_assumed, describe_nobody
from kamtools.explorers.role_what_if import unmoved, what_if
from kamtools.explorers.role_words import (
    describe_heads,
    describe_loads,
    describe_match,
    describe_moves,
    describe_role_answer,
)
from kamtools.role.assignment_rules import AssignmentRules, assignment_prices


def firm(**changes):
    accounts = pd.DataFrame(
        {
            "hours": [100.0, 60.0, 80.0],
            "manager_id": ["M1", "M1", "M2"],
            "language": ["zh", None, None],
            "needs": [None, "finance", None],
        },
        index=["a", "b", "c"],
    )
    managers = pd.DataFrame(
        {
            "name": ["Li", "Eva"],
            "capacity_hours": [200.0, 200.0],
            "languages": ["en", "en"],
            "competences": ["data", "finance"],
        },
        index=["M1", "M2"],
    )
    case = Case(
        accounts, accounts[:0], managers, pd.Series({"a": "浩瀚", "b": "Riser", "c": "Giant"}),
        AssignmentRules(balance=None), assignment_prices(None), 400.0, 0.5, seed=1,
    )  # fmt: skip
    return replace(case, **changes)


def told(case, **moved):
    settings = replace(settings_at_start(case), **moved)
    return what_if(case, settings), settings


def test_heads_needed_stand_beside_heads_there():
    answer, _ = told(firm())
    assert describe_heads(answer) == (
        "3 accounts need 240 hours a year, 1.2 full-time managers: 2 people. There are 2, worth "
        "2.0 full-time."
    )


def test_heads_that_lack_are_counted():
    case = firm()
    settings = replace(settings_at_start(case), hours_per_year=100.0)
    assert describe_heads(unmoved(case, settings)).endswith("5 people. There are 2, worth 2.0 "
                                                            "full-time: 3 too few.")  # fmt: skip


def test_span_that_asks_for_heads_is_named():
    case = firm(rules=AssignmentRules(balance=None, max_span=1))
    answer = unmoved(case, settings_at_start(case))
    assert "3 people, as the most accounts for each asks" in describe_heads(answer)


def test_moves_are_told_with_names():
    case = firm()
    answer, _ = told(replace(case, managers=case.managers.assign(capacity_hours=[100.0, 200.0])))
    assert describe_moves(answer, has_start=False) == (
        "Against today 1 of 3 accounts moves: Riser (Li to Eva)."
    )


def test_accounts_with_nobody_are_told_with_their_hours():
    case = firm()
    answer = unmoved(case, replace(settings_at_start(case), leaver="M1"))
    assert "2 accounts have nobody (160 hours a year): 浩瀚 and Riser." in describe_moves(
        answer, has_start=True
    )


def test_loads_that_are_not_even_are_told_with_names():
    case = firm()
    answer = unmoved(case, replace(settings_at_start(case), balance=0.15, hours_per_year=300.0))
    assert describe_loads(answer, 0.15) == (
        "Loads are from 67 % to 133 % of each manager's share; outside ±15 %: Li and Eva; beyond "
        "capacity: Li."
    )
    assert describe_loads(told(case, balance=0.5)[0], 0.5).endswith("share, within ±50 %.")


def test_what_does_not_match_is_told():
    assert describe_match(unmoved(firm(), settings_at_start(firm()))) == (
        "Rivals are apart; the manager of 1 of 3 accounts does not speak the language and needed "
        "competences are met to 75 %."
    )


def test_pairs_of_rivals_with_one_manager_are_told():
    case = firm()
    rivals = replace(case, accounts=case.accounts.assign(rivals=["b", None, None]))
    answer = unmoved(rivals, settings_at_start(rivals))
    assert describe_match(answer).startswith("1 pair of rivals shares a manager; ")


def test_all_that_matches_is_told():
    case = firm()
    plain = replace(case, accounts=case.accounts[["hours", "manager_id"]])
    assert describe_match(told(plain)[0]) == (
        "Rivals are apart; each account has a manager who matches in all that it asks for."
    )


def test_contacts_and_activities_with_nobody_are_told():
    counterparts = pd.DataFrame(
        {"account_id": ["a", "a", "c"], "client_role": "buyer", "person": ["Li", None, "Eva"]}
    )
    activities = pd.DataFrame({"activity": ["Visit"], "function": "client", "responsible": ["Li"]})
    case = firm(counterparts=counterparts, activities=activities)
    settings = replace(settings_at_start(case), leaver="M1")
    assert describe_nobody(unmoved(case, settings), case) == (
        "2 of 3 client contacts have nobody: 浩瀚 (2). No contact is known at Riser. 1 activity "
        "has nobody: Visit."
    )


def test_contacts_to_hand_over_are_told():
    counterparts = pd.DataFrame({"account_id": ["c"], "client_role": "buyer", "person": ["Li"]})
    case = firm(counterparts=counterparts)
    text = describe_nobody(told(case)[0], case)
    assert "0 of 1 client contacts have nobody. 1 only another manager has" in text


def test_tables_that_are_missing_are_told():
    case = firm()
    text = describe_nobody(told(case)[0], case)
    assert "no counterparts.csv" in text
    assert "no activities.csv" in text


@pytest.mark.parametrize(("like", "words"), [("", "match whatever"), ("M2", "be like Eva")])
def test_what_is_assumed_of_a_hire_is_told(like, words):
    case = firm()
    settings = replace(settings_at_start(case), hires=1, hire_like=like)
    assert words in describe_assumed(case, settings)


def test_capacity_that_is_not_known_is_told():
    case = firm()
    unknown = replace(case, managers=case.managers.assign(capacity_hours=[200.0, None]))
    assert describe_assumed(unknown, settings_at_start(unknown)) == (
        "Assumed: 1 manager whose capacity is not known has that of a full-time manager (200 "
        "hours)."
    )


def test_search_that_ended_early_is_told():
    case = firm()
    answer, settings = told(case)
    assert not any("Time ran out" in one for one in describe_role_answer(answer, case, settings))
    unproven = replace(answer, gap=0.2)
    assert "Time ran out" in describe_role_answer(unproven, case, settings)[-1]
