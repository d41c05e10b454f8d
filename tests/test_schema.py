import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools import schema

NAMES = st.lists(st.text(alphabet="ab 林知秋&-", min_size=1).map(str.strip).filter(bool))


@given(NAMES, st.sampled_from([";", "; ", " ；", ";;"]))
def test_names_come_back_as_they_were_written(names, separator):
    assert schema.names_in(separator.join(names)) == names


@pytest.mark.parametrize("blank", ["", "  ", ";", None, float("nan")])
def test_blank_cell_holds_no_names(blank):
    assert schema.names_in(blank) == []


def test_comma_is_a_part_of_a_name():
    assert schema.names_in("Hy-Vee, Ames; Casey's") == ["Hy-Vee, Ames", "Casey's"]


def test_every_column_says_what_it_means():
    for table in schema.TABLES.values():
        assert all(column.description for column in table.columns.values())
