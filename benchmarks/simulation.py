"""Simulated years of the ladder: kamtools.power.simulation against a SimPy event loop.

`python -m benchmarks.simulation` prints the section of README.md. Both simulate the same years
from the same draws, on every rung; that they find the same is tested in tests/benchmarks/.
"""

import numpy as np

from benchmarks.machine import describe_machine
from benchmarks.measuring import Measurement, measure, median, run_apart
from benchmarks.simulation_events import simulate_events
from kamtools.power.simulation import OUTCOMES, simulate_years
from kamtools.power.simulation_assumptions import default_simulation_assumptions
from kamtools.power.simulation_chance import draw_years
from kamtools.power.simulation_ladder import LADDER, simulate_ladder

YEARS = 10_000
MORE_YEARS = (1_000, 10_000, 100_000)
NOTICE_DAYS = 21
ROUNDS = 5
SEED = 7
LIBRARIES = ("numpy", "pandas", "simpy")


def ladder_by_arrays(years: int) -> None:
    """Simulate all rungs with kamtools, means and intervals and all."""
    simulate_ladder(
        default_simulation_assumptions(), notice_days=NOTICE_DAYS, years=years, seed=SEED
    )


def ladder_by_events(years: int) -> None:
    """Simulate all rungs with SimPy, up to the outcomes of each year."""
    drawn = draw_years(default_simulation_assumptions(), years=years, seed=SEED)
    for measures in LADDER.values():
        simulate_events(drawn, measures, notice_days=NOTICE_DAYS)


def largest_difference(years: int) -> float:
    """Return the largest difference of an outcome of a year between the two."""
    drawn = draw_years(default_simulation_assumptions(), years=years, seed=SEED)
    apart = []
    for measures in LADDER.values():
        ours, theirs = (
            simulate(drawn, measures, notice_days=NOTICE_DAYS)[list(OUTCOMES)].to_numpy()
            for simulate in (simulate_years, simulate_events)
        )
        apart.append(np.abs(ours - theirs).max())
    return float(max(apart))


def number_of_steps(years: int) -> int:
    """Return how many steps are reviewed over all rungs."""
    drawn = draw_years(default_simulation_assumptions(), years=years, seed=SEED)
    return int(drawn.is_step.sum()) * len(LADDER)


def row_of(name: str, took: Measurement, ratio: float) -> str:
    """Return a line of the table."""
    return (
        f"| {name} | {took.seconds:.2f} | {took.processor_seconds:.2f} | {ratio:.0f} | "
        f"{took.peak_bytes / 2**20:.0f} |"
    )


def print_tables() -> None:
    """Print what README.md shows."""
    contenders = {"`simulation_ladder.simulate_ladder`": ladder_by_arrays,
                  "SimPy event loop": ladder_by_events}  # fmt: skip
    rounds: dict[str, list[Measurement]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            rounds[name].append(measure(work, YEARS))
    print(describe_machine(LIBRARIES))
    print(
        f"\n{YEARS:,} years on {len(LADDER)} rungs, {number_of_steps(YEARS):,} reviews; median of "
        f"{ROUNDS} rounds in turn. Largest difference of an outcome of a year: "
        f"{run_apart(largest_difference, YEARS):.0e}.\n"
    )
    print("| contender | seconds | processor seconds | times ours | peak MB |")
    print("| --- | --: | --: | --: | --: |")
    taken = {name: median(all_rounds) for name, all_rounds in rounds.items()}
    ours = taken["`simulation_ladder.simulate_ladder`"].processor_seconds
    for name, took in taken.items():
        print(row_of(name, took, took.processor_seconds / ours))
    print("\n| years | seconds | processor seconds | peak MB |\n| --: | --: | --: | --: |")
    for years in MORE_YEARS:
        took = median([measure(ladder_by_arrays, years) for _ in range(ROUNDS)])
        print(
            f"| {years:,} | {took.seconds:.2f} | {took.processor_seconds:.2f} | "
            f"{took.peak_bytes / 2**20:.0f} |"
        )


if __name__ == "__main__":
    print_tables()
