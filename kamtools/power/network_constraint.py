"""Burt's constraint: how far a firm's partners leave it no way round them.

    constraint of i = Σ_j c_ij,   c_ij = (p_ij + Σ_q p_iq p_qj)²,   p_ij = (z_ij + z_ji) / Σ_k (z_ik + z_ki)

over the partners j of i, q being neither of the two; z is what passes between them. Exact, and
sparse: only pairs that trade are looked at. In a trade network of two sides, where suppliers do not
trade with suppliers nor accounts with accounts, two partners never share a third, the indirect
part is 0, and a firm's constraint is the sum of its squared shares (`supplier_hhi`, `account_hhi`
of `network.network_pairs`).

References
----------
.. [1] Burt, R. S. (1992), Structural Holes, Harvard University Press, ch. 2.
"""  # noqa: E501 (the formula reads better on one line)

import numpy as np
import pandas as pd
from scipy import sparse

from kamtools.errors import InputError
from kamtools.power.network import check_edges


def constraint(weights: sparse.sparray) -> np.ndarray:
    """Return Burt's constraint of every node; NaN for one without a partner.

    Parameters
    ----------
    weights : (n, n), 0 or more
        What passes from the node of the row to that of the column; the diagonal is not used.

    Raises
    ------
    InputError
        If the matrix is not square, or a weight is negative or not a number.

    Examples
    --------
    A broker between two who do not know each other, and a closed triangle:

    >>> star = sparse.csr_array([[0, 1, 1], [1, 0, 0], [1, 0, 0]])
    >>> constraint(star).tolist()
    [0.5, 1.0, 1.0]
    >>> constraint(sparse.csr_array(np.ones((3, 3)))).round(3).tolist()
    [1.125, 1.125, 1.125]
    """
    pairs = pair_constraint(weights)
    sums = np.asarray(pairs.sum(axis=1)).ravel()
    return np.where(np.diff(pairs.indptr) > 0, sums, np.nan)


def pair_constraint(weights: sparse.sparray) -> sparse.csr_array:
    """Return c_ij of every pair of partners, shape (n, n): how far j constrains i.

    Parameters
    ----------
    weights
        As in `constraint`.
    """
    ties = _ties(weights)
    total = np.asarray(ties.sum(axis=1)).ravel()
    inverse = np.divide(1.0, total, out=np.zeros_like(total), where=total > 0)
    shares = sparse.csr_array(sparse.diags_array(inverse) @ ties)
    pattern = sparse.csr_array((np.ones_like(ties.data), ties.indices, ties.indptr), ties.shape)
    indirect = sparse.csr_array((shares @ shares).multiply(pattern))
    return sparse.csr_array((shares + indirect).power(2))


def network_constraint(edges: pd.DataFrame) -> pd.DataFrame:
    """Return Burt's constraint of every supplier and account of one period.

    Parameters
    ----------
    edges : period, supplier, account_id, amount
        Of one period; as in `network.network_pairs`. Edges without a name of either side, and
        those of 0 or less, are not looked at. A firm that is supplier and account is one firm if
        its name is the same, and then the constraint is more than its sum of squared shares.

    Returns
    -------
    DataFrame
        Index name; `constraint`, `partners`.

    Raises
    ------
    InputError
        As `check_edges`, or if there is more than one period.

    Examples
    --------
    >>> edges = pd.DataFrame({"period": 1, "supplier": ["Still", "Still"],
    ...                       "account_id": ["Chain", "Corner"], "amount": [3.0, 1.0]})
    >>> network_constraint(edges)["constraint"].to_dict()
    {'Still': 0.625, 'Chain': 1.0, 'Corner': 1.0}
    """
    check_edges(edges)
    if edges["period"].nunique() != 1:
        raise InputError(f"one period at a time; got {edges['period'].nunique()}")
    trade = edges[edges["amount"] > 0].dropna(subset=["supplier", "account_id"])
    both = pd.concat([trade["supplier"], trade["account_id"]])
    numbers, names = pd.factorize(both)
    row, column = numbers.reshape(2, -1)
    weights = sparse.coo_array(
        (trade["amount"].to_numpy(dtype=float), (row, column)), shape=(len(names), len(names))
    )
    partners = np.diff(_ties(weights).indptr)
    return pd.DataFrame(
        {"constraint": constraint(weights), "partners": partners},
        index=pd.Index(names, name="name"),
    )


def _ties(weights: sparse.sparray) -> sparse.csr_array:
    """Return what passes between two nodes either way, without the diagonal and without zeros."""
    if weights.ndim != 2 or weights.shape[0] != weights.shape[1]:
        raise InputError(f"the weights must be a square matrix; got shape {weights.shape}")
    given = sparse.coo_array(weights, dtype=float)
    if not np.isfinite(given.data).all() or (given.data < 0).any():
        raise InputError("the weights must be numbers of 0 or more")
    row, column = given.coords
    off = row != column
    one_way = sparse.coo_array((given.data[off], (row[off], column[off])), given.shape)
    ties = sparse.csr_array(one_way + one_way.T)
    ties.eliminate_zeros()
    return ties
