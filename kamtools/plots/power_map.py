"""The power map: how much both sides depend, and which of them depends more."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from kamtools.language import tr, tr_in, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.naming import name_points
from kamtools.plots.power_regions import Floats, account_regions
from kamtools.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    VERMILLION,
    styled_axes,
    write_title,
)
from kamtools.power.dependence import DependenceDraws
from kamtools.power.zones import PROPOSED, CutOffs

HEIGHT_INCHES = 6.2
RADIUS_POINTS = 4.0
MOST_NAMED = 12
COLOURS = {"interlocked": GREEN, "captive supplier": VERMILLION, "captive account": BLUE,
           "loose": GREY, "between": ORANGE}  # fmt: skip
SHADE = 0.13
MARGIN = 0.06
EVEN_ROOM = 0.12
"""How far beyond the even zone, and the loose one, the map reaches at least."""


def map_points(table: pd.DataFrame, *, most_named: int = MOST_NAMED) -> pd.DataFrame:
    """Return what the picture draws of each account.

    Parameters
    ----------
    table
        As `dependence.power_table` returns it.
    most_named
        How many accounts are named: those of which either side depends most.

    Returns
    -------
    DataFrame, index account_id
        `x` (imbalance), `y` (mutual dependence), each with `_low` and `_high`, `radius` (points),
        `zone`, `is_named`; the account of which a side depends most comes first.

    Raises
    ------
    InputError
        If a column is missing or there is no account.

    Examples
    --------
    >>> table = pd.DataFrame({"account_id": ["a", "b"], "zone": ["loose", "captive supplier"]})
    >>> table[["power_imbalance", "mutual_dependence"]] = [[0.0, 0.2], [0.4, 0.6]]
    >>> for name in ("power_imbalance", "mutual_dependence"):
    ...     table[f"{name}_low"], table[f"{name}_high"] = table[name], table[name]
    >>> map_points(table, most_named=1)[["x", "y", "zone", "is_named"]]
                  x    y              zone  is_named
    account_id
    b           0.4  0.6  captive supplier      True
    a           0.0  0.2             loose     False
    """
    axes = {"x": "power_imbalance", "y": "mutual_dependence"}
    spread = {f"{axis}{end}": f"{name}{end}"
              for axis, name in axes.items() for end in ("", "_low", "_high")}  # fmt: skip
    check_table(table, ("account_id", "zone", *spread.values()), "power map")
    by_id = table.set_index("account_id")
    points = pd.DataFrame({column: by_id[name] for column, name in spread.items()})
    points = points.assign(radius=RADIUS_POINTS, zone=by_id["zone"])
    larger = (points["x"].abs() + points["y"]).sort_values(ascending=False, kind="stable")
    return points.loc[larger.index].assign(is_named=np.arange(len(points)) < most_named)


def plot_power_map(
    table: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    draws: DependenceDraws | None = None,
    corridor: tuple[float, float] | None = None,
    cutoffs: CutOffs = PROPOSED,
    most_named: int = MOST_NAMED,
    ax: Axes | None = None,
) -> Axes:
    """Draw every account by imbalance and mutual dependence, with what is not known of it.

    The white corners are out of reach: an imbalance cannot be larger than the mutual dependence.
    Names never overlap; one that finds no room becomes a number explained under the picture.

    Parameters
    ----------
    table
        As `dependence.power_table` returns it.
    names : index account_id
        Names; the ids if None.
    draws
        As `dependence.dependence_draws` returns them, of the same accounts: then those that are
        named have the regions that hold 90 % and 50 % of their draws. All others, and all without
        draws, have a bar each way from `_low` to `_high`.
    corridor
        Lowest and highest imbalance aimed at.
    cutoffs
        Where the zones begin.
    most_named
        How many accounts are named: those of which either side depends most.
    ax
        Where to draw; a new figure if None.

    Raises
    ------
    InputError
        If a column is missing, there is no account, or a named one has no draws.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from kamtools.power.dependence import dependence_draws, power_table
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"]})
    >>> inputs[["stake_low", "stake", "stake_high"]] = [[0.6, 0.7, 0.8], [0.35, 0.45, 0.55]]
    >>> inputs[["availability_low", "availability", "availability_high"]] = [
    ...     [0.15, 0.25, 0.35], [0.5, 0.6, 0.7]]
    >>> ax = plot_power_map(power_table(inputs, draws=500, seed=1), corridor=(-0.15, 0.15),
    ...                     draws=dependence_draws(inputs, draws=500, seed=1),
    ...                     names=pd.Series({"a": "沛汇"}))
    >>> ax.figure.get_suptitle(), "沛汇" in [text.get_text() for text in ax.texts]
    ('Of 1 account 1 holds us captive', True)
    >>> plt.close("all")
    """
    points = map_points(table, most_named=most_named)
    named = points[points["is_named"]]
    regions = {} if draws is None else account_regions(named.index, draws)
    own_figure = ax is None
    with styled_axes(ax, height=HEIGHT_INCHES) as ax:
        _set_limits(ax, points, regions, cutoffs, corridor)
        _shade_zones(ax, cutoffs)
        if corridor is not None:
            for end in corridor:
                ax.axvline(end, color=INK, linewidth=1.3, linestyle=(0, (4, 3)), zorder=1.5)
        for account, outlines in regions.items():
            colour = COLOURS[str(points.loc[account, "zone"])]
            for outline in outlines:
                ax.fill(*outline.T, facecolor=colour, alpha=0.2, edgecolor=colour, zorder=2)
        _draw_bars(ax, points.drop(index=list(regions)))
        _draw_dots(ax, points)
        _explain(ax, corridor)
        write_title(ax, _title(points))
        shown = pd.Series(named.index, index=named.index) if names is None else names
        name_points(ax, points, figure_names(shown.reindex(named.index)), key=own_figure)
    return ax


def _set_limits(
    ax: Axes,
    points: pd.DataFrame,
    regions: dict[str, list[Floats]],
    cutoffs: CutOffs,
    corridor: tuple[float, float] | None,
) -> None:
    """Show all accounts with their ranges, the corridor, and some room beside the even zone."""
    even = [cutoffs.imbalance + EVEN_ROOM, -cutoffs.imbalance - EVEN_ROOM, *(corridor or ())]
    corners = [outline for outlines in regions.values() for outline in outlines]
    across = np.concatenate([even, points["x_low"], points["x_high"], *(c[:, 0] for c in corners)])
    up = np.concatenate(
        [[cutoffs.loose + EVEN_ROOM], points["y_high"], *(c[:, 1] for c in corners)]
    )
    ax.set_xlim(across.min() - MARGIN, across.max() + MARGIN)
    ax.set_ylim(0, up.max() * (1 + MARGIN))


def _shade_zones(ax: Axes, cutoffs: CutOffs) -> None:
    """Shade what can be reached, |I| ≤ J ≤ 2 − |I|, by zone."""
    edge = cutoffs.imbalance
    for zone, (left, right), (low, high) in (
        ("captive account", (-1.0, -edge), (0.0, 2.0)),
        ("captive supplier", (edge, 1.0), (0.0, 2.0)),
        ("loose", (-edge, edge), (0.0, cutoffs.loose)),
        ("between", (-edge, edge), (cutoffs.loose, cutoffs.interlocked)),
        ("interlocked", (-edge, edge), (cutoffs.interlocked, 2.0)),
    ):
        x = np.unique(np.append(np.linspace(left, right, 101), np.clip(0.0, left, right)))
        bottom = np.maximum(np.abs(x), low)
        top = np.maximum(np.minimum(2 - np.abs(x), high), bottom)
        ax.fill_between(x, bottom, top, color=COLOURS[zone], alpha=SHADE, linewidth=0, zorder=1)


def _draw_bars(ax: Axes, points: pd.DataFrame) -> None:
    colours = [COLOURS[zone] if named else PALE
               for zone, named in zip(points["zone"], points["is_named"], strict=True)]  # fmt: skip
    ax.hlines(points["y"], points["x_low"], points["x_high"], colors=colours, linewidth=1, zorder=2)
    ax.vlines(points["x"], points["y_low"], points["y_high"], colors=colours, linewidth=1, zorder=2)


def _draw_dots(ax: Axes, points: pd.DataFrame) -> None:
    for is_named, some in points.groupby("is_named"):
        ax.scatter(
            some["x"], some["y"], s=(2 * RADIUS_POINTS) ** 2 * (1.0 if is_named else 0.4),
            color=some["zone"].map(COLOURS).tolist(), edgecolors="white", linewidths=0.8,
            zorder=4 if is_named else 3,
        )  # fmt: skip


def _explain(ax: Axes, corridor: tuple[float, float] | None) -> None:
    """Label the axes, and name the zones below them in the order in which they lie."""
    ax.set(xlabel=tr("← we are stronger   Imbalance   the account is stronger →"),
           ylabel=tr("Mutual dependence"))  # fmt: skip
    order = ("captive account", "loose", "between", "interlocked", "captive supplier")
    handles: list[Patch | Line2D] = [
        Patch(facecolor=COLOURS[zone], alpha=0.45, label=tr_in("value", zone)) for zone in order
    ]
    if corridor is not None:
        handles.append(Line2D([], [], color=INK, linewidth=1.3, linestyle=(0, (4, 3)),
                              label=tr("corridor")))  # fmt: skip
    ax.legend(handles=handles, loc="upper left", bbox_to_anchor=(-0.1, -0.13), ncols=3,
              borderpad=0.2, handletextpad=0.4, columnspacing=1.2, handlelength=1.4)  # fmt: skip


def _title(points: pd.DataFrame) -> str:
    captive = int((points["zone"] == "captive supplier").sum())
    accounts = tr_n("{n:,} account", "{n:,} accounts", n=len(points))
    if not captive:
        return tr("Of {accounts} none holds us captive", accounts=accounts)
    return tr_n("Of {accounts} {n:,} holds us captive", "Of {accounts} {n:,} hold us captive",
                n=captive, accounts=accounts)  # fmt: skip
