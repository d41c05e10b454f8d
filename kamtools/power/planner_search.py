"""Cost and probability of every set of measures, and the best of them."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.planner_probability import set_probabilities
from kamtools.power.planner_rules import PlanRules
from kamtools.power.planner_scenarios import draw_scenarios
from kamtools.power.planner_sets import allowed_sets, bits, members


def weigh_sets(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    listed: pd.DataFrame,
    rules: PlanRules,
    *,
    account_id: str,
    seed: int,
    draws: int,
) -> pd.DataFrame:
    """Return cost and probability of every set that the rules allow.

    Parameters
    ----------
    inputs, measures, rules, seed, draws
        As in `planner.plan_account`; the budget does not count here.
    listed
        The rows of `measures.measure_list` that may be chosen.
    account_id
        Whose inputs count.

    Returns
    -------
    (n_sets, 4)
        `code` (see `planner_sets`), `size`, `cost`, `probability`.

    Raises
    ------
    InputError
        If a measure to include is ruled out, the measures to include do not go together, or
        one side has no inputs.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> measures = default_measures()
    >>> listed = measures.drop_duplicates("measure").set_index("measure")
    >>> listed = listed.loc[["coalition", "withdrawal"]]
    >>> weigh_sets(inputs, measures, listed, PlanRules((-0.1, 0.2)), account_id="a", seed=1,
    ...            draws=100)
       code  size      cost  probability
    0     0     0       0.0         0.00
    1     1     1   25000.0         0.00
    2     2     1  120000.0         0.19
    3     3     2  145000.0         0.70
    """
    codes = allowed_sets(listed)
    is_in = bits(codes, len(listed))
    for name in rules.include:
        if name not in listed.index:
            raise InputError(f"measure {name} is to be in the plan, but the rules leave it out")
        keep = is_in[:, listed.index.get_loc(name)]
        codes, is_in = codes[keep], is_in[keep]
    if not len(codes):
        raise InputError(
            f"no set of measures holds {', '.join(rules.include)}: they exclude one another, or "
            "what they need is ruled out"
        )
    cost = is_in @ listed[rules.cost].to_numpy(dtype=float)
    scenarios = draw_scenarios(inputs, measures, draws=draws, seed=seed)
    probability = set_probabilities(
        scenarios, account_id, listed.index, codes, corridor=rules.corridor, combine=rules.combine
    )
    return pd.DataFrame({"code": codes, "size": is_in.sum(axis=1), "cost": cost,
                         "probability": probability})  # fmt: skip


def reaches(sets: pd.DataFrame, rules: PlanRules) -> np.ndarray:
    """Say which sets reach the stated probability.

    Parameters
    ----------
    sets
        From `weigh_sets`.
    rules : PlanRules

    Examples
    --------
    >>> reaches(pd.DataFrame({"probability": [0.5, 0.8]}), PlanRules((-0.1, 0.1), 0.8))
    array([False,  True])
    """
    return sets["probability"].to_numpy() >= rules.probability - 1e-9


def within_budget(sets: pd.DataFrame, rules: PlanRules) -> np.ndarray:
    """Say which sets the budget pays for.

    Parameters
    ----------
    sets
        From `weigh_sets`.
    rules : PlanRules

    Raises
    ------
    InputError
        If it pays for none, since the measures to include cost more.

    Examples
    --------
    >>> within_budget(pd.DataFrame({"cost": [5.0, 9.0]}), PlanRules((-0.1, 0.1), budget=8))
    array([ True, False])
    """
    cost = sets["cost"].to_numpy()
    is_paid = cost <= (np.inf if rules.budget is None else rules.budget + 1e-9)
    if not is_paid.any():
        raise InputError(
            f"the measures to include cost {cost.min():,.0f}, more than the budget of "
            f"{rules.budget:,.0f}"
        )
    return is_paid


def best_first(
    sets: pd.DataFrame, keys: list[str], is_open: np.ndarray | None = None
) -> np.ndarray:
    """Return the places of sets, the best first.

    Parameters
    ----------
    sets
        From `weigh_sets`.
    keys
        Columns that decide, in turn: small is good, or large with "-" before the name.
    is_open : (n_sets,) bool
        Which sets count; all if None.

    Examples
    --------
    >>> sets = pd.DataFrame({"cost": [5.0, 2.0, 2.0], "probability": [0.9, 0.1, 0.4]})
    >>> best_first(sets, ["cost", "-probability"]).tolist()
    [2, 1, 0]
    """
    columns = [-sets[key[1:]] if key.startswith("-") else sets[key] for key in keys]
    order = np.lexsort([column.to_numpy() for column in reversed(columns)])
    return order if is_open is None else order[is_open[order]]


def cost_frontier(sets: pd.DataFrame, listed: pd.DataFrame) -> pd.DataFrame:
    """Return the sets of which no other is as probable and as cheap, by cost.

    Parameters
    ----------
    sets
        From `weigh_sets`.
    listed
        The measures in the order of the sets' bits.

    Returns
    -------
    (n_best, 4)
        `measures` (keys, separated by semicolons), `cost`, `probability`, `gain_per_money`
        (probability gained since the row before for each unit of money, NaN in the first).

    Examples
    --------
    >>> sets = pd.DataFrame({"code": [0, 1, 2], "size": [0, 1, 1], "cost": [0.0, 5.0, 9.0],
    ...                      "probability": [0.2, 0.7, 0.6]})
    >>> cost_frontier(sets, pd.DataFrame(index=["plan", "coalition"]))
      measures  cost  probability  gain_per_money
    0            0.0          0.2             NaN
    1     plan   5.0          0.7             0.1
    """
    ordered = sets.iloc[best_first(sets, ["cost", "-probability", "size"])]
    before = ordered["probability"].cummax().shift(fill_value=-1.0)
    best = ordered[ordered["probability"] > before]
    gain = best["probability"].diff() / best["cost"].diff()
    names = ["; ".join(members(int(code), listed)) for code in best["code"]]
    table = best[["cost", "probability"]].assign(gain_per_money=gain)
    table.insert(0, "measures", pd.Series(names, index=best.index, dtype="str"))
    return table.reset_index(drop=True)
