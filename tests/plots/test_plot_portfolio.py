import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.portfolio import LARGEST_POINTS, OTHERS, bubbles, plot_portfolio
from kamtools.plots.style import figure_of

COLUMNS = {"x": "revenue", "y": "score", "size": "revenue"}


@pytest.fixture
def accounts():
    return pd.DataFrame(
        {"revenue": [400.0, 100.0, 0.0, 200.0], "score": [0.3, 0.9, 0.5, np.nan]},
        index=["giant", "riser", "quiet", "unknown"],
    )


@pytest.fixture
def chosen(accounts):
    return pd.Series(accounts.index == "riser", index=accounts.index)


def drawn(crowd):
    return plot_portfolio(
        crowd, **COLUMNS, names=crowd["name"], chosen=crowd["score"] > 0, title="A crowd"
    )


def test_accounts_are_grouped_by_the_lists_that_they_are_on(accounts, chosen):
    by_sales = pd.Series({"giant": True, "riser": True})
    points = bubbles(accounts, **COLUMNS, chosen=chosen, by_sales=by_sales)
    assert points["group"].to_dict() == {"giant": "only on the list by sales", "riser": "chosen"}


def test_area_of_a_bubble_is_in_proportion(accounts, chosen):
    radius = bubbles(accounts, **COLUMNS, chosen=chosen)["radius"]
    assert (radius["giant"] / radius["riser"]) ** 2 == pytest.approx(4)
    assert radius["giant"] == LARGEST_POINTS


def test_account_without_sales_is_drawn_on_a_linear_scale_only(accounts, chosen):
    assert "quiet" not in bubbles(accounts, **COLUMNS, chosen=chosen).index
    assert "quiet" in bubbles(accounts, **COLUMNS, chosen=chosen, log=False).index


def test_account_without_a_score_is_not_drawn(accounts, chosen):
    assert "unknown" not in bubbles(accounts, **COLUMNS, chosen=chosen, log=False).index


def test_picture_says_how_many_accounts_it_leaves_out(accounts, chosen):
    ax = plot_portfolio(accounts, **COLUMNS, names=pd.Series(dtype=str), chosen=chosen)
    assert "2 without any: not shown" in ax.get_xlabel()


def test_only_accounts_of_the_lists_are_named(accounts, chosen):
    names = pd.Series({"giant": "Giant", "riser": "沛惠"})
    ax = plot_portfolio(accounts, **COLUMNS, names=names, chosen=chosen)
    assert [text.get_text() for text in ax.texts] == ["沛惠"]


def test_account_without_a_name_shows_its_id(accounts, chosen):
    ax = plot_portfolio(accounts, **COLUMNS, names=pd.Series(dtype=str), chosen=chosen)
    assert [text.get_text() for text in ax.texts] == ["riser"]


def test_all_texts_of_a_dense_portfolio_are_apart_and_inside_the_figure(crowd):
    ax = drawn(crowd)
    figure = figure_of(ax)
    figure.canvas.draw()
    legend = ax.get_legend().get_texts()
    texts = [*ax.texts, *figure.texts, *legend, ax.title, ax.xaxis.label, ax.yaxis.label]
    boxes = [text.get_window_extent() for text in texts if text.get_text()]
    for row, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[:row])
        assert figure.bbox.x0 <= box.x0
        assert box.x1 <= figure.bbox.x1
        assert figure.bbox.y0 <= box.y0
        assert box.y1 <= figure.bbox.y1


def test_names_without_room_in_axes_of_the_callers_are_counted(crowd):
    _, axes = plt.subplots(1, 2, figsize=(7, 3))
    ax = plot_portfolio(
        crowd, **COLUMNS, names=crowd["name"], chosen=crowd["score"] > 0, ax=axes[1]
    )
    assert "names without room" in ax.get_xlabel()
    assert figure_of(ax).get_size_inches().tolist() == [7, 3]


def test_missing_column_is_refused(accounts, chosen):
    with pytest.raises(InputError, match=r"needs the columns profit; got revenue, score"):
        bubbles(accounts, x="revenue", y="profit", size="revenue", chosen=chosen)


def test_portfolio_of_accounts_without_sales_is_refused(chosen):
    table = pd.DataFrame({"revenue": [0.0], "score": [1.0]}, index=["quiet"])
    with pytest.raises(InputError, match="no account has both revenue and score above 0"):
        plot_portfolio(table, **COLUMNS, names=pd.Series(dtype=str), chosen=chosen)


def test_tables_given_are_not_changed(crowd):
    before = crowd.copy()
    drawn(crowd)
    pd.testing.assert_frame_equal(crowd, before)


def test_accounts_of_no_list_are_in_the_last_group(accounts, chosen):
    points = bubbles(accounts, **COLUMNS, chosen=~chosen & False, log=False)
    assert set(points["group"]) == {OTHERS}
