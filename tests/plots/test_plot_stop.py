import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.stop import plot_stop
from kamtools.plots.style import figure_of


def course(account):
    supplier = [4.0, 8.0, 12.0]
    sides = {"supplier": supplier, "account": account}
    return pd.DataFrame(
        {f"{side}_loss{end}": sides[side] for side in sides for end in ("_low", "", "_high")},
        index=pd.RangeIndex(1, 4, name="day"),
    )


@pytest.mark.parametrize(("account", "title"), [
    ([0.0, 7.0, 14.0], "From day 3 on the account has lost more"),
    ([0.0, 1.0, 2.0], "The supplier has lost more on every day"),
    ([5.0, 9.0, 13.0], "The account has lost more from the first day"),
])  # fmt: skip
def test_title_says_where_the_lines_cross(account, title):
    ax = plot_stop(course(account), supplier="We", account="Chain")
    assert figure_of(ax).get_suptitle() == title


def test_crossing_is_marked_on_its_day():
    ax = plot_stop(course([0.0, 7.0, 14.0]), supplier="We", account="Chain")
    assert [line.get_xdata()[0] for line in ax.lines if line.get_marker() == "o"] == [3]


def test_both_names_stand_in_the_legend():
    ax = plot_stop(course([0.0, 1.0, 2.0]), supplier="$We", account="广州浩瀚")
    assert [text.get_text() for text in ax.get_legend().get_texts()] == ["$We", "广州浩瀚"]


def test_a_course_without_losses_is_refused():
    with pytest.raises(InputError, match="account_loss_low"):
        plot_stop(course([1.0, 2.0, 3.0]).drop(columns="account_loss_low"), supplier="a",
                  account="b")  # fmt: skip


def test_stop_is_left_unchanged_by_the_picture():
    given = course([0.0, 7.0, 14.0])
    before = given.copy(deep=True)
    plot_stop(given, supplier="a", account="b")
    pd.testing.assert_frame_equal(given, before)
