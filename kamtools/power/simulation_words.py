"""What the simulated ladder and the curve of notice say, in words that the numbers decide."""

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.simulation_notice import ENOUGH, ESSAY_DAYS, best_notice
from kamtools.wording import listing, percent

CAUTION = (
    "The case is one story, told by one side, without figures. What follows shows what the "
    "mechanism brings if it works as told and the assumptions hold; it is no evidence that "
    "either is so."
)


def describe_ladder(ladder: pd.DataFrame, *, level: float = 0.9) -> str:
    """Return what each rung does to friction, margin and power.

    Parameters
    ----------
    ladder
        From `simulation_ladder.simulate_ladder`.
    level
        Of its intervals (0-1).

    Raises
    ------
    InputError
        If there is only one rung.

    Examples
    --------
    >>> ladder = pd.DataFrame({
    ...     "rung": ["Nothing", "Notice"], "friction_days": [40.0, 15.0], "on_time": [0.1, 0.6],
    ...     "supplier_gain": [0, 2.5], "supplier_gain_low": [0, -0.2],
    ...     "supplier_gain_high": [0, 6.0], "p_supplier_gains": [0, 0.93],
    ...     "account_gain": [0, 1.8], "power_imbalance": [0.34, 0.30],
    ...     "mutual_dependence": [0.71, 0.75]})
    >>> describe_ladder(ladder)[:83]
    'With nothing a step waits 40 days on average and 10 % of steps come on time. Notice'
    """
    if len(ladder) < 2:
        raise InputError("a ladder is described from two rungs on")
    first, rest = ladder.iloc[0], ladder.iloc[1:]
    sentences = [
        f"With {_bare(first['rung'])} a step waits {first['friction_days']:.0f} days on average "
        f"and {percent(first['on_time'])} of steps come on time."
    ]
    for row in rest.to_dict("records"):
        sentences.append(
            f"{str(row['rung']).removeprefix('+ ').capitalize()}: {row['friction_days']:.0f} "
            f"days, {percent(row['on_time'])} on time; the supplier "
            f"{_points(row['supplier_gain'])} ({percent(level)} of years: "
            f"{_signed(row['supplier_gain_low'])} to {_signed(row['supplier_gain_high'])}; "
            f"better in {percent(row['p_supplier_gains'])} of years), the account "
            f"{_points(row['account_gain'])}; imbalance {_signed(row['power_imbalance'], 2)}, "
            f"mutual dependence {row['mutual_dependence']:.2f}."
        )
    return " ".join(sentences)


def describe_notice(curve: pd.DataFrame) -> str:
    """Return which notice is best, where more stops helping, and whether the essay agrees.

    Parameters
    ----------
    curve
        From `simulation_notice.notice_curve`.

    Examples
    --------
    >>> curve = pd.DataFrame({"supplier_gain": [0.0, 1.0, 1.95, 2.0, 1.5]},
    ...                      index=[0, 10, 20, 30, 40])
    >>> print(describe_notice(curve))
    Under these assumptions 30 days of notice gain the supplier most (2.0 points of 100). From
    20 days on there is little left to gain; from 40 days on more notice costs again. Half a
    month to a month (E2) brings 98 % to 100 % of the best gain where it was tried: the model
    agrees.
    """
    best = best_notice(curve)
    if best.best_days == 0:
        return "Under these assumptions no length of notice pays the supplier."
    costs = (
        f"from {best.too_long_days:.0f} days on more notice costs again"
        if best.too_long_days < float("inf")
        else "more does little harm within the lengths tried"
    )
    within = curve[(curve.index >= ESSAY_DAYS[0]) & (curve.index <= ESSAY_DAYS[1])]
    share = within["supplier_gain"] / best.best_gain
    if share.empty:
        verdict = "No length from half a month to a month (E2) was tried."
    else:
        agrees = share.max() >= ENOUGH
        span = dict.fromkeys([percent(share.min()), percent(share.max())])
        verdict = (
            f"Half a month to a month (E2) brings {' to '.join(span)} of the best gain where it "
            f"was tried: the model {'agrees' if agrees else 'asks for more'}."
            if agrees or best.best_days > ESSAY_DAYS[1]
            else f"Half a month to a month (E2) brings {' to '.join(span)} of the best gain "
            "where it was tried: the model asks for less."
        )
    return (
        f"Under these assumptions {best.best_days:.0f} days of notice gain the supplier most "
        f"({best.best_gain:.1f} points of 100). From {best.enough_days:.0f} days on there is "
        f"little left to gain; {costs}. {verdict}"
    )


