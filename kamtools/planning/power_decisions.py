"""What follows for Monday from the analysis of power: each with an owner, a date and a trigger."""

import datetime

import pandas as pd

from kamtools.planning.due_dates import due_by
from kamtools.power.dependence_words import names_of
from kamtools.power.planner_portfolio import FIRM, PortfolioPlan
from kamtools.power.planner_words import signed
from kamtools.wording import listing, percent

DAYS = {"facts": 30, "counsel": 30, "measure": 45, "board": 60, "watch": 90}
"""Days from the last day of the figures to the proposed date of each kind: an assumption."""

LAWYER = "legal counsel"
BOARD = "board"


def power_decisions(
    power: pd.DataFrame,
    plan: PortfolioPlan | None,
    *,
    corridor: tuple[float, float],
    as_of: datetime.date,
    owner: str,
    names: pd.Series | None = None,
    managers: pd.Series | None = None,
    lacking: pd.DataFrame | None = None,
    outside: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the decisions that are due, proposed with an owner, a date and a trigger.

    Parameters
    ----------
    power
        From `dependence.power_table`, of the key accounts.
    plan
        From `planner_portfolio.plan_portfolio`, of those of these accounts that may be the
        stronger side; None if there is none.
    corridor
        Low and high of the imbalance.
    as_of
        Last day of the figures, from which the dates count.
    owner
        Who answers for key accounts, and so for these decisions, until somebody is named.
    names, managers : index account_id
        What an account is called, and who looks after it; ids, and the owner, where unknown.
    lacking
        `account_id`, `side`, `needs`: key accounts of which a side is not known; None if all
        are.
    outside
        From `power_outside.powerful_outside`: accounts not on the list to be looked at.

    Returns
    -------
    (n_decisions, 8)
        `decision`, `owner`, `date`, `cost` (money a year, 0 where it costs but time), `trigger`
        (what would make us think again), `because`, `kind` (one of `DAYS`) and `account_id`
        (blank where it is the firm's); what is soonest comes first.

    Examples
    --------
    See `notebooks/4_power.ipynb`.
    """
    standing = power.set_index("account_id")
    called = names_of(power["account_id"], names).set_axis(standing.index)
    rows = [
        *_facts(lacking, names),
        *_left_out(outside, names),
        *([] if plan is None else _counsel(plan.table)),
        *([] if plan is None else _measures(plan, standing, called, corridor, as_of)),
        *([] if plan is None else _out_of_reach(plan, standing, called, corridor)),
        *_watched(standing, called, corridor),
    ]
    columns = ["kind", "account_id", "decision", "because", "owner", "trigger"]
    table = pd.DataFrame([row[:6] for row in rows], columns=columns, dtype="str")
    table["cost"] = [row[6] for row in rows]
    table = table.astype({"cost": float})
    known = pd.Series(dtype="str") if managers is None else managers.dropna()
    named = table["account_id"].map(known.astype("str"))
    table["owner"] = table["owner"].where(table["owner"] != "", named).fillna(owner)
    days = pd.to_timedelta(table["kind"].map(DAYS).astype("int64"), unit="D")
    table["date"] = pd.Timestamp(as_of) + days
    order = ["decision", "owner", "date", "cost", "trigger", "because", "kind", "account_id"]
    return table.sort_values("date", kind="stable", ignore_index=True)[order]


Row = tuple[str, str, str, str, str, str, float]


def _facts(lacking: pd.DataFrame | None, names: pd.Series | None) -> list[Row]:
    if lacking is None or lacking.empty:
        return []
    needs = lacking.groupby("account_id", sort=False)["needs"].agg("; ".join)
    called = names_of(needs.index.to_series(), names)
    return [
        ("facts", str(account), f"Find out for {called[str(account)]}: {what}",
         "one side of the dependence is not known, so the account is not on the map", "",
         "without an answer: ask the account itself", 0.0)
        for account, what in needs.items()
    ]  # fmt: skip


def _left_out(outside: pd.DataFrame | None, names: pd.Series | None) -> list[Row]:
    if outside is None or outside.empty:
        return []
    called = names_of(outside.index.to_series(), names)
    return [
        ("board", str(account), f"Decide whether {called[str(account)]} is a key account",
         f"{percent(share)} of sales"
         + (", and stronger than the corridor allows" if is_above else ""), BOARD,
         "a demand of it, or a larger share of sales", 0.0)
        for account, share, is_above in zip(
            outside.index, outside["revenue_share"], outside["is_above"], strict=True)
    ]  # fmt: skip


def _counsel(table: pd.DataFrame) -> list[Row]:
    asked = table[table["legal"] == "counsel"].drop_duplicates("measure")
    return [
        ("counsel", "", f"Have counsel look at “{row.label}” before it begins",
         str(row.guard_rail), LAWYER, "no clear yes: leave the measure out and plan again", 0.0)
        for row in asked.itertuples()
    ]  # fmt: skip


def _measures(
    plan: PortfolioPlan, standing: pd.DataFrame, called: pd.Series,
    corridor: tuple[float, float], as_of: datetime.date,
) -> list[Row]:  # fmt: skip
    imbalance, chance = standing["power_imbalance"], plan.accounts["probability_after"]
    longest = plan.table.groupby("account_id")["months_to_work"].max()
    rows = []
    for row in plan.table.to_dict("records"):
        account = "" if row["account_id"] == FIRM else str(row["account_id"])
        months = float(longest[row["account_id"]])
        works = due_by(as_of, months=months, days=DAYS["measure"]).date()
        trigger = (
            f"not begun a month later; or, measured again on {works}, when the whole plan should "
            f"work, an imbalance still outside {_words(corridor)}: plan again"
        )
        if account:
            because = (
                f"imbalance {signed(imbalance[account])} today; with the "
                f"plan in the corridor with {percent(chance[account])}"
            )
            what = f"Begin “{row['label']}” with {called[account]}"
        else:
            because = "works on all accounts of the plan at once"
            what = f"Begin “{row['label']}” for the firm"
        rows.append(("measure", account, what, because, "", trigger, float(row["cost"])))
    return rows


def _out_of_reach(
    plan: PortfolioPlan, standing: pd.DataFrame, called: pd.Series, corridor: tuple[float, float]
) -> list[Row]:
    imbalance = standing["power_imbalance"]
    missed = [
        a for a in standing.index[imbalance > corridor[1]] if not plan.accounts.loc[a, "is_reached"]
    ]
    return [
        ("board", str(account),
         f"Decide how far the firm may depend on {called[account]}",
         f"imbalance {signed(imbalance[account])}, and no plan within the "
         "limits brings it into the corridor often enough", BOARD,
         "a demand beyond what was agreed, or a larger share of sales", 0.0)
        for account in missed
    ]  # fmt: skip


def _watched(standing: pd.DataFrame, called: pd.Series, corridor: tuple[float, float]) -> list[Row]:
    below = standing.index[standing["power_imbalance"] < corridor[0]]
    if below.empty:
        return []
    some = [str(called[account]) for account in below[:5]]
    more = len(below) - len(some)
    told = listing([*some, f"{more:,} more"] if more else some)
    return [
        ("watch", "", f"Ask {told} how they see us",
         "they need us more than we need them: the weaker side looks for a way out", "",
         "a second supplier is being tried, or a tender comes early", 0.0)
    ]  # fmt: skip


def _words(corridor: tuple[float, float]) -> str:
    return f"{signed(corridor[0])} to {signed(corridor[1])}"
