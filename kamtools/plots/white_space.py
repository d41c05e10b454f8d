"""Product groups by sites, or by similar accounts: what is bought where, and what is missing."""

import string
from itertools import takewhile
from operator import eq

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.patches import Patch, Rectangle

from kamtools.errors import InputError
from kamtools.language import tr, tr_n
from kamtools.plots.contrast import letters
from kamtools.plots.fonts import drawable, figure_names, shorten
from kamtools.plots.style import (
    BLUE,
    INK,
    VERMILLION,
    WIDTH_INCHES,
    short_money,
    styled_axes,
    write_title,
)

NOT_BOUGHT, FAR_LESS, TOO_FEW = "not bought", "far less", "too few to tell"
NEEDED = ("account_id", "product_group", "revenue", "status", "brings")
MOST_ROWS, MOST_GROUPS = 40, 16
NAME_COLUMNS, GROUP_COLUMNS = 24, 22
ROW_INCHES = 0.27
FRAME_INCHES = 1.15
HEAD_INCHES = 0.083
"""Height of the heads for each column that the longest of them takes."""
SHADES = LinearSegmentedColormap.from_list("bought", ["#dbeaf5", BLUE])
FULL = 0.3
"""Share of what a row buys from which a cell is at its darkest."""


def white_space_cells(
    table: pd.DataFrame, *, most_rows: int = MOST_ROWS, most_groups: int = MOST_GROUPS
) -> pd.DataFrame:
    """Return what stands in each cell of the grid: where, how much of its row, which gap.

    Parameters
    ----------
    table
        `account_id`, `product_group`, `revenue`, `status` and `brings` (money a year), a row a
        cell, as `white_space_sites.site_white_space` or `white_space_grid.white_space_grid`
        returns it.
    most_rows, most_groups
        How many are drawn: those that lack most stay, then those that buy most.

    Returns
    -------
    DataFrame
        `account_id`, `product_group`, `row`, `column` (from 0; rows in the order of the table,
        groups by revenue, the largest first), `share` (0-1, part of what the row buys),
        `status`, `brings`.

    Raises
    ------
    InputError
        If a column is missing or there is no cell.

    Examples
    --------
    >>> table = pd.DataFrame({"account_id": ["s1", "s1", "s2"], "status": "like the others",
    ...     "product_group": ["tea", "salt", "tea"], "revenue": [30.0, 10.0, 5.0], "brings": 0.0})
    >>> white_space_cells(table)[["row", "column", "share"]].to_numpy().tolist()
    [[0.0, 0.0, 0.75], [0.0, 1.0, 0.25], [1.0, 0.0, 1.0]]
    """
    lacking = [name for name in NEEDED if name not in table]
    if lacking:
        raise InputError(f"the white space needs the columns {', '.join(lacking)}")
    if table.empty:
        raise InputError("there is no white space to draw: no account buys a product group")
    row_sums = table.groupby("account_id", sort=False)[["brings", "revenue"]].sum()
    group_sums = table.groupby("product_group", sort=True)[["brings", "revenue"]].sum()
    rows = row_sums.index[row_sums.index.isin(_first(row_sums, most_rows))]
    kept = group_sums.loc[_first(group_sums, most_groups)]
    groups = kept.sort_values("revenue", ascending=False, kind="stable").index
    cells = table[table["account_id"].isin(rows) & table["product_group"].isin(groups)]
    total = cells["account_id"].map(row_sums["revenue"])
    return pd.DataFrame(
        {
            "account_id": cells["account_id"],
            "product_group": cells["product_group"],
            "row": rows.get_indexer(pd.Index(cells["account_id"])),
            "column": groups.get_indexer(pd.Index(cells["product_group"])),
            "share": (cells["revenue"] / total.where(total > 0)).fillna(0.0),
            "status": cells["status"],
            "brings": cells["brings"],
        }
    ).reset_index(drop=True)


def plot_white_space(
    table: pd.DataFrame,
    *,
    names: pd.Series | None = None,
    first: str | None = None,
    most_rows: int = MOST_ROWS,
    most_groups: int = MOST_GROUPS,
    ax: Axes | None = None,
) -> Axes:
    """Draw what is bought where: the darker, the larger its part of the row; gaps in red.

    At the right stands what a row's gaps would bring in a year.

    Parameters
    ----------
    table, most_rows, most_groups
        As for `white_space_cells`.
    names : index account_id
        What the rows are called; ids where unknown. What all begin with is left out.
    first
        The account that the others are compared with, if they are: a line parts it from them.
    ax
        Where to draw; a new figure if None, the taller the more rows.

    Raises
    ------
    InputError
        As `white_space_cells`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame({"account_id": ["s1", "s1"], "product_group": ["tea", "salt"],
    ...     "revenue": [30.0, 0.0], "status": ["like the others", "not bought"],
    ...     "brings": [0.0, 9.0]})
    >>> plot_white_space(table, names=pd.Series({"s1": "一号店"})).figure.get_suptitle()
    '1 gap in 1 of 1 site'
    >>> plt.close("all")
    """
    cells = white_space_cells(table, most_rows=most_rows, most_groups=most_groups)
    groups = cells.drop_duplicates("column").sort_values("column")["product_group"]
    heads = [shorten(drawable(str(group)), GROUP_COLUMNS) for group in groups]
    ids = pd.Index(cells.drop_duplicates("row").sort_values("row")["account_id"])
    called = pd.Series(ids, index=ids) if names is None else _apart(names.reindex(ids))
    height = FRAME_INCHES + ROW_INCHES * len(ids) + HEAD_INCHES * max(map(len, heads))
    with styled_axes(ax, width=WIDTH_INCHES, height=height) as ax:
        ax.set(xlim=(0, len(heads)), ylim=(len(ids), 0))
        places = (cells[name] for name in ("row", "column", "share", "status"))
        for row, column, share, status in zip(*places, strict=True):
            _draw_cell(ax, row, column, share, status)
        _write_sums(ax, ids, table)
        if first is not None and len(ids) > 1 and ids[0] == first:
            ax.axhline(1, color=INK, linewidth=1.6, zorder=5)
        ax.set_yticks(
            np.arange(len(ids)) + 0.5, figure_names(called, width=NAME_COLUMNS).tolist(),
            parse_math=False,
        )  # fmt: skip
        ax.set_xticks(np.arange(len(heads)) + 0.5, heads, rotation=90, parse_math=False)
        ax.xaxis.tick_top()
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        _write_legend(ax, cells)
        left_out = _left_out(table, cells)
        ax.set_xlabel(left_out, loc="left")
        write_title(ax, _title(table, first))
    return ax


