"""What the dependence inputs rest on, and who lacks some, in words for a manager."""

import pandas as pd

from kamtools.wording import listing

TOLD = 5
"""Accounts that are named one by one."""

BASES = ("measured", "judged", "assumed")


def describe_inputs(inputs: pd.DataFrame) -> str:
    """Return how much is measured, judged and assumed, and whose estimates they are.

    Parameters
    ----------
    inputs
        As `dependence_inputs.measured_inputs` or `dependence_inputs.join_inputs`.

    Examples
    --------
    >>> inputs = pd.DataFrame({"account_id": ["a", "a", "b"],
    ...                        "basis": ["measured", "judged", "assumed"],
    ...                        "whose": ["ledger", "account", "ledger"]})
    >>> print(describe_inputs(inputs))
    Of 3 inputs of 2 accounts 1 is measured, 1 is judged and 1 is assumed. They come from:
    ledger (2) and account (1).
    """
    if inputs.empty:
        return "There are no dependence inputs."
    counts = inputs["basis"].value_counts().reindex(list(BASES), fill_value=0)
    told = [f"{n:,} {'is' if n == 1 else 'are'} {basis}" for basis, n in counts.items() if n]
    whose = [f"{who} ({n:,})" for who, n in inputs["whose"].value_counts().items()]
    accounts = inputs["account_id"].nunique()
    return (
        f"Of {len(inputs):,} inputs of {accounts:,} account{'' if accounts == 1 else 's'} "
        f"{listing(told)}. They come from: {listing(whose)}."
    )


def describe_lacking(lacking: pd.DataFrame, *, names: pd.Series | None = None) -> str:
    """Return which accounts cannot be placed on the power map, and what they need.

    Parameters
    ----------
    lacking
        As `dependence_inputs.lacking_sides`.
    names : index account_id
        Of the accounts; ids stand where there is none.

    Examples
    --------
    >>> lacking = pd.DataFrame({"account_id": ["a", "b"], "side": "account",
    ...     "needs": "share_of_wallet and alternatives in relationship.csv"})
    >>> print(describe_lacking(lacking, names=pd.Series({"a": "浩瀚"})))
    2 accounts have no inputs of the account side: 浩瀚 and b. They need share_of_wallet and
    alternatives in relationship.csv. Nothing is filled in: until then they are not on the map.
    """
    if lacking.empty:
        return "Both sides of every account have inputs."
    known = {} if names is None else names.dropna().to_dict()
    sentences = []
    for (side, needs), rows in lacking.groupby(["side", "needs"], sort=False):
        told = [str(known.get(account, account)) for account in rows["account_id"].iloc[:TOLD]]
        more = len(rows) - len(told)
        told += [f"{more:,} more"] if more else []
        have, they = (
            ("account has", "It needs") if len(rows) == 1 else ("accounts have", "They need")
        )
        sentences.append(
            f"{len(rows):,} {have} no inputs of the {side} side: {listing(told)}. {they} {needs}."
        )
    return " ".join([*sentences, "Nothing is filled in: until then they are not on the map."])
