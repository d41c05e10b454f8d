import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.plots.notice import notice_points, plot_notice
from kamtools.plots.style import figure_of
from kamtools.power.simulation_assumptions import default_simulation_assumptions
from kamtools.power.simulation_notice import best_notice, notice_curve


def made(gains, days=None):
    days = [0, 10, 20, 40, 60][: len(gains)] if days is None else days
    gains = pd.Series(gains, index=pd.Index(days, name="notice_days"), dtype=float)
    return pd.DataFrame(
        {"supplier_gain": gains, "supplier_gain_low": gains - 1, "supplier_gain_high": gains + 2,
         "account_margin": 97 + gains / 2}
    )  # fmt: skip


GAINS = [0, 1.2, 2.0, 2.1, 1.7]


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_points_are_the_curve_and_the_account_s_gain_over_no_notice():
    points = notice_points(made(GAINS))
    assert points["supplier"].tolist() == GAINS
    assert points["account"].tolist() == pytest.approx([gain / 2 for gain in GAINS])


@settings(deadline=None, max_examples=20)
@given(st.lists(st.floats(-5, 5), min_size=1, max_size=4))
def test_points_start_at_nothing_and_stay_within_their_range(gains):
    points = notice_points(made([0.0, *gains]))
    assert points.loc[0, ["days", "supplier", "account"]].eq(0).all()
    assert ((points["low"] <= points["supplier"]) & (points["supplier"] <= points["high"])).all()


def test_half_a_month_to_a_month_is_shaded():
    span = plot_notice(made(GAINS)).patches[0]
    assert (span.get_x(), span.get_x() + span.get_width()) == (15, 31)


def test_best_and_enough_are_marked_where_the_curve_says():
    ax = plot_notice(made(GAINS))
    assert {"best: 40", "95 % of it: 20"} <= set(texts(ax))
    marks = [line.get_xydata().tolist() for line in ax.lines if line.get_marker() == "o"]
    assert marks == [[[40.0, 2.1]], [[20.0, 2.0]]]
    assert figure_of(ax).get_suptitle() == "20 days of notice bring nearly all that notice can"


def test_one_mark_is_enough_where_both_are_the_same():
    ax = plot_notice(made([0, 1.0, 2.0, 1.0, 0.5]))
    assert "best: 20" in texts(ax)
    assert not any("of it" in text for text in texts(ax))


def test_nothing_is_marked_where_no_length_pays():
    ax = plot_notice(made([0, -1.0, -2.0]))
    assert figure_of(ax).get_suptitle() == "No length of notice pays the supplier"
    assert not any("best" in text for text in texts(ax))


@pytest.mark.parametrize("gains", [GAINS, [0, 1.0, 1.1, 2.0, 2.05], [0, 2.0, 2.05, 1.0, 0.2]])
def test_labels_stay_inside_the_figure_and_apart(gains):
    ax = plot_notice(made(gains))
    figure = figure_of(ax)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts]
    for place, box in enumerate(boxes):
        assert box.x0 >= ax.bbox.x0 - 1
        assert box.x1 <= figure.bbox.x1
        assert not any(box.overlaps(other) for other in boxes[place + 1 :])


def test_the_simulated_curve_is_drawn_as_it_comes():
    curve = notice_curve(default_simulation_assumptions(), notice_days=[15, 31, 60], years=200,
                         seed=1)  # fmt: skip
    assert f"best: {best_notice(curve).best_days:g}" in texts(plot_notice(curve))


def test_curves_that_do_not_begin_at_nothing_or_lack_a_column_are_refused():
    with pytest.raises(InputError, match="begins at 0 days and rises"):
        notice_points(made([1.0, 2.0], days=[10, 20]))
    with pytest.raises(InputError, match="begins at 0 days and rises"):
        notice_points(made([0.0]))
    with pytest.raises(InputError, match="curves of notice have at least one"):
        plot_notice(made(GAINS).drop(columns="account_margin"))


def test_curve_is_not_modified():
    curve = made(GAINS)
    plot_notice(curve)
    pd.testing.assert_frame_equal(curve, made(GAINS))
