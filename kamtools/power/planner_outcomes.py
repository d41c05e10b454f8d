"""Dependence, imbalance and mutual dependence once chosen measures work."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measure_checks import check_measures
from kamtools.power.measure_effects import check_inputs, chosen_pairs, moved
from kamtools.power.planner_probability import is_within
from kamtools.power.planner_scenarios import Scenarios, draw_scenarios, middle_scenario

QUANTILES = (0.05, 0.95)
"""Ends of the ranges that are shown."""

QUANTITIES = ("supplier_dependence", "account_dependence", "power_imbalance", "mutual_dependence")


def measure_outcomes(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    chosen: Sequence[str] | pd.DataFrame,
    *,
    corridor: tuple[float, float],
    seed: int,
    draws: int = 2_000,
    combine: str = "noisy-or",
) -> pd.DataFrame:
    """Return where each account stands once the measures work.

    Parameters
    ----------
    inputs, measures, chosen
        As in `measure_effects.apply_measures`; no measure at all is `[]`.
    corridor
        Low and high of the power imbalance.
    seed
        Of the scenarios.
    draws
        Number of scenarios.
    combine : "noisy-or" or "max"

    Returns
    -------
    (n_accounts, 15), index account_id
        `supplier_dependence`, `account_dependence`, `power_imbalance` (plus: the account is
        stronger), `mutual_dependence`: with every input and effect at its middle, and with
        `_low` and `_high` the 5th and 95th percentile of the scenarios; `probability` that the
        imbalance is in the corridor, `probability_below` and `probability_above` it.

    Raises
    ------
    InputError
        As `measure_effects.apply_measures`, or if an account has no inputs of one side.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> outcome = measure_outcomes(inputs, default_measures(), [], corridor=(-0.15, 0.15), seed=1)
    >>> outcome[["power_imbalance", "mutual_dependence", "probability"]].round(3)
                power_imbalance  mutual_dependence  probability
    account_id
    a                     0.345              0.705          0.0
    """
    check_inputs(inputs)
    check_measures(measures)
    pairs = chosen_pairs(chosen, inputs, measures)
    accounts, middle = scenario_dependence(middle_scenario(inputs, measures), pairs, combine)
    drawn = draw_scenarios(inputs, measures, draws=draws, seed=seed)
    _, spread = scenario_dependence(drawn, pairs, combine)
    table = pd.DataFrame(index=pd.Index(accounts, name="account_id"))
    for name in QUANTITIES:
        low, high = np.quantile(spread[name], QUANTILES, axis=1)
        table[name] = middle[name][:, 0]
        table[f"{name}_low"], table[f"{name}_high"] = low, high
    imbalance = spread["power_imbalance"]
    is_in = is_within(imbalance, corridor)
    table["probability"] = is_in.mean(axis=1)
    table["probability_below"] = (~is_in & (imbalance < corridor[0])).mean(axis=1)
    table["probability_above"] = (~is_in & (imbalance > corridor[1])).mean(axis=1)
    return table


def scenario_dependence(
    scenarios: Scenarios, pairs: pd.DataFrame, combine: str
) -> tuple[list[str], dict[str, np.ndarray]]:
    """Return dependence on both sides, imbalance and mutual dependence in every scenario.

    Parameters
    ----------
    scenarios
        From `planner_scenarios.draw_scenarios`.
    pairs
        From `measure_effects.chosen_pairs`.
    combine : "noisy-or" or "max"

    Returns
    -------
    accounts : list, in the order in which they first come
    dict of (n_accounts, n_draws)
        By the names in `QUANTITIES`.

    Raises
    ------
    InputError
        If an account has no inputs of one side.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> pairs = pd.DataFrame({"account_id": ["a"], "measure": ["coalition"]})
    >>> one = middle_scenario(inputs, default_measures())
    >>> scenario_dependence(one, pairs, "max")[1]["account_dependence"].round(4)
    array([[0.2286]])
    """
    after = {"stake": scenarios.stake, "availability": scenarios.availability}
    acts_on = scenarios.measures["acts_on"].to_numpy()
    takers = pairs.groupby("measure")["account_id"].agg(set).to_dict()
    left = {name: np.ones_like(values) for name, values in after.items()}
    kept = {name: np.ones_like(values) for name, values in after.items()}
    for number, measure in enumerate(scenarios.measures["measure"]):
        if measure not in takers:
            continue
        rows = scenarios.works[number] & scenarios.inputs["account_id"].isin(takers[measure])
        effect = scenarios.effect[number]
        left[acts_on[number]][rows] *= 1 - np.maximum(effect, 0)
        kept[acts_on[number]][rows] *= 1 + np.minimum(effect, 0)
    stake, availability = (moved(after[name], left[name], kept[name]) for name in after)
    free = 1 - stake * (1 - availability)
    accounts, supplier, account = _by_side(scenarios.inputs, free, combine)
    return accounts, dict(
        zip(QUANTITIES, (supplier, account, supplier - account, supplier + account), strict=True)
    )


def _by_side(
    inputs: pd.DataFrame, free: np.ndarray, combine: str
) -> tuple[list[str], np.ndarray, np.ndarray]:
    """Return accounts and the dependence of both sides from each part's 1 − u."""
    codes, accounts = pd.factorize(inputs["account_id"])
    group = 2 * codes + (inputs["side"] == "account").to_numpy()
    order = np.argsort(group, kind="stable")
    present, starts = np.unique(group[order], return_index=True)
    if len(present) < 2 * len(accounts):
        lacking = next(number for number in range(2 * len(accounts)) if number not in present)
        raise InputError(
            f"account {accounts[lacking // 2]} has no dependence inputs of the "
            f"{'account' if lacking % 2 else 'supplier'} side"
        )
    joined = (np.multiply if combine == "noisy-or" else np.minimum).reduceat(free[order], starts)
    dependence = 1 - joined
    return [str(name) for name in accounts], dependence[0::2], dependence[1::2]
