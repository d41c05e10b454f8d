"""Many sets of weights: kamtools.selection.acceptability against scikit-criteria and pymcdm.

`python -m benchmarks.smaa` prints the tables of README.md. The peers rank by one set of
weights a call, so they are called in a loop. All get values that are scaled already, from 0
to 1.
"""

import functools
import time
import warnings
from collections.abc import Callable

import numpy as np
import pandas as pd
import skcriteria
from pymcdm import methods
from skcriteria.agg import topsis
from threadpoolctl import threadpool_info

from benchmarks.machine import describe_machine
from benchmarks.measuring import measure
from kamtools.selection.acceptability import smaa
from kamtools.selection.weight_draws import uniform_weights

ACCOUNTS, CRITERIA, DRAWS, TOP = 1_000, 10, 10_000, 20
LARGE_ACCOUNTS, LARGE_TOP = 10_000, 100
PEER_DRAWS = 1_000
ROUNDS = 5
SEED = 7
LIBRARIES = ("numpy", "scipy", "pandas", "scikit-criteria", "pymcdm")

Ranks = Callable[[np.ndarray, np.ndarray], np.ndarray]


def problem(n_accounts: int, draws: int) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Return values from 0 (worst) to 1 (best) in each criterion, weights and objectives."""
    names = [f"criterion_{place}" for place in range(CRITERIA)]
    drawn = np.random.default_rng(SEED).random((n_accounts, CRITERIA))
    scaled = (drawn - drawn.min(axis=0)) / (drawn.max(axis=0) - drawn.min(axis=0))
    values = pd.DataFrame(scaled, columns=names).rename(index="account_{}".format)
    weights = uniform_weights(names, draws=draws, seed=SEED)
    return values, weights, pd.Series("max", index=names)


def skcriteria_ranks(matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the ranks as scikit-criteria's documentation makes them."""
    decision = skcriteria.mkdm(matrix, [max] * matrix.shape[1], weights=weights)
    return topsis.TOPSIS().evaluate(decision).rank_


def skcriteria_array_ranks(matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the ranks by its array function alone, without its tables and checks."""
    return topsis.topsis(matrix, np.ones(matrix.shape[1]), weights)[0]


def pymcdm_ranks(matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the ranks as pymcdm's documentation makes them."""
    body = methods.TOPSIS()
    return body.rank(body(matrix, weights, np.ones(matrix.shape[1])))


def skcriteria_replaced_ranks(matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return the ranks by putting new weights into a decision that is there already."""
    decision = skcriteria_decision(matrix.tobytes(), matrix.shape)
    return topsis.TOPSIS().evaluate(decision.replace(weights=weights)).rank_


@functools.cache
def skcriteria_decision(content: bytes, shape: tuple[int, int]) -> skcriteria.DecisionMatrix:
    """Return the decision with equal weights, made once."""
    return skcriteria.mkdm(np.frombuffer(content).reshape(shape), [max] * shape[1])


PEERS: dict[str, Ranks] = {
    "scikit-criteria, `mkdm` and `TOPSIS`": skcriteria_ranks,
    "scikit-criteria, `replace` and `TOPSIS`": skcriteria_replaced_ranks,
    "scikit-criteria, its array function alone": skcriteria_array_ranks,
    "pymcdm, `TOPSIS` and `rank`": pymcdm_ranks,
}


def peer_acceptability(ranks_of: Ranks, matrix: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Return how often each account has each rank, by one call of the peer a draw."""
    accounts = np.arange(len(matrix))
    counts = np.zeros((len(matrix), len(matrix)))
    for drawn in weights:
        counts[accounts, ranks_of(matrix, drawn).astype(int) - 1] += 1
    return counts / len(weights)


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of the work: what else the machine does is not in it."""
    start = time.process_time()
    work()
    return time.process_time() - start


def compare() -> list[dict[str, object]]:
    """Return a row for each contender: seconds for all draws, the best of rounds in turn."""
    values, weights, objectives = problem(ACCOUNTS, DRAWS)
    matrix, few = values.to_numpy(), weights.iloc[:PEER_DRAWS]
    ours = {
        f"kamtools, who is in the top {TOP}": {},
        "kamtools, every rank of every account": {"ranks": ACCOUNTS},
    }
    times: dict[str, list[float]] = {name: [] for name in (*ours, *PEERS)}
    for _ in range(ROUNDS):
        for name, options in ours.items():
            times[name].append(
                seconds(
                    lambda options=options: smaa(
                        values, weights, objectives, top=TOP, method="topsis", **options
                    )
                )
            )
        for name, ranks_of in PEERS.items():
            taken = seconds(
                lambda ranks_of=ranks_of: peer_acceptability(ranks_of, matrix, few.to_numpy())
            )
            times[name].append(taken * DRAWS / PEER_DRAWS)
    return [{"name": name, "seconds": min(took)} for name, took in times.items()]


def largest_difference() -> dict[str, float]:
    """Return for each peer the largest difference of a share of draws from ours."""
    values, weights, objectives = problem(ACCOUNTS, PEER_DRAWS)
    ours = smaa(values, weights, objectives, top=TOP, method="topsis", ranks=ACCOUNTS)
    return {
        name: float(
            np.abs(
                peer_acceptability(ranks_of, values.to_numpy(), weights.to_numpy())
                - ours.rank_acceptability.to_numpy()
            ).max()
        )
        for name, ranks_of in PEERS.items()
    }


def choose_among_many(method: str) -> None:
    """Ask who is in the top of 10,000 accounts."""
    values, weights, objectives = problem(LARGE_ACCOUNTS, DRAWS)
    smaa(values, weights, objectives, top=LARGE_TOP, method=method)


def print_tables() -> None:
    """Print what README.md shows."""
    blas = next(info for info in threadpool_info() if info["user_api"] == "blas")
    print(describe_machine(LIBRARIES))
    print(
        f"\n{DRAWS:,} draws × {ACCOUNTS:,} accounts × {CRITERIA} criteria, TOPSIS; best of "
        f"{ROUNDS} rounds in turn. Peers timed on {PEER_DRAWS:,} draws, times "
        f"{DRAWS // PEER_DRAWS}. OpenBLAS: {blas['architecture']}, {blas['num_threads']} threads.\n"
    )
    rows, apart = compare(), largest_difference()
    print("| | processor seconds | top list is faster | every rank is faster | ranks |")
    print("|---|--:|--:|--:|---|")
    fast, full = float(rows[0]["seconds"]), float(rows[1]["seconds"])
    for row in rows:
        name, took = str(row["name"]), float(row["seconds"])
        if name in PEERS:
            same = "the same" if apart[name] < 1e-9 else f"{apart[name]:.1e} of draws apart"
            print(f"| {name} | {took:.1f} | {took / fast:.0f} × | {took / full:.0f} × | {same} |")
        else:
            print(f"| {name} | {took:.3f} | | | |")
    print(
        f"\n{DRAWS:,} draws × {LARGE_ACCOUNTS:,} accounts × {CRITERIA} criteria, a new process:\n"
    )
    print("| | processor seconds | peak memory, libraries and all |\n|---|--:|--:|")
    for method in ("weighted_sum", "topsis"):
        took = measure(choose_among_many, method)
        print(
            f"| kamtools, {method}, top {LARGE_TOP} | {took.processor_seconds:.2f} "
            f"| {took.peak_bytes / 2**20:.0f} MB |"
        )


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    print_tables()
