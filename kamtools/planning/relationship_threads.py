"""How many independent threads hold two firms together.

A thread is a client role and one of us who talk to each other. Threads are independent if no
two share a role or a person. Their largest number is also the smallest number of people, on
either side, after whose leaving nobody talks to anybody [1]_.

References
----------
.. [1] König, D., "Gráfok és mátrixok", Matematikai és Fizikai Lapok 38 (1931): in a graph of two
   sides the largest matching is as large as the smallest cover.
"""

import numpy as np
import pandas as pd
from scipy.sparse import csr_array
from scipy.sparse.csgraph import maximum_bipartite_matching


def independent_threads(links: pd.DataFrame) -> int:
    """Return how many pairs of a client role and one of us there are that share nobody.

    Parameters
    ----------
    links
        `client_role` and `person`, a row for each pair that talks.

    Examples
    --------
    >>> independent_threads(pd.DataFrame({"client_role": ["buyer", "owner", "owner"],
    ...                                   "person": ["Li", "Li", "Eva"]}))
    2
    """
    if links.empty:
        return 0
    role, roles = pd.factorize(links["client_role"])
    person, people = pd.factorize(links["person"])
    graph = csr_array((np.ones(len(links)), (role, person)), shape=(len(roles), len(people)))
    return int((maximum_bipartite_matching(graph, perm_type="column") >= 0).sum())
