import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from kamtools.reading.ranges import range_faults

LEVELS = ["stake_low", "stake", "stake_high"]
NUMBERS = st.lists(
    st.one_of(st.floats(0, 1), st.just(float("nan"))), min_size=3, max_size=3
)  # fmt: skip


def one_row(*values):
    return pd.DataFrame([values], columns=LEVELS, index=[2], dtype=float)


@given(NUMBERS)
def test_row_is_at_fault_exactly_where_given_numbers_fall(values):
    there = [value for value in values if not np.isnan(value)]
    assert bool(range_faults(one_row(*values), "f.csv")) == (there != sorted(there))


def test_equal_low_middle_and_high_are_no_fault():
    assert range_faults(one_row(0.3, 0.3, 0.3), "f.csv") == []


def test_high_is_compared_with_low_where_the_middle_is_blank():
    (fault,) = range_faults(one_row(0.5, np.nan, 0.4), "f.csv")
    assert (
        str(fault) == "f.csv, row 2, column stake_high: saw 0.4; expected at least stake_low, 0.5"
    )


def test_text_columns_of_the_firm_are_left_alone():
    frame = pd.DataFrame({"note_low": ["b"], "note": ["a"]}, index=[2])
    assert range_faults(frame, "f.csv") == []


def test_table_is_left_as_it_was():
    frame = one_row(0.5, 0.2, np.nan)
    before = frame.copy(deep=True)
    range_faults(frame, "f.csv")
    pd.testing.assert_frame_equal(frame, before)
