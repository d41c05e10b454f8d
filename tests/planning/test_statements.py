from collections import Counter

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.statements import (
    DIMENSIONS,
    NAMES,
    STATEMENTS,
    form,
    importance_points,
    importance_table,
)


def test_there_are_twenty_statements_four_in_each_of_five_dimensions():
    assert Counter(one.dimension for one in STATEMENTS) == dict.fromkeys(DIMENSIONS, 4)
    assert len(set(NAMES)) == 20


@pytest.mark.parametrize("one", STATEMENTS, ids=lambda one: one.name)
def test_a_statement_has_five_levels_of_its_own_and_a_reason(one):
    assert len(set(one.anchors)) == 5
    assert all(anchor.endswith(".") for anchor in one.anchors)
    assert one.importance in (1, 2, 3)
    assert one.because
    assert one.claim.startswith("E")


def test_no_anchor_is_used_twice():
    anchors = [anchor for one in STATEMENTS for anchor in one.anchors]
    assert len(set(anchors)) == len(anchors)


def test_importance_by_default_is_that_of_the_statements():
    assert importance_points().to_dict() == {one.name: one.importance for one in STATEMENTS}


def test_points_replace_those_of_the_statements_named_and_no_others():
    points = importance_points("sponsor=5, pay_fits = 0.5")
    assert (points["sponsor"], points["pay_fits"]) == (5, 0.5)
    others = [name for name in NAMES if name not in ("sponsor", "pay_fits")]
    assert points[others].equals(importance_points()[others])


def test_equal_importance_is_one_for_all():
    assert set(importance_points("equal")) == {1.0}


@given(st.dictionaries(st.sampled_from(NAMES), st.integers(0, 99), min_size=1))
def test_any_points_that_are_written_are_read(points):
    text = ", ".join(f"{name}={number}" for name, number in points.items())
    assert importance_points(text)[list(points)].to_dict() == points


@pytest.mark.parametrize("text", ["sponsor", "sponsor=", "sponsor=-1", "sponsor=two", ""])
def test_text_of_another_form_is_refused(text):
    with pytest.raises(InputError, match="could not read"):
        importance_points(text)


def test_statement_that_there_is_not_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="no statement 'sponsors'; did you mean 'sponsor'"):
        importance_points("sponsors=2")


def test_table_of_importance_says_where_the_points_are_not_ours():
    table = importance_table(importance_points("market_watch=9"))
    assert table.index[0] == "market_watch"
    assert table.loc["market_watch", "because"] == "set for this run"
    assert table["source"].str.startswith("E").all()


def test_points_given_to_the_table_are_not_changed():
    points = importance_points()
    before = points.copy()
    importance_table(points)
    pd.testing.assert_series_equal(points, before)


def test_form_has_a_blank_level_and_all_written_levels():
    table = form()
    assert table["statement"].tolist() == list(NAMES)
    assert table[["level", "respondent", "evidence"]].isna().all(axis=None)
    assert table.filter(regex=r"level_\d").shape == (20, 5)
