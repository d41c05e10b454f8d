"""Two ways to the same balance: be needed more, or need less.

Both cut the imbalance I = D_S − D_B. Only the first raises the mutual dependence J = D_S + D_B,
which went with better results of the makers in a study of their suppliers [1]_; the second is
what is left where the account does not let itself be tied, and makes a break cheaper.

References
----------
.. [1] Gulati, R. and Sytch, M. (2007), "Dependence asymmetry and joint dependence in
   interorganizational relationships", Administrative Science Quarterly 52(1), 32-69.
"""

from dataclasses import replace

import pandas as pd

from kamtools.power.planner import DRAWS, plan_account
from kamtools.power.planner_rules import PlanRules

WAYS = {
    "account": "be needed more",
    "supplier": "need the account less",
    "": "either",
}
"""Side that the measures of a way move above all -> what the way is called."""

SHOWN = ("power_imbalance", "power_imbalance_low", "power_imbalance_high", "mutual_dependence",
         "mutual_dependence_low", "mutual_dependence_high")  # fmt: skip


def main_sides(measures: pd.DataFrame) -> pd.Series:
    """Return the side that each measure moves above all.

    Parameters
    ----------
    measures
        As `measures.default_measures`.

    Returns
    -------
    (n_measures,) index measure
        "supplier" or "account": the side of its largest middle effect.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> main_sides(default_measures())[["co_development", "withdrawal"]].tolist()
    ['account', 'supplier']
    """
    size = measures["effect"].abs()
    order = size.sort_values(ascending=False, kind="stable").index
    ordered = measures.loc[order].drop_duplicates("measure").set_index("measure")
    return ordered["side"].reindex(measures["measure"].drop_duplicates())


def compare_ways(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    rules: PlanRules,
    *,
    seed: int,
    account_id: str | None = None,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """Return the cheapest plan of each way to the corridor, with both axes.

    Parameters
    ----------
    inputs, measures, rules, seed, account_id, draws
        As in `planner.plan_account`. Measures that the rules include are in each way.

    Returns
    -------
    (4, 11), index way: "today", "be needed more", "need the account less", "either"
        `measures`, `cost`, `is_reached` (of the set shown, on the scenarios of the choice),
        `probability` (on fresh ones), and `power_imbalance` and `mutual_dependence`, each with
        `_low` and `_high`. Where a way does not reach, the set that comes nearest is shown.

    Raises
    ------
    InputError
        As `planner.plan_account`.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.6, 0.5],
    ...                        "availability": [0.3, 0.6]})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> ways = compare_ways(inputs, default_measures(), PlanRules((-0.15, 0.15)), seed=1)
    >>> ways[["power_imbalance", "mutual_dependence"]].round(2).rename_axis(None)
                           power_imbalance  mutual_dependence
    today                             0.22               0.62
    be needed more                    0.12               0.72
    need the account less             0.14               0.54
    either                            0.12               0.62
    """
    sides = main_sides(measures)
    rows = {}
    for side, way in WAYS.items():
        others = sides.index[(sides != side) & (side != "")]
        excluded = {*rules.exclude, *others} - set(rules.include)
        own = replace(rules, exclude=tuple(sorted(excluded)))
        plan = plan_account(inputs, measures, own, seed=seed, account_id=account_id, draws=draws)
        rows["today"] = {"measures": "", "cost": 0.0,
                         "is_reached": plan.before["probability"] >= rules.probability,
                         "probability": plan.before["probability"],
                         **plan.before[list(SHOWN)]}  # fmt: skip
        rows[way] = {"measures": "; ".join(plan.chosen), "cost": plan.cost,
                     "is_reached": plan.is_reached, "probability": plan.checked_probability,
                     **plan.after[list(SHOWN)]}  # fmt: skip
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("way")
    return table.loc[["today", *WAYS.values()]]
