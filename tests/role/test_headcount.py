from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from kamtools.errors import InputError
from kamtools.role.headcount import describe_headcount, headcount, triangle
from kamtools.role.workload import workload

B2 = ["strategic"] * 6 + ["star"] * 5 + ["status"] * 8 + ["streamline"] * 11
TABLE = workload(pd.DataFrame({"tier": B2}))
KNOWN = {"hours_per_year": 1_760, "share_for_accounts": 0.7, "seed": 1}


def certain(hours, **columns):
    return pd.DataFrame({"tier": "key", "hours": hours, "hours_low": hours, "hours_high": hours,
                         "source": "service log", **columns})  # fmt: skip


def test_worked_example_needs_484_managers_with_62_accounts_each():
    # methods.md B2: 5,960 h, H = 1,760, u = 0.70.
    need = headcount(TABLE, **KNOWN)
    assert round(need.fte, 2) == 4.84
    assert round(need.span, 1) == 6.2
    assert need.managers == 5


def test_hours_of_exactly_two_managers_need_two():
    need = headcount(certain([1_232.0, 1_232.0]), **KNOWN)
    assert need.managers == 2
    assert need.fte_low == pytest.approx(need.fte_high)


def test_limit_of_accounts_asks_for_more_people():
    need = headcount(TABLE, **KNOWN, max_span=4)
    assert need.managers == 8
    assert need.set_by == "span"
    assert need.managers_low == 8
    assert headcount(TABLE, **KNOWN, max_span=30).set_by == "hours"
    assert headcount(TABLE, **KNOWN, max_span=6).set_by == "hours"


def test_hours_that_nobody_doubts_have_no_range():
    need = headcount(certain([500.0] * 4), **KNOWN)
    assert need.workload_low == need.workload_high == 2_000
    assert need.assumed_share == 0


def test_accounts_of_one_tier_are_wrong_together():
    # One triangle (0, 60, 120) for all ten: 5 % lie below 10 × 18.97; ten that move each on
    # its own spread by √10 less.
    rows = pd.DataFrame({"tier": "star", "hours": 60.0, "hours_low": 0.0, "hours_high": 120.0,
                         "source": "assumptions"}, index=range(10))  # fmt: skip
    together = headcount(rows, **KNOWN, draws=20_000)
    expected = 10 * stats.triang(0.5, 0, 120).ppf([0.05, 0.95])
    assert [together.workload_low, together.workload_high] == pytest.approx(expected, rel=0.04)
    alone = headcount(rows.assign(source="service log"), **KNOWN, draws=20_000)
    widths = [need.workload_high - need.workload_low for need in (together, alone)]
    assert widths[0] / widths[1] == pytest.approx(np.sqrt(10), rel=0.08)


def test_doubt_about_the_share_widens_the_range_of_managers_only():
    need, doubted = headcount(TABLE, **KNOWN), headcount(TABLE, **KNOWN, share_range=(0.55, 0.8))
    assert doubted.workload_high == need.workload_high
    assert doubted.fte_high > need.fte_high
    assert doubted.fte == need.fte


def test_missing_range_is_the_hours_themselves():
    bare = certain([500.0, 700.0]).assign(hours_low=np.nan, hours_high=np.nan)
    assert headcount(bare, **KNOWN).workload_high == 1_200


@settings(deadline=None, max_examples=25)
@given(st.lists(st.floats(1, 500), min_size=1, max_size=12), st.floats(1.1, 3))
def test_longer_hours_need_proportionally_more(hours, times):
    need = headcount(certain(hours), **KNOWN)
    more = headcount(certain([times * h for h in hours]), **KNOWN)
    assert more.fte == pytest.approx(times * need.fte)
    assert more.span == pytest.approx(need.span / times)


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 50), st.floats(0, 50), st.floats(1, 50))
def test_triangle_is_that_of_scipy(chance, low, rise, fall):
    width = rise + fall
    expected = stats.triang(rise / width, low, width).ppf(chance)
    assert triangle(np.array(chance), low, low + rise, low + width) == pytest.approx(expected)


def test_same_seed_gives_the_same_range():
    assert headcount(TABLE, **KNOWN) == headcount(TABLE, **KNOWN)
    assert headcount(TABLE, **KNOWN) != headcount(TABLE, **(KNOWN | {"seed": 2}))


def test_words_say_how_many_how_sure_and_what_is_assumed():
    need = headcount(TABLE, **KNOWN)
    said = describe_headcount(need)
    assert said.startswith("30 accounts need 4.84 full-time managers (")
    assert said.endswith("All hours rest on assumptions that you should confirm.")
    by_span = replace(need, set_by="span", assumed_share=0.4)
    assert "as the limit of accounts for each asks" in describe_headcount(by_span)
    assert "40 % of the hours rest on assumptions" in describe_headcount(by_span)


@pytest.mark.parametrize(
    ("table", "options", "message"),
    [
        (TABLE.iloc[:0], {}, "at least one account; got none"),
        (TABLE.assign(hours=-1.0), {}, "hours must be numbers of at least 0; got -1.0 for 0"),
        (TABLE.assign(hours_low=999.0), {}, "on either side of hours"),
        (TABLE, {"hours_per_year": 0}, "hours_per_year must be a number above 0; got 0"),
        (TABLE, {"share_for_accounts": 70}, "up to 1, within its range; got 70"),
        (TABLE, {"share_range": (0.8, 0.9)}, r"got 0.7 in \(0.8, 0.9\)"),
        (TABLE, {"max_span": 0}, "max_span must be above 0; got 0"),
    ],
)
def test_numbers_out_of_their_range_are_refused(table, options, message):
    with pytest.raises(InputError, match=message):
        headcount(table, **(KNOWN | options))


def test_table_given_is_not_changed():
    before = TABLE.copy(deep=True)
    headcount(TABLE, **KNOWN)
    pd.testing.assert_frame_equal(TABLE, before)
