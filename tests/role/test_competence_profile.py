from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.competence_profile import (
    COMPETENCES,
    GROUPS,
    NAMES,
    as_written,
    competence_form,
    competence_targets,
)
from kamtools.samples.company_skills import PROFILE


def test_there_are_fourteen_competences_in_four_groups():
    assert len(set(NAMES)) == len(NAMES) == 14
    assert set(Counter(one.group for one in COMPETENCES)) == set(GROUPS)
    assert len(GROUPS) == 4


@pytest.mark.parametrize("one", COMPETENCES, ids=lambda one: one.name)
def test_a_competence_has_five_levels_of_its_own_and_a_reason_for_its_target(one):
    assert len(set(one.anchors)) == 5
    assert all(anchor.endswith(".") for anchor in one.anchors)
    assert one.target in (1, 2, 3, 4, 5)
    assert one.because
    assert one.claim.startswith("E")
    assert one.name == one.name.lower()


def test_no_level_is_described_twice():
    anchors = [anchor for one in COMPETENCES for anchor in one.anchors]
    assert len(set(anchors)) == len(anchors)


def test_managerial_tasks_are_asked_for_more_than_selling():
    targets = competence_targets().groupby("managerial")["target"]
    assert targets.min()[True] >= targets.mean()[False]


def test_sample_company_judges_the_competences_of_the_profile():
    assert set(PROFILE) == set(NAMES)


@given(st.sampled_from(NAMES), st.booleans(), st.sampled_from(["lower", "upper", "title"]))
def test_profile_is_recognised_in_any_spelling(name, joined, case):
    written = getattr(name.replace(" ", "_") if joined else f" {name} ", case)()
    assert as_written(pd.Series([written])).item() == name


def test_further_words_keep_the_first_spelling():
    assert as_written(pd.Series(["Trade law", "trade LAW"])).tolist() == ["Trade law"] * 2


def test_targets_that_are_changed_say_so_and_others_stay():
    targets = competence_targets({"Negotiation": 5, "Mandarin": 4})
    assert targets.loc["negotiation", ["target", "because"]].tolist() == [5.0, "set for this run"]
    assert targets.loc["Mandarin", "group"] == "special"
    others = [name for name in NAMES if name != "negotiation"]
    assert targets.loc[others, "target"].equals(competence_targets().loc[others, "target"])


@pytest.mark.parametrize("level", [0, 6])
def test_target_that_is_no_level_is_refused(level):
    with pytest.raises(InputError, match=f"level from 1 to 5; got {level} for negotiation"):
        competence_targets({"negotiation": level})


def test_changes_given_are_not_changed():
    changes = {"negotiation": 5.0}
    competence_targets(changes)
    assert changes == {"negotiation": 5.0}


def test_form_has_all_written_levels_and_blanks_to_fill_in():
    form = competence_form()
    assert form["competence"].tolist() == list(NAMES)
    assert form[["manager_id", "assessor", "level", "evidence"]].isna().all(axis=None)
    assert form.filter(regex=r"level_\d").shape == (14, 5)
