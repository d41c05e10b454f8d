"""What the questions of power need beside dependence."""

import numpy as np
import pandas as pd

from kamtools.errors import InputError
from kamtools.planning.power_assumptions import numbers_of
from kamtools.wording import listing

CORRIDOR = (-0.15, 0.15)
"""The corridor of the imbalance where the firm names none: a proposal of the toolkit."""

ENDS = ("low", "middle", "high")


def read_corridor(text: str, given: object = None) -> tuple[float, float]:
    """Return the corridor of the imbalance: as written, else as the engagement has it.

    Parameters
    ----------
    text
        Such as "-0.15 to 0.15"; blank: `given`.
    given
        `corridor` of the engagement's `[power]`; None: `CORRIDOR`.

    Raises
    ------
    InputError
        If the text is not two numbers from -1 to 1, the lower first.

    Examples
    --------
    >>> read_corridor("−0.1 to 0.2"), read_corridor("", [-0.2, 0.2]), read_corridor("")
    ((-0.1, 0.2), (-0.2, 0.2), (-0.15, 0.15))
    """
    if not text.strip():
        low, high = CORRIDOR if given is None else tuple(given)  # type: ignore[arg-type]
        return float(low), float(high)
    numbers = numbers_of(text)
    if numbers is None or text.count("to") != 1 or not -1 <= numbers[0] < numbers[2] <= 1:
        raise InputError(
            f"corridor is {text!r}; expected two numbers from -1 to 1, such as -0.15 to 0.15"
        )
    return numbers[0], numbers[2]


def recovery_inputs(
    assumed: pd.DataFrame,
    *,
    margin: float,
    revenue: float,
    months: tuple[float, float, float],
    fixed_costs: float | None,
    revenue_share: float,
) -> pd.DataFrame:
    """Return the inputs of `exposure_recovery.simulate_recovery` for one account.

    Parameters
    ----------
    assumed
        As `power_assumptions.default_power_assumptions`.
    margin, revenue
        Of the account, in money a year.
    months
        That we need to replace it: low, middle, high; 0 counts as a tenth of a month.
    fixed_costs
        Of the firm, in money a year; None if not known: then nothing is saved.
    revenue_share
        Of the account in the firm's revenue, 0-1.

    Returns
    -------
    (5, 3), index as `exposure_recovery.INPUTS`
        `low`, `middle`, `high`.

    Examples
    --------
    >>> from kamtools.planning.power_assumptions import default_power_assumptions
    >>> recovery_inputs(default_power_assumptions(), margin=100.0, revenue=400.0,
    ...                 months=(6, 9, 12), fixed_costs=1000.0, revenue_share=0.2)
                        low  middle   high
    margin            100.0   100.0  100.0
    months_to_refill    6.0     9.0   12.0
    refill_share        0.5     0.8    1.0
    fixed_saved         0.0    20.0   50.0
    write_off           0.0     8.0   24.0
    """
    ends = _ends(assumed)
    part = (fixed_costs or 0.0) * revenue_share
    return pd.DataFrame(
        {
            "margin": np.full(3, float(margin)),
            "months_to_refill": np.maximum(np.array(months, dtype=float), 0.1),
            "refill_share": ends["refill_share"],
            "fixed_saved": part * ends["avoidable_share"],
            "write_off": revenue * ends["write_off"],
        },
        index=list(ENDS),
    ).T


def bargaining_inputs(
    assumed: pd.DataFrame,
    *,
    supplier_margin: float,
    account_margin: tuple[float, float, float],
    supplier_availability: tuple[float, float, float],
    account_availability: tuple[float, float, float],
) -> pd.DataFrame:
    """Return the inputs of `bargaining_range.bargaining_range` for one account.

    Parameters
    ----------
    assumed
        As `power_assumptions.default_power_assumptions`.
    supplier_margin
        What we earn with the account, in money a year, above 0.
    account_margin
        What the account earns with our goods, in money a year: low, middle, high.
    supplier_availability, account_availability
        How far others could stand in for the account, and for us (0-1): low, middle, high.

    Returns
    -------
    (7, 3), index as `bargaining_range.INPUTS`
        `low`, `middle`, `high`.

    Raises
    ------
    InputError
        If we earn nothing with the account: there is nothing to bargain about.

    Notes
    -----
    The pie is what both earn a year with our goods. Whoever leaves for good earns its own part
    times the availability of others (outside); during a dispute it earns what goes on (inside).

    Examples
    --------
    >>> from kamtools.planning.power_assumptions import default_power_assumptions
    >>> inputs = bargaining_inputs(default_power_assumptions(), supplier_margin=100.0,
    ...                            account_margin=(80, 100, 120),
    ...                            supplier_availability=(0.2, 0.3, 0.4),
    ...                            account_availability=(0.5, 0.6, 0.7))
    >>> inputs.loc[["pie", "supplier_outside", "account_outside"]]
                        low  middle   high
    pie               180.0   200.0  220.0
    supplier_outside   20.0    30.0   40.0
    account_outside    40.0    60.0   84.0
    """
    if not supplier_margin > 0:
        raise InputError(
            f"our margin with the account must be above 0 to bargain about; got {supplier_margin:g}"
        )
    ends = _ends(assumed)
    theirs = np.array(account_margin, dtype=float)
    return pd.DataFrame(
        {
            "pie": supplier_margin + theirs,
            "today": np.full(3, float(supplier_margin)),
            "supplier_inside": supplier_margin * ends["supplier_goes_on"],
            "account_inside": theirs * ends["account_goes_on"],
            "supplier_outside": supplier_margin * np.array(supplier_availability, dtype=float),
            "account_outside": theirs * np.array(account_availability, dtype=float),
            "supplier_strength": ends["supplier_strength"],
        },
        index=list(ENDS),
    ).T


def account_in_focus(account_id: str, *, power: pd.DataFrame | None, revenue: pd.Series) -> str:
    """Return the account to look at closely: the one named, else the strongest, else the largest.

    Parameters
    ----------
    account_id
        Blank if none is named.
    power
        From `dependence.power_table`; None if no key account is known on both sides. The
        strongest account is the one with the largest imbalance.
    revenue : index account_id
        Of the key accounts, of which there is at least one.

    Raises
    ------
    InputError
        If the account named is not among the key accounts.

    Examples
    --------
    >>> power = pd.DataFrame({"account_id": ["a", "b"], "power_imbalance": [0.1, 0.3]})
    >>> revenue = pd.Series({"a": 5.0, "b": 2.0, "c": 9.0})
    >>> account_in_focus("", power=power, revenue=revenue)
    'b'
    >>> account_in_focus("", power=None, revenue=revenue)
    'c'
    """
    if account_id:
        if account_id in revenue.index:
            return account_id
        raise InputError(
            f"account_id is {account_id!r}, which is not among the key accounts; they are "
            f"{listing(list(revenue.index[:5]))}"
            + (f" and {len(revenue) - 5:,} more" if len(revenue) > 5 else "")
        )
    if power is None or power.empty:
        return str(revenue.idxmax())
    return str(power["account_id"].iloc[int(power["power_imbalance"].to_numpy().argmax())])


def _ends(assumed: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return low, middle and high of each assumption."""
    table = assumed.set_index("assumption")[["low", "value", "high"]]
    return {str(name): row.to_numpy(dtype=float) for name, row in table.iterrows()}
