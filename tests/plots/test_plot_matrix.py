import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.contrast import letters
from kamtools.plots.matrix import COLOURS, matrix_points, plot_matrix
from kamtools.plots.style import figure_of
from kamtools.selection.matrix import CELLS, POLICIES, portfolio_matrix


@pytest.fixture
def table():
    strength = pd.DataFrame(
        {"strength": [1.5, 0.5, 1.2, 0.4, np.nan], "basis": "", "missing": ""},
        index=["a", "b", "c", "d", "e"],
    )
    return portfolio_matrix(pd.Series([8.0, 8.5, 3.0, 2.0, 9.0], index=strength.index), strength)


def crowded(n, *, names):
    rng = np.random.default_rng(5)
    ids = [f"a{place}" for place in range(n)]
    strength = pd.DataFrame(
        {"strength": rng.choice([0.5, 1.0, 1.5], n), "basis": "", "missing": ""}, index=ids
    )
    table = portfolio_matrix(pd.Series(rng.uniform(5, 9, n), index=ids), strength)
    size = pd.Series(rng.lognormal(0, 1, n), index=ids)
    return plot_matrix(table, names=pd.Series(names, index=ids), size=size)


def test_account_that_is_not_placed_is_not_drawn_but_counted(table):
    assert matrix_points(table).index.tolist() == ["a", "b", "c", "d"]
    ax = plot_matrix(table, names=pd.Series(dtype=str))
    assert "1 account of which too little is known" in ax.get_xlabel()


def test_area_of_a_bubble_is_in_proportion_to_the_size(table):
    points = matrix_points(table, size=pd.Series({"a": 400.0, "b": 100.0}))
    assert (points.loc["a", "radius"] / points.loc["b", "radius"]) ** 2 == pytest.approx(4)


def test_every_cell_is_named_with_its_policy_in_its_own_colour(table):
    ax = plot_matrix(table, names=pd.Series(dtype=str))
    said = {text.get_text(): text.get_color() for text in ax.texts}
    for cell in CELLS:
        assert said[f"{cell.name.capitalize()}\n{POLICIES[cell.name]}"] == letters(
            COLOURS[cell.name]
        )


def test_accounts_of_the_upper_cells_are_named(table):
    ax = plot_matrix(table, names=pd.Series({"a": "Harbour", "b": "沛惠", "c": "Quay"}))
    said = [text.get_text() for text in ax.texts]
    assert {"Harbour", "沛惠"} <= set(said)
    assert "Quay" not in said


def test_account_whose_client_was_not_asked_is_hollow(table):
    asked = table["basis"].where(table.index != "a", "stand-in: share of wallet")
    ax = plot_matrix(table.assign(basis=asked), names=pd.Series(dtype=str))
    shades = {round(float(face[3]), 2) for dots in ax.collections for face in dots.get_facecolor()}
    assert shades == {0.12, 0.7}
    assert "Hollow: not asked" in ax.get_xlabel()
    assert "Hollow" not in plot_matrix(table, names=pd.Series(dtype=str)).get_xlabel()


def test_lines_stand_at_the_cut_offs(table):
    ax = plot_matrix(table, names=pd.Series(dtype=str), attractive_from=6, strong_from=0.8)
    places = [list(np.unique(line.get_data()[axis])) for line in ax.lines for axis in (0, 1)]
    assert [6] in places
    assert [0.8] in places


@pytest.mark.parametrize("names", ["Northern Harbour Provisions", "广州浩瀚食品供应链管理有限公司"])
def test_all_texts_of_a_crowded_matrix_are_apart_and_inside_the_figure(names):
    ax = crowded(120, names=names)
    figure = figure_of(ax)
    figure.canvas.draw()
    drawn = [tick.label1 for axis in (ax.xaxis, ax.yaxis) for tick in axis._update_ticks()]
    texts = [*ax.texts, *figure.texts, ax.xaxis.label, ax.yaxis.label, *drawn]
    shown = [text for text in texts if text.get_text()]
    boxes = [text.get_window_extent() for text in shown]
    for row, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:row]), shown[row]
        assert figure.bbox.padded(1).containsx(box.x0)
        assert figure.bbox.padded(1).containsx(box.x1)
        assert figure.bbox.padded(1).containsy(box.y0)


def test_matrix_in_axes_of_the_callers_keeps_to_them(table):
    ax = plot_matrix(table, names=pd.Series(dtype=str))
    again = plot_matrix(table, names=pd.Series({"a": "Harbour"}), ax=ax)
    assert again is ax


def test_table_without_a_placed_account_or_a_column_is_refused(table):
    with pytest.raises(InputError, match="no account is placed"):
        plot_matrix(table.loc[["e"]], names=pd.Series(dtype=str))
    with pytest.raises(InputError, match="got 5 accounts, columns attractiveness"):
        plot_matrix(table[["attractiveness"]], names=pd.Series(dtype=str))


def test_table_stays_as_it_was(table):
    before = table.copy(deep=True)
    plot_matrix(table, names=pd.Series(dtype=str))
    pd.testing.assert_frame_equal(table, before)
