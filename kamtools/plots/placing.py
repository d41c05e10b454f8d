"""Where names can stand in a crowded picture: pure geometry, no drawing.

One name after the other takes the cheapest free place around its point: near, to the right
if possible, over as few points as possible. A place that would touch another name, another
name's line or the edge is never taken; a name for which no place is left gets none. So no
two names can touch, whatever the data, and the same data always give the same picture.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

DISTANCES = (3.0, 9.0, 18.0, 30.0, 46.0, 66.0, 90.0, 120.0)
"""Pixels between a point's circle and its name, tried from near to far."""

LED_FROM = 9.0
"""From this distance on a line leads from the point to its name."""

_TURNS = np.array([0, 8, 4, 12, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11])
_ANGLES = _TURNS * np.pi / 8
_COVERED_POINT = 6.0
_COVERED_NAMED_POINT = 200.0
_CROSSED_NAMED_POINT = 30.0


@dataclass(frozen=True)
class Places:
    """Boxes and lines in pixels; a row of NaN is a name without a place.

    Attributes
    ----------
    boxes
        Left, bottom, right and top of each name, shape (n, 4).
    lines
        x and y of the point's end, then of the name's end, shape (n, 4); NaN without a line.
    """

    boxes: Floats
    lines: Floats

    @property
    def found(self) -> Bools:
        """Whether each name has a place."""
        return ~np.isnan(self.boxes[:, 0])


def place_boxes(
    points: Floats,
    sizes: Floats,
    *,
    frame: Sequence[float] | Floats,
    others: Floats | None = None,
    taken: Places | None = None,
    gap: float = 2.0,
    dearest: float = np.inf,
    inside: bool = False,
    crossing: bool = False,
) -> Places:
    """Return a place for each name, the first names first.

    Parameters
    ----------
    points
        x, y and radius of the circle that each name belongs to, in pixels, shape (n, 3).
    sizes
        Width and height of each name, in pixels, shape (n, 2).
    frame
        Left, bottom, right and top of the space, in pixels.
    others
        Circles without a name, shape (m, 3); a name may cover them, but rather does not.
    taken
        Places given before, which stay free of these names.
    gap
        Least distance between two names, in pixels.
    dearest
        A name gets no place that costs more: a pixel of distance costs 1, a covered circle
        without a name 6, a crossed circle with a name 30, a covered one 200.
    inside
        Whether the middle of its own circle is a place too, and the best, where the name is
        smaller than the circle (for numbers).
    crossing
        Whether lines may cross names and one another, as the last resort.

    Returns
    -------
    Places
        In the order of `points`.

    Examples
    --------
    Two names at one point go to different sides; in a frame too small for both the second
    gets no place.

    >>> points, sizes = np.array([[50.0, 50.0, 4.0]] * 2), np.array([[30.0, 10.0]] * 2)
    >>> place_boxes(points, sizes, frame=(0, 0, 100, 100)).boxes
    array([[57., 45., 87., 55.],
           [13., 45., 43., 55.]])
    >>> place_boxes(points, sizes, frame=(45, 40, 90, 60)).found
    array([ True, False])
    """
    count = len(points)
    circles = points if others is None else np.vstack([points, others])
    nuisance = np.repeat([_COVERED_NAMED_POINT, _COVERED_POINT], [count, len(circles) - count])
    places = Places(np.full((count, 4), np.nan), np.full((count, 4), np.nan))
    for row in range(count):
        boxes, lines, cost = _candidates(points[row], sizes[row], inside=inside)
        cost += _cost_of_others(boxes, lines, np.delete(circles, row, 0), np.delete(nuisance, row))
        barred = _outside(boxes, frame) | (cost > dearest)
        for stand in [places] if taken is None else [places, taken]:
            barred |= _touching(boxes, lines, stand, gap, crossing=crossing)
        best = int(np.argmin(np.where(barred, np.inf, cost)))
        if not barred[best]:
            places.boxes[row], places.lines[row] = boxes[best], lines[best]
    return places


