import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.acceptability import COLOURS, plot_acceptability, rows_shown
from kamtools.plots.style import figure_of


@pytest.fixture
def verdicts():
    shares = [0.95, 0.8, 0.6, 0.3, 0.2, 0.1, 0.05, 0.0]
    words = ["in", "in", "argue about it", "argue about it", "out", "out", "out", "out"]
    ids = [f"C{row}" for row in range(8)]
    return pd.DataFrame({"p_top_k": shares, "standard_error": 0.01, "verdict": words}, index=ids)


def test_all_that_are_in_or_argued_about_are_shown_and_a_few_that_just_missed(verdicts):
    assert rows_shown(verdicts, just_out=2).index.tolist() == ["C0", "C1", "C2", "C3", "C4", "C5"]
    assert len(rows_shown(verdicts, most=3)) == 3


def test_bars_are_as_long_as_the_shares_and_coloured_by_verdict(verdicts):
    ax = plot_acceptability(verdicts, names=pd.Series(dtype=str))
    bars = {round(bar.get_width(), 2): bar.get_facecolor() for bar in ax.patches}
    assert sorted(bars) == [0.0, 0.05, 0.1, 0.2, 0.3, 0.6, 0.8, 0.95]
    assert bars[0.95] == bars[0.8] != bars[0.6] == bars[0.3] != bars[0.2]


def test_legend_counts_all_accounts_also_those_not_shown(verdicts):
    ax = plot_acceptability(verdicts, names=pd.Series(dtype=str), just_out=1)
    said = [text.get_text() for text in ax.get_legend().get_texts()]
    assert said == ["in (2)", "argue about it (2)", "out (4)"]
    assert list(COLOURS) == ["in", "argue about it", "out"]


def test_title_says_whom_to_argue_about(verdicts):
    ax = plot_acceptability(verdicts, names=pd.Series(dtype=str))
    assert figure_of(ax).get_suptitle() == "2 accounts are in, 2 are to be argued about"
    settled = verdicts[verdicts["verdict"] != "argue about it"]
    ax = plot_acceptability(settled, names=pd.Series(dtype=str))
    assert figure_of(ax).get_suptitle() == "2 accounts are in, none is to be argued about"


def test_accounts_stand_with_the_likeliest_on_top_by_name(verdicts):
    ax = plot_acceptability(verdicts, names=pd.Series({"C0": "浩瀚食品"}), most=2)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["浩瀚食品", "C1"]
    assert ax.yaxis_inverted()


def test_no_share_touches_a_bar_and_all_texts_are_inside(verdicts):
    names = pd.Series("A very long name of an account that goes on", index=verdicts.index)
    ax = plot_acceptability(verdicts, names=names)
    figure = figure_of(ax)
    figure.canvas.draw()
    ends = [bar.get_window_extent().x1 for bar in ax.patches]
    assert min(text.get_window_extent().x0 for text in ax.texts) > max(ends)
    tight = figure.get_tightbbox()
    assert tight.x0 >= 0
    assert tight.x1 <= figure.get_figwidth()


def test_verdicts_without_accounts_or_columns_are_refused(verdicts):
    with pytest.raises(InputError, match="got 8 accounts, columns p_top_k"):
        rows_shown(verdicts[["p_top_k"]])
    with pytest.raises(InputError, match="got 0 accounts"):
        rows_shown(verdicts.iloc[:0])


def test_verdicts_stay_as_they_were(verdicts):
    before = verdicts.copy(deep=True)
    plot_acceptability(verdicts, names=pd.Series(dtype=str))
    pd.testing.assert_frame_equal(verdicts, before)
