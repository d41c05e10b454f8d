"""Who does what as a table of letters, with the places where a rule is broken."""

from textwrap import wrap

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_n
from kamtools.plots.contrast import letters, letters_on
from kamtools.plots.fonts import drawable, shorten
from kamtools.plots.style import (
    BLUE,
    INK,
    PALE,
    SKY,
    VERMILLION,
    WIDTH_INCHES,
    styled_axes,
    write_title,
)

ROW_INCHES = 0.42
FRAME_INCHES = 0.75
HEAD_INCHES = 0.083
"""Height of the heads for each column that the longest of them takes."""
ACTIVITY_SIGNS, ROLE_COLUMNS = 25, 21
LETTER_POINTS = 11
SHADES = {"R": BLUE, "A": INK, "C": SKY, "I": "#e5e7eb"}
MEANINGS = {"R": marked("does it"), "A": marked("answers for it"), "C": marked("is asked"),
            "I": marked("is told")}  # fmt: skip


def raci_cells(matrix: pd.DataFrame, violations: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return what stands in each cell of the table: where, the letter, and whether it is at fault.

    Parameters
    ----------
    matrix : (n_activities, n_roles) letters, index activity, columns role
        From `raci_table.raci_matrix`.
    violations
        `rule`, `subject` and `roles`, as `responsibility.check_raci` finds them; None for
        a table without marks.

    Returns
    -------
    DataFrame
        One row a letter: row, column, letter; top and height (0-1, the part of the cell, which
        two letters share); is_marked, whether the letter breaks a rule of its activity.

    Raises
    ------
    InputError
        If there is no activity or no role.

    Examples
    --------
    >>> matrix = pd.DataFrame({"head of sales": ["A"], "KAM": ["RA"]}, index=["Visit"])
    >>> violations = pd.DataFrame({"rule": [1], "subject": ["Visit"],
    ...                            "roles": [("head of sales", "KAM")]})
    >>> raci_cells(matrix, violations)[["column", "letter", "top", "is_marked"]]
       column letter  top  is_marked
    0       0      A  0.0       True
    1       1      R  0.0      False
    2       1      A  0.5       True
    """
    if matrix.empty:
        raise InputError(f"a RACI needs an activity and a role; got {matrix.shape[0]} by "
                         f"{matrix.shape[1]}")  # fmt: skip
    faulty = _faulty_letters(violations)
    rows = [
        (row, column, letter, place / len(letters), 1 / len(letters),
         (activity, role, letter) in faulty)
        for row, activity in enumerate(matrix.index)
        for column, (role, letters) in enumerate(matrix.loc[activity].items())
        for place, letter in enumerate(letters)
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["row", "column", "letter", "top", "height", "is_marked"])


def broken_rules(matrix: pd.DataFrame, violations: pd.DataFrame | None = None) -> pd.Series:
    """Return which rules each activity breaks, in one text.

    Parameters
    ----------
    matrix, violations
        As for `raci_cells`; only violations about an activity of the matrix count here.

    Returns
    -------
    (n_activities,) such as "1, 9", "" where it breaks none, index activity

    Examples
    --------
    >>> violations = pd.DataFrame({"rule": [9, 1], "subject": ["Visit", "Visit"]})
    >>> broken_rules(pd.DataFrame(index=["Visit", "Plan"]), violations).to_dict()
    {'Visit': '1, 9', 'Plan': ''}
    """
    if violations is None or violations.empty:
        return pd.Series("", index=matrix.index, dtype="str")
    rules = violations.drop_duplicates(["subject", "rule"]).sort_values("rule")
    texts = rules.groupby("subject")["rule"].agg(lambda some: ", ".join(map(str, some)))
    return texts.reindex(matrix.index).fillna("").astype("str")


def plot_raci(
    matrix: pd.DataFrame,
    violations: pd.DataFrame | None = None,
    *,
    most: int = 28,
    ax: Axes | None = None,
) -> Axes:
    """Draw who does what, and where a rule is broken.

    A letter that breaks a rule is framed; at the right stand the numbers of the rules that an
    activity breaks. What is wrong with a function, a client role or somebody's hours has no
    place in this picture; the title counts it.

    Parameters
    ----------
    matrix, violations
        As for `raci_cells`.
    most
        Roles that are drawn, in the order of the matrix, where those who only are asked or
        told stand last; the others are counted.
    ax
        Where to draw; a new figure if None, the taller the more activities.

    Raises
    ------
    InputError
        As `raci_cells`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> matrix = pd.DataFrame({"KAM": ["RA"]}, index=["Visit"])
    >>> plot_raci(matrix).figure.get_suptitle()
    '1 activity: none breaks a rule'
    >>> plt.close("all")
    """
    n_left_out = max(matrix.shape[1] - most, 0)
    matrix = matrix.iloc[:, :most]
    cells = raci_cells(matrix, violations)
    rules = broken_rules(matrix, violations)
    roles = [shorten(drawable(str(role)), ROLE_COLUMNS) for role in matrix.columns]
    height = FRAME_INCHES + ROW_INCHES * (len(matrix) + 1) + HEAD_INCHES * max(map(len, roles))
    with styled_axes(ax, width=WIDTH_INCHES, height=height) as ax:
        ax.set(xlim=(0, matrix.shape[1]), ylim=(len(matrix), 0))
        _draw_grid(ax, matrix)
        for cell in cells.itertuples(index=False):
            _draw_letter(ax, cell)
        for row, text in enumerate(rules):
            ax.text(1.01, row + 0.5, text, color=letters(VERMILLION), weight="bold", va="center",
                    ha="left", transform=ax.get_yaxis_transform())  # fmt: skip
        names = ["\n".join(wrap(drawable(str(a)), ACTIVITY_SIGNS, max_lines=2, placeholder=" …"))
                 for a in matrix.index]  # fmt: skip
        ax.set_yticks(np.arange(len(matrix)) + 0.5, names, parse_math=False)
        ax.set_xticks(np.arange(matrix.shape[1]) + 0.5, roles, rotation=90, parse_math=False)
        ax.xaxis.tick_top()
        words = "   ".join(f"{letter} {tr(says)}" for letter, says in MEANINGS.items())
        if n_left_out:
            words += "   " + tr("({n} roles not shown)", n=n_left_out)
        ax.set_xlabel(words)
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        write_title(ax, _title(matrix, rules, violations))
    return ax


def _draw_grid(ax: Axes, matrix: pd.DataFrame) -> None:
    for row in range(len(matrix) + 1):
        ax.axhline(row, color=PALE, linewidth=0.6, zorder=1)
    for column in range(matrix.shape[1] + 1):
        ax.axvline(column, color="#eceef1", linewidth=0.6, zorder=1)


def _draw_letter(ax: Axes, cell: tuple) -> None:
    row, column, letter, top, height, is_marked = cell
    ax.add_patch(
        Rectangle((column + 0.06, row + 0.05 + 0.9 * top), 0.88, 0.9 * height,
                  facecolor=SHADES[letter], edgecolor=VERMILLION if is_marked else "none",
                  linewidth=2.4, zorder=4 if is_marked else 3)
    )  # fmt: skip
    ax.text(
        column + 0.5, row + 0.05 + 0.9 * (top + height / 2), letter, ha="center",
        va="center_baseline", weight="bold", zorder=5, color=letters_on(SHADES[letter]),
        fontsize=LETTER_POINTS,
    )  # fmt: skip


def _faulty_letters(violations: pd.DataFrame | None) -> set[tuple[object, object, str]]:
    """Return activity, role and letter of what breaks a rule of its activity."""
    if violations is None or violations.empty:
        return set()
    # Rule 10 is on the R or on the A, whichever the roles in it have; a mark on one that has
    # neither is never drawn.
    letters = {1: "A", 3: "A", 4: "C", 6: "A", 10: "RA"}
    return {
        (subject, role, letter)
        for rule, subject, roles in zip(
            violations["rule"], violations["subject"], violations["roles"], strict=True
        )
        for role in roles
        for letter in letters.get(rule, "")
    }


def _title(matrix: pd.DataFrame, rules: pd.Series, violations: pd.DataFrame | None) -> str:
    size = tr_n("{n} activity", "{n} activities", n=len(matrix))
    n_broken, n_elsewhere = int((rules != "").sum()), 0
    if violations is not None:
        n_elsewhere = int((~violations["subject"].isin(matrix.index)).sum())
    rest = tr_n("; {n} fault is elsewhere", "; {n} faults are elsewhere", n=n_elsewhere)
    said = tr("{activities}: none breaks a rule", activities=size)
    if n_broken:
        said = tr_n("{n} of {activities} breaks a rule", "{n} of {activities} break a rule",
                    n=n_broken, activities=size)  # fmt: skip
    return said + rest if n_elsewhere else said
