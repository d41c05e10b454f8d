"""Which fact moves one account's imbalance most, and which would change its zone."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import drawable, shorten
from kamtools.plots.naming import NAME_POINTS
from kamtools.plots.power_map import COLOURS
from kamtools.plots.style import GREY, INK, PALE, styled_axes, write_title
from kamtools.power.zones import PROPOSED, CutOffs

ROW_INCHES = 0.42
FRAME_INCHES = 1.7
LEGEND_INCHES = 0.55
"""From the axes' foot down to the legend, under the ticks and the label."""
MOST_FACTS = 10
PART_COLUMNS = 24
NAME_COLUMNS = 30
SIDES = {"supplier": marked("ours"), "account": marked("theirs")}
COLUMNS = ("account_id", "side", "part", "fact", "moved_to", "value", "power_imbalance",
           "zone_before", "zone", "flips", "imbalance_before")  # fmt: skip
SHADES = {"low": PALE, "high": GREY}
LEAST_WIDTH = 5e-4
"""A fact that moves the imbalance less than this is not drawn."""


def tornado_rows(
    flips: pd.DataFrame, *, account_id: str | None = None, most: int = MOST_FACTS
) -> pd.DataFrame:
    """Return how far each fact of one account moves its imbalance, the one that does most first.

    Parameters
    ----------
    flips
        As `dependence_flips.fact_flips` returns it.
    account_id
        Which account; may be None where the table is of one.
    most
        Number of facts at most.

    Returns
    -------
    DataFrame, index 0, 1, …
        `side`, `part`, `fact`, and for the fact's low and high `value`, `imbalance`, `zone` and
        `flips`, each with `_low` and `_high`. Facts that move nothing are left out.

    Raises
    ------
    InputError
        If a column is missing, there is no such account, or several and none is named.

    Examples
    --------
    >>> flips = pd.DataFrame({"account_id": "a", "side": "account", "part": "spend",
    ...     "fact": "availability", "moved_to": ["low", "high"], "value": [0.1, 0.7],
    ...     "power_imbalance": [0.12, 0.39], "zone_before": "captive supplier",
    ...     "zone": ["between", "captive supplier"], "flips": [True, False],
    ...     "imbalance_before": 0.345})
    >>> tornado_rows(flips)[["part", "imbalance_low", "imbalance_high", "flips_low"]]
        part  imbalance_low  imbalance_high  flips_low
    0  spend           0.12            0.39       True
    """
    check_table(flips, COLUMNS, "moved facts")
    own = flips if account_id is None else flips[flips["account_id"] == account_id]
    if own["account_id"].nunique() != 1:
        asked = "one account is asked for" if account_id is None else f"no account {account_id!r}"
        raise InputError(f"moved facts are of {flips['account_id'].nunique():,} accounts: {asked}")
    keys = ["side", "part", "fact"]
    kept = {"value": "value", "power_imbalance": "imbalance", "zone": "zone", "flips": "flips"}
    ends = [
        own[own["moved_to"] == end]
        .set_index(keys)[list(kept)]
        .rename(columns=kept)
        .add_suffix(f"_{end}")
        for end in ("low", "high")
    ]
    rows = ends[0].join(ends[1])
    width = (rows["imbalance_high"] - rows["imbalance_low"]).abs()
    order = width[width >= LEAST_WIDTH].sort_values(ascending=False, kind="stable")
    return rows.loc[order.index[:most]].reset_index()


