import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.explorers.list_table import MOST_CONTENDERS, list_html, rows_shown
from kamtools.explorers.selection_list import (
    exact_points,
    points_from_weights,
    selection_list,
    weights_text,
)
from kamtools.explorers.selection_words import describe_hours_used, describe_moves
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
    heads, not_on_the_list = 1, 1
    assert page.count("<tr>") == heads + 2 + not_on_the_list + 2
    assert page.count("came in") == page.count("went out") == 2


def test_html_of_the_list_at_the_start_has_no_column_of_changes():
    page = list_html(listed({"margin": 1.0, "growth": 0.0, "returns": 0.0}), NAMES)
    assert "Change" not in page


def test_hours_are_in_the_list_only_where_they_are_a_limit():
    points = {"margin": 1.0, "growth": 0.0, "returns": 0.0}
    hours = pd.Series([300.0, 90.0, 90.0, 90.0], index=ACCOUNTS)
    assert "hours" not in listed(points, hours=hours)
    table = listed(points, hours=hours, capacity_hours=500)
    assert table["hours"].loc[ACCOUNTS].tolist() == [300, 90, 90, 90]
    assert not table["is_pushed_out"].any()


def test_account_that_hours_push_out_stands_outside_with_its_rank():
    points = {"margin": 1.0, "growth": 0.0, "returns": 0.0}
    hours = pd.Series([300.0, 90.0, 90.0, 90.0], index=ACCOUNTS)
    table = listed(points, hours=hours, capacity_hours=200, before=["giant", "middle"])
    assert table.index[table["is_pushed_out"]].tolist() == ["giant"]
    assert table.loc["giant", ["rank", "is_chosen"]].tolist() == [1, False]
    assert "went out</b>: no hours left" in list_html(table, NAMES)


def test_hours_used_and_who_stays_out_are_told():
    table = pd.DataFrame(
        {"rank": [1, 2, 3], "hours": [1300.0, 90.0, 60.0], "is_chosen": [False, False, True],
         "is_pushed_out": [True, True, False]}, index=["giant", "riser", "small"],
    )  # fmt: skip
    assert describe_hours_used(table, 100, NAMES) == (
        "The list takes 60 of 100 hours a year; for want of hours Giant (1,300) and 浩瀚食品 (90) "
        "stay out."
    )


def test_contenders_outside_the_list_are_shown_the_likeliest_only():
    accounts = [f"C{row:02d}" for row in range(30)]
    table = pd.DataFrame(
        {"rank": range(1, 31), "is_chosen": False, "was_chosen": False,
         "verdict": ["argue about it"] * 20 + ["out"] * 10, "p_top_k": np.linspace(0.7, 0, 30)},
        index=accounts,
    )  # fmt: skip
    chosen, outside = rows_shown(table)
    assert chosen.empty
    assert outside.index.tolist() == accounts[:MOST_CONTENDERS]


def test_verdict_stands_in_the_list_with_its_share():
    table = listed({"margin": 1.0, "growth": 0.0, "returns": 0.0})
    verdict = pd.DataFrame({"p_top_k": [0.98, 0.43], "verdict": ["in", "argue about it"]},
                           index=["giant", "middle"])  # fmt: skip
    page = list_html(table.head(2).join(verdict), NAMES)
    assert "</i>in, 98 %</td>" in page
    assert "</i>argue about it, 43 %</td>" in page


@given(st.floats(0, 10), st.floats(0.01, 0.5))
def test_points_not_moved_by_more_than_half_a_step_are_those_at_the_start(start, step):
    exact = pd.Series({"margin": start})
    shown = (exact / step).round() * step
    assert exact_points(shown, exact, step=step).equals(exact)
    assert exact_points(exact + step, exact, step=step).equals(exact + step)


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
