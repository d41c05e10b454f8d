"""How often each account is chosen when the weights may differ, and what follows from it."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.language import tr, tr_in, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    percent_axis,
    styled_axes,
    write_title,
)
from kamtools.selection.verdicts import IN_FROM, OUT_UNTIL
from kamtools.wording import percent

ROW_INCHES = 0.27
FRAME_INCHES = 1.3
COLOURS = {"in": BLUE, "argue about it": ORANGE, "out": PALE}
SHARES_AT = 1.15
COLUMNS = ("p_top_k", "standard_error", "verdict")


def rows_shown(verdicts: pd.DataFrame, *, most: int = 40, just_out: int = 5) -> pd.DataFrame:
    """Return the accounts that the picture shows: those in or argued about, and who just missed.

    Parameters
    ----------
    verdicts
        From `verdicts.verdicts`: index account_id, the likeliest first, with `p_top_k` (0-1),
        `standard_error` and `verdict`.
    most
        Rows at the most.
    just_out
        How many of those that are out to show, the likeliest.

    Raises
    ------
    InputError
        If a column is missing or there is no account.

    Examples
    --------
    >>> verdicts = pd.DataFrame({"p_top_k": [0.9, 0.1, 0.05], "standard_error": 0.01,
    ...                          "verdict": ["in", "out", "out"]}, index=["a", "b", "c"])
    >>> rows_shown(verdicts, just_out=1).index.tolist()
    ['a', 'b']
    """
    check_table(verdicts, COLUMNS, "verdicts")
    is_out = verdicts["verdict"] == "out"
    kept = ~is_out | (is_out.cumsum() <= just_out)
    return verdicts[kept].iloc[:most]


def plot_acceptability(
    verdicts: pd.DataFrame,
    *,
    names: pd.Series,
    in_from: float = IN_FROM,
    out_until: float = OUT_UNTIL,
    most: int = 40,
    just_out: int = 5,
    ax: Axes | None = None,
) -> Axes:
    """Draw in which part of the ways of weighing each account is chosen, coloured by verdict.

    Parameters
    ----------
    verdicts, most, just_out
        As for `rows_shown`.
    names
        Name by account_id.
    in_from, out_until
        As in `verdicts.verdicts`, drawn as lines.
    ax
        Where to draw; a new figure if None, the taller the more accounts.

    Raises
    ------
    InputError
        As `rows_shown`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> verdicts = pd.DataFrame({"p_top_k": [0.9, 0.5], "standard_error": 0.01,
    ...                          "verdict": ["in", "argue about it"]}, index=["a", "b"])
    >>> plot_acceptability(verdicts, names=pd.Series({"a": "Harbour"})).figure.get_suptitle()
    '1 account is in, 1 is to be argued about'
    >>> plt.close("all")
    """
    rows = rows_shown(verdicts, most=most, just_out=just_out)
    with styled_axes(ax, height=FRAME_INCHES + ROW_INCHES * len(rows)) as ax:
        y = np.arange(len(rows))
        for verdict, colour in COLOURS.items():
            is_it = (rows["verdict"] == verdict).to_numpy()
            count = int((verdicts["verdict"] == verdict).sum())
            ax.barh(y[is_it], rows["p_top_k"][is_it], height=0.7, color=colour,
                    label=f"{tr_in('value', verdict)} ({count:,})")  # fmt: skip
        for limit in (out_until, in_from):
            ax.axvline(limit, color=INK, linewidth=0.9, linestyle=(0, (4, 3)))
        _write_shares(ax, rows)
        ax.set_yticks(y, figure_names(names.reindex(rows.index)), parse_math=False)
        ax.set(xlim=(0, SHARES_AT), ylim=(len(rows) - 0.4, -0.6), xticks=np.arange(0, 1.01, 0.2))
        ax.grid(visible=False, axis="y")
        ax.set_xlabel(tr("Part of the ways of weighing that choose it"))
        ax.legend(loc="lower left", bbox_to_anchor=(-0.02, 1.0), ncols=3, borderpad=0.2,
                  handlelength=1.2, columnspacing=1.3)  # fmt: skip
        write_title(ax, _title(verdicts))
        percent_axis(ax.xaxis)
    return ax


def _write_shares(ax: Axes, rows: pd.DataFrame) -> None:
    for y, share in enumerate(rows["p_top_k"]):
        ax.text(SHARES_AT, y, percent(share), va="center", ha="right", color=GREY)


def _title(verdicts: pd.DataFrame) -> str:
    counts = verdicts["verdict"].value_counts()
    n_in, n_argued = int(counts.get("in", 0)), int(counts.get("argue about it", 0))
    accounts = tr_n("{n:,} account is in", "{n:,} accounts are in", n=n_in)
    argued = tr_n("{n:,} is to be argued about", "{n:,} are to be argued about", n=n_argued)
    return tr("{first}, {second}", first=accounts,
              second=argued if n_argued else tr("none is to be argued about"))  # fmt: skip
