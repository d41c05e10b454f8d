"""What would have to change where no allowed set of measures reaches the corridor."""

from dataclasses import replace

import numpy as np
import pandas as pd

from kamtools.power.measures import measure_list
from kamtools.power.planner import DRAWS, AccountPlan, one_account
from kamtools.power.planner_outcomes import scenario_dependence
from kamtools.power.planner_rules import PlanRules, ruled_out
from kamtools.power.planner_scenarios import draw_scenarios
from kamtools.power.planner_search import best_first, reaches, weigh_sets, within_budget
from kamtools.power.planner_sets import members

LIFTS: dict[str, tuple[str, ...]] = {
    "more budget": ("budget",),
    "more time": ("within_months",),
    "measures that need counsel": ("with_counsel",),
    "measures that were excluded": ("exclude",),
    "no limits at all": ("budget", "within_months", "with_counsel", "exclude"),
}
"""What could be lifted -> the rules that are then as if nothing had been said."""

STRENGTHS = (1.1, 1.2, 1.3, 1.5, 1.75, 2.0, 2.5, 3.0)
"""How many times stronger all effects are tried."""

STRONGEST = 0.95
"""No effect is tried beyond this."""


def ways_out(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    plan: AccountPlan,
    *,
    seed: int,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """Return what would bring an account into the corridor that its plan does not bring in.

    Each limit is lifted by itself, and all together; all effects are made stronger until a
    set reaches; each range is closed by itself, and all together; and the corridor is widened
    to where the best allowed set ends.

    Parameters
    ----------
    inputs, measures
        As given to `planner.plan_account`.
    plan
        From it.
    seed, draws
        As given to it.

    Returns
    -------
    (n_ways, 6), those that reach the probability first, limits before assumptions
        `kind` ("limit", "effects", "estimate", "corridor"), `way`, `measures` of the best
        set, `cost`, `probability`, `is_reached`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> from kamtools.power.planner import plan_account
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> rules = PlanRules((-0.15, 0.15), budget=30_000)
    >>> plan = plan_account(inputs, default_measures(), rules, seed=1)
    >>> ways_out(inputs, default_measures(), plan, seed=1)[["kind", "way", "is_reached"]].head(3)
          kind                way  is_reached
    0    limit        more budget        True
    1    limit   no limits at all        True
    2  effects  all effects 1.75×        True
    """
    _, own = one_account(inputs, plan.account_id)
    rows = []
    for way, names in LIFTS.items():
        rules = _lifted(plan.rules, names)
        if rules != plan.rules:
            rows.append(("limit", way, *_best(own, measures, rules, plan, seed, draws)))
    for strength in STRENGTHS:
        best = _best(own, _stronger(measures, strength), plan.rules, plan, seed, draws)
        if best[-1] or strength == STRENGTHS[-1]:
            rows.append(("effects", f"all effects {strength:g}×", *best))
            break
    for way, closed, effects in _closed_ranges(own, measures):
        rows.append(("estimate", way, *_best(closed, effects, plan.rules, plan, seed, draws)))
    rows.append(_wider(own, measures, plan, seed, draws))
    columns = ["kind", "way", "measures", "cost", "probability", "is_reached"]
    table = pd.DataFrame(rows, columns=columns)
    order = table["kind"].map({"limit": 0, "effects": 1, "estimate": 2, "corridor": 3})
    place = np.lexsort([-table["probability"], order, ~table["is_reached"]])
    return table.iloc[place].drop_duplicates(["kind", "way"]).reset_index(drop=True)


def _lifted(rules: PlanRules, names: tuple[str, ...]) -> PlanRules:
    free = PlanRules(rules.corridor)
    return replace(rules, **{name: getattr(free, name) for name in names})


def _best(
    inputs: pd.DataFrame, measures: pd.DataFrame, rules: PlanRules, plan: AccountPlan,
    seed: int, draws: int,
) -> tuple[str, float, float, bool]:  # fmt: skip
    """Return measures, cost, probability of the best set, and whether it reaches."""
    listed = measure_list(measures)
    listed = listed[ruled_out(listed, rules) == ""]
    sets = weigh_sets(inputs, measures, listed, rules, account_id=plan.account_id, seed=seed,
                      draws=draws)  # fmt: skip
    is_paid = within_budget(sets, rules)
    is_good = is_paid & reaches(sets, rules)
    keys = ["cost", "-probability"] if is_good.any() else ["-probability", "cost"]
    row = sets.iloc[best_first(sets, keys, is_good if is_good.any() else is_paid)[0]]
    names = "; ".join(members(int(row["code"]), listed))
    return names, float(row["cost"]), float(row["probability"]), bool(is_good.any())


def _stronger(measures: pd.DataFrame, strength: float) -> pd.DataFrame:
    columns = ["effect_low", "effect", "effect_high"]
    limits = np.maximum(measures[columns].abs(), STRONGEST)
    return measures.assign(**(strength * measures[columns]).clip(-limits, limits))


def _closed_ranges(
    inputs: pd.DataFrame, measures: pd.DataFrame
) -> list[tuple[str, pd.DataFrame, pd.DataFrame]]:
    """Return inputs and measures with one range closed to its middle, then with all."""
    ways = []
    for column in ("stake", "availability"):
        ends = [f"{column}_low", f"{column}_high"]
        wide = inputs[ends[1]] > inputs[ends[0]]
        for row in np.flatnonzero(wide):
            is_row = np.arange(len(inputs)) == row
            one = inputs.assign(**{end: inputs[end].mask(is_row, inputs[column]) for end in ends})
            whose = inputs.iloc[row]
            ways.append((f"{column} of {whose['part']} ({whose['side']}) known", one, measures))
    closed = inputs.assign(**{f"{column}{end}": inputs[column] for column in
                              ("stake", "availability") for end in ("_low", "_high")})  # fmt: skip
    effects = measures.assign(effect_low=measures["effect"], effect_high=measures["effect"])
    return [*ways, ("all effects known", inputs, effects), ("everything known", closed, effects)]


def _wider(
    inputs: pd.DataFrame, measures: pd.DataFrame, plan: AccountPlan, seed: int, draws: int
) -> tuple[str, str, str, float, float, bool]:
    """Return the corridor, wider at one end, in which the plan's set stays often enough."""
    scenarios = draw_scenarios(inputs, measures, draws=draws, seed=seed)
    pairs = pd.DataFrame({"account_id": plan.account_id, "measure": list(plan.chosen)}, dtype="str")
    imbalance = scenario_dependence(scenarios, pairs, plan.rules.combine)[1]["power_imbalance"][0]
    low, high = plan.rules.corridor
    if (imbalance > high).sum() >= (imbalance < low).sum():
        inside = np.sort(imbalance[imbalance >= low])
        needed = int(np.ceil(plan.rules.probability * len(imbalance)))
        if needed <= len(inside):
            high = max(high, float(np.ceil(inside[needed - 1] * 100) / 100))
    else:
        inside = -np.sort(-imbalance[imbalance <= high])
        needed = int(np.ceil(plan.rules.probability * len(imbalance)))
        if needed <= len(inside):
            low = min(low, float(np.floor(inside[needed - 1] * 100) / 100))
    share = float(((imbalance >= low) & (imbalance <= high)).mean())
    way = f"a corridor from {low:+.2f} to {high:+.2f}".replace("-", "−")
    return ("corridor", way, "; ".join(plan.chosen), plan.cost, share,
            share >= plan.rules.probability - 1e-9)  # fmt: skip
