"""What a plan of measures aims at, and what it must respect."""

from dataclasses import dataclass

import pandas as pd

from kamtools.errors import InputError


@dataclass(frozen=True)
class PlanRules:
    """What a plan aims at and must respect.

    Attributes
    ----------
    corridor : low and high of the power imbalance, -1 to 1
    probability : above 0, up to 1
        Part of the scenarios that must end within the corridor.
    budget : money a year, None if there is no limit
    within_months : measures that need longer are left out, None if there is no limit
    with_counsel
        Whether measures that need counsel may be in the plan.
    include, exclude : measures that are in every plan, or in none
    cost : "cost_low", "cost" or "cost_high"
        The cost that budgets count.
    combine : "noisy-or" or "max"
        How the parts of a side make its dependence: 1 − Π(1 − u), or the largest u.
    """

    corridor: tuple[float, float]
    probability: float = 0.8
    budget: float | None = None
    within_months: float | None = None
    with_counsel: bool = True
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    cost: str = "cost"
    combine: str = "noisy-or"


def ruled_out(listed: pd.DataFrame, rules: PlanRules) -> pd.Series:
    """Return why a measure cannot be in a plan, "" where it can.

    Parameters
    ----------
    listed
        From `measures.measure_list`.
    rules : PlanRules

    Examples
    --------
    >>> from kamtools.power.measures import default_measures, measure_list
    >>> listed = measure_list(default_measures())
    >>> rules = PlanRules((-0.1, 0.1), within_months=2, exclude=("plan_sharing",))
    >>> ruled_out(listed, rules)[["plan_sharing", "coalition"]].tolist()
    ['excluded', 'needs 12 months']
    """
    check_rules(rules, listed)
    why = pd.Series("", index=listed.index, dtype="str")
    if not rules.with_counsel:
        why = why.mask(listed["legal"] == "counsel", "needs counsel")
    if rules.within_months is not None:
        months = "needs " + listed["months_to_work"].map("{:g}".format).astype("str") + " months"
        why = why.mask(listed["months_to_work"] > rules.within_months, months)
    return why.mask(listed.index.isin(rules.exclude), "excluded")


def check_rules(rules: PlanRules, listed: pd.DataFrame) -> None:
    """Refuse rules that no plan could be made for.

    Parameters
    ----------
    rules : PlanRules
    listed
        From `measures.measure_list`.

    Raises
    ------
    InputError
        If the corridor, the probability or a limit is out of range, or a measure is not known
        or both included and excluded.

    Examples
    --------
    >>> check_rules(PlanRules((0.1, -0.1)), pd.DataFrame(index=["coalition"]))
    Traceback (most recent call last):
    kamtools.errors.InputError: corridor must be two numbers from -1 to 1, low before high; ...
    """
    low, high = rules.corridor
    if not -1 <= low < high <= 1:
        raise InputError(
            f"corridor must be two numbers from -1 to 1, low before high; got {low:g}, {high:g}"
        )
    if not 0 < rules.probability <= 1:
        raise InputError(f"probability must be above 0 and up to 1; got {rules.probability:g}")
    for name in ("budget", "within_months"):
        limit = getattr(rules, name)
        if limit is not None and not limit >= 0:
            raise InputError(f"{name} must be a number of at least 0; got {limit!r}")
    for name, value, values in (("cost", rules.cost, ("cost_low", "cost", "cost_high")),
                                ("combine", rules.combine, ("noisy-or", "max"))):  # fmt: skip
        if value not in values:
            raise InputError(f"{name} must be one of {', '.join(values)}; got {value!r}")
    unknown = [name for name in (*rules.include, *rules.exclude) if name not in listed.index]
    if unknown:
        raise InputError(
            f"no such measure: {unknown[0]!r}; known are {', '.join(map(str, listed.index))}"
        )
    both = set(rules.include) & set(rules.exclude)
    if both:
        raise InputError(f"measure {min(both)} is both included and excluded")