def _apart(names: pd.Series) -> pd.Series:
    """Return names without the words, or the Chinese characters, with which all of them begin."""
    known = names.dropna().astype(str)
    first, last = known.min(), known.max()  # what these two share at their start, all share
    n_alike = sum(takewhile(bool, map(eq, first, last))) if len(known) > 1 else 0
    start = first[:n_alike].rstrip(string.ascii_letters + string.digits) if n_alike else ""
    short = known.str.slice(len(start)).str.strip()
    return names if (short == "").any() else short.reindex(names.index)


def _first(sums: pd.DataFrame, most: int) -> pd.Index:
    """Return those that lack most, then those that buy most."""
    return sums.sort_values(["brings", "revenue"], ascending=False, kind="stable").index[:most]


def _draw_cell(ax: Axes, row: int, column: int, share: float, status: str) -> None:
    place, width, height = (column + 0.06, row + 0.08), 0.88, 0.84
    if status == NOT_BOUGHT:
        ax.add_patch(Rectangle(place, width, height, color=VERMILLION, linewidth=0, zorder=3))
        return
    shade = SHADES(min(share / FULL, 1.0)) if share > 0 else "#f6f7f9"
    ax.add_patch(Rectangle(place, width, height, facecolor=shade, linewidth=0, zorder=2))
    if status == FAR_LESS:
        ax.add_patch(
            Rectangle(place, width, height, fill=False, edgecolor=VERMILLION, linewidth=2.2,
                      zorder=4)
        )  # fmt: skip


def _write_sums(ax: Axes, ids: pd.Index, table: pd.DataFrame) -> None:
    """Write at the right what the gaps of each row bring, groups that are not drawn included."""
    brings = table.groupby("account_id")["brings"].sum().reindex(ids)
    for row, brought in enumerate(brings):
        if brought > 0:
            ax.text(1.01, row + 0.5, f"+{short_money(brought)}", va="center", weight="bold",
                    color=letters(VERMILLION), transform=ax.get_yaxis_transform())  # fmt: skip


def _write_legend(ax: Axes, cells: pd.DataFrame) -> None:
    handles = [
        Patch(facecolor=SHADES(0.6), label=tr("bought; darker: more of the row")),
        Patch(facecolor=VERMILLION, label=tr("not bought")),
    ]
    if (cells["status"] == FAR_LESS).any():
        handles.append(
            Patch(facecolor="white", edgecolor=VERMILLION, linewidth=2.2, label=tr("far less"))
        )
    ax.legend(handles=handles, loc="upper right", bbox_to_anchor=(1.0, -0.005),
              ncols=len(handles), handlelength=1.1, handleheight=1.0, handletextpad=0.4,
              columnspacing=1.1, borderaxespad=0.2)  # fmt: skip


def _left_out(table: pd.DataFrame, cells: pd.DataFrame) -> str:
    rows, groups = (
        table[column].nunique() - cells[column].nunique()
        for column in ("account_id", "product_group")
    )
    parts = [tr_n("{n:,} row", "{n:,} rows", n=rows)] if rows else []
    parts += [tr_n("{n:,} product group", "{n:,} product groups", n=groups)] if groups else []
    return tr("Not shown: {what}", what=tr(" and ").join(parts)) if parts else ""


def _title(table: pd.DataFrame, first: str | None) -> str:
    white = table[table["status"].isin([NOT_BOUGHT, FAR_LESS])]
    gaps = tr_n("{n:,} gap", "{n:,} gaps", n=len(white)) if len(white) else tr("No gap")
    n_rows = table["account_id"].nunique()
    if first is not None:
        others = tr_n("{n} account most like it", "{n} accounts most like it", n=n_rows - 1)
        if (table["status"] == TOO_FEW).any():
            return tr("Too few to tell: {others}", others=others)
        return tr("{gaps} beside the {others}", gaps=gaps, others=others)
    sites = tr_n("{n} site", "{n} sites", n=n_rows)
    if (table["status"] == TOO_FEW).all():
        return tr("{sites}: too few to tell", sites=sites)
    if white.empty:
        return tr("No gap in {sites}", sites=sites)
    return tr("{gaps} in {n} of {sites}", gaps=gaps, n=white["account_id"].nunique(), sites=sites)
