"""One look for every figure: colours, sizes, money and percent axes.

The colours are those of Okabe and Ito [1]_, which people with any of the common colour
deficiencies tell apart. A figure is made 7 inches wide with text of 11 points or more, so
that a letter is still about 8 pixels high when the page shows the figure 400 pixels wide.

References
----------
.. [1] M. Okabe and K. Ito, "Color Universal Design", 2008.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import matplotlib as mpl
import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator, PercentFormatter
from matplotlib.typing import RcKeyType

from kamtools.plots.alt_text import Figure as DescribedFigure
from kamtools.plots.fonts import font_families

BLUE = "#0072B2"
VERMILLION = "#D55E00"
GREEN = "#009E73"
ORANGE = "#E69F00"
SKY = "#56B4E9"
PURPLE = "#CC79A7"
GREY = "#6b7280"
PALE = "#c7ccd4"
INK = "#1f2937"

SERIES = (BLUE, ORANGE, GREEN, PURPLE, SKY, VERMILLION)
"""Colours of criteria or lines that stand beside one another, in the order to use them."""

WIDTH_INCHES = 7.0
HEIGHT_INCHES = 4.5
DPI = 110
TEXT_POINTS = 11.5
TITLE_POINTS = 13.0


def rc() -> dict[RcKeyType, Any]:
    """Return matplotlib's settings for our look.

    Examples
    --------
    >>> rc()["font.size"] >= 11
    True
    """
    return {
        "figure.figsize": (WIDTH_INCHES, HEIGHT_INCHES),
        "figure.dpi": DPI,
        "savefig.dpi": "figure",
        "font.family": font_families(),
        "font.size": TEXT_POINTS,
        "text.color": INK,
        "axes.labelsize": TEXT_POINTS,
        "axes.labelcolor": INK,
        "axes.titlesize": TITLE_POINTS,
        "axes.titleweight": "bold",
        "axes.titlelocation": "left",
        "axes.titlepad": 10,
        "figure.titlesize": TITLE_POINTS,
        "figure.titleweight": "bold",
        "figure.constrained_layout.w_pad": 0.08,
        "figure.constrained_layout.h_pad": 0.08,
        "axes.edgecolor": PALE,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "grid.color": "#e5e7eb",
        "grid.linewidth": 0.8,
        "xtick.labelsize": TEXT_POINTS,
        "ytick.labelsize": TEXT_POINTS,
        "xtick.color": GREY,
        "ytick.color": GREY,
        "xtick.labelcolor": INK,
        "ytick.labelcolor": INK,
        "legend.frameon": False,
        "legend.fontsize": TEXT_POINTS,
        "lines.linewidth": 2.2,
    }


def use_style() -> None:
    """Give every figure from here on our look, also those drawn without this package."""
    mpl.rcParams.update(rc())


@contextmanager
def styled_axes(
    ax: Axes | None, *, width: float = WIDTH_INCHES, height: float = HEIGHT_INCHES
) -> Iterator[Axes]:
    """Yield the axes to draw on under our look; a new figure's where `ax` is None.

    Ticks are dressed at once, since matplotlib makes many of them only when it draws, when
    the look is no longer in force.

    Parameters
    ----------
    ax
        The axes to draw on, or None.
    width, height
        Of a new figure, in inches.
    """
    plt.draw_if_interactive()  # a notebook's backend turns drawing on when first used: before,
    # since the context would undo it
    with mpl.rc_context(rc()):
        if ax is None:
            ax = plt.subplots(
                figsize=(width, height), layout="constrained", FigureClass=DescribedFigure
            )[1]
        ax.tick_params(
            which="both",
            length=0,
            labelsize=TEXT_POINTS,
            labelcolor=INK,
            labelfontfamily=font_families(),
        )
        yield ax


def figure_of(ax: Axes) -> Figure:
    """Return the figure that holds the axes."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure


def write_title(ax: Axes, title: str) -> None:
    """Say above the picture what is to be seen in it.

    Where the axes are alone in their figure the title begins at the figure's left edge, so
    that it has room beside long names; otherwise it stands over its axes.

    Parameters
    ----------
    ax
        The axes that the title is about.
    title
        One line of up to about 55 characters, not a formula.

    Examples
    --------
    >>> with styled_axes(None) as ax:
    ...     write_title(ax, "Six accounts enter")
    >>> figure_of(ax).get_suptitle()
    'Six accounts enter'
    >>> plt.close("all")
    """
    figure = figure_of(ax)
    if figure.axes == [ax]:
        figure.suptitle(title, x=0.012, ha="left", parse_math=False)
    else:
        ax.set_title(title, parse_math=False)


def short_money(amount: float) -> str:
    """Return an amount in few characters.

    Parameters
    ----------
    amount
        In any currency, which is not written.

    Examples
    --------
    >>> [short_money(amount) for amount in (0, 950, 12_300, 1_000_000, 1_234_567, -2.5e9)]
    ['0', '950', '12.3k', '1M', '1.2M', '-2.5bn']
    >>> short_money(999_999)
    '1M'
    """
    for size, unit in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
        if abs(amount) >= size * (1 - 5e-5):
            return f"{_short(amount / size)}{unit}"
    return _short(amount)


def money_axis(axis: Axis) -> None:
    """Write an axis's ticks as money: "1.2M", not 1200000.

    Parameters
    ----------
    axis
        `ax.xaxis` or `ax.yaxis`; where its scale is logarithmic, ticks are at 1, 3, 10, 30 ...
    """
    if axis.get_scale() == "log":
        axis.set_major_locator(LogLocator(subs=(1.0, 3.0), numticks=7))
        axis.set_minor_locator(NullLocator())
    axis.set_major_formatter(FuncFormatter(lambda amount, _: short_money(amount)))


def percent_axis(axis: Axis) -> None:
    """Write the ticks of an axis of shares (0-1) as whole percentages."""
    axis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=" %"))


def _short(number: float) -> str:
    decimals = 0 if abs(number) >= 99.95 else 1
    return f"{round(number, decimals) + 0.0:.{decimals}f}".removesuffix(".0")
