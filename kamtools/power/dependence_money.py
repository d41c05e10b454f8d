"""What it costs each side, in money, until it has replaced the other (E18).

"If lost, the business suffers badly, and sales do not recover in the short run." The same can be
asked of the account. Whose loss is the larger, for how long, is what dependence means to people
who do not think in shares. `exposure` asks the other question: what it would do to the firm.
"""

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.power.dependence_assumptions import assumed_ends
from kamtools.power.dependence_shares import check_scorecard
from kamtools.power.dependence_sides import LEVELS, months_ends, relationship_facts
from kamtools.wording import money

Rates = tuple[float | pd.Series, ...]
"""What a trade lost is multiplied by, at low, middle and high."""

Row = Mapping[Hashable, Any]
"""One side's row of `loss_by_side`."""


def loss_by_side(
    scorecard: pd.DataFrame, relationship: pd.DataFrame | None, assumptions: pd.DataFrame
) -> pd.DataFrame:
    """Return what either side loses while it replaces the other.

    Parameters
    ----------
    scorecard : index account_id
        `revenue` (a year), `revenue_previous`, `margin`, as `ledger.scorecard` returns them.
    relationship
        As `schema.RELATIONSHIP`; None if the firm has none: then all months are assumed.
    assumptions
        As `dependence_assumptions.default_dependence_assumptions`.

    Returns
    -------
    (2 n_with_revenue, 12)
        `account_id`, `side` (who loses: "supplier", "account"), `months` of replacing,
        `revenue_lost`, `margin_lost` (money, above 0 a loss), each with `_low` and `_high`, and
        `basis` ("measured", or "assumed" where the months are not known). The supplier's margin is
        missing where the account's cost is not known, and below 0 where it earns by parting.

    Raises
    ------
    InputError
        As `dependence_inputs.measured_inputs`.

    Notes
    -----
    With revenue R of a year, months m of replacing and the mean share q of the trade that is not
    yet replaced in them (a half where it is refilled evenly), trade worth T = R / 12 × m × q is
    lost. The supplier loses revenue T and margin T × margin / R. The account pays T less, and
    does not resell it: with the resale margin r over what it pays us, it loses revenue T (1 + r)
    and margin T r. Ends are by interval arithmetic: low joins the least months, share and margin,
    high the largest, so that they hold every case and are wider than what is likely.

    Examples
    --------
    >>> from kamtools.power.dependence_assumptions import default_dependence_assumptions
    >>> scorecard = pd.DataFrame({"revenue": [1200.0], "revenue_previous": [0.0],
    ...                           "margin": [300.0]}, index=["a"])
    >>> facts = pd.DataFrame({"account_id": ["a"], "months_to_replace_us": [2.0],
    ...                       "months_to_replace_them": [12.0]})
    >>> loss_by_side(scorecard, facts, default_dependence_assumptions())[
    ...     ["side", "months", "revenue_lost", "margin_lost_low", "margin_lost"]].round(1)
           side  months  revenue_lost  margin_lost_low  margin_lost
    0  supplier    12.0         600.0             73.5        150.0
    1   account     2.0         130.0              7.4         30.0
    """
    check_scorecard(scorecard)
    assumed = assumed_ends(assumptions)
    card = scorecard[scorecard["revenue"] > 0]
    facts = relationship_facts(relationship, scorecard.index).loc[card.index]
    revenue, resale = card["revenue"].astype(float), assumed["resale_margin"]
    rate = card["margin"].astype(float) / revenue
    sides: dict[str, tuple[str, Rates, Rates]] = {
        "supplier": ("months_to_replace_them", (1.0, 1.0, 1.0), (rate, rate, rate)),
        "account": ("months_to_replace_us", tuple(1 + end for end in resale), resale),
    }
    tables = []
    for side, (fact, of_revenue, of_margin) in sides.items():
        months = months_ends(facts[fact], assumed["months_factor"], assumed[fact])
        unfilled = zip(months, assumed["not_yet_replaced"], strict=True)
        trade = tuple(revenue / 12 * time * share for time, share in unfilled)
        columns = _ends("months", months) | _ends("revenue_lost", _times(trade, of_revenue))
        columns |= _ends("margin_lost", _times(trade, of_margin))
        basis = np.where(facts[fact].notna(), "measured", "assumed")
        tables.append(pd.DataFrame({"side": side, **columns, "basis": basis}, index=card.index))
    joined = pd.concat(tables)
    place = card.index.get_indexer(joined.index)
    ordered = joined.iloc[np.argsort(place, kind="stable")].rename_axis("account_id")
    return ordered.reset_index().astype({"account_id": "str", "side": "str", "basis": "str"})


