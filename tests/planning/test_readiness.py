import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.readiness import (
    check_answers,
    dimension_scores,
    overall_score,
    readiness_gaps,
    statement_levels,
)
from kamtools.planning.statements import NAMES, STATEMENTS, importance_points

ANSWERS = st.dictionaries(st.sampled_from(NAMES), st.integers(1, 5)).map(
    lambda levels: pd.DataFrame(
        {"statement": pd.Series(list(levels), dtype="str"), "level": list(levels.values())}
    ).astype({"level": float})
)


def test_level_is_the_median_of_what_people_say_and_the_range_is_kept(answered):
    answers = pd.concat(
        [answered(sponsor=level, respondent=who) for who, level in (("a", 1), ("b", 2), ("c", 5))]
    )
    levels = statement_levels(answers)
    assert levels.loc["sponsor", ["level", "low", "high"]].tolist() == [2, 1, 5]
    assert levels.loc["sponsor", "respondents"] == 3


def test_firm_that_has_everything_at_four_scores_four_everywhere(scores_at):
    scores = scores_at(4)
    assert set(scores["score"]) == {4.0}
    assert overall_score(scores) == 4.0


def test_statement_without_an_answer_is_missing_and_counts_in_no_mean(scores_at):
    scores = scores_at(3, sponsor=5).drop(index="people")
    assert scores.loc["leadership", "score"] == pytest.approx((3 * 3 + 5) / 4)
    without = scores_at(None, sponsor=5, long_view=3)
    assert without.loc["leadership", ["score", "answered"]].tolist() == [4.0, 2]
    assert without.loc["leadership", "missing"] == "right_measures and pay_fits"


def test_dimension_with_less_than_half_of_its_answers_has_no_score(scores_at):
    scores = scores_at(None, sponsor=5)
    assert np.isnan(scores.loc["leadership", "score"])
    assert np.isnan(overall_score(scores))


def test_nobody_answered_is_unknown_and_not_zero():
    scores = dimension_scores(statement_levels(None))
    assert scores["score"].isna().all()
    assert scores["answered"].sum() == 0
    assert readiness_gaps(statement_levels(None)).empty


def test_priority_is_importance_times_what_is_missing_to_the_target(answered):
    levels = statement_levels(answered(4, named_manager=3, pay_fits=1))
    gaps = readiness_gaps(levels)
    assert gaps["priority"].to_dict() == {"pay_fits": 3.0, "named_manager": 3.0}
    assert gaps.index.tolist() == ["pay_fits", "named_manager"]
    assert readiness_gaps(levels, target=5)["priority"].max() == 2 * 3


def test_gap_tells_the_level_seen_and_the_level_wanted(answered):
    row = readiness_gaps(statement_levels(answered(living_record=2)), target=3).iloc[0]
    anchors = next(one.anchors for one in STATEMENTS if one.name == "living_record")
    assert (row["now"], row["wanted"]) == (anchors[1], anchors[2])


def test_half_a_level_stands_on_the_one_below(answered):
    answers = pd.concat([answered(sponsor=2, respondent="a"), answered(sponsor=3, respondent="b")])
    row = readiness_gaps(statement_levels(answers)).loc["sponsor"]
    assert (row["level"], row["gap"]) == (2.5, 1.5)
    assert row["now"] == "The management speaks of it."


@settings(max_examples=50, deadline=None)
@given(ANSWERS)
def test_gaps_fall_in_priority_and_are_all_below_the_target(answers):
    gaps = readiness_gaps(statement_levels(answers))
    assert gaps["priority"].is_monotonic_decreasing
    assert (gaps["level"] < 4).all()
    assert len(gaps) == (answers["level"] < 4).sum()


@settings(max_examples=50, deadline=None)
@given(ANSWERS, st.randoms())
def test_order_of_the_rows_does_not_matter(answers, random):
    order = list(range(len(answers)))
    random.shuffle(order)
    pd.testing.assert_frame_equal(statement_levels(answers.iloc[order]), statement_levels(answers))


@settings(max_examples=50, deadline=None)
@given(ANSWERS)
def test_scores_stay_within_the_levels(answers):
    score = dimension_scores(statement_levels(answers))["score"].dropna()
    assert score.between(1, 5).all()


def test_equal_importance_puts_the_widest_gap_first(answered):
    levels = statement_levels(answered(3, pay_fits=1, named_manager=2))
    assert readiness_gaps(levels).index[0] == "named_manager"
    equal = readiness_gaps(levels, importance=importance_points("equal"))
    assert equal.index[0] == "pay_fits"


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([("sponsers", 3.0)], "no statement 'sponsers'; did you mean 'sponsor'"),
        ([("sponsor", 3.5)], "a level is a whole number from 1 to 5; got 3.5"),
        ([("sponsor", 6.0)], "a level is a whole number from 1 to 5; got 6"),
        ([("sponsor", 3.0), ("sponsor", 2.0)], "sponsor is answered twice without a respondent"),
    ],
)
def test_answers_that_cannot_be_meant_are_refused(answers, message):
    with pytest.raises(InputError, match=message):
        check_answers(pd.DataFrame(answers, columns=["statement", "level"]))


def test_person_who_answers_twice_is_named(answered):
    twice = pd.concat([answered(sponsor=1, respondent="Li")] * 2)
    with pytest.raises(InputError, match="sponsor is answered twice by Li"):
        check_answers(twice)


@pytest.mark.parametrize("target", [0, 1, 6, 3.5])
def test_target_that_is_no_level_is_refused(answered, target):
    with pytest.raises(InputError, match="target must be a level from 2 to 5"):
        readiness_gaps(statement_levels(answered(3)), target=target)


def test_answers_given_are_not_changed(answered):
    answers = answered(3, respondent="Li").assign(evidence="")
    before = answers.copy()
    levels = statement_levels(answers)
    kept = levels.copy()
    readiness_gaps(levels)
    dimension_scores(levels)
    pd.testing.assert_frame_equal(answers, before)
    pd.testing.assert_frame_equal(levels, kept)
