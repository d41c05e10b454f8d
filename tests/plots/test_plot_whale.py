import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.style import figure_of
from kamtools.plots.whale import plot_whale, whale_marks
from kamtools.selection.whale import whale_curve

# Kaplan 1989: 20 % of Kanthal's customers earn 225 % of the profit, 10 % lose 125 %.
KANTHAL = pd.Series([112.5] * 2 + [0.0] * 7 + [-125.0], index=[f"k{n}" for n in range(10)])


def title_of(ax):
    return figure_of(ax).get_suptitle()


def test_kanthals_peak_and_end_are_read_off():
    marks = whale_marks(whale_curve(KANTHAL))
    assert marks.loc["peak"].tolist() == [2, 0.2, 225.0, 2.25]
    assert marks.loc["end"].tolist() == [10, 1.0, 100.0, 1.0]
    assert title_of(plot_whale(whale_curve(KANTHAL))) == "20 % of accounts earn 225 % of the profit"


@pytest.mark.parametrize(
    ("profit", "title"),
    [
        ([5.0, 3.0], "No account gives profit back"),
        ([-5.0, -3.0], "No account earns a profit"),
        ([5.0, -20.0], "50 % of accounts earn a profit, the firm does not"),
    ],
)
def test_title_tells_firms_without_a_whale_apart(profit, title):
    assert title_of(plot_whale(whale_curve(pd.Series(profit)))) == title


def test_largest_losses_are_listed_under_the_picture_with_the_largest_first():
    profit = pd.Series({"a": 90.0, "b": -30.0, "c": -5.0, "d": -20.0})
    ax = plot_whale(whale_curve(profit), names=pd.Series({"b": "Big & Co $"}), losers=2)
    assert ax.get_xlabel().splitlines() == [
        "Accounts, from the most profitable down",
        "Peak: 90 with 1 account; given back by 3 others: 55",
        "Largest losses:",
        "Big & Co $ (-30)",
        "d (-20)",
    ]


def test_curve_drawn_is_the_table():
    curve = whale_curve(KANTHAL)
    line = plot_whale(curve).lines[0]
    np.testing.assert_allclose(line.get_ydata()[1:], curve["cumulative_profit"])
    assert line.get_ydata()[0] == 0


def test_all_texts_are_inside_the_figure():
    names = pd.Series("A very long name of an account that goes on", index=KANTHAL.index)
    figure = figure_of(plot_whale(whale_curve(KANTHAL), names=names, currency="SEK"))
    figure.canvas.draw()
    tight = figure.get_tightbbox()
    assert tight.x0 >= 0
    assert tight.y0 >= 0
    assert tight.x1 <= figure.get_figwidth()


def test_curve_without_accounts_or_columns_is_refused():
    with pytest.raises(InputError, match="at least one account and the columns account_share"):
        whale_marks(pd.DataFrame())
