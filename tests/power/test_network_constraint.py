import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from kamtools.errors import InputError
from kamtools.power.network import network_pairs
from kamtools.power.network_constraint import constraint, network_constraint, pair_constraint

BORGATTI = ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]


def matrix(ties, names):
    weights = np.zeros((len(names), len(names)))
    for first, second in ties:
        weights[names.index(first), names.index(second)] = 1
    return sparse.csr_array(weights)


def plain_constraint(weights):
    """Burt's formula as it stands in the book, one sum after the other."""
    ties = weights + weights.T
    np.fill_diagonal(ties, 0)
    shares = ties / ties.sum(axis=1, keepdims=True)
    nodes = range(len(ties))
    return [
        sum(
            (shares[i, j] + sum(shares[i, q] * shares[q, j] for q in nodes if q not in (i, j))) ** 2
            for j in nodes
            if ties[i, j]
        )
        for i in nodes
    ]


def test_borgattis_example_graph_has_its_published_constraints():
    # Values that NetworkX holds for it (test_structuralholes.py): G .400, A .595, C 1.
    found = constraint(matrix(BORGATTI, "ABCDEFG"))
    assert found[[6, 0, 2]].tolist() == pytest.approx([0.400, 0.595, 1.0], abs=1e-3)


def test_ties_of_two_directions_have_their_published_constraints():
    found = constraint(matrix(["01", "02", "10", "21"], "012"))
    assert found.tolist() == pytest.approx([1.003, 1.003, 1.389], abs=1e-3)


def test_a_broker_between_n_strangers_is_constrained_by_one_nth():
    star = sparse.coo_array(([1.0] * 5, ([0] * 5, [1, 2, 3, 4, 5])), (6, 6))
    assert constraint(star).tolist() == pytest.approx([0.2, 1, 1, 1, 1, 1])


def test_a_node_without_a_partner_has_no_constraint():
    assert np.isnan(constraint(sparse.csr_array((2, 2)))).all()


@given(st.integers(0, 10_000))
def test_the_sparse_way_equals_the_formula_and_ignores_the_unit(seed):
    rng = np.random.default_rng(seed)
    weights = rng.lognormal(0, 2, (7, 7)) * (rng.random((7, 7)) < 0.6)
    weights[np.arange(7), (np.arange(7) + 1) % 7] = 1.0  # everybody has a partner
    np.fill_diagonal(weights, 3.0)
    found = constraint(sparse.csr_array(weights))
    assert found.tolist() == pytest.approx(plain_constraint(weights.copy()))
    assert constraint(sparse.csr_array(weights * 100)).tolist() == pytest.approx(found.tolist())


@given(st.integers(0, 10_000))
def test_in_a_network_of_two_sides_constraint_is_the_sum_of_squared_shares(seed):
    rng = np.random.default_rng(seed)
    edges = pd.DataFrame({"period": 1, "supplier": np.repeat(list("STUV"), 5),
                          "account_id": list("abcde") * 4,
                          "amount": rng.lognormal(2, 2, 20) + 0.1})  # fmt: skip
    edges = edges[rng.random(20) < 0.7]
    found = network_constraint(edges)["constraint"]
    pairs = network_pairs(edges)
    for side, key in (("supplier", "supplier"), ("account", "account_id")):
        hhi = pairs.groupby(key)[f"{side}_hhi"].first()
        assert found[hhi.index].tolist() == pytest.approx(hhi.tolist())


def test_pairs_that_do_not_trade_have_no_entry():
    assert pair_constraint(matrix(["AB", "BC"], "ABC")).nnz == 4


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        (sparse.csr_array((2, 3)), "square matrix; got shape"),
        (sparse.csr_array([[0.0, -1.0], [0.0, 0.0]]), "numbers of 0 or more"),
    ],
)
def test_unusable_weights_are_refused(weights, message):
    with pytest.raises(InputError, match=message):
        constraint(weights)


def test_two_periods_at_once_are_refused():
    edges = pd.DataFrame({"period": [1, 2], "supplier": "S", "account_id": "a", "amount": 1.0})
    with pytest.raises(InputError, match="one period at a time; got 2"):
        network_constraint(edges)


def test_weights_are_left_unchanged():
    weights = matrix(BORGATTI, "ABCDEFG")
    before = weights.toarray()
    constraint(weights)
    assert np.array_equal(weights.toarray(), before)
