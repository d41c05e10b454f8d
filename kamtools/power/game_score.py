"""The score of a year in the balancing game: margin kept, corridor held, trust."""

import numpy as np

from kamtools.power.game_chance import Floats, Year
from kamtools.power.game_month import Record

PARTS = ("margin", "corridor", "trust", "law")
"""Parts of a score, in points; the last is not above 0."""


def score_of(year: Year, records: list[Record]) -> dict[str, Floats]:
    """Return the score of a year, in points of 100, with its parts.

    Parameters
    ----------
    year : Year
    records
        Of the months played, from `game_month.close_month`.

    Returns
    -------
    name -> (n_plays,)
        `margin_kept` (share of what today's terms would have earned in these months, if no
        step had to wait), `corridor_held` (share of months), `trust` (at the end, all 0-1);
        `margin_points`, `corridor_points`, `trust_points`, `law_points` (not above 0), and
        `score`, their sum, at least 0.

    Notes
    -----
    Margin points are w (k − f) / (1 − f), at least 0, with k the share of the margin kept, f
    the assumption `margin_floor`, below which margin scores nothing, w the weight of margin.
    """
    scenario = year.scenario
    weights = {name: 100 * weight for name, weight in scenario.score.items()}
    low, high = scenario.corridor
    floor = scenario.assumed("margin_floor")
    margin = np.array([record["margin"] for record in records]).sum(axis=0)
    imbalance = np.array([record["imbalance"] for record in records])
    full = scenario.supplier_share * scenario.pie * len(records) / 12
    kept = margin / full
    held = ((imbalance >= low) & (imbalance <= high)).mean(axis=0)
    trust = records[-1]["trust"]
    points = {
        "margin_points": weights["margin"] * np.clip((kept - floor) / (1 - floor), 0, 1),
        "corridor_points": weights["corridor"] * held,
        "trust_points": weights["trust"] * trust,
        "law_points": -np.array([record["points_lost"] for record in records]).sum(axis=0),
    }
    return {
        "margin_kept": kept,
        "corridor_held": held,
        "trust": trust,
        **points,
        "score": np.maximum(sum(points.values()), 0.0),
    }
