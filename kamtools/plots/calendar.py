"""The year ahead: notices joined to the steps they announce, and what comes every month."""

import matplotlib as mpl
import pandas as pd
from matplotlib import dates as mdates
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation

from kamtools.language import marked, tr, tr_n
from kamtools.plots.calendar_marks import calendar_marks, numbered_steps
from kamtools.plots.fonts import drawable, figure_names, font_families, shorten
from kamtools.plots.line_names import spread
from kamtools.plots.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    ORANGE,
    PALE,
    PURPLE,
    SKY,
    TEXT_POINTS,
    VERMILLION,
    WIDTH_INCHES,
    figure_of,
    styled_axes,
    write_title,
)

ROW_NAMES = {"initiative": marked("steps for all"), "plan hand-over": marked("plan hand-over"),
             "briefing": marked("briefing"), "review": marked("review"),
             "stage gate": marked("stage gate"), "notice": marked("notices to all")}  # fmt: skip
NOTICE_COLOURS = {"to come": BLUE, "late": VERMILLION, "given": GREEN}
OTHER_MARKS = {"initiative": ("D", INK), "plan hand-over": ("s", ORANGE), "briefing": ("|", GREY),
               "review": ("^", SKY), "stage gate": ("P", PURPLE)}  # fmt: skip

MOST_ACCOUNTS = 30
MOST_NUMBERED = 18
NUMBER_GAP = 0.05
"""Part of the width of the axes between two numbers, at least."""

ROW_INCHES, LINE_INCHES, REST_INCHES = 0.29, 0.245, 1.55
NAME_COLUMNS, KEY_COLUMNS = 22, 42
LEGEND_COLUMNS, LEGEND_POINTS, BELOW_POINTS = 3, 18.5, 38
LEADER_POINTS, TITLE_PAD = 7, 34
MARGIN_DAYS = 6
"""Room left of the first entry and right of the last."""

NUMBER_POINTS, MARK_POINTS, STEP_POINTS = 11, 7, 5.5
MONTHS = (
    marked("Jan"), marked("Feb"), marked("Mar"), marked("Apr"), marked("May"), marked("Jun"),
    marked("Jul"), marked("Aug"), marked("Sep"), marked("Oct"), marked("Nov"), marked("Dec"),
)  # fmt: skip
MOST_MONTH_NAMES = 14
FIGURE_SPACE = "\u2007"


