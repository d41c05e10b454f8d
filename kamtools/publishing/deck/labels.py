"""Which points of a scatter chart are named, and on which side, so that no name hides another."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.publishing.deck.text import LINE_HEIGHT, text_width

MOST_LABELS = 14
_GAP = 7.0


@dataclass(frozen=True)
class Label:
    """The name of a point: its row in the table, its text, and the side it stands on."""

    row: int
    text: str
    side: str


def place_labels(table: pd.DataFrame, *, width: float, height: float, size: float) -> list[Label]:
    """Return the names that have room, the first rows of the table first.

    Parameters
    ----------
    table
        `x`, `y`, `label`; the points that matter most come first.
    width, height
        Of the chart's inner area, in points.
    size
        Of the font, in points.

    Examples
    --------
    >>> points = pd.DataFrame({"x": [0, 0, 1], "y": [0, 0, 1], "label": ["A", "B", "C"]})
    >>> [(label.text, label.side) for label in place_labels(points, width=200, height=99, size=9)]
    [('A', 'right'), ('B', 'left'), ('C', 'right')]
    """
    xs, ys = _scaled(table["x"], width), height - _scaled(table["y"], height)
    points = [(x - 4, y - 4, x + 4, y + 4) for x, y in zip(xs, ys, strict=True)]
    taken: list[tuple[float, float, float, float]] = []
    placed: list[Label] = []
    for row, text in enumerate(table["label"].head(MOST_LABELS)):
        long, high = text_width(text, size), size * LINE_HEIGHT
        x, y = xs[row], ys[row]
        sides = {
            "right": (x + _GAP, y - high / 2, x + _GAP + long, y + high / 2),
            "left": (x - _GAP - long, y - high / 2, x - _GAP, y + high / 2),
            "above": (x - long / 2, y - _GAP - high, x + long / 2, y - _GAP),
            "below": (x - long / 2, y + _GAP, x + long / 2, y + _GAP + high),
        }
        others = [*taken, *points[:row], *points[row + 1 :]]
        for side, box in sides.items():
            is_inside = box[0] >= -20 and box[2] <= width + 20
            if is_inside and not any(_meet(box, other) for other in others if other != points[row]):
                taken.append(box)
                placed.append(Label(row, text, side))
                break
    return placed


def _scaled(values: pd.Series, length: float) -> np.ndarray:
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    return (values.to_numpy(dtype=float) - low) / ((high - low) or 1.0) * length * 0.94


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