def describe_loss(
    loss: pd.DataFrame, account_id: str, *, name: str = "", currency: str = ""
) -> str:
    """Return in words what parting from one account costs each side.

    Parameters
    ----------
    loss
        As `loss_by_side`.
    account_id, name
        Which account, and what it is called.
    currency
        Stands before each amount.

    Raises
    ------
    InputError
        If the table has no row of the account.

    Examples
    --------
    >>> loss = pd.DataFrame({"account_id": "a", "side": ["supplier", "account"]})
    >>> loss[["months_low", "months", "months_high"]] = [[8.4, 12, 18], [1.4, 2, 3]]
    >>> loss[["margin_lost_low", "margin_lost", "margin_lost_high"]] = [
    ...     [73.5, 150, 360], [7.4, 30, 120]]
    >>> print(describe_loss(loss.assign(basis="measured"), "a", name="浩瀚", currency="EUR"))
    If 浩瀚 and we part, we lose EUR 150 of margin (74 to 360) over 12 months (8 to 18) until it
    is replaced. 浩瀚 loses EUR 30 of resale margin (7 to 120) over 2 months (1 to 3) until we
    are. In brackets: all assumptions at their ends together, so wider than what is likely.
    """
    own = loss[loss["account_id"] == account_id].set_index("side").to_dict("index")
    if not own:
        raise InputError(f"account {account_id!r} is not in the table of losses")
    who = name or account_id
    ours, theirs = own["supplier"], own["account"]
    return (
        f"If {who} and we part, {_our_loss(ours, currency)} over {_months(ours)} until it is "
        f"replaced. {who} loses {_amount(theirs, 'margin_lost', 'of resale margin', currency)} "
        f"over {_months(theirs)} until we are. In brackets: all assumptions at their ends "
        "together, so wider than what is likely."
    )


def _our_loss(row: Row, currency: str) -> str:
    if pd.isna(row["margin_lost"]):
        what = "of revenue (its margin is not known)"
        return f"we lose {_amount(row, 'revenue_lost', what, currency)}"
    if row["margin_lost"] >= 0:
        return f"we lose {_amount(row, 'margin_lost', 'of margin', currency)}"
    spared: Row = {f"margin_lost{level}": -row[f"margin_lost{end}"]
              for level, end in zip(LEVELS, LEVELS[::-1], strict=True)}  # fmt: skip
    return f"it spares us {_amount(spared, 'margin_lost', 'of margin', currency)}"


def _times(trade: tuple[pd.Series, ...], rates: Rates) -> tuple[pd.Series, ...]:
    return tuple(part * rate for part, rate in zip(trade, rates, strict=True))


def _ends(name: str, ends: tuple[pd.Series, ...]) -> dict[str, pd.Series]:
    """Return the columns of low, middle and high; a margin below 0 turns the ends round."""
    outer = pd.concat([ends[0], ends[2]], axis=1)
    ordered = (outer.min(axis=1, skipna=False), ends[1], outer.max(axis=1, skipna=False))
    return {f"{name}{level}": end for level, end in zip(LEVELS, ordered, strict=True)}


def _amount(row: Row, column: str, what: str, currency: str) -> str:
    low, middle, high = (row[f"{column}{level}"] for level in LEVELS)
    return f"{money(middle, currency)} {what} ({money(low)} to {money(high)})"


def _months(row: Row) -> str:
    low, middle, high = (row[f"months{level}"] for level in LEVELS)
    unit = "month" if round(middle) == 1 else "months"
    assumed = ", assumed" if row["basis"] == "assumed" else ""
    return f"{middle:.0f} {unit} ({low:.0f} to {high:.0f}{assumed})"
