import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.plots.lists import list_places, plot_differences
from kamtools.plots.style import figure_of
from kamtools.selection.portfolio import compare_with_sales


def compared(scores, top):
    """Return the table of the two lists, sales falling from the first account to the last."""
    accounts = pd.Index([f"C{row:02d}" for row in range(len(scores))], name="account_id")
    sales = pd.DataFrame({"revenue": range(len(scores), 0, -1), "margin": 1.0}, index=accounts)
    table = pd.DataFrame({"score": scores}, index=accounts)
    table["rank"] = table["score"].rank(ascending=False, method="min").astype("int64")
    return compare_with_sales(sales.astype(float), table, top).table


@given(st.permutations(range(12)), st.integers(1, 12))
def test_no_two_accounts_stand_in_one_place(scores, top):
    places = list_places(compared(list(map(float, scores)), top))
    assert places["left"].is_unique
    assert places["right"].is_unique


@given(st.permutations(range(12)), st.integers(1, 12))
def test_as_many_enter_as_leave(scores, top):
    moves = list_places(compared(list(map(float, scores)), top))["move"].value_counts()
    assert moves.get("enters", 0) == moves.get("leaves", 0)


def test_list_by_sales_stands_in_its_order_with_the_others_below():
    places = list_places(compared([0.1, 0.9, 0.5, 0.8], 2))
    left = places.sort_values("left")
    assert left.index.tolist() == ["C00", "C01", "C03"]
    assert left["move"].tolist() == ["leaves", "stays", "enters"]


def test_names_stand_on_both_sides_with_their_ranks():
    ax = plot_differences(
        compared([0.1, 0.9, 0.5, 0.8], 2), names=pd.Series({"C00": "$ Giant", "C03": "浩瀚食品"})
    )
    said = {text.get_text() for text in ax.texts}
    assert {"$ Giant  1", "4  $ Giant", "浩瀚食品  4", "2  浩瀚食品"} <= said


def test_title_counts_those_who_give_way():
    ax = plot_differences(compared([0.1, 0.9, 0.5, 0.8], 2), names=pd.Series(dtype=str))
    assert figure_of(ax).get_suptitle() == "1 of the 2 largest by sales gives way to others"


def test_equal_lists_are_said_to_be_equal():
    ax = plot_differences(compared([0.9, 0.8, 0.1], 2), names=pd.Series(dtype=str))
    assert figure_of(ax).get_suptitle() == "Both lists hold the same accounts"


def test_texts_of_long_lists_are_apart_and_inside_the_figure():
    table = compared([float(row % 17) for row in range(60)], 20)
    names = pd.Series("广州浩瀚食品供应链管理有限公司", index=table.index)
    ax = plot_differences(table, names=names)
    figure = figure_of(ax)
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts]
    for row, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:row])
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1


def test_table_without_ranks_is_refused():
    with pytest.raises(InputError, match="need at least one account and the columns"):
        list_places(pd.DataFrame({"in_chosen_list": [True]}))


def test_table_given_is_not_changed():
    table = compared([0.1, 0.9, 0.5, 0.8], 2)
    before = table.copy()
    plot_differences(table, names=pd.Series(dtype=str))
    pd.testing.assert_frame_equal(table, before)
