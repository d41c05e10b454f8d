import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kamtools.errors import InputError
from kamtools.plots.reasons import OTHER, lifts_and_brakes, plot_reasons
from kamtools.plots.style import figure_of


@pytest.fixture
def parts():
    rng = np.random.default_rng(3)
    accounts = [f"C{row:02d}" for row in range(20)]
    criteria = [f"criterion_{column}" for column in range(9)]
    return pd.DataFrame(rng.normal(0, 0.1, (20, 9)), index=accounts, columns=criteria)


@given(arrays(float, (4, 8), elements=st.floats(-1, 1) | st.just(float("nan"))), st.integers(1, 6))
def test_lifts_and_brakes_sum_to_the_contributions(parts, criteria):
    table = pd.DataFrame(parts, columns=list("abcdefgh"))
    lifts, brakes = lifts_and_brakes(table, criteria=criteria)
    both = lifts.sum(axis=1) + brakes.sum(axis=1)
    np.testing.assert_allclose(both, table.sum(axis=1), atol=1e-12)
    assert (lifts >= 0).all(axis=None)
    assert (brakes <= 0).all(axis=None)


def test_criteria_that_move_most_keep_a_column_of_their_own(parts):
    lifts, _ = lifts_and_brakes(parts.assign(criterion_4=1.0), criteria=2)
    assert lifts.columns[0] == "criterion_4"
    assert list(lifts.columns[2:]) == [OTHER]


def test_criterion_that_moves_nobody_is_left_out():
    lifts, _ = lifts_and_brakes(pd.DataFrame({"fit": [0.0, 0.0], "growth": [0.1, -0.1]}))
    assert list(lifts.columns) == ["growth"]


def test_accounts_stand_in_the_order_given_the_first_on_top(parts):
    ax = plot_reasons(parts, names=pd.Series({"C00": "浩瀚食品"}), top=3)
    assert [label.get_text() for label in ax.get_yticklabels()] == ["浩瀚食品", "C01", "C02"]
    assert ax.yaxis_inverted()


def test_net_is_the_sum_of_the_contributions(parts):
    ax = plot_reasons(parts, names=pd.Series(dtype=str))
    net = next(line for line in ax.lines if line.get_label() == "net")
    np.testing.assert_allclose(net.get_xdata(), parts.sum(axis=1))


def test_legend_speaks_the_managers_words_and_is_not_longer_than_eight(parts):
    labels = {"criterion_0": "Profit after service"}
    ax = plot_reasons(parts.assign(criterion_0=1.0), names=pd.Series(dtype=str), labels=labels)
    said = [text.get_text() for text in ax.get_legend().get_texts()]
    assert said[0] == "Profit after service"
    assert said[-2:] == [OTHER, "net"]
    assert len(said) == 8


def test_all_texts_of_twenty_accounts_are_inside_the_figure(parts):
    names = pd.Series("A very long name of an account that goes on and on", index=parts.index)
    figure = figure_of(plot_reasons(parts, names=names))
    figure.canvas.draw()
    tight = figure.get_tightbbox()
    assert tight.x0 >= 0
    assert tight.y0 >= 0
    assert tight.x1 <= figure.get_figwidth()
    assert tight.y1 <= figure.get_figheight()


def test_no_account_is_refused(parts):
    with pytest.raises(InputError, match="at least one account"):
        plot_reasons(parts.iloc[:0], names=pd.Series(dtype=str))


def test_more_criteria_than_colours_are_refused(parts):
    with pytest.raises(InputError, match="criteria must be from 1 to 6; got 7"):
        plot_reasons(parts, names=pd.Series(dtype=str), criteria=7)


def test_contributions_given_are_not_changed(parts):
    before = parts.copy()
    plot_reasons(parts, names=pd.Series(dtype=str))
    pd.testing.assert_frame_equal(parts, before)
