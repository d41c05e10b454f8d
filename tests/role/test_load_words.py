import pandas as pd
import pytest

from kamtools.role.load_words import describe_loads


@pytest.fixture
def loads():
    return pd.DataFrame(
        {"accounts": [1, 2], "load_index": [1.0, 1.0], "is_outside": False,
         "is_over_capacity": False, "rival_pairs": 0}, index=["M1", "M2"],
    )  # fmt: skip


def test_an_even_team_is_told_in_one_sentence(loads):
    assert describe_loads(loads) == (
        "2 managers have from 1 to 2 accounts, and loads from 100 % to 100 % of a fair share: "
        "0 are outside the band."
    )


def test_those_outside_are_named_furthest_first_and_the_rest_counted():
    loads = pd.DataFrame(
        {"accounts": 1, "load_index": [1.3, 2.0, 1.4, 0.2], "is_outside": True,
         "is_over_capacity": [False, True, False, False], "rival_pairs": [0, 0, 1, 0]},
        index=["M1", "M2", "M3", "M4"],
    )  # fmt: skip
    text = describe_loads(loads, names=pd.Series({"M2": "林知秋"}), first=2)
    assert "Above it: 林知秋 (200 %) and M3 (140 %) and 1 more. Below it: M4 (20 %)." in text
    assert text.endswith("Beyond their capacity: 林知秋. Rivals share a manager with M3.")


def test_table_is_left_as_it_was(loads):
    before = loads.copy()
    describe_loads(loads)
    pd.testing.assert_frame_equal(loads, before)
