"""The choice of notebook 2 with nothing changed, for those who come without a list of their own."""

import pandas as pd

from kamtools.engagement import Engagement
from kamtools.selection.account_hours import account_hours
from kamtools.selection.attractiveness import attractiveness
from kamtools.selection.business_strength import business_strength
from kamtools.selection.limits import Limits
from kamtools.selection.list_value import value_above_baseline
from kamtools.selection.matrix import portfolio_matrix
from kamtools.selection.measurement import CriteriaTable, criteria_table
from kamtools.selection.portfolio import eligible
from kamtools.selection.programme import choose_within
from kamtools.selection.scoring import score
from kamtools.selection.weights import default_weights

MOST_ACCOUNTS = 20


def firm_criteria(firm: Engagement, candidates: pd.DataFrame) -> CriteriaTable:
    """Return the criteria of each candidate, from all that the firm's tables tell.

    Parameters
    ----------
    firm
        Its stores under their chains, from `engagement.roll_up`.
    candidates : (n_accounts, …), index account_id
        From `portfolio.eligible`.

    Examples
    --------
    >>> from kamtools import engagement, ledger
    >>> from kamtools.samples import locate
    >>> firm = engagement.roll_up(engagement.load(locate("sample")))
    >>> scorecard = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    >>> firm_criteria(firm, eligible(scorecard)).values.shape[0] == len(eligible(scorecard))
    True
    """
    return criteria_table(
        candidates,
        accounts=firm.accounts,
        relationship=firm.relationship,
        service=firm.service,
        goals=firm.strategy.get("goals", ()),
        as_of=firm.as_of,
        cost_per_hour=firm.capacity.get("cost_per_hour"),
    )


def default_choice(firm: Engagement, scorecard: pd.DataFrame) -> pd.DataFrame:
    """Return the key accounts that notebook 2 chooses with its parameters as they are.

    Default weights, weighted sum, and the best list within the engagement's number of key
    accounts (else a fifth of the accounts, up to 20) and its hours for them, where it has any.

    Parameters
    ----------
    firm
        Its stores under their chains.
    scorecard : (n_accounts, …), index account_id
        From `ledger.scorecard`.

    Returns
    -------
    (n_chosen, 3), index account_id, by rank
        `rank` and `score`; `cell` in the portfolio matrix, "not placed" where it is not known.

    Raises
    ------
    InputError
        If no account can be chosen.

    Examples
    --------
    >>> from kamtools import engagement, ledger
    >>> from kamtools.samples import locate
    >>> firm = engagement.roll_up(engagement.load(locate("sample")))
    >>> scorecard = ledger.scorecard(firm.invoices, as_of=firm.as_of)
    >>> len(default_choice(firm, scorecard)) == firm.capacity["key_accounts"]
    True
    """
    candidates = eligible(scorecard)
    table = firm_criteria(firm, candidates)
    weights = default_weights(table.values.columns)
    scores = score(table.values, weights, table.objectives, method="weighted_sum")
    a_fifth = max(1, min(MOST_ACCOUNTS, len(candidates) // 5))
    most = min(firm.capacity.get("key_accounts", a_fifth), len(candidates))
    hours = account_hours(candidates.index, service=firm.service, as_of=firm.as_of)["hours"]
    pool = candidates[["revenue"]].assign(value=value_above_baseline(scores["score"]), hours=hours)
    limits = Limits(hours=firm.capacity.get("key_account_hours"), accounts=most)
    chosen = choose_within(pool, limits).chosen
    strength = business_strength(
        candidates.index, strengths=firm.strengths, relationship=firm.relationship,
        accounts=firm.accounts,
    )  # fmt: skip
    appeal = attractiveness(table.values, weights, table.objectives)
    cells = portfolio_matrix(appeal, strength)["cell"]
    listed = scores[["rank", "score"]].assign(cell=cells)[chosen]
    return listed.sort_values("rank", kind="stable")
