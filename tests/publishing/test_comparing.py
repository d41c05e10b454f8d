import pandas as pd
import pytest

from kamtools.publishing.comparing import TOLD, differences, is_near, read_table


def table(**columns):
    return pd.DataFrame(columns, dtype=str)


def test_same_tables_differ_nowhere():
    one = table(account_id=["A", "B"], score=["0.5", ""])
    assert differences(one, one.copy()) == []


def test_last_digits_of_another_machine_are_no_difference():
    assert is_near("0.333333333333", "0.333333333334")
    assert not is_near("0.3333", "0.3334")
    assert not is_near("0", "0.0000001")


def test_text_that_only_looks_like_the_other_differs():
    assert not is_near("A 1", "A1")
    assert not is_near("", "0")


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (table(account_id=["A"]), "the column score is gone"),
        (table(account_id=["A"], score=["1"], zone=["x"]), "the column zone is new"),
        (table(account_id=["A", "B"], score=["1", "2"]), "rows: were 1, are 2"),
        (table(account_id=["A"], score=["2"]), "row 1 (A), score: was 1, is 2"),
        (table(account_id=["A"], score=[""]), "row 1 (A), score: was 1, is empty"),
    ],
)
def test_what_differs_is_told_in_words(now, told):
    assert differences(table(account_id=["A"], score=["1"]), now) == [told]


def test_many_differences_are_counted():
    was = table(account_id=list("ABCDEFGH"), score=["1"] * 8)
    told = differences(was, was.assign(score="2"))
    assert len(told) == TOLD + 1
    assert told[-1] == "and 3 more"


def test_cells_are_read_as_they_stand(tmp_path):
    path = tmp_path / "t.csv"
    path.write_bytes("\ufeffaccount_id,score\n007,NA\n林,\n".encode())
    assert read_table(path).to_numpy().tolist() == [["007", "NA"], ["林", ""]]
