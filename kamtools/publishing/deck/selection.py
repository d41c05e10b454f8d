"""Slides on which accounts are key: the list, against sales, under other weights, on the past."""

import pandas as pd

from kamtools.language import current, tr
from kamtools.plots import style
from kamtools.publishing.deck.charts import MOST_NAMES, MOST_WITH_LEGEND
from kamtools.publishing.deck.parts import Bars, Column, Grid, Message, Part, Series
from kamtools.publishing.deck.told import Told
from kamtools.publishing.deck.words import Say, lower_first
from kamtools.publishing.shown import value_of
from kamtools.selection.backtest_lists import METHOD_LABELS, SALES_RANK
from kamtools.selection.backtest_measures import MEASURE_LABELS
from kamtools.wording import listing, percent


def selection_slides(told: Told, say: Say) -> list[Message]:
    """Return the slides of the notebook on selection, as far as its tables are there."""
    made = (chosen(told, say), sales(told, say), verdicts(told, say), backtest(told, say),
            weights(told, say))  # fmt: skip
    return [message for message in made if message is not None]


def chosen(told: Told, say: Say) -> Message | None:
    """Return the slide of the chosen list."""
    table = told.table("chosen", "rank", "name", "score", "reason")
    if table is None:
        return None
    columns = (
        Column("rank", say("h_rank"), "number", 0.5),
        Column("name", say("h_account"), width=2.3),
        Column("score", say("h_score"), "two_decimals", 0.6),
        Column("reason", say("h_reason"), width=7.0),
    )
    names = table["name"].head(3).tolist()
    first = listing(names) if current() == "en" else tr(" and ").join(names)
    return Message(
        say("chosen_title", n=len(table), first=first),
        (Grid(table, columns, lines=1),),
        sources=("chosen.csv (rank, name, score, reason)",),
        questions=(say("ask_chosen"),),
    )


def sales(told: Told, say: Say) -> Message | None:
    """Return the slide that compares the list with that of the largest, and shows their sales."""
    table = told.table("sales_list", "name", "in_chosen_list", "in_sales_list", "revenue",
                       "rank_by_sales", "rank_by_score")  # fmt: skip
    if table is None or not table.loc[table["in_sales_list"], "revenue"].notna().any():
        return None
    is_in, leads = table["in_chosen_list"], table["in_sales_list"]
    both = int((is_in & leads).sum())
    ordered = table[leads].sort_values("revenue", ascending=False, kind="stable")
    shown = ordered.head(MOST_WITH_LEGEND)
    revenue, is_shown_in = shown["revenue"], shown["in_chosen_list"]
    bars = Bars(
        tuple(shown["name"]),
        (
            Series(say("s_chosen"), tuple(revenue.where(is_shown_in)), style.BLUE),
            Series(say("s_sales_only"), tuple(revenue.where(~is_shown_in)), style.PALE),
        ),
        "money",
        say("sales_axis", currency=told.currency),
        say("sales_alt", n=len(shown)),
        is_overlaid=True,
        left_out=len(ordered) - len(shown),
    )
    missed = table[is_in & ~leads].sort_values("rank_by_score", kind="stable")
    columns = (
        Column("name", say("h_missed"), width=3.0),
        Column("rank_by_sales", say("h_sales_rank"), "number", 1.0),
        Column("revenue", say("h_sales"), "money", 1.2),
    )
    parts: tuple[Part, ...] = (bars, Grid(missed, columns)) if len(missed) else (bars,)
    return Message(
        say("sales_title", both=both, n=int(is_in.sum()), only=len(missed)),
        parts,
        sources=("sales_list.csv (name, in_chosen_list, in_sales_list, rank_by_sales, revenue)",),
        questions=(say("ask_sales"),),
        widths=(1.35, 1.0) if len(missed) else (1.0,),
    )


def verdicts(told: Told, say: Say) -> Message | None:
    """Return the slide on which accounts stay in whatever the weights."""
    table = told.known("verdicts", "p_top_k", "name", "verdict")
    if table is None:
        return None
    counts = table["verdict"].value_counts()
    sure, unsure = int(counts.get("in", 0)), int(counts.get("argue about it", 0))
    shown = _nearest_the_line(table)
    colours = {"in": ("s_in", style.BLUE), "argue about it": ("s_argue", style.ORANGE),
               "out": ("s_out", style.PALE)}  # fmt: skip
    series = tuple(
        Series(say(key), tuple(shown["p_top_k"].where(shown["verdict"].eq(verdict))), colour)
        for verdict, (key, colour) in colours.items()
        if shown["verdict"].eq(verdict).any()
    )
    bars = Bars(
        tuple(shown["name"]),
        series,
        "share",
        say("verdicts_axis"),
        say("verdicts_alt", n=len(shown)),
        is_overlaid=True,
        left_out=len(table) - len(shown),
    )
    key = "verdicts_title" if unsure else "verdicts_sure"
    return Message(
        say(key, sure=sure, all=f"{len(table):,}", open=unsure),
        (bars,),
        sources=("verdicts.csv (name, p_top_k, verdict)",),
        questions=(say("ask_verdicts"),),
    )


