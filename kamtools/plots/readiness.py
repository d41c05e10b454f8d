"""How ready the firm is: the dimensions on a radar, and the gaps to close."""

from textwrap import wrap

import pandas as pd
from matplotlib.axes import Axes

from kamtools.language import marked, tr, tr_in, tr_n
from kamtools.plots.contrast import letters
from kamtools.plots.fonts import drawable
from kamtools.plots.radar import (
    HIGHEST,
    LOWEST,
    draw_ring,
    draw_web,
    radar_axes,
    radar_points,
)
from kamtools.plots.style import BLUE, GREY, INK, VERMILLION, styled_axes, write_title

ROW_INCHES = 0.46
FRAME_INCHES = 1.4
STATEMENT_SIGNS = 30
"""Signs on a line, of at most two."""
_NOTHING = marked("No statement has a level yet")


def plot_readiness(scores: pd.DataFrame, *, target: int = 4, ax: Axes | None = None) -> Axes:
    """Draw the score of each dimension on a radar, with the level that is good enough.

    Read the corners, not the area, which grows with the square and with the order of the
    dimensions. A dimension that is not known has no corner, and no line leads to it.

    Parameters
    ----------
    scores
        As for `radar.radar_points`.
    target : 2-5
        Drawn as a broken ring.
    ax
        Polar axes to draw on; a new figure if None.

    Raises
    ------
    InputError
        As `radar.radar_points` and `radar.radar_axes`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> scores = pd.DataFrame({"label": ["Choosing", "People", "Pay"], "score": [2.0, 3.0, 4.0]})
    >>> plot_readiness(scores).figure.get_suptitle()
    '1 of 3 dimensions reaches level 4'
    >>> plt.close("all")
    """
    said = [tr_in("value", str(label)) for label in scores["label"]]
    points = radar_points(scores.assign(label=said))
    ax = radar_axes(ax)
    with styled_axes(ax):
        draw_web(ax, points, target=target)
        draw_ring(ax, points["angle"], points["score"], color=BLUE, marker="o", fill=True)
        write_title(ax, _radar_title(points["score"], target))
    return ax


def plot_gaps(
    gaps: pd.DataFrame, *, first: int = 3, target: int = 4, most: int = 10, ax: Axes | None = None
) -> Axes:
    """Draw each gap as a line from where the firm is to where it wants to be.

    Parameters
    ----------
    gaps : in the order of priority
        `says`, `level` and `priority`, as `readiness.readiness_gaps` returns them.
    first
        How many are closed first; they stand out.
    target : 2-5
        Where the lines end.
    most
        How many are drawn; the title counts the others.
    ax
        Where to draw; a new figure if None, the taller the more gaps.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> gaps = pd.DataFrame({"says": ["There is a sponsor"], "level": [2.0], "priority": [4.0]})
    >>> [label.get_text() for label in plot_gaps(gaps).get_yticklabels()]
    ['There is a sponsor']
    >>> plt.close("all")
    """
    shown = gaps.head(most).reset_index(drop=True)
    with styled_axes(ax, height=FRAME_INCHES + ROW_INCHES * max(len(shown), 2)) as ax:
        for row, level, priority in zip(
            shown.index, shown["level"], shown["priority"], strict=True
        ):
            colour = VERMILLION if row < first else GREY
            ax.plot([level, target], [row, row], color=colour, linewidth=3.2, alpha=0.45)
            ax.plot(level, row, "o", color=colour, markersize=9)
            ax.text(
                1.02, row, f"{priority:g}", color=letters(colour), va="center",
                transform=ax.get_yaxis_transform(),
            )  # fmt: skip
        ax.axvline(target, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
        ax.text(1.02, -0.85, tr("priority") if len(shown) else "", color=GREY, va="center",
                ha="left",
                transform=ax.get_yaxis_transform())  # fmt: skip
        names = [
            "\n".join(wrap(drawable(str(said)), STATEMENT_SIGNS, max_lines=2, placeholder=" …"))
            for said in shown["says"]
        ]
        ax.set_yticks(shown.index, names, parse_math=False)
        ax.set(xlim=(LOWEST - 0.2, HIGHEST + 0.1), ylim=(max(len(shown), 2) - 0.4, -1.3))
        ax.set_xticks(range(LOWEST, HIGHEST + 1))
        ax.set_xlabel(tr("Level"))
        ax.grid(visible=False, axis="y")
        write_title(ax, _gaps_title(len(gaps), len(shown), first))
    return ax


def _radar_title(score: pd.Series, target: int) -> str:
    if score.isna().all():
        return tr(_NOTHING)
    n_there = int((score >= target).sum())
    return tr_n("{there} of {all} dimensions reaches level {target}",
                "{there} of {all} dimensions reach level {target}", n=max(n_there, 1),
                there=n_there or tr("None"), all=len(score), target=target)  # fmt: skip


def _gaps_title(n_gaps: int, n_shown: int, first: int) -> str:
    if not n_gaps:
        return tr("No statement has a level yet, or none is below the target")
    said = tr("{n} gaps; close the first {first} now", n=n_gaps, first=min(first, n_gaps))
    rest = n_gaps - n_shown
    return tr("{said} ({n} further ones not shown)", said=said, n=rest) if rest > 0 else said
