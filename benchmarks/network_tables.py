"""Write the playbook's section on who is captive to whom in Iowa, and draw its picture.

    KAMTOOLS_DATA=FOLDER python -m benchmarks.network_tables --out FILE --picture FILE

The folder holds the State's lines and lists (`iowa/`). Without options the section is printed.
"""

import argparse
import os
import re
from pathlib import Path

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from benchmarks import network_numbers as numbers
from benchmarks import network_words as words
from benchmarks.network_iowa import data_files
from benchmarks.network_loss_section import loss_section
from benchmarks.network_study import (
    FIRST_YEAR,
    KEYS,
    LAST_YEAR,
    NAMED_FROM,
    Study,
    study,
)
from kamtools.plots.network import plot_network
from kamtools.plots.style import figure_of
from kamtools.samples.iowa import IOWA_PROXIMO

PROGRAM = "python -m benchmarks.network_tables"
NAMED = 6
"""How many captive pairs of either kind the picture names at most."""

PICTURE_WORDS = (
    "Each pair of a vendor and a chain by the share of the chain's purchases and of the vendor's "
    "sales: where a vendor is captive it sells a third or more to one chain of whose purchases it "
    "is little"
)
SOURCE = (
    "Source: State of Iowa, Alcoholic Beverages Division, *Iowa Liquor Sales*, "
    f"{IOWA_PROXIMO.reference}, with its lists of products and stores of 1 November 2022."
)
LEGAL_FORM = re.compile(
    r"\b(INC|LLC|LTD|CO|CORP|CORPORATION|COMPANY|DISTILLERY|DISTILLING|BEVERAGE|IMPORTS|NV|USA)\b\.?"
)


def main() -> None:
    """Print or write the section, and draw its picture where one is asked for."""
    options = _options()
    data = Path(os.environ.get("KAMTOOLS_DATA") or "no folder")
    if not data_files(data):
        raise SystemExit("KAMTOOLS_DATA names no folder that holds iowa/lines and Iowa's lists")
    found = study(data)
    text = section(found, picture_file=options.picture and options.picture.name)
    if options.out is None:
        print(text)
    else:
        options.out.write_text(text, encoding="utf-8")
    if options.picture is not None:
        figure_of(picture(found)).savefig(options.picture)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog=PROGRAM, description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, help="Markdown file; printed without it")
    parser.add_argument("--picture", type=Path, help="PNG of the pairs")
    return parser.parse_args()


def picture(found: Study) -> Axes:
    """Return the axes of the picture: both shares of every listed pair, the most captive named."""
    zone = found.most["zone"]
    named = pd.concat([found.most[zone == word].head(NAMED) for word in words.ZONE_WORDS])[KEYS]
    place = pd.MultiIndex.from_frame(found.listed[KEYS])
    most = place.get_indexer(pd.MultiIndex.from_frame(named))
    names = [
        f"{short_name(supplier)} – {account}" for supplier, account in named.itertuples(index=False)
    ]
    count = found.listed["zone"].value_counts()
    return plot_network(
        found.listed,
        names=pd.Series(names, index=found.listed.index[most]),
        supplier_word="vendor",
        account_word="chain",
        title=f"In {count.get('captive supplier', 0)} pairs the vendor is captive, "
        f"in {count.get('captive account', 0)} the chain",
    )


def short_name(vendor: str) -> str:
    """Return a vendor's name without its legal form and what stands after a stroke.

    Examples
    --------
    >>> short_name("MPL BRANDS NV INC/ PATCO BRANDS"), short_name("SAZERAC COMPANY  INC")
    ('Mpl Brands', 'Sazerac')
    """
    return " ".join(LEGAL_FORM.sub(" ", vendor.partition("/")[0]).split()).title()


