"""How many of tomorrow's top accounts a list by today's sales misses.

Malthouse and Blattberg found that of the true future top 20 % some 55 % are not in the top
20 % predicted from the past. If past and future value are bivariate normal, that is a
correlation of only 0.525, and at the same correlation the rate worsens as the elite shrinks:
66 % of a top 10 %, 74 % of a top 5 %, 82 % of a top 2 %. Key accounts are a top 2-5 %.

The model is a yardstick, not a law: where a few giants stand far above all others, a small
elite is missed less often than the correlation of all accounts makes expect, and over one
year less often than over several. So the firm's own history stands beside it.

References
----------
.. [1] Malthouse, E. C. and Blattberg, R. C. (2005), "Can we predict customer lifetime
   value?", Journal of Interactive Marketing 19(1), 2-16.
.. [2] Owen, D. B. (1956), "Tables for computing bivariate normal probabilities", Annals of
   Mathematical Statistics 27(4), 1075-1090.
"""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri, owens_t
from scipy.stats import binom

from kamtools.errors import InputError
from kamtools.selection.concentration import round_half_up
from kamtools.wording import percent

ELITE_SHARES = (0.20, 0.10, 0.05, 0.02)


def expected_miss_rate(correlation: float, elite_share: float) -> float:
    """Return the part of the future elite that the past elite is expected to miss.

    Parameters
    ----------
    correlation : -1 to 1
        Between past and future value, each brought to a normal distribution.
    elite_share : between 0 and 1
        Size of both elites as a part of all accounts.

    Returns
    -------
    share, 0-1
        0 if the past settles the future; 1 - `elite_share` if it says nothing.

    Raises
    ------
    InputError
        If an argument is out of its range.

    Notes
    -----
    With q the elite's share, z its normal threshold and T Owen's function,
    1 - P(Z1 > z, Z2 > z)/q = 2 T(z, sqrt((1 - r)/(1 + r)))/q.

    Examples
    --------
    >>> [round(expected_miss_rate(0.525, share), 2) for share in ELITE_SHARES]
    [0.55, 0.66, 0.74, 0.82]
    """
    if not -1 <= correlation <= 1:
        raise InputError(f"a correlation lies from -1 to 1; got {correlation}")
    if not 0 < elite_share < 1:
        raise InputError(f"the elite's share of accounts lies between 0 and 1; got {elite_share}")
    threshold = ndtri(1 - elite_share)
    ratio = np.sqrt((1 - correlation) / (1 + correlation)) if correlation > -1 else np.inf
    return float(2 * owens_t(threshold, ratio) / elite_share)


def past_future_correlation(past: pd.Series, future: pd.Series) -> float:
    """Return the correlation of past and future value after both are made normal.

    Revenue is skewed, and the model behind `expected_miss_rate` is not: each series is
    replaced by its normal scores, which keep the order and nothing else. Accounts that left
    share one low score, so that heavy churn makes the figure approximate.

    Parameters
    ----------
    past, future : money, index account_id
        Accounts with a positive `past` count; one missing from `future` bought nothing.

    Raises
    ------
    InputError
        If fewer than three accounts bought in the past, or either series is all the same.

    Notes
    -----
    Van der Waerden scores: the normal quantile of rank/(n + 1); ties take their mean rank.

    Examples
    --------
    >>> past = pd.Series({"a": 1.0, "b": 10.0, "c": 100.0})
    >>> round(past_future_correlation(past, past**2), 6)
    1.0
    """
    pairs = _known_then(past, future)
    if len(pairs) < 3:
        raise InputError(
            f"a correlation needs three accounts that bought in the past; got {len(pairs)}"
        )
    if (pairs.nunique() < 2).any():
        raise InputError("past or future revenue is the same for every account: no correlation")
    scores = ndtri(pairs.rank().to_numpy() / (len(pairs) + 1))
    return float(np.corrcoef(scores, rowvar=False)[0, 1])


def observed_miss_rate(past: pd.Series, future: pd.Series, elite_size: int) -> float:
    """Return the part of the future's top accounts that were not among the past's top.

    Parameters
    ----------
    past, future : money, index account_id
        Accounts with a positive `past` count: nobody could have listed the others.
        One missing from `future` bought nothing.
    elite_size : number of accounts, from 1 to less than all of them

    Raises
    ------
    InputError
        If `elite_size` is out of its range.

    Examples
    --------
    >>> past = pd.Series({"a": 9.0, "b": 8.0, "c": 2.0, "d": 1.0})
    >>> future = pd.Series({"a": 9.0, "b": 0.0, "c": 8.0, "d": 1.0})
    >>> observed_miss_rate(past, future, 2)
    0.5
    """
    pairs = _known_then(past, future)
    if not 1 <= elite_size < len(pairs):
        raise InputError(
            f"elite_size must be from 1 to {len(pairs) - 1}, as {len(pairs)} accounts bought in "
            f"the past; got {elite_size}"
        )
    missed = _elite(pairs["future"], elite_size).difference(_elite(pairs["past"], elite_size))
    return len(missed) / elite_size


