import pandas as pd

from kamtools.planning.gap_order import gap_changes
from kamtools.planning.readiness import readiness_gaps, statement_levels
from kamtools.planning.readiness_words import (
    describe_answers,
    describe_changes,
    describe_gaps,
    describe_readiness,
)
from kamtools.planning.statements import importance_points


def test_firm_at_the_target_everywhere_is_ready(scores_at):
    assert describe_readiness(scores_at(4)).startswith("Yes: 4.0 of 5 on the whole; 5 of 5")


def test_firm_far_below_is_not_ready_yet(scores_at):
    assert describe_readiness(scores_at(2)).startswith("Not yet: 2.0 of 5 on the whole; none of 5")


def test_verdict_follows_the_target(scores_at):
    assert describe_readiness(scores_at(3)).startswith("In parts")
    assert describe_readiness(scores_at(3), target=3).startswith("Yes")


def test_readiness_without_answers_is_not_known(scores_at):
    assert describe_readiness(scores_at(None)).startswith("Not known")


def test_gaps_that_share_the_last_place_are_counted(answered):
    levels = statement_levels(answered(4, written_role=3, sponsor=3, long_view=3, both_sides=3))
    text = describe_gaps(readiness_gaps(levels))
    assert text.endswith("1 other has the same priority as the last.")
    assert text.count("Wanted:") == 3


def test_no_gap_is_said_to_be_none_known(answered):
    assert describe_gaps(readiness_gaps(statement_levels(answered(5)))) == "No gap is known."


def test_firm_order_is_called_so(answered):
    changes = gap_changes(answered(5, sponsor=1), importance=importance_points())
    assert describe_changes(changes).startswith("3 of 3 other assumptions leave")


def test_order_without_gaps_is_not_tested():
    changes = gap_changes(None, importance=importance_points())
    assert "no order to test" in describe_changes(changes)


def test_people_far_apart_are_told_to_talk(answered):
    answers = pd.concat([answered(3, respondent="a"), answered(3, sponsor=5, respondent="b")])
    assert "apart on sponsor: talk about it first" in describe_answers(answers)


def test_high_levels_without_evidence_are_counted(answered):
    answers = answered(4, respondent="a").assign(evidence=["seen", *[""] * 19])
    assert "19 of 20 answers at level 4 or 5 name no evidence" in describe_answers(answers)
    assert "evidence" not in describe_answers(answers.assign(evidence="seen"))


def test_missing_file_is_told_with_what_to_do(answered):
    assert "The form below" in describe_answers(None)
    assert "The form below" in describe_answers(answered().iloc[:0])
