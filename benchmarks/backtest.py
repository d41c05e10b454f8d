"""The back-test of every data set with history, as Markdown tables for the playbook. Not timed.

    python -m benchmarks.backtest [NAME ...]

KAMTOOLS_DATA names the folder of the public data. Nothing is tuned: default weights, default
rules, all methods, all horizons that the history allows. `iowa-stores` is no engagement: all
vendors' sales to each store, month by month, at the ends of the years 2012 to 2020.
"""

import argparse
import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from benchmarks.backtest_tables import (
    calibration_table,
    other_sizes,
    percent_cell,
    risers_and_faders,
    share_table,
)
from kamtools import engagement
from kamtools.errors import InputError
from kamtools.purchases import purchase_history
from kamtools.samples import locate
from kamtools.samples.public import data_folder_from_environment
from kamtools.selection.backtest import backtest
from kamtools.selection.backtest_calibration import calibration
from kamtools.selection.backtest_dates import period_name
from kamtools.selection.backtest_table import POOLED
from kamtools.selection.backtest_tally import NEWCOMERS
from kamtools.selection.backtest_words import describe_missing, main_top

SEED = 1
IOWA_STORES = "iowa-stores"
TITLES = {
    IOWA_STORES: "Iowa, every liquor store, all vendors",
    "iowa-proximo": "Iowa, one supplier (Proximo), stores under their chains",
    "online-retail": "Online Retail, a British giftware wholesaler",
    "cdnow": "CDNOW, consumers' orders of music",
    "adventureworks": "AdventureWorks (fictitious), bicycle resellers",
    "northwind": "Northwind (fictitious), food",
    "sample": "The sample company (simulated)",
}
CALIBRATED_MONTHS = (3, 12)
LATER_YEARS = (1, 2, 4, 6)
YEARS = range(2012, 2022)


@dataclass(frozen=True)
class Lines:
    """What a back-test needs of a data set; past dates where these are not spread evenly."""

    invoices: ir.Table
    as_of: datetime.date
    months_ago: tuple[int, ...] | None = None


def lines_of(name: str) -> Lines:
    """Return the invoice lines of a data set, stores under their chains where these buy."""
    if name == IOWA_STORES:
        folder = data_folder_from_environment()
        if folder is None:
            raise InputError("iowa-stores is read from the folder that KAMTOOLS_DATA names")
        return iowa_stores(folder)
    firm = engagement.roll_up(engagement.load(locate(name)))
    return Lines(firm.invoices, firm.as_of)


def iowa_stores(data_folder: Path) -> Lines:
    """Return a line a store and month, on its first day; the dates are the ends of years."""
    file = data_folder / "iowa" / "iowa_edges_month.parquet"
    month = pd.read_parquet(file, columns=["Month", "Store Number", "Sale (Dollars)"])
    store, amount = month["Store Number"].astype("str"), month["Sale (Dollars)"].astype("float64")
    sums = amount.groupby([store, month["Month"]]).sum().reset_index()
    table = pa.table(
        {
            "account_id": pa.array(sums["Store Number"], pa.string()),
            "date": pa.array(pd.to_datetime(sums["Month"]).dt.date, pa.date32()),
            "amount": sums["Sale (Dollars)"].to_numpy(),
            "cost": pa.nulls(len(sums), pa.float64()),
        }
    )
    return Lines(ibis.memtable(table), datetime.date(2021, 12, 31), tuple(range(12, 109, 12)))


def first_look(data_folder: Path, *, top: int = 20) -> pd.DataFrame:
    """Return what the stores with the largest sales of a year brought in later years.

    By the year file, means over the years 2012 to 2021; the best possible list is drawn from
    all stores, also from those that no list could have named.

    Returns
    -------
    DataFrame
        Index years later; revenue_share and top_found (0-1).
    """
    edges = pd.read_parquet(data_folder / "iowa" / "iowa_edges_year.parquet")
    amount = edges["Sale (Dollars)"].astype("float64")
    sales = amount.groupby([edges["Store Number"], edges["Year"]]).sum().unstack().fillna(0.0)
    largest = {year: sales[year].nlargest(top).index for year in YEARS}
    rows = [
        {
            "years_later": later,
            "revenue_share": sales.loc[largest[year], year + later].sum()
            / sales.loc[largest[year + later], year + later].sum(),
            "top_found": len(largest[year].intersection(largest[year + later])) / top,
        }
        for later in LATER_YEARS
        for year in YEARS
        if year + later in YEARS
    ]
    return pd.DataFrame(rows).groupby("years_later").mean()


def part_of(name: str, lines: Lines) -> tuple[str, pd.DataFrame]:
    """Return the part of the section on one data set, and its calibration."""
    table = backtest(lines.invoices, as_of=lines.as_of, months_ago=lines.months_ago, seed=SEED)
    history = purchase_history(lines.invoices, as_of=lines.as_of)
    held = calibration(history, horizons_months=CALIBRATED_MONTHS, seed=SEED).assign(data=name)
    title = f"### {TITLES[name]}"
    if table.empty:
        return f"{title}\n\n{table.attrs['reason']}", held
    top = main_top(table)
    pooled = table[(table["date"] == POOLED) & (table["top"] == top)]
    blocks = [title, _about(table, pooled)]
    for measure, word in (("revenue_share", "revenue"), ("margin_share", "margin")):
        rows = pooled[pooled["measure"] == measure]
        if rows["value"].notna().any():
            blocks += [f"Best possible {word} caught, %, lists of {top}:", share_table(rows)]
    blocks += [f"Risers found / faders avoided, %, lists of {top}, all dates together:",
               risers_and_faders(pooled), other_sizes(table, top)]  # fmt: skip
    return "\n\n".join(block for block in blocks if block), held


def _about(table: pd.DataFrame, pooled: pd.DataFrame) -> str:
    """Return accounts, dates, newcomers and what is not judged, in a line."""
    days = sorted(table.loc[table["date"] != POOLED, "date"].unique())
    new = pooled[pooled["measure"] == NEWCOMERS].sort_values("horizon_months").iloc[-1]
    return (
        f"{pooled['n_accounts'].iloc[0]:,} accounts on average; {len(days)} dates, {days[0]} to "
        f"{days[-1]}. Newcomers in the later top: {percent_cell(new['value'])} % in "
        f"{period_name(int(new['horizon_months']))}. {describe_missing(table)}"
    ).rstrip()


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables of the section."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.backtest", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(TITLES))
    names = parser.parse_args(arguments).names or list(TITLES)
    held = []
    for name in names:
        text, of_name = part_of(name, lines_of(name))
        held.append(of_name)
        print(f"{text}\n", flush=True)
    print(f"### Did the intervals hold?\n\n{calibration_table(held)}")


if __name__ == "__main__":
    main()
