"""Pictures of a class: what was solved, and the knowledge test before and after."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.plots.style import (
    BLUE,
    GREY,
    ORANGE,
    PALE,
    percent_axis,
    styled_axes,
    write_title,
)

BAR_INCHES = 0.3
FRAME_INCHES = 1.6


def plot_share_solved(exercises: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a bar for each exercise: which share of the class solved it.

    Parameters
    ----------
    exercises : by exercise, in the order to draw them from the top: `share_solved` (0-1)
    ax
        The axes to draw on; those of a new figure unless given.
    """
    shares = exercises["share_solved"].iloc[::-1]
    height = FRAME_INCHES + BAR_INCHES * len(shares)
    with styled_axes(ax, height=height) as ax:
        places = np.arange(len(shares))
        ax.barh(places, 1.0, color=PALE, height=0.62)
        ax.barh(places, shares, color=BLUE, height=0.62)
        ax.set_yticks(places, shares.index)
        ax.set_ylim(-0.6, len(shares) - 0.4)
        ax.set_xlim(0, 1)
        ax.grid(visible=False, axis="y")
        ax.set_xlabel("share of the class that solved it")
        percent_axis(ax.xaxis)
        write_title(ax, "Short bars: what to come back to")
    return ax


def plot_before_after(learners: pd.DataFrame, *, n_items: int, ax: Axes | None = None) -> Axes:
    """Draw a line for each learner from the score before to the score after.

    Parameters
    ----------
    learners : by learner: `before`, `after`, in items; who lacks one of them is left out
    n_items
        Items of a test.
    ax
        The axes to draw on; those of a new figure unless given.
    """
    both = learners[["before", "after"]].dropna().astype(float).iloc[::-1]
    height = FRAME_INCHES + BAR_INCHES * max(len(both), 2)
    with styled_axes(ax, height=height) as ax:
        places = np.arange(len(both))
        ax.hlines(places, both["before"], both["after"], color=GREY, linewidth=1.6)
        ax.plot(both["before"], places, "o", color=ORANGE, markersize=12, label="before")
        ax.plot(both["after"], places, "D", color=BLUE, markersize=6, label="after")
        ax.set_yticks(places, both.index, parse_math=False)
        ax.set_ylim(-0.6, max(len(both), 1) - 0.4)
        ax.set_xlim(-0.3, n_items + 0.3)
        ax.set_xlabel(f"right answers of {n_items}")
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)
        write_title(ax, "Knowledge test, learner by learner")
    return ax
