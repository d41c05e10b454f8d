import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kamtools.errors import InputError
from kamtools.plots.style import figure_of
from kamtools.plots.workload import OTHER, plot_workload, workload_bars
from kamtools.role.workload import TO_COME

NO_NAMES = pd.Series(dtype=str)


@pytest.fixture
def parts():
    rng = np.random.default_rng(3)
    accounts = [f"C{row:02d}" for row in range(20)]
    done = pd.DataFrame(rng.uniform(1, 60, (20, 9)), accounts, [f"activity {n}" for n in range(9)])
    return done.assign(**{TO_COME: rng.uniform(0, 90, 20)})


@pytest.fixture
def table(parts):
    hours = parts.sum(axis=1)
    return pd.DataFrame({"hours_low": 0.7 * hours, "hours_high": 1.5 * hours})


@settings(deadline=None)
@given(arrays(float, (4, 9), elements=st.floats(0, 500)))
def test_bars_hold_all_hours_and_fall_from_the_top(hours):
    bars = workload_bars(pd.DataFrame(hours, columns=list("abcdefghi")))
    totals = bars.sum(axis=1)
    assert totals.sum() == pytest.approx(hours.sum())
    assert (totals.diff().dropna() <= 1e-6).all()


def test_small_activities_are_summed_and_what_is_to_come_stands_last(parts):
    bars = workload_bars(parts)
    assert list(bars.columns[-2:]) == [OTHER, TO_COME]
    assert bars.shape[1] == 8


def test_one_activity_is_one_bar():
    assert workload_bars(pd.DataFrame({"visit": [3.0]})).columns.tolist() == ["visit"]


def test_accounts_with_the_most_hours_are_drawn_under_their_names(parts):
    most = parts.sum(axis=1).idxmax()
    ax = plot_workload(parts, names=pd.Series({most: "浩瀚食品"}), top=3)
    assert ax.get_yticklabels()[0].get_text() == "浩瀚食品"
    assert len(ax.get_yticks()) == 3
    assert figure_of(ax).get_suptitle().startswith("3 of 20 accounts take ")


def test_title_sums_the_hours():
    parts = pd.DataFrame({"visit": [1_000.0, 500.5]}, index=["a", "b"])
    ax = plot_workload(parts, names=NO_NAMES)
    assert figure_of(ax).get_suptitle() == "2 accounts take 1,500 hours a year"
    one = plot_workload(parts.iloc[:1], names=NO_NAMES)
    assert figure_of(one).get_suptitle() == "The account takes 1,000 hours a year"


def test_line_runs_from_least_to_most_hours(parts, table):
    ax = plot_workload(parts, names=NO_NAMES, table=table)
    lines = next(c for c in ax.collections if c.get_label() == "least to most")
    drawn = np.array([segment[:, 0] for segment in lines.get_segments()])
    order = workload_bars(parts).index
    np.testing.assert_allclose(drawn, table.loc[order])


def test_bar_that_dwarfs_all_others_is_cut_and_its_hours_written():
    parts = pd.DataFrame({"visit": [3_330.0, 300.0, 200.0, 100.0]}, index=list("abcd"))
    ax = plot_workload(parts, names=NO_NAMES)
    assert ax.get_xlim()[1] < 400
    assert [text.get_text() for text in ax.texts] == ["3,330 →"]


def test_bars_of_one_size_are_not_cut(parts, table):
    ax = plot_workload(parts, names=NO_NAMES, table=table)
    assert not ax.texts
    assert ax.get_xlim()[1] > table["hours_high"].max()


def test_all_texts_are_inside_the_figure(parts, table):
    names = pd.Series("A very long name of an account that goes on and on", index=parts.index)
    figure = figure_of(plot_workload(parts, names=names, table=table))
    figure.canvas.draw()
    tight = figure.get_tightbbox()
    assert tight.x0 >= 0
    assert tight.y0 >= 0
    assert tight.x1 <= figure.get_figwidth()
    assert tight.y1 <= figure.get_figheight()


def test_no_account_is_refused(parts):
    with pytest.raises(InputError, match="at least one account with hours; got 0 accounts"):
        plot_workload(parts.iloc[:0], names=NO_NAMES)


def test_tables_given_are_not_changed(parts, table):
    before = parts.copy(), table.copy()
    plot_workload(parts, names=NO_NAMES, table=table)
    pd.testing.assert_frame_equal(parts, before[0])
    pd.testing.assert_frame_equal(table, before[1])
