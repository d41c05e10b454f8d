import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.evaluation_noise import Noise, noise_of_past

# Shrout and Fleiss (1979), table 2: six targets rated by four judges
SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]


def panel(values):
    values = np.array(values, dtype=float)
    rows, columns = np.indices(values.shape)
    return pd.DataFrame({"account_id": [f"A{row}" for row in rows.ravel()],
                         "period": columns.ravel(), "wait": values.ravel()})  # fmt: skip


def test_intraclass_correlation_is_that_of_shrout_and_fleiss():
    # table 4: ICC(3,1) = .71; mean squares 11.24 between targets and 1.02 left over
    noise, deviation = noise_of_past(panel(SHROUT_FLEISS), outcome="wait")
    assert noise.icc == pytest.approx(0.7148, abs=1e-4)
    assert deviation == pytest.approx(np.sqrt((11.24 - 1.02) / 4 + 1.02), abs=5e-3)


def test_accounts_that_are_alike_have_no_correlation():
    noise, _ = noise_of_past(panel([[1, 5, 1, 5], [5, 1, 5, 1]]), outcome="wait")
    assert noise.icc == 0


@given(st.integers(0, 999), st.floats(-100, 100), st.floats(0.1, 50))
def test_what_is_common_to_a_period_does_not_count_and_the_unit_scales(seed, shift, unit):
    values = np.random.default_rng(seed).normal(0, 3, (5, 6))
    before, deviation = noise_of_past(panel(values), outcome="wait")
    common = shift * np.arange(6)
    after, scaled = noise_of_past(panel(unit * (values + common)), outcome="wait")
    assert after.icc == pytest.approx(before.icc, abs=1e-6)
    assert scaled == pytest.approx(unit * deviation, rel=1e-6)


def test_autocorrelation_is_passed_on():
    noise, _ = noise_of_past(panel(SHROUT_FLEISS), outcome="wait", autocorrelation=0.4)
    assert noise.autocorrelation == 0.4


@pytest.mark.parametrize("options", [{"icc": 1.0}, {"icc": -0.1},
                                     {"icc": 0.5, "autocorrelation": 1.0}])  # fmt: skip
def test_noise_out_of_range_is_refused(options):
    with pytest.raises(InputError, match="noise needs an icc from 0 to below 1"):
        Noise(**options)


def test_past_quarters_with_holes_or_too_few_are_refused():
    table = panel(SHROUT_FLEISS)
    for bad, message in (
        (table.drop(columns="wait"), "need the columns wait"),
        (pd.concat([table, table]), "stands twice"),
        (table.iloc[1:], "and no hole; got 6 and 4"),
        (panel([[1, 2, 3]]), "two accounts and two periods"),
        (panel([[1, 2], [3, 4]]), "does not move"),
    ):
        with pytest.raises(InputError, match=message):
            noise_of_past(bad, outcome="wait")


def test_the_panel_is_not_modified():
    table = panel(SHROUT_FLEISS)
    noise_of_past(table, outcome="wait")
    pd.testing.assert_frame_equal(table, panel(SHROUT_FLEISS))
