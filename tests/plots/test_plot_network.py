import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.plots.network import COLOURS, OTHERS, network_points, plot_network
from kamtools.plots.style import PALE, figure_of

PAIRS = pd.DataFrame(
    {
        "supplier_share": [0.9, 0.002, 0.05],
        "account_share": [0.01, 0.4, 0.05],
        "zone": ["captive supplier", "captive account", "loose"],
    },
    index=[7, 8, 9],
)
NAMES = pd.Series({7: "浩瀚 – 沛汇", 8: "Giant – Corner"})


def texts(ax):
    return [text.get_text() for text in ax.texts]


def test_account_shares_run_along_x_and_supplier_shares_along_y():
    points = network_points(PAIRS)
    assert points.loc[7, ["x", "y"]].tolist() == [0.01, 0.9]
    assert points["group"].tolist() == ["captive supplier", "captive account", OTHERS]


def test_both_axes_are_logarithmic_and_hold_every_pair():
    ax = plot_network(PAIRS, names=NAMES)
    assert (ax.get_xscale(), ax.get_yscale()) == ("log", "log")
    for limits, column in ((ax.get_xlim(), "account_share"), (ax.get_ylim(), "supplier_share")):
        assert limits[0] < PAIRS[column].min()
        assert limits[1] > PAIRS[column].max()


def test_zones_have_their_colours_in_the_legend_under_the_words_given():
    ax = plot_network(PAIRS, names=NAMES, supplier_word="vendor", account_word="chain")
    legend = ax.get_legend()
    words = [text.get_text() for text in legend.get_texts()]
    colours = [handle.get_color() for handle in legend.legend_handles]
    assert words == ["captive vendor", "captive chain", "neither", "equal shares"]
    assert colours[:3] == [*COLOURS.values(), PALE]
    assert ax.get_ylabel() == "Share of the vendor's sales"


def test_chinese_names_are_written():
    assert {"浩瀚 – 沛汇", "Giant – Corner"} <= set(texts(plot_network(PAIRS, names=NAMES)))


def test_names_in_a_crowd_do_not_touch():
    rng = np.random.default_rng(1)
    high, low = rng.uniform(0.5, 0.6, 25), rng.uniform(0.01, 0.012, 25)
    crowd = pd.DataFrame({"supplier_share": high, "account_share": low, "zone": "loose"})
    ax = plot_network(crowd, names=pd.Series([f"Supplier {n} – Chain {n}" for n in range(25)]))
    figure = figure_of(ax)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in [*ax.texts, *figure.texts]]
    touching = [one.overlaps(two) for n, one in enumerate(boxes) for two in boxes[:n]]
    assert not any(touching)


@pytest.mark.parametrize(
    ("pairs", "message"),
    [
        (PAIRS.drop(columns="supplier_share"), "supplier_share"),
        (PAIRS.drop(columns="zone"), "column zone"),
        (PAIRS.iloc[:0], "at least one"),
        (PAIRS.assign(account_share=0.0), "above 0"),
    ],
)
def test_pairs_that_cannot_be_drawn_are_refused(pairs, message):
    with pytest.raises(InputError, match=message):
        plot_network(pairs, names=NAMES)


def test_pairs_of_the_picture_are_left_unchanged():
    before = PAIRS.copy(deep=True)
    plot_network(PAIRS, names=NAMES)
    pd.testing.assert_frame_equal(PAIRS, before)
