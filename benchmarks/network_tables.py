"""Write the playbook's section on who is captive to whom in Iowa.

KAMTOOLS_DATA=FOLDER python -m benchmarks.network_tables --out section.md --picture map.png
"""

import argparse
import os
import re
from pathlib import Path

import pandas as pd
from matplotlib.axes import Axes

from benchmarks import network_numbers as numbers
from benchmarks import network_words as words
from benchmarks.network_iowa import data_files
from benchmarks.network_study import FIRST_YEAR, KEYS, LAST_YEAR, Study, study
from kamtools.plots.network import plot_network
from kamtools.plots.style import figure_of

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
    text = section(found)
    if options.out is None:
        print(text)
    else:
        options.out.write_text(text, encoding="utf-8")
    if options.picture is not None:
        figure_of(picture(found)).savefig(options.picture)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.network_tables", description=__doc__
    )
    parser.add_argument("--out", type=Path, help="Markdown file; printed without it")
    parser.add_argument("--picture", type=Path, help="PNG of the pairs")
    return parser.parse_args()


def picture(found: Study) -> Axes:
    """Return the axes of the picture: both shares of every listed pair, the extremes by name."""
    place = pd.MultiIndex.from_frame(found.listed[KEYS])
    most = place.get_indexer(pd.MultiIndex.from_frame(found.most[KEYS]))
    names = [
        f"{short_name(supplier)} – {account}"
        for supplier, account in found.most[KEYS].itertuples(index=False)
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


def section(found: Study) -> str:
    """Return the whole section in Markdown."""
    parts = [
        "## Iowa: who is captive to whom",
        words.introduction(found),
        words.definitions(found),
        "### The most imbalanced pairs",
        pairs_table(found.most),
        words.about_pairs(found),
        f"### What moved, {FIRST_YEAR} to {LAST_YEAR}",
        years_table(found.years),
        words.about_years(found),
        moved_table(found.moved),
        words.about_moved(),
        "### Does imbalance come before a loss?",
        words.about_test(found),
        loss_table(found.test),
        words.outcome_of_test(found),
        groups_table(found.groups),
        words.REGRESSION,
        "### What these data cannot say",
        "\n".join(f"- {limit}" for limit in words.LIMITS),
    ]
    return "\n\n".join(parts) + "\n"


def pairs_table(most: pd.DataFrame) -> str:
    """Return the most imbalanced pairs, first the captive vendors, then the captive chains."""
    rows = [
        [
            _plain(pair.supplier),
            _plain(pair.account_id),
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
    return table(head, rows, left=(0, 1, 8))


def years_table(years: pd.DataFrame) -> str:
    """Return the network in some years, a row a measure."""
    rows = [
        [label, *(numbers.cell(years.at[year, column], how) for year in words.SHOWN_YEARS)]
        for label, (column, how) in words.YEAR_ROWS.items()
    ]
    return table(["year to October", *map(str, words.SHOWN_YEARS)], rows)


def moved_table(moved: pd.DataFrame) -> str:
    """Return the pairs whose imbalance moved most."""
    first, last = words.NAMED_FROM, LAST_YEAR
    rows = []
    for pair in moved.itertuples(index=False):
        was = pair._asdict()
        rows.append(
            [
                _plain(pair.supplier),
                _plain(pair.account_id),
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
    return table(head, rows, left=(0, 1))


def loss_table(test: pd.DataFrame) -> str:
    """Return what 0.10 more of imbalance and of mutual dependence goes with."""
    rows = [
        [
            words.OUTCOME_WORDS[row.outcome],
            words.PREDICTOR_WORDS[row.predictor],
            row.measured,
            numbers.points_interval(row.effect, row.low, row.high),
            f"{row.rows:,}",
        ]
        for row in test.itertuples(index=False)
    ]
    head = ["outcome", "0.10 more of", "measured", "difference, points (95 %)", "pair-years"]
    return table(head, rows, left=(0, 1, 2))


def groups_table(groups: pd.DataFrame) -> str:
    """Return what happened to pairs by how imbalanced they were, groups without any left out."""
    groups = groups[groups["pairs"] > 0]
    rows = [
        [
            f"{numbers.signed(max(span.left, -1))} to {numbers.signed(span.right)}",
            f"{row.pairs:,.0f}",
            numbers.points(row.change),
            numbers.percent_number(row.still_trading),
        ]
        for span, row in zip(groups.index, groups.itertuples(index=False), strict=True)
    ]
    head = ["imbalance in the first year", "pair-years", "mean change, points",
            "still trading in the third year, %"]  # fmt: skip
    return table(head, rows)


def table(head: list[str], rows: list[list[str]], *, left: tuple[int, ...] = (0,)) -> str:
    """Return a Markdown table, numbers to the right."""
    rule = ["---" if column in left else "--:" for column in range(len(head))]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rule, *rows])


def _plain(name: str) -> str:
    """Return a name as the State writes it, with single blanks, safe in a table."""
    return " ".join(name.split()).replace("|", "/")


if __name__ == "__main__":
    main()
