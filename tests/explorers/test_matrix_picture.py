import io

import matplotlib.image
import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.explorers.matrix_picture import matrix_png

ACCOUNTS = pd.Index([f"C{row:02d}" for row in range(30)])
RNG = np.random.default_rng(3)
MATRIX = pd.DataFrame(
    {"strength": RNG.random(30) * 2, "attractiveness": 1 + 9 * RNG.random(30), "cell": "star",
     "basis": ""}, index=ACCOUNTS,
)  # fmt: skip
NAMES = pd.Series([f"浩瀚 $x {account}" for account in ACCOUNTS], index=ACCOUNTS)
REVENUE = pd.Series(RNG.lognormal(11, 1, 30), index=ACCOUNTS)


def listed(n_chosen):
    return pd.DataFrame({"rank": np.arange(1, 31), "is_chosen": np.arange(30) < n_chosen}, ACCOUNTS)


def drawn(matrix=MATRIX, n_chosen=8):
    png = matrix_png(matrix, listed(n_chosen), names=NAMES, revenue=REVENUE)
    return matplotlib.image.imread(io.BytesIO(png))


def test_same_list_gives_the_same_picture():
    np.testing.assert_array_equal(drawn(), drawn())


def test_picture_shows_who_is_chosen():
    assert (drawn(n_chosen=8) != drawn(n_chosen=9)).any()


def test_picture_follows_the_attractiveness():
    moved = MATRIX.assign(attractiveness=MATRIX["attractiveness"].to_numpy()[::-1])
    assert (drawn() != drawn(moved)).any()


@pytest.mark.parametrize("n_chosen", [0, 30])
def test_any_number_of_accounts_can_be_chosen(n_chosen):
    assert drawn(n_chosen=n_chosen).shape == drawn().shape


def test_chosen_account_that_is_not_placed_is_left_out_of_the_picture():
    matrix = MATRIX.copy()
    matrix.loc["C00", ["strength", "cell"]] = [np.nan, "not placed"]
    assert drawn(matrix).shape == drawn().shape


def test_matrix_in_which_nobody_is_placed_is_refused():
    with pytest.raises(InputError, match="no account is placed"):
        drawn(MATRIX.assign(cell="not placed"))


def test_tables_given_are_not_changed():
    before = MATRIX.copy(), NAMES.copy()
    drawn()
    pd.testing.assert_frame_equal(MATRIX, before[0])
    pd.testing.assert_series_equal(NAMES, before[1])
