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
        `margin_kept` (share of what the terms of the start would have earned in these months, if
        no step had to wait), `terms_kept` (share of the pie now, over that at the start),
        `corridor_held` (share of months), `trust` (at the end, all 0-1);
        `margin_points`, `corridor_points`, `trust_points`, `law_points` (not above 0), and
        `score`, their sum, at least 0.

    Notes
    -----
    Margin points are w (k − f) / (1 − f), at least 0: w the weight of margin, f the assumption
    `margin_floor`, below which margin scores nothing, k = (m + n t) / (1 + n) with m the margin
    kept, t the terms kept, n the assumption `next_year`. A price given away in December is given
    away for good, so next year counts too, by the weight n.
    """
    scenario = year.scenario
    weights = {name: 100 * weight for name, weight in scenario.score.items()}
    low, high = scenario.corridor
    floor = scenario.assumed("margin_floor")
    margin = np.array([record["margin"] for record in records]).sum(axis=0)
    imbalance = np.array([record["imbalance"] for record in records])
    full = scenario.supplier_share * scenario.pie * len(records) / 12
    kept = margin / full
    terms = records[-1]["share"] / scenario.supplier_share
    later = scenario.assumed("next_year")
    counted = (kept + later * terms) / (1 + later)
    held = ((imbalance >= low) & (imbalance <= high)).mean(axis=0)
    trust = records[-1]["trust"]
    points = {
        "margin_points": weights["margin"] * np.clip((counted - floor) / (1 - floor), 0, 1),
        "corridor_points": weights["corridor"] * held,
        "trust_points": weights["trust"] * trust,
        "law_points": -np.array([record["points_lost"] for record in records]).sum(axis=0),
    }
    return {
        "margin_kept": kept,
        "terms_kept": terms,
        "corridor_held": held,
        "trust": trust,
        **points,
        "score": np.maximum(sum(points.values()), 0.0),
    }
