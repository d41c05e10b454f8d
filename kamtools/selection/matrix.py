"""The portfolio of accounts in four cells, and what to do with each.

Two axes that nobody holds together: how attractive an account is to us, and how strong we are
in its eyes. The upper cells get the investment; which of the two says whether it must pay now.

References
----------
.. [1] McDonald, M. and Woodburn, D. (2011), Key Account Management: the Definitive Guide,
   3rd ed., Wiley; cells and policies as in DemandFarm, "Key account frameworks",
   slideshare.net/slideshow/key-account-frameworks/154704442.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.wording import listing

ATTRACTIVE_FROM = 5.5
"""The middle of the scale from 1 to 10: an assumption, to be moved."""
STRONG_FROM = 1.0
"""Level with the best rival."""
NEAR_ATTRACTIVE, NEAR_STRONG = 0.25, 0.1
"""How near to a cut-off an account counts as near."""
NOT_PLACED = "not placed"


@dataclass(frozen=True)
class Cell:
    """One cell of the portfolio.

    Attributes
    ----------
    name
        The word used in tables.
    is_attractive, is_strong
        Which side of the two cut-offs it lies on.
    policy
        What to do with its accounts, in a few words.
    meaning
        Why, in a sentence.
    """

    name: str
    is_attractive: bool
    is_strong: bool
    policy: str
    meaning: str


CELLS: tuple[Cell, ...] = (
    Cell(
        "strategic",
        True,
        True,
        "Invest, and ensure profit",
        "Attractive, and it prefers us: give it the best people and a joint plan, and see to it "
        "that the work pays.",
    ),
    Cell(
        "star",
        True,
        False,
        "Invest; need not be profitable yet",
        "Attractive, but it prefers a rival: invest to win it, with a date by which it has to pay.",
    ),
    Cell(
        "status",
        False,
        True,
        "Maintain",
        "It prefers us, but has little more to give: keep it content with a steady hand and no "
        "new money.",
    ),
    Cell(
        "streamline",
        False,
        False,
        "Manage for profit",
        "Neither attractive nor ours: serve it by standard terms, and at a profit.",
    ),
)
"""The cells, the most important first."""

POLICIES = {cell.name: cell.policy for cell in CELLS}


def portfolio_matrix(
    attractiveness: pd.Series,
    strength: pd.DataFrame,
    *,
    attractive_from: float = ATTRACTIVE_FROM,
    strong_from: float = STRONG_FROM,
) -> pd.DataFrame:
    """Return the cell of each account, and its policy.

    Parameters
    ----------
    attractiveness : (n_accounts,) 1-10, index account_id
        From `attractiveness.attractiveness`.
    strength : (n_accounts, …), index account_id
        `strength`, `basis` and `missing`, from `business_strength.business_strength`.
    attractive_from, strong_from
        From which value on an account is attractive, and we are strong at it.

    Returns
    -------
    (n_accounts, 7), index account_id
        `attractiveness`, `strength`; `cell`: "strategic", "star", "status", "streamline" or
        "not placed" where one of the two is not known; `policy`; `near`: the cells it would be
        in if a cut-off that it lies near to were moved across it, blank for most; `basis` and
        `missing` of the strength.

    Raises
    ------
    InputError
        If a cut-off is not a number.

    Examples
    --------
    >>> strength = pd.DataFrame({"strength": [1.4, 0.5, 0.95], "basis": "", "missing": ""},
    ...                         index=["a", "b", "c"])
    >>> table = portfolio_matrix(pd.Series({"a": 8.0, "b": 7.0, "c": 2.0}), strength)
    >>> table[["cell", "policy", "near"]]
             cell                              policy    near
    a   strategic           Invest, and ensure profit
    b        star  Invest; need not be profitable yet
    c  streamline                   Manage for profit  status
    """
    for name, cut in (("attractive_from", attractive_from), ("strong_from", strong_from)):
        if not np.isfinite(cut):
            raise InputError(f"{name} must be a number; got {cut}")
    ours = strength["strength"].reindex(attractiveness.index)
    is_known = attractiveness.notna() & ours.notna()
    high, right = attractiveness >= attractive_from, ours >= strong_from
    near_high = (attractiveness - attractive_from).abs() < NEAR_ATTRACTIVE
    near_right = (ours - strong_from).abs() < NEAR_STRONG
    other_side = _cell_names(~high, right), _cell_names(high, ~right)
    near = np.select(
        [near_high & near_right, near_high, near_right],
        [other_side[0] + ", " + other_side[1], other_side[0], other_side[1]],
        "",
    )
    cell = _cell_names(high, right).where(is_known, NOT_PLACED)
    return pd.DataFrame(
        {
            "attractiveness": attractiveness,
            "strength": ours,
            "cell": cell,
            "policy": cell.map(POLICIES).fillna("").astype("str"),
            "near": pd.Series(near, index=cell.index, dtype="str").where(is_known, ""),
            "basis": strength["basis"].reindex(cell.index),
            "missing": strength["missing"].reindex(cell.index),
        }
    )


def is_star(matrix: pd.DataFrame) -> pd.Series:
    """Return which accounts are Stars, for the least number of them in `limits.Limits`.

    Examples
    --------
    >>> is_star(pd.DataFrame({"cell": ["star", "status"]}, index=["a", "b"])).to_dict()
    {'a': True, 'b': False}
    """
    return (matrix["cell"] == "star").rename("is_star")


def describe_matrix(
    matrix: pd.DataFrame,
    *,
    names: Mapping[str, str] | pd.Series | None = None,
    told: int = 4,
) -> str:
    """Return in words how many accounts each cell holds, who leads it, and what to do.

    Parameters
    ----------
    matrix
        From `portfolio_matrix`.
    names : account_id -> name
    told : number of accounts to name in each of the upper cells

    Examples
    --------
    >>> matrix = pd.DataFrame({"attractiveness": [8.0, 7.0, 2.0, 3.0],
    ...     "cell": ["strategic", "star", "streamline", "not placed"], "near": ["", "", "x", ""]},
    ...     index=["a", "b", "c", "d"])
    >>> print(describe_matrix(matrix, names={"a": "Harbour", "b": "Quay"}))
    Strategic: 1 account, Harbour (invest, and ensure profit). Star: 1 account, Quay (invest;
    need not be profitable yet). Streamline: 1 account (manage for profit). Not placed: 1
    account, of which too little is known. Near a cut-off, and moved by a small shift of it: 1.
    """
    known = {} if names is None else dict(names)
    sentences = []
    for cell in CELLS:
        held = matrix[matrix["cell"] == cell.name]
        if held.empty:
            continue
        lead = held["attractiveness"].sort_values(ascending=False, kind="stable").index[:told]
        leaders = listing([str(known.get(account, account)) for account in lead])
        who = f", {'led by ' if len(held) > told else ''}{leaders}" if cell.is_attractive else ""
        policy = cell.policy[0].lower() + cell.policy[1:]
        sentences.append(f"{cell.name.capitalize()}: {_accounts(len(held))}{who} ({policy}).")
    n_not_placed = int((matrix["cell"] == NOT_PLACED).sum())
    if n_not_placed:
        sentences.append(f"Not placed: {_accounts(n_not_placed)}, of which too little is known.")
    n_near = int((matrix["near"] != "").sum())
    if n_near:
        sentences.append(f"Near a cut-off, and moved by a small shift of it: {n_near:,}.")
    return " ".join(sentences)


def _cell_names(is_attractive: pd.Series, is_strong: pd.Series) -> pd.Series:
    named = [
        (is_attractive == cell.is_attractive) & (is_strong == cell.is_strong) for cell in CELLS
    ]
    cells = np.select(named, [cell.name for cell in CELLS], NOT_PLACED)
    return pd.Series(cells, index=is_attractive.index, dtype="str")


def _accounts(number: int) -> str:
    return f"{number:,} account{'' if number == 1 else 's'}"
