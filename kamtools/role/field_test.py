"""What a published field test says of the method, with the range that its few pairs allow.

References
----------
.. [1] Fudge, W. K. and Lodish, L. M. (1977), "Evaluation of the Effectiveness of a Model Based
   Salesman's Planning System by Field Experimentation", Interfaces 8(1, part 2), 97-106.
"""

from dataclasses import dataclass

from scipy import stats

from kamtools.errors import InputError
from kamtools.wording import percent


@dataclass(frozen=True)
class FieldTest:
    """An effect with its range; `p_value` is two-sided against no effect."""

    effect: float
    low: float
    high: float
    p_value: float


def interval_from_t(
    effect: float, *, t: float, degrees_of_freedom: int, level: float = 0.95
) -> FieldTest:
    """Return the range of an effect of which only the t statistic was published.

    Parameters
    ----------
    effect
        In any unit; not 0.
    t
        Effect ÷ standard error, with the sign of the effect.
    degrees_of_freedom : at least 1
        One less than the pairs of a paired test.
    level : between 0 and 1

    Raises
    ------
    InputError
        If t is 0 or of another sign than the effect, or another number is out of its range.

    Examples
    --------
    The field test of CALLPLAN: ten pairs, +8.1 % sales, t = 2.42 [1]_.

    >>> test = interval_from_t(0.081, t=2.42, degrees_of_freedom=9)
    >>> round(test.low, 3), round(test.high, 3), round(test.p_value, 3)
    (0.005, 0.157, 0.039)
    """
    if not effect * t > 0:
        raise InputError(f"t must not be 0 and must have the effect's sign; got {effect} and {t}")
    if degrees_of_freedom < 1 or not 0 < level < 1:
        raise InputError(
            "degrees_of_freedom must be at least 1 and level between 0 and 1; got "
            f"{degrees_of_freedom} and {level}"
        )
    half = stats.t.ppf((1 + level) / 2, degrees_of_freedom) * effect / t
    p_value = 2 * stats.t.sf(abs(t), degrees_of_freedom)
    return FieldTest(effect, float(effect - half), float(effect + half), float(p_value))


def callplan_field_test() -> FieldTest:
    """Return the field test of CALLPLAN with its 95 % range.

    Ten matched pairs of salespeople of an airline, of whom one in each planned with the
    model: after six months those sold 8.1 % more than their partners, t = 2.42 [1]_.

    Examples
    --------
    >>> print(describe_field_test(callplan_field_test()))
    In the field test sales rose by 8.1 %; with so few pairs anything from 0.5 % to 16 % fits
    the result (95 % range).
    """
    return interval_from_t(0.081, t=2.42, degrees_of_freedom=9)


def describe_field_test(test: FieldTest) -> str:
    """Return in words what the test found and how far its range goes."""
    low, high = percent(test.low), percent(test.high)
    return (
        f"In the field test sales rose by {100 * test.effect:.1f} %; with so few pairs anything "
        f"from {low} to {high} fits the result (95 % range)."
    )