def miss_rate_table(
    past: pd.Series, future: pd.Series, elite_shares: Sequence[float] = ELITE_SHARES
) -> pd.DataFrame:
    """Return how many of the later top accounts sales missed, beside what was to be expected.

    Parameters
    ----------
    past, future : money, index account_id
        Revenue of two periods of the same length, as in `observed_miss_rate`.
    elite_shares : each between 0 and 1
        Sizes of the elite; those that come to less than one account are left out.

    Returns
    -------
    (n_sizes, 8)
        `elite_share`; `elite_size` in accounts; `missed`, how many of the future elite were
        not in the past one; `observed_miss_rate`; `expected_miss_rate` at `correlation`;
        `expected_low` and `expected_high`, between which chance keeps nine in ten firms with
        that correlation (binomial, misses taken as independent); `correlation` by
        `past_future_correlation`; `newcomers`, how many of the top accounts of the future
        were not buying in the past at all (no list could have named them, so they count in
        no rate).

    Raises
    ------
    InputError
        As the functions it is made of.

    Examples
    --------
    >>> past = pd.Series(range(1, 21), index=list("abcdefghijklmnopqrst"), dtype=float)
    >>> table = miss_rate_table(past, past[::-1].set_axis(past.index), [0.2, 0.1])
    >>> table[["elite_size", "missed", "observed_miss_rate"]].values.tolist()
    [[4.0, 4.0, 1.0], [2.0, 2.0, 1.0]]
    """
    pairs = _known_then(past, future)
    correlation = past_future_correlation(past, future)
    sizes = [(share, round_half_up(share * len(pairs))) for share in elite_shares]
    rows = [_miss_row(pairs, future, share, size, correlation) for share, size in sizes if size]
    if not rows:
        raise InputError(
            f"each elite comes to less than one of {len(pairs)} accounts: {list(elite_shares)}"
        )
    return pd.DataFrame(rows)


def describe_miss_rates(table: pd.DataFrame) -> str:
    """Return in words what the table of `miss_rate_table` says of the smallest elite.

    Examples
    --------
    >>> past = pd.Series(range(1, 41), index=[f"a{i:02}" for i in range(40)], dtype=float)
    >>> future = past.where(past != 39, 0.0)
    >>> print(describe_miss_rates(miss_rate_table(past, future, [0.1])))
    A list of the 4 largest accounts of the earlier period missed 1 of the 4 largest of the
    later one (25 %). A correlation of past and future sales of 0.80 makes 44 % expected, with
    0 % to 75 % within the play of chance.
    """
    row = table.sort_values("elite_size").iloc[0]
    size, newcomers = int(row["elite_size"]), int(row["newcomers"])
    observed, low, high = row[["observed_miss_rate", "expected_low", "expected_high"]]
    sentences = [
        f"A list of the {size:,} largest accounts of the earlier period missed "
        f"{int(row['missed']):,} of the {size:,} largest of the later one "
        f"({percent(observed)}).",
        f"A correlation of past and future sales of {row['correlation']:.2f} makes "
        f"{percent(row['expected_miss_rate'])} expected, with {percent(low)} to {percent(high)} "
        "within the play of chance.",
    ]
    if observed < low:
        sentences.append("It missed fewer: this firm's largest stand further above the others.")
    if observed > high:
        sentences.append("It missed more: this firm's largest change more than its others.")
    if newcomers:
        sentences.append(f"Not counted: {newcomers:,} of the later top {size:,} were new.")
    return " ".join(sentences)


def _miss_row(
    pairs: pd.DataFrame, future: pd.Series, share: float, size: int, correlation: float
) -> dict[str, float]:
    observed = observed_miss_rate(pairs["past"], pairs["future"], size)
    expected = expected_miss_rate(correlation, size / len(pairs))
    low, high = binom.ppf([0.05, 0.95], size, expected) / size
    return {
        "elite_share": share,
        "elite_size": size,
        "missed": round(observed * size),
        "observed_miss_rate": observed,
        "expected_miss_rate": expected,
        "expected_low": float(low),
        "expected_high": float(high),
        "correlation": correlation,
        "newcomers": len(_elite(future.dropna(), size).difference(pairs.index)),
    }


def _known_then(past: pd.Series, future: pd.Series) -> pd.DataFrame:
    """Return past and future of the accounts that bought in the past."""
    bought = past[past > 0]
    later = future.reindex(bought.index).fillna(0.0)
    return pd.DataFrame({"past": bought, "future": later}).sort_index()


def _elite(revenue: pd.Series, size: int) -> pd.Index:
    """Return the accounts with the largest revenue; of equals, the first by id."""
    ordered = revenue.sort_index().sort_values(ascending=False, kind="stable")
    return ordered.index[:size]
