"""How ready the firm is: the dimensions on a radar, and the gaps to close."""

from textwrap import wrap

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.projections.polar import PolarAxes

from kamtools.errors import InputError
from kamtools.plots.fonts import drawable
from kamtools.plots.style import BLUE, GREY, INK, PALE, VERMILLION, rc, styled_axes, write_title

LOWEST, HIGHEST = 1, 5
RADAR_INCHES = (7.0, 5.2)
RADAR_PLACE = (0.21, 0.15, 0.58, 0.60)
"""Left, bottom, width and height in the figure: the room around it is for the words."""
ROW_INCHES = 0.46
FRAME_INCHES = 1.4
DIMENSION_SIGNS, STATEMENT_SIGNS = 16, 30
"""Signs on a line, of at most two."""
_NOTHING = "No statement has a level yet"


def radar_points(scores: pd.DataFrame) -> pd.DataFrame:
    r"""Return where each dimension stands on the radar, and what is written there.

    Parameters
    ----------
    scores : (n_dimensions, …), index dimension
        `label` and `score` (1-5, NaN if not known), as `readiness.dimension_scores` returns.

    Returns
    -------
    (n_dimensions, 3), index dimension
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
    said = ["not known" if np.isnan(score) else f"{score:.1f}" for score in scores["score"]]
    labels = [
        "\n".join(wrap(str(label), DIMENSION_SIGNS, max_lines=2)) for label in scores["label"]
    ]
    texts = [f"{label}\n{score}" for label, score in zip(labels, said, strict=True)]
    return pd.DataFrame(
        {"angle": angles, "score": scores["score"], "text": texts}, index=scores.index
    )


def plot_readiness(scores: pd.DataFrame, *, target: int = 4, ax: Axes | None = None) -> Axes:
    """Draw the score of each dimension on a radar, with the level that is good enough.

    Read the corners, not the area, which grows with the square and with the order of the
    dimensions. A dimension that is not known has no corner, and no line leads to it.

    Parameters
    ----------
    scores
        As for `radar_points`.
    target : 2-5
        Drawn as a broken ring.
    ax
        Polar axes to draw on; a new figure if None.

    Raises
    ------
    InputError
        As `radar_points`, and if the axes are not polar.

    Examples
    --------
    >>> scores = pd.DataFrame({"label": ["Choosing", "People", "Pay"], "score": [2.0, 3.0, 4.0]})
    >>> plot_readiness(scores).figure.get_suptitle()
    '1 of 3 dimensions reaches level 4'
    >>> plt.close("all")
    """
    points = radar_points(scores)
    if ax is None:
        with mpl.rc_context(rc()):
            ax = plt.subplots(
                figsize=RADAR_INCHES, subplot_kw={"projection": "polar", "position": RADAR_PLACE}
            )[1]
    if not isinstance(ax, PolarAxes):
        raise InputError(f"a radar needs polar axes; got {ax.name} ones")
    with styled_axes(ax):
        _draw_web(ax, points, target)
        ring = np.append(points["angle"], points["angle"].iloc[0])
        score = np.append(points["score"], points["score"].iloc[0])
        ax.plot(ring, score, color=BLUE, marker="o", markersize=8, zorder=4)
        if points["score"].notna().all():
            ax.fill(ring, score, color=BLUE, alpha=0.14)
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
                1.02, row, f"{priority:g}", color=colour, va="center",
                transform=ax.get_yaxis_transform(),
            )  # fmt: skip
        ax.axvline(target, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
        ax.text(1.02, -0.85, "priority" if len(shown) else "", color=GREY, va="center", ha="left",
                transform=ax.get_yaxis_transform())  # fmt: skip
        names = [
            "\n".join(wrap(drawable(str(said)), STATEMENT_SIGNS, max_lines=2, placeholder=" …"))
            for said in shown["says"]
        ]
        ax.set_yticks(shown.index, names, parse_math=False)
        ax.set(xlim=(LOWEST - 0.2, HIGHEST + 0.1), ylim=(max(len(shown), 2) - 0.4, -1.3))
        ax.set_xticks(range(LOWEST, HIGHEST + 1))
        ax.set_xlabel("Level")
        ax.grid(visible=False, axis="y")
        write_title(ax, _gaps_title(len(gaps), len(shown), first))
    return ax


def _draw_web(ax: PolarAxes, points: pd.DataFrame, target: int) -> None:
    """Draw the rings and spokes, and write the dimensions around them."""
    ax.set_theta_zero_location("N")
    ax.set_theta_direction(-1)
    ax.set_ylim(LOWEST - 1, HIGHEST)
    ax.spines["polar"].set_visible(False)
    ax.grid(visible=False)
    around = np.append(points["angle"], points["angle"].iloc[0])
    for level in range(LOWEST, HIGHEST + 1):
        is_target = level == target
        ax.plot(
            around, np.full(len(around), level), color=INK if is_target else PALE,
            linewidth=1.5 if is_target else 0.9, linestyle=(0, (4, 3)) if is_target else "-",
        )  # fmt: skip
        ax.annotate(str(level), (0.0, level), (-9, 0), textcoords="offset points",
                    color=GREY, ha="right", va="center")  # fmt: skip
    for angle, text in zip(points["angle"], points["text"], strict=True):
        ax.plot([angle, angle], [LOWEST - 1, HIGHEST], color=PALE, linewidth=0.9)
        side = np.sin(angle)
        ax.text(
            angle, HIGHEST + 0.4, text,
            ha="center" if abs(side) < 0.1 else "left" if side > 0 else "right",
            va="bottom" if np.cos(angle) > 0.99 else "top" if np.cos(angle) < 0 else "center",
        )  # fmt: skip
    ax.set_xticks([])
    ax.set_yticks([])


def _radar_title(score: pd.Series, target: int) -> str:
    if score.isna().all():
        return _NOTHING
    n_there = int((score >= target).sum())
    verb = "reaches" if n_there < 2 else "reach"
    return f"{n_there or 'None'} of {len(score)} dimensions {verb} level {target}"


def _gaps_title(n_gaps: int, n_shown: int, first: int) -> str:
    if not n_gaps:
        return _NOTHING + ", or none is below the target"
    rest = f" ({n_gaps - n_shown} further ones not shown)" if n_gaps > n_shown else ""
    return f"{n_gaps} gaps; close the first {min(first, n_gaps)} now{rest}"
