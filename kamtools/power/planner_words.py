"""A plan, and why there is none, in words for a manager."""

import pandas as pd

from kamtools.power.planner import AccountPlan
from kamtools.power.planner_portfolio import PortfolioPlan
from kamtools.wording import listing, money, percent

TOLD_ESTIMATES = 2
"""Estimates that are named one by one among the ways out."""


def describe_plan(plan: AccountPlan, *, name: str = "", currency: str = "") -> str:
    """Return in words what the plan does, how sure it is, and what less or more money would do.

    Parameters
    ----------
    plan
        From `planner.plan_account`.
    name
        Of the account; its id where blank.
    currency
        Stands before amounts.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> from kamtools.power.planner import plan_account
    >>> from kamtools.power.planner_rules import PlanRules
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.3, 0.3],
    ...                        "availability": [0.5, 0.5]})
    >>> for column in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[column] = inputs[column.rsplit("_", 1)[0]]
    >>> plan = plan_account(inputs, default_measures(), PlanRules((-0.15, 0.15)), seed=1)
    >>> print(describe_plan(plan, name="浩瀚"))
    浩瀚 is in the corridor from −0.15 to +0.15 without any measure (probability 100 %).
    """
    who = name or plan.account_id
    corridor = _corridor(plan.rules.corridor)
    if plan.is_reached and not plan.chosen:
        return (
            f"{who} is in {corridor} without any measure (probability "
            f"{percent(plan.checked_probability)})."
        )
    if not plan.chosen:
        return (
            f"Nothing that may be done brings {who} nearer to {corridor} (probability "
            f"{percent(plan.checked_probability)} without any measure)."
        )
    cost = _cost_range(plan.table, currency)
    what = "The cheapest plan that brings" if plan.is_reached else "No plan that may be made brings"
    first = f"{what} {who} into {corridor} with a probability of {percent(plan.rules.probability)}"
    labels = listing([f"“{label}”" for label in plan.table["label"]])
    if plan.is_reached:
        text = f"{first} is {labels}. It costs {cost} a year"
    else:
        text = f"{first}. Nearest comes {labels}, at {cost} a year"
    months = plan.table["months_to_work"].max()
    return " ".join([
        f"{text}, works in full after {months:g} months, and reaches "
        f"{percent(plan.checked_probability)} on fresh scenarios.",
        *_luck(plan),
        _axes(plan.before, plan.after),
        *_neighbours(plan, currency),
        *_legal(plan.table),
    ])  # fmt: skip


def describe_portfolio(plan: PortfolioPlan, *, currency: str = "") -> str:
    """Return in words what one budget does for all accounts.

    Parameters
    ----------
    plan
        From `planner_portfolio.plan_portfolio`.
    currency
        Stands before amounts.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> from kamtools.power.planner_portfolio import plan_portfolio
    >>> from kamtools.power.planner_rules import PlanRules
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.3, 0.3],
    ...                        "availability": [0.5, 0.5]})
    >>> for column in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[column] = inputs[column.rsplit("_", 1)[0]]
    >>> print(describe_portfolio(plan_portfolio(
    ...     inputs, default_measures(), PlanRules((-0.15, 0.15)), seed=1, draws=50)))
    1 of 1 account ends in the corridor from −0.15 to +0.15 with a probability of 80 %, at no
    cost; 1 is there without any measure. No budget brings in more with these measures.
    """
    accounts = plan.accounts
    count, n = int(accounts["is_reached"].sum()), len(accounts)
    cost = f"for {_cost_range(plan.table, currency)} a year" if plan.cost > 0 else "at no cost"
    idle = int((accounts["is_reached"] & (accounts["measures"] == "")).sum())
    firm_wide = (plan.table["scope"] == "firm").any()
    there = "" if firm_wide or not idle else (
        f"; {idle:,} {'is' if idle == 1 else 'are'} there without any measure")  # fmt: skip
    text = [
        f"{count:,} of {n:,} account{'' if n == 1 else 's'} end{'s' if count == 1 else ''} in "
        f"{_corridor(plan.rules.corridor)} with a probability of "
        f"{percent(plan.rules.probability)}, {cost}{there}."
    ]
    firm = plan.table.loc[plan.table["scope"] == "firm", "label"]
    if len(firm):
        labels = listing([f"“{label}”" for label in firm])
        text.append(f"The firm takes {labels} once, for all accounts.")
    step = plan.next_step
    if step is None:
        text.append("No budget brings in more with these measures.")
    else:
        more = int(step["reached"]) - count
        gain = f"{more:,} more" if more > 0 else "accounts that count for more"
        text.append(f"The next step is a budget of {money(step['cost'], currency)}: {gain}.")
    return " ".join([*text, *_legal(plan.table)])


def cost_against_margin(cost: float, margin: float, *, name: str) -> str:
    """Return what a plan costs beside what the account earns us; blank if it costs nothing.

    Parameters
    ----------
    cost, margin
        Money a year.
    name
        Of the account.

    Examples
    --------
    >>> cost_against_margin(90_000, 730_000, name="Harbour")
    'That is 12 % of the margin that Harbour brings.'
    >>> print(cost_against_margin(655_000, 65_000, name="Harbour"))
    That is more than the whole margin that Harbour brings (10 times): not worth it for this
    account alone. The costs are the library's; put your own into measures.csv.
    """
    if cost <= 0:
        return ""
    if margin <= 0:
        return f"{name} brings no margin that could pay for it."
    if cost > margin:
        return (
            f"That is more than the whole margin that {name} brings ({cost / margin:.0f} times): "
            "not worth it for this account alone. The costs are the library's; put your own into "
            "measures.csv."
        )
    return f"That is {percent(cost / margin)} of the margin that {name} brings."


