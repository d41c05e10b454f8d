import pytest

from kamtools.learning.case_facts import read_facts
from kamtools.learning.case_numbers import numbers_not_in_facts

FACTS = read_facts("""
[[facts]]
name = "revenue"
value = 60.7
unit = "GBP million"
date = "2017-04-03"
address = "https://example.org/a"
grade = "B"
whose = "the paper"

[[facts]]
name = "share"
value = [0.18, 0.25]
unit = "share of revenue"
date = "2016"
address = "https://example.org/b"
grade = "A"
whose = "the filing"

[[facts]]
name = "words"
text = "It took 14 days, from 8 July on, and 2,036 furnaces."
unit = "text"
date = "2013-11"
address = "https://example.org/c"
grade = "C"
whose = "the book"

[[facts]]
name = "notice"
value = [0.5, 1]
unit = "months"
date = "2022-01-05"
address = "essay, E2"
grade = "D"
whose = "the essay"
""")


def found(text):
    return numbers_not_in_facts(text, FACTS)["number"].tolist()


@pytest.mark.parametrize(
    "text",
    ["It earned £60.7 million.", "Between 18 % and 25 % of it.", "It took 14 days.",
     "It took a 14-day stop.", "There were 2,036 furnaces.", "2036 of them.",
     "On 3 April 2017, in April 2017, in 2017 and on 2017-04-03.", "In 2016 and in 2013.",
     "From 8 July on.", "The essay says half a month to one month."],
)  # fmt: skip
def test_what_a_fact_holds_may_be_printed(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("It earned £60.8 million.", "£60.8 million"), ("It earned $60.7 million.", "$60.7 million"),
     ("It earned £60.7 billion.", "£60.7 billion"), ("It was 26 %.", "26 %"),
     ("It took 14 weeks.", "14 weeks"), ("It took two weeks.", "two weeks"),
     ("The essay says half a year.", "half a year"), ("On 4 April 2017.", "4 April 2017"),
     ("In May 2017.", "May 2017"), ("In 2018.", "2018"), ("From 9 July on.", "9 July"),
     ("There were 2,037 furnaces.", "2,037")],
)  # fmt: skip
def test_what_no_fact_holds_is_found(text, number):
    assert found(text) == [number]


@pytest.mark.parametrize(
    "text",
    ["## 3. What happened", "3. Which of them?", "It asks (E2), and E4–E8.", "As in chapter 7.",
     "See question 3 and notebook 4.", "[the judgment](https://example.org/2006/1318)",
     "Two sides, one story, three measures."],
)  # fmt: skip
def test_numbers_that_count_our_own_parts_are_no_figures(text):
    assert found(text) == []


def test_what_cannot_be_traced_stands_beside_the_name_of_its_teller():
    table = numbers_not_in_facts("# Title\n\nNotice is half a month.\n\nThe essay says so.", FACTS)
    assert table.to_dict("records") == [
        {"line": 3, "number": "half a month",
         "problem": "of grade D: the paragraph must say that it is the word of the essay"}
    ]  # fmt: skip


def test_lines_are_counted_through_paragraphs():
    text = "# Title\n\nIt was 26 %\nand 27 %.\n\n\n- 28 %\n"
    assert numbers_not_in_facts(text, FACTS)["line"].tolist() == [3, 4, 7]


def test_the_facts_are_not_changed():
    before = FACTS.copy()
    found("It was 26 %.")
    assert FACTS.equals(before)
