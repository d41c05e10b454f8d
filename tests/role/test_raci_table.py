import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.raci_table import names_in, raci_matrix, raci_table

NAMES = st.lists(st.sampled_from(["Li", "Eva", "Jonas", "林知秋"]), unique=True)


def test_names_are_separated_by_semicolons_of_both_scripts():
    assert names_in(pd.Series(["Li; Eva；林知秋"])).item() == ("Li", "Eva", "林知秋")


def test_blank_cell_has_no_name_and_not_an_empty_one():
    assert names_in(pd.Series([None, "", " ; "])).tolist() == [(), (), ()]


def test_matrix_has_the_letters_of_each_role(division):
    matrix = raci_matrix(raci_table(division()))
    assert matrix.loc["Set the price floor", "pricing analyst"] == "R"
    assert matrix.loc["Set the price floor", "head of finance"] == "A"
    assert matrix.loc["Set the price floor", "key account manager"] == "C"
    assert matrix.loc["Set the price floor", "head of sales"] == "I"
    assert matrix.loc["Set the price floor", "buyer"] == ""


def test_one_who_does_and_answers_has_both_letters_in_one_cell(division):
    activities = division("Plan volumes", responsible="planner", accountable="Planner")
    assert raci_matrix(raci_table(activities)).loc["Plan volumes", "planner"] == "RA"


def test_rows_of_the_same_activity_are_put_together(division):
    activities = pd.concat([division(), division("Plan volumes", responsible="shift leader")])
    table = raci_table(activities)
    assert table.index.is_unique
    assert table.loc["Plan volumes", "R"] == ("planner", "shift leader")


def test_letters_without_a_column_are_not_in_the_table(division):
    table = raci_table(division().drop(columns=["consulted", "deputy", "escalation_days"]))
    assert table.columns.tolist() == ["function", "R", "A", "I"]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=6))
def test_matrix_says_what_the_table_says(rows):
    activities = pd.DataFrame(
        {
            "activity": [f"a{row}" for row in range(len(rows))],
            "function": "client",
            "responsible": ["; ".join(does) for does, _ in rows],
            "accountable": ["; ".join(answers) for _, answers in rows],
        }
    )
    matrix = raci_matrix(raci_table(activities))
    for (does, answers), (_, letters) in zip(rows, matrix.iterrows(), strict=True):
        assert {role for role, said in letters.items() if "R" in said} == set(does)
        assert {role for role, said in letters.items() if "A" in said} == set(answers)


def test_row_without_an_activity_is_refused_with_its_number(division):
    with pytest.raises(InputError, match="row 3: no activity"):
        raci_table(division("Set the price floor", activity=" "))


def test_activities_given_are_not_changed(division):
    activities = division()
    before = activities.copy()
    raci_matrix(raci_table(activities))
    pd.testing.assert_frame_equal(activities, before)
