import datetime

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.briefing_choice import (
    MOST_LINES,
    choose_lines,
    month_lines,
    read_month,
    read_rows,
    relevance,
)
from kamtools.planning.briefing_matching import ClientFacts

AS_OF = datetime.date(2024, 12, 20)
EVENTS = pd.DataFrame(
    {
        "date": pd.to_datetime(["2024-11-30", "2024-12-20", "2024-12-01", "2024-12-21"]),
        "competitor": "x", "event": "y", "source": "z", "language": ["en", None, "zh", "en"],
    }
)  # fmt: skip


def rows(**more):
    return month_lines(
        EVENTS, **{"month": "2024-12", "as_of": AS_OF, "language": "en", **more}
    )["line"].tolist()  # fmt: skip


def test_lines_are_of_the_month_known_and_in_the_page_s_language_or_none():
    assert rows() == [3]
    assert rows(language="zh") == [4, 3]
    assert rows(month="2024-11") == [2]
    assert rows(as_of=datetime.date(2024, 12, 31)) == [3, 5]


def test_a_row_can_be_left_out_and_must_be_there_to_be():
    assert rows(left_out=[3]) == []
    with pytest.raises(InputError, match="no row 9 to leave out"):
        rows(left_out=[9])


def test_a_firm_without_the_table_has_no_lines():
    none = month_lines(None, month="", as_of=AS_OF, language="en")
    assert none.empty
    assert relevance(none, facts=ClientFacts(pd.Series(dtype=float)))["touches"].tolist() == []


def test_a_table_that_lacks_a_column_is_refused():
    with pytest.raises(InputError, match="lacks the column source"):
        month_lines(EVENTS.drop(columns="source"), month="", as_of=AS_OF, language="en")


@pytest.mark.parametrize("month", ["December", "2024-13", "2024", "24-12", "2024-12-01"])
def test_what_is_no_month_is_refused(month):
    with pytest.raises(InputError, match="expected one such as 2024-12"):
        read_month(month, AS_OF)


def test_a_month_to_come_is_refused():
    with pytest.raises(InputError, match="after the last day"):
        read_month("2025-01", AS_OF)


def test_rows_that_are_no_numbers_are_refused():
    assert read_rows("14， 17；3") == [14, 17, 3]
    with pytest.raises(InputError, match="got 'all'"):
        read_rows("14; all")


def judged(shares):
    return pd.DataFrame(
        {
            "line": range(2, len(shares) + 2),
            "date": pd.date_range("2024-12-01", periods=len(shares)),
            "touches": ["Tea" if share else "" for share in shares],
            "bought_share": shares,
        }
    )


@given(st.lists(st.sampled_from([0.0, 0.1, 0.2, 0.5]), max_size=12))
def test_the_lines_chosen_touch_the_client_most_and_stand_by_date(shares):
    table = judged(shares)
    told = choose_lines(table)
    assert len(told) == min(MOST_LINES, sum(share > 0 for share in shares))
    assert told["date"].is_monotonic_increasing
    left = table[~table["line"].isin(told["line"])]
    assert left["bought_share"].max() <= told["bought_share"].min() or not len(left) * len(told)


def test_the_user_s_rows_are_told_whether_they_touch_the_client_or_not():
    assert choose_lines(judged([0.5, 0.0, 0.1]), [3])["line"].tolist() == [3]
    with pytest.raises(InputError, match=r"row 9 is no line of the month; those of it are: 2, 3"):
        choose_lines(judged([0.5, 0.0]), [9])


def test_choosing_changes_no_argument():
    before = EVENTS.copy()
    relevance(month_lines(EVENTS, month="", as_of=AS_OF, language="en"),
              facts=ClientFacts(pd.Series(dtype=float)))  # fmt: skip
    pd.testing.assert_frame_equal(EVENTS, before)
