"""What the five characteristics of a key account are measured by.

Each part is a fact with a unit and two anchors, written down: at the first the part counts 0,
at the second 1. They are the same for every firm, so that profiles can be compared from firm
to firm and from year to year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.facts import fact_by_account
from kamtools.selection.goals import strategic_fit
from kamtools.selection.service_cost import service_cost
from kamtools.wording import listing

LARGE_SHARE = 0.10
"""From this part of a firm's sales on a customer has to be named (ASC 280-10-50-42)."""
SMALL_SHARE = 0.001
FROM_SCORECARD = (
    "revenue", "revenue_previous", "revenue_share", "margin", "growth", "regularity",
    "volatility", "tenure_months", "returns_rate",
)  # fmt: skip
RATINGS = ("growth_potential", "bargaining_power", "relationship")


@dataclass(frozen=True)
class Part:
    """One measured part of a characteristic.

    Attributes
    ----------
    name
        Column of the table of parts.
    characteristic
        Which of `characteristics.CHARACTERISTICS` it belongs to.
    half
        Parts of one half are averaged before the halves are put together.
    label
        What a manager calls it.
    source
        The file and column it needs.
    anchors
        Where the part counts 0, and where it counts 1.
    is_log
        Whether equal ratios count as equal steps.
    wording
        How it is read out: {percent}, {change} or {number}.
    is_enough
        Whether the characteristic can be told from it alone: few returns do not make an
        account cheap to serve.
    """

    name: str
    characteristic: str
    half: str
    label: str
    source: str
    anchors: tuple[float, float]
    is_log: bool = False
    wording: str = "{percent}"
    is_enough: bool = True


PARTS: tuple[Part, ...] = (
    Part("revenue_share", "share", "now", "share of sales", "invoices",
         (SMALL_SHARE, LARGE_SHARE), is_log=True),
    Part("margin_share", "share", "now", "share of margin", "cost in invoices",
         (SMALL_SHARE, LARGE_SHARE), is_log=True),
    Part("expected_share", "share", "future", "share of expected sales", "a forecast",
         (SMALL_SHARE, LARGE_SHARE), is_log=True),
    Part("months_to_replace", "hard_to_replace", "all", "time to replace it, as judged",
         "months_to_replace_them in relationship", (0.0, 24.0), wording="{number} months"),
    Part("months_of_growth", "hard_to_replace", "all", "growth of the others makes up for it in",
         "invoices of the 12 months before the last 12", (0.0, 24.0), wording="{number} months"),
    Part("regularity", "stable_with_potential", "stable", "months with an order", "invoices",
         (0.0, 1.0)),
    Part("volatility", "stable_with_potential", "stable", "swing of monthly sales", "invoices",
         (2.0, 0.0), wording="±{percent}"),
    Part("tenure_months", "stable_with_potential", "stable", "customer for", "invoices",
         (0.0, 36.0), wording="{number} months"),
    Part("growth", "stable_with_potential", "potential", "growth last year",
         "invoices of the 12 months before the last 12", (-0.5, 1.0), wording="{change}"),
    Part("expected_growth", "stable_with_potential", "potential", "expected growth", "a forecast",
         (-0.5, 1.0), wording="{change}"),
    Part("growth_potential", "stable_with_potential", "potential", "growth potential",
         "growth_potential_rating in accounts", (1.0, 5.0), wording="{number} of 5"),
    Part("free_wallet", "stable_with_potential", "potential", "bought elsewhere",
         "share_of_wallet in relationship", (0.0, 1.0)),
    Part("service_cost_rate", "demanding", "hungry", "cost of service to sales",
         "cost (or hours and a cost per hour) in service", (0.0, 0.5)),
    Part("returns_rate", "demanding", "hungry", "returns", "invoices with credit notes",
         (0.0, 0.25), is_enough=False),
    Part("bargaining_power", "demanding", "bargains", "bargaining power",
         "bargaining_power_rating in accounts", (1.0, 5.0), wording="{number} of 5"),
    Part("strategic_fit", "fits", "all", "strategic fit",
         "goals in engagement.toml, or strategic_fit_rating in accounts", (0.0, 1.0)),
    Part("relationship", "fits", "all", "quality of the relationship",
         "relationship_rating in accounts", (1.0, 5.0), wording="{number} of 5", is_enough=False),
    Part("joint_steps", "fits", "all", "planned steps that touch it", "initiatives", (0.0, 1.0),
         wording="{number}", is_enough=False),
)  # fmt: skip
"""All parts, by characteristic in their order."""