def backtest(told: Told, say: Say) -> Message | None:
    """Return the slide on what the ways of choosing would have found in the past."""
    table = told.table("backtest", "horizon_months", "top", "method", "measure", "value", "verdict")
    rows = None if table is None else _main_test(table, told)
    if rows is None:
        return None
    by_method = rows.set_index("method")
    method = "score" if "score" in by_method.index else "auto"
    if not {method, SALES_RANK} <= set(by_method.index):
        return None
    horizon, top = int(rows["horizon_months"].iloc[0]), int(rows["top"].iloc[0])
    label = tr(MEASURE_LABELS[rows["measure"].iloc[0]])
    is_main = rows["method"].isin([method, SALES_RANK])
    bars = Bars(
        tuple(tr(METHOD_LABELS[name]) for name in rows["method"]),
        (
            Series(say("s_compared"), tuple(rows["value"].where(is_main)), style.BLUE),
            Series(say("s_others"), tuple(rows["value"].where(~is_main)), style.PALE),
        ),
        "share",
        say("backtest_axis", measure=label, top=top, horizon=horizon),
        say("backtest_alt", measure=label, n=len(rows)),
        is_overlaid=True,
    )
    found = {str(m): v for m, v in zip(rows["method"], rows["value"].tolist(), strict=True)}
    title = say(
        "backtest_title",
        horizon=horizon,
        measure=lower_first(label),
        score=percent(found[method]),
        method=lower_first(tr(METHOD_LABELS[method])),
        sales=percent(found[SALES_RANK]),
        verdict=value_of("verdict", by_method["verdict"][method]),
    )
    return Message(
        title,
        (bars,),
        sources=("backtest.csv (method, measure, horizon_months, top, value, verdict)",),
        questions=(say("ask_backtest"),),
    )


def weights(told: Told, say: Say) -> Message | None:
    """Return the extra slide of the criteria and their weights."""
    table = told.known("criteria", "weight", "label")
    if table is None:
        return None
    shown = table.sort_values("weight", ascending=False, kind="stable").head(MOST_NAMES)
    bars = Bars(
        tuple(value_of("label", label) for label in shown["label"]),
        (Series(say("s_weight"), tuple(shown["weight"]), style.BLUE),),
        "share",
        say("weights_axis"),
        say("weights_alt", n=len(table)),
        left_out=len(table) - len(shown),
    )
    most = shown.iloc[0]
    return Message(
        say(
            "weights_title",
            label=value_of("label", most["label"]),
            weight=percent(most["weight"]),
            n=len(table),
        ),
        (bars,),
        sources=("criteria.csv (label, weight)",),
        questions=(say("ask_weights"),),
        is_extra=True,
    )


def _nearest_the_line(table: pd.DataFrame) -> pd.DataFrame:
    """Return the accounts that a chart can show: those whose place is least sure, in order."""
    distance = (table["p_top_k"] - 0.5).abs()
    kept = table.loc[distance.sort_values(kind="stable").index[:MOST_WITH_LEGEND]]
    return kept.sort_values("p_top_k", ascending=False, kind="stable")


def _main_test(table: pd.DataFrame, told: Told) -> pd.DataFrame | None:
    """Return the rows of one test: a year ahead and lists as long as ours where there are."""
    known = table[table["value"].notna() & table["method"].isin(list(METHOD_LABELS))]
    by_measure = [known[known["measure"].eq(m)] for m in ("top_found", "revenue_share")]
    rows = next((rows for rows in by_measure if len(rows)), None)
    if rows is None:
        return None
    horizon = min(rows["horizon_months"], key=lambda months: abs(months - 12))
    rows = rows[rows["horizon_months"].eq(horizon)]
    wanted = len(told.tables.get("chosen", ())) or 20
    top = min(rows["top"], key=lambda size: abs(size - wanted))
    rows = rows[rows["top"].eq(top)]
    return rows.sort_values("value", ascending=False, kind="stable")
