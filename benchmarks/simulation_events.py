"""The Haohan - Peihui model as a plain event loop in SimPy, one year after the other.

The same model as `kamtools.power.simulation`, written as its mechanism is told: a process for
each step, which prepares, is told of, waits for the account and is reviewed month by month. It
takes what chance brings from the same `Years`, so that both must find the same waits.
"""

import math
from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import simpy

from kamtools.power.simulation_chance import MONTH_DAYS, MONTHS, Years


@dataclass(frozen=True)
class Step:
    """What chance brings to one step of a year."""

    begin: float
    preparation: float
    review: float
    change: float
    leak: float


@dataclass
class Fate:
    """What became of one step."""

    waiting: float = 0.0
    is_changed: bool = False
    is_leaked: bool = False


def believe(year: int, years: Years, assumed: dict[str, float], is_briefed: bool) -> list[float]:
    """Return what the account believes in each month."""
    odds = assumed["first_belief"] / (1 - assumed["first_belief"])
    ratio, learnt, path = assumed["likelihood_ratio"], 0.0, []
    for month in range(MONTHS):
        learnt *= assumed["belief_kept"]
        if is_briefed and years.read[month, year] < assumed["briefing_read"]:
            is_right = years.signal[month, year] < ratio / (1 + ratio)
            learnt += math.log(ratio) if is_right == years.tightens[year] else -math.log(ratio)
        now = odds * math.exp(learnt)
        path.append(now / (1 + now))
    return path


def step_process(
    env: simpy.Environment, account: simpy.Resource, step: Step, fate: Fate, pace: list[float],
    assumed: dict[str, float], notice_days: float, is_plan_shared: bool,
) -> Generator[simpy.Event, object, None]:  # fmt: skip
    """Prepare a step, tell the account, and wait until it has been reviewed."""
    notice = min(notice_days, step.preparation)
    ready = step.begin + step.preparation
    yield env.timeout(ready - notice)
    fate.is_changed = step.change < 1 - math.exp(-assumed["plan_change_per_day"] * notice)
    fate.is_leaked = step.leak < 1 - math.exp(-assumed["leak_per_day"] * notice)
    work = assumed["relaxed_review_days"] * step.review
    if is_plan_shared:
        work *= 1 - assumed["plan_sharing_saves"]
    if fate.is_changed:
        work *= 1 + assumed["repeat_share"]
    with account.request() as attention:
        yield attention
        month = min(int(env.now / MONTH_DAYS), MONTHS - 1)
        while month < MONTHS - 1 and work * pace[month] > (month + 1) * MONTH_DAYS - env.now:
            left = (month + 1) * MONTH_DAYS - env.now
            yield env.timeout(left)
            work -= left / pace[month]
            month += 1
        yield env.timeout(work * pace[month])
    fate.waiting = max(env.now - ready, 0.0)


def simulate_year(
    year: int, years: Years, measures: Sequence[str], notice_days: float
) -> tuple[list[Fate], dict[str, float]]:
    """Return what became of each step of one year, and the year's outcomes."""
    assumed = {name: float(values[year]) for name, values in years.assumed.items()}
    is_told = "advance_notice" in measures
    belief = believe(year, years, assumed, "market_briefing" in measures)
    pace = [1 - (1 - assumed["alert_review_share"]) * now for now in belief]
    env = simpy.Environment()
    account = simpy.Resource(env, capacity=1)
    fates = []
    for row in range(int(years.is_step[:, year].sum())):
        step = Step(*(float(drawn[row, year]) for drawn in (
            years.begin, years.preparation, years.review_noise, years.change, years.leak
        )))  # fmt: skip
        fates.append(Fate())
        env.process(
            step_process(env, account, step, fates[-1], pace, assumed,
                         notice_days if is_told else 0.0, "plan_sharing" in measures)
        )  # fmt: skip
    env.run()
    return fates, outcomes(fates, assumed, belief[-1], measures)


def outcomes(
    fates: list[Fate], assumed: dict[str, float], belief: float, measures: Sequence[str]
) -> dict[str, float]:
    """Return friction, margins and power of a year, from what became of its steps."""
    elsewhere = assumed["diversified_stake"] if "diversification" in measures else 0.0
    supplier = account = waited = on_time = 0.0
    for fate in fates:
        lost = min(fate.waiting / assumed["window_days"], 1.0)
        leaked = assumed["leak_loss"] if fate.is_leaked else 0.0
        supplier += 1 - (1 - lost * (1 - elsewhere)) * (1 - leaked)
        account += lost
        waited += fate.waiting
        on_time += fate.waiting <= assumed["grace_days"]
    number = len(fates)
    stake, available = assumed["supplier_stake"], assumed["supplier_availability"]
    if "diversification" in measures:
        stake *= 1 - elsewhere
        available = 1 - (1 - available) * (1 - assumed["diversified_availability"])
    theirs = 1 - (1 - assumed["account_stake"]) * (1 - assumed["joint_stake"] * on_time / number)
    first = assumed["first_belief"]
    aware = assumed["awareness_effect"] * (belief - first) / (1 - first)
    others = min(assumed["account_availability"] * (1 - aware), 1.0)
    if "coalition" in measures:
        others *= 1 - assumed["coalition_effect"]
    ours, owed = stake * (1 - available), theirs * (1 - others)
    return {
        "friction_days": waited / number,
        "on_time": on_time / number,
        "changed": sum(fate.is_changed for fate in fates) / number,
        "leaked": sum(fate.is_leaked for fate in fates) / number,
        "supplier_margin": 100 * (1 - assumed["supplier_initiative_share"] * supplier / number)
        - sum(assumed[f"{name}_cost"] for name in measures),
        "account_margin": 100 * (1 - assumed["account_initiative_share"] * account / number),
        "power_imbalance": ours - owed,
        "mutual_dependence": ours + owed,
    }


def simulate_events(
    years: Years, measures: Sequence[str], *, notice_days: float = 0.0
) -> pd.DataFrame:
    """Return what `simulation.simulate_years` does, by events."""
    rows = [
        simulate_year(year, years, measures, notice_days)[1] for year in range(len(years.tightens))
    ]
    return pd.DataFrame(rows).assign(tightens=years.tightens)


def waits(years: Years, measures: Sequence[str], *, notice_days: float = 0.0) -> np.ndarray:
    """Return the wait of each step, (n_steps, n_years); 0 for steps that a year does not have."""
    found = np.zeros(years.begin.shape)
    for year in range(found.shape[1]):
        fates, _ = simulate_year(year, years, measures, notice_days)
        found[: len(fates), year] = [fate.waiting for fate in fates]
    return found
