"""The ladder of measures: where an account stands after each further step."""

from collections.abc import Sequence

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measures import measure_list
from kamtools.power.planner import one_account
from kamtools.power.planner_outcomes import measure_outcomes

TODAY = "Today"
MOST_STEPS = 9
"""Steps that a ladder to be drawn has beside today."""


def ladder_steps(measures: Sequence[str], *, most: int = MOST_STEPS) -> list[list[str]]:
    """Return measures as steps of a ladder: one at a time, the last ones together if too many.

    Parameters
    ----------
    measures
        Keys, in the order in which they are taken.
    most
        Steps that there may be, at least 1.

    Examples
    --------
    >>> ladder_steps(["a", "b", "c", "d"], most=3)
    [['a'], ['b'], ['c', 'd']]
    """
    alone = len(measures) if len(measures) <= most else most - 1
    together = list(measures[alone:])
    return [[name] for name in measures[:alone]] + ([together] if together else [])


def measure_ladder(
    inputs: pd.DataFrame,
    measures: pd.DataFrame,
    steps: Sequence[str | Sequence[str]],
    *,
    corridor: tuple[float, float],
    seed: int,
    account_id: str | None = None,
    draws: int = 2_000,
    combine: str = "noisy-or",
) -> pd.DataFrame:
    """Return dependence after each step, each step keeping those before it.

    Parameters
    ----------
    inputs, measures
        As in `measure_effects.apply_measures`.
    steps
        Keys of measures in the order in which they are taken; several at once as a list.
    corridor, seed, draws, combine
        As in `planner_outcomes.measure_outcomes`. All steps see the same scenarios, so that
        what changes from step to step is the step.
    account_id
        Which account; may be None where the inputs are of one.

    Returns
    -------
    (1 + n_steps, …)
        `step` ("Today", then the labels), `measures` taken at it, `cost` (money a year, of
        all steps so far), `months_to_work` (until all of them work), and the columns of
        `planner_outcomes.measure_outcomes`.

    Raises
    ------
    InputError
        If a measure is not known or taken twice, or there is no such account.

    Examples
    --------
    >>> from kamtools.power.measures import default_measures
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"], "stake": [0.7, 0.45],
    ...                        "availability": [0.25, 0.6]})
    >>> for name in ("stake_low", "stake_high", "availability_low", "availability_high"):
    ...     inputs[name] = inputs[name.rsplit("_", 1)[0]]
    >>> ladder = measure_ladder(inputs, default_measures(),
    ...                         [["plan_sharing", "advance_notice"], "diversification"],
    ...                         corridor=(-0.15, 0.15), seed=1)
    >>> ladder[["measures", "cost", "power_imbalance", "mutual_dependence"]].round(2)
                           measures      cost  power_imbalance  mutual_dependence
    0                                     0.0             0.34               0.70
    1  plan_sharing; advance_notice   11000.0             0.29               0.76
    2               diversification  131000.0             0.12               0.58
    """
    _, own = one_account(inputs, account_id)
    listed = measure_list(measures)
    taken: list[str] = []
    rows = []
    for step in [[], *([step] if isinstance(step, str) else list(step) for step in steps)]:
        again = [name for name in step if name in taken]
        if again:
            raise InputError(f"measure {again[0]} is taken twice on the ladder")
        taken += step
        outcome = measure_outcomes(own, measures, taken, corridor=corridor, seed=seed, draws=draws,
                                   combine=combine).iloc[0]  # fmt: skip
        so_far = listed.loc[taken]
        labels = listed.loc[step, "label"]
        rows.append({"step": " + ".join(labels) if step else TODAY, "measures": "; ".join(step),
                     "cost": float(so_far["cost"].sum()),
                     "months_to_work": float(so_far["months_to_work"].max()) if taken else 0.0,
                     **outcome.to_dict()})  # fmt: skip
    return pd.DataFrame(rows)
