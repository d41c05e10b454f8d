"""The chosen list beside the list by sales: who stays, who enters, who leaves."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import tr, tr_n
from kamtools.plots.contrast import letters
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import BLUE, GREY, PALE, VERMILLION, styled_axes, write_title

ROW_INCHES = 0.27
FRAME_INCHES = 0.9
BREAK_ROWS = 1.7
NAME_COLUMNS = 23
MOVES = {"stays": GREY, "enters": BLUE, "leaves": VERMILLION}
COLUMNS = ("in_chosen_list", "in_sales_list", "rank_by_score", "rank_by_sales")


def list_places(table: pd.DataFrame) -> pd.DataFrame:
    """Return where each account stands on both sides of the picture of the two lists.

    Parameters
    ----------
    table
        As `portfolio.compare_with_sales` returns it: index account_id, columns
        in_chosen_list and in_sales_list (bool), rank_by_score and rank_by_sales (from 1).

    Returns
    -------
    DataFrame
        Index account_id; move ("stays", "enters" or "leaves" the list if it is chosen by
        score and not by sales); left and right, the row on the side of sales and of score.
        Both lists begin in row 0; accounts that are not on a side's list stand below it
        after a break.

    Raises
    ------
    InputError
        If a column is missing or there is no account.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"in_chosen_list": [True, True, False], "in_sales_list": [False, True, True],
    ...      "rank_by_score": [1, 2, 9], "rank_by_sales": [7, 2, 1]},
    ...     index=["riser", "middle", "giant"],
    ... )
    >>> list_places(table)
              move  left  right
    riser   enters   3.7    0.0
    middle   stays   1.0    1.0
    giant   leaves   0.0    3.7
    """
    missing = [column for column in COLUMNS if column not in table]
    if missing or table.empty:
        raise InputError(
            f"the two lists need at least one account and the columns {', '.join(COLUMNS)}; "
            f"got {len(table)} accounts, columns {', '.join(map(str, table.columns))}"
        )
    chosen, by_sales = table["in_chosen_list"], table["in_sales_list"]
    move = np.select([chosen & by_sales, chosen], ["stays", "enters"], "leaves")
    return pd.DataFrame(
        {
            "move": pd.Series(move, index=table.index, dtype=str),
            "left": _rows(table["rank_by_sales"], by_sales),
            "right": _rows(table["rank_by_score"], chosen),
        }
    )


def plot_differences(table: pd.DataFrame, *, names: pd.Series, ax: Axes | None = None) -> Axes:
    """Draw the list by sales beside the chosen list, a line for each account.

    Parameters
    ----------
    table
        As for `list_places`.
    names
        Name by account_id.
    ax
        Where to draw; a new figure if None, the taller the longer the lists.

    Raises
    ------
    InputError
        As `list_places`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame(
    ...     {"in_chosen_list": [True, False], "in_sales_list": [False, True],
    ...      "rank_by_score": [1, 9], "rank_by_sales": [7, 1]}, index=["C1", "C2"],
    ... )
    >>> ax = plot_differences(table, names=pd.Series({"C1": "Riser", "C2": "Giant"}))
    >>> ax.figure.get_suptitle()
    '1 of the 1 largest by sales gives way to others'
    >>> plt.close("all")
    """
    places = list_places(table)
    shown = figure_names(names.reindex(table.index), width=NAME_COLUMNS)
    last = max(places["left"].max(), places["right"].max())
    with styled_axes(ax, height=FRAME_INCHES + ROW_INCHES * (last + 2)) as ax:
        for move, colour in MOVES.items():
            rows = places[places["move"] == move]
            ax.plot([0, 1], rows[["left", "right"]].T, "o-", color=colour, markersize=5,
                    linewidth=1.3 if move == "stays" else 2.2)  # fmt: skip
        colours = places["move"].map(MOVES)
        left, right = (table[rank].astype(str) for rank in ("rank_by_sales", "rank_by_score"))
        _write(ax, 0, places["left"], shown + "  " + left, colours)
        _write(ax, 1, places["right"], right + "  " + shown, colours)
        _write_heads(ax, places)
        ax.set(xlim=(-0.02, 1.02), ylim=(last + 0.6, -1.4))
        ax.set_axis_off()
        write_title(ax, _title(places))
    return ax


def _rows(ranks: pd.Series, is_listed: pd.Series) -> pd.Series:
    order = pd.DataFrame({"below": ~is_listed, "rank": ranks})
    order = order.sort_index(kind="stable").sort_values(["below", "rank"], kind="stable")
    rows = pd.Series(np.arange(len(order), dtype=float), index=order.index)
    return rows.reindex(ranks.index) + np.where(is_listed, 0.0, BREAK_ROWS)


def _write(ax: Axes, side: int, rows: pd.Series, texts: pd.Series, colours: pd.Series) -> None:
    for row, text, colour in zip(rows, texts, colours, strict=True):
        ax.text(side + (0.035 if side else -0.035), row, text, color=letters(colour), va="center",
                ha="left" if side else "right", parse_math=False)  # fmt: skip


def _write_heads(ax: Axes, places: pd.DataFrame) -> None:
    """Write what each side is, and what stands below the break."""
    for side, column, head in ((0, "left", tr("By sales")), (1, "right", tr("By score"))):
        align = "left" if side else "right"
        x = side + (0.035 if side else -0.035)
        ax.text(x, -1, head, weight="bold", va="center", ha=align)
        listed = places["move"].isin(["stays", "enters" if side else "leaves"])
        if not listed.all():
            row = places.loc[~listed, column].min() - 1
            ax.text(
                x, row, tr("not on the list"), color=GREY, style="italic", va="center", ha=align
            )
    if places["move"].ne("stays").any():
        listed_rows = int((places["move"] != "enters").sum())
        ax.axhline(listed_rows - 0.35, color=PALE, linewidth=1, linestyle=(0, (4, 3)), zorder=0)


def _title(places: pd.DataFrame) -> str:
    n_leave = int((places["move"] == "leaves").sum())
    n_by_sales = int((places["move"] != "enters").sum())
    if not places["move"].ne("stays").any():
        return tr("Both lists hold the same accounts")
    return tr_n("{n:,} of the {all:,} largest by sales gives way to others",
                "{n:,} of the {all:,} largest by sales give way to others",
                n=n_leave, all=n_by_sales)  # fmt: skip
