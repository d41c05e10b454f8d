"""How strong we are at an account, seen with its eyes: 1 is level with the best rival.

The axis of a portfolio along which the client looks at us. It counts what the client needs
from a supplier, weighted as the client weighs it, and only in comparison: being good is no
strength where a rival is better. The ratings come from asking clients, in a table of its own
(strengths.csv). Where there is no such table, two facts stand in and are named as stand-ins:
our share of what the account buys, and how good the relationship is judged to be.

References
----------
.. [1] McDonald, M. and Woodburn, D. (2011), Key Account Management: the Definitive Guide,
   3rd ed., Wiley. The form as a ratio is unverified against the original.
"""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.facts import fact_by_account
from kamtools.wording import listing

COLUMNS = ("account_id", "factor", "weight", "us", "rival", "rating")
LOWEST, HIGHEST = 1.0, 10.0
FACTORS = "the client's success factors"
NOT_KNOWN = "not known"
STAND_INS = {
    "share_of_wallet": "share of wallet",
    "relationship_rating": "quality of the relationship",
}
"""Facts that stand in for the client's own view -> what a manager calls them."""
STAND_IN = "stand-in: "
LEVEL = 1.0


def relative_strength(strengths: pd.DataFrame) -> pd.DataFrame:
    """Return how we compare with the best rival at each account, in the client's eyes.

    Parameters
    ----------
    strengths : one row for each account, success factor and rival
        `account_id`; `factor`, what the client needs from a supplier; `weight`, at least 0, of
        the factor to the client; `us` and `rating`, 1-10, how the client rates us and the
        `rival` in it. Weight and `us` are the same in each row of an account's factor.

    Returns
    -------
    (n_accounts, 3), index account_id
        `strength` (above 1: we are better than the best rival), `best_rival`, and
        `worst_factor`: where that rival is furthest ahead of us by weight; blank if nowhere.

    Raises
    ------
    InputError
        If a column is missing, a rating is not from 1 to 10, a weight is negative or all of an
        account's are 0, or rows of the same factor contradict each other.

    Notes
    -----
    RBS_i = sum_k v_ik our_ik / max_c sum_k v_ik rival_c,ik [1]_. A rival that is not rated in
    every factor is compared over those in which it is.

    Examples
    --------
    >>> strengths = pd.DataFrame({"account_id": "a", "factor": ["price", "price", "service"],
    ...     "weight": [3.0, 3.0, 1.0], "us": [6.0, 6.0, 9.0], "rival": ["Ox", "Elk", "Ox"],
    ...     "rating": [8.0, 5.0, 3.0]})
    >>> relative_strength(strengths)
                strength best_rival worst_factor
    account_id
    a                1.0         Ox        price
    """
    _check_strengths(strengths)
    lead = strengths["weight"] * (strengths["rating"] - strengths["us"])
    rows = strengths.assign(
        ours=strengths["weight"] * strengths["us"],
        theirs=strengths["weight"] * strengths["rating"],
        lead=lead,
    )
    totals = rows.groupby(["account_id", "rival"])[["ours", "theirs"]].sum().reset_index()
    totals = totals[totals["theirs"] > 0]
    totals["strength"] = totals["ours"] / totals["theirs"]
    best = totals.sort_values("strength", kind="stable").drop_duplicates("account_id")
    best = best.set_index("account_id").sort_index()
    of_best = rows["rival"] == rows["account_id"].map(best["rival"])
    ahead = rows[of_best & (rows["lead"] > 0)].sort_values("lead", ascending=False, kind="stable")
    worst = ahead.drop_duplicates("account_id").set_index("account_id")["factor"]
    return pd.DataFrame(
        {
            "strength": best["strength"],
            "best_rival": best["rival"],
            "worst_factor": worst.reindex(best.index).fillna("").astype("str"),
        }
    )


