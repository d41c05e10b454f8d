import numpy as np
import pandas as pd
import pytest

from benchmarks.simulation import SEED, largest_difference, number_of_steps
from benchmarks.simulation_events import simulate_events, waits
from kamtools.power.simulation import simulate_years
from kamtools.power.simulation_assumptions import default_simulation_assumptions
from kamtools.power.simulation_belief import belief_path
from kamtools.power.simulation_chance import draw_years
from kamtools.power.simulation_ladder import LADDER
from kamtools.power.simulation_review import review_steps

YEARS = draw_years(default_simulation_assumptions(), years=60, seed=11)


@pytest.mark.parametrize("rung", LADDER)
@pytest.mark.parametrize("days", [21, 90])
def test_each_step_waits_as_long_as_in_the_event_loop(rung, days):
    measures = LADDER[rung]
    ours = review_steps(
        YEARS,
        belief_path(YEARS, is_briefed="market_briefing" in measures),
        notice_days=days if "advance_notice" in measures else 0.0,
        is_plan_shared="plan_sharing" in measures,
    )
    theirs = waits(YEARS, measures, notice_days=days)
    assert ours.waiting.max() > 0
    np.testing.assert_allclose(ours.waiting, theirs, atol=1e-9)


@pytest.mark.parametrize("rung", LADDER)
def test_each_year_comes_to_what_the_event_loop_finds(rung):
    ours, theirs = (
        simulate(YEARS, LADDER[rung], notice_days=30)
        for simulate in (simulate_years, simulate_events)
    )
    pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=1e-9, atol=1e-9)


def test_the_difference_that_the_benchmark_prints_is_rounding():
    assert largest_difference(30) < 1e-9
    assert number_of_steps(30) == 6 * int(draw_years(
        default_simulation_assumptions(), years=30, seed=SEED
    ).is_step.sum())  # fmt: skip
