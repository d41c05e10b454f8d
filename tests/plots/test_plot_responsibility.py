from itertools import pairwise

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.responsibility import broken_rules, plot_raci, raci_cells
from kamtools.plots.style import figure_of
from kamtools.role.raci_table import raci_matrix, raci_table
from kamtools.role.responsibility import check_raci
from kamtools.samples.company_tasks import ACTIVITIES


@pytest.fixture
def matrix():
    return raci_matrix(raci_table(ACTIVITIES))


@pytest.fixture
def violations():
    return check_raci(ACTIVITIES).violations


def test_every_letter_of_the_matrix_is_a_cell(matrix):
    assert len(raci_cells(matrix)) == matrix.map(len).to_numpy().sum()
    assert not raci_cells(matrix)["is_marked"].any()


def test_two_letters_share_a_cell():
    cells = raci_cells(pd.DataFrame({"Li": ["RA"]}, index=["Visit"]))
    assert cells[["letter", "top", "height"]].to_numpy().tolist() == [
        ["R", 0.0, 0.5], ["A", 0.5, 0.5]
    ]  # fmt: skip


def test_letters_at_fault_are_marked_and_no_others(matrix, violations):
    cells = raci_cells(matrix, violations)
    marked = {
        (matrix.index[cell.row], matrix.columns[cell.column], cell.letter)
        for cell in cells[cells["is_marked"]].itertuples()
    }
    assert marked == {
        ("Plan promotions", "head of marketing", "A"),
        ("Plan promotions", "head of sales", "A"),
        ("Close complaints", "key account manager", "A"),
    }


def test_rules_stand_beside_the_activities_that_break_them(matrix, violations):
    rules = broken_rules(matrix, violations)
    assert rules["Run the client's special packs"] == "9"
    assert (rules != "").sum() == 4
    texts = [text.get_text() for text in plot_raci(matrix, violations).texts]
    assert texts.count("9") == 1


def test_title_counts_activities_and_faults_that_have_no_place_here(matrix, violations):
    title = figure_of(plot_raci(matrix, violations)).get_suptitle()
    assert title == "4 of 18 activities break a rule; 1 fault is elsewhere"
    assert figure_of(plot_raci(matrix)).get_suptitle() == "18 activities: none breaks a rule"


def test_heads_of_the_columns_do_not_touch(matrix):
    figure = figure_of(plot_raci(matrix))
    figure.canvas.draw()
    heads = [label.get_window_extent() for label in figure.axes[0].get_xticklabels()]
    assert all(a.x1 <= b.x0 + 1 for a, b in pairwise(heads))
    assert all(head.y1 <= figure.bbox.y1 for head in heads)


def test_long_and_chinese_names_fit(matrix):
    named = matrix.rename(columns={"buyer": "采购部负责人", "quality": "quality " * 9})
    figure = figure_of(plot_raci(named.rename(index={"Plan promotions": "Plan " * 30})))
    figure.canvas.draw()
    for label in [*figure.axes[0].get_yticklabels(), *figure.axes[0].get_xticklabels()]:
        assert figure.bbox.x0 <= label.get_window_extent().x0
        assert label.get_window_extent().y1 <= figure.bbox.y1


def test_roles_beyond_the_most_are_counted_and_those_who_act_stay(matrix):
    ax = plot_raci(matrix, most=5)
    heads = [label.get_text() for label in ax.get_xticklabels()]
    assert heads == list(matrix.columns[:5])
    assert ax.get_xlabel().endswith(f"({matrix.shape[1] - 5} roles not shown)")


def test_table_is_drawn_on_axes_that_are_given(matrix):
    ax = plt.subplot()
    assert plot_raci(matrix, ax=ax) is ax


def test_table_without_a_role_is_refused(matrix):
    with pytest.raises(InputError, match="an activity and a role; got 18 by 0"):
        plot_raci(matrix.iloc[:, :0])


def test_tables_given_to_the_heat_map_are_not_changed(matrix, violations):
    before = matrix.copy(), violations.copy()
    plot_raci(matrix, violations)
    pd.testing.assert_frame_equal(matrix, before[0])
    pd.testing.assert_frame_equal(violations, before[1])
