"""Dependence inputs of a firm: measured from its ledger and facts, and joined by what is judged.

A side's part for which the data say nothing is not made up: `lacking_sides` says who lacks what.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from kamtools.power.dependence_assumptions import (
    Ends,
    assumed_ends,
    default_dependence_assumptions,
)
from kamtools.power.dependence_shares import share_ends
from kamtools.power.dependence_sides import account_side, relationship_facts, supplier_side
from kamtools.power.measure_effects import check_inputs

COLUMNS = ("account_id", "side", "part", "stake_low", "stake", "stake_high", "availability_low",
           "availability", "availability_high", "whose", "source", "basis")  # fmt: skip
KEY = ["account_id", "side", "part"]
BASES = ("measured", "judged", "assumed")
"""From the firmest to the weakest."""

NEEDS = {
    "supplier": "invoices of the last 12 months, or a row of dependence.csv",
    "account": "share_of_wallet and alternatives in relationship.csv, or a row of dependence.csv",
}
"""What would give an account the inputs of a side."""


def measured_inputs(
    scorecard: pd.DataFrame, relationship: pd.DataFrame | None, assumptions: pd.DataFrame
) -> pd.DataFrame:
    """Return what the firm's own data say of the dependence of both sides.

    Parameters
    ----------
    scorecard : index account_id
        `revenue`, `revenue_previous`, `margin`, as `ledger.scorecard` returns them, of every
        account of the firm: shares are of their sum.
    relationship
        As `schema.RELATIONSHIP`, under the same account_id; None if the firm has none.
    assumptions
        As `dependence_assumptions.default_dependence_assumptions`.

    Returns
    -------
    DataFrame
        `account_id`, `side`, `part`, `stake_low`, `stake`, `stake_high`, `availability_low`,
        `availability`, `availability_high` (0-1), `whose`, `source`, `basis` ("measured", or
        "assumed" where the months are not known). A row "trade" of the supplier's side for every
        account with revenue; a row "spend" of the account's side where `share_of_wallet` and
        `alternatives` are known.

    Raises
    ------
    InputError
        If a column is missing, an account stands twice, or none of the relationship facts is
        of an account of the scorecard.

    Notes
    -----
    Supplier's side: the stake lies between the account's shares of revenue, of margin, and of
    last year's revenue, as far as they are known; its middle is the share of margin, or of
    revenue where cost is not known. Availability is exp(−m f / 12): m the months to replace the
    account, f the `months_factor`.

    Account's side: the stake is the share of wallet w times the `wallet_factor`. Availability is
    n / (n + h) × exp(−m f / 12): n alternatives, h `half_at`, m the months to replace us.

    Examples
    --------
    >>> scorecard = pd.DataFrame({"revenue": [60.0, 40.0], "revenue_previous": [50.0, 50.0],
    ...     "margin": [15.0, 15.0]}, index=pd.Index(["a", "b"], name="account_id"))
    >>> facts = pd.DataFrame({"account_id": ["a"], "share_of_wallet": [0.2], "alternatives": [6],
    ...     "months_to_replace_us": [2.0], "months_to_replace_them": [12.0]})
    >>> measured_inputs(scorecard, facts, default_dependence_assumptions())[
    ...     ["account_id", "side", "stake_low", "stake", "stake_high", "availability", "basis"]
    ... ].round(2)
      account_id      side  stake_low  stake  stake_high  availability     basis
    0          a  supplier       0.50    0.5        0.60          0.37  measured
    1          a   account       0.16    0.2        0.25          0.63  measured
    2          b  supplier       0.40    0.5        0.50          0.61   assumed
    """
    assumed = assumed_ends(assumptions)
    shares = share_ends(scorecard)
    facts = relationship_facts(relationship, scorecard.index).loc[shares.index]
    sides = [supplier_side(shares, facts, assumed), account_side(facts, assumed)]
    table = pd.concat(sides)
    place = shares.index.get_indexer(table.index)
    ordered = table.iloc[np.argsort(place, kind="stable")]
    return ordered.rename_axis("account_id").reset_index()[list(COLUMNS)]


def join_inputs(
    measured: pd.DataFrame,
    judged: pd.DataFrame | None,
    *,
    assumptions: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the measured inputs with the judged ones in them.

    Parameters
    ----------
    measured
        As `measured_inputs`.
    judged
        As `schema.DEPENDENCE`; None or empty if nobody judged. A low or high that is blank comes
        from the assumption `judgement_error`, a blank basis is "judged".
    assumptions
        The proposed ones if None.

    Returns
    -------
    DataFrame
        As `measured`. A judged row takes the place of the measured one with the same account,
        side and part; the others come after all measured ones, in their own order.

    Raises
    ------
    InputError
        If the inputs cannot be used, as `measure_effects.check_inputs`.

    Notes
    -----
    Where several rows say the same part of an account, as the stores of a chain do once they
    are rolled up, they become one: middles of the row with the largest stake × (1 − availability),
    from the least low to the largest high of all, the weakest basis, everybody's names. A
    chain depends as much as its store that depends most.

    Examples
    --------
    >>> measured = pd.DataFrame([["a", "account", "spend", 0.1, 0.2, 0.3, 0.5, 0.6, 0.7,
    ...                           "ledger", "relationship.csv", "measured"]], columns=COLUMNS)
    >>> judged = pd.DataFrame({"account_id": "a", "side": "account", "part": ["brand", "spend"],
    ...     "stake": [0.1, 0.4], "availability": [0.5, 0.5], "whose": "account"})
    >>> join_inputs(measured, judged)[["part", "stake_low", "stake", "stake_high", "basis"]]
        part  stake_low  stake  stake_high   basis
    0  spend       0.25    0.4        0.55  judged
    1  brand       0.00    0.1        0.25  judged
    """
    if judged is None or judged.empty:
        return measured.copy()
    table = default_dependence_assumptions() if assumptions is None else assumptions
    own = _one_row_a_part(_filled(judged, assumed_ends(table)["judgement_error"]))
    joined = pd.concat([measured, own], ignore_index=True)
    # Where a part stands twice the judged row, which is the later, moves to the first place.
    place = joined.groupby(KEY, sort=False).ngroup()
    joined = joined.assign(place=place).drop_duplicates(KEY, keep="last")
    joined = joined.sort_values("place").drop(columns="place").reset_index(drop=True)
    check_inputs(joined)
    return joined


