"""What a list of key accounts must respect, and the same as rows of a linear programme.

Each limit is linear in x, where x_i is 1 if account i is on the list:

- hours, budget: sum h_i x_i <= H and sum c_i x_i <= B;
- accounts: sum x_i <= K;
- concentration: sum s_i² x_i <= cap, s_i being the account's share of the firm's sales. It is
  what the list brings into the firm's Herfindahl index, and linear since x_i² = x_i. The index
  of the list by itself would divide by (sum s_i x_i)² and is not;
- group share: no group (segment, region, owner) brings more than the part p of the list's
  sales: sum_{i in g} r_i x_i <= p sum r_i x_i for each group g;
- rivals: at most one of accounts that would not bear to see the other on the list;
- stars: at least m accounts that are to grow, though they need not earn yet;
- include, exclude: accounts that are set, or ruled out, beforehand.
"""

from dataclasses import dataclass, fields

import numpy as np
import pandas as pd
from scipy import sparse

from kamtools.errors import InputError
from kamtools.wording import listing, percent


@dataclass(frozen=True)
class Limits:
    """What a list must respect; None, 0 or () where there is no such limit.

    Attributes
    ----------
    hours : hours a year, needs the column `hours` of the candidates
    budget : money a year, needs `cost`
    accounts : most accounts on the list
    concentration : 0-1, needs `revenue_share`
        Cap on what the list brings into the firm's Herfindahl index.
    group_share : above 0, up to 1, needs `revenue` and `group`
        Most that one group may bring of the list's sales. A list of one account has one group:
        with a cap below 1, either no account or several groups.
    stars : least number of accounts whose `is_star` is true
    rivals : sets of two or more accounts of which at most one may be on the list
    include, exclude : accounts that are on the list, or not, whatever they are worth
    """

    hours: float | None = None
    budget: float | None = None
    accounts: int | None = None
    concentration: float | None = None
    group_share: float | None = None
    stars: int = 0
    rivals: tuple[tuple[str, ...], ...] = ()
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


COLUMNS = {
    "hours": ("hours",),
    "budget": ("cost",),
    "accounts": (),
    "concentration": ("revenue_share",),
    "group_share": ("revenue", "group"),
    "stars": ("is_star",),
    "rivals": (),
    "include": (),
    "exclude": (),
}
"""Limit -> the columns of the candidates that it needs."""


@dataclass(frozen=True)
class Rows:
    """Limits as matrix @ x <= upper.

    Attributes
    ----------
    names : (n_rows,) which limit each row is of
    matrix : (n_rows, n_accounts), sparse
    upper : (n_rows,)
        A limit with a least instead of a most has both signs turned.
    """

    names: np.ndarray
    matrix: sparse.csc_array
    upper: np.ndarray


def limit_rows(candidates: pd.DataFrame, limits: Limits) -> Rows:
    """Return the rows of the programme, each limit's own together, in the order of `Limits`.

    `include` and `exclude` fix accounts and have no rows: see `fixed_accounts`.

    Parameters
    ----------
    candidates : (n_accounts, …), index account_id
        With the columns that the limits need.

    Raises
    ------
    InputError
        If a limit is not possible, a column is missing or not known for every account, or an
        account that is named is not there.

    Examples
    --------
    >>> candidates = pd.DataFrame({"hours": [60.0, 90.0]}, index=["a", "b"])
    >>> rows = limit_rows(candidates, Limits(hours=100, rivals=(("a", "b"),)))
    >>> rows.names.tolist(), rows.matrix.toarray().tolist(), rows.upper.tolist()
    (['hours', 'rivals'], [[60.0, 90.0], [1.0, 1.0]], [100.0, 1.0])
    """
    _check_limits(candidates, limits)
    n = len(candidates)
    blocks: list[tuple[str, sparse.csr_array, list[float]]] = []
    for name, column, upper in (
        ("hours", "hours", limits.hours),
        ("budget", "cost", limits.budget),
        ("accounts", None, limits.accounts),
        ("concentration", "revenue_share", limits.concentration),
    ):
        if upper is not None:
            use = np.ones(n) if column is None else candidates[column].to_numpy(dtype=float)
            use = use**2 if name == "concentration" else use
            blocks.append((name, sparse.csr_array(use[np.newaxis]), [float(upper)]))
    if limits.group_share is not None:
        shares = _group_rows(candidates, limits.group_share)
        blocks.append(("group_share", shares, [0.0] * shares.shape[0]))
    if limits.stars:
        stars = -candidates["is_star"].to_numpy(dtype=float)
        blocks.append(("stars", sparse.csr_array(stars[np.newaxis]), [-float(limits.stars)]))
    if limits.rivals:
        rivals = _rival_rows(candidates.index, limits.rivals)
        blocks.append(("rivals", rivals, [1.0] * rivals.shape[0]))
    return Rows(
        names=np.repeat([name for name, _, _ in blocks], [m.shape[0] for _, m, _ in blocks]),
        matrix=sparse.csc_array(
            sparse.vstack([matrix for _, matrix, _ in blocks])
            if blocks
            else sparse.csr_array((0, n))
        ),
        upper=np.array([upper for _, _, uppers in blocks for upper in uppers]),
    )