def plot_calendar(
    table: pd.DataFrame, *, names: pd.Series | None = None, ax: Axes | None = None
) -> Axes:
    """Draw the year: a row a kind or account, each notice joined to the step it announces.

    The steps are numbered above the picture and named below it.

    Parameters
    ----------
    table
        As for `calendar_marks`.
    names : index account_id
        What accounts are called; ids where not known.
    ax
        Where to draw; a new figure if None, the taller the more accounts and steps.

    Raises
    ------
    InputError
        As `calendar_marks`.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> table = pd.DataFrame({"date": pd.to_datetime(["2025-02-10", "2025-03-03"]),
    ...     "kind": ["notice", "initiative"], "account_id": ["A", ""], "initiative": "Price list",
    ...     "status": "to come", "notice_days": [21.0, None]})
    >>> plot_calendar(table).figure.get_suptitle()
    '1 step and 1 notice, none late'
    >>> plt.close("all")
    """
    marks = calendar_marks(table)
    steps = numbered_steps(table)
    n_kinds = marks.loc[~marks["is_account"], "row"].nunique()
    drawn = marks[marks["row"] < n_kinds + MOST_ACCOUNTS]
    labels = _row_labels(drawn, names)
    key = _key(steps, marks["row"].nunique() - len(labels))
    handles = _handles(drawn)
    n_lines = len(key) + -(-len(handles) // LEGEND_COLUMNS)
    height = REST_INCHES + ROW_INCHES * len(labels) + LINE_INCHES * n_lines
    with styled_axes(ax, width=WIDTH_INCHES, height=height) as ax:
        ax.set_ylim(len(labels) - 0.4, -0.6)
        ax.set_yticks(range(len(labels)), labels, parse_math=False)
        _draw_months(ax, drawn)
        if 0 < n_kinds < len(labels):
            ax.axhline(n_kinds - 0.5, color=PALE, linewidth=1.2)
        _draw_marks(ax, drawn)
        _draw_numbers(ax, steps.iloc[:MOST_NUMBERED])
        below = ScaledTranslation(0, -BELOW_POINTS / 72, figure_of(ax).dpi_scale_trans)
        ax.legend(
            handles=handles, loc="upper left", bbox_to_anchor=(0, 0), borderpad=0,
            bbox_transform=ax.transAxes + below, borderaxespad=0, ncols=LEGEND_COLUMNS,
            columnspacing=1.2, handlelength=1.5, handletextpad=0.5,
        )  # fmt: skip
        ax.set_xlabel(
            "\n".join(key),
            loc="left",
            parse_math=False,
            linespacing=1.35,
            fontfamily=font_families(),
            fontsize=TEXT_POINTS,
            labelpad=12 + LEGEND_POINTS * -(-len(handles) // LEGEND_COLUMNS),
        )
        with mpl.rc_context({"axes.titlepad": TITLE_PAD}):  # above the numbers
            write_title(ax, _title(table, steps))
    return ax


def _row_labels(drawn: pd.DataFrame, names: pd.Series | None) -> list[str]:
    """Return what stands beside each row, from the top; no two the same."""
    rows = drawn.drop_duplicates("row").sort_values("row")
    kinds = [tr(ROW_NAMES[kind]) for kind in rows.loc[~rows["is_account"], "label"]]
    accounts = pd.Index(rows.loc[rows["is_account"], "label"])
    known = pd.Series(dtype="str") if names is None else names
    return kinds + figure_names(known.reindex(accounts), width=NAME_COLUMNS).tolist()


def _draw_months(ax: Axes, drawn: pd.DataFrame) -> None:
    """Set the span of the time axis, with a line where each month begins and its name."""
    days = pd.concat([drawn["date"], drawn["until"].dropna()])
    room = pd.Timedelta(days=MARGIN_DAYS)
    first, last = days.min() - room, days.max() + room
    ax.set_xlim(mdates.date2num(first), mdates.date2num(last))
    starts = pd.date_range(first.normalize().replace(day=1), last, freq="MS")
    ax.set_xticks(mdates.date2num(starts), [""] * len(starts))
    middles = starts + pd.Timedelta(days=14)
    inside = middles[(middles >= first) & (middles <= last)]
    named = inside[:: -(-len(inside) // MOST_MONTH_NAMES) or 1]
    with_year = set(named[named.month == 1]) or set(named[:1])
    texts = [_month(day) + (f"\n{day.year}" if day in with_year else "") for day in named]
    ax.set_xticks(mdates.date2num(named), texts, minor=True)
    ax.grid(visible=False, axis="y")


def _draw_marks(ax: Axes, drawn: pd.DataFrame) -> None:
    notices = drawn[drawn["kind"] == "notice"]
    for status, colour in NOTICE_COLOURS.items():
        own = notices[notices["status"] == status]
        ax.hlines(own["row"], own["date"], own["until"], color=colour, linewidth=2, zorder=3)
        ax.plot(own["until"], own["row"], "D", color=INK, markersize=STEP_POINTS, zorder=4)
        ax.plot(own["date"], own["row"], "o", color=colour, markersize=MARK_POINTS, zorder=5)
    for kind, (marker, colour) in OTHER_MARKS.items():
        own = drawn[drawn["kind"] == kind]
        is_late = own["status"] == "late"
        for some, shade in ((own[~is_late], colour), (own[is_late], VERMILLION)):
            size = STEP_POINTS if kind == "initiative" else MARK_POINTS
            ax.plot(some["date"], some["row"], marker, color=shade, markersize=size, zorder=4)


def _draw_numbers(ax: Axes, steps: pd.DataFrame) -> None:
    """Write the number of each step above the picture, led to by a thin line down its day."""
    if steps.empty:
        return
    low, high = ax.get_xlim()
    days = mdates.date2num(steps["starts"])
    share = (days - low) / (high - low)
    places = spread(share, NUMBER_GAP)
    up = ScaledTranslation(0, LEADER_POINTS / 72, figure_of(ax).dpi_scale_trans)
    raised = ax.transAxes + up
    for number, day, at, place in zip(steps.index, days, share, places, strict=True):
        ax.axvline(day, color=PALE, linewidth=0.8, linestyle=(0, (2, 2)), zorder=1)
        ax.annotate(
            str(number), (at, 1), (place, 1), xycoords="axes fraction", textcoords=raised,
            ha="center", va="bottom", color=INK, fontsize=NUMBER_POINTS,
            arrowprops={"arrowstyle": "-", "color": GREY, "linewidth": 0.8,
                        "relpos": (0.5, 0), "shrinkA": 0, "shrinkB": 0},
        )  # fmt: skip


def _key(steps: pd.DataFrame, n_hidden: int) -> list[str]:
    """Return a line for each number, and what is left out."""
    shown = steps.iloc[:MOST_NUMBERED]
    digits = len(str(len(shown)))
    lines = [
        _key_line(number, digits, day, str(name))
        for number, day, name in zip(
            shown.index, pd.DatetimeIndex(shown["starts"]), shown["initiative"], strict=True
        )
    ]
    if len(steps) > len(shown):
        lines.append(tr("and {n:,} later steps, see the table", n=len(steps) - len(shown)))
    if n_hidden:
        lines.append(
            tr_n("{n:,} more account is not drawn, see the table",
                 "{n:,} more accounts are not drawn, see the table", n=n_hidden)
        )  # fmt: skip
    return lines


def _month(day: pd.Timestamp) -> str:
    return tr(MONTHS[day.month - 1])


def _key_line(number: int, digits: int, day: pd.Timestamp, name: str) -> str:
    date = tr("{day} {month}", day=str(day.day).rjust(2, FIGURE_SPACE), month=_month(day))
    return (
        f"{str(number).rjust(digits, FIGURE_SPACE)}  {date}  {shorten(drawable(name), KEY_COLUMNS)}"
    )


def _handles(drawn: pd.DataFrame) -> list[Line2D]:
    statuses = set(drawn.loc[drawn["kind"] == "notice", "status"])
    statuses |= {"late"} & set(drawn["status"])
    words = {"to come": tr("notice to come"), "late": tr("late"), "given": tr("notice given")}
    handles = [
        Line2D([], [], color=colour, marker="o", markersize=7, linewidth=2, label=words[status])
        for status, colour in NOTICE_COLOURS.items()
        if status in statuses
    ]
    if drawn["kind"].isin(["notice", "initiative"]).any():
        handles.append(Line2D([], [], color=INK, marker="D", markersize=5, linestyle="none",
                              label=tr("step begins")))  # fmt: skip
    return handles + [
        Line2D(
            [],
            [],
            color=colour,
            marker=marker,
            markersize=7,
            linestyle="none",
            label=tr(ROW_NAMES[kind]),
        )
        for kind, (marker, colour) in OTHER_MARKS.items()
        if kind != "initiative" and (drawn["kind"] == kind).any()
    ]


def _title(table: pd.DataFrame, steps: pd.DataFrame) -> str:
    notices = table[table["kind"] == "notice"]
    n_steps = tr_n("{n:,} step", "{n:,} steps", n=len(steps))
    if notices.empty:
        return tr("{steps}, no notices", steps=n_steps)
    n_late = int((notices["status"] == "late").sum())
    late = tr("none late") if not n_late else tr("{n:,} late", n=n_late)
    n_notices = tr_n("{n:,} notice", "{n:,} notices", n=len(notices))
    return tr("{steps} and {notices}, {late}", steps=n_steps, notices=n_notices, late=late)
