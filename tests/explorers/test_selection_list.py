import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.explorers.selection_list import (
    points_from_weights,
    selection_list,
    weights_text,
)
from kamtools.explorers.selection_words import describe_moves, list_html
from kamtools.selection.scoring import weighted_sum
from kamtools.selection.weights import parse_weights

ACCOUNTS = pd.Index(["giant", "middle", "riser", "small"], name="account_id")
VALUES = pd.DataFrame(
    {"margin": [9.0, 6.0, 3.0, 1.0], "growth": [0.0, 0.1, 0.9, 0.2],
     "returns": [0.3, 0.1, 0.0, 0.2]}, index=ACCOUNTS,
)  # fmt: skip
OBJECTIVES = pd.Series({"margin": "max", "growth": "max", "returns": "min"})
REVENUE = pd.Series([900.0, 500.0, 90.0, 60.0], index=ACCOUNTS)
NAMES = pd.Series({"giant": "Giant", "middle": "Middle", "riser": "浩瀚食品", "small": None})


def listed(points, **options):
    given_options = {"objectives": OBJECTIVES, "revenue": REVENUE, "top": 2} | options
    return selection_list(VALUES, points=pd.Series(points), **given_options)


def test_points_keep_the_proportions_of_the_weights():
    points = points_from_weights(pd.Series({"margin": 0.5, "growth": 0.3, "returns": 0.2}))
    assert points.max() == 10
    assert points["growth"] / points["returns"] == pytest.approx(1.5)


@given(st.lists(st.floats(0, 10), min_size=3, max_size=3).filter(lambda p: sum(p) > 0.01))
def test_scores_are_those_of_the_method_at_these_weights(points):
    points = pd.Series(points, index=VALUES.columns)
    expected = weighted_sum(VALUES, points / points.sum(), OBJECTIVES)["score"]
    np.testing.assert_allclose(listed(points)["score"].reindex(ACCOUNTS), expected, atol=1e-12)


@given(st.floats(0.1, 10))
def test_only_the_proportions_of_points_count(factor):
    points = pd.Series({"margin": 3.0, "growth": 2.0, "returns": 1.0})
    one, other = (listed(points * by)[["rank", "is_chosen"]] for by in (1, factor / 10))
    pd.testing.assert_frame_equal(one, other)


def test_chosen_accounts_stand_first_in_the_order_of_their_ranks():
    table = listed({"margin": 1.0, "growth": 3.0, "returns": 1.0})
    assert table["is_chosen"].tolist() == [True, True, False, False]
    assert table["rank"].is_monotonic_increasing


def test_list_by_sales_does_not_depend_on_the_points():
    table = listed({"margin": 0.0, "growth": 1.0, "returns": 0.0})
    assert set(table.index[table["in_sales_list"]]) == {"giant", "middle"}
    assert table.loc["riser", "rank_by_sales"] == 3


def test_method_changes_the_scores():
    points = {"margin": 1.0, "growth": 3.0, "returns": 1.0}
    assert not listed(points)["score"].equals(listed(points, method="topsis")["score"])


def test_moves_are_told_against_the_list_before():
    table = listed({"margin": 0.0, "growth": 1.0, "returns": 0.0}, before=["giant", "middle"])
    text = describe_moves(table, NAMES)
    assert "浩瀚食品 and small come in" in text
    assert "Middle (now 3) and Giant (now 4) go out" in text
    assert text.endswith("2 of the 2 chosen are not among the 2 largest by sales.")


def test_many_moves_are_counted():
    accounts = [f"C{row}" for row in range(9)]
    table = pd.DataFrame(
        {"rank": range(1, 10), "is_chosen": True, "was_chosen": False, "in_sales_list": True},
        index=accounts,
    )
    assert "C4 and 4 more come in." in describe_moves(table, pd.Series(dtype=str))


def test_unmoved_list_is_said_to_be_the_one_at_the_start():
    table = listed({"margin": 1.0, "growth": 1.0, "returns": 1.0})
    assert describe_moves(table, NAMES).startswith("The list at the start.")


def test_names_are_text_in_the_html_whatever_they_contain():
    names = NAMES.copy()
    names["giant"] = '<script>alert("x")</script> & <b>Co'
    page = list_html(listed({"margin": 1.0, "growth": 0.0, "returns": 0.0}), names)
    assert "<script>" not in page
    assert "&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &lt;b&gt;Co" in page


def test_html_holds_the_chosen_and_those_who_went_out():
    table = listed({"margin": 0.0, "growth": 1.0, "returns": 0.0}, before=["giant", "middle"])
    page = list_html(table, NAMES)
    assert page.count("<tr>") == 1 + 4
    assert page.count("came in") == page.count("went out") == 2


def test_weights_text_is_understood_by_the_notebooks_parameter():
    points = pd.Series({"margin": 10.0, "growth": 2.5, "returns": 0.0})
    parsed = parse_weights(weights_text(points), points.index)
    assert parsed.tolist() == pytest.approx([0.8, 0.2, 0.0])


def test_points_that_are_all_zero_are_refused():
    with pytest.raises(InputError, match="must not all be 0"):
        listed({"margin": 0.0, "growth": 0.0, "returns": 0.0})


def test_longer_list_than_accounts_is_refused():
    with pytest.raises(InputError, match="top must be a whole number from 1 to 4"):
        listed({"margin": 1.0, "growth": 0.0, "returns": 0.0}, top=5)


def test_tables_given_are_not_changed():
    before = VALUES.copy(), REVENUE.copy(), NAMES.copy()
    list_html(listed({"margin": 1.0, "growth": 3.0, "returns": 1.0}), NAMES)
    pd.testing.assert_frame_equal(VALUES, before[0])
    pd.testing.assert_series_equal(REVENUE, before[1])
    pd.testing.assert_series_equal(NAMES, before[2])
