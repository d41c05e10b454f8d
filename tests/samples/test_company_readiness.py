import pandas as pd

from kamtools.planning.readiness import dimension_scores, overall_score, statement_levels
from kamtools.planning.statements import NAMES
from kamtools.samples.company_readiness import RESPONDENTS, readiness_answers


def test_every_statement_is_asked_of_everyone_and_one_has_no_answer():
    answers = readiness_answers()
    assert answers.groupby("statement").size().to_dict() == dict.fromkeys(NAMES, len(RESPONDENTS))
    levels = statement_levels(answers)
    assert levels.index[levels["level"].isna()].tolist() == ["pay_fits"]


def test_company_is_ready_in_parts_and_weakest_in_choosing():
    scores = dimension_scores(statement_levels(readiness_answers()))
    assert 2 < overall_score(scores) < 3
    assert scores["score"].idxmin() == "selection"


def test_sales_sees_the_firm_brighter_than_finance():
    means = readiness_answers().groupby("respondent")["level"].mean()
    assert means["head of sales"] > means["head of finance"]


def test_changing_the_answers_does_not_change_those_made_next():
    first = readiness_answers()
    first["level"] = 1.0
    assert not first["level"].equals(readiness_answers()["level"])
    pd.testing.assert_frame_equal(readiness_answers(), readiness_answers())
