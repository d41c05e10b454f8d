"""How firm the chosen list is: how many accounts each change of weights or method replaces."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap

from kamtools.errors import InputError
from kamtools.language import tr, tr_in
from kamtools.plots.contrast import letters_on
from kamtools.plots.fonts import drawable, shorten
from kamtools.plots.style import BLUE, styled_axes, write_title

KINDS = ("doubled", "halved", "dropped")
COLUMNS = ("change", "accounts_out", "overlap")
ROW_INCHES = 0.32
FRAME_INCHES = 1.0
SHADES = LinearSegmentedColormap.from_list("kamtools", ["#f3f4f6", BLUE])


def replaced_accounts(
    table: pd.DataFrame, *, labels: Mapping[str, str] | pd.Series | None = None
) -> pd.DataFrame:
    """Return how many chosen accounts each change replaces, criterion by kind of change.

    Parameters
    ----------
    table
        As `sensitivity.sensitivity` returns it: change, such as "margin doubled" or "equal
        weights", and accounts_out, a tuple of account_id.
    labels
        What a manager calls each criterion; one without a label keeps its name.

    Returns
    -------
    DataFrame
        A row for each criterion, the one that moves most first, with the columns doubled,
        halved and dropped; then a row for each other change, with its number in the first
        column and NaN in the others.

    Raises
    ------
    InputError
        If a column is missing or there is no change.

    Examples
    --------
    >>> table = pd.DataFrame(
    ...     {"change": ["margin doubled", "margin dropped", "equal weights"],
    ...      "accounts_out": [(), ("a", "b"), ("a",)], "overlap": [1.0, 0.5, 0.75]}
    ... )
    >>> replaced_accounts(table, labels={"margin": "Profit"})
                   doubled  halved  dropped
    Profit             0.0     NaN      2.0
    equal weights      1.0     NaN      NaN
    """
    missing = [column for column in COLUMNS if column not in table]
    if missing or table.empty:
        raise InputError(
            f"sensitivity needs at least one change and the columns {', '.join(COLUMNS)}; got "
            f"{len(table)} changes, columns {', '.join(map(str, table.columns))}"
        )
    words = table["change"].str.rpartition(" ")
    of_criterion = words[2].isin(KINDS)
    long = pd.DataFrame(
        {
            "row": words[0].where(of_criterion, table["change"]),
            "kind": words[2].where(of_criterion, KINDS[0]),
            "is_other": ~of_criterion,
            "replaced": table["accounts_out"].map(len),
        }
    )
    wide = long.pivot(index=["is_other", "row"], columns="kind", values="replaced")
    wide = wide.reindex(columns=list(KINDS)).astype(float)
    order = wide.max(axis=1).sort_values(ascending=False, kind="stable")
    wide = wide.loc[order.index].sort_index(level="is_other", sort_remaining=False, kind="stable")
    known = dict(labels) if labels is not None else {}
    rows = wide.index.get_level_values("row")
    said = [str(known.get(row, row.replace("_", " "))) for row in rows]
    return wide.set_axis(said).rename_axis(columns=None)


def plot_sensitivity(
    table: pd.DataFrame,
    *,
    labels: Mapping[str, str] | pd.Series | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how many of the chosen accounts each change of weights or method replaces.

    Parameters
    ----------
    table
        As for `replaced_accounts`, with overlap, the part of the list that stays (0-1).
    labels
        What a manager calls each criterion; one without a label keeps its name.
    ax
        Where to draw; a new figure if None, the taller the more criteria.

    Raises
    ------
    InputError
        As `replaced_accounts`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame(
    ...     {"change": ["margin doubled", "margin dropped"], "accounts_out": [(), ("a", "b")],
    ...      "overlap": [1.0, 0.5]}
    ... )
    >>> plot_sensitivity(table).figure.get_suptitle()
    'No change replaces more than 2 of the 4 chosen'
    >>> plt.close("all")
    """
    cells = replaced_accounts(table, labels=labels)
    with styled_axes(ax, height=FRAME_INCHES + ROW_INCHES * len(cells)) as ax:
        ax.set(xlim=(0, len(KINDS)), ylim=(len(cells), 0))
        _draw_cells(ax, cells)
        ax.set_xticks(
            np.arange(len(KINDS)) + 0.5, [tr("weight × 2"), tr("weight ÷ 2"), tr("dropped")]
        )
        ax.xaxis.tick_top()
        names = [shorten(drawable(tr_in("value", name)), 34) for name in cells.index]
        ax.set_yticks(np.arange(len(cells)) + 0.5, names, parse_math=False)
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        write_title(ax, _title(table))
    return ax


def _draw_cells(ax: Axes, cells: pd.DataFrame) -> None:
    """Draw each number on a tile, a change that is not of one criterion over the whole row."""
    most = max(cells.max().max(), 1.0)
    for row, numbers in enumerate(cells.to_numpy()):
        is_one = np.isnan(numbers[1:]).all()
        for column, number in enumerate(numbers):
            if np.isnan(number):
                continue
            width = len(KINDS) if is_one else 1
            shade = SHADES(0.9 * number / most)
            ax.barh(row + 0.5, width - 0.06, left=column + 0.03, height=0.86, color=shade)
            ax.text(column + width / 2, row + 0.5, f"{number:.0f}", ha="center", va="center",
                    color=letters_on(shade))  # fmt: skip


def _title(table: pd.DataFrame) -> str:
    n_out, overlap = max(table["accounts_out"].map(len)), float(table["overlap"].min())
    if n_out == 0:
        return tr("No change replaces any of the chosen")
    top = round(n_out / (1 - overlap))
    return tr("No change replaces more than {n:,} of the {all:,} chosen", n=n_out, all=top)
