import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.power.simulation import MEASURES, OUTCOMES, simulate_years
from kamtools.power.simulation_assumptions import (
    default_simulation_assumptions,
    known_assumptions,
)
from kamtools.power.simulation_chance import draw_years
from kamtools.power.simulation_ladder import LADDER, ladder_additions, simulate_ladder

TABLE = default_simulation_assumptions()
OPTIONS = {"notice_days": 21, "years": 300, "seed": 1}


def ladder(**options):
    return simulate_ladder(TABLE, **OPTIONS | options)


def test_the_ladder_is_the_issue_s():
    assert list(LADDER) == ["Nothing", "Plan sharing", "+ advance notice", "+ monthly briefing",
                            "Only diversify", "Only a coalition"]  # fmt: skip
    assert LADDER["+ monthly briefing"] == MEASURES[:3]


def test_taking_all_measures_away_is_the_rung_nothing():
    table = simulate_ladder(TABLE, ladder={"Nothing": (), "All": MEASURES, "Again": []}, **OPTIONS)
    same = [name for name in table if name not in ("rung", "measures")]
    pd.testing.assert_series_equal(table.loc[0, same], table.loc[2, same], check_names=False)
    assert not table.loc[0, same].equals(table.loc[1, same])


def test_the_first_rung_gains_nothing_over_itself():
    first = ladder().iloc[0]
    gains = [name for name in first.index if "gain" in name or "saved" in name]
    assert first[gains].eq(0).all()


def test_rungs_are_the_years_simulated_one_by_one():
    drawn = draw_years(TABLE, years=300, seed=1)
    years = simulate_years(drawn, LADDER["+ advance notice"], notice_days=21)
    row = ladder().iloc[2]
    for name in OUTCOMES:
        assert row[name] == pytest.approx(years[name].mean())
        assert row[f"{name}_low"] == pytest.approx(np.quantile(years[name], 0.05))
        assert row[f"{name}_high"] == pytest.approx(np.quantile(years[name], 0.95))


@settings(deadline=None, max_examples=10)
@given(st.integers(0, 10_000), st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_a_higher_level_makes_no_interval_narrower(seed, one, other):
    low, high = sorted((one, other))
    narrow, wide = (ladder(years=40, seed=seed, level=level) for level in (low, high))
    for name in [*OUTCOMES, "supplier_gain", "days_saved"]:
        assert (wide[f"{name}_low"] <= narrow[f"{name}_low"] + 1e-12).all()
        assert (wide[f"{name}_high"] >= narrow[f"{name}_high"] - 1e-12).all()


def test_intervals_hold_what_is_not_known_of_the_assumptions():
    known = simulate_ladder(known_assumptions(TABLE), **OPTIONS | {"years": 2_000})
    open_ = ladder(years=2_000)
    for name in ("friction_days", "supplier_margin", "power_imbalance"):
        width = [(table[f"{name}_high"] - table[f"{name}_low"])[0] for table in (known, open_)]
        assert width[0] < width[1]


def test_plan_sharing_and_notice_save_days_on_both_sides_of_the_margin():
    table = ladder(years=2_000).set_index("rung")
    assert table["friction_days"].iloc[:3].is_monotonic_decreasing
    assert table["account_margin"].iloc[:3].is_monotonic_increasing


def test_diversifying_and_a_coalition_move_power_and_no_friction():
    table = ladder().set_index("rung")
    for rung, tie in (("Only diversify", -1), ("Only a coalition", 1)):
        assert table.loc[rung, "friction_days"] == table.loc["Nothing", "friction_days"]
        moved = table.loc[rung] - table.loc["Nothing"]["power_imbalance":"mutual_dependence"]
        assert moved["power_imbalance"] < 0
        assert np.sign(moved["mutual_dependence"]) == tie


def test_additions_along_a_chain_sum_to_the_gain_over_nothing():
    added = ladder_additions(TABLE, **OPTIONS).set_index("rung")
    gained = ladder().set_index("rung")
    for name in ("days_saved", "supplier_gain", "account_gain"):
        assert added[name].iloc[:3].sum() == pytest.approx(gained.loc["+ monthly briefing", name])


def test_a_rung_builds_on_the_last_above_it_whose_measures_it_has():
    added = ladder_additions(TABLE, **OPTIONS)
    assert added["builds_on"].tolist() == [
        "Nothing", "Plan sharing", "+ advance notice", "Nothing", "Nothing"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"ladder": {}}, "needs a rung"),
        ({"level": 1.0}, "level above 0 and below 1"),
        ({"years": 0}, "years must be at least 1"),
        ({"ladder": {"x": ["hope"]}}, "no measure 'hope'"),
    ],
)
def test_ladders_that_make_no_sense_are_refused(options, message):
    for function in (simulate_ladder, ladder_additions):
        with pytest.raises(InputError, match=message):
            function(TABLE, **OPTIONS | options)


def test_assumptions_and_ladder_are_not_modified():
    table, rungs = default_simulation_assumptions(), {"Nothing": [], "Plan": ["plan_sharing"]}
    simulate_ladder(table, ladder=rungs, **OPTIONS)
    pd.testing.assert_frame_equal(table, TABLE)
    assert rungs == {"Nothing": [], "Plan": ["plan_sharing"]}
