"""Exchange-network theory: how position alone divides what two partners make together.

Each tie can make something (its pie), and each node may close a deal with one neighbour only. In
a balanced outcome two partners divide what is left after each has been given what it could get
from its best other neighbour (Nash's solution with the network as outside option). In the middle
of three, between two who have nobody else, one gets all; in a pair, half. Theory: in experiments
outcomes lean the same way, but less far.

References
----------
.. [1] Cook, K. S. and Yamagishi, T. (1992), "Power in exchange networks: a power-dependence
   formulation", Social Networks 14(3-4), 245-265.
.. [2] Kleinberg, J. and Tardos, E. (2008), "Balanced outcomes in social exchange networks",
   Proceedings of STOC, 295-304.
.. [3] Azar, Y., Birnbaum, B., Celis, L. E., Devanur, N. R. and Peres, Y. (2009), "Convergence of
   local dynamics to balanced outcomes in social exchange networks", Proceedings of FOCS, 293-302.
"""

import numpy as np
import pandas as pd
from scipy import optimize, sparse

from kamtools.errors import InputError

TOLERANCE = 1e-10
MOST_ROUNDS = 200_000
MOST_NODES = 400


def balanced_outcome(ties: pd.DataFrame) -> pd.DataFrame:
    """Return whom each node deals with, and what it gets, in a balanced outcome.

    For the small networks of lessons: up to 400 nodes. Where many outcomes are balanced (in a
    ring of four, any split that turns round it), that which halves of each pie lead to.

    Parameters
    ----------
    ties : first, second, pie
        Node names; the pie is what the two can make together, above 0. Each tie once.

    Returns
    -------
    DataFrame
        Index node, in order of first appearance: `partner` (missing without a deal), `gets`
        (0 to the pie), `outside`, what the best other neighbour would leave it.

    Raises
    ------
    InputError
        If ties are not possible, or no outcome is stable: in a triangle of equal pies whoever is
        left out can always outbid.

    Examples
    --------
    >>> line = pd.DataFrame({"first": ["A", "B"], "second": ["B", "C"], "pie": 1.0})
    >>> balanced_outcome(line)["gets"].round(4).to_dict()
    {'A': 0.0, 'B': 1.0, 'C': 0.0}
    """
    first, second, pie, nodes = _checked(ties)
    deals = _best_deals(first, second, pie, len(nodes))
    offers = np.full((len(nodes), len(nodes)), -np.inf)
    offers[first, second] = offers[second, first] = pie
    one, other = first[deals], second[deals]
    partner = np.full(len(nodes), -1)
    partner[one], partner[other] = other, one
    elsewhere = offers.copy()
    elsewhere[one, other] = elsewhere[other, one] = -np.inf
    gets = _balance(elsewhere, one, other, pie[deals])
    names = np.array([*nodes, None], dtype=object)
    return pd.DataFrame(
        {
            "partner": pd.Series(names[partner], index=nodes, dtype="str"),
            "gets": gets,
            "outside": _outside(elsewhere, gets),
        },
        index=pd.Index(nodes, name="node"),
    )


def _balance(
    elsewhere: np.ndarray, one: np.ndarray, other: np.ndarray, pie: np.ndarray
) -> np.ndarray:
    """Move each deal half-way to an equal gain over both outside options until none moves."""
    gets = np.zeros(len(elsewhere))
    gets[one] = gets[other] = pie / 2
    for _ in range(MOST_ROUNDS):
        outside = _outside(elsewhere, gets)
        fair = (pie + outside[one] - outside[other]) / 2
        step = (np.clip(fair, 0, pie) - gets[one]) / 2
        gets[one] += step
        gets[other] = pie - gets[one]
        if np.abs(step).max(initial=0) < TOLERANCE:
            return gets
    raise InputError(f"the outcome has not settled in {MOST_ROUNDS:,} rounds")


def _outside(elsewhere: np.ndarray, gets: np.ndarray) -> np.ndarray:
    """Return what each node's best other neighbour would leave it, at least 0."""
    return np.maximum((elsewhere - gets).max(axis=1, initial=-np.inf), 0.0)


def _best_deals(first: np.ndarray, second: np.ndarray, pie: np.ndarray, nodes: int) -> np.ndarray:
    """Return which ties deal where all together make most; refuse where no outcome is stable.

    Stable outcomes exist exactly where halves of deals could not make more than whole ones.
    """
    count = len(pie)
    at = np.tile(np.arange(count), 2)
    deals_of = sparse.csr_array(
        (np.ones(2 * count), (np.append(first, second), at)), (nodes, count)
    )
    limit = optimize.LinearConstraint(deals_of, -np.inf, 1)
    bounds = optimize.Bounds(0, 1)
    whole = optimize.milp(-pie, constraints=limit, bounds=bounds, integrality=np.ones(count))
    halves = optimize.milp(-pie, constraints=limit, bounds=bounds)
    if -halves.fun > -whole.fun + 1e-7 * pie.max():
        raise InputError(
            "no outcome is stable: somebody who is left out can always outbid "
            "(a ring of an odd number of nodes)"
        )
    return np.flatnonzero(whole.x > 0.5)


def _checked(ties: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, np.ndarray, list[str]]:
    missing = [name for name in ("first", "second", "pie") if name not in ties]
    if missing:
        raise InputError(f"the ties need the columns {', '.join(missing)}")
    pie = ties["pie"].to_numpy(dtype=float)
    if not len(pie):
        raise InputError("a network needs at least one tie")
    if not (np.isfinite(pie) & (pie > 0)).all():
        raise InputError("every pie must be a number above 0")
    numbers, nodes = pd.factorize(ties[["first", "second"]].to_numpy(dtype=object).ravel())
    if len(nodes) > MOST_NODES:
        raise InputError(f"at most {MOST_NODES} nodes; got {len(nodes)}")
    first, second = numbers.reshape(-1, 2).T
    if (first == second).any():
        raise InputError(f"{nodes[first[first == second][0]]} has a tie with itself")
    pairs = np.sort(numbers.reshape(-1, 2), axis=1)
    if len(np.unique(pairs, axis=0)) < len(pairs):
        raise InputError("a tie stands twice")
    return first, second, pie, list(nodes)