def fixed_accounts(account_ids: pd.Index, limits: Limits) -> np.ndarray:
    """Return 1 for accounts that must be on the list, 0 for those ruled out, NaN for the others.

    Examples
    --------
    >>> fixed_accounts(pd.Index(["a", "b", "c"]), Limits(include=("a",), exclude=("c",)))
    array([ 1., nan,  0.])
    """
    fixed = np.full(len(account_ids), np.nan)
    fixed[account_ids.isin(limits.include)] = 1.0
    fixed[account_ids.isin(limits.exclude)] = 0.0
    return fixed


def limit_words(name: str, limits: Limits) -> str:
    """Return one limit as prose says it.

    Examples
    --------
    >>> limit_words("hours", Limits(hours=2000)), limit_words("stars", Limits(stars=5))
    ('at most 2,000 hours', 'at least 5 Stars')
    """
    value = getattr(limits, name)
    words = {
        "hours": lambda: f"at most {value:,.10g} hours",
        "budget": lambda: f"a budget of at most {value:,.10g}",
        "accounts": lambda: f"at most {value:,} account{'' if value == 1 else 's'}",
        "concentration": lambda: f"a concentration of at most {value:g}",
        "group_share": lambda: f"no group above {percent(value)} of the list's sales",
        "stars": lambda: f"at least {value:,} Star{'' if value == 1 else 's'}",
        "rivals": lambda: "no two rivals together",
        "include": lambda: f"{listing(value)} on the list",
        "exclude": lambda: f"{listing(value)} not on the list",
    }
    return words[name]()


def limits_in_force(limits: Limits) -> list[str]:
    """Return the names of the limits that are set.

    Examples
    --------
    >>> limits_in_force(Limits(hours=100, stars=2))
    ['hours', 'stars']
    """
    empty = Limits()
    return [
        field.name
        for field in fields(Limits)
        if getattr(limits, field.name) != getattr(empty, field.name)
    ]


def _group_rows(candidates: pd.DataFrame, cap: float) -> sparse.csr_array:
    revenue = candidates["revenue"].to_numpy(dtype=float)
    codes, groups = pd.factorize(candidates["group"])
    own = sparse.csr_array(
        (revenue, (codes, np.arange(len(codes)))), shape=(len(groups), len(codes))
    )
    return sparse.csr_array(own - cap * np.broadcast_to(revenue, own.shape))


def _rival_rows(account_ids: pd.Index, rivals: tuple[tuple[str, ...], ...]) -> sparse.csr_array:
    row = np.repeat(np.arange(len(rivals)), [len(group) for group in rivals])
    column = account_ids.get_indexer(pd.Index([name for group in rivals for name in group]))
    shape = (len(rivals), len(account_ids))
    return sparse.csr_array((np.ones(len(row)), (row, column)), shape=shape)


def _check_limits(candidates: pd.DataFrame, limits: Limits) -> None:
    for name in ("hours", "budget", "concentration"):
        value = getattr(limits, name)
        if value is not None and not (np.isfinite(value) and value >= 0):
            raise InputError(f"the limit on {name} must be a number of at least 0; got {value}")
    for name, least in (("accounts", 1), ("stars", 0)):
        value = getattr(limits, name)
        is_whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if value is not None and not (is_whole and value >= least):
            raise InputError(f"{name} must be a whole number of at least {least}; got {value!r}")
    if limits.group_share is not None and not 0 < limits.group_share <= 1:
        raise InputError(f"group_share must be above 0 and up to 1; got {limits.group_share}")
    for name in limits_in_force(limits):
        for column in COLUMNS[name]:
            _check_column(candidates, column, name)
    _check_named(candidates.index, limits)


def _check_column(candidates: pd.DataFrame, column: str, limit: str) -> None:
    if column not in candidates:
        raise InputError(f"a limit on {limit} needs the column {column!r} of the candidates")
    values = candidates[column]
    is_wrong = values.isna()
    expected = "known"
    if column != "group":
        is_wrong |= values.astype(float) < 0
        expected = "a number of at least 0"
    if is_wrong.any():
        raise InputError(
            f"{column} must be {expected} for every candidate; it is not for "
            f"{int(is_wrong.sum()):,}, first {is_wrong.idxmax()!r}"
        )


def _check_named(account_ids: pd.Index, limits: Limits) -> None:
    for group in limits.rivals:
        if isinstance(group, str) or len(set(group)) < 2:
            raise InputError(f"rivals are sets of two or more accounts; got {group!r}")
    named = [account for group in limits.rivals for account in group]
    for name, accounts in (
        ("rivals", named), ("include", limits.include), ("exclude", limits.exclude),
    ):  # fmt: skip
        unknown = [account for account in accounts if account not in account_ids]
        if unknown:
            raise InputError(f"{name} names {unknown[0]!r}, which is not among the candidates")
    both = sorted(set(limits.include) & set(limits.exclude))
    if both:
        raise InputError(f"{listing(both)} cannot be both in include and in exclude")
