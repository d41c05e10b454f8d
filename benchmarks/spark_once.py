"""The scorecard of Online Retail by Spark in local mode beside DuckDB's; needs `kamtools[spark]`.

    KAMTOOLS_DATA=FOLDER python -m benchmarks.spark_once

Java 17 must be there. The same Ibis expressions run on both; the tables are compared number by
number, without any tolerance, and the command fails where they differ.
"""

import tempfile
import time
from pathlib import Path

import ibis
import pandas as pd

from benchmarks.machine import describe_machine
from kamtools import engagement, ledger
from kamtools.samples import locate


def main() -> None:
    """Compute both, compare them and print one line for each."""
    from pyspark.sql import SparkSession  # not in the lock: an extra of its own

    firm = engagement.load(locate("online-retail"))
    builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
    with tempfile.TemporaryDirectory(prefix="kamtools-spark-") as folder:
        path = Path(folder) / "lines.parquet"
        firm.invoices.to_parquet(path)
        lines = ibis.pyspark.connect(session).read_parquet(str(path))
        print(f"{describe_machine()}\n{lines.count().to_pandas():,} lines")
        cards = [_timed(name, table, firm.as_of) for name, table in
                 (("DuckDB", firm.invoices), (f"Spark {session.version}", lines))]  # fmt: skip
        pd.testing.assert_frame_equal(*cards, check_exact=True)
        months = [ledger.monthly(table) for table in (firm.invoices, lines)]
        pd.testing.assert_frame_equal(*months, check_exact=True)
    session.stop()
    print(f"equal: {cards[0].size:,} numbers of the scorecard, {months[0].size:,} of the months")


def _timed(name: str, lines: ibis.Table, as_of: object) -> pd.DataFrame:
    start = time.perf_counter()
    card = ledger.scorecard(lines, as_of=as_of)
    print(f"{name}: {len(card):,} accounts in {time.perf_counter() - start:.1f} s")
    return card


if __name__ == "__main__":
    main()