def _candidates(point: Floats, size: Floats, *, inside: bool) -> tuple[Floats, Floats, Floats]:
    """Return the boxes around a point, the lines that lead to them and what each costs."""
    distance = np.repeat(DISTANCES, len(_ANGLES))
    preference = np.tile(np.arange(len(_ANGLES)), len(DISTANCES))
    way = np.column_stack([np.cos(_ANGLES), np.sin(_ANGLES)]).round(12)
    way = np.tile(way, (len(DISTANCES), 1))
    edge = point[:2] + way * point[2]
    near = point[:2] + way * (point[2] + distance)[:, None]
    centre = near + np.clip(way * 1.5, -1, 1) * size / 2
    boxes = np.hstack([centre - size / 2, centre + size / 2])
    end = np.clip(edge, boxes[:, :2], boxes[:, 2:])
    leads = np.where((distance >= LED_FROM)[:, None], np.hstack([edge, end]), np.nan)
    cost = distance + preference / 2
    if inside:
        middle = np.hstack([point[:2] - size / 2, point[:2] + size / 2])
        boxes, leads = np.vstack([middle, boxes]), np.vstack([np.full(4, np.nan), leads])
        fits = 2 * point[2] >= np.hypot(*size) * 0.9
        cost = np.append(0.0 if fits else np.inf, cost)
    return boxes, leads, cost


def _cost_of_others(boxes: Floats, lines: Floats, circles: Floats, nuisance: Floats) -> Floats:
    """Return what each place costs for the other circles that it covers or its line crosses."""
    around = np.append(boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0))
    is_near = _covered(around[None], circles)[0]
    circles, nuisance = circles[is_near], nuisance[is_near]
    cost = _covered(boxes, circles) @ nuisance
    named = circles[nuisance == _COVERED_NAMED_POINT]
    squares = np.hstack([named[:, :2] - named[:, 2:], named[:, :2] + named[:, 2:]])
    return cost + _CROSSED_NAMED_POINT * _crossed(squares, lines).sum(axis=0)


def _touching(boxes: Floats, lines: Floats, places: Places, gap: float, *, crossing: bool) -> Bools:
    """Return whether each place, with its line, touches one that is taken or its line."""
    taken = places.boxes[places.found]
    their_lines = places.lines[~np.isnan(places.lines[:, 0])]
    roomy = _grown(boxes, gap)
    if crossing:
        return np.logical_or.reduce(_overlap(roomy, taken), axis=1)
    pairs = [
        _overlap(roomy, taken),
        _crossed(roomy, their_lines),
        _crossed(_grown(taken, gap), lines).T,
        _cross(lines, their_lines),
    ]
    return np.logical_or.reduce(np.hstack(pairs), axis=1)


def _outside(boxes: Floats, frame: Sequence[float] | Floats) -> Bools:
    left, bottom, right, top = boxes.T
    outside: Bools = (left < frame[0]) | (bottom < frame[1])
    return outside | (right > frame[2]) | (top > frame[3])


def _grown(boxes: Floats, by: float) -> Floats:
    return boxes + np.array([-by, -by, by, by])


def _cross(lines: Floats, others: Floats) -> Bools:
    """Return, for each pair, whether the two lines cross; shape (lines, others)."""

    def side(start: Floats, end: Floats, point: Floats) -> Floats:
        way, to = end - start, point - start
        return way[..., 0] * to[..., 1] - way[..., 1] * to[..., 0]

    a, b = lines[:, None, :2], lines[:, None, 2:]
    c, d = others[None, :, :2], others[None, :, 2:]
    return (side(a, b, c) * side(a, b, d) < 0) & (side(c, d, a) * side(c, d, b) < 0)


def _overlap(boxes: Floats, others: Floats) -> Bools:
    """Return, for each pair, whether the two boxes touch; shape (boxes, others)."""
    left, bottom, right, top = boxes.T[..., None]
    across = (left < others[:, 2]) & (others[:, 0] < right)
    return across & (bottom < others[:, 3]) & (others[:, 1] < top)


def _covered(boxes: Floats, circles: Floats) -> Bools:
    """Return, for each pair, whether the box touches the circle; shape (boxes, circles)."""
    x, y, radius = circles.T
    left, bottom, right, top = boxes.T[..., None]
    across = np.maximum(np.maximum(left - x, x - right), 0)
    up = np.maximum(np.maximum(bottom - y, y - top), 0)
    return across**2 + up**2 < radius**2


def _crossed(boxes: Floats, lines: Floats) -> Bools:
    """Return, for each pair, whether the line enters the box; shape (boxes, lines).

    A line is inside the box's left and right between two moments of its way, and between
    its bottom and top between two others; it enters where the two spans overlap.
    """
    start, way = lines[None, :, :2], lines[None, :, 2:] - lines[None, :, :2]
    way = np.where(np.abs(way) < 1e-9, 1e-9, way)
    first, second = (boxes[:, None, :2] - start) / way, (boxes[:, None, 2:] - start) / way
    enters = np.minimum(first, second).max(axis=-1)
    leaves = np.maximum(first, second).min(axis=-1)
    return np.maximum(enters, 0) < np.minimum(leaves, 1)
