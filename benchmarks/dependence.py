"""Dependence of many accounts with its range: kamtools.power against scipy and numpy.

`python -m benchmarks.dependence` prints the tables of README.md. No library was found that works
out two-sided dependence, so the peers are what one would write with the well-known ones, by the
same formula and to the same columns: a loop over the accounts (pandas `groupby`) in which each
input is drawn by `scipy.stats.triang.rvs`, the same with numpy's own `Generator.triangular`, and
all inputs at once with the latter. The loops draw the same random numbers in the same order as we
do, so that their answers can be held against ours.
"""

import functools
from collections.abc import Callable

import numpy as np
import pandas as pd
from scipy import stats

from benchmarks.machine import describe_machine
from benchmarks.measuring import Measurement, measure, median, run_apart
from kamtools.power.dependence import power_table
from kamtools.power.zones import ZONES

ACCOUNTS, PARTS = 1_000, 4
DRAWS = (10_000, 1_000)
ROUNDS = 3
SEED = 7
LEVEL = 0.9
LIBRARIES = ("numpy", "scipy", "pandas")
QUANTITIES = ("supplier_dependence", "account_dependence", "power_imbalance", "mutual_dependence")

Triangle = Callable[[np.random.Generator, float, float, float, int], np.ndarray]


def problem() -> pd.DataFrame:
    """Return inputs of both sides of every account, several parts a side."""
    rng = np.random.default_rng(SEED)
    sides = pd.MultiIndex.from_product(
        [[f"account_{number}" for number in range(ACCOUNTS)], ["supplier", "account"],
         [f"part_{number}" for number in range(PARTS)]],
        names=["account_id", "side", "part"],
    )  # fmt: skip
    inputs = sides.to_frame(index=False)
    for name in ("stake", "availability"):
        ends = np.sort(rng.random((len(inputs), 3)), axis=1)
        inputs[[f"{name}_low", name, f"{name}_high"]] = ends
    return inputs


def scipy_triangle(
    rng: np.random.Generator, low: float, middle: float, high: float, draws: int
) -> np.ndarray:
    """Return draws as scipy's documentation makes them."""
    width = high - low
    return stats.triang.rvs((middle - low) / width, low, width, size=draws, random_state=rng)


def numpy_triangle(
    rng: np.random.Generator, low: float, middle: float, high: float, draws: int
) -> np.ndarray:
    """Return draws as numpy's documentation makes them."""
    return rng.triangular(low, middle, high, size=draws)


def peer_by_account(triangle: Triangle, inputs: pd.DataFrame, draws: int) -> pd.DataFrame:
    """Return the power table by a loop over the accounts and their inputs."""
    rng = np.random.default_rng(SEED)
    rows = []
    for account, own in inputs.groupby("account_id", sort=False):
        free = {"supplier": np.ones(draws), "account": np.ones(draws)}
        for row in own.itertuples():
            stake = triangle(rng, row.stake_low, row.stake, row.stake_high, draws)
            availability = triangle(
                rng, row.availability_low, row.availability, row.availability_high, draws
            )
            free[row.side] *= 1 - stake * (1 - availability)
        summary = summarised(1 - free["supplier"], 1 - free["account"])
        rows.append({"account_id": account, **summary})
    return pd.DataFrame(rows)


def peer_at_once(inputs: pd.DataFrame, draws: int) -> pd.DataFrame:
    """Return the power table by drawing all inputs at once; rows are in order of accounts."""
    rng = np.random.default_rng(SEED)
    stake, availability = (
        rng.triangular(*inputs[[f"{name}_low", name, f"{name}_high"]].to_numpy().T,
                       size=(draws, len(inputs)))
        for name in ("stake", "availability")
    )  # fmt: skip
    free = 1 - stake * (1 - availability)
    dependence = 1 - free.reshape(draws, ACCOUNTS, 2, PARTS).prod(axis=3)
    summary = summarised(dependence[:, :, 0], dependence[:, :, 1])
    return pd.DataFrame({"account_id": inputs["account_id"].unique(), **summary})


def summarised(supplier: np.ndarray, account: np.ndarray) -> dict[str, np.ndarray]:
    """Return the ranges and the shares of the zones from draws along the first axis."""
    imbalance, mutual = supplier - account, supplier + account
    columns = {}
    for name, values in zip(QUANTITIES, (supplier, account, imbalance, mutual), strict=True):
        low, high = np.quantile(values, [(1 - LEVEL) / 2, (1 + LEVEL) / 2], axis=0)
        columns |= {f"{name}_low": low, f"{name}_high": high}
    even = np.abs(imbalance) <= 0.15
    zones = np.select(
        [even & (mutual >= 1.0), imbalance > 0.15, imbalance < -0.15, mutual < 0.4],
        range(4), default=4,
    )  # fmt: skip
    for place, zone in enumerate(ZONES):
        columns[f"probability_{zone.replace(' ', '_')}"] = (zones == place).mean(axis=0)
    return columns


def ours(inputs: pd.DataFrame, draws: int) -> pd.DataFrame:
    """Return the power table of kamtools."""
    return power_table(inputs, draws=draws, seed=SEED, level=LEVEL)


CONTENDERS: dict[str, Callable[[pd.DataFrame, int], pd.DataFrame]] = {
    "kamtools, `power_table`": ours,
    "pandas `groupby`, `scipy.stats.triang.rvs`": functools.partial(
        peer_by_account, scipy_triangle
    ),
    "pandas `groupby`, numpy's `triangular`": functools.partial(peer_by_account, numpy_triangle),
    "numpy's `triangular`, all inputs at once": peer_at_once,
}
OURS = next(iter(CONTENDERS))


def run(name: str, draws: int) -> pd.DataFrame:
    """Return the table of one contender."""
    return CONTENDERS[name](problem(), draws)


def largest_difference(name: str, draws: int) -> float:
    """Return by how much a peer's ranges and zone shares differ from ours at most."""
    theirs, own = run_apart(run, name, draws), run_apart(run, OURS, draws)
    columns = [column for column in theirs if column != "account_id"]
    return float(np.abs(theirs[columns].to_numpy() - own[columns].to_numpy()).max())


def took(draws: int) -> dict[str, Measurement]:
    """Return what each contender took: the median of rounds in turn, each in a new process."""
    rounds: dict[str, list[Measurement]] = {name: [] for name in CONTENDERS}
    for _ in range(ROUNDS):
        for name, measured in rounds.items():
            measured.append(measure(run, name, draws))
    return {name: median(measured) for name, measured in rounds.items()}


def print_tables() -> None:
    """Print what README.md shows."""
    print(describe_machine(LIBRARIES))
    print(
        f"\n{ACCOUNTS:,} accounts × {PARTS} parts a side; median of {ROUNDS} rounds in turn, each "
        "in a new process. The difference is the largest in any share or end of a range."
    )
    for draws in DRAWS:
        print(f"\n{draws:,} draws:\n")
        print("| | processor seconds | ours is faster | peak memory, libraries and all | "
              "difference |\n|---|--:|--:|--:|--:|")  # fmt: skip
        measured = took(draws)
        for name, one in measured.items():
            row = f"| {name} | {one.processor_seconds:.2f} |"
            memory = f"{one.peak_bytes / 2**20:,.0f} MB"
            if name == OURS:
                print(f"{row} | {memory} | |")
                continue
            times = one.processor_seconds / measured[OURS].processor_seconds
            apart = largest_difference(name, draws)
            print(f"{row} {times:.1f} × | {memory} | {apart:.1e} |")


if __name__ == "__main__":
    print_tables()
