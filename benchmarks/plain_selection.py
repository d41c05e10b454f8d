"""The same list of accounts as a script in plain pandas: no checks, no figures, no report.

    python -m benchmarks.plain_selection FOLDER OUT.csv

Lines are set aside and the scorecard is made in pandas, for this one file; criteria and
score are those of kamtools, so that the list can be compared.
"""

import argparse
import tomllib
from pathlib import Path

import pandas as pd

from benchmarks.pandas_scorecard import scorecard
from kamtools.selection.measurement import criteria_table
from kamtools.selection.portfolio import choose_top, eligible
from kamtools.selection.scoring import score
from kamtools.selection.weights import parse_weights

TOP = 20


def main() -> None:
    """Write the chosen accounts of an engagement's invoices.parquet."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.plain_selection")
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    plain_selection(options.folder).to_csv(options.out)


def plain_selection(folder: Path) -> pd.DataFrame:
    """Return rank and score of the chosen accounts, the first of them first."""
    settings = tomllib.loads((folder / "engagement.toml").read_text(encoding="utf-8"))
    candidates = eligible(scorecard(read_lines(folder), settings["as_of"]))
    table = criteria_table(candidates, as_of=settings["as_of"])
    weights = parse_weights("default", table.values.columns)
    scores = score(table.values, weights, table.objectives)
    return scores[choose_top(scores, TOP)].sort_values("rank")


def read_lines(folder: Path) -> pd.DataFrame:
    """Return the lines that count: with an account and an amount, repeated ones only once."""
    lines = pd.read_parquet(
        folder / "invoices.parquet", to_pandas_kwargs={"date_as_object": False}
    ).drop_duplicates()
    is_used = lines["account_id"].notna() & (lines["amount"] != 0)
    return lines[is_used].assign(cost=float("nan"))


if __name__ == "__main__":
    main()
