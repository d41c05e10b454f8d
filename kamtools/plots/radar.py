"""A radar of levels from 1 to 5: the web, the level that is asked for, and rings of levels.

Read the corners of a ring, not its area, which grows with the square and with the order of
the spokes. What is not known has no corner, and no line leads to it.
"""

from textwrap import wrap

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.projections.polar import PolarAxes

from kamtools.errors import InputError
from kamtools.language import tr
from kamtools.plots.alt_text import Figure
from kamtools.plots.fonts import drawable
from kamtools.plots.style import GREY, INK, PALE, rc

LOWEST, HIGHEST = 1, 5
RADAR_INCHES = (7.0, 5.2)
RADAR_PLACE = (0.21, 0.15, 0.58, 0.60)
"""Left, bottom, width and height in the figure: the room around it is for the words."""
LABEL_SIGNS = 16
"""Signs on a line of a label, of at most two."""
BROKEN = (0, (4, 3))


def radar_points(scores: pd.DataFrame) -> pd.DataFrame:
    r"""Return where each spoke of a radar stands, and what is written there.

    Parameters
    ----------
    scores : (n_spokes, …), index the spokes
        `label` and `score` (1-5, NaN if not known), as `readiness.dimension_scores` returns.

    Returns
    -------
    (n_spokes, 3), index the spokes
        `angle` (radians, the first at the top, clockwise), `score`, and `text`: the label,
        on two lines if it is long, and the score below.

    Raises
    ------
    InputError
        If there are fewer than three dimensions.

    Examples
    --------
    >>> scores = pd.DataFrame({"label": ["Choosing key accounts", "People", "Pay"],
    ...                        "score": [2.0, 3.46, float("nan")]}, index=["a", "b", "c"])
    >>> radar_points(scores)["text"].tolist()
    ['Choosing key\naccounts\n2.0', 'People\n3.5', 'Pay\nnot known']
    """
    if len(scores) < 3:
        raise InputError(f"a radar needs at least three dimensions; got {len(scores)}")
    angles = np.linspace(0, 2 * np.pi, len(scores), endpoint=False)
    said = [tr("not known") if np.isnan(score) else f"{score:.1f}" for score in scores["score"]]
    labels = [
        "\n".join(wrap(drawable(str(label)), LABEL_SIGNS, max_lines=2)) for label in scores["label"]
    ]
    texts = [f"{label}\n{score}" for label, score in zip(labels, said, strict=True)]
    return pd.DataFrame(
        {"angle": angles, "score": scores["score"], "text": texts}, index=scores.index
    )


def radar_axes(
    ax: Axes | None,
    *,
    inches: tuple[float, float] = RADAR_INCHES,
    place: tuple[float, float, float, float] = RADAR_PLACE,
) -> PolarAxes:
    """Return the axes for a radar: a new figure's where `ax` is None.

    Parameters
    ----------
    ax
        Polar axes, or None.
    inches
        Width and height of a new figure.
    place : 0-1
        Left, bottom, width and height of its axes.

    Raises
    ------
    InputError
        If the axes are not polar.

    Examples
    --------
    >>> radar_axes(None).name
    'polar'
    >>> plt.close("all")
    """
    if ax is None:
        plt.draw_if_interactive()  # as `style.styled_axes`: else a notebook shows none after it
        with mpl.rc_context(rc()):
            ax = plt.subplots(
                figsize=inches, subplot_kw={"projection": "polar", "position": place},
                FigureClass=Figure,
            )[1]  # fmt: skip
    if not isinstance(ax, PolarAxes):
        raise InputError(f"a radar needs polar axes; got {ax.name} ones")
    return ax


def draw_web(ax: PolarAxes, points: pd.DataFrame, *, target: float | pd.Series) -> None:
    """Draw the levels as rings, the spokes with their words, and the broken ring of the target.

    Parameters
    ----------
    ax
        From `radar_axes`, under our look.
    points
        From `radar_points`.
    target : 1-5
        The same for all spokes, or one for each in the order of `points`.
    """
    ax.set_theta_zero_location("N")
    ax.set_theta_direction(-1)
    ax.set_ylim(LOWEST - 1, HIGHEST)
    ax.spines["polar"].set_visible(False)
    ax.grid(visible=False)
    for level in range(LOWEST, HIGHEST + 1):
        draw_ring(ax, points["angle"], np.full(len(points), level), color=PALE, linewidth=0.9)
        ax.annotate(str(level), (0.0, level), (-9, 0), textcoords="offset points",
                    color=GREY, ha="right", va="center")  # fmt: skip
    wanted = np.broadcast_to(np.asarray(target, dtype=float), len(points))
    draw_ring(ax, points["angle"], wanted, color=INK, linewidth=1.5, linestyle=BROKEN)
    for angle, text in zip(points["angle"], points["text"], strict=True):
        ax.plot([angle, angle], [LOWEST - 1, HIGHEST], color=PALE, linewidth=0.9, zorder=1)
        side = np.sin(angle)
        ax.text(
            angle, HIGHEST + 0.4, text, parse_math=False,
            ha="center" if abs(side) < 0.1 else "left" if side > 0 else "right",
            va="bottom" if np.cos(angle) > 0.99 else "top" if np.cos(angle) < 0 else "center",
        )  # fmt: skip
    ax.set_xticks([])
    ax.set_yticks([])


def draw_ring(
    ax: PolarAxes,
    angles: pd.Series,
    levels: pd.Series | np.ndarray,
    *,
    color: str,
    linewidth: float = 2.2,
    linestyle: str | tuple[int, tuple[int, ...]] = "-",
    marker: str = "",
    label: str = "",
    fill: bool = False,
) -> None:
    """Draw one ring of levels around a radar.

    Parameters
    ----------
    ax
        From `radar_axes`.
    angles
        Of the spokes, as in `radar_points`.
    levels : (n_spokes,) 1-5, NaN where not known
    color, linewidth, linestyle, marker
        Of the ring; markers are at its corners.
    label
        What a legend says of it.
    fill
        Whether what is within is tinted; never where a level is not known.
    """
    around = np.append(angles, angles.iloc[0])
    ring = np.append(levels, np.asarray(levels)[0])
    ax.plot(
        around, ring, color=color, linewidth=linewidth, linestyle=linestyle, marker=marker,
        markersize=8, label=label or None, zorder=4 if marker else 2, clip_on=False,
    )  # fmt: skip
    if fill and not np.isnan(ring).any():
        ax.fill(around, ring, color=color, alpha=0.14)
