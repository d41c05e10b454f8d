"""The loads of all managers as a picture that follows a control."""

import io

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imsave
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from kamtools.plots.fonts import figure_names, shorten
from kamtools.plots.style import (
    DPI,
    GREY,
    INK,
    ORANGE,
    SKY,
    TEXT_POINTS,
    rc,
    styled_axes,
)

WIDTH_INCHES = 6.6
ROW_INCHES = 0.46
FRAME_INCHES = 1.45
NAME_INCHES = 1.9
NAME_COLUMNS = 17
BAR = 0.62
COLUMN_INCHES = 0.095
"""Width of one column of a name inside a bar."""
LEAST_COLUMNS = 5
BAND_COLOUR = "#e5e7eb"
STAYS, MOVED, NEW = "stays", "moved", "new key account"
COLOURS = {STAYS: SKY, MOVED: ORANGE, NEW: "#9fd9c3"}


def load_bars(rows: pd.DataFrame, loads: pd.DataFrame) -> pd.DataFrame:
    """Return a piece of bar for each account that has a manager.

    Parameters
    ----------
    rows, loads
        Of an answer.

    Returns
    -------
    DataFrame, index account_id
        `row` (place of the manager), `left`, `hours`, `kind` (a key of `COLOURS`), `name`.

    Examples
    --------
    >>> rows = pd.DataFrame({"manager_id": ["M1", "M1", None], "hours": [60.0, 40.0, 9.0],
    ...     "is_moved": [False, True, False], "is_new": False, "name": ["A", "B", "C"]},
    ...     index=["a", "b", "c"])
    >>> load_bars(rows, pd.DataFrame(index=["M1"]))[["row", "left", "hours", "kind"]]
       row  left  hours   kind
    a    0   0.0   60.0  stays
    b    0  60.0   40.0  moved
    """
    placed = rows[rows["manager_id"].notna()]
    kind = np.select([placed["is_new"], placed["is_moved"]], [NEW, MOVED], STAYS)
    ends = placed.groupby("manager_id", sort=False)["hours"].cumsum()
    return pd.DataFrame(
        {
            "row": loads.index.get_indexer(pd.Index(placed["manager_id"])),
            "left": ends - placed["hours"],
            "hours": placed["hours"],
            "kind": kind,
            "name": placed["name"],
        },
        index=placed.index,
    )


def loads_png(rows: pd.DataFrame, loads: pd.DataFrame, *, band: float | None) -> bytes:
    r"""Return the loads as the bytes of a PNG image, a bar of accounts for each manager.

    Parameters
    ----------
    rows, loads
        Of an answer.
    band : share
        How far a load may be from its share; no band is drawn if None.

    Examples
    --------
    >>> rows = pd.DataFrame({"manager_id": ["M1"], "hours": [60.0], "is_moved": [False],
    ...                      "is_new": [False], "name": ["浩瀚食品"]}, index=["a"])
    >>> loads = pd.DataFrame({"name": ["Li"], "hours_per_year": [60.0], "fair_hours": [60.0],
    ...                       "capacity_hours": [80.0], "hours_at_start": [50.0]}, index=["M1"])
    >>> loads_png(rows, loads, band=0.15)[:4]
    b'\x89PNG'
    """
    height = FRAME_INCHES + ROW_INCHES * len(loads)
    with mpl.rc_context(rc()):
        canvas = FigureCanvasAgg(Figure(figsize=(WIDTH_INCHES, height), dpi=DPI))
        ax = canvas.figure.add_axes(
            (NAME_INCHES / WIDTH_INCHES, 0.55 / height,
             1 - (NAME_INCHES + 0.15) / WIDTH_INCHES, 1 - FRAME_INCHES / height)
        )  # fmt: skip
    with styled_axes(ax):
        bars = load_bars(rows, loads)
        _draw_limits(ax, loads, band)
        _draw_bars(ax, bars)
        _dress(ax, loads, bars, band)
    canvas.draw()
    drawn = io.BytesIO()
    imsave(drawn, canvas.buffer_rgba(), format="png", pil_kwargs={"compress_level": 3})
    return drawn.getvalue()


def _draw_limits(ax: Axes, loads: pd.DataFrame, band: float | None) -> None:
    """Draw behind the bars what a load should be, and in front of them what it can be."""
    y = np.arange(len(loads))
    fair = loads["fair_hours"].to_numpy(dtype=float)
    if band is not None:
        ax.barh(y, 2 * band * fair, left=(1 - band) * fair, height=0.94, color=BAND_COLOUR,
                zorder=1)  # fmt: skip
    capacity = loads["capacity_hours"].to_numpy(dtype=float)
    ax.vlines(capacity, y - 0.44, y + 0.44, color=INK, linewidth=2.4, zorder=5)
    start = loads["hours_at_start"].to_numpy(dtype=float)
    ax.plot(
        start[start > 0],
        (y + 0.40)[start > 0],
        "^",
        color=GREY,
        markersize=6,
        zorder=6,
        clip_on=False,
    )
    most = max(capacity.max(), loads["hours_per_year"].max(), start.max(), 1.0)
    ax.set_xlim(0, 1.03 * most)


def _draw_bars(ax: Axes, bars: pd.DataFrame) -> None:
    for kind, colour in COLOURS.items():
        some = bars[bars["kind"] == kind]
        ax.barh(some["row"], some["hours"], left=some["left"], height=BAR, color=colour,
                edgecolor="white", linewidth=1.0, zorder=3)  # fmt: skip
    inches = (ax.get_position().width * WIDTH_INCHES) / ax.get_xlim()[1]
    names = figure_names(bars["name"], width=40)
    for row, left, hours, name in zip(bars["row"], bars["left"], bars["hours"], names, strict=True):
        columns = int(hours * inches / COLUMN_INCHES) - 1
        if columns >= LEAST_COLUMNS:
            ax.text(left + hours / 2, row, shorten(name, columns), ha="center", va="center",
                    fontsize=TEXT_POINTS - 0.5, zorder=4, parse_math=False, clip_on=True,
                    color=INK)  # fmt: skip


def _dress(ax: Axes, loads: pd.DataFrame, bars: pd.DataFrame, band: float | None) -> None:
    ax.set_ylim(len(loads) - 0.45, -0.55)
    ax.set_yticks(
        np.arange(len(loads)), figure_names(loads["name"], width=NAME_COLUMNS), parse_math=False
    )
    ax.grid(visible=False, axis="y")
    ax.set_xlabel("Hours a year")
    ax.xaxis.set_major_formatter("{x:,.0f}")
    there = set(bars["kind"])
    handles: list[Patch | Line2D] = [
        Patch(color=colour, label=kind) for kind, colour in COLOURS.items() if kind in there
    ]
    handles.append(Line2D([], [], color=INK, linewidth=2.4, marker="|", markersize=11,
                          linestyle="none", markeredgewidth=2.4, label="capacity"))  # fmt: skip
    handles.append(Line2D([], [], color=GREY, marker="^", markersize=6, linestyle="none",
                          label="load at the start"))  # fmt: skip
    if band is not None:
        handles.append(Patch(color=BAND_COLOUR, label=f"even share ±{100 * band:.0f} %"))
    ax.figure.legend(handles=handles, loc="upper left", ncols=3, frameon=False,
                     bbox_to_anchor=(0.0, 1.0), columnspacing=1.2, handlelength=1.4)  # fmt: skip
