"""The portfolio as a picture that follows a slider: drawn in a tenth of a second."""

import io

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave

from kamtools.plots.naming import name_points
from kamtools.plots.portfolio import OTHERS, bubble_names, bubbles, draw_bubbles, dress_portfolio
from kamtools.plots.style import DPI, rc, styled_axes

INCHES = (6.0, 4.6)
AXES_BOX = (0.105, 0.125, 0.865, 0.79)
ROOM = 0.12


class PortfolioPicture:
    r"""A portfolio that is drawn again and again with other scores.

    What does not change, the axes with their ticks, labels and legend, is drawn once and
    kept as an image; only bubbles and names are drawn anew. The scale of the scores changes
    only when a score would leave the picture, so that a bubble that moves has moved.

    Parameters
    ----------
    names
        Name by account_id.

    Examples
    --------
    >>> listed = pd.DataFrame(
    ...     {"revenue": [9e5, 1e5], "score": [0.4, 0.6], "rank": [2, 1],
    ...      "is_chosen": [False, True], "in_sales_list": [True, False]}, index=["a", "b"],
    ... )
    >>> PortfolioPicture(pd.Series({"a": "Giant", "b": "Riser"})).png(listed)[:4]
    b'\x89PNG'
    """

    def __init__(self, names: pd.Series) -> None:
        self._names = names
        with mpl.rc_context(rc()):
            self._canvas = FigureCanvasAgg(Figure(figsize=INCHES, dpi=DPI))
            self._ax = self._canvas.figure.add_axes(AXES_BOX)
        with styled_axes(self._ax):
            dress_portfolio(self._ax, x_label="Sales (numbers are ranks by score)", y_label="Score")
        self._frame: object = None

    def png(self, listed: pd.DataFrame) -> bytes:
        """Return the picture of a list as the bytes of a PNG image.

        Parameters
        ----------
        listed
            As `selection_list` returns it: index account_id, columns revenue, score, rank,
            is_chosen and in_sales_list. A chosen account whose name finds no room is
            marked by its rank.
        """
        points = bubbles(
            listed, x="revenue", y="score", size="revenue", chosen=listed["is_chosen"],
            by_sales=listed["in_sales_list"],
        )  # fmt: skip
        ax = self._ax
        low, high = ax.get_ylim()
        if self._frame is None or not points["y"].between(low, high).all():
            self._draw_frame(points)
        self._canvas.restore_region(self._frame)
        named = points[points["group"] != OTHERS]
        with styled_axes(ax):
            artists = [draw_bubbles(ax, points)]
            ranks = listed.loc[listed["is_chosen"], "rank"].astype(str)
            name_points(ax, named, bubble_names(named, self._names), stand_ins=ranks)
        for artist in [*artists, *ax.lines, *ax.texts]:
            ax.draw_artist(artist)
            artist.remove()
        drawn = io.BytesIO()
        imsave(drawn, self._canvas.buffer_rgba(), format="png", pil_kwargs={"compress_level": 3})
        return drawn.getvalue()

    def _draw_frame(self, points: pd.DataFrame) -> None:
        low, high = points["y"].min(), points["y"].max()
        room = ROOM * (high - low) or ROOM
        self._ax.set_xlim(points["x"].min() / 1.5, points["x"].max() * 1.9)
        self._ax.set_ylim(low - room, high + room)
        self._canvas.draw()
        self._frame = self._canvas.copy_from_bbox(self._canvas.figure.bbox)
