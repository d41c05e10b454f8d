"""Slides on who holds the power, and on the measures that restore the balance."""

import pandas as pd

from kamtools.plots import style
from kamtools.plots.power_map import COLOURS
from kamtools.publishing.deck.parts import Bars, Column, Grid, Message, Points, Series
from kamtools.publishing.deck.told import Told
from kamtools.publishing.deck.words import Say
from kamtools.publishing.shown import value_of
from kamtools.wording import money, percent

MOST_SIDES = 12
CAPTIVE = "captive supplier"


def power_slides(told: Told, say: Say) -> list[Message]:
    """Return the slides of the notebook on power, as far as its tables are there."""
    made = (power_map(told, say), measures(told, say), losses(told, say), exposure(told, say))
    return [message for message in made if message is not None]


def power_map(told: Told, say: Say) -> Message | None:
    """Return the slide of the power map, as a scatter chart."""
    table = told.table("power", "name", "power_imbalance", "mutual_dependence", "zone")
    if table is None:
        return None
    weight = table["power_imbalance"].abs() + table["mutual_dependence"]
    points = pd.DataFrame(
        {
            "name": table["name"],
            "x": table["power_imbalance"],
            "y": table["mutual_dependence"],
            "group": [value_of("zone", str(zone)) for zone in table["zone"]],
        }
    ).loc[weight.sort_values(ascending=False, kind="stable").index]
    points = points.dropna().reset_index(drop=True)
    if points.empty:
        return None
    chart = Points(
        points,
        {value_of("zone", zone): colour for zone, colour in COLOURS.items()},
        say("map_x"),
        say("map_y"),
        "two_decimals",
        say("map_alt", n=len(points)),
    )
    captive = int(table["zone"].eq(CAPTIVE).sum())
    return Message(
        told.first_sentence("power") or say("map_title", n=captive, known=len(table)),
        (chart,),
        sources=("power.csv (name, power_imbalance, mutual_dependence, zone)",),
        questions=(say("ask_map"),),
    )


def measures(told: Told, say: Say) -> Message | None:
    """Return the slide of the cheapest measures that bring accounts into the corridor."""
    table = told.table("measures", "name", "label", "cost", "cost_low", "cost_high",
                       "months_to_work", "legal", "guard_rail")  # fmt: skip
    after = told.table("accounts_after", "name", "is_reached", "probability", "cost")
    after = None if after is None else after.dropna(subset=["probability", "cost"])
    if table is None or after is None or after.empty:
        return None
    columns = (
        Column("label", say("h_measure"), width=3.2),
        Column("cost", say("h_cost", currency=told.currency), "money", 1.1),
        Column("cost_low", say("h_from"), "money", 0.9),
        Column("cost_high", say("h_to"), "money", 0.9),
        Column("months_to_work", say("h_months"), "number", 0.8),
        Column("legal", say("h_legal"), width=0.9),
        Column("guard_rail", say("h_guard"), width=4.8),
    )
    cost = money(after["cost"].sum(), told.currency)
    if len(after) == 1:
        only = after.iloc[0]
        title = say(
            "measures_title" if only["is_reached"] else "measures_title_not",
            n=len(table),
            name=only["name"],
            cost=cost,
            probability=percent(float(only["probability"])),
        )
    else:
        title = say("measures_title_many", n=len(table), cost=cost, accounts=len(after),
                    reached=int(after["is_reached"].sum()))  # fmt: skip
    return Message(
        title,
        (Grid(table, columns, lines=3),),
        sources=(
            "measures.csv (label, cost, cost_low, cost_high, months_to_work, legal, guard_rail)",
            "accounts_after.csv (cost, probability, is_reached)",
        ),
        questions=(say("ask_measures"),),
    )


def losses(told: Told, say: Say) -> Message | None:
    """Return the extra slide of what a break would cost either side."""
    table = told.table("losses", "name", "account_id", "side", "margin_lost")
    if table is None:
        return None
    if "basis" in table:  # what is assumed on both sides is no finding
        table = table[table["basis"].ne("assumed")]
    wide = table.pivot_table(index="account_id", columns="side", values="margin_lost")
    if not {"supplier", "account"} <= set(wide):
        return None
    wide = wide.dropna().sort_values("supplier", ascending=False, kind="stable")
    if wide.empty:
        return None
    shown = wide.head(MOST_SIDES)
    names = table.drop_duplicates("account_id").set_index("account_id")["name"]
    bars = Bars(
        tuple(names.reindex(shown.index)),
        (
            Series(say("s_ours"), tuple(shown["supplier"]), style.VERMILLION),
            Series(say("s_theirs"), tuple(shown["account"]), style.BLUE),
        ),
        "money",
        say("losses_axis", currency=told.currency),
        say("losses_alt", n=len(shown)),
        left_out=table["account_id"].nunique() - len(shown),
    )
    first = shown.iloc[0]
    title = say("losses_title", name=names[shown.index[0]],
                ours=money(first["supplier"], told.currency),
                theirs=money(first["account"], told.currency))  # fmt: skip
    return Message(
        title,
        (bars,),
        sources=("losses.csv (name, side, margin_lost)",),
        questions=(say("ask_losses"),),
        is_extra=True,
    )


def exposure(told: Told, say: Say) -> Message | None:
    """Return the extra slide of how much of our sales hangs on each account."""
    table = told.table("exposure", "name", "revenue_share", "profit_before", "profit_after")
    table = None if table is None else table.dropna(subset=["revenue_share", "profit_after"])
    if table is None or table.empty:
        return None
    ordered = table.sort_values("revenue_share", ascending=False, kind="stable")
    shown, most = ordered.head(20), ordered.iloc[0]
    bars = Bars(
        tuple(shown["name"]),
        (Series(say("s_share"), tuple(shown["revenue_share"]), style.BLUE),),
        "share",
        say("exposure_axis"),
        say("exposure_alt", n=len(shown)),
        left_out=len(table) - len(shown),
    )
    title = say("exposure_title", name=most["name"],
                before=money(most["profit_before"], told.currency),
                after=money(most["profit_after"], told.currency))  # fmt: skip
    return Message(
        title,
        (bars,),
        sources=("exposure.csv (name, revenue_share, profit_before, profit_after)",),
        questions=(say("ask_exposure"),),
        is_extra=True,
    )
