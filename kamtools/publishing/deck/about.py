"""Slides around the messages: the decision, what is assumed, and how all of it was made."""

from typing import Any

import pandas as pd

from kamtools.publishing.deck.parts import Column, Grid, Message, Part, Words
from kamtools.publishing.deck.text import sentences
from kamtools.publishing.deck.told import Told
from kamtools.publishing.deck.words import Say
from kamtools.publishing.parameters import declared
from kamtools.wording import money

_HASH, _COMMIT = 8, 10
_LONG = 60
ASSUMED = ("workload_assumptions", "power_assumptions", "simulation_assumptions",
           "assumptions_of_margin_and_power", "assumptions_of_the_mechanism")  # fmt: skip


def decision(told: Told, say: Say) -> Message:
    """Return the slide that says in one table what was decided, notebook by notebook."""
    rows = [
        {"question": _question(notebook, say), "decision": _short(told, say, notebook)}
        for notebook, paragraphs in told.paragraphs.items()
        if paragraphs
    ]
    columns = (
        Column("question", say("h_question"), width=1.0),
        Column("decision", say("h_decision"), "sentences", 4.2),
    )
    whole = [p for paragraphs in told.paragraphs.values() for p in paragraphs]
    part: Part
    if len(rows) > 1:
        part = Grid(pd.DataFrame(rows), columns, lines=3 if len(rows) > 3 else 6)
    else:
        part = Words(tuple(whole) or (say("nothing"),))
    return Message(
        _decision_title(told, say),
        (part,),
        sources=tuple(f"{n}.ipynb" for n, paragraphs in told.paragraphs.items() if paragraphs),
        questions=(say("ask_decision"),),
        told=tuple(whole),
    )


def assumptions(told: Told, say: Say) -> Message | None:
    """Return the slide of the numbers that nobody measured."""
    needed = ("assumption", "value", "low", "high", "meaning")
    tables = {n: t for n in ASSUMED if (t := told.table(n, *needed)) is not None}
    if not tables:
        return None
    rows = pd.concat([_only_assumed(table)[list(needed)] for table in tables.values()])
    if rows.empty:
        return None
    rows = rows.assign(assumption=rows["assumption"].str.replace("_", " "))
    columns = (
        Column("assumption", say("h_assumption"), width=2.2),
        Column("value", say("h_value"), "plain", 0.8),
        Column("low", say("h_low"), "plain", 0.8),
        Column("high", say("h_high"), "plain", 0.8),
        Column("meaning", say("h_meaning"), width=5.0),
    )
    return Message(
        say("assumptions_title", n=len(rows)),
        (Grid(rows, columns),),
        sources=tuple(f"{name}.csv (assumption, value, low, high, meaning)" for name in tables),
        questions=(say("ask_assumptions"),),
    )


def making(told: Told, say: Say) -> Message:
    """Return the slide of what the report was made from."""
    record = told.report.record
    inputs = record.get("inputs", [])
    files = "; ".join(f"{one['file']} {one['sha256'][:_HASH]}" for one in inputs)
    seeds = _by_notebook({n: one.get("seeds", {}) for n, one in record["notebooks"].items()})
    versions = ", ".join(f"{name} {number}" for name, number in record["versions"].items())
    rows = [
        (say("m_as_of"), told.report.setting.as_of),
        (say("m_set"), _were_set(told) or say("m_none_set")),
        (say("m_seeds"), seeds or say("m_no_seeds")),
        (say("m_versions"), versions),
        (say("m_commit"), str(record.get("commit") or "")[:_COMMIT]),
        (say("m_package"), str(record.get("package_sha256", ""))),
        (say("m_run"), str(record.get("run_stamp", ""))),
        (say("m_files"), files),
    ]
    table = pd.DataFrame([row for row in rows if row[1]], columns=["what", "told"])
    columns = (Column("what", say("h_what"), width=1.0), Column("told", say("h_told"), width=4.0))
    return Message(
        say("made_title", n=len(inputs)),
        (Grid(table, columns, lines=8),),
        sources=("run.json",),
        questions=(say("ask_made"),),
    )


def _question(notebook: str, say: Say) -> str:
    known = {"readiness", "selection", "role", "power", "account_plan", "briefing"}
    return say(f"q_{notebook}") if notebook in known else say("q_other")


def _short(told: Told, say: Say, notebook: str) -> tuple[str, ...]:
    """Return the sentences of a decision; a long list of names is shortened by names."""
    paragraphs = list(told.paragraphs[notebook])
    chosen = told.table("chosen", "name") if notebook == "selection" else None
    if chosen is not None and len(chosen) > 6:
        names = ", ".join(chosen["name"].head(5))
        shown = say("and_more", names=names, n=len(chosen) - 5)
        paragraphs[0] = say("chosen_short", names=shown)
    known = told.names()
    return tuple(s for paragraph in paragraphs for s in sentences(paragraph, names=known))


def _decision_title(told: Told, say: Say) -> str:
    parts = []
    chosen = told.table("chosen", "name")
    if chosen is not None:
        first = chosen["name"].iloc[0]
        parts.append(say("decision_chosen", n=len(chosen), first=first))
    power = told.table("power", "zone")
    if power is not None:
        captive = int(power["zone"].eq("captive supplier").sum())
        parts.append(say("decision_captive", n=captive, known=len(power)))
    after = told.table("accounts_after", "cost")
    if after is not None and after["cost"].notna().any():
        cost = money(after["cost"].sum(), told.currency)
        parts.append(say("decision_cost", cost=cost))
    if parts:
        return say("and_then").join(parts)
    told_by = (told.first_sentence(notebook) for notebook in told.paragraphs)
    return next((sentence for sentence in told_by if sentence), say("decision_none"))


def _only_assumed(table: pd.DataFrame) -> pd.DataFrame:
    if "source" not in table:
        return table
    return table[table["source"].fillna("").str.startswith("assumption")]


def _were_set(told: Told) -> str:
    """Return the parameters whose value is not that in the notebook itself, and where."""
    where: dict[str, list[str]] = {}
    for name, one in told.report.record["notebooks"].items():
        defaults = declared(told.report.notebooks[name])
        for key, value in one.get("parameters", {}).items():
            is_default = key in defaults and defaults[key].default == value
            if key not in ("engagement", "case") and not is_default:
                where.setdefault(f"{key} = {_brief(value)}", []).append(name)
    return "; ".join(f"{setting} ({', '.join(names)})" for setting, names in where.items())


def _by_notebook(values: dict[str, dict[str, Any]]) -> str:
    told = [
        f"{name}: {', '.join(f'{k} = {_brief(v)}' for k, v in own.items())}"
        for name, own in values.items()
        if own
    ]
    return "; ".join(told)


def _brief(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONG else f"{text[:_LONG].rstrip()}…"
