from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.power.evaluation_inference import Finding
from kamtools.power.evaluation_words import CANNOT, describe_detectable, describe_finding

FOUND = Finding(-6.2, 0.03, -11.0, -1.5, 0.95, 2.0, -10.7, -1.7, 10, 1152.0)
TABLE = pd.DataFrame({"accounts": [10, 40], "quarters": [8, 8], "detectable": [np.inf, 0.5],
                      "lots": [32.0, 9e9]})  # fmt: skip


def told(finding):
    return describe_finding(finding, outcome="the wait", unit="days")


def foreseen(accounts, quarters=8):
    return describe_detectable(TABLE, accounts=accounts, quarters=quarters, deviation=20.0,
                               unit="days")  # fmt: skip


def test_a_rise_and_a_fall_are_told_apart():
    assert "6.2 days lower than without" in told(FOUND)
    assert "4.0 days higher" in told(replace(FOUND, effect=4.0))


def test_interval_level_and_chance_are_those_found():
    text = told(replace(FOUND, level=0.9, p_value=0.2))
    assert "(−11.0 to −1.5; the lots do not speak against these values at 90 %)" in text
    assert "in 20 % of lots" in text


def test_too_few_lots_give_no_limits_and_say_why():
    text = told(replace(FOUND, low=-np.inf, high=np.inf, lots=32.0))
    assert "only 32 lots: too few to give limits at 95 %" in text
    assert "inf" not in text


def test_what_can_be_seen_is_told_in_the_unit_of_the_outcome():
    text = foreseen(40)
    assert "0.50 standard deviations or more, here 10 days, four times in five" in text
    assert all(limit in text for limit in CANNOT)


def test_a_design_that_shows_nothing_says_so():
    text = foreseen(10)
    assert text.startswith("Ten accounts over 8 quarters, divided like this, would show nothing")
    assert "only 32 outcomes" in text


def test_a_row_that_is_not_there_is_refused():
    with pytest.raises(InputError, match="no row for 10 accounts and 12 quarters"):
        foreseen(10, quarters=12)


def test_the_table_is_not_modified():
    kept = TABLE.copy()
    foreseen(40)
    pd.testing.assert_frame_equal(TABLE, kept)