def plot_tornado(
    flips: pd.DataFrame,
    *,
    account_id: str | None = None,
    name: str = "",
    most: int = MOST_FACTS,
    cutoffs: CutOffs = PROPOSED,
    ax: Axes | None = None,
) -> Axes:
    """Draw what each fact of one account, moved alone through its range, does to the imbalance.

    A value that changes the zone has the colour of the zone it leads to; at the ends of each bar
    stand the values of the fact. Cut-offs of the zones are broken lines.

    Parameters
    ----------
    flips, account_id, most
        As for `tornado_rows`.
    name
        What the account is called; its id where blank.
    cutoffs
        Where the zones begin.
    ax
        Where to draw; a new figure if None, the taller the more facts.

    Raises
    ------
    InputError
        As `tornado_rows`, or if no fact has a range that moves the imbalance.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> from kamtools.power.dependence_flips import fact_flips
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"]})
    >>> inputs[["stake_low", "stake", "stake_high"]] = [[0.6, 0.7, 0.8], [0.4, 0.45, 0.5]]
    >>> inputs[["availability_low", "availability", "availability_high"]] = [
    ...     [0.25, 0.25, 0.25], [0.1, 0.6, 0.7]]
    >>> ax = plot_tornado(fact_flips(inputs), name="沛汇")
    >>> ax.figure.get_suptitle()
    '沛汇: 1 of 3 facts could change the zone'
    >>> plt.close("all")
    """
    rows = tornado_rows(flips, account_id=account_id, most=most)
    if rows.empty:
        raise InputError("no fact has a range that moves the imbalance")
    own = flips if account_id is None else flips[flips["account_id"] == account_id]
    today = float(own["imbalance_before"].iloc[0])
    with styled_axes(ax, height=FRAME_INCHES + ROW_INCHES * len(rows)) as ax:
        _draw_bars(ax, rows, today)
        _frame(ax, rows, today, cutoffs)
        who = shorten(drawable(name or str(own["account_id"].iloc[0])), NAME_COLUMNS)
        changing = int((rows["flips_low"] | rows["flips_high"]).sum())
        write_title(ax, tr_n("{who}: {changing} of {n} fact could change the zone",
                             "{who}: {changing} of {n} facts could change the zone",
                             n=len(rows), who=who, changing=changing or tr("none")))  # fmt: skip
    return ax


def _draw_bars(ax: Axes, rows: pd.DataFrame, today: float) -> None:
    """Draw both halves of each bar and, at its ends, the values of the fact."""
    for end, shade in SHADES.items():
        to, flips = rows[f"imbalance_{end}"], rows[f"flips_{end}"]
        colours = np.where(flips, rows[f"zone_{end}"].map(COLOURS), shade)
        ax.barh(range(len(rows)), to - today, left=today, height=0.62, color=colours, zorder=2)
        other = rows["imbalance_high" if end == "low" else "imbalance_low"]
        # A fact at its middle at one end has no half there: its value stands on the free side.
        is_left = np.where(to == other, end == "low", to < other)
        for row, place in enumerate(to):
            ax.annotate(f"{rows[f'value_{end}'][row]:.2f}", (place, row),
                        xytext=(-4 if is_left[row] else 4, 0), textcoords="offset points",
                        ha="right" if is_left[row] else "left", va="center",
                        fontsize=NAME_POINTS, color=INK)  # fmt: skip


def _frame(ax: Axes, rows: pd.DataFrame, today: float, cutoffs: CutOffs) -> None:
    ends = rows[["imbalance_low", "imbalance_high"]].to_numpy(dtype=float)
    low, high = float(ends.min()), float(ends.max())
    room = 0.3 * max(high - low, 0.02)  # for the values at the ends
    ax.set(xlim=(low - room, high + room), ylim=(len(rows) - 0.5, -0.5))
    ax.axvline(today, color=INK, linewidth=1.4, zorder=3)
    for edge in (-cutoffs.imbalance, cutoffs.imbalance):
        if low - room < edge < high + room:
            ax.axvline(edge, color=GREY, linewidth=1.1, linestyle=(0, (4, 3)), zorder=1)
    parts = [drawable(tr_in("value", str(row.part))) for row in rows.itertuples()]
    labels = [
        f"{shorten(called, PART_COLUMNS)}: {tr_in('value', str(row.fact))} "
        f"({tr(SIDES[str(row.side)])})"
        for called, row in zip(parts, rows.itertuples(), strict=True)
    ]
    ax.set_yticks(range(len(rows)), labels, parse_math=False)
    ax.grid(visible=False, axis="y")
    ax.set_xlabel(tr("Imbalance (plus: the account is stronger)"))
    handles: list[Patch | Line2D] = [
        Patch(color=SHADES["low"], label=tr("at its low")),
        Patch(color=SHADES["high"], label=tr("at its high")),
    ]
    reached = pd.concat([rows[f"zone_{end}"][rows[f"flips_{end}"]] for end in SHADES])
    handles += [
        Patch(color=COLOURS[zone], label=f"→ {tr_in('value', zone)}") for zone in reached.unique()
    ]
    handles.append(Line2D([], [], color=INK, linewidth=1.4, label=tr("today")))
    below = -LEGEND_INCHES / (ROW_INCHES * len(rows))
    ax.legend(handles=handles, loc="upper right", bbox_to_anchor=(1.02, below), ncols=4,
              borderpad=0.2, handletextpad=0.4, columnspacing=1.0, handlelength=1.2)  # fmt: skip
    ax.xaxis.set_major_locator(MaxNLocator(5))
