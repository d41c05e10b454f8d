"""Does an imbalance come before a loss of volume? A plain test, its rules set before looking.

Three years a row. Dependence is measured in the first (`base`); what happened is the change from
the second to the third, and whether the pair still trades in the third. So what made the base year
by chance large or small is not also in the change: a pair that happened to be large is measured
as dependent, and falls back by itself (regression to the mean). Measured in the second year, as
one would naively, imbalance and change share that year's chance; holding the pair's size equal
takes most of it away, not surely all. Both are offered, to be compared; an effect that is over
within a year shows in the second only.

The change is 2 (new − old) / (new + old), from −2 (gone) to 2 (from nothing), so that pairs that end
stay in. Controls are the logarithms of the pair's, the supplier's and the account's trade and a
constant for each year. Errors are clustered by supplier and by account, as pairs that share either
move together, and the intervals are as wide as the few that make most of the contrast allow (see
`network_clusters`). Imbalance is made of the very sizes that are controlled for: what the test can
still see is whether it tells more than they do, never what would follow if it were changed.

References
----------
.. [1] Davis, S. J. and Haltiwanger, J. (1992), "Gross job creation, gross job destruction, and
   employment reallocation", Quarterly Journal of Economics 107(3), 819-863.
"""  # noqa: E501

from collections.abc import Sequence

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.network_clusters import clustered_fit

OUTCOMES = ("change", "still_trading")
PREDICTORS = ("power_imbalance", "mutual_dependence")
CONTROLS = ("log_pair", "log_supplier", "log_account")
MEASURED = {"a year before": "base", "in the same year": "start"}
GROUP_EDGES = (-0.15, -0.05, 0.05, 0.15)


def loss_panel(
    pairs: pd.DataFrame, *, first_base: int, last_base: int, least_amount: float
) -> pd.DataFrame:
    """Return one row for each pair and base year: how it stood, and what happened after.

    Parameters
    ----------
    pairs : as `network.network_pairs` returns it, periods being years (whole numbers)
    first_base, last_base : the base years, both included
        The two years after the last must be there.
    least_amount : money
        Pairs that trade less in the base year are left out, by that year alone, so that what
        happened later selects nothing.

    Returns
    -------
    DataFrame
        year (base), supplier, account_id; power_imbalance, mutual_dependence, log_pair,
        log_supplier, log_account of the base year, and each with `_start` of the year after
        (missing where the pair did not trade); change (missing where it traded in neither of the
        two years after), still_trading (1 or 0, in the third year).

    Raises
    ------
    InputError
        If a year that is needed is not among the pairs.
    """
    years = set(pairs["period"])
    needed = range(first_base, last_base + 3)
    missing = [str(year) for year in needed if year not in years]
    if missing or first_base > last_base:
        raise InputError(f"base years {first_base} to {last_base} need the years "
                         f"{needed.start} to {needed.stop - 1}; "
                         f"missing: {', '.join(missing) or 'all'}")  # fmt: skip
    keys = ["year", "supplier", "account_id"]
    measures = pd.DataFrame(
        {
            "power_imbalance": pairs["power_imbalance"],
            "mutual_dependence": pairs["mutual_dependence"],
            "log_pair": np.log(pairs["amount"]),
            "log_supplier": np.log(pairs["amount"] / pairs["supplier_share"]),
            "log_account": np.log(pairs["amount"] / pairs["account_share"]),
            "amount": pairs["amount"],
        }
    )
    named = pairs[["supplier", "account_id"]].assign(year=pairs["period"].astype("int64"))
    base = named.join(measures)
    chosen = base["year"].between(first_base, last_base) & (base["amount"] >= least_amount)
    panel = base[chosen].drop(columns="amount")
    later = base.rename(columns={name: f"{name}_start" for name in measures})
    panel = panel.merge(later.assign(year=later["year"] - 1), how="left", on=keys)
    third = base[[*keys, "amount"]].assign(year=base["year"] - 2)
    panel = panel.merge(third, how="left", on=keys)
    old, new = panel["amount_start"].fillna(0.0), panel["amount"].fillna(0.0)
    return panel.assign(
        change=2 * (new - old) / (new + old).where(new + old > 0),
        still_trading=(new > 0).astype("float64"),
    ).drop(columns=["amount", "amount_start"])


