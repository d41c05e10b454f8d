"""How far each side depends on the other, with what is not known of it.

The dependence that one part makes is u = stake × (1 − availability). The parts of a side are
joined by noisy-or, 1 − Π(1 − u), or by the largest of them, never by their mean: one critical
part is enough to depend.

References
----------
.. [1] Emerson, R. M. (1962), "Power-dependence relations", American Sociological Review 27(1),
   31-41.
.. [2] Casciaro, T. and Piskorski, M. J. (2005), "Power imbalance, mutual dependence, and
   constraint absorption", Administrative Science Quarterly 50(2), 167-199.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.measure_effects import check_inputs
from kamtools.power.planner_scenarios import triangular
from kamtools.power.zones import PROPOSED, ZONES, CutOffs, zone_numbers

SIDES = ("supplier", "account")
COMBINE = ("noisy-or", "max")
LEVELS = ("_low", "", "_high")
ACCOUNTS_AT_ONCE = 16


@dataclass(frozen=True)
class DependenceDraws:
    """Dependence of both sides in every draw.

    Attributes
    ----------
    accounts : (n_accounts,) index of account_id, in the order in which they first come
    supplier, account : (n_draws, n_accounts), 0-1
    """

    accounts: pd.Index
    supplier: np.ndarray
    account: np.ndarray

    @property
    def imbalance(self) -> np.ndarray:
        """(n_draws, n_accounts), -1 to 1; plus: the account is stronger."""
        return self.supplier - self.account

    @property
    def mutual(self) -> np.ndarray:
        """(n_draws, n_accounts), 0 to 2."""
        return self.supplier + self.account


def dependence_draws(
    inputs: pd.DataFrame, *, draws: int, seed: int, combine: str = "noisy-or"
) -> DependenceDraws:
    """Draw the dependence of both sides from the triangles of their inputs.

    Parameters
    ----------
    inputs
        `account_id`, `side` ("supplier", "account"), `part`, and `stake` and `availability`
        (0-1), each with `_low` and `_high`. All inputs are drawn independently.
    draws
        Number of draws, at least 1.
    combine : "noisy-or" or "max"
        How the parts of a side are joined.

    Raises
    ------
    InputError
        If an input is missing or not possible, or an account has no part on one side: nothing
        is filled in.

    Examples
    --------
    >>> inputs = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"],
    ...                        "part": ["revenue", "spend"]})
    >>> inputs[["stake_low", "stake", "stake_high"]] = [[0.6, 0.7, 0.8], [0.45, 0.45, 0.45]]
    >>> inputs[["availability_low", "availability", "availability_high"]] = [[0.25] * 3, [0.6] * 3]
    >>> drawn = dependence_draws(inputs, draws=1_000, seed=1)
    >>> drawn.imbalance.shape, bool(abs(drawn.imbalance.mean() - 0.345) < 0.01)
    ((1000, 1), True)
    """
    if draws < 1:
        raise InputError(f"draws must be at least 1; got {draws}")
    rows, group, accounts = _ordered(inputs, combine)
    ends = {
        name: [rows[f"{name}{level}"].to_numpy(dtype=float)[:, None] for level in LEVELS]
        for name in ("stake", "availability")
    }
    rng = np.random.default_rng(seed)
    free = np.ones((2 * len(accounts), draws))
    for number, place in enumerate(group):
        one = slice(number, number + 1)
        uniform = rng.random((2, 1, draws))
        stake, availability = (
            triangular(low[one], middle[one], high[one], uniform[draw])
            for draw, (low, middle, high) in enumerate(ends.values())
        )
        _join(free[place], 1 - (stake * (1 - availability))[0], combine)
    np.subtract(1, free, out=free)
    return DependenceDraws(accounts, free[0::2].T, free[1::2].T)


def middle_dependence(inputs: pd.DataFrame, *, combine: str = "noisy-or") -> pd.DataFrame:
    """Return the dependence of both sides with every input at its middle.

    Parameters
    ----------
    inputs, combine
        As in `dependence_draws`.

    Returns
    -------
    (n_accounts, 4), index account_id
        `supplier_dependence`, `account_dependence` (0-1), `power_imbalance` (-1 to 1; plus:
        the account is stronger), `mutual_dependence` (0-2).
    """
    rows, group, accounts = _ordered(inputs, combine)
    free = np.ones((2 * len(accounts), 1))
    part = 1 - rows["stake"].to_numpy() * (1 - rows["availability"].to_numpy())
    for place, one in zip(group, part, strict=True):
        _join(free[place], one, combine)
    supplier, account = 1 - free[0::2, 0], 1 - free[1::2, 0]
    return pd.DataFrame(
        {
            "supplier_dependence": supplier,
            "account_dependence": account,
            "power_imbalance": supplier - account,
            "mutual_dependence": supplier + account,
        },
        index=accounts,
    )


def power_table(
    inputs: pd.DataFrame,
    *,
    draws: int,
    seed: int,
    combine: str = "noisy-or",
    cutoffs: CutOffs = PROPOSED,
    level: float = 0.9,
) -> pd.DataFrame:
    """Return dependence, imbalance and zone of each account, with regions.

    Parameters
    ----------
    inputs, draws, seed, combine
        As in `dependence_draws`.
    cutoffs
        Where the zones begin.
    level
        Share of the draws between `_low` and `_high`, above 0 and below 1.

    Returns
    -------
    (n_accounts, 19), index 0, 1, …
        `account_id`; the columns of `middle_dependence`, each with `_low` and `_high`; `zone`
        with every input at its middle; `zone_probability`, the share of the draws in it; and
        `probability_` of each zone ("probability_captive_supplier").

    Raises
    ------
    InputError
        As `dependence_draws`, or if the level is not possible.
    """
    if not 0 < level < 1:
        raise InputError(f"level must be above 0 and below 1; got {level}")
    drawn = dependence_draws(inputs, draws=draws, seed=seed, combine=combine)
    table = middle_dependence(inputs, combine=combine)
    ranges, shares = _summary(drawn, cutoffs, level)
    columns: dict[str, object] = {"account_id": drawn.accounts}
    for name, (low, high) in zip(map(str, table), ranges, strict=True):
        columns |= {name: table[name].to_numpy(), f"{name}_low": low, f"{name}_high": high}
    middle = zone_numbers(
        table["power_imbalance"].to_numpy(),
        table["mutual_dependence"].to_numpy(),
        cutoffs=cutoffs,
    )
    columns |= {
        "zone": np.array(ZONES)[middle],
        "zone_probability": shares[middle, np.arange(len(middle))],
    }
    for zone, share in zip(ZONES, shares, strict=True):
        columns[f"probability_{zone.replace(' ', '_')}"] = share
    return pd.DataFrame(columns).astype({"account_id": "str", "zone": "str"})


def _summary(
    drawn: DependenceDraws, cutoffs: CutOffs, level: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return low and high of the four quantities, and each zone's share of the draws.

    Accounts are taken some at a time, so that what is worked out of the draws, which are many
    times larger than the answer, stays small.

    Returns
    -------
    ranges : (4, 2, n_accounts)
    shares : (n_zones, n_accounts)
    """
    n_accounts = len(drawn.accounts)
    ranges, shares = np.empty((4, 2, n_accounts)), np.empty((len(ZONES), n_accounts))
    ends = [(1 - level) / 2, (1 + level) / 2]
    for start in range(0, n_accounts, ACCOUNTS_AT_ONCE):
        some = slice(start, start + ACCOUNTS_AT_ONCE)
        supplier, account = drawn.supplier.T[some], drawn.account.T[some]
        imbalance, mutual = supplier - account, supplier + account
        numbers = zone_numbers(imbalance, mutual, cutoffs=cutoffs)
        for place in range(len(ZONES)):
            shares[place, some] = (numbers == place).mean(axis=1)
        for row, values in enumerate((supplier, account, imbalance, mutual)):
            ranges[row, :, some] = np.quantile(values, ends, axis=1)
    return ranges, shares


def _ordered(inputs: pd.DataFrame, combine: str) -> tuple[pd.DataFrame, np.ndarray, pd.Index]:
    """Check the inputs; return them, the place (2 × account + side) of each, the accounts."""
    if combine not in COMBINE:
        raise InputError(f"combine must be one of {', '.join(COMBINE)}; got {combine!r}")
    check_inputs(inputs)
    codes, names = pd.factorize(inputs["account_id"])
    group = 2 * codes + (inputs["side"] == "account").to_numpy()
    lacking = np.flatnonzero(np.bincount(group, minlength=2 * len(names)) == 0)
    if len(lacking):
        raise InputError(
            f"account {names[lacking[0] // 2]} has no dependence inputs of the "
            f"{SIDES[lacking[0] % 2]} side"
        )
    return inputs, group, pd.Index(names, name="account_id")


def _join(free: np.ndarray, part: np.ndarray, combine: str) -> None:
    """Join 1 − u of one more part to what a side's parts leave free, in place."""
    (np.multiply if combine == "noisy-or" else np.minimum)(free, part, out=free)
