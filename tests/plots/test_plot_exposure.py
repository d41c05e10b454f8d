import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.exposure import plot_exposure
from kamtools.plots.style import figure_of

COURSE = pd.DataFrame(
    {f"{name}{end}": [level, 2.0 * level] for name, level in (("loss", 5), ("cash", 9))
     for end in ("_low", "", "_high")}, index=pd.RangeIndex(2, name="month"),
)  # fmt: skip


def test_months_are_counted_from_one():
    ax = plot_exposure(COURSE, show="loss")
    assert ax.lines[0].get_xdata().tolist() == [1, 2]
    assert ax.lines[0].get_ydata().tolist() == [5, 10]


def test_cash_shows_where_it_is_gone():
    ax = plot_exposure(COURSE, show="cash", currency="EUR")
    assert list(ax.lines[-1].get_ydata()) == [0, 0]
    assert ax.get_ylabel() == "Cash (EUR)"


def test_title_says_the_interval():
    ax = plot_exposure(COURSE.assign(loss_low=1.0), show="loss")
    assert figure_of(ax).get_suptitle() == "Loss of the month after 2 months: 1 to 10"


def test_a_course_without_the_band_is_refused():
    with pytest.raises(InputError, match="cumulative_loss"):
        plot_exposure(COURSE)


def test_course_is_left_unchanged_by_the_picture():
    before = COURSE.copy(deep=True)
    plot_exposure(COURSE, show="loss")
    pd.testing.assert_frame_equal(COURSE, before)