def imbalance_and_loss(panel: pd.DataFrame, *, level: float = 0.95) -> pd.DataFrame:
    """Return how the outcome differs with imbalance and mutual dependence, sizes being equal.

    Parameters
    ----------
    panel : as `loss_panel` returns it
    level : of the intervals, above 0 and below 1

    Returns
    -------
    DataFrame, a row for each outcome, time of measuring and predictor
        outcome ("change", "still_trading"), measured ("a year before", the test; "in the same
        year", for comparison), predictor, effect (of 0.10 more, on the outcome), error, low,
        high, rows; suppliers, accounts: how many; effective_suppliers, effective_accounts: how many
        equal ones they are worth.

    Raises
    ------
    InputError
        If there are fewer than 30 rows, 10 suppliers or 10 accounts to compare.
    """
    if not 0 < level < 1:
        raise InputError(f"level must be above 0 and below 1; got {level}")
    rows = [
        row
        for outcome in OUTCOMES
        for measured, when in MEASURED.items()
        for row in _effects(panel, outcome, measured, "" if when == "base" else "_start", level)
    ]
    return pd.DataFrame(rows)


def outcome_by_imbalance(
    panel: pd.DataFrame, *, edges: Sequence[float] = GROUP_EDGES
) -> pd.DataFrame:
    """Return what happened to pairs by how imbalanced they were, nothing held equal.

    Parameters
    ----------
    panel : as `loss_panel` returns it
    edges : rising imbalances that divide the groups

    Returns
    -------
    DataFrame
        Index imbalance (an interval, open below): pairs, change (mean), still_trading (share);
        largest_supplier, largest_account: the share of the pairs that are with the commonest one.
    """
    bounds = [-1.0 - 1e-9, *edges, 1.0]
    group = pd.cut(panel["power_imbalance"], bounds).rename("imbalance")
    grouped = panel.groupby(group, observed=False)
    return pd.DataFrame(
        {
            "pairs": grouped.size(),
            "change": grouped["change"].mean(),
            "still_trading": grouped["still_trading"].mean(),
            "largest_supplier": grouped["supplier"].agg(_commonest),
            "largest_account": grouped["account_id"].agg(_commonest),
        }
    )


def _commonest(names: pd.Series) -> float:
    return float(names.value_counts(normalize=True).max()) if len(names) else np.nan


def _effects(
    panel: pd.DataFrame, outcome: str, measured: str, suffix: str, level: float
) -> list[dict[str, object]]:
    """Fit one line and return what it says of each predictor."""
    names = [f"{name}{suffix}" for name in (*PREDICTORS, *CONTROLS)]
    used = panel.dropna(subset=[outcome, *names])
    clusters = [pd.factorize(used[key])[0] for key in ("supplier", "account_id")]
    counts = [int(cluster.max(initial=-1)) + 1 for cluster in clusters]
    if len(used) < 30 or min(counts) < 10:
        raise InputError("the test needs at least 30 rows, 10 suppliers and 10 accounts; got "
                         f"{len(used)}, {counts[0]} and {counts[1]}")  # fmt: skip
    years = pd.get_dummies(used["year"]).to_numpy(dtype=float)
    design = np.hstack([used[names].to_numpy(dtype=float), years])
    fit = clustered_fit(design, used[outcome].to_numpy(dtype=float), clusters)
    reach = fit.reach(level)
    return [
        {
            "outcome": outcome,
            "measured": measured,
            "predictor": name,
            "effect": 0.1 * fit.estimate[place],
            "error": 0.1 * fit.error[place],
            "low": 0.1 * (fit.estimate[place] - reach[place]),
            "high": 0.1 * (fit.estimate[place] + reach[place]),
            "rows": len(used),
            "suppliers": counts[0],
            "accounts": counts[1],
            "effective_suppliers": fit.effective[0, place],
            "effective_accounts": fit.effective[1, place],
        }
        for place, name in enumerate(PREDICTORS)
    ]
