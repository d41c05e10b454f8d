import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.competence import (
    check_assessments,
    competence_gaps,
    competence_levels,
    group_levels,
    team_gaps,
)
from kamtools.role.competence_profile import NAMES, competence_targets
from kamtools.samples.company import SEED
from kamtools.samples.company_skills import OVERRATED, TEAM_GAP
from kamtools.samples.company_skills import competence_levels as sample_levels

JUDGED = st.dictionaries(
    st.tuples(
        st.sampled_from(["M1", "M2", "M3"]),
        st.sampled_from([*NAMES, "Mandarin"]),
        st.sampled_from(["self", "manager"]),
    ),
    st.integers(1, 5),
).map(
    lambda given: pd.DataFrame(
        [(*key, float(level)) for key, level in given.items()],
        columns=["manager_id", "competence", "assessor", "level"],
    )
)


def judged(*rows):
    return pd.DataFrame(rows, columns=["manager_id", "competence", "assessor", "level"])


def test_level_of_the_superior_counts_before_ones_own():
    levels = competence_levels(
        judged(("M1", "priorities", "self", 4.0), ("M1", "priorities", "manager", 3.0),
               ("M2", "priorities", "self", 5.0))
    )  # fmt: skip
    assert levels["level"].tolist() == [3.0, 5.0]


@pytest.mark.parametrize(("own", "talk"), [(5.0, True), (4.0, True), (3.0, False), (1.0, False)])
def test_two_levels_apart_are_a_reason_to_talk(own, talk):
    rows = ("M1", "priorities", "self", own), ("M1", "priorities", "manager", 2.0)
    assert competence_levels(judged(*rows))["talk"].item() == talk


def test_judgement_that_is_missing_is_not_apart_from_the_other():
    levels = competence_levels(judged(("M1", "priorities", "self", 5.0)))
    assert np.isnan(levels["apart"].item())
    assert not levels["talk"].item()


def test_gap_is_the_target_less_the_level_with_what_is_seen_and_wanted():
    gaps = competence_gaps(competence_levels(judged(("M1", "negotiation", "manager", 1.0))))
    row = gaps.iloc[0]
    assert (row["level"], row["target"], row["gap"]) == (1.0, 3.0, 2.0)
    assert row["now"] == "Answers demands as they come."
    assert row["wanted"].startswith("Prepares aims, limits")


def test_managerial_task_comes_first_of_two_equal_gaps():
    levels = competence_levels(
        judged(("M1", "negotiation", "manager", 1.0), ("M1", "priorities", "manager", 2.0))
    )
    assert competence_gaps(levels)["competence"].tolist() == ["priorities", "negotiation"]


def test_language_is_a_gap_only_where_a_target_is_set():
    levels = competence_levels(judged(("M1", "Mandarin", "manager", 1.0)))
    assert competence_gaps(levels).empty
    gaps = competence_gaps(levels, targets=competence_targets({"mandarin": 4}))
    assert gaps[["gap", "now"]].to_numpy().tolist() == [[3.0, ""]]


def test_team_gap_is_of_the_median_and_best_shows_who_could_teach():
    rows = [("M1", 2.0), ("M2", 2.0), ("M3", 5.0)]
    levels = competence_levels(judged(*[(who, "priorities", "manager", at) for who, at in rows]))
    row = team_gaps(levels).loc["priorities"]
    assert (row["level"], row["best"], row["below"], row["gap"]) == (2.0, 5.0, 2, 2.0)


def test_competence_that_nobody_judged_is_unknown_and_no_gap():
    row = team_gaps(competence_levels(None)).loc["priorities"]
    assert row["judged"] == 0
    assert np.isnan(row["gap"])


def test_gaps_planted_in_the_sample_company_are_found():
    levels = competence_levels(sample_levels(seed=SEED))
    team = team_gaps(levels)
    assert team.loc[TEAM_GAP, "best"] < team.loc[TEAM_GAP, "target"]
    apart = levels[levels["talk"]]
    assert OVERRATED in set(zip(apart["manager_id"], apart["competence"], strict=True))


def test_groups_hold_the_mean_of_their_competences():
    levels = competence_levels(
        judged(("M1", "negotiation", "self", 2.0), ("M1", "value offer", "self", 5.0))
    )
    row = group_levels(levels).loc["M1"]
    assert row["Planning and value"] == 3.5
    assert np.isnan(row["Knowing the client"])


@settings(max_examples=50, deadline=None)
@given(JUDGED)
def test_gaps_are_all_above_zero_and_fall(assessments):
    gaps = competence_gaps(competence_levels(assessments))
    assert (gaps["gap"] > 0).all()
    assert gaps["gap"].is_monotonic_decreasing


@settings(max_examples=50, deadline=None)
@given(JUDGED, st.randoms())
def test_order_of_the_judgements_does_not_matter(assessments, random):
    order = list(range(len(assessments)))
    random.shuffle(order)
    keys = ["manager_id", "competence"]
    first, second = (
        competence_levels(table).sort_values(keys, ignore_index=True)
        for table in (assessments, assessments.iloc[order])
    )
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("M1", "priorities", "self", 3.5)], "whole number from 1 to 5; got 3.5"),
        ([("M1", "priorities", "client", 3.0)], "'self' or 'manager'; got 'client'"),
        ([("M1", "priorities", "self", 3.0)] * 2, "of M1 is judged twice by themselves"),
        ([("M1", "Priorities", "manager", 3.0), ("M1", "priorities", "manager", 2.0)],
         "priorities of M1 is judged twice by their superior"),
    ],
)  # fmt: skip
def test_judgements_that_cannot_be_meant_are_refused(rows, message):
    with pytest.raises(InputError, match=message):
        check_assessments(judged(*rows))


def test_table_without_an_assessor_is_refused():
    with pytest.raises(InputError, match="there is no assessor"):
        check_assessments(judged().drop(columns="assessor"))


def test_judgements_given_are_not_changed():
    assessments = judged(("M1", "Priorities", "self", 3.0), ("M1", "Mandarin", "self", None))
    before = assessments.copy()
    levels = competence_levels(assessments)
    kept = levels.copy()
    competence_gaps(levels)
    team_gaps(levels)
    group_levels(levels)
    pd.testing.assert_frame_equal(assessments, before)
    pd.testing.assert_frame_equal(levels, kept)
