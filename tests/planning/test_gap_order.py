import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.planning.gap_order import gap_changes
from kamtools.planning.statements import importance_points


def by_change(answers, **options):
    changes = gap_changes(answers, importance=importance_points(), **options)
    return changes.set_index("change")


def test_firm_whose_gaps_are_alone_keeps_them_under_every_assumption(answered):
    answers = answered(5, sponsor=1, long_view=1, pay_fits=1)
    assert (by_change(answers)["replaced"] == 0).all()


def test_equal_importance_lets_a_wide_gap_of_little_weight_in(answered):
    answers = answered(4, named_manager=2, profit_known=2, reach_across=2, pay_fits=1)
    changes = by_change(answers)
    assert changes.loc["equal importance", "enter"] == "pay_fits"
    assert changes.loc["equal importance", "replaced"] == 1


def test_lowest_answer_of_anyone_can_bring_a_gap_in(answered):
    high = answered(4, sponsor=2, respondent="a")
    low = answered(4, sponsor=2, living_record=1, respondent="b")
    other = answered(4, sponsor=2, respondent="c")
    changes = by_change(pd.concat([high, low, other]), first=1)
    assert changes.loc["lowest level anyone gave", "enter"] == "living_record"
    assert changes.loc["b alone", "enter"] == "living_record"
    assert changes.loc["a alone", "replaced"] == 0


def test_person_who_answered_little_is_not_heard_alone(answered):
    answers = pd.concat([answered(2, respondent="a"), answered(sponsor=1, respondent="b")])
    assert "b alone" not in by_change(answers).index


def test_target_at_the_top_is_not_raised(answered):
    assert "target one higher" not in by_change(answered(2), target=5).index


def test_without_answers_there_is_nothing_to_change():
    assert by_change(None).empty


def test_number_of_first_gaps_below_one_is_refused(answered):
    with pytest.raises(InputError, match="first must be at least 1"):
        gap_changes(answered(2), importance=importance_points(), first=0)


def test_answers_given_to_changes_are_not_changed(answered):
    answers, points = answered(2, respondent="a"), importance_points()
    before = answers.copy()
    gap_changes(answers, importance=points)
    pd.testing.assert_frame_equal(answers, before)
    assert points.equals(importance_points())
