from itertools import pairwise

import pandas as pd
import pytest
from matplotlib.text import Text

from kamtools.errors import InputError
from kamtools.plots.backtest import COLOURS, lines_shown, plot_backtest
from kamtools.plots.style import figure_of
from kamtools.selection.backtest_lists import METHOD_LABELS
from kamtools.selection.backtest_table import empty_table

HORIZONS = (3, 6, 12, 24, 36, 48, 60, 72)
METHODS = ("sales_rank", "recent_sales", "rfm", "bg_nbd", "auto", "score")


def row(method, horizon, value, **others):
    return {
        "date": "pooled", "horizon_months": horizon, "top": 20, "method": method,
        "measure": "revenue_share", "value": value, "low": value - 0.05, "high": value + 0.02,
        "difference_to_sales_rank": value - 0.9, "difference_low": value - 0.93,
        "difference_high": value - 0.89, "verdict": "", "n_dates": 4,
    } | others  # fmt: skip


@pytest.fixture
def table():
    """Return six ways of choosing at eight horizons, all within five points."""
    rows = [
        row(method, horizon, 0.95 - 0.01 * at - 0.001 * horizon)
        for at, method in enumerate(METHODS)
        for horizon in HORIZONS
    ]
    return pd.DataFrame(rows)


def texts_of(ax):
    return [text.get_text() for text in ax.texts]


def test_lines_drawn_are_the_table(table):
    ax = plot_backtest(table)
    heights = {tuple(line.get_ydata()) for line in ax.lines}
    assert len(heights) == 6
    assert tuple(table.loc[table["method"] == "rfm", "value"]) in heights


def test_every_line_is_named_at_its_end_and_no_name_stands_on_another(table):
    ax = plot_backtest(table)
    figure = figure_of(ax)
    figure.canvas.draw()
    assert [text.rsplit(" ", 2)[0] for text in texts_of(ax)] == [
        METHOD_LABELS[name] for name in dict.fromkeys(lines_shown(table)["method"])
    ]
    boxes = sorted((Text.get_window_extent(text) for text in ax.texts), key=lambda box: box.y0)
    assert all(below.y1 <= above.y0 + 1 for below, above in pairwise(boxes))


def test_all_texts_are_inside_the_figure_and_ticks_apart(table):
    ax = plot_backtest(table)
    figure = figure_of(ax)
    figure.canvas.draw()
    tight = figure.get_tightbbox()
    assert tight.x0 >= 0
    assert tight.y0 >= 0
    assert tight.x1 <= figure.get_figwidth() + 0.01
    ticks = [label.get_window_extent() for label in ax.get_xticklabels()]
    assert all(one.x1 < other.x0 for one, other in pairwise(ticks))


def test_title_says_what_sales_rank_caught_at_last(table):
    title = figure_of(plot_backtest(table)).get_suptitle()
    assert title == "Sales rank caught 88 % of the best possible in year 6"


def test_difference_leaves_sales_rank_as_the_zero_line(table):
    marked = table.assign(verdict=table["method"].map({"rfm": "worse", "score": "better"}))
    ax = plot_backtest(marked, difference=True)
    assert figure_of(ax).get_suptitle() == "Beside sales rank: 1 better, 1 worse"
    assert not any("Sales rank" in text for text in texts_of(ax))
    assert any(list(line.get_ydata()) == [0, 0] for line in ax.lines)


def test_methods_that_could_not_be_used_are_not_drawn(table):
    without = table.assign(value=table["value"].where(table["method"] != "bg_nbd"))
    assert "bg_nbd" not in set(lines_shown(without)["method"])


def test_one_horizon_and_one_method_can_be_drawn():
    ax = plot_backtest(pd.DataFrame([row("sales_rank", 3, 0.9)]))
    assert texts_of(ax) == ["Sales rank 90 %"]


def test_reason_stands_where_there_is_no_backtest():
    ax = plot_backtest(empty_table("No back-test: the history covers 4 months."))
    assert texts_of(ax) == ["The history covers 4 months."]


def test_every_way_of_choosing_has_a_colour():
    assert set(COLOURS) == set(METHOD_LABELS)


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"measure": "profit"}, "measure must be one of revenue_share"),
        ({"measure": "margin_share"}, "margin is known of none of these lists"),
        ({"top": 50}, "no list of 50 accounts was judged; there are 20"),
        ({"methods": ["guess"]}, "no way of choosing is called 'guess'"),
        ({"methods": ["sales_rank"], "difference": True}, "needs another way of choosing"),
    ],
)
def test_what_the_table_does_not_hold_is_refused(table, options, message):
    with pytest.raises(InputError, match=message):
        plot_backtest(table, **options)


def test_table_without_its_columns_is_refused(table):
    with pytest.raises(InputError, match="back-tests have at least one"):
        plot_backtest(table.drop(columns="low"))


def test_table_stays_as_it_was(table):
    before = table.copy(deep=True)
    plot_backtest(table, difference=True)
    pd.testing.assert_frame_equal(table, before)
