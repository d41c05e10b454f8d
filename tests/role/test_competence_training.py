import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.competence import competence_levels
from kamtools.role.competence_training import (
    account_needs,
    known_competences,
    trainings,
)
from kamtools.samples.company import SEED, make_company
from kamtools.samples.company_skills import ACCOUNT, LANGUAGE, LEARNER

WORDS = ["negotiation", "priorities", "Mandarin", "trade law"]


@pytest.fixture
def accounts():
    return pd.DataFrame(
        {"account_id": ["C1", "C2", "C3"], "needs": ["negotiation; Mandarin", "Mandarin", None]}
    )


@pytest.fixture
def known():
    return pd.DataFrame(
        {
            "manager_id": ["M1", "M1", "M2", "M2"],
            "competence": ["negotiation", "Mandarin", "negotiation", "Mandarin"],
            "level": [4.0, 2.0, 1.0, 5.0],
        }
    )


def test_person_who_lacks_least_is_first(accounts, known):
    table = trainings(accounts, known)
    first = table[table["rank"] == 1].set_index("account_id")
    assert first["manager_id"].to_dict() == {"C1": "M1", "C2": "M2"}
    assert first["training"].to_dict() == {"C1": "Mandarin +1", "C2": "none"}


def test_account_without_needs_is_not_in_the_table(accounts, known):
    assert set(trainings(accounts, known)["account_id"]) == {"C1", "C2"}


def test_level_at_the_target_needs_no_training(known):
    accounts = pd.DataFrame({"account_id": ["C1"], "needs": ["negotiation"]})
    exact = known.assign(level=[3.0, 2.0, 2.0, 5.0])
    assert trainings(accounts, exact)["to_train"].tolist() == [0, 1]


def test_competence_that_is_only_named_is_to_be_asked_and_not_trained(accounts):
    managers = pd.DataFrame({"manager_id": ["M1"], "competences": ["mandarin; negotiation"]})
    words = known_competences(competence_levels(None), managers)
    row = trainings(accounts, words).iloc[0]
    assert (row["to_train"], row["ask"]) == (0, "negotiation; Mandarin")


def test_competence_that_is_neither_named_nor_judged_is_taken_to_be_missing(accounts):
    managers = pd.DataFrame({"manager_id": ["M1"], "competences": ["negotiation"]})
    words = known_competences(competence_levels(None), managers)
    assert trainings(accounts, words)["training"].tolist() == ["Mandarin +2"] * 2


def test_of_somebody_of_whom_nothing_is_known_all_is_to_be_asked(accounts, known):
    managers = pd.DataFrame({"manager_id": ["M1", "M9"]})
    row = trainings(accounts, known, managers=managers).query("manager_id == 'M9'").iloc[0]
    assert (row["to_train"], row["ask"]) == (0, "negotiation; Mandarin")


def test_language_spoken_well_enough_for_business_is_enough(accounts):
    managers = pd.DataFrame({"manager_id": ["M1"], "languages": ["English; Mandarin"]})
    spoken = known_competences(competence_levels(None), managers)
    assert trainings(accounts.iloc[[1]], spoken)["training"].item() == "none"


def test_level_is_better_than_a_name_of_the_same_competence():
    managers = pd.DataFrame({"manager_id": ["M1"], "competences": ["NEGOTIATION"]})
    judged = pd.DataFrame({"manager_id": ["M1"], "competence": ["negotiation"], "level": [2.0]})
    table = known_competences(judged, managers)
    assert table["level"].tolist() == [2.0]


def test_equal_persons_share_a_rank(accounts, known):
    same = pd.concat([known, known[known["manager_id"] == "M1"].assign(manager_id="M3")])
    table = trainings(accounts, same)
    ranks = table[table["account_id"] == "C1"].set_index("manager_id")["rank"]
    assert ranks.to_dict() == {"M1": 1, "M3": 1, "M2": 3}


def test_learner_planted_in_the_sample_company_needs_one_training():
    tables = make_company(seed=SEED)
    levels = competence_levels(tables["competences"])
    known = known_competences(levels, tables["managers"])
    chain = tables["accounts"][tables["accounts"]["chain"] == ACCOUNT]
    table = trainings(chain, known, managers=tables["managers"])
    learner = table[table["manager_id"] == LEARNER]
    assert len(learner) > 0
    assert (learner["training"] == f"{LANGUAGE} +1").all()


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sets(st.sampled_from(WORDS), min_size=1), min_size=1, max_size=4),
    st.dictionaries(st.tuples(st.sampled_from(["M1", "M2"]), st.sampled_from(WORDS)),
                    st.integers(1, 5), min_size=1),
)  # fmt: skip
def test_levels_to_lift_are_those_below_what_is_needed(needs, levels):
    accounts = pd.DataFrame(
        {"account_id": [f"C{n}" for n in range(len(needs))],
         "needs": ["; ".join(sorted(some)) for some in needs]}
    )  # fmt: skip
    known = pd.DataFrame(
        [(*key, float(level)) for key, level in levels.items()],
        columns=["manager_id", "competence", "level"],
    )
    needed = {"negotiation": 3, "priorities": 4, "Mandarin": 3, "trade law": 3}
    table = trainings(accounts, known).set_index(["account_id", "manager_id"])
    for place, some in enumerate(needs):
        for person in {who for who, _ in levels}:
            lifts = [max(needed[word] - levels.get((person, word), 1), 0) for word in some]
            row = table.loc[(f"C{place}", person)]
            assert row["levels_to_lift"] == sum(lifts)
            assert row["to_train"] == sum(lift > 0 for lift in lifts)
    assert (table["to_ask"] == 0).all()


def test_needs_of_an_account_are_told_once():
    table = account_needs(pd.DataFrame({"account_id": ["C1"], "needs": ["Mandarin; mandarin"]}))
    assert table["competence"].tolist() == ["Mandarin"]


def test_accounts_without_the_column_are_refused(known):
    with pytest.raises(InputError, match="accounts need the column needs; got account_id"):
        trainings(pd.DataFrame({"account_id": ["C1"]}), known)


@pytest.mark.parametrize("option", ["special_level", "unnamed_level"])
def test_level_out_of_range_is_refused(accounts, known, option):
    with pytest.raises(InputError, match=f"{option} must be from 1 to 5; got 0"):
        trainings(accounts, known, **{option: 0})


def test_nobody_known_and_nobody_named_gives_no_row(accounts):
    nobody = known_competences(competence_levels(None))
    assert trainings(accounts, nobody).empty


def test_tables_given_for_trainings_are_not_changed(accounts, known):
    managers = pd.DataFrame({"manager_id": ["M1"], "competences": [np.nan]}, dtype="str")
    before = accounts.copy(), known.copy(), managers.copy()
    trainings(accounts, known, managers=managers)
    known_competences(known, managers)
    for table, kept in zip((accounts, known, managers), before, strict=True):
        pd.testing.assert_frame_equal(table, kept)
