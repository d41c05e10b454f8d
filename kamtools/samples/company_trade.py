"""The sample company's invoice lines: demand becomes orders, orders become lines.

An account that places no order in a month has its demand waiting for the next one, so a
small account is irregular from month to month and yet steady over a year.
"""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kamtools.samples.company_accounts import FADER, LOSES_MONEY, RISER, SUPERMARKET
from kamtools.samples.company_demand import FIRST_MONTH, MONTHS

Array = npt.NDArray[np.float64]

HOUSEHOLD = 0.6
SNACK = 1.0
FESTIVE = {"Mooncake box": (8, 9), "Festive gift tin": (12, 1, 2)}
# Name, cost as a share of the list price, price weight, weight in the wholesale trade.
PRODUCTS = pd.DataFrame(
    [
        ("Sesame crackers", 0.62, 1.0, SNACK),
        ("Rice crisps", 0.64, 0.9, SNACK),
        ("Seaweed snack", 0.58, 1.1, SNACK),
        ("Roasted peanuts", 0.70, 0.9, SNACK),
        ("Instant noodles", 0.74, 1.3, 1.2),
        ("Soy sauce", 0.69, 1.0, SNACK),
        ("Jasmine tea", 0.60, 1.2, HOUSEHOLD),
        ("Mooncake box", 0.55, 1.8, HOUSEHOLD),
        ("Festive gift tin", 0.57, 1.7, HOUSEHOLD),
        ("Washing powder", 0.76, 1.6, 2.6),
        ("Dish soap", 0.72, 1.0, 1.8),
        ("Paper napkins", 0.78, 1.1, 1.8),
    ],
    columns=["product", "cost_share", "price_weight", "wholesale_weight"],
)
# Cost of the goods against the list's cost share: what an account's prices do to margin.
PRICE_LEVEL = {LOSES_MONEY: 1.02, FADER: 1.05, RISER: 0.98, SUPERMARKET: 0.93}
RETURN_RATE = 0.012  # of lines
RETURN_RATE_BY_TRUTH = {LOSES_MONEY: 0.05, FADER: 0.03}
LATEST_DAY = pd.Timestamp("2024-12-31")


def invoice_lines(roster: pd.DataFrame, demand: Array, *, seed: int) -> pd.DataFrame:
    """Turn demand into the lines of invoices and credit notes.

    Parameters
    ----------
    roster
        As `make_roster` makes it.
    demand
        EUR by account and month, as `monthly_demand` draws it.
    seed
        Of order days, products, prices and returns.

    Returns
    -------
    DataFrame
        One row per line, in the order of date and invoice: `account_id`, `invoice_id`
        (`INV...`, credit notes `CN...`), `date`, `product`, `amount` and `cost` in EUR.
        A credit note's amount is negative; its cost is 0, as what comes back is thrown
        away.

    Examples
    --------
    >>> from kamtools.samples.company_accounts import make_roster
    >>> from kamtools.samples.company_demand import monthly_demand
    >>> roster = make_roster(seed=1)
    >>> lines = invoice_lines(roster, monthly_demand(roster, seed=1), seed=1)
    >>> bool((lines.loc[lines["amount"] < 0, "invoice_id"].str.startswith("CN")).all())
    True
    """
    rng = np.random.default_rng([seed, 4])
    orders = _orders(roster, demand, rng)
    sold = _lines(roster, orders, rng)
    sold["amount"] = _amounts(sold, demand, rng)
    sold = sold[sold["amount"] >= 0.01].reset_index(drop=True)
    sold["cost"] = _costs(roster, sold, rng)
    returned = _credit_notes(roster, sold, rng)
    columns = ["account_id", "invoice_id", "date", "product", "amount", "cost"]
    lines = pd.concat([sold[columns], returned[columns]])
    return lines.sort_values(["date", "invoice_id", "product"], ignore_index=True)


def _orders(roster: pd.DataFrame, demand: Array, rng: np.random.Generator) -> pd.DataFrame:
    """Draw orders: `row` of the roster, `month` (0-35), `date`, `invoice_id`, by date."""
    buying = demand > 0
    yearly = 12 * demand.sum(axis=1) / np.maximum(buying.sum(axis=1), 1)
    rate = np.clip((yearly / 18_000) ** 0.4, 0.6, 12.0)
    rate = np.where(roster["truth"] == LOSES_MONEY, 20.0, rate)  # many small orders
    is_steady = roster["truth"].isin([SUPERMARKET, RISER])
    rate = np.where(is_steady, np.maximum(rate, 1.5), rate)
    counts = _order_counts(rate, rng) * buying
    row, month = np.divmod(np.repeat(np.arange(demand.size), counts.ravel()), MONTHS)
    orders = pd.DataFrame({"row": row, "month": month, "date": _days(month, rng)})
    orders = orders.sort_values(["date", "row"], kind="stable", ignore_index=True)
    orders["invoice_id"] = [f"INV{number:06d}" for number in range(1, len(orders) + 1)]
    return orders


