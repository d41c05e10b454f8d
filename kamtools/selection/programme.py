"""The most valuable list of key accounts within the hours, the money and the rules there are.

Ranking answers who is worth most; a firm must choose a list that it can look after. That is
a 0/1 programme, solved to the proven optimum. Beside it stand the shorter ways of choosing
(`other_ways`), what one more hour would bring (`marginal_hours`), and who just missed
(`near_misses`).

References
----------
.. [1] Kellerer, H., Pferschy, U. and Pisinger, D. (2004), Knapsack Problems, Springer.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.conflicting_limits import conflict_message
from kamtools.selection.exact_choice import Choice, best_choice
from kamtools.selection.limits import Limits, Rows, fixed_accounts, limit_rows
from kamtools.wording import money, percent

ONE_ROW = ("hours", "budget", "accounts", "concentration", "stars")
"""Limits of which there is one use and one bound."""


@dataclass(frozen=True)
class Programme:
    """The chosen list, and what proves it.

    Attributes
    ----------
    candidates : (n_accounts, …), index account_id in order
        `value` and what the limits need.
    limits : Limits
    chosen : (n_accounts,) bool, index account_id
    value
        Sum of the values of the chosen.
    bound
        No list within the limits is worth more. Equal to `value` where the optimum is proven.
    relaxed
        What a list could be worth if accounts could be looked after in parts: a bound too,
        and the looser one.
    use : table by limit with `used`, `limit` and `left`
        `left` is what another account could still use; for Stars, how many there are beyond
        the least. Rules without one bound (rivals, groups, named accounts) are not in it.
    prices : value of one more unit, by limit
        In the relaxation. 0 where some of the limit is left; see `marginal_hours`.
    margins : (n_accounts,), index account_id
        Value less the price of what the account uses: above 0 if it pays for its use.
    """

    candidates: pd.DataFrame
    limits: Limits
    chosen: pd.Series
    value: float
    bound: float
    relaxed: float
    use: pd.DataFrame
    prices: pd.Series
    margins: pd.Series

    @property
    def gap(self) -> float:
        """What the list may lack of the best, as a share of its value; 0 if it is the best."""
        return (self.bound - self.value) / abs(self.value) if self.value else 0.0


def choose_within(candidates: pd.DataFrame, limits: Limits, *, gap: float = 0.0) -> Programme:
    """Return the most valuable list within the limits.

    Parameters
    ----------
    candidates : (n_accounts, …), index account_id
        `value`: what having the account on the list is worth, in any unit that adds up (score,
        or margin a year). Where a limit needs it also `hours` (a year), `cost` (money a year),
        `revenue` (money), `revenue_share` (of the firm's, 0-1), `group`, `is_star` (bool).
    limits : Limits
    gap : share, at least 0
        Stop as soon as no list can be better by more than this part of the value. With 0 the
        list is proven to be the best.

    Raises
    ------
    InputError
        If no list meets all limits: the message says which of them fight, and how far each
        would have to move. If there is no account, an account stands twice or has no value,
        or as `limit_rows`.

    Notes
    -----
    max sum_i v_i x_i within the rows of `limits.limit_rows`, x_i in {0, 1}. An account whose
    value is not above 0 is only chosen where a limit asks for it. Limits are met to a
    millionth of the largest account's use. Of several best lists one is returned, the same
    whatever the order of the candidates.

    Examples
    --------
    The largest takes more hours than it is worth:

    >>> candidates = pd.DataFrame({"value": [10.0, 7.0, 6.0], "hours": [60.0, 50.0, 50.0]},
    ...                           index=["giant", "middle", "riser"])
    >>> programme = choose_within(candidates, Limits(hours=100))
    >>> programme.chosen[programme.chosen].index.tolist(), programme.value, programme.gap
    (['middle', 'riser'], 13.0, 0.0)
    >>> programme.use
           used  limit  left
    hours 100.0  100.0   0.0
    """
    _check_candidates(candidates)
    ordered = candidates.sort_index()
    choice = solve_within(ordered, limits, gap=gap)
    if choice is None:
        raise InputError(conflict_message(ordered, limits))
    rows = limit_rows(ordered, limits)
    is_told = np.isin(rows.names, ONE_ROW)
    prices = pd.Series(choice.prices[is_told], index=rows.names[is_told], dtype=float)
    return Programme(
        candidates=ordered,
        limits=limits,
        chosen=pd.Series(choice.x, index=ordered.index, name="is_chosen").reindex(candidates.index),
        value=choice.value,
        bound=choice.bound,
        relaxed=choice.relaxed,
        use=use_of_limits(rows, choice.x),
        prices=prices.rename("price"),
        margins=pd.Series(choice.margins, index=ordered.index, name="margin"),
    )


def solve_within(candidates: pd.DataFrame, limits: Limits, *, gap: float = 0.0) -> Choice | None:
    """Return the best choice within the limits as arrays, None if no list meets them all.

    Parameters
    ----------
    candidates, limits, gap
        As in `choose_within`; the arrays are in the order of the candidates.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [10.0], "hours": [60.0]}, index=["giant"])
    >>> solve_within(candidates, Limits(hours=50, include=("giant",))) is None
    True
    """
    rows = limit_rows(candidates, limits)
    return best_choice(
        candidates["value"].to_numpy(dtype=float),
        rows.matrix,
        rows.upper,
        fixed=fixed_accounts(candidates.index, limits),
        gap=gap,
    )


def use_of_limits(rows: Rows, x: np.ndarray) -> pd.DataFrame:
    """Return by limit how much a list uses, how much there is, and what is left.

    Parameters
    ----------
    rows
        From `limits.limit_rows`.
    x : (n_accounts,) bool or 0/1

    Examples
    --------
    >>> candidates = pd.DataFrame({"is_star": [True, False, True]})
    >>> use_of_limits(limit_rows(candidates, Limits(accounts=2, stars=1)), np.array([1, 0, 1]))
              used  limit  left
    accounts   2.0    2.0   0.0
    stars      2.0    1.0   1.0
    """
    is_told = np.isin(rows.names, ONE_ROW)
    names = rows.names[is_told]
    sign = np.where(names == "stars", -1.0, 1.0)
    used, limit = (rows.matrix @ x)[is_told] * sign, rows.upper[is_told] * sign
    table = pd.DataFrame({"used": used, "limit": limit}, index=names, dtype=float)
    return table.assign(left=(limit - used) * sign)


def describe_programme(programme: Programme, *, currency: str | None = None) -> str:
    """Return in words what is chosen, what it uses, and how sure it is the best.

    Parameters
    ----------
    programme
        From `choose_within`.
    currency
        If values are money, the code that stands before them ("" for none); None if they are
        points of a score.

    Examples
    --------
    >>> candidates = pd.DataFrame({"value": [10.0, 7.0, 6.0], "hours": [60.0, 50.0, 45.0]},
    ...                           index=["giant", "middle", "riser"])
    >>> print(describe_programme(choose_within(candidates, Limits(hours=100, accounts=3))))
    2 of 3 accounts are chosen, worth 13 points together: they take 95 of 100 hours. No list
    within the limits is worth more (proven).
    """
    n = int(programme.chosen.sum())
    told = programme.use.index.intersection(["hours", "budget", "stars"], sort=False)
    uses = [_use_words(str(name), row) for name, row in programme.use.loc[told].iterrows()]
    text = (
        f"{n:,} of {len(programme.chosen):,} accounts {'is' if n == 1 else 'are'} chosen, worth "
        f"{worth(programme.value, currency)}{' together' if n != 1 else ''}"
    )
    if uses:
        text += f": {'it takes' if n == 1 else 'they take'} {', '.join(uses)}"
    if programme.gap == 0:
        return f"{text}. No list within the limits is worth more (proven)."
    return f"{text}. No list within the limits is worth {percent(programme.gap)} more."


def worth(value: float, currency: str | None) -> str:
    """Return a value as money, or as points of a score, to three significant figures.

    Examples
    --------
    >>> worth(12_345.6, "EUR"), worth(12.34, None), worth(0.034, None)
    ('EUR 12,300', '12.3 points', '0.034 points')
    """
    if currency is not None:
        return money(value, currency)
    rounded = float(f"{abs(value):.3g}")
    sign = "−" if value < 0 else ""
    return f"{sign}{rounded:,.10g} point{'' if rounded == 1 else 's'}"


def _use_words(name: str, row: pd.Series) -> str:
    words = {
        "hours": f"{row['used']:,.0f} of {row['limit']:,.0f} hours",
        "budget": f"{row['used']:,.0f} of {row['limit']:,.0f} of the budget",
        "stars": f"{row['used']:,.0f} of them Stars (at least {row['limit']:,.0f})",
    }
    return words[name]


def _check_candidates(candidates: pd.DataFrame) -> None:
    if candidates.empty:
        raise InputError("there are no candidates: no account can be chosen")
    if "value" not in candidates:
        raise InputError("candidates lack the column value")
    if candidates.index.has_duplicates:
        again = candidates.index[candidates.index.duplicated()][0]
        raise InputError(f"candidates hold {again!r} more than once")
    is_known = np.isfinite(candidates["value"].to_numpy(dtype=float))
    if not is_known.all():
        raise InputError(
            f"value must be known for every candidate; it is not for "
            f"{int((~is_known).sum()):,}, first {candidates.index[~is_known][0]!r}"
        )
