"""The portfolio in four cells as a picture that follows a slider."""

import io

import matplotlib as mpl
import pandas as pd
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave

from kamtools.plots.fonts import figure_names
from kamtools.plots.matrix import matrix_points, plot_matrix
from kamtools.plots.naming import name_points
from kamtools.plots.style import DPI, INK, rc, styled_axes

INCHES = (6.4, 6.2)
AXES_BOX = (0.095, 0.265, 0.89, 0.575)
RING_POINTS = 2.0


def matrix_png(
    matrix: pd.DataFrame, listed: pd.DataFrame, *, names: pd.Series, revenue: pd.Series
) -> bytes:
    r"""Return the matrix as the bytes of a PNG image, the chosen accounts ringed and named.

    A chosen account whose name finds no room is marked by its rank.

    Parameters
    ----------
    matrix
        From `matrix.portfolio_matrix`.
    listed
        As `selection_list` returns it: index account_id, rank and is_chosen.
    names
        Name by account_id.
    revenue
        Money by account_id: the area of a bubble.

    Raises
    ------
    InputError
        If no account is placed.

    Examples
    --------
    >>> matrix = pd.DataFrame({"strength": [1.2, 0.4], "attractiveness": [7.0, 8.0],
    ...                        "cell": ["strategic", "star"], "basis": ""}, index=["a", "b"])
    >>> listed = pd.DataFrame({"rank": [1, 2], "is_chosen": [True, False]}, index=["a", "b"])
    >>> matrix_png(matrix, listed, names=pd.Series({"a": "Giant", "b": "浩瀚食品"}),
    ...            revenue=pd.Series({"a": 9e5, "b": 1e5}))[:4]
    b'\x89PNG'
    """
    points = matrix_points(matrix, size=revenue)
    chosen = listed[listed["is_chosen"]].sort_values("rank")
    shown = chosen.index.intersection(points.index, sort=False)
    with mpl.rc_context(rc()):
        canvas = FigureCanvasAgg(Figure(figsize=INCHES, dpi=DPI))
        ax = canvas.figure.add_axes(AXES_BOX)
    plot_matrix(matrix, names=names, size=revenue, named=shown[:0], ax=ax)
    with styled_axes(ax):
        ax.set_xlabel(f"{ax.get_xlabel()}\nRinged: on the list (numbers are ranks by score)")
        ringed = points.loc[shown]
        ax.scatter(ringed["x"], ringed["y"], s=(2 * ringed["radius"] + RING_POINTS) ** 2,
                   facecolors="none", edgecolors=INK, linewidths=1.4, zorder=3)  # fmt: skip
        ranks = chosen["rank"].astype(str)
        name_points(ax, points, figure_names(names.reindex(shown)), stand_ins=ranks)
    canvas.draw()
    drawn = io.BytesIO()
    imsave(drawn, canvas.buffer_rgba(), format="png", pil_kwargs={"compress_level": 3})
    return drawn.getvalue()
