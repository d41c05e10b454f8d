import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.role.raci_hours import activity_hours, match_logged, responsible_hours
from kamtools.role.raci_table import raci_table


def test_hours_of_one_who_does_it_alone_are_all_theirs(division):
    hours = pd.Series({"Visit the buyers": 300.0, "Give notice of our steps": 20.0})
    table = responsible_hours(raci_table(division()), hours)
    assert table.loc["key account manager"].tolist() == [320.0, 2, 0]


def test_roles_without_hours_are_told_apart_from_those_without_work(division):
    table = responsible_hours(raci_table(division()), pd.Series({"Visit the buyers": 300.0}))
    assert table.loc["buyer"].tolist() == [0.0, 1, 1]
    assert "head of sales" not in table.index


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.lists(st.sampled_from("abcd"), min_size=1, unique=True),
            st.floats(0, 1e4, allow_nan=False),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_no_hour_is_lost_or_made_in_the_split(rows):
    names = [f"task {row}" for row in range(len(rows))]
    table = raci_table(
        pd.DataFrame({"activity": names, "function": "client",
                      "responsible": ["; ".join(who) for who, _ in rows]})
    )  # fmt: skip
    hours = pd.Series([h for _, h in rows], names)
    assert responsible_hours(table, hours)["hours_per_year"].sum() == pytest.approx(hours.sum())


def test_logged_work_is_matched_where_one_activity_has_its_words(division):
    matches = match_logged(["visits", "complaint", "set", "travel"], raci_table(division()))
    assert matches["complaint"] == "Close complaints"
    assert matches[["set", "travel"]].isna().all()


def test_logged_work_that_is_matched_with_nothing_keeps_its_name():
    matches = pd.Series({"visit": "Visit the buyers", "travel": np.nan}, dtype="str")
    hours = activity_hours(pd.Series({"visit": 9.0, "travel": 2.0}), matches)
    assert hours.to_dict() == {"Visit the buyers": 9.0, "travel": 2.0}


@pytest.mark.parametrize(
    ("hours", "message"),
    [
        ({"Visit the buyers": -1.0}, "at least 0; got -1 for Visit the buyers"),
        ({"Visits": 1.0}, "hours are given for Visits, which is no activity"),
    ],
)
def test_hours_that_cannot_be_are_refused(division, hours, message):
    with pytest.raises(InputError, match=message):
        responsible_hours(raci_table(division()), pd.Series(hours))


def test_hours_given_twice_are_refused(division):
    twice = pd.Series([1.0, 2.0], ["Visit the buyers"] * 2)
    with pytest.raises(InputError, match="are given twice"):
        responsible_hours(raci_table(division()), twice)


def test_hours_and_matches_given_are_not_changed(division):
    hours = pd.Series({"Visit the buyers": 300.0})
    matches = pd.Series({"Visit the buyers": "Visit the buyers"})
    before = hours.copy(), matches.copy()
    responsible_hours(raci_table(division()), hours)
    activity_hours(hours, matches)
    pd.testing.assert_series_equal(hours, before[0])
    pd.testing.assert_series_equal(matches, before[1])
