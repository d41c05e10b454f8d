import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.characteristics import GAP, HEADS, plot_characteristics, profile_cells
from kamtools.plots.style import figure_of
from kamtools.selection.characteristics import CHARACTERISTICS

NAMES = [characteristic.name for characteristic in CHARACTERISTICS]


@pytest.fixture
def scores():
    rows = [[1.0, 0.9, 0.6, 0.8, 0.5], [0.2, 0.1, 0.9, 0.2, np.nan]]
    return pd.DataFrame(rows, index=["giant", "riser"], columns=NAMES)


def test_cost_stands_apart_after_the_merits(scores):
    cells = profile_cells(scores)
    assert list(HEADS)[-1] == "demanding"
    assert set(HEADS) == set(NAMES)
    assert cells.groupby("name")["left"].first()["demanding"] == len(HEADS) - 1 + GAP


def test_cell_of_what_is_not_known_says_so(scores):
    cells = profile_cells(scores).set_index(["row", "name"])["text"]
    assert cells[1, "fits"] == "?"
    assert cells[0, "share"] == "1.0"


def test_cost_is_shaded_in_another_colour_than_the_merits(scores):
    ax = plot_characteristics(scores.assign(demanding=1.0), names=pd.Series(dtype=str))
    shades = {patch.get_x(): patch.get_facecolor() for patch in ax.patches if patch.get_y() < 1}
    merit, cost = shades[0.03], shades[len(HEADS) - 1 + GAP + 0.03]
    assert merit[2] > merit[0]
    assert cost[0] > cost[2]


def test_title_counts_the_demanding(scores):
    def title(table):
        return figure_of(plot_characteristics(table, names=pd.Series(dtype=str))).get_suptitle()

    assert title(scores) == "Of 2 accounts shown, 1 takes much or bargains hard"
    assert title(scores.assign(demanding=0.1)).endswith("none takes much or bargains hard")
    assert title(scores.assign(demanding=np.nan)).endswith("take of us is not known")


def test_accounts_stand_in_the_order_given_and_the_first_on_top(scores):
    ax = plot_characteristics(scores, names=pd.Series({"giant": "浩瀚食品"}), top=1)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["浩瀚食品"]
    assert ax.yaxis_inverted()


def test_heads_are_apart_and_all_is_inside_the_figure(scores):
    ax = plot_characteristics(
        scores, names=pd.Series("A very long name of an account", scores.index)
    )
    figure = figure_of(ax)
    figure.canvas.draw()
    boxes = [label.get_window_extent() for label in ax.get_xticklabels()]
    for row, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:row])
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.x1


def test_profiles_without_accounts_or_columns_are_refused(scores):
    with pytest.raises(InputError, match="got 2 accounts, columns share"):
        profile_cells(scores[["share"]])
    with pytest.raises(InputError, match="got 0 accounts"):
        profile_cells(scores.iloc[:0])


def test_scores_stay_as_they_were(scores):
    before = scores.copy(deep=True)
    plot_characteristics(scores, names=pd.Series(dtype=str))
    pd.testing.assert_frame_equal(scores, before)
