import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.bargaining import ROWS, plot_bargaining
from kamtools.plots.style import figure_of


def table(**changed):
    points = {"today": 60.0, "supplier_walks": 20.0, "account_walks": 100.0, "inside": 60.0,
              "outside": 50.0, "settlement": 50.0} | changed  # fmt: skip
    middle = pd.Series(points)
    return pd.DataFrame({"low": middle - 5, "middle": middle, "high": middle + 5})


def test_title_says_how_much_of_the_range_we_hold():
    # (60 − 20) / (100 − 20)
    assert figure_of(plot_bargaining(table())).get_suptitle() == "Today we hold 50 % of the range"


def test_no_range_and_a_price_outside_it_are_said():
    apart = figure_of(plot_bargaining(table(supplier_walks=120.0))).get_suptitle()
    below = figure_of(plot_bargaining(table(today=10.0))).get_suptitle()
    assert apart == "Both sides are better off apart"
    assert below == "Today lies outside the range of agreement"


def test_every_row_has_its_point():
    ax = plot_bargaining(table())
    drawn = [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"]
    assert drawn == [table().loc[name, "middle"] for name in ROWS]


def test_a_range_without_its_rows_is_refused():
    with pytest.raises(InputError, match="lacks the rows settlement"):
        plot_bargaining(table().drop("settlement"))


def test_range_is_left_unchanged_by_the_picture():
    given = table()
    before = given.copy(deep=True)
    plot_bargaining(given)
    pd.testing.assert_frame_equal(given, before)
