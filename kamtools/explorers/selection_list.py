"""The list behind the selection explorer: pure functions from points to a table."""

import pandas as pd

from kamtools.explorers.hours_list import choose_with_hours
from kamtools.selection.portfolio import choose_top
from kamtools.selection.scoring import score
from kamtools.selection.weights import direct_weights

MOST_POINTS = 10.0
POINT_STEP = 0.1


def points_from_weights(weights: pd.Series) -> pd.Series:
    """Return the weights as points from 0 to 10, the heaviest criterion having 10.

    Parameters
    ----------
    weights
        By criterion, at least 0 and not all 0.

    Examples
    --------
    >>> points_from_weights(pd.Series({"margin": 0.6, "growth": 0.3, "trend": 0.1})).round(1)
    margin    10.0
    growth     5.0
    trend      1.7
    dtype: float64
    """
    return MOST_POINTS * weights / weights.max()


def exact_points(shown: pd.Series, start: pd.Series, *, step: float = POINT_STEP) -> pd.Series:
    """Return what the sliders stand on, those that were not moved as exact as at the start.

    A slider stands on steps, and a browser sends its step back; the starting weights seldom
    lie on one. Without this, resetting would not bring back the starting list.

    Parameters
    ----------
    shown, start
        By criterion, on the sliders and at the start.
    step
        Of the sliders.

    Examples
    --------
    >>> start = pd.Series({"margin": 10.0, "growth": 3.333})
    >>> exact_points(pd.Series({"margin": 9.0, "growth": 3.3}), start).to_dict()
    {'margin': 9.0, 'growth': 3.333}
    """
    is_unmoved = (shown - start).abs() <= step / 2 + 1e-9
    return start.where(is_unmoved, shown)


def weights_text(points: pd.Series) -> str:
    """Return points in the words that the parameter `weights` of the notebook understands.

    Examples
    --------
    >>> weights_text(pd.Series({"margin": 10.0, "growth": 3.333, "trend": 0.0}))
    'margin = 10, growth = 3.33'
    """
    return ", ".join(f"{name} = {value:.3g}" for name, value in points.items() if value > 0)


def selection_list(
    values: pd.DataFrame,
    *,
    objectives: pd.Series,
    points: pd.Series,
    revenue: pd.Series,
    top: int,
    method: str = "weighted_sum",
    before: pd.Index | None = None,
    hours: pd.Series | None = None,
    capacity_hours: float | None = None,
) -> pd.DataFrame:
    """Return all accounts by score, and who is chosen, was chosen before and leads by sales.

    Parameters
    ----------
    values
        By account × criterion; NaN where not known.
    objectives
        By criterion, "max" or "min".
    points
        By criterion, at least 0; only their proportions count.
    revenue
        Money by account, of at least the accounts in `values`.
    top
        Number of accounts in the list; the most where hours are short.
    method
        One of `scoring.METHODS`.
    before
        The accounts that were chosen under other settings; those chosen now if None.
    hours
        Hours a year by account, of at least the accounts in `values`; None if they are no
        limit.
    capacity_hours
        Hours a year that there are; None if they are no limit.

    Returns
    -------
    DataFrame
        Index account_id in the order of rank; columns score, rank, revenue, rank_by_sales,
        and is_chosen, was_chosen and in_sales_list (bool), the latter as long as the list is
        asked to be. With hours also hours, and is_pushed_out (bool): among the first by score,
        but without hours left for it.

    Raises
    ------
    InputError
        If all points are 0, `top` is not from 1 to the number of accounts, or the tables do
        not fit each other.

    Examples
    --------
    >>> values = pd.DataFrame({"margin": [9.0, 1.0], "growth": [0.1, 0.5]}, index=["a", "b"])
    >>> objectives = pd.Series({"margin": "max", "growth": "max"})
    >>> points = pd.Series({"margin": 1.0, "growth": 3.0})
    >>> listed = selection_list(values, objectives=objectives, points=points,
    ...                         revenue=pd.Series({"a": 90.0, "b": 20.0}), top=1)
    >>> listed[["rank", "rank_by_sales", "is_chosen", "in_sales_list"]]
       rank  rank_by_sales  is_chosen  in_sales_list
    b     1              2       True          False
    a     2              1      False           True
    """
    weights = direct_weights({str(name): value for name, value in points.items()})
    scores = score(values, weights, objectives, method=method)
    sales = revenue.reindex(values.index)
    chosen = choose_top(scores, top)
    by_hours = pd.DataFrame(index=values.index)
    if hours is not None and capacity_hours is not None:
        of_each = hours.reindex(values.index)
        by_hours = choose_with_hours(scores, top=top, hours=of_each, capacity_hours=capacity_hours)
        chosen = by_hours.pop("is_chosen")
        by_hours["hours"] = of_each
    listed = pd.DataFrame(
        {
            "score": scores["score"],
            "rank": scores["rank"],
            "revenue": sales,
            "rank_by_sales": sales.rank(ascending=False, method="min", na_option="bottom"),
            "is_chosen": chosen,
            "was_chosen": chosen if before is None else chosen.index.isin(before),
            "in_sales_list": choose_top(sales.to_frame("score"), top),
            **by_hours,
        }
    ).astype({"rank_by_sales": "int64"})
    return listed.sort_index().sort_values(
        ["is_chosen", "rank"], ascending=[False, True], kind="stable"
    )
