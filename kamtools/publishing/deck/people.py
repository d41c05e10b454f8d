"""Slides on readiness and on who looks after the accounts."""

import pandas as pd

from kamtools.plots import style
from kamtools.publishing.deck.charts import MOST_NAMES
from kamtools.publishing.deck.parts import Bars, Column, Grid, Message, Part, Series
from kamtools.publishing.deck.told import Told
from kamtools.publishing.deck.words import Say, lower_first
from kamtools.publishing.shown import value_of
from kamtools.wording import percent

MOST_MANAGERS = 12


def readiness_slides(told: Told, say: Say) -> list[Message]:
    """Return the slides of the notebook on readiness, as far as its tables are there."""
    made = (readiness(told, say), structure(told, say))
    return [message for message in made if message is not None]


def role_slides(told: Told, say: Say) -> list[Message]:
    """Return the slides of the notebook on the role, as far as its tables are there."""
    made = (workload(told, say), managers(told, say))
    return [message for message in made if message is not None]


def readiness(told: Told, say: Say) -> Message | None:
    """Return the slide of the levels by dimension, beside the gaps to close first."""
    known = told.known("readiness", "score", "label")
    if known is None:
        return None
    bars = Bars(
        tuple(value_of("label", label) for label in known["label"]),
        (Series(say("h_level"), tuple(known["score"]), style.BLUE),),
        "one_decimal",
        say("readiness_axis"),
        say("readiness_alt", n=len(known)),
        highest=5.0,
    )
    parts: tuple[Part, ...] = (bars,)
    sources = ["readiness.csv (label, score)"]
    gaps = told.table("gaps", "level", "wanted")
    if gaps is not None:
        columns = (
            Column("wanted", say("h_close_first"), width=5.0),
            Column("level", say("h_level"), "one_decimal"),
        )
        parts = (bars, Grid(gaps.head(5), columns, left_out=max(len(gaps) - 5, 0), lines=3))
        sources.append("gaps.csv (wanted, level)")
    by_score = known.sort_values("score", kind="stable")
    weak, strong = by_score.iloc[0], by_score.iloc[-1]
    title = say(
        "readiness_title",
        weak=lower_first(value_of("label", weak["label"])),
        low=f"{weak['score']:.1f}",
        strong=lower_first(value_of("label", strong["label"])),
        high=f"{strong['score']:.1f}",
    )
    return Message(
        title,
        parts,
        sources=tuple(sources),
        questions=(say("ask_readiness"),),
        widths=(1.0, 1.0) if len(parts) == 2 else (1.0,),
    )


def structure(told: Told, say: Say) -> Message | None:
    """Return the extra slide on which structure the firm's conditions point to."""
    table = told.table("structure", "label", "value", "reads", "points_to")
    known = None if table is None else table[table["value"].notna() & table["points_to"].notna()]
    if known is None or known.empty:
        return None
    counts = known["points_to"].value_counts()
    columns = (
        Column("label", say("h_condition"), width=4.0),
        Column("reads", say("h_reads"), width=1.0),
        Column("points_to", say("h_points_to"), width=2.0),
    )
    counted = say(
        "structure_title",
        n=counts.iloc[0],
        known=len(known),
        structure=value_of("points_to", str(counts.index[0])),
    )
    form = _form(told, say)
    return Message(
        form or counted,
        (Grid(known, columns),),
        sources=(
            *(["form_that_fits.csv"] if form else []),
            "structure.csv (label, reads, points_to)",
        ),
        questions=(say("ask_structure"),),
        is_extra=True,
    )


def _form(told: Told, say: Say) -> str:
    """Return the title that says which form fits: conditions alone may point elsewhere."""
    table = told.table("form_that_fits", "fits", "called_for")
    if table is None:
        return ""
    row = table.iloc[0]
    form, called_for = (value_of(name, str(row[name])) for name in ("fits", "called_for"))
    key = "form_title" if form == called_for else "form_smaller"
    return say(key, form=form, called_for=called_for)


def workload(told: Told, say: Say) -> Message | None:
    """Return the slide of the hours that each account needs."""
    known = told.known("workload", "hours", "name")
    if known is None:
        return None
    ordered = known.sort_values("hours", ascending=False, kind="stable")
    shown, most = ordered.head(MOST_NAMES), ordered.iloc[0]
    bars = Bars(
        tuple(shown["name"]),
        (Series(say("s_hours"), tuple(shown["hours"]), style.BLUE),),
        "number",
        say("workload_axis"),
        say("workload_alt", n=len(shown)),
        left_out=len(ordered) - len(shown),
    )
    key = "workload_title" if known["hours"].nunique() > 1 else "workload_even"
    title = say(key, n=len(known), hours=f"{known['hours'].sum():,.0f}",
                name=most["name"], most=f"{most['hours']:,.0f}")  # fmt: skip
    return Message(
        title,
        (bars,),
        sources=("workload.csv (name, hours)",),
        questions=(say("ask_workload"),),
    )


def managers(told: Told, say: Say) -> Message | None:
    """Return the slide of each manager's hours, today and as proposed."""
    needed = ("manager_id", "hours_per_year", "capacity_hours", "load_index")
    proposed, assigned = told.table("loads", *needed), told.table("assignment", "account_id")
    if proposed is None or assigned is None or not proposed["load_index"].notna().any():
        return None
    today = told.table("loads_today", "manager_id", "hours_per_year")
    shown = proposed.head(MOST_MANAGERS)
    series = [
        Series(say("s_proposed"), tuple(shown["hours_per_year"]), style.BLUE),
        Series(say("s_capacity"), tuple(shown["capacity_hours"]), style.PALE),
    ]
    sources = ["loads.csv (manager_id, hours_per_year, capacity_hours, load_index)"]
    if today is not None:
        hours = today.set_index("manager_id")["hours_per_year"].reindex(shown["manager_id"])
        series.insert(0, Series(say("s_today"), tuple(hours), style.ORANGE))
        sources.append("loads_today.csv (hours_per_year, name)")
    bars = Bars(
        tuple(_manager_names(shown["manager_id"], today)),
        tuple(series),
        "number",
        say("managers_axis"),
        say("managers_alt", n=len(shown)),
        is_horizontal=False,
        left_out=len(proposed) - len(shown),
    )
    loads = proposed["load_index"]
    moves = int(assigned["is_move"].sum()) if "is_move" in assigned else 0
    title = say(
        "managers_title" if moves else "managers_title_stay",
        moves=moves,
        n=len(assigned),
        low=percent(loads.min()),
        high=percent(loads.max()),
    )
    return Message(
        title,
        (bars,),
        sources=(*sources, "assignment.csv (is_move)"),
        questions=(say("ask_managers"),),
    )


def _manager_names(ids: pd.Series, today: pd.DataFrame | None) -> list[str]:
    if today is None or "name" not in today:
        return ids.tolist()
    names = today.set_index("manager_id")["name"].reindex(ids)
    return [str(n) if pd.notna(n) else str(i) for i, n in zip(ids, names, strict=True)]