def business_strength(
    account_ids: pd.Index,
    *,
    strengths: pd.DataFrame | None = None,
    relationship: pd.DataFrame | None = None,
    accounts: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return our strength at each account, what it rests on, and what is missing.

    Parameters
    ----------
    account_ids : (n_accounts,)
    strengths
        As in `relative_strength`; None if no client was asked.
    relationship
        `account_id`, `share_of_wallet` (0-1; may be absent).
    accounts
        `account_id`, `relationship_rating` (1-5; may be absent).

    Returns
    -------
    (n_accounts, 4), index account_id
        `strength`, 1 for level; NaN where nothing is known. `behind_in`: the factor in which
        the best rival leads most, blank where there is none or it is not known. `basis`: "the
        client's success factors against" the best rival, "stand-in:" and which, or "not
        known". `missing`: what would have to be asked.

    Raises
    ------
    InputError
        As `relative_strength`.

    Notes
    -----
    The stand-in is twice the mean of those known of: share of wallet, and (rating − 1) / 4. It
    is 1 for an account that buys half of its need from us and is of a middling relationship,
    and lies from 0 to 2. It says how we stand now, not how the client compares us.

    Examples
    --------
    >>> relationship = pd.DataFrame({"account_id": ["a"], "share_of_wallet": [0.3]})
    >>> accounts = pd.DataFrame({"account_id": ["a", "b"], "relationship_rating": [3.0, None]})
    >>> business_strength(pd.Index(["a", "b"]), relationship=relationship, accounts=accounts)[
    ...     ["strength", "basis"]]
       strength                                              basis
    a       0.8  stand-in: share of wallet and quality of the r...
    b       NaN                                          not known
    """
    stand_in, said = _stand_in(account_ids, relationship, accounts)
    strength, basis, behind = stand_in, said, pd.Series("", index=account_ids, dtype="str")
    if strengths is not None and len(strengths):
        asked = relative_strength(strengths).reindex(account_ids)
        is_asked = asked["strength"].notna()
        strength = asked["strength"].fillna(stand_in)
        behind = asked["worst_factor"].fillna("")
        basis = (FACTORS + " against " + asked["best_rival"]).where(is_asked, said)
    else:
        is_asked = pd.Series(False, index=account_ids)
    missing = np.select(
        [is_asked, strength.notna()],
        ["", "how the client rates us and our rivals"],
        "how the client rates us and our rivals, or share of wallet and relationship",
    )
    return pd.DataFrame(
        {
            "strength": strength,
            "behind_in": behind.astype("str"),
            "basis": basis.astype("str"),
            "missing": pd.Series(missing, index=account_ids, dtype="str"),
        }
    )


def describe_strength(strength: pd.DataFrame) -> str:
    """Return in words what the axis of strength rests on.

    Parameters
    ----------
    strength
        From `business_strength`.

    Examples
    --------
    >>> print(describe_strength(pd.DataFrame({"strength": [0.8, float("nan")],
    ...     "basis": ["stand-in: share of wallet", "not known"]})))
    No client was asked how it rates us against our rivals: share of wallet and quality of the
    relationship stand in for 1 of 2 accounts, and nothing is known of 1.
    """
    n = len(strength)
    asked = int(strength["basis"].str.startswith(FACTORS).sum())
    unknown = int(strength["strength"].isna().sum())
    standing_in = n - asked - unknown
    stand_ins = listing(list(STAND_INS.values()))
    start = f"{asked:,} of {n:,} clients were asked how they rate us against our rivals"
    if not asked:
        start = "No client was asked how it rates us against our rivals"
    parts = [f"{stand_ins} stand in for {standing_in:,} of {n:,} accounts"] if standing_in else []
    parts += [f"nothing is known of {unknown:,}"] if unknown else []
    return f"{start}: {', and '.join(parts)}." if parts else f"{start}."


def _stand_in(
    account_ids: pd.Index, relationship: pd.DataFrame | None, accounts: pd.DataFrame | None
) -> tuple[pd.Series, pd.Series]:
    wallet = fact_by_account(relationship, "share_of_wallet", account_ids)
    rating = (fact_by_account(accounts, "relationship_rating", account_ids) - 1) / 4
    both = pd.DataFrame({"share_of_wallet": wallet, "relationship_rating": rating})
    labels = list(STAND_INS.values())
    basis = np.select(
        [both.notna().all(axis=1), wallet.notna(), rating.notna()],
        [STAND_IN + listing(labels), STAND_IN + labels[0], STAND_IN + labels[1]],
        NOT_KNOWN,
    )
    return 2 * both.mean(axis=1), pd.Series(basis, index=account_ids, dtype="str")


def _check_strengths(strengths: pd.DataFrame) -> None:
    missing = [name for name in COLUMNS if name not in strengths]
    if missing:
        raise InputError(f"strengths lack the column {listing(missing)}")
    for name, low, high, meaning in (
        ("us", LOWEST, HIGHEST, "a number from 1 to 10"),
        ("rating", LOWEST, HIGHEST, "a number from 1 to 10"),
        ("weight", 0.0, np.inf, "a number of at least 0"),
    ):
        is_right = strengths[name].between(low, high)
        if not is_right.all():
            row = strengths[~is_right].iloc[0]
            raise InputError(
                f"{name} must be {meaning}; got {row[name]} for {row['account_id']!r}, "
                f"factor {row['factor']!r}"
            )
    if strengths.duplicated(["account_id", "factor", "rival"]).any():
        row = strengths[strengths.duplicated(["account_id", "factor", "rival"])].iloc[0]
        raise InputError(f"{row['account_id']!r} has {row['factor']!r} twice for {row['rival']!r}")
    for name in ("weight", "us"):
        varies = strengths.groupby(["account_id", "factor"])[name].transform("nunique") > 1
        if varies.any():
            row = strengths[varies].iloc[0]
            raise InputError(
                f"{row['account_id']!r} has more than one {name} for the factor {row['factor']!r}"
            )
    weight = strengths.groupby("account_id")["weight"].sum()
    if (weight == 0).any():
        raise InputError(f"all weights of {weight.idxmin()!r} are 0: one factor must count")
