import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.forecast import plot_forecast
from kamtools.plots.style import VERMILLION, figure_of

NAMES = pd.Series({"a": "Harbour", "b": "浩瀚食品", "c": "Quay"})


@pytest.fixture
def table():
    return pd.DataFrame(
        {"revenue": [90.0, 20.0, 5.0], "revenue_low": [70.0, 0.0, 0.0],
         "revenue_high": [120.0, 40.0, 9.0], "p_alive": [0.99, 0.5, 0.9]},
        index=["a", "b", "c"],
    )  # fmt: skip


@pytest.fixture
def past():
    return pd.Series({"a": 80.0, "b": 30.0})


def test_bars_reach_from_low_to_high(table, past):
    ax = plot_forecast(table, names=NAMES, past=past)
    ends = [segment[:, 0].tolist() for segment in ax.collections[0].get_segments()]
    assert ends == [[70.0, 120.0], [0.0, 40.0], [0.0, 9.0]]


def test_an_account_that_may_leave_has_a_colour_of_its_own(table, past):
    ax = plot_forecast(table, names=NAMES, past=past)
    shaky = [line for line in ax.lines if line.get_color() == VERMILLION]
    assert [line.get_xdata().tolist() for line in shaky] == [[20.0]]
    assert figure_of(ax).get_suptitle() == "1 of 3 accounts may well leave"


def test_nobody_leaves_is_said(table, past):
    ax = plot_forecast(table.assign(p_alive=1.0), names=NAMES, past=past)
    assert figure_of(ax).get_suptitle() == "None of 3 accounts may well leave"


def test_only_the_first_accounts_are_drawn_by_name(table, past):
    ax = plot_forecast(table, names=NAMES, past=past, top=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["Harbour", "浩瀚食品"]


def test_a_table_without_intervals_is_refused(table, past):
    with pytest.raises(InputError, match="revenue_low"):
        plot_forecast(table.drop(columns="revenue_low"), names=NAMES, past=past)


def test_table_is_left_as_it_was(table, past):
    before = table.copy()
    plot_forecast(table, names=NAMES, past=past)
    pd.testing.assert_frame_equal(table, before)
