"""Did this way of choosing find the accounts that mattered later? Tested on the firm's past.

At several past dates each way of choosing (`backtest_lists`) makes its list from what was
known then; what followed says what the lists were worth (`backtest_measures`). Nothing is
fitted to what followed: weights and rules are the defaults.

The best possible list is drawn from the accounts that could be chosen at the date, those
with sales in the 12 months before it; how many of the later top nobody could have listed is
told apart, as "newcomers". Intervals come from drawing the accounts anew (`bootstrap`), the
same draws for all dates, methods and horizons: dates share accounts and overlap, so that
eight dates are far from eight independent trials.
"""

import datetime
from collections.abc import Sequence

import ibis.expr.types as ir
import pandas as pd

from kamtools import ledger
from kamtools.errors import InputError
from kamtools.purchases import purchase_history
from kamtools.selection import backtest_dates as dates
from kamtools.selection.backtest_lists import rival_scores
from kamtools.selection.backtest_outcomes import what_followed
from kamtools.selection.backtest_table import empty_table, tidy
from kamtools.selection.backtest_tally import PastChoice, tallies
from kamtools.selection.bootstrap import account_draws
from kamtools.selection.history import as_known_earlier, months_known
from kamtools.selection.portfolio import eligible
from kamtools.wording import listing

TOPS = (10, 20, 50, 100)
LARGEST_SHARE = 0.2
FEWEST_ACCOUNTS = 10
DRAWS = 500


def backtest(
    invoices: ir.Table,
    *,
    as_of: datetime.date,
    tops: Sequence[int] | None = None,
    horizons_months: Sequence[int] = dates.HORIZONS,
    months_ago: Sequence[int] | None = None,
    most_dates: int = dates.MOST_DATES,
    draws: int = DRAWS,
    level: float = 0.95,
    seed: int,
) -> pd.DataFrame:
    """Return what lists made at past dates by each way of choosing were worth later.

    Parameters
    ----------
    invoices : account_id (string), date, amount and cost (float, cost may be null)
    as_of : the last day that counts; all dates lie before it
    tops : numbers of accounts in a list, 1 or more each
        None for 10, 20, 50 and 100, as far as they are no more than a fifth of the accounts
        at the date with the fewest; a fifth of these where even 10 are more.
    horizons_months : 1 or more each
        As `backtest_dates` has it; those that the history does not reach are left out.
    months_ago
        The past dates, in whole months before `as_of`; None for `most_dates` evenly spread.
    draws, level
        Of the bootstrap over accounts, and how much of it the intervals hold.
    seed
        Of the bootstrap and of the simulation in BG/NBD.

    Returns
    -------
    DataFrame
        One row a date, horizon, list size, method and measure, as `backtest_table.COLUMNS`
        says. Empty, with the reason in `attrs["reason"]`, where the history is too short or
        there are fewer than 10 accounts.

    Raises
    ------
    InputError
        If an argument is out of its range.
    """
    wanted = dates.check_horizons(horizons_months)
    history = purchase_history(invoices, as_of=as_of)
    why = "" if months_ago is not None else dates.too_short(history, wanted)
    if why:
        return empty_table(why)
    months = months_known(history)
    ago = (
        dates.past_dates(months, horizons_months=wanted, most_dates=most_dates)
        if months_ago is None
        else dates.check_dates(months_ago, months, shortest=wanted[0])
    )
    choices = past_choices(
        invoices, history, as_of=as_of, months_ago=ago, horizons_months=wanted, seed=seed
    )
    fewest = min((len(choice.rivals.scores) for choice in choices), default=0)
    if fewest < (FEWEST_ACCOUNTS if tops is None else 2):
        return empty_table(
            f"No back-test: {FEWEST_ACCOUNTS} accounts that bought are needed at each date; "
            f"got {fewest}."
        )
    sizes = default_tops(fewest) if tops is None else _check_tops(tops, fewest)
    return judge(choices, tops=sizes, draws=draws, level=level, seed=seed)


def past_choices(
    invoices: ir.Table,
    history: pd.DataFrame,
    *,
    as_of: datetime.date,
    months_ago: Sequence[int],
    horizons_months: Sequence[int],
    seed: int,
) -> list[PastChoice]:
    """Return what each method thought at each past date, and what followed.

    Parameters
    ----------
    invoices, as_of, months_ago, horizons_months, seed
        As for `backtest`.
    history : from `purchases.purchase_history` at `as_of`
    """
    choices = []
    for ago in months_ago:
        date = dates.date_before(as_of, ago)
        card = eligible(ledger.scorecard(invoices, as_of=date))
        if card.empty:
            continue
        known = as_known_earlier(history, ago)
        rivals = rival_scores(card.sort_index(), known, as_of=date, seed=seed)
        followed = what_followed(history, ago, horizons_months=horizons_months)
        choices.append(PastChoice(date, rivals, followed))
    return choices


def default_tops(n_accounts: int) -> list[int]:
    """Return the list sizes that are no more than a fifth of the accounts.

    Examples
    --------
    >>> default_tops(260), default_tops(40)
    ([10, 20, 50], [8])
    """
    most = max(1, int(LARGEST_SHARE * n_accounts))
    return [top for top in TOPS if top <= most] or [most]


def judge(
    choices: Sequence[PastChoice], *, tops: Sequence[int], draws: int, level: float, seed: int
) -> pd.DataFrame:
    """Return the table of `backtest` for choices already made.

    Parameters
    ----------
    choices : from `past_choices`, or with scores of one's own
    tops, draws, level, seed
        As for `backtest`.
    """
    accounts = next(iter(choices[0].followed.values())).index
    counts = account_draws(len(accounts), draws=draws, seed=seed)
    found = [row for choice in choices for row in tallies(choice, counts=counts, tops=tops)]
    missing = {method: why for choice in choices for method, why in choice.rivals.missing.items()}
    return tidy(found, missing=missing, level=level)


def _check_tops(tops: Sequence[int], fewest: int) -> list[int]:
    wrong = [t for t in tops if isinstance(t, bool) or not 1 <= t < fewest or t != int(t)]
    if wrong or not len(tops):
        raise InputError(
            f"tops must be whole numbers from 1 to {fewest - 1:,}, as {fewest:,} accounts could "
            f"be chosen at the date with the fewest; got "
            f"{listing([str(t) for t in wrong]) or 'none'}"
        )
    return sorted({int(top) for top in tops})
