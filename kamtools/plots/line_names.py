"""Names of lines at their right end, in place of a legend, with no name on another."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes

from kamtools.plots.contrast import letters
from kamtools.plots.style import TEXT_POINTS

LABEL_GAP = 0.068
"""Part of the height of the axes between two names, at least."""


def spread(wanted: npt.NDArray[np.float64], gap: float) -> npt.NDArray[np.float64]:
    """Return places as near to those wanted as leaves `gap` between any two, in their order.

    Parameters
    ----------
    wanted
        From 0 to 1.
    gap
        The places stay from 0 to 1 too where they fit.

    Examples
    --------
    >>> spread(np.array([0.5, 0.5, 0.9]), 0.25).tolist()
    [0.375, 0.625, 0.9]
    """
    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(len(wanted))
    level = wanted[order] - steps
    # the nearest rising sequence: means of the blocks in which later ones lie lower
    blocks: list[tuple[float, int]] = []
    for value in level:
        mean, size = float(value), 1
        while blocks and blocks[-1][0] > mean:
            before, count = blocks.pop()
            mean, size = (before * count + mean * size) / (count + size), count + size
        blocks.append((mean, size))
    placed = np.concatenate([np.full(size, mean) for mean, size in blocks])
    placed = np.clip(placed, 0, max(0.0, 1 - steps[-1])) + steps
    return placed[np.argsort(order, kind="stable")]


def write_line_names(
    ax: Axes,
    ends: Sequence[float] | npt.NDArray[np.float64],
    texts: Sequence[str],
    *,
    colours: Sequence[str],
) -> None:
    """Write a text right of the picture for each line, led to by a thin line of its colour.

    Parameters
    ----------
    ax
        With its lines drawn and its limits set.
    ends
        Where each line ends, in the unit of the y axis.
    texts, colours
        One a line.
    """
    low, high = ax.get_ylim()
    share = (np.asarray(ends, dtype=float) - low) / (high - low)
    heights = spread(share, LABEL_GAP)
    for text, colour, end, height in zip(texts, colours, share, heights, strict=True):
        arrow = {"arrowstyle": "-", "color": colour, "linewidth": 0.8, "relpos": (0, 0.5),
                 "shrinkA": 2, "shrinkB": 0}  # fmt: skip
        ax.annotate(
            text,
            (1.0, end),
            (1.05, height),
            xycoords="axes fraction",
            textcoords="axes fraction",
            va="center",
            color=letters(colour),
            fontsize=TEXT_POINTS,
            arrowprops=arrow,
        )
