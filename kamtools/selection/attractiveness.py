"""How attractive an account is, on written scales: 1 is the bad end, 10 the good one.

The axis of a portfolio that the firm looks along. Scales are written down once, so that an
account stays where it is whoever joins the table, and two people who rate it mean the same.
The quality of the relationship is left out: it belongs to the other axis, on which the client
looks at us.

References
----------
.. [1] McDonald, M. and Woodburn, D. (2011), Key Account Management: the Definitive Guide,
   3rd ed., Wiley.
"""

import pandas as pd

from kamtools.errors import InputError
from kamtools.selection.anchored import anchored_sum
from kamtools.selection.criteria import CRITERIA
from kamtools.selection.value_scales import value_of
from kamtools.selection.weights import direct_weights

WORST, BEST = 1.0, 10.0
STRENGTH_CRITERIA = ("relationship",)
"""Criteria that say how the client sees us: not part of how attractive it is."""
SHARES = {"regularity": (0.0, 1.0), "strategic_fit": (0.0, 1.0)}
"""Criteria that are shares of a whole, and so have their ends by nature."""
WRITTEN = "written with the criterion"
THIS_FIRM = "from nothing to the most there is"


def standard_anchors(values: pd.DataFrame) -> pd.DataFrame:
    """Return the ends of each criterion's scale, to be kept with the engagement.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id
        From `measurement.criteria_table`.

    Returns
    -------
    (n_criteria, 3), index criterion
        `low` and `high` in the unit of the values, and `basis`: "written with the criterion"
        where `criteria.CRITERIA` names anchors; else "from nothing to the most there is" among
        these accounts, which a firm replaces by what it agrees on.

    Examples
    --------
    >>> standard_anchors(pd.DataFrame({"margin": [0.2, 3.0], "growth_potential": [2.0, 4.0]}))
                      low  high                              basis
    criterion
    margin            0.0   3.0  from nothing to the most there is
    growth_potential  1.0   5.0         written with the criterion
    """
    known = {criterion.name: criterion for criterion in CRITERIA}
    rows = {}
    for name in values:
        criterion = known.get(str(name))
        anchors = None if criterion is None else criterion.anchors or SHARES.get(criterion.name)
        if criterion is not None and anchors is not None:
            low, high = value_of(pd.Series(anchors, dtype=float), criterion)
            rows[name] = (low, high, WRITTEN)
        else:
            rows[name] = (min(0.0, values[name].min()), max(values[name].max(), 1e-9), THIS_FIRM)
    table = pd.DataFrame.from_dict(rows, orient="index", columns=["low", "high", "basis"])
    return table.rename_axis("criterion")


def attractiveness(
    values: pd.DataFrame,
    weights: pd.Series,
    objectives: pd.Series,
    *,
    anchors: pd.DataFrame | None = None,
) -> pd.Series:
    """Return how attractive each account is, from 1 to 10.

    Parameters
    ----------
    values : (n_accounts, n_criteria), index account_id; NaN where not known
        From `measurement.criteria_table`.
    weights : 0-1, index criterion
        As in `scoring.weighted_sum`; those of `STRENGTH_CRITERIA` are dropped and the others
        brought back to a sum of 1.
    objectives : (n_criteria,) "max" or "min"
    anchors
        As `standard_anchors`, which holds if None.

    Returns
    -------
    (n_accounts,) 1-10, index account_id
        Over the criteria known for the account; NaN where none is. Beyond an anchor counts as
        the anchor.

    Raises
    ------
    InputError
        If no criterion of attractiveness has a weight, or as `anchored.anchored_sum`.

    Notes
    -----
    ATT_i = 1 + 9 sum_j w_j s_ij with s_ij from 0 (bad anchor) to 1 (good anchor) [1]_.

    Examples
    --------
    >>> values = pd.DataFrame({"growth_potential": [1.0, 4.0], "relationship": [5.0, 1.0]},
    ...                       index=["a", "b"])
    >>> attractiveness(values, pd.Series({"growth_potential": 0.5, "relationship": 0.5}),
    ...                pd.Series("max", index=values.columns)).to_dict()
    {'a': 1.0, 'b': 7.75}
    """
    own = [name for name in values if name not in STRENGTH_CRITERIA]
    weight = weights.reindex(own).fillna(0.0)
    if not weight.sum() > 0:
        raise InputError("no criterion of attractiveness has a weight")
    ends = standard_anchors(values) if anchors is None else anchors
    within = values[own].clip(ends["low"].reindex(own), ends["high"].reindex(own), axis=1)
    points = direct_weights({str(name): float(w) for name, w in weight.items()})
    scores = anchored_sum(within, points, objectives.reindex(own), anchors=ends[["low", "high"]])[
        "score"
    ]
    return (WORST + (BEST - WORST) * scores).rename("attractiveness")
