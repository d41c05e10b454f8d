import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.style import figure_of
from kamtools.plots.white_space import plot_white_space, white_space_cells

CHINESE = "广州浩瀚食品供应链管理有限公司华南分公司"
ALIKE = "like the others"


def grid(n_sites=30, n_groups=12):
    """Return a chain's grid in which store 3 lacks a group and buys little of another."""
    rows = [
        (f"S{site:02d}", f"组{group:02d}", 100.0 - group, ALIKE, 0.0)
        for site in range(n_sites)
        for group in range(n_groups)
    ]
    columns = ["account_id", "product_group", "revenue", "status", "brings"]
    table = pd.DataFrame(rows, columns=columns)
    at = table["account_id"] == "S03"
    table.loc[at & (table["product_group"] == "组01"), columns[2:]] = [0.0, "not bought", 1_500.0]
    table.loc[at & (table["product_group"] == "组02"), columns[2:]] = [5.0, "far less", 700.0]
    return table


def test_shares_of_a_row_add_up_to_one():
    cells = white_space_cells(grid())
    assert cells.groupby("row")["share"].sum().to_numpy() == pytest.approx(1.0)
    assert len(cells) == 30 * 12


def test_largest_group_stands_first_and_sites_keep_their_order():
    cells = white_space_cells(grid())
    assert cells.loc[cells["column"] == 0, "product_group"].unique().tolist() == ["组00"]
    assert cells.drop_duplicates("row")["account_id"].tolist() == [f"S{k:02d}" for k in range(30)]


def test_rows_and_groups_that_lack_something_stay_when_there_are_too_many():
    cells = white_space_cells(grid(), most_rows=2, most_groups=2)
    assert "S03" in set(cells["account_id"])
    assert set(cells["product_group"]) == {"组01", "组02"}
    ax = plot_white_space(grid(), most_rows=2, most_groups=2)
    assert ax.get_xlabel() == "Not shown: 28 rows and 10 product groups"


def test_what_a_row_lacks_stands_beside_it_in_money():
    texts = [text.get_text() for text in plot_white_space(grid()).texts]
    assert texts == ["+2.2k"]


def test_title_counts_gaps_and_sites():
    assert figure_of(plot_white_space(grid())).get_suptitle() == "2 gaps in 1 of 30 sites"
    even = grid().assign(status=ALIKE, brings=0.0)
    assert figure_of(plot_white_space(even)).get_suptitle() == "No gap in 30 sites"
    few = grid().assign(status="too few to tell", brings=float("nan"))
    assert figure_of(plot_white_space(few)).get_suptitle() == "30 sites: too few to tell"


def test_title_of_one_account_counts_those_like_it():
    ax = plot_white_space(grid(n_sites=21), first="S00")
    assert figure_of(ax).get_suptitle() == "2 gaps beside the 20 accounts most like it"


def test_what_all_names_begin_with_is_left_out():
    sites = [f"S{site:02d}" for site in range(30)]
    latin = pd.Series([f"Tinder Lane North {n}" for n in range(30)], index=sites)
    chinese = pd.Series([f"{CHINESE}第{n}分店" for n in range(30)], index=sites)
    for names, first in ((latin, "0"), (chinese, "0分店")):
        ax = plot_white_space(grid(), names=names)
        assert ax.get_yticklabels()[0].get_text() == first
        plt.close("all")
    alike = pd.Series("Same", index=sites)
    assert plot_white_space(grid(), names=alike).get_yticklabels()[3].get_text() == "Same S03"


def test_names_of_thirty_sites_do_not_touch_and_stay_inside():
    names = pd.Series([f"{n} {CHINESE}" for n in range(30)], index=[f"S{k:02d}" for k in range(30)])
    ax = plot_white_space(grid(n_groups=16), names=names)
    figure = figure_of(ax)
    figure.draw_without_rendering()
    boxes = [label.get_window_extent() for label in (*ax.get_yticklabels(), *ax.get_xticklabels())]
    for at, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[at + 1 :])
        assert box.x0 >= 0
        assert box.y1 <= figure.bbox.height
    legend = ax.get_legend().get_window_extent()
    assert 0 <= legend.x0 < legend.x1 <= figure.bbox.width


@pytest.mark.parametrize(
    ("table", "message"),
    [(grid().drop(columns="brings"), "needs the columns brings"), (grid()[:0], "no white space")],
)
def test_grid_that_cannot_be_drawn_is_refused(table, message):
    with pytest.raises(InputError, match=message):
        plot_white_space(table)


def test_grid_given_to_the_plot_is_not_changed():
    table = grid()
    before = table.copy()
    plot_white_space(table)
    pd.testing.assert_frame_equal(table, before)