def describe_sensitivity(sensitivity: pd.DataFrame) -> str:
    """Return under which assumptions half a month to a month is enough.

    Parameters
    ----------
    sensitivity
        From `simulation_notice_sensitivity.notice_sensitivity` or `notice_by`.

    Examples
    --------
    >>> sensitivity = pd.DataFrame({"assumption": ["review_days", "review_days"],
    ...     "at": [10.0, 60.0], "in_essay_range": [True, False], "best_days": [18.0, 99.0]})
    >>> describe_sensitivity(sensitivity)
    'Half a month to a month is enough in 1 of 2 cases tried: review days at 10.'
    """
    agrees = sensitivity[sensitivity["in_essay_range"]]
    cases = [f"{str(name).replace('_', ' ')} at {value:g}"
             for name, value in zip(agrees["assumption"], agrees["at"], strict=True)]  # fmt: skip
    told = f": {listing(cases)}" if cases else ""
    return (
        f"Half a month to a month is enough in {len(agrees)} of {len(sensitivity)} cases "
        f"tried{told}."
    )


def describe_sets(found: pd.DataFrame) -> str:
    """Return in how many of the cases left open half a month to a month is enough.

    Parameters
    ----------
    found
        From `simulation_notice_sensitivity.notice_sets`.

    Examples
    --------
    >>> found = pd.DataFrame({"enough_days": [15.0, 40.0, 45.0, 60.0],
    ...     "essay_share": [1.0, 0.9, 0.85, 0.7], "relaxed_review_days": [10, 30, 35, 50]})
    >>> print(describe_sets(found))
    Of 4 sets of assumptions within their ranges, half a month to a month is enough in 25 %; in
    the middle one it brings 88 % of what the best length would. 42 days would be enough in half
    of them, 56 in nine of ten.
    """
    share = found["essay_share"].fillna(0.0)
    half, most = found["enough_days"].quantile([0.5, 0.9])
    return (
        f"Of {len(found):,} sets of assumptions within their ranges, half a month to a month is "
        f"enough in {percent((share >= ENOUGH).mean())}; in the middle one it brings "
        f"{percent(share.median())} of what the best length would. {half:.0f} days would be "
        f"enough in half of them, {most:.0f} in nine of ten."
    )


def describe_briefing(outcome: pd.DataFrame, without: pd.DataFrame) -> str:
    """Return what the briefing did where the market tightened, and where it did not.

    Parameters
    ----------
    outcome, without
        From `simulation.simulate_years` for the same years, with and without the briefing.

    Examples
    --------
    >>> without = pd.DataFrame({"friction_days": [20.0, 20.0], "supplier_margin": [96.0, 96.0],
    ...                         "tightens": [True, False]})
    >>> outcome = without.assign(friction_days=[14.0, 22.0], supplier_margin=[96.5, 94.5])
    >>> print(describe_briefing(outcome, without))
    In years in which the market tightens a step waits 6.0 days less with briefings, and the
    supplier gains 0.5 points; in the others it waits 2.0 days more, and the supplier loses 1.5
    points, since true briefings from a calm market calm.
    """
    change = (
        outcome[["friction_days", "supplier_margin"]]
        - without[["friction_days", "supplier_margin"]]
    )
    by = change.groupby(outcome["tightens"]).mean()
    if len(by) < 2:
        raise InputError("years of both kinds of market are needed to compare them")
    (calm_days, calm_points), (tight_days, tight_points) = by.sort_index().to_numpy().tolist()
    return (
        f"In years in which the market tightens a step waits {_days(tight_days)} with "
        f"briefings, and the supplier {_points(tight_points)}; in the others it "
        f"waits {_days(calm_days)}, and the supplier {_points(calm_points)}, since true "
        "briefings from a calm market calm."
    )


def _bare(rung: str) -> str:
    return str(rung).removeprefix("+ ").lower()


def _signed(value: float, decimals: int = 1) -> str:
    text = f"{abs(value):.{decimals}f}"
    if float(text) == 0:
        return text
    return f"{'−' if value < 0 else '+'}{text}"


def _points(value: float) -> str:
    if abs(value) < 0.05:
        return "gains nothing"
    return f"{'loses' if value < 0 else 'gains'} {abs(value):.1f} points"


def _days(value: float) -> str:
    return f"{abs(value):.1f} days {'less' if value < 0 else 'more'}"