def measure_parts(
    scorecard: pd.DataFrame,
    *,
    accounts: pd.DataFrame | None = None,
    relationship: pd.DataFrame | None = None,
    service: pd.DataFrame | None = None,
    initiatives: pd.DataFrame | None = None,
    goals: Sequence[Mapping[str, Any]] = (),
    forecast: pd.DataFrame | None = None,
    as_of: date,
    cost_per_hour: float | None = None,
) -> pd.DataFrame:
    """Return every part of `PARTS` in its own unit, as far as the firm's tables tell.

    Parameters
    ----------
    scorecard : (n_accounts, …), index account_id
        From `ledger.scorecard`.
    accounts, relationship, service, goals, as_of, cost_per_hour
        As in `measurement.criteria_table`.
    initiatives
        `account_id` (missing where a step touches all): our own planned steps.
    forecast : index account_id
        `revenue`, expected in the next 12 months, from `forecast.forecast`.

    Returns
    -------
    (n_accounts, n_parts), index account_id; NaN where not known

    Raises
    ------
    InputError
        If the scorecard lacks a column, goals are given without accounts, or as
        `goals.strategic_fit`.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [90.0, 10.0], "revenue_previous": [80.0, 10.0],
    ...     "growth": [0.125, 0.0], "revenue_share": [0.9, 0.1], "margin": [30.0, 10.0],
    ...     "regularity": 1.0, "volatility": 0.2, "tenure_months": 36, "returns_rate": 0.0},
    ...     index=["a", "b"])
    >>> parts = measure_parts(scorecard, as_of=date(2025, 12, 31))
    >>> parts[["margin_share", "months_of_growth"]].loc["b"].tolist()
    [0.25, 12.0]
    """
    missing = [name for name in FROM_SCORECARD if name not in scorecard]
    if missing:
        raise InputError(f"the scorecard lacks the column {listing(missing)}")
    if goals and accounts is None:
        raise InputError("goals name columns of accounts, but there is no table of accounts")
    index = scorecard.index
    cost = service_cost(service, index, as_of=as_of, cost_per_hour=cost_per_hour)
    revenue = scorecard["revenue"].astype(float)
    fit = None if accounts is None else strategic_fit(accounts, goals)
    everything = {
        **{part.name: scorecard[part.name] for part in PARTS if part.name in FROM_SCORECARD},
        **{name: fact_by_account(accounts, f"{name}_rating", index) for name in RATINGS},
        **_expected(forecast, revenue),
        "margin_share": _share(scorecard["margin"]),
        "months_to_replace": fact_by_account(relationship, "months_to_replace_them", index),
        "months_of_growth": _months_of_growth(scorecard),
        "free_wallet": 1 - fact_by_account(relationship, "share_of_wallet", index),
        "service_cost_rate": cost / revenue.where(revenue > 0),
        "strategic_fit": float("nan") if fit is None else fit.reindex(index),
        "joint_steps": _joint_steps(initiatives, index),
    }
    return pd.DataFrame(everything, index=index, dtype=float)[[part.name for part in PARTS]]


def part_scores(measured: pd.DataFrame, *, parts: Sequence[Part] = PARTS) -> pd.DataFrame:
    """Return each part between its anchors, 0-1.

    Parameters
    ----------
    measured : (n_accounts, n_parts), index account_id; NaN where not known
        Columns by the names of the parts.

    Returns
    -------
    (n_accounts, n_parts) 0-1; NaN where not known

    Examples
    --------
    >>> measured = pd.DataFrame({"revenue_share": [0.0, 0.001, 0.01, 0.3], "volatility": 0.5})
    >>> part_scores(measured, parts=[PARTS[0], PARTS[6]]).round(2)
       revenue_share  volatility
    0            0.0        0.75
    1            0.0        0.75
    2            0.5        0.75
    3            1.0        0.75
    """
    scores = {}
    for part in parts:
        low, high = part.anchors
        values = measured[part.name].to_numpy(dtype=float)
        if part.is_log:
            values = np.log(np.maximum(values, low))
            low, high = np.log(low), np.log(high)
        scores[part.name] = np.clip((values - low) / (high - low), 0, 1) + 0.0
    return pd.DataFrame(scores, index=measured.index)


def _share(amount: pd.Series) -> pd.Series:
    total = amount.clip(lower=0).sum()
    return amount.astype(float) / total if total > 0 else amount.astype(float) * float("nan")


def _months_of_growth(scorecard: pd.DataFrame) -> pd.Series:
    """Return the months in which the others, growing as last year, would make up for each."""
    revenue = scorecard["revenue"].astype(float)
    gains = (revenue - scorecard["revenue_previous"].astype(float)).clip(lower=0)
    if gains.isna().all():
        return gains
    of_others = gains.sum() - gains.fillna(0.0)
    return 12 * revenue.clip(lower=0) / of_others.where(of_others > 0, 0.0)


def _joint_steps(initiatives: pd.DataFrame | None, index: pd.Index) -> pd.Series:
    """Return how many planned steps name each account; not known where none does.

    A step with an account speaks for an alliance. None does not speak against one: lists of
    plans are short.
    """
    if initiatives is None or "account_id" not in initiatives:
        return pd.Series(float("nan"), index=index)
    return initiatives["account_id"].value_counts().reindex(index).astype(float)


def _expected(forecast: pd.DataFrame | None, revenue: pd.Series) -> dict[str, pd.Series]:
    if forecast is None:
        unknown = pd.Series(float("nan"), index=revenue.index)
        return {"expected_share": unknown, "expected_growth": unknown}
    expected = forecast["revenue"].reindex(revenue.index).astype(float)
    growth = expected / revenue.where(revenue > 0) - 1
    return {"expected_share": _share(expected), "expected_growth": growth}
