"""Who has which accounts, today and as proposed: hours by manager, account by account."""

import numpy as np
import pandas as pd
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Patch, Rectangle

from kamtools.language import tr, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import (
    GREY,
    INK,
    ORANGE,
    PALE,
    SKY,
    figure_of,
    styled_axes,
    write_title,
)
from kamtools.role.assignment_fit import load_targets
from kamtools.wording import percent

ROW_INCHES = {True: 0.92, False: 0.46}
"""Of a manager, with the names of those who come and without."""
FRAME_INCHES = 1.75
MOST_NAMED = 80
"""With more accounts than that, the names of those who come to a manager are not written."""
NAME_POINTS = 11.0
NAME_COLUMNS = 18
BARS = {True: ((-0.44, -0.24), (-0.21, 0.16)), False: ((-0.42, -0.16), (-0.12, 0.42))}
"""From where to where today's and the proposed bar reach, in rows, with names and without."""
NAMES_AT = 0.32
BAND_COLOUR = "#eef0f3"
LEAVES, COMES, STAYS, FIRST = PALE, ORANGE, SKY, "#9fd9c3"


def assignment_blocks(table: pd.DataFrame, managers: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the block of each account in its manager's two bars.

    Parameters
    ----------
    table : index account_id
        `manager_id`, `manager_today`, `hours_per_year` and `is_move`, from
        `role.assignment_reading.read_assignment` or `table` of an assignment.
    managers : index manager_id
        In the order in which they stand; those of today who are not among them come last. In
        the order of their ids if None.

    Returns
    -------
    DataFrame
        One row a block: `account_id`, `bar` ("today" or "proposed"), `manager_id`, `left` and
        `hours` (a year), and `state`: "stays", "leaves", "comes" or "first" (has no manager
        today). In a bar those that stay come first, the largest first.

    Examples
    --------
    >>> table = pd.DataFrame({"manager_id": ["M1", "M2"], "manager_today": ["M1", "M1"],
    ...                       "hours_per_year": [60.0, 90.0], "is_move": [False, True]},
    ...                      index=["a", "b"])
    >>> assignment_blocks(table)[["account_id", "bar", "manager_id", "left", "state"]]
      account_id       bar manager_id  left   state
    0          a     today         M1   0.0   stays
    1          b     today         M1  60.0  leaves
    2          a  proposed         M1   0.0   stays
    3          b  proposed         M2   0.0   comes
    """
    check_table(table, ["manager_id", "manager_today", "hours_per_year", "is_move"], "assignments")
    parts = []
    for bar, column in (("today", "manager_today"), ("proposed", "manager_id")):
        state = np.where(table["is_move"], "leaves" if bar == "today" else "comes", "stays")
        if bar == "proposed":
            state = np.where(table["manager_today"].isna(), "first", state)
        part = pd.DataFrame(
            {
                "account_id": table.index,
                "bar": bar,
                "manager_id": table[column].to_numpy(),
                "hours": table["hours_per_year"].to_numpy(dtype=float),
                "state": state,
            }
        ).dropna(subset="manager_id")
        part["changes"] = part["state"] != "stays"
        part = part.sort_values(
            ["manager_id", "changes", "hours"], ascending=[True, True, False], kind="stable"
        )
        part["left"] = part.groupby("manager_id")["hours"].cumsum() - part["hours"]
        parts.append(part.drop(columns="changes"))
    blocks = pd.concat(parts, ignore_index=True)
    order = {manager: row for row, manager in enumerate(_rows(table, managers))}
    return blocks.assign(row=blocks["manager_id"].map(order))


def plot_assignment(
    table: pd.DataFrame,
    *,
    managers: pd.DataFrame | None = None,
    names: pd.Series | None = None,
    balance: float | None = 0.15,
    ax: Axes | None = None,
) -> Axes:
    """Draw for each manager today's hours (thin bar) and the proposed ones, account by account.

    Parameters
    ----------
    table, managers
        As for `assignment_blocks`; managers with `capacity_hours`, may have `name`. Without
        them every manager has the same fair share, and no capacity is drawn.
    names
        Name by account_id. Those that come to a manager are written under the bar, if there
        are no more than 80 accounts in all.
    balance : share
        Half the width of the band around each manager's fair share; no band if None.
    ax
        Where to draw; a new figure if None, the taller the more managers.

    Raises
    ------
    InputError
        As `assignment_blocks`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame({"manager_id": ["M1", "M2"], "manager_today": ["M1", "M1"],
    ...                       "hours_per_year": [60.0, 90.0], "is_move": [False, True]},
    ...                      index=["a", "b"])
    >>> plot_assignment(table).figure.get_suptitle()
    '1 of 2 accounts moves to another manager'
    >>> plt.close("all")
    """
    blocks = assignment_blocks(table, managers)
    rows = _rows(table, managers)
    is_named = len(table) <= MOST_NAMED
    height = FRAME_INCHES + ROW_INCHES[is_named] * len(rows)
    with styled_axes(ax, height=height) as ax:
        bars = BARS[is_named]
        _draw_shares(ax, rows, table, managers, balance, (bars[0][0] - 0.05, bars[1][1] + 0.05))
        _draw_blocks(ax, blocks, bars)
        ends = blocks["left"] + blocks["hours"]
        ax.set(xlim=(0, max(ends.max(), ax.dataLim.x1) * 1.03), ylim=(len(rows) - 0.45, -0.55))
        ax.set_xlabel(tr("Hours a year"))
        ax.xaxis.set_major_formatter("{x:,.0f}")
        ax.set_yticks(range(len(rows)), _manager_names(rows, managers), parse_math=False)
        ax.grid(visible=False, axis="y")
        _write_legend(
            ax, blocks, balance, has_capacity=bool(_capacity(rows, managers).notna().any())
        )
        write_title(ax, _title(table))
        if is_named:
            _write_names(ax, blocks, pd.Series(dtype=str) if names is None else names)
    return ax


def _rows(table: pd.DataFrame, managers: pd.DataFrame | None) -> list[str]:
    """Return the managers in the order in which they stand."""
    seen = sorted({*table["manager_id"].dropna(), *table["manager_today"].dropna()})
    if managers is None:
        return seen
    return [*managers.index, *(manager for manager in seen if manager not in managers.index)]


def _capacity(rows: list[str], managers: pd.DataFrame | None) -> pd.Series:
    """Return the capacity by manager, missing where not known."""
    if managers is None or "capacity_hours" not in managers:
        return pd.Series(np.nan, index=rows)
    return managers["capacity_hours"].astype(float).reindex(rows)


def _draw_shares(
    ax: Axes,
    rows: list[str],
    table: pd.DataFrame,
    managers: pd.DataFrame | None,
    balance: float | None,
    span: tuple[float, float],
) -> None:
    """Draw the band around each manager's fair share, and what each has at most."""
    capacity = _capacity(rows, managers)
    team = capacity if managers is None else capacity.loc[managers.index]
    placed = table.loc[table["manager_id"].notna(), "hours_per_year"].sum()
    top, bottom = span
    fair = load_targets(team.to_frame("capacity_hours"), float(placed))
    for row, share in enumerate(fair):
        if balance is not None:
            ax.add_patch(
                Rectangle((share * (1 - balance), row + top), 2 * share * balance, bottom - top,
                          facecolor=BAND_COLOUR, edgecolor="none", zorder=0.5)
            )  # fmt: skip
        ax.plot([share, share], [row + top, row + bottom], color=GREY, linewidth=1.0,
                linestyle=(0, (2, 2)), zorder=3)  # fmt: skip
    known = np.flatnonzero(capacity.notna())
    ax.vlines(capacity.to_numpy()[known], known + top, known + bottom, color=INK, linewidth=1.8,
              zorder=3)  # fmt: skip


def _draw_blocks(
    ax: Axes, blocks: pd.DataFrame, bars: tuple[tuple[float, float], tuple[float, float]]
) -> None:
    colours = {"stays": STAYS, "leaves": LEAVES, "comes": COMES, "first": FIRST}
    for bar, (top, bottom) in zip(("today", "proposed"), bars, strict=True):
        part = blocks[blocks["bar"] == bar]
        shades = [colours[state] for state in part["state"]]
        ax.barh(part["row"] + top, part["hours"], left=part["left"], height=bottom - top,
                align="edge", color=shades, edgecolor="white", linewidth=0.7,
                zorder=2)  # fmt: skip


def _write_names(ax: Axes, blocks: pd.DataFrame, names: pd.Series) -> None:
    """Write under each lower bar who comes, as many as there is room for."""
    figure = figure_of(ax)
    figure.draw_without_rendering()
    coming = blocks[(blocks["bar"] == "proposed") & (blocks["state"] != "stays")]
    ids = pd.Index(coming["account_id"])
    labels = figure_names(names.reindex(ids), width=NAME_COLUMNS)
    for row, mine in coming.groupby("row"):
        words = labels.loc[mine["account_id"]].tolist()
        text = ax.text(0.0, float(str(row)) + NAMES_AT, "", ha="left", va="center",
                       fontsize=NAME_POINTS, parse_math=False, zorder=4)  # fmt: skip
        for shown in range(len(words), 0, -1):
            rest = f" +{len(words) - shown}" if shown < len(words) else ""
            text.set_text(f"← {', '.join(words[:shown])}{rest}")
            if text.get_window_extent().x1 <= ax.bbox.x1:
                break


def _manager_names(rows: list[str], managers: pd.DataFrame | None) -> list[str]:
    given = pd.Series(index=rows, dtype=object)
    if managers is not None and "name" in managers:
        given = managers["name"].reindex(rows)
    names = figure_names(given, width=16)
    has_left = [managers is not None and manager not in managers.index for manager in rows]
    return [
        tr("{name} (left)", name=name) if gone else name
        for name, gone in zip(names, has_left, strict=True)
    ]


def _write_legend(
    ax: Axes, blocks: pd.DataFrame, balance: float | None, *, has_capacity: bool
) -> None:
    labels = {"stays": (STAYS, tr("stays")), "comes": (COMES, tr("comes from another")),
              "leaves": (LEAVES, tr("leaves (thin: today)")),
              "first": (FIRST, tr("has nobody today"))}  # fmt: skip
    seen = set(blocks["state"])
    handles: list[Artist] = [
        Patch(facecolor=colour, label=label)
        for state, (colour, label) in labels.items()
        if state in seen
    ]
    if balance is not None:
        handles.append(
            Patch(
                facecolor=BAND_COLOUR,
                edgecolor=PALE,
                label=tr("fair share ±{band}", band=percent(balance)),
            )
        )
    if has_capacity:
        handles.append(ax.plot([], [], color=INK, linewidth=1.8, label=tr("capacity"))[0])
    ax.legend(handles=handles, loc="lower left", bbox_to_anchor=(0, 1), ncols=2)


def _title(table: pd.DataFrame) -> str:
    moves, total = int(table["is_move"].sum()), len(table)
    accounts = tr_n("{n:,} account", "{n:,} accounts", n=total)
    if not moves:
        return tr("None of {accounts} moves to another manager", accounts=accounts)
    return tr_n("{n:,} of {accounts} moves to another manager",
                "{n:,} of {accounts} move to another manager",
                n=moves, accounts=accounts)  # fmt: skip
