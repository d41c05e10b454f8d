"""What the sample company's people do for each account, in hours and money.

Costs are hours at the rate of the activity plus what the activity uses up (displays,
express freight). Most accounts ask for what their size suggests; some ask for more.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.samples.company_accounts import LOSES_MONEY, POWER_TRAP, SUPERMARKET
from kamtools.samples.company_demand import FIRST_MONTH, MONTHS

Array = npt.NDArray[np.float64]

# Hours each, EUR per hour, EUR of material each, occasions a month at EUR 15,000 a year.
ACTIVITIES = pd.DataFrame(
    [
        ("order entry", 0.4, 36.0, 0.0, np.nan),
        ("visit", 2.5, 52.0, 18.0, 0.36),
        ("complaint", 2.0, 45.0, 25.0, 0.05),
        ("promotion", 7.0, 48.0, 380.0, 0.035),
        ("express delivery", 1.5, 38.0, 240.0, 0.015),
    ],
    columns=["activity", "hours_each", "cost_per_hour", "material_each", "base_rate"],
)
# Occasions a month of the account that loses money, at any size.
LOSER_RATES = {"visit": 14.0, "complaint": 9.0, "promotion": 9.0, "express delivery": 22.0}
LOSS_ON_MARGIN = 1.22  # its service in the last year costs this multiple of its gross margin
APPETITE = {SUPERMARKET: 1.2, POWER_TRAP: 1.3}
ELECTRONIC_ORDERS = ("discounter", "regional grocer", "online shop")


def service_records(
    roster: pd.DataFrame, demand: Array, lines: pd.DataFrame, *, seed: int
) -> pd.DataFrame:
    """Draw the record of service hours of three years.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    demand
        EUR by account and month, as `monthly_demand` draws it.
    lines
        Clean invoice lines, as `invoice_lines` makes them: they say how many orders were
        entered, and what the account that loses money leaves as gross margin.
    seed
        Of occasions, hours and days.

    Returns
    -------
    DataFrame
        One row per account, month and activity that took place, by date: `account_id`,
        `date`, `activity`, `hours`, `cost` in EUR.
    """
    rng = np.random.default_rng([seed, 6])
    counts = _occasions(roster, demand, lines, rng)
    row, month, kind = np.nonzero(counts)
    times = counts[row, month, kind]
    kinds = ACTIVITIES.iloc[kind].reset_index(drop=True)
    hours = times * kinds["hours_each"] * rng.gamma(6.0, 1 / 6.0, len(times))
    material = times * kinds["material_each"] * rng.uniform(0.6, 1.4, len(times))
    records = pd.DataFrame(
        {
            "account_id": roster["account_id"].to_numpy()[row],
            "date": _last_working_days(month, rng),
            "activity": kinds["activity"],
            "hours": np.maximum(np.round(hours, 1), 0.1),
        }
    )
    records["cost"] = np.round(records["hours"] * kinds["cost_per_hour"] + material, 2)
    records = _raised(records, roster, lines)
    return records.sort_values(["date", "account_id", "activity"], ignore_index=True)


def _occasions(
    roster: pd.DataFrame, demand: Array, lines: pd.DataFrame, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """Draw how often each activity took place, by account, month and activity."""
    yearly = 12 * demand.sum(axis=1) / np.maximum((demand > 0).sum(axis=1), 1)
    appetite = roster["truth"].map(APPETITE).fillna(0.0).to_numpy()
    appetite = np.where(appetite > 0, appetite, np.exp(rng.normal(-0.1, 0.7, len(roster))))
    rate = np.outer(appetite * (yearly / 15_000) ** 0.5, ACTIVITIES["base_rate"].fillna(0.0))
    loser = (roster["truth"] == LOSES_MONEY).to_numpy()
    rate[loser] = ACTIVITIES["activity"].map(LOSER_RATES).fillna(0.0).to_numpy()
    counts = rng.poisson(rate[:, None, :], (*demand.shape, len(ACTIVITIES)))
    counts *= (demand > 0)[:, :, None]
    counts[:, :, 0] = _orders_entered(roster, lines)
    return counts


def _orders_entered(roster: pd.DataFrame, lines: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Count the invoices by account and month; none where orders come electronically."""
    invoices = lines[lines["amount"] > 0].drop_duplicates("invoice_id")
    row = pd.Index(roster["account_id"]).get_indexer(invoices["account_id"])
    since = invoices["date"].dt.year * 12 + invoices["date"].dt.month
    start = pd.Timestamp(FIRST_MONTH)
    month = (since - (start.year * 12 + start.month)).to_numpy()
    counts = np.bincount(row * MONTHS + month, minlength=len(roster) * MONTHS)
    by_hand = ~roster["segment"].isin(ELECTRONIC_ORDERS).to_numpy()
    return counts.reshape(len(roster), MONTHS) * by_hand[:, None]


def _last_working_days(month: npt.NDArray[np.intp], rng: np.random.Generator) -> pd.Series:
    """Draw one of the ten last working days of each month: when the hours are booked."""
    next_month = np.datetime64(FIRST_MONTH, "M") + month + 1
    back = -rng.integers(1, 11, len(month))
    days = np.busday_offset(next_month.astype("datetime64[D]"), back, roll="forward")
    return pd.Series(days.astype("datetime64[ns]"))


def _raised(records: pd.DataFrame, roster: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Scale hours and cost of the account that loses money to `LOSS_ON_MARGIN`."""
    loser = roster.loc[roster["truth"] == LOSES_MONEY, "account_id"].iloc[0]
    last_year = lines[(lines["account_id"] == loser) & (lines["date"] >= "2024-01-01")]
    margin = float(last_year["amount"].sum() - last_year["cost"].sum())
    mine = records["account_id"] == loser
    spent = records.loc[mine & (records["date"] >= "2024-01-01"), "cost"].sum()
    factor = LOSS_ON_MARGIN * margin / float(spent)
    raised = records.copy()
    raised.loc[mine, "hours"] = np.round(records.loc[mine, "hours"] * factor, 1)
    raised.loc[mine, "cost"] = np.round(records.loc[mine, "cost"] * factor, 2)
    return raised
