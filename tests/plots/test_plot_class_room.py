import matplotlib.pyplot as plt
import pandas as pd
import pytest

from kamtools.plots.class_room import plot_before_after, plot_share_solved


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def test_bars_are_the_shares_with_the_first_exercise_on_top():
    table = pd.DataFrame({"share_solved": [0.25, 1.0, 0.0]}, index=["a", "b", "c"])
    ax = plot_share_solved(table)
    widths = [bar.get_width() for bar in ax.containers[1]]
    assert widths == [0.0, 1.0, 0.25]
    assert [label.get_text() for label in ax.get_yticklabels()] == ["c", "b", "a"]


def test_line_leads_from_the_score_before_to_the_one_after():
    table = pd.DataFrame({"before": [4.0, 7.0, None], "after": [9.0, 6.0, 8.0]}, index=list("abc"))
    ax = plot_before_after(table, n_items=15)
    before, after = (line.get_xdata().tolist() for line in ax.lines)
    assert (before, after) == ([7.0, 4.0], [6.0, 9.0])
    assert ax.get_xlim()[1] > 15


def test_arguments_are_not_changed():
    table = pd.DataFrame({"share_solved": [0.25]}, index=["a"])
    kept = table.copy()
    plot_share_solved(table)
    pd.testing.assert_frame_equal(table, kept)
