"""The network's peers do the same work, and its section is made of any folder of that shape.

A small made folder stands in for the State's files; where these are there, their totals are held.
"""

import datetime
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import benchmarks
from benchmarks import network_contenders as contenders
from benchmarks.measuring import Measurement
from benchmarks.network import table, write_sample
from benchmarks.network_iowa import (
    data_files,
    edges_by_month_as_kept,
    lines_of,
    parties,
)
from benchmarks.network_loss_section import afterwards_table, groups_table, loss_table
from benchmarks.network_study import heaviest, study
from benchmarks.network_tables import (
    history_table,
    moved_table,
    pairs_table,
    picture,
    section,
    short_name,
    years_table,
)
from kamtools.power.network_edges import edges_from_lines

VENDORS = [f"VENDOR {letter} INC" for letter in "ABCDEFGHIJKLMN"]
STORES = range(2001, 2031)
NAMES = ["HY-VEE", "COSTCO WHOLESALE", "TARGET STORE"]
OWN_SHOP = 9001


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Return a folder of made lines: 14 vendors, 31 stores, three of every four in a chain."""
    data = tmp_path_factory.mktemp("made")
    (data / "iowa" / "lines").mkdir(parents=True)
    rng = np.random.default_rng(1)
    stores = [*STORES, OWN_SHOP]
    names = [f"{NAMES[n % 4]} #{n}" if n % 4 < 3 else f"SHOP {n}" for n in range(len(STORES))]
    listed = pd.DataFrame({"Store": stores, "Name": [*names, "OWN DISTILLERY"], "City": "AMES"})
    chains = [["Hy-Vee", "Costco", "Target", name][n % 4] for n, name in enumerate(names)]
    mapped = listed.rename(columns={"Store": "Store Number"}).assign(
        chain=[*chains, "OWN DISTILLERY"],
        kind=[*("chain" if n % 4 < 3 else "single" for n in range(len(STORES))), "single"],
    )
    listed.to_parquet(data / "iowa" / "iowa_stores.parquet")
    mapped.to_csv(data / "iowa" / "iowa_store_chain_map.csv", index=False)
    pd.DataFrame(
        {
            "Item Number": range(100, 114),
            "Vendor": range(14),
            "Vendor Name": VENDORS,
            "Item Description": ["KIRKLAND SIGNATURE GIN", *["GIN"] * 13],
        }
    ).to_parquet(data / "iowa" / "iowa_products.parquet")
    size = rng.lognormal(12, 1, (15, len(stores)))
    size[[1, 2], [3, 7]] *= 100  # two shops that buy nearly all from one vendor
    for year in range(2012, 2023):
        months = 10 if year == 2022 else 12
        month, item, store = (
            place.ravel() for place in np.indices((months, 15, len(stores)), dtype=int)
        )
        lines = pa.table(
            {
                "Date": pa.array([datetime.date(year, m + 1, 5) for m in month]),
                "Store Number": pa.array([str(stores[n]) for n in store]),
                "Item Number": pa.array([str(100 + n) for n in item]),  # 114 is on no list
                "Bottles Sold": pa.array(np.ones(len(item)), pa.int32()),
                "cents": pa.array(
                    (size[item, store] * rng.lognormal(0, 0.4, len(item))).astype(int)
                ),
            }
        )
        kept = pa.array(rng.random(len(item)) < 0.9)
        pq.write_table(lines.filter(kept), data / "iowa" / "lines" / f"{year}.parquet")
    return data


def test_pandas_does_the_same_work_as_the_network(made):
    files = data_files(made)
    own = contenders.kamtools_network(files, made)
    assert contenders.differences(own, contenders.pandas_network(files, made)) == {}
    assert len(own) > 1000


def test_a_share_that_differs_is_told(made):
    own = contenders.kamtools_network(data_files(made)[:1], made)
    other = own.assign(supplier_share=own["supplier_share"] + 0.001)
    assert contenders.differences(own, other) == {"supplier_share": len(own)}
    assert contenders.differences(own, own[1:]) == {"pairs": 1}


def test_the_floor_adds_up_all_lines(made):
    files = data_files(made)
    cents = sum(pq.read_table(path, columns=["cents"])["cents"].to_numpy().sum() for path in files)
    assert contenders.duckdb_sums(files, made)["cents"].sum() == cents
    assert contenders.kamtools_edges(files, made)["amount"].sum() == pytest.approx(cents / 100)


def test_a_sample_is_the_same_whenever_it_is_written_and_about_as_large_as_asked(made, tmp_path):
    for name in ("one", "two"):
        write_sample(tmp_path / f"{name}.parquet", data_files(made), 10_000)
    one, two = (pd.read_parquet(tmp_path / f"{name}.parquet") for name in ("one", "two"))
    assert len(one) == pytest.approx(10_000, rel=0.05)
    columns = list(one)
    pd.testing.assert_frame_equal(
        one.sort_values(columns, ignore_index=True), two.sort_values(columns, ignore_index=True)
    )


def test_the_table_measures_processor_time_in_times_of_the_first():
    runs = {"kamtools: edges and all pairs": [Measurement(2.0, 3.0, 10**9)],
            "pandas: the same": [Measurement(5.0, 5.0, 2 * 10**9)]}  # fmt: skip
    assert "| pandas: the same | 5.00 | 5.00 – 5.00 | 5.00 | 1.67 | 2,000 |" in table(runs)


def test_stores_are_told_their_chain_and_makers_shops_their_kind(made):
    parted = parties(made)
    assert parted.buyers["2001"] == "Hy-Vee"
    assert parted.buyers["2004"] == "2004"
    assert parted.accounts.loc["9001", "segment"] == "distillery or distributor"
    assert parted.accounts.loc["Costco", "stores"] == 8


def test_a_folder_without_the_lists_has_no_data(tmp_path):
    (tmp_path / "iowa" / "lines").mkdir(parents=True)
    (tmp_path / "iowa" / "lines" / "2012.parquet").touch()
    assert data_files(tmp_path) == ()


@pytest.fixture(scope="module")
def found(made):
    return study(made)


def test_the_study_lists_chains_only_and_both_directions(found):
    assert set(found.listed["account_id"]) == {"Hy-Vee", "Costco", "Target"}
    imbalance = found.most["power_imbalance"]
    assert imbalance.iloc[:10].is_monotonic_decreasing
    assert imbalance.iloc[10:].is_monotonic_increasing
    assert (found.most["supplier_share_low"] <= found.most["supplier_share"]).all()
    assert (found.most["supplier_share"] <= found.most["supplier_share_high"]).all()


def test_the_section_tells_everything_and_leaves_no_hole(found):
    text = section(found)
    assert text.startswith("## Measured: vendors and chains in Iowa\n")
    assert "nan" not in text
    assert text.count("\n| VENDOR") == 2 * len(found.most) + len(found.moved)
    for part in ("assumptions", "regression to the mean", "Price power: nothing", "Outcome:"):
        assert part in text
    assert "](pictures/" not in text


def test_the_section_shows_the_picture_that_was_drawn(found):
    assert "](pictures/map.png)" in section(found, picture_file="map.png")


def test_only_a_chains_own_brand_counts_as_one(found):
    own = found.most.set_index(["supplier", "account_id"])["own_brand"]
    is_own = own.index.isin([("VENDOR A INC", "Costco")])
    assert own[is_own].tolist() == pytest.approx([1.0] * is_own.sum())
    assert (own[~is_own] == 0).all()


def test_the_test_is_looked_at_again_without_those_that_weigh_most(found):
    change = found.afterwards[found.afterwards["outcome"] == "change"].set_index("part")
    heavy = heaviest(found.panel)
    left = found.panel[~found.panel["supplier"].isin(heavy["suppliers"])]
    assert len(heavy["suppliers"]) == 2
    assert change.at["without_suppliers", "rows"] == left["change"].notna().sum()
    assert "chains" not in change.index  # three are too few to compare
    assert change.at["all", "effect"] == found.test["effect"][0]
    assert (change["rows"] <= change.at["all", "rows"]).all()


def test_the_same_files_make_the_same_section(made, found):
    assert section(study(made)) == section(found)


def test_the_picture_names_the_extremes(found):
    ax = picture(found)
    shown = {text.get_text() for text in [*ax.texts, *ax.get_figure().texts]}
    first = found.most.iloc[0]
    assert any(short_name(first["supplier"]) in text for text in shown)


def test_iowas_lines_add_up_to_the_states_own_sums(shared_data):
    parted = parties(shared_data)
    if not data_files(shared_data):
        pytest.skip("no lines of Iowa among the public data")
    edges = edges_from_lines(
        lines_of(data_files(shared_data)), suppliers=parted.suppliers, buyers=parted.buyers
    )
    assert edges["amount"].sum() == pytest.approx(3_538_544_930.70, abs=0.005)
    kept = edges_by_month_as_kept(shared_data)
    by_month = kept.groupby(pd.to_datetime(kept["Month"]))["amount"].sum()
    ours = edges.groupby("period")["amount"].sum()
    assert np.allclose(ours.to_numpy(), by_month.to_numpy(), atol=0.01)
    unknown = kept[kept["Vendor Number"] == "?"]["amount"].sum()
    assert edges.loc[edges["supplier"].isna(), "amount"].sum() == pytest.approx(unknown, abs=0.01)


def test_dependence_of_2021_is_what_the_data_folder_says(shared_data):
    # The data folder's README: Diageo – Walmart is .067 of the one against .247 of the other.
    files = data_files(shared_data)
    if not files:
        pytest.skip("no lines of Iowa among the public data")
    year = [path for path in files if path.stem == "2021"]
    pairs = contenders.kamtools_network(tuple(year), shared_data)
    pairs = pairs.groupby(["supplier", "account_id"])["amount"].sum()
    bought = pairs.groupby("account_id").sum()
    sold = pairs.groupby("supplier").sum()
    amount = pairs["DIAGEO AMERICAS", "Walmart"]
    assert amount / sold["DIAGEO AMERICAS"] == pytest.approx(0.067, abs=0.002)
    assert amount / bought["Walmart"] == pytest.approx(0.247, abs=0.002)


def test_the_chapter_holds_what_the_command_makes(shared_data):
    chapter = Path(benchmarks.__file__).parent.parent / "playbook" / "4-power.md"
    text = chapter.read_text(encoding="utf-8")
    if not data_files(shared_data) or "## Measured: vendors and chains in Iowa" not in text:
        pytest.skip("no lines of Iowa among the public data, or no section on them in the chapter")
    found = study(shared_data)
    tables = [
        pairs_table(found.most),
        history_table(found),
        years_table(found.years),
        moved_table(found.moved),
        loss_table(found.test),
        groups_table(found.groups),
        afterwards_table(found),
    ]
    assert [made for made in tables if made not in text] == []
