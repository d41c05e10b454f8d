import datetime

import duckdb
import pandas as pd
import pytest

from benchmarks import ledger_contenders as contenders
from benchmarks.invoice_lines import write_ledger

LINES = 20_000
PEERS = [contenders.pandas_scorecard, contenders.tuned_pandas_scorecard]


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("benchmark") / "lines.parquet"
    write_ledger(path, lines=LINES, seed=5)
    return path


@pytest.mark.parametrize("as_of", [datetime.date(2024, 12, 31), datetime.date(2024, 7, 11)])
@pytest.mark.parametrize("peer", PEERS)
def test_pandas_does_the_same_work_as_the_scorecard(path, peer, as_of):
    assert (
        contenders.differences(peer(path, as_of), contenders.kamtools_scorecard(path, as_of)) == {}
    )


def test_a_number_that_differs_by_a_cent_is_told():
    card = pd.DataFrame({"revenue": [10.0, 5.0], "orders": [3, 1]}, index=["A", "B"])
    assert contenders.differences(card, card.assign(revenue=[10.0, 5.01])) == {"revenue": 1}


def test_the_floor_adds_up_all_lines(path):
    total = duckdb.sql(f"SELECT sum(amount) FROM '{path}'").fetchone()[0]
    for contender in (contenders.floor, contenders.floor_by_day):
        assert contender(path, None).amount.sum() == pytest.approx(total)


def test_the_ledger_is_of_the_shape_that_its_description_promises(path):
    lines = pd.read_parquet(path)
    assert len(lines) == LINES
    assert lines.date.is_monotonic_increasing
    assert lines.groupby(lines.date.astype("str").str[:7]).ngroups == 36
    assert lines.invoice_id.nunique() == pytest.approx(LINES / 10, rel=0.1)
    assert (lines.amount < 0).mean() == pytest.approx(0.02, abs=0.01)
    assert lines["product"].nunique() == 40


def test_the_same_seed_writes_the_same_ledger(path, tmp_path):
    write_ledger(tmp_path / "again.parquet", lines=LINES, seed=5)
    assert pd.read_parquet(tmp_path / "again.parquet").equals(pd.read_parquet(path))
