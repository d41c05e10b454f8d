"""The client's roles on the left, ours on the right, and a line for each thread between them."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patheffects import withStroke

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_n
from kamtools.plots.contrast import letters
from kamtools.plots.fonts import drawable, figure_names, shorten
from kamtools.plots.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE,
    VERMILLION,
    WIDTH_INCHES,
    styled_axes,
    write_title,
)

NOBODY, COLD, WEAK = marked("nobody"), "gone cold", "weak"
NO_CONTACT = ("no contact", "no role listed")
ROW_INCHES = 0.44
FRAME_INCHES = 1.5
LEFT, RIGHT = 0.36, 0.66
ROLE_COLUMNS, PERSON_COLUMNS = 25, 22
WIDTHS = {1: 1.0, 2: 2.0, 3: 3.5, 4: 5.0, 5: 7.0}
"""Strength of a thread -> width of its line in points."""
NOT_JUDGED = 1.6
SMALL_POINTS = 9.5


def relationship_points(
    roles: pd.DataFrame, people: pd.DataFrame, links: pd.DataFrame
) -> tuple[pd.Series, pd.Series]:
    """Return how high each client role and each of us stands in the picture.

    Parameters
    ----------
    roles, people, links
        From `relationship_map.relationship_map`.

    Returns
    -------
    (n_roles,), (n_people,)
        Rows from 0 at the top, one a role; people stand near the middle of the roles they talk
        to, at least a row apart.

    Raises
    ------
    InputError
        If there is no client role.

    Examples
    --------
    >>> roles = pd.DataFrame(index=["buyer", "owner"])
    >>> links = pd.DataFrame({"client_role": ["owner", "buyer"], "person": ["Li", "Eva"]})
    >>> left, right = relationship_points(roles, pd.DataFrame(index=["Li", "Eva"]), links)
    >>> right.to_dict()
    {'Eva': 0.0, 'Li': 1.0}
    """
    if not len(roles):
        raise InputError("there is no client role to draw; expected one row or more")
    left = pd.Series(np.arange(len(roles), dtype=float), index=roles.index)
    wanted = links["client_role"].map(left).astype(float).groupby(links["person"]).mean()
    order = wanted.reindex(people.index).sort_values(kind="stable")
    if order.empty:
        return left, order
    rank = np.arange(len(order))
    # Each as near to its roles as those above it allow, then from the foot up.
    free = np.maximum.accumulate(order.to_numpy() - rank) + rank
    most = max(len(roles), len(order)) - 1 - rank[::-1]
    return left, pd.Series(np.minimum(free, most), index=order.index)


def plot_relationships(
    roles: pd.DataFrame,
    people: pd.DataFrame,
    links: pd.DataFrame,
    functions: pd.DataFrame,
    *,
    name: str,
    ax: Axes | None = None,
) -> Axes:
    """Draw who talks to whom: the wider the line, the stronger the thread; holes in red.

    A broken line is a thread that has gone cold, a thin grey one has not been judged. Whoever
    is the only one of us for the whole account stands in red, as do client roles with nobody;
    our functions without any contact stand under the picture.

    Parameters
    ----------
    roles, people, links, functions
        The tables of a `relationship_map.RelationshipMap`.
    name
        What the account is called.
    ax
        Where to draw; a new figure if None, the taller the more roles.

    Raises
    ------
    InputError
        As `relationship_points`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> roles = pd.DataFrame({"name": [None], "function": ["client"], "status": ["one thread"]},
    ...                      index=["buyer"])
    >>> people = pd.DataFrame({"is_cut_off": [True]}, index=["何语桐"])
    >>> links = pd.DataFrame({"client_role": ["buyer"], "person": ["何语桐"], "strength": [4.0],
    ...                       "is_cold": [False]})
    >>> functions = pd.DataFrame({"status": ["in contact"]}, index=["client"])
    >>> plot_relationships(roles, people, links, functions, name="沛汇").figure.get_suptitle()
    '沛汇: somebody talks to 1 of 1 role'
    >>> plt.close("all")
    """
    left, right = relationship_points(roles, people, links)
    n_rows = max(len(left), len(right))
    height = FRAME_INCHES + ROW_INCHES * max(n_rows, 3)
    with styled_axes(ax, width=WIDTH_INCHES, height=height) as ax:
        bare = _bare(functions)
        foot = n_rows - 0.3 + (0.7 if bare else 0)
        ax.set(xlim=(0, 1), ylim=(foot, -1.3), xticks=[], yticks=[])
        ax.grid(visible=False)
        ax.spines[:].set_visible(False)
        starts, ends = left.reindex(links["client_role"]), right.reindex(links["person"])
        ties = zip(starts, ends, links["strength"], links["is_cold"], strict=True)
        for start, end, strength, is_cold in ties:
            _draw_thread(ax, start, end, strength, is_cold=is_cold)
        _write_roles(ax, roles, left)
        _write_people(ax, people, right)
        for x, word, side in ((LEFT, tr("The client"), "right"), (RIGHT, tr("We"), "left")):
            ax.text(x, -1.1, word, ha=side, va="center", weight="bold", color=GREY)
        ax.text(LEFT, -0.72, tr("name · our function for it"), ha="right", va="center", color=GREY,
                fontsize=SMALL_POINTS)  # fmt: skip
        _write_legend(ax, links)
        ax.text(0.0, foot - 0.35, bare, va="center", color=letters(VERMILLION), parse_math=False)
        for text in ax.texts:
            text.set_in_layout(False)  # else long names would squeeze what lies between them
        n_reached = int((roles["status"] != NOBODY).sum())
        short = shorten(drawable(name), 26)
        write_title(ax, _title(short, n_reached, len(roles)))
    return ax


def _title(name: str, n_reached: int, n_roles: int) -> str:
    roles = tr_n("{n} role", "{n} roles", n=n_roles)
    if not n_reached:
        return tr("{name}: nobody talks to any of {roles}", name=name, roles=roles)
    return tr("{name}: somebody talks to {n} of {roles}", name=name, n=n_reached, roles=roles)


def _draw_thread(ax: Axes, start: float, end: float, strength: float, *, is_cold: bool) -> None:
    is_judged = not pd.isna(strength)
    way = np.linspace(0.0, 1.0, 40)
    bend = way * way * (3 - 2 * way)
    ax.plot(
        LEFT + 0.018 + (RIGHT - LEFT - 0.036) * way,
        start + (end - start) * bend,
        color=_colour(strength),
        linewidth=WIDTHS[round(strength)] if is_judged else NOT_JUDGED,
        linestyle=(0, (2.2, 1.2)) if is_cold else "-",
        alpha=0.85,
        solid_capstyle="round",
        zorder=2,
    )


def _colour(strength: float) -> str:
    if pd.isna(strength):
        return GREY
    return ORANGE if strength < 3 else BLUE


def _write_roles(ax: Axes, roles: pd.DataFrame, left: pd.Series) -> None:
    halo = [withStroke(linewidth=3, foreground="white")]
    columns = (roles[one] for one in ("name", "function", "status"))
    for role, name, function, status, y in zip(roles.index, *columns, left, strict=True):
        is_bare = status == NOBODY
        colour = VERMILLION if is_bare else INK
        ax.plot([LEFT], [y], "o", markersize=9, zorder=4, markeredgewidth=1.8,
                color="white" if is_bare else INK, markeredgecolor=colour)  # fmt: skip
        below = [str(one) for one in (name, function) if not pd.isna(one)]
        role_words = shorten(drawable(str(role)), ROLE_COLUMNS - (4 if is_bare else 0))
        ax.text(LEFT - 0.03, y - (0.16 if below else 0), role_words, ha="right", va="center",
                color=letters(colour), parse_math=False,
                weight="bold" if is_bare else "normal")  # fmt: skip
        words = shorten(drawable(" · ".join(below)), ROLE_COLUMNS + 6)
        ax.text(LEFT - 0.03, y + 0.24, words, ha="right", va="center", color=GREY,
                fontsize=SMALL_POINTS, parse_math=False)  # fmt: skip
        if is_bare:
            ax.text(LEFT + 0.03, y, tr(NOBODY), ha="left", va="center", color=letters(VERMILLION),
                    path_effects=halo, zorder=5)  # fmt: skip


def _write_people(ax: Axes, people: pd.DataFrame, right: pd.Series) -> None:
    # Numbered, so that two long names that begin alike are told apart.
    numbered = pd.Series(right.index.astype("str"), index=range(1, len(right) + 1))
    names = figure_names(numbered, width=PERSON_COLUMNS)
    only = people["is_cut_off"].reindex(right.index)
    for name, y, is_only in zip(names, right, only, strict=True):
        colour = VERMILLION if is_only else INK
        ax.plot([RIGHT], [y], "o", markersize=9, color=colour, zorder=4)
        ax.text(RIGHT + 0.03, y - (0.16 if is_only else 0), name, ha="left", va="center",
                color=letters(colour), parse_math=False,
                weight="bold" if is_only else "normal")  # fmt: skip
        if is_only:
            ax.text(RIGHT + 0.03, y + 0.24, tr("the only thread"), ha="left", va="center",
                    color=letters(VERMILLION), fontsize=SMALL_POINTS)  # fmt: skip


def _write_legend(ax: Axes, links: pd.DataFrame) -> None:
    handles = [
        Line2D([], [], color=BLUE, linewidth=WIDTHS[5], label=tr("strong (5)")),
        Line2D([], [], color=BLUE, linewidth=WIDTHS[3], label=tr("fair (3)")),
        Line2D([], [], color=ORANGE, linewidth=WIDTHS[1], label=tr("weak (1)")),
    ]
    if links["strength"].isna().any():
        handles.append(Line2D([], [], color=GREY, linewidth=NOT_JUDGED, label=tr("not judged")))
    if links["is_cold"].any():
        handles.append(
            Line2D(
                [], [], color=PALE, linewidth=4, linestyle=(0, (2.2, 1.2)), label=tr("gone cold")
            )
        )
    if len(links):
        ax.legend(handles=handles, loc="upper center", bbox_to_anchor=(0.5, 0.0),
                  ncols=len(handles), handlelength=1.6, handletextpad=0.5,
                  columnspacing=1.3)  # fmt: skip


def _bare(functions: pd.DataFrame) -> str:
    names = [str(one) for one in functions.index[functions["status"].isin(NO_CONTACT)]]
    listed = ", ".join(map(drawable, names))
    return tr("Of ours without a contact: {names}", names=listed) if names else ""