def describe_ways_out(ways: pd.DataFrame, *, currency: str = "") -> str:
    """Return in words what would have to change for the corridor to be reached.

    Parameters
    ----------
    ways
        From `planner_ways_out.ways_out`.
    currency
        Stands before amounts.

    Examples
    --------
    >>> ways = pd.DataFrame({"kind": ["limit", "estimate"],
    ...                      "way": ["more budget", "stake of revenue (supplier) known"],
    ...                      "measures": ["coalition", ""], "cost": [25000.0, 0.0],
    ...                      "probability": [0.85, 0.4], "is_reached": [True, False]})
    >>> print(describe_ways_out(ways, currency="EUR"))
    It would be reached with more budget (coalition, EUR 25,000 a year, 85 %).
    """
    good = ways[ways["is_reached"]]
    single = good[(good["kind"] == "limit") & (good["way"] != "no limits at all")]
    limits = single if len(single) else good[good["kind"] == "limit"]
    estimates = good[good["kind"] == "estimate"].head(TOLD_ESTIMATES)
    clauses = [_way(row, currency) for _, row in limits.iterrows()]
    strength = good.loc[good["kind"] == "effects", "way"].str.removeprefix("all effects ")
    clauses += [f"with all effects {times} as strong" for times in strength]
    clauses += [f"with {way} to be at the middle" for way in estimates["way"]]
    clauses += [f"with {way}" for way in good.loc[good["kind"] == "corridor", "way"]]
    if clauses:
        return f"It would be reached {'; or '.join(clauses)}."
    best = ways.iloc[int(ways["probability"].to_numpy().argmax())]
    return (
        "No limit, no estimate at its middle and no effect three times as strong would do: the "
        f"best of them, {best['way']}, comes to {percent(best['probability'])}. The measures "
        "here do not move what is in the way; look at the inputs of this account."
    )


def _way(row: pd.Series, currency: str) -> str:
    names = row["measures"].replace("; ", ", ").replace("_", " ")
    return (
        f"with {row['way']} ({names}, {money(row['cost'], currency)} a year, "
        f"{percent(row['probability'])})"
    )


def _corridor(corridor: tuple[float, float]) -> str:
    return f"the corridor from {signed(corridor[0])} to {signed(corridor[1])}"


def signed(value: float) -> str:
    """Return an imbalance with its sign.

    Examples
    --------
    >>> signed(0.345), signed(-0.066), signed(0.0)
    ('+0.34', '−0.07', '0.00')
    """
    text = f"{abs(value):.2f}"
    return text if float(text) == 0 else f"{'−' if value < 0 else '+'}{text}"


def _cost_range(table: pd.DataFrame, currency: str) -> str:
    low, middle, high = table[["cost_low", "cost", "cost_high"]].sum()
    if low == high:
        return money(middle, currency)
    return f"{money(middle, currency)} ({money(low)} to {money(high)})"


def _luck(plan: AccountPlan) -> list[str]:
    short = plan.rules.probability - plan.checked_probability
    if not plan.is_reached or short <= 0:
        return []
    return [f"That is {100 * short:.1f} points short: the choice was a little lucky."]


def _axes(before: pd.Series, after: pd.Series) -> str:
    """Return both axes before and after, and by which way the balance is reached."""
    moves = []
    words_of = {"power_imbalance": "The imbalance", "mutual_dependence": "mutual dependence"}
    for name, words in words_of.items():
        shown = signed if name == "power_imbalance" else "{:.2f}".format
        moves.append(
            f"{words} goes from {shown(before[name])} to {shown(after[name])} "
            f"({shown(after[f'{name}_low'])} to {shown(after[f'{name}_high'])})"
        )
    rise = after["mutual_dependence"] - before["mutual_dependence"]
    way = "which ties both sides closer" if rise > 0.02 else "which loosens the tie"
    if abs(rise) <= 0.02:
        way = "which hardly changes the tie"
    return f"{listing(moves)}, {way}."


def _neighbours(plan: AccountPlan, currency: str) -> list[str]:
    text = []
    cheaper, dearer = plan.next_cheaper, plan.next_dearer
    if plan.is_reached and cheaper is not None:
        what = cheaper["measures"].replace("; ", ", ").replace("_", " ") or "nothing"
        text.append(
            f"For less, the best is {what} at {money(cheaper['cost'], currency)}: "
            f"{percent(cheaper['probability'])}."
        )
    if dearer is not None:
        text.append(
            f"{money(dearer['cost'] - plan.cost, currency)} more would bring "
            f"{percent(dearer['probability'])}."
        )
    return text


def _legal(table: pd.DataFrame) -> list[str]:
    labels = table.loc[table["legal"] == "counsel", "label"].drop_duplicates()
    if labels.empty:
        return []
    listed = listing([f"“{label}”" for label in labels])
    return [f"Counsel looks first at {listed}."]
