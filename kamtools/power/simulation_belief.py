"""What the account believes of its market, month by month, as it reads true evidence.

A month's evidence points to a tightening market with probability q where the market does tighten
and with 1 − q where it does not, so it moves the odds by the likelihood ratio q / (1 − q), up or
down. Nothing else may be written: in a calm market honest briefings make the account calmer.
Between two months the account forgets part of what it has learnt.
"""

import numpy as np

from kamtools.power.simulation_chance import MONTHS, Floats, Years


def believed(first: Floats, log_ratios: Floats, kept: Floats) -> Floats:
    """Return the belief after each month's evidence.

    Parameters
    ----------
    first : (n_years,), above 0 and below 1
        Belief without any evidence.
    log_ratios : (n_months, n_years)
        Logarithm of the likelihood ratio of the month's evidence; 0 where none was read.
    kept : (n_years,), 0-1
        Share of what was learnt (in log odds) that is still held a month later.

    Returns
    -------
    (n_months, n_years), 0-1

    Notes
    -----
    Bayes in odds: l_m = l_0 + κ (l_{m−1} − l_0) + log LR_m, with l the log odds, κ what is kept.

    Examples
    --------
    Odds of 1 to 4; evidence twice as likely in a tight market makes them 1 to 2, then 1 to 1:

    >>> ratios = np.log([[2.0], [2.0]])
    >>> believed(np.array([0.2]), ratios, np.array([1.0])).round(4).tolist()
    [[0.3333], [0.5]]
    """
    start = np.log(first / (1 - first))
    learnt = np.zeros_like(start)
    path = np.empty_like(log_ratios)
    for month, ratio in enumerate(log_ratios):
        learnt = kept * learnt + ratio
        path[month] = 1 / (1 + np.exp(-(start + learnt)))
    return path


def belief_path(years: Years, *, is_briefed: bool) -> Floats:
    """Return what the account believes in each month of each year.

    Parameters
    ----------
    years
        From `simulation_chance.draw_years`.
    is_briefed
        Whether it gets a briefing at the start of each month; without one it goes on believing
        what it did.

    Returns
    -------
    (12, n_years), 0-1
    """
    assumed = years.assumed
    if not is_briefed:
        return np.broadcast_to(assumed["first_belief"], (MONTHS, len(years.tightens)))
    ratio = assumed["likelihood_ratio"]
    is_right = years.signal < ratio / (1 + ratio)
    points_to_tight = is_right == years.tightens
    is_read = years.read < assumed["briefing_read"]
    log_ratios = np.where(points_to_tight, 1.0, -1.0) * np.log(ratio) * is_read
    return believed(assumed["first_belief"], log_ratios, assumed["belief_kept"])
