"""The five characteristics of each account as a table of shades, the cost set apart."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.patches import Rectangle

from kamtools.language import marked, tr, tr_n
from kamtools.plots.checking import check_table
from kamtools.plots.contrast import letters_on
from kamtools.plots.fonts import figure_names
from kamtools.plots.style import BLUE, GREY, VERMILLION, styled_axes, write_title
from kamtools.selection.characteristics import CHARACTERISTICS, HIGH

ROW_INCHES = 0.3
FRAME_INCHES = 1.3
GAP = 0.35
"""Room between the merits and the cost, in columns."""
MERIT_SHADES = LinearSegmentedColormap.from_list("kamtools_merit", ["#f3f4f6", BLUE])
COST_SHADES = LinearSegmentedColormap.from_list("kamtools_cost", ["#f3f4f6", VERMILLION])
HEADS = {
    "share": marked("Large\nshare"),
    "hard_to_replace": marked("Hard to\nreplace"),
    "stable_with_potential": marked("Stable with\npotential"),
    "fits": marked("Fits our\nstrategy"),
    "demanding": marked("Demanding\n(a cost)"),
}
"""Columns in the order in which they are drawn: the merits, and then the cost."""


def profile_cells(scores: pd.DataFrame) -> pd.DataFrame:
    """Return what stands in each cell: where, how dark, and the number.

    Parameters
    ----------
    scores : (n_accounts, 5) 0-1, index account_id; NaN where not known
        From `characteristics.profiles`.

    Returns
    -------
    DataFrame
        One row a cell: row, left (columns), name, score, and text, "?" where not known.

    Raises
    ------
    InputError
        If a characteristic is missing or there is no account.

    Examples
    --------
    >>> scores = pd.DataFrame([[0.9, 0.5, 0.1, 0.8, float("nan")]], index=["a"],
    ...                       columns=[c.name for c in CHARACTERISTICS])
    >>> profile_cells(scores)["text"].tolist()
    ['0.9', '0.5', '0.1', '?', '0.8']
    """
    check_table(scores, list(HEADS), "profiles")
    is_merit = {one.name: one.is_merit for one in CHARACTERISTICS}
    columns = [
        pd.DataFrame(
            {
                "row": np.arange(len(scores)),
                "left": place + (0.0 if is_merit[name] else GAP),
                "name": name,
                "score": scores[name].to_numpy(dtype=float),
            }
        )
        for place, name in enumerate(HEADS)
    ]
    cells = pd.concat(columns, ignore_index=True)
    text = ["?" if np.isnan(score) else f"{score:.1f}" for score in cells["score"]]
    return cells.assign(text=text)


def plot_characteristics(
    scores: pd.DataFrame, *, names: pd.Series, top: int | None = 25, ax: Axes | None = None
) -> Axes:
    """Draw the five profiles of each account as shades: four merits, and the cost apart.

    Parameters
    ----------
    scores
        As for `profile_cells`, in the order in which they are to stand, the first on top.
    names
        Name by account_id.
    top
        Draw only the first so many accounts; all if None.
    ax
        Where to draw; a new figure if None, the taller the more accounts.

    Raises
    ------
    InputError
        As `profile_cells`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> scores = pd.DataFrame([[0.9, 0.5, 0.1, 0.8, 0.9]], index=["a"],
    ...                       columns=[c.name for c in CHARACTERISTICS])
    >>> plot_characteristics(scores, names=pd.Series({"a": "Harbour"})).figure.get_suptitle()
    'Of 1 account shown, 1 takes much or bargains hard'
    >>> plt.close("all")
    """
    rows = scores if top is None else scores.iloc[:top]
    cells = profile_cells(rows)
    with styled_axes(ax, height=FRAME_INCHES + ROW_INCHES * len(rows)) as ax:
        ax.set(xlim=(0, len(HEADS) + GAP), ylim=(len(rows), 0))
        for row, left, name, score, text in cells.to_numpy():
            shades = COST_SHADES if name == "demanding" else MERIT_SHADES
            _draw_cell(ax, float(row), float(left), float(score), text, shades)
        heads = cells.drop_duplicates("name")
        ax.set_xticks(heads["left"] + 0.5, [tr(HEADS[name]) for name in heads["name"]])
        ax.xaxis.tick_top()
        ax.set_yticks(np.arange(len(rows)) + 0.5, figure_names(names.reindex(rows.index)),
                      parse_math=False)  # fmt: skip
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        write_title(ax, _title(rows))
    return ax


def _draw_cell(
    ax: Axes, row: float, left: float, score: float, text: str, shades: Colormap
) -> None:
    is_known = not np.isnan(score)
    shade = shades(score if is_known else 0.0)
    ax.add_patch(
        Rectangle((left + 0.03, row + 0.06), 0.94, 0.88, facecolor=shade if is_known else "none",
                  edgecolor="#d1d5db" if not is_known else "none", linewidth=0.8,
                  linestyle=(0, (2, 2)))
    )  # fmt: skip
    colour = letters_on(shade) if is_known else GREY
    ax.text(left + 0.5, row + 0.52, text, ha="center", va="center", color=colour)


def _title(rows: pd.DataFrame) -> str:
    n = int((rows["demanding"] >= HIGH).sum())
    accounts = tr_n("{n:,} account", "{n:,} accounts", n=len(rows))
    if rows["demanding"].isna().all():
        return tr("What the {accounts} shown take of us is not known", accounts=accounts)
    if not n:
        return tr("Of {accounts} shown, none takes much or bargains hard", accounts=accounts)
    return tr_n("Of {accounts} shown, {n:,} takes much or bargains hard",
                "Of {accounts} shown, {n:,} take much or bargain hard",
                n=n, accounts=accounts)  # fmt: skip
