import pytest

from kamtools.errors import InputError
from kamtools.facts import GRADES, NEEDED, UNITS, check_fact, fact_problems

WHOLE = {
    "name": "revenue from the largest client", "unit": "GBP million a year", "date": "2017-04-03",
    "address": "https://example.org/a", "grade": "B",
}  # fmt: skip


def test_a_whole_fact_has_no_problem():
    assert fact_problems(WHOLE) == []


@pytest.mark.parametrize("key", NEEDED)
def test_what_a_fact_lacks_is_named(key):
    assert fact_problems({**WHOLE, key: " "}) == [f"no {key}"]


@pytest.mark.parametrize("unit", ["share of purchases", "days", "EUR million", "text", "people"])
def test_a_unit_may_say_of_what(unit):
    assert fact_problems({**WHOLE, "unit": unit}) == []


@pytest.mark.parametrize("unit", ["furlongs", "shares", "million EUR", "DEM", "dayss"])
def test_a_dead_unit_is_refused(unit):
    (problem,) = fact_problems({**WHOLE, "unit": unit})
    assert problem.startswith("unit must begin with a known one")
    assert problem.endswith(unit)


@pytest.mark.parametrize("date", ["2017", "2017-04", "2020-02-29"])
def test_a_date_may_be_as_coarse_as_the_source(date):
    assert fact_problems({**WHOLE, "date": date}) == []


@pytest.mark.parametrize("date", ["2019-02-29", "2017-13", "3 April 2017", "17"])
def test_a_date_that_there_is_not_is_refused(date):
    (problem,) = fact_problems({**WHOLE, "date": date})
    assert problem.startswith("date must be")


def test_only_the_essay_goes_without_a_web_address_and_only_at_the_lowest_grade():
    claim = {**WHOLE, "address": "essay, E2"}
    assert fact_problems({**claim, "grade": "D"}, grades=list(GRADES)) == []
    assert "its grade is D; got B" in fact_problems(claim, grades=list(GRADES))[0]
    assert "must be a web address; got essay, E2" in fact_problems(claim)[0]
    unknown = {**claim, "address": "essay, E24", "grade": "D"}
    assert "or a claim such as essay, E2" in fact_problems(unknown, grades=list(GRADES))[0]


def test_memory_may_not_be_printed_unless_it_is_asked_for():
    memory = {**WHOLE, "grade": "D"}
    assert fact_problems(memory) == ["grade must be one of A, B, C; got D"]
    assert fact_problems(memory, grades=list(GRADES)) == []


def test_all_problems_are_told_at_once():
    with pytest.raises(
        InputError, match=r"case x, fact \?: no name, date; unit must .* grade must"
    ):
        check_fact({**WHOLE, "name": "", "date": "", "unit": "ells", "grade": "E"}, case="x")


def test_a_fact_is_not_changed():
    before = dict(WHOLE)
    check_fact(WHOLE, case="x")
    assert before == WHOLE
    assert len(set(UNITS)) == len(UNITS)
