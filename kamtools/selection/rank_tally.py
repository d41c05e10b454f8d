"""Who stood where, counted over many draws without keeping them.

Each score becomes one whole number that carries the score in front and the account behind, so
that sorting plain numbers ranks the accounts. Only the first ranks are sorted out, unless all
are asked for.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from kamtools.errors import InputError

DECIMALS = 12
"""As in `scoring`: accounts apart by rounding errors only are equal."""
FAR_OFF = 8.0
"""Scores lie near 0 to 1; beyond this the uncertainty cannot be in the unit of the values."""
MOST_ACCOUNTS = 2**20


@dataclass
class RankTally:
    """Sums over draws, added to block by block.

    Accounts that tie share the ranks that they take together: of two on ranks 3 and 4, each
    counts half for either.

    Attributes
    ----------
    top : rank up to which an account is chosen
    counts : (n_ranks, n_accounts) draws without a tie in which the account has the rank
    shared : (n_accounts, n_ranks + 1) changes from rank to rank of its share in tied draws
    weight_sums : (2 n_accounts, n_criteria)
        Sums of the weights of the draws in which the account is in the top, and below these,
        in the same order, of those in which it is first.
    n_draws : number of draws so far
    """

    top: int
    counts: np.ndarray
    shared: np.ndarray
    weight_sums: np.ndarray
    n_draws: int = 0

    @classmethod
    def empty(cls, n_accounts: int, n_criteria: int, *, ranks: int, top: int) -> "RankTally":
        """Return a tally of nothing; `ranks` (from `top` to n_accounts) are told apart."""
        if n_accounts > MOST_ACCOUNTS:
            raise InputError(
                f"at most {MOST_ACCOUNTS:,} accounts can be ranked; got {n_accounts:,}"
            )
        return cls(
            top=top,
            counts=np.zeros((ranks, n_accounts), dtype=np.int64),
            shared=np.zeros((n_accounts, ranks + 1)),
            weight_sums=np.zeros((2 * n_accounts, n_criteria)),
        )

    def add(self, scores: np.ndarray, weights: np.ndarray) -> None:
        """Count the ranks by these scores, larger being better.

        Parameters
        ----------
        scores : (draws, n_accounts); NaN stands behind all others
        weights : (draws, n_criteria) that led to them
        """
        ranks, n_accounts = self.counts.shape
        bits = (n_accounts - 1).bit_length()
        keys = whole_scores(scores)
        np.negative(keys, out=keys)
        keys <<= bits
        keys |= np.arange(n_accounts)
        leading = keys
        if ranks < n_accounts:
            # One more than the ranks that count: a tie may reach across their border.
            keys.partition(ranks, axis=1)
            leading = keys[:, : ranks + 1].copy()
        leading.sort(axis=1)
        differs = (leading[:, 1:] ^ leading[:, :-1]).view(np.uint64) >= 2**bits
        is_clear = differs.all(axis=1)
        if not is_clear.all():
            self._add_tied(np.sort(keys[~is_clear], axis=1), weights[~is_clear], bits)
            leading, weights = leading[is_clear], weights[is_clear]
        self._add_clear(leading[:, :ranks] & (2**bits - 1), weights)
        self.n_draws += len(scores)

    def rank_acceptability(self) -> np.ndarray:
        """Return the share of draws in which each account has each rank."""
        shares = self.counts.T + np.cumsum(self.shared, axis=1)[:, :-1]
        acceptability: np.ndarray = np.round(shares / self.n_draws, DECIMALS)
        return acceptability

    def mean_weights(self) -> tuple[np.ndarray, np.ndarray]:
        """Return the mean weights where each account is in the top, and where it is first.

        Each is (n_accounts, n_criteria), and NaN where the account never is.
        """
        total = self.weight_sums.sum(axis=1, keepdims=True)
        unknown = np.full(self.weight_sums.shape, np.nan)
        means = np.divide(self.weight_sums, total, out=unknown, where=total > 0)
        in_top, first = np.split(means, 2)
        return in_top, first

    def _add_clear(self, accounts: np.ndarray, weights: np.ndarray) -> None:
        n_ranks, n_accounts = self.counts.shape
        cells = accounts + np.arange(n_ranks) * n_accounts
        np.add.at(self.counts.reshape(-1), cells.reshape(-1), 1)
        chosen = np.hstack([accounts[:, : self.top], accounts[:, :1] + n_accounts])
        self._add_weights(chosen, np.ones(chosen.shape), weights)

    def _add_tied(self, keys: np.ndarray, weights: np.ndarray, bits: int) -> None:
        accounts, (n_ranks, n_accounts) = keys & (2**bits - 1), self.counts.shape
        start, size = _ties(keys >> bits)
        cell, share = accounts * (n_ranks + 1), 1 / size
        np.add.at(self.shared.reshape(-1), cell + np.minimum(start, n_ranks), share)
        np.add.at(self.shared.reshape(-1), cell + np.minimum(start + size, n_ranks), -share)
        shares = [np.clip((last - start) / size, 0, 1) for last in (self.top, 1)]
        self._add_weights(np.hstack([accounts, accounts + n_accounts]), np.hstack(shares), weights)

    def _add_weights(self, rows: np.ndarray, shares: np.ndarray, weights: np.ndarray) -> None:
        """Add to rows of the sums the weights of each draw times the share in it."""
        n_draws, per_draw = rows.shape
        ends = np.arange(0, n_draws * per_draw + 1, per_draw)
        membership = csr_array(
            (shares.reshape(-1), rows.reshape(-1), ends), shape=(n_draws, len(self.weight_sums))
        )
        self.weight_sums += membership.T @ weights


def whole_scores(scores: np.ndarray) -> np.ndarray:
    """Return scores as whole numbers of 10^-12, those not known below all others.

    Raises
    ------
    InputError
        If a score is far off the scale.

    Examples
    --------
    >>> whole_scores(np.array([0.25, 0.1 + 0.2, 0.3, np.nan])).tolist()
    [250000000000, 300000000000, 300000000000, -8000000000000]
    """
    whole = scores * 10.0**DECIMALS
    np.rint(whole, out=whole)
    lowest, highest = whole.min(initial=0.0), whole.max(initial=0.0)
    if np.isnan(lowest):
        whole[np.isnan(whole)] = -FAR_OFF * 10.0**DECIMALS
        lowest, highest = whole.min(), whole.max()
    if max(-lowest, highest) > FAR_OFF * 10.0**DECIMALS:
        raise InputError(
            "drawn values lie far off the scale of the given ones: is their uncertainty in the "
            "same unit?"
        )
    return whole.astype(np.int64)


def _ties(ordered: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return where, from 0, the tie of each entry begins in its row, and how long it is."""
    place = np.arange(ordered.shape[1])
    is_new = np.ones(ordered.shape, dtype=bool)
    is_new[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    is_last = np.ones(ordered.shape, dtype=bool)
    is_last[:, :-1] = is_new[:, 1:]
    start = np.maximum.accumulate(np.where(is_new, place, 0), axis=1)
    end = np.minimum.accumulate(np.where(is_last, place, place[-1])[:, ::-1], axis=1)[:, ::-1]
    return start, end - start + 1
