"""Who needs whom: a pair's share of the supplier's sales and of the account's purchases."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedLocator, FuncFormatter, NullLocator

from kamtools.errors import InputError
from kamtools.language import marked, tr
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.naming import name_points
from kamtools.plots.style import BLUE, GREY, PALE, VERMILLION, styled_axes, write_title

COLOURS = {"captive supplier": VERMILLION, "captive account": BLUE}
OTHERS = marked("neither")
TICKS = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0)
HEIGHT_INCHES = 6.0
RADIUS_POINTS = 3.6
NAME_COLUMNS = 36


def plot_network(
    pairs: pd.DataFrame,
    *,
    names: pd.Series,
    supplier_word: str = marked("supplier"),
    account_word: str = marked("account"),
    title: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw every pair on two axes of shares, both logarithmic.

    Above the diagonal the pair is more of the supplier's trade than of the account's; what
    else makes a side captive, its alternatives, is in the colour.

    Parameters
    ----------
    pairs
        As `power.network.network_pairs` returns it, one period: supplier_share, account_share
        and zone.
    names
        By the index of `pairs`, the text for those to be named, the most important first.
    supplier_word, account_word
        What the two sides are called.
    title
        What the picture says; none if None.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        If a column is missing, there is no pair, or a share is not above 0.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> pairs = pd.DataFrame({"supplier_share": [0.5, 0.01], "account_share": [0.02, 0.3],
    ...                       "zone": ["captive supplier", "loose"]})
    >>> ax = plot_network(pairs, names=pd.Series({0: "浩瀚 – 沛汇"}))
    >>> ax.get_xscale(), "浩瀚 – 沛汇" in [text.get_text() for text in ax.texts]
    ('log', True)
    >>> plt.close("all")
    """
    check_table(pairs, ("supplier_share", "account_share"), "trade network")
    if "zone" not in pairs:
        raise InputError("the trade network needs the column zone")
    points = network_points(pairs)
    own_figure = ax is None
    with styled_axes(ax, height=HEIGHT_INCHES) as ax:
        _dress(ax, points, tr(supplier_word), tr(account_word))
        for group in (OTHERS, *COLOURS):
            some = points[points["group"] == group]
            ax.scatter(some["x"], some["y"], s=(2 * RADIUS_POINTS) ** 2, linewidths=0.6,
                       color=COLOURS.get(group, PALE), edgecolors="white", zorder=3)  # fmt: skip
        if title:
            write_title(ax, title)
        name_points(ax, points, figure_names(names, width=NAME_COLUMNS), key=own_figure)
    return ax


def network_points(pairs: pd.DataFrame) -> pd.DataFrame:
    """Return what the picture draws: x, y, radius (points) and group of each pair.

    Parameters
    ----------
    pairs
        As in `plot_network`.

    Examples
    --------
    >>> network_points(pd.DataFrame({"supplier_share": [0.5], "account_share": [0.02],
    ...                              "zone": ["loose"]}))["group"].tolist()
    ['neither']
    """
    shares = pairs[["account_share", "supplier_share"]].to_numpy(dtype=float)
    if not (shares > 0).all():
        raise InputError("every share must be above 0: pairs that do not trade have no place")
    group = pairs["zone"].where(pairs["zone"].isin(list(COLOURS)), OTHERS)
    return pd.DataFrame(
        {"x": shares[:, 0], "y": shares[:, 1], "radius": RADIUS_POINTS, "group": group},
        index=pairs.index,
    )


def _dress(ax: Axes, points: pd.DataFrame, supplier_word: str, account_word: str) -> None:
    """Give the axes their scales, the diagonal, what lies on its sides, and the legend."""
    ax.set_xscale("log")
    ax.set_yscale("log")
    for axis, column in ((ax.xaxis, "x"), (ax.yaxis, "y")):
        axis.set_major_locator(FixedLocator(TICKS))
        axis.set_minor_locator(NullLocator())
        axis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g} %"))
        low, high = points[column].min() / 1.6, min(points[column].max() * 1.6, 1.35)
        (ax.set_xlim if axis is ax.xaxis else ax.set_ylim)(low, high)
    ends = np.array([1e-6, 1.0])
    ax.plot(ends, ends, color=GREY, linewidth=1, linestyle=(0, (4, 3)), zorder=2)
    ax.set_xlabel(tr("Share of the {account}'s purchases", account=account_word))
    ax.set_ylabel(tr("Share of the {supplier}'s sales", supplier=supplier_word))
    words = {"captive supplier": tr("captive {party}", party=supplier_word),
             "captive account": tr("captive {party}", party=account_word),
             OTHERS: tr(OTHERS)}  # fmt: skip
    handles = [
        Line2D([], [], linestyle="", marker="o", markersize=8, color=COLOURS.get(group, PALE))
        for group in words
    ]
    handles.append(Line2D([], [], color=GREY, linewidth=1, linestyle=(0, (4, 3))))
    ax.legend(handles, [*words.values(), tr("equal shares")], loc="lower left", ncols=4,
              bbox_to_anchor=(-0.02, 1.0), borderpad=0.2, handletextpad=0.3,
              columnspacing=1.0)  # fmt: skip