def _order_counts(rate: Array, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Draw orders by account and month: one due whenever the rates add up to a whole.

    The due day shifts at random, by most of a month; an account with a rate of 1.5 or more
    orders in every month.
    """
    surely_one = (rate >= 1.5).astype(int)
    due = np.outer(rate - surely_one, np.arange(1, MONTHS + 1)) + rng.random((len(rate), 1))
    due = due + rng.normal(0, 0.6, due.shape)
    reached = np.maximum.accumulate(np.maximum(np.floor(due), 0), axis=1).astype(int)
    return np.diff(reached, axis=1, prepend=0) + surely_one[:, None]


def _days(month: npt.NDArray[np.intp], rng: np.random.Generator) -> pd.Series:
    """Draw a working day in each month."""
    starts = np.datetime64(FIRST_MONTH, "M") + np.arange(MONTHS + 1)
    firsts = starts.astype("datetime64[D]")
    working_days = np.busday_count(firsts[:-1], firsts[1:])
    offsets = np.floor(rng.random(len(month)) * working_days[month]).astype(int)
    days = np.busday_offset(firsts[month], offsets, roll="forward")
    return pd.Series(days.astype("datetime64[ns]"))


def _lines(roster: pd.DataFrame, orders: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Give each order its products, each at most once; `place` is the product's number."""
    is_wholesale = roster["segment"].isin(["wholesaler", "discounter"]).to_numpy()
    counts = 1 + rng.poisson(np.where(is_wholesale[orders["row"]], 1.7, 0.9))
    wholesale = np.where(
        is_wholesale[orders["row"], None], PRODUCTS["wholesale_weight"].to_numpy(), 1.0
    )
    liking = np.log(wholesale * _festive(orders["month"].to_numpy()))
    # The largest of (log weight + Gumbel noise) is a draw without replacement.
    places = np.argsort(-(liking + rng.gumbel(size=liking.shape)), axis=1)
    chosen = np.arange(len(PRODUCTS)) < np.minimum(counts, 9)[:, None]
    at, rank = np.nonzero(chosen)
    lines = orders.iloc[at].reset_index(drop=True)
    lines["place"] = places[at, rank]
    lines["product"] = PRODUCTS["product"].to_numpy()[lines["place"]]
    lines["account_id"] = roster["account_id"].to_numpy()[lines["row"]]
    return lines


def _festive(month: npt.NDArray[np.intp]) -> Array:
    """Weigh the festive products: high before their festival, low in the rest of the year."""
    weights = np.ones((len(month), len(PRODUCTS)))
    for place, product in enumerate(PRODUCTS["product"]):
        if product in FESTIVE:
            weights[:, place] = np.where(np.isin(month % 12 + 1, FESTIVE[product]), 3.0, 0.02)
    return weights


def _amounts(lines: pd.DataFrame, demand: Array, rng: np.random.Generator) -> Array:
    """Share the demand that an account's month has to meet among the month's lines."""
    codes = lines["row"] * MONTHS + lines["month"]
    has_order = np.bincount(codes, minlength=demand.size).reshape(demand.shape) > 0
    met = np.where(has_order, np.cumsum(demand, axis=1), 0.0)
    to_meet = np.diff(np.maximum.accumulate(met, axis=1), axis=1, prepend=0.0).ravel()
    weight = rng.gamma(3.0, size=len(lines)) * PRODUCTS["price_weight"].to_numpy()[lines["place"]]
    total = np.bincount(codes, weights=weight, minlength=demand.size)
    return np.round(to_meet[codes] * weight / total[codes], 2)


def _costs(roster: pd.DataFrame, lines: pd.DataFrame, rng: np.random.Generator) -> Array:
    """Cost each line: the product's share, the account's price level, a little noise."""
    usual = rng.normal(1.0, 0.03, len(roster))
    usual = np.where(roster["segment"] == "wholesaler", usual + 0.05, usual)
    level = roster["truth"].map(PRICE_LEVEL).to_numpy(dtype=float)
    level = np.where(np.isnan(level), usual, level)[lines["row"]]
    share = PRODUCTS["cost_share"].to_numpy()[lines["place"]]
    return np.round(lines["amount"] * share * level * rng.normal(1.0, 0.01, len(lines)), 2)


def _credit_notes(
    roster: pd.DataFrame, sold: pd.DataFrame, rng: np.random.Generator
) -> pd.DataFrame:
    """Credit a part of some lines, one to five weeks later, each with a number of its own."""
    rate = roster["truth"].map(RETURN_RATE_BY_TRUTH).fillna(RETURN_RATE).to_numpy()
    returned = sold[rng.random(len(sold)) < rate[sold["row"]]].copy()
    returned["date"] += pd.to_timedelta(rng.integers(7, 36, len(returned)), unit="D")
    returned["amount"] = -np.round(returned["amount"] * rng.uniform(0.2, 1.0, len(returned)), 2)
    returned["cost"] = 0.0
    is_issued = (returned["date"] <= LATEST_DAY) & (returned["amount"] < 0)
    returned = returned[is_issued].sort_values(["date", "row", "invoice_id"], kind="stable")
    returned["invoice_id"] = [f"CN{number:05d}" for number in range(1, len(returned) + 1)]
    return returned
