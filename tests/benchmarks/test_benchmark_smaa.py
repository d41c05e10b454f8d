import numpy as np
import pytest

from benchmarks.smaa import PEERS, peer_acceptability, problem
from kamtools.selection.acceptability import smaa


@pytest.mark.parametrize("name", PEERS)
def test_rank_acceptability_is_that_of_the_peer(name):
    values, weights, objectives = problem(40, 25)
    ours = smaa(values, weights, objectives, top=5, method="topsis", ranks=40)
    theirs = peer_acceptability(PEERS[name], values.to_numpy(), weights.to_numpy())
    np.testing.assert_allclose(ours.rank_acceptability, theirs, atol=1e-12)
