import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.ladder_path import plot_ladder_paths
from kamtools.plots.style import figure_of

CORRIDOR = (-0.15, 0.15)


def made(points):
    return pd.DataFrame([
        {"step": f"step {number}", "probability": 0.5, "power_imbalance": i,
         "power_imbalance_low": i - 0.1, "power_imbalance_high": i + 0.1,
         "mutual_dependence": j, "mutual_dependence_low": j - 0.1,
         "mutual_dependence_high": j + 0.1}
        for number, (i, j) in enumerate(points)
    ])  # fmt: skip


# methods 0.4
TIED = made([(0.345, 0.705), (0.184, 0.866)])
LOOSE = made([(0.345, 0.705), (0.184, 0.866), (-0.066, 0.616)])


def test_each_way_is_a_line_of_its_own_numbers():
    ax = plot_ladder_paths({"更被需要": TIED, "needed less": LOOSE}, corridor=CORRIDOR)
    lines = {line.get_label(): line for line in ax.get_lines()}
    assert lines["更被需要"].get_ydata().tolist() == [0.705, 0.866]
    assert lines["needed less"].get_xdata().tolist() == [0.345, 0.184, -0.066]


@pytest.mark.parametrize(
    ("ladders", "title"),
    [({"a": TIED}, "No way into the corridor"),
     ({"a": TIED, "b": LOOSE}, "One way into the corridor"),
     ({"a": LOOSE, "b": LOOSE}, "Two ways into the corridor")],
)  # fmt: skip
def test_title_counts_the_ways_that_end_inside(ladders, title):
    ax = plot_ladder_paths(ladders, corridor=CORRIDOR)
    assert figure_of(ax).get_suptitle() == title


def test_no_ladder_and_too_many_are_refused():
    with pytest.raises(InputError, match="1 to 4 ladders; got 0"):
        plot_ladder_paths({}, corridor=CORRIDOR)
    with pytest.raises(InputError, match="1 to 4 ladders; got 5"):
        plot_ladder_paths({str(n): TIED for n in range(5)}, corridor=CORRIDOR)


def test_ladder_without_a_column_is_refused():
    with pytest.raises(InputError, match="ladders have at least one"):
        plot_ladder_paths({"a": TIED.drop(columns="mutual_dependence")}, corridor=CORRIDOR)


def test_ladders_are_not_modified():
    before = LOOSE.copy()
    plot_ladder_paths({"a": LOOSE}, corridor=CORRIDOR)
    pd.testing.assert_frame_equal(LOOSE, before)
