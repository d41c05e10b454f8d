import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.plots.simulation_ladder import plot_simulation_ladder, simulation_points
from kamtools.plots.style import figure_of
from kamtools.power.simulation_assumptions import default_simulation_assumptions
from kamtools.power.simulation_ladder import simulate_ladder


def made(rungs):
    rows = [
        {"rung": rung, "friction_days": days, "friction_days_low": days / 2,
         "friction_days_high": 2 * days, "supplier_gain": supplier,
         "supplier_gain_low": supplier - 1, "supplier_gain_high": supplier + 1,
         "account_gain": account, "account_gain_low": account - 1,
         "account_gain_high": account + 1}
        for rung, days, supplier, account in rungs
    ]  # fmt: skip
    return pd.DataFrame(rows)


RUNGS = [("Nothing", 40, 0.0, 0.0), ("Plan sharing", 30, 1.0, 0.5), ("+ notice", 15, 3.0, 2.0)]


def test_points_are_the_gains_of_the_table():
    points = simulation_points(made(RUNGS))
    assert points.loc[points["side"] == "supplier", "value"].tolist() == [0, 1, 3]
    assert points.loc[points["side"] == "account", "value"].tolist() == [0, 0.5, 2]


@settings(deadline=None, max_examples=20)
@given(
    st.lists(st.tuples(st.just("x"), st.floats(0, 90), st.floats(-9, 9), st.floats(-9, 9)),
             min_size=1, max_size=10)
)  # fmt: skip
def test_each_rung_has_two_points_within_their_ranges(rungs):
    points = simulation_points(made(rungs))
    assert len(points) == 2 * len(rungs)
    assert ((points["low"] <= points["value"]) & (points["value"] <= points["high"])).all()
    assert points["y"].is_monotonic_increasing


def test_title_names_the_rung_that_gains_the_supplier_most():
    ax = plot_simulation_ladder(made(RUNGS))
    assert figure_of(ax).get_suptitle() == "Best for the supplier: notice, +3.0 points"


def test_title_says_so_where_no_rung_pays():
    ax = plot_simulation_ladder(made([RUNGS[0], ("Coalition", 40, -1.0, 0.0)]))
    assert figure_of(ax).get_suptitle() == "No measure gains the supplier more than it costs"


def test_waits_stand_beside_their_rung():
    ax = plot_simulation_ladder(made(RUNGS))
    texts = [text.get_text() for text in ax.texts]
    assert texts[:3] == ["40 (20–80)", "30 (15–60)", "15 (8–30)"]
    assert [text.xy[1] for text in ax.texts[:3]] == [0, 1, 2]


def test_the_simulated_ladder_is_drawn_as_it_comes():
    table = simulate_ladder(default_simulation_assumptions(), notice_days=21, years=200, seed=1)
    ax = plot_simulation_ladder(table)
    assert [label.get_text() for label in ax.get_yticklabels()] == table["rung"].tolist()


def test_long_and_chinese_rungs_and_waits_stay_inside_the_figure():
    rungs = [("与培辉集团共享全年计划并提前三周通知每一步，另加每月市场简报", 40, 0.0, 0.0),
             ("Everything that can be done at once, whatever it costs", 140, 1.0, 0.2)]  # fmt: skip
    ax = plot_simulation_ladder(made(rungs))
    figure = figure_of(ax)
    figure.draw_without_rendering()
    for text in (*ax.get_yticklabels(), *ax.texts, figure._suptitle):
        extent = text.get_window_extent()
        assert extent.x0 >= 0
        assert extent.x1 <= figure.bbox.x1


def test_too_many_rungs_and_missing_columns_are_refused():
    with pytest.raises(InputError, match="up to 10 rungs; got 11"):
        simulation_points(made(RUNGS[:1] * 11))
    with pytest.raises(InputError, match="simulated ladders have at least one account and"):
        plot_simulation_ladder(made(RUNGS).drop(columns="account_gain_low"))


def test_ladder_is_not_modified():
    ladder = made(RUNGS)
    plot_simulation_ladder(ladder)
    pd.testing.assert_frame_equal(ladder, made(RUNGS))