def lacking_sides(inputs: pd.DataFrame, accounts: Iterable[str]) -> pd.DataFrame:
    """Return which accounts lack the inputs of a side, and what would give them.

    Parameters
    ----------
    inputs
        As `measured_inputs` or `join_inputs`.
    accounts
        All accounts asked about, by account_id.

    Returns
    -------
    (n_lacking, 3)
        `account_id`, `side`, `needs`, in the order of `accounts`. Those accounts cannot go into
        `dependence.power_table`.

    Examples
    --------
    >>> inputs = pd.DataFrame({"account_id": ["a", "a", "b"],
    ...                        "side": ["supplier", "account", "supplier"]})
    >>> lacking_sides(inputs, ["a", "b"])[["account_id", "side"]]
      account_id     side
    0          b  account
    """
    wanted = pd.DataFrame({"account_id": pd.unique(pd.Series(list(accounts), dtype="str"))})
    wanted = wanted.merge(pd.DataFrame({"side": pd.Series(list(NEEDS), dtype="str")}), how="cross")
    known = pd.MultiIndex.from_frame(inputs[["account_id", "side"]])
    lacking = wanted[~pd.MultiIndex.from_frame(wanted).isin(known)]
    return lacking.assign(needs=lacking["side"].map(NEEDS).astype("str")).reset_index(drop=True)


def _filled(judged: pd.DataFrame, error: Ends) -> pd.DataFrame:
    """Return judged rows with every column; blank ends lie an assumed error off the middle."""
    rows = judged.reindex(columns=list(COLUMNS))
    # An error that lies all to one side must not carry an end past the middle.
    off = {"_low": min(error[0], 0.0), "_high": max(error[2], 0.0)}
    for name in ("stake", "availability"):
        for end, by in off.items():
            assumed = (rows[name].astype(float) + by).clip(0, 1)
            rows[f"{name}{end}"] = rows[f"{name}{end}"].astype(float).fillna(assumed)
    rows["basis"] = rows["basis"].astype("str").fillna("judged")
    return rows.astype({"source": "str"}).fillna({"source": ""})


def _one_row_a_part(rows: pd.DataFrame) -> pd.DataFrame:
    """Return rows with each part of an account's side once: see the notes of `join_inputs`."""
    weight = rows["stake"] * (1 - rows["availability"])
    rank = rows["basis"].map(BASES.index)
    ordered = rows.assign(weight=weight, rank=rank).sort_values(
        "weight", ascending=False, kind="stable"
    )
    grouped = ordered.groupby(KEY, sort=False)
    names = grouped[["whose", "source"]].agg(_all_said)
    one = grouped[["stake", "availability"]].first().join(names)
    for name in ("stake", "availability"):
        one[f"{name}_low"] = grouped[f"{name}_low"].min()
        one[f"{name}_high"] = grouped[f"{name}_high"].max()
    one["basis"] = grouped["rank"].max().map(dict(enumerate(BASES)))
    first = pd.MultiIndex.from_frame(rows[KEY].drop_duplicates())
    return one.loc[first].reset_index()[list(COLUMNS)]


def _all_said(texts: pd.Series) -> str:
    return "; ".join(dict.fromkeys(text for text in texts if text))
