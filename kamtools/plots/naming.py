"""Names beside the points of a picture; those that find no room are numbered in a key."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform, ScaledTranslation

from kamtools.plots.placing import Floats, Places, place_boxes
from kamtools.plots.style import GREY, INK, figure_of

NAME_POINTS = 11.0
DEAREST = 60.0
"""What a name's place may cost before a number is the better way to tell (see placing)."""

EDGE_PIXELS = 4.0
FIGURE_SPACE = "\u2007"
KEY_LINE_INCHES = 0.24
KEY_GAP_INCHES = 0.18


def name_points(
    ax: Axes,
    points: pd.DataFrame,
    names: pd.Series,
    *,
    stand_ins: pd.Series | None = None,
    key: bool = True,
) -> pd.Series:
    """Write names beside their points so that none touches another or leaves the axes.

    A name that finds no room becomes a number beside its point, explained in a key under
    the axes; one whose number finds no room either stands in the key with a dot. The figure
    grows by the key's height and the axes keep their size.

    Parameters
    ----------
    ax
        Axes with their final limits and scales, in a figure of its own if `key` is true.
    points
        Index account_id; columns x and y (data units) and radius (points) of each circle.
        A name rather covers none of them.
    names
        Text by account_id for those accounts in `points` that are to be named, the most
        important first.
    stand_ins
        By account_id, a short text for a name that finds no room, explained elsewhere; with
        them there is no key.
    key
        Whether to number what finds no room. Otherwise such names are left out.

    Returns
    -------
    Series
        The names that found no room beside their points, in the order of the key.
    """
    figure = figure_of(ax)
    if figure.get_layout_engine() is not None:
        figure.draw_without_rendering()
        figure.set_layout_engine("none")
    ax.autoscale_view()
    if names.empty:
        return names
    places = _place(ax, points, names, dearest=DEAREST)
    rest = names[~places.found]
    if stand_ins is not None:
        _place_short(ax, points, stand_ins.reindex(rest.index).dropna(), places)
    elif key and len(rest):
        numbers = np.arange(1, len(rest) + 1).astype(str)
        short = pd.Series(numbers, index=rest.index, dtype=str)
        found = _place_short(ax, points, short, places)
        _write_key(ax, short.where(found, "·").str.rjust(2, FIGURE_SPACE) + "  " + rest)
    return rest


def _place_short(ax: Axes, points: pd.DataFrame, words: pd.Series, taken: Places) -> pd.Series:
    """Write numbers where there is room, at last with lines that cross; say which have some."""
    found = pd.Series(False, index=words.index)
    for crossing in (False, True):
        left = words[~found]
        if len(left):
            places = _place(ax, points, left, taken=taken, inside=True, crossing=crossing)
            found[left.index] = places.found
            taken = Places(np.vstack([taken.boxes, places.boxes]),
                           np.vstack([taken.lines, places.lines]))  # fmt: skip
    return found


def _place(
    ax: Axes,
    points: pd.DataFrame,
    words: pd.Series,
    *,
    taken: Places | None = None,
    dearest: float = np.inf,
    inside: bool = False,
    crossing: bool = False,
) -> Places:
    """Write words beside their points where there is room for them; return where that is."""
    named = points.loc[words.index]
    circles, others = _in_pixels(ax, named), _in_pixels(ax, points.drop(words.index))
    box = ax.get_window_extent().padded(-EDGE_PIXELS)
    texts = _write(ax, words)
    places = place_boxes(
        circles,
        _sizes(texts),
        frame=box.extents,
        others=others,
        taken=taken,
        dearest=dearest,
        inside=inside,
        crossing=crossing,
    )
    _move(ax, named, circles, texts, places)
    return places


def _in_pixels(ax: Axes, points: pd.DataFrame) -> Floats:
    centres = ax.transData.transform(points[["x", "y"]].to_numpy(dtype=float))
    radii = points["radius"].to_numpy(dtype=float) * figure_of(ax).dpi / 72
    return np.column_stack([centres, radii])


def _write(ax: Axes, names: pd.Series) -> list[Text]:
    return [
        ax.text(0, 0, name, transform=IdentityTransform(), fontsize=NAME_POINTS, color=INK,
                ha="left", va="bottom", parse_math=False, zorder=6,
                path_effects=[withStroke(linewidth=2.5, foreground="white")])
        for name in names
    ]  # fmt: skip


def _sizes(texts: list[Text]) -> Floats:
    boxes = [text.get_window_extent() for text in texts]
    return np.array([[box.width, box.height] for box in boxes])


def _move(
    ax: Axes, points: pd.DataFrame, circles: Floats, texts: list[Text], places: Places
) -> None:
    """Put the texts in their places, held at a fixed distance from their points."""
    figure = figure_of(ax)
    boxes = (places.boxes - np.tile(circles[:, :2], 2)) / figure.dpi
    lines = (places.lines - np.tile(circles[:, :2], 2)) / figure.dpi
    for row, (x, y) in enumerate(points[["x", "y"]].to_numpy()):
        if np.isnan(boxes[row, 0]):
            texts[row].remove()
            continue
        to_point = ScaledTranslation(x, y, ax.transData)  # type: ignore[arg-type]
        inches_from_point = figure.dpi_scale_trans + to_point
        texts[row].set_transform(inches_from_point)
        texts[row].set_position((boxes[row, 0], boxes[row, 1]))
        if not np.isnan(lines[row, 0]):
            ax.plot(lines[row, [0, 2]], lines[row, [1, 3]], transform=inches_from_point,
                    color=GREY, linewidth=0.8, zorder=5)  # fmt: skip


def _write_key(ax: Axes, entries: pd.Series) -> None:
    """Write the key under the axes, in as many columns as fit, and let the figure grow."""
    figure = figure_of(ax)
    texts = [
        figure.text(0, 0, entry, transform=figure.dpi_scale_trans, fontsize=NAME_POINTS,
                    color=INK, ha="left", va="bottom", parse_math=False)
        for entry in entries
    ]  # fmt: skip
    column = _sizes(texts)[:, 0].max() / figure.dpi + KEY_GAP_INCHES
    columns = max(1, int(figure.get_figwidth() / column))
    rows = -(-len(texts) // columns)
    _grow(ax, rows * KEY_LINE_INCHES + KEY_GAP_INCHES)
    for number, text in enumerate(texts):
        height = (rows - number % rows - 1) * KEY_LINE_INCHES + KEY_GAP_INCHES / 2
        text.set_position((KEY_GAP_INCHES / 2 + number // rows * column, height))


def _grow(ax: Axes, by_inches: float) -> None:
    """Make the figure taller at its foot; the axes stay as large as they are."""
    figure = figure_of(ax)
    width, height = figure.get_size_inches()
    taller = height + by_inches
    box = ax.get_position()
    for text in figure.texts:
        if text.get_transform() is figure.transSubfigure:
            x, y = text.get_position()
            text.set_position((x, (y * height + by_inches) / taller))
    figure.set_size_inches(width, taller)
    ax.set_position(
        (box.x0, (box.y0 * height + by_inches) / taller, box.width, box.height * height / taller)
    )
