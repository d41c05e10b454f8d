"""What somebody, or the team, can on a radar, against what the role asks for."""

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from kamtools.errors import InputError
from kamtools.language import marked, tr, tr_in, tr_n
from kamtools.plots.fonts import drawable, shorten
from kamtools.plots.radar import BROKEN, draw_ring, draw_web, radar_axes, radar_points
from kamtools.plots.style import BLUE, INK, ORANGE, figure_of, styled_axes, write_title
from kamtools.role.competence_profile import competence_targets

INCHES = (7.0, 6.0)
PLACE = (0.25, 0.2, 0.5, 0.583)
TITLE_COLUMNS = 22
OWN, THEIRS = marked("own judgement"), marked("superior's judgement")
MEDIAN = marked("median of the team")


def competence_points(
    levels: pd.DataFrame,
    *,
    manager_id: str | None = None,
    targets: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return what the radar draws of a person, or of the team, in each competence of the role.

    Parameters
    ----------
    levels
        `manager_id`, `competence`, `self`, `manager` and `level` (1-5), as
        `competence.competence_levels` returns them.
    manager_id
        Whose; the median of all if None.
    targets
        From `competence_profile.competence_targets`, the default ones if None.

    Returns
    -------
    (n_competences, 6), index competence, in the order of the targets
        `label`; `self` and `manager`, NaN where not judged; `score`: the level that counts;
        `target`; `is_below`.

    Raises
    ------
    InputError
        If the person is not in `levels`.

    Examples
    --------
    >>> levels = pd.DataFrame({"manager_id": ["M1"], "competence": ["negotiation"], "self": [4.0],
    ...                        "manager": [2.0], "level": [2.0]})
    >>> points = competence_points(levels, manager_id="M1")
    >>> points.loc["negotiation", ["self", "manager", "score", "target"]].tolist()
    [4.0, 2.0, 2.0, 3.0]
    """
    if manager_id is not None and manager_id not in set(levels["manager_id"]):
        known = ", ".join(map(str, levels["manager_id"].drop_duplicates())) or "nobody"
        raise InputError(f"no competence of {manager_id} is judged; judged are: {known}")
    wanted = competence_targets() if targets is None else targets
    own = levels if manager_id is None else levels[levels["manager_id"] == manager_id]
    medians = own.groupby("competence")[["self", "manager", "level"]].median()
    table = medians.reindex(wanted.index).rename(columns={"level": "score"})
    table.insert(0, "label", [_head(str(name)) for name in wanted.index])
    table["target"] = wanted["target"]
    return table.assign(is_below=table["score"] < table["target"])


def plot_competences(
    levels: pd.DataFrame,
    *,
    manager_id: str | None = None,
    name: str | None = None,
    targets: pd.DataFrame | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw both judgements of a person on a radar, or the team's median, and what is asked for.

    Read the corners, not the area. A competence that is not judged has no corner, and no line
    leads to it; the number beside each is the level that counts, the superior's where there
    is one.

    Parameters
    ----------
    levels, manager_id, targets
        As for `competence_points`.
    name
        What the person is called; the id if None.
    ax
        Polar axes to draw on; a new figure if None.

    Raises
    ------
    InputError
        As `competence_points`, and if the axes are not polar.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> levels = pd.DataFrame({"manager_id": ["M1"], "competence": ["negotiation"], "self": [4.0],
    ...                        "manager": [2.0], "level": [2.0]})
    >>> plot_competences(levels, manager_id="M1", name="Li").figure.get_suptitle()
    'Li: 1 of 1 judged is below what the role asks for'
    >>> plt.close("all")
    """
    table = competence_points(levels, manager_id=manager_id, targets=targets)
    said = [_head(tr_in("value", str(name))) for name in table.index]
    points = radar_points(table.assign(label=said))
    ax = radar_axes(ax, inches=INCHES, place=PLACE)
    both = [("self", ORANGE, OWN), ("manager", BLUE, THEIRS)]
    rings = [("score", BLUE, MEDIAN)] if manager_id is None else both
    with styled_axes(ax):
        draw_web(ax, points, target=table["target"])
        ax.plot([], [], color=INK, linewidth=1.5, linestyle=BROKEN, label=tr("asked for"))
        for column, colour, label in rings:
            draw_ring(ax, points["angle"], table[column], color=colour, marker="o",
                      label=tr(label))  # fmt: skip
        ax.legend(loc="lower center", bbox_to_anchor=(0.5, 0.0), ncols=3, columnspacing=1.4,
                  bbox_transform=figure_of(ax).transFigure)  # fmt: skip
        write_title(ax, _title(table, manager_id, name))
    return ax


def _head(name: str) -> str:
    return name[:1].upper() + name[1:]


def _title(table: pd.DataFrame, manager_id: str | None, name: str | None) -> str:
    who = (
        tr("The team") if manager_id is None else drawable(name or manager_id, stand_in=manager_id)
    )
    n_judged, n_below = int(table["score"].notna().sum()), int(np.sum(table["is_below"]))
    short = shorten(who, TITLE_COLUMNS)
    if not n_judged:
        return tr("{who}: nothing that the role asks for is judged", who=short)
    return tr_n("{who}: {below} of {judged} judged is below what the role asks for",
                "{who}: {below} of {judged} judged are below what the role asks for",
                n=n_below, who=short, below=n_below or tr("none"), judged=n_judged)  # fmt: skip