def section(found: Study, *, picture_file: str | None = None) -> str:
    """Return the whole section in Markdown, with its picture where that has a file."""
    shown = [f"![{PICTURE_WORDS}](pictures/{picture_file})"] if picture_file else []
    parts = [
        "## Measured: vendors and chains in Iowa",
        words.introduction(found, f"{PROGRAM} --out FILE --picture FILE"),
        words.in_short(found),
        "### The most imbalanced pairs",
        pairs_table(found.most),
        words.about_pairs(found),
        *shown,
        f"### What moved, {FIRST_YEAR} to {LAST_YEAR}",
        f"Imbalance of the same pairs, {NAMED_FROM} to {LAST_YEAR} (–: no trade):",
        history_table(found),
        "The whole network:",
        years_table(found.years),
        words.about_years(found),
        moved_table(found.moved),
        loss_section(found),
        "### What these data cannot say",
        "\n".join(f"- {limit}" for limit in words.LIMITS),
        "### How it is measured",
        words.definitions(found),
        SOURCE,
    ]
    return "\n\n".join(parts) + "\n"


def pairs_table(most: pd.DataFrame) -> str:
    """Return the most imbalanced pairs, first the captive vendors, then the captive chains."""
    rows = [
        [
            numbers.plain(pair.supplier) + " °" * (pair.own_brand > 0.5),
            numbers.plain(pair.account_id),
            f"{pair.amount / 1e6:.2f}",
            numbers.percent_interval(pair, "supplier_share"),
            numbers.percent_interval(pair, "account_share"),
            f"{pair.supplier_alternatives:.1f} / {pair.account_alternatives:.1f}",
            numbers.signed_interval(pair, "power_imbalance"),
            f"{pair.mutual_dependence:.2f}",
            words.ZONE_WORDS.get(pair.zone, pair.zone),
        ]
        for pair in most.itertuples(index=False)
    ]
    head = [
        "vendor", "chain", "trade, $ M", "share of the vendor's sales, %",
        "share of the chain's purchases, %", "effective others of vendor / chain", "imbalance",
        "mutual", "zone",
    ]  # fmt: skip
    return numbers.table(head, rows, left=(0, 1, 8))


def history_table(found: Study) -> str:
    """Return the imbalance of the most imbalanced pairs, year by year."""
    years = list(range(NAMED_FROM, LAST_YEAR + 1))
    every = found.pairs.pivot(index=KEYS, columns="period", values="power_imbalance")
    shown = every.reindex(pd.MultiIndex.from_frame(found.most[KEYS]))[years]
    rows = [
        [numbers.plain(supplier), numbers.plain(account),
         *("–" if np.isnan(value) else numbers.signed(value) for value in row)]
        for (supplier, account), row in zip(shown.index, shown.to_numpy(), strict=True)
    ]  # fmt: skip
    return numbers.table(["vendor", "chain", *map(str, years)], rows, left=(0, 1))


def years_table(years: pd.DataFrame) -> str:
    """Return the network in some years, a row a measure."""
    rows = [
        [label, *(numbers.cell(years.at[year, column], how) for year in words.SHOWN_YEARS)]
        for label, (column, how) in words.YEAR_ROWS.items()
    ]
    return numbers.table(["year to October", *map(str, words.SHOWN_YEARS)], rows)


def moved_table(moved: pd.DataFrame) -> str:
    """Return the pairs whose imbalance moved most."""
    first, last = NAMED_FROM, LAST_YEAR
    rows = []
    for pair in moved.itertuples(index=False):
        was = pair._asdict()
        rows.append(
            [
                numbers.plain(pair.supplier),
                numbers.plain(pair.account_id),
                *(
                    f"{numbers.percent_number(was[f'{name}_{first}'])} → "
                    f"{numbers.percent_number(was[f'{name}_{last}'])}"
                    for name in ("supplier_share", "account_share")
                ),
                f"{numbers.signed(was[f'power_imbalance_{first}'])} → "
                f"{numbers.signed(was[f'power_imbalance_{last}'])}",
                numbers.signed_range(pair.power_imbalance_low, pair.power_imbalance_high),
            ]
        )
    head = [
        "vendor", "chain", "share of the vendor's sales, %", "share of the chain's purchases, %",
        "imbalance", "its change, 90 % interval",
    ]  # fmt: skip
    return numbers.table(head, rows, left=(0, 1))


if __name__ == "__main__":
    main()
