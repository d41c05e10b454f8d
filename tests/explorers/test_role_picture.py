import io

import matplotlib.image
import numpy as np
import pandas as pd
import pytest

from kamtools.explorers.role_picture import load_bars, loads_png

LOADS = pd.DataFrame(
    {
        "name": ["Ines Falk", "林知秋 with a very long name", "$M_3$"],
        "hours_per_year": [100.0, 60.0, 0.0],
        "fair_hours": [60.0, 60.0, 40.0],
        "capacity_hours": [120.0, 120.0, 80.0],
        "hours_at_start": [160.0, 0.0, 0.0],
    },
    index=["M1", "M2", "M3"],
)
ROWS = pd.DataFrame(
    {
        "manager_id": ["M1", "M1", "M2", None],
        "hours": [60.0, 40.0, 60.0, 50.0],
        "is_moved": [False, False, True, False],
        "is_new": [False, True, False, False],
        "name": ["浩瀚食品有限公司", "$x$ <b>", "Riser", "Nobody's"],
    },
    index=["a", "b", "c", "d"],
)


def pixels(rows=ROWS, loads=LOADS, band=0.15):
    return matplotlib.image.imread(io.BytesIO(loads_png(rows, loads, band=band)))


def test_bars_stand_end_to_end_at_their_managers():
    bars = load_bars(ROWS, LOADS)
    assert bars["row"].tolist() == [0, 0, 1]
    assert bars["left"].tolist() == [0, 60, 0]
    assert bars["kind"].tolist() == ["stays", "new key account", "moved"]


def test_bars_of_a_manager_sum_to_the_load():
    sums = load_bars(ROWS, LOADS).groupby("row")["hours"].sum()
    assert sums.tolist() == LOADS["hours_per_year"].tolist()[:2]


def test_picture_follows_moves_bands_and_capacities():
    first = pixels()
    assert (pixels(rows=ROWS.assign(is_moved=False)) != first).any()
    assert (pixels(band=None) != first).any()
    assert (pixels(loads=LOADS.assign(capacity_hours=90.0)) != first).any()


def test_picture_is_as_high_as_there_are_managers():
    small = pixels(loads=LOADS[:2])
    assert pixels().shape[0] > small.shape[0]
    assert pixels().shape[1] == small.shape[1]


@pytest.mark.parametrize("rows", [ROWS[:0], ROWS[3:]])
def test_picture_of_nobody_is_drawn(rows):
    loads = LOADS.assign(hours_per_year=0.0, fair_hours=0.0, hours_at_start=0.0)
    assert pixels(rows=rows, loads=loads).ndim == 3


def test_same_loads_give_the_same_picture():
    np.testing.assert_array_equal(pixels(), pixels())
