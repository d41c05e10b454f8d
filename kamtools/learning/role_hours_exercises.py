"""Exercises on heads and hours: how many, for whom next, who cannot be served."""

from kamtools.learning import role_hours_answers as found
from kamtools.learning.judging import Context, Exercise, Mistake
from kamtools.role.field_test import callplan_field_test
from kamtools.wording import listing, money, percent

T_VALUE, NORMAL_95 = 2.42, 1.96


def _standard_error() -> float:
    return callplan_field_test().effect / T_VALUE


def _headcount_lesson(context: Context) -> str:
    need = found.need_of(context)
    return (
        f"{need.fte:.2f} to be exact, {need.span:.1f} accounts each. Every hour of it is an "
        "assumption: see below what it does to the answer if one is wrong."
    )


def _hours_lesson(context: Context) -> str:
    gains = found.gains(context).sort_values(ascending=False)
    return (
        f"{money(gains.iloc[0], 'EUR')} more a year; {gains.index[1]} would bring "
        f"{money(gains.iloc[1], 'EUR')}, {gains.index[-1]} {money(gains.iloc[-1], 'EUR')}. What "
        "counts is the slope of the curve where the account stands today."
    )


ROLE_HOURS: tuple[Exercise, ...] = (
    Exercise(
        name="role-headcount",
        kind="number",
        expects="a number of full-time managers, such as 3.5",
        hints=(
            "First the hours of all accounts, then the hours that one manager has for them.",
            "A manager does not spend all working hours on accounts.",
            "`headcount.headcount(workload, hours_per_year=1760, share_for_accounts=0.7, "
            "seed=1).fte` computes it.",
        ),
        mistakes=(
            Mistake(
                "So many would do if no manager ever trained, reported, travelled between "
                "clients or was asked for anything else.",
                cause="counted all hours as hours for accounts",
                find=lambda context: found.need_of(context).fte * found.SHARE_FOR_ACCOUNTS,
            ),
            Mistake(
                "The share was taken of the wrong side: the less of their time goes to accounts, "
                "the more managers it takes.",
                cause="took the share of the wrong side",
                find=lambda context: found.need_of(context).fte * found.SHARE_FOR_ACCOUNTS**2,
            ),
            Mistake(
                "So many accounts come to each manager. Asked is how many managers.",
                cause="gave accounts a manager, not managers",
                find=lambda context: found.need_of(context).span,
            ),
        ),
        lesson=_headcount_lesson,
        find=lambda context: found.need_of(context).fte,
        tolerance=0.4,
        needs=("workload",),
    ),
    Exercise(
        name="role-forty-hours",
        kind="names",
        expects="one account by its name",
        hints=(
            "Not what an account brings counts, but what it brings more.",
            "Compare the columns `at_half_more` and `maximum` with 1, which is today's margin, "
            "and think of how large 40 hours are beside today's.",
            "`expected_margin(curves, curves.hours + 40) - expected_margin(curves, curves.hours)`.",
        ),
        mistakes=(
            Mistake(
                "The largest has nearly all that hours can do for it: its curve is flat there.",
                cause="gave to the largest",
                find=found.largest_margin,
            ),
            Mistake(
                "It brings the most for an hour, on average. The average looks back; the next "
                "hours look forward.",
                cause="followed the average, not the next hour",
                find=found.best_so_far,
            ),
            Mistake(
                "It has the fewest hours, and would more than double them: a good rise of a "
                "small margin. Somewhere else the same hours bring more money.",
                cause="gave to the one with the fewest hours",
                find=found.fewest_hours,
            ),
        ),
        lesson=_hours_lesson,
        find=found.best_for_next_hours,
        needs=("curves",),
    ),
    Exercise(
        name="role-ten-pairs",
        kind="number",
        expects="a share, such as 0.03 for 3 %",
        hints=(
            "The effect divided by t is its standard error.",
            "With so few pairs more than two standard errors belong on each side.",
            "`field_test.interval_from_t(0.081, t=2.42, degrees_of_freedom=9).low`.",
        ),
        mistakes=(
            Mistake(
                "That is what was measured, the middle of the range. Asked is its lower end.",
                cause="gave the middle, not the lower end",
                find=lambda context: callplan_field_test().effect,
            ),
            Mistake(
                "One standard error below: that leaves out one case in six on this side.",
                cause="took one standard error",
                find=lambda context: callplan_field_test().effect - _standard_error(),
            ),
            Mistake(
                "That would be right for many pairs. Ten know their own spread badly, and 1.96 "
                "standard errors are too few.",
                cause="used the normal limits for ten pairs",
                find=lambda context: callplan_field_test().effect - NORMAL_95 * _standard_error(),
            ),
            Mistake(
                "That is the upper end: the good case.",
                cause="gave the upper end",
                find=lambda context: callplan_field_test().high,
            ),
            Mistake(
                "Near, but in percent: 3 % is written 0.03.",
                cause="wrote percent, not a share",
                find=lambda context: 100 * callplan_field_test().low,
            ),
        ),
        lesson=lambda context: (
            f"From {percent(callplan_field_test().low)} to {percent(callplan_field_test().high)}: "
            "the method helped those ten, and how much it helps is hardly known."
        ),
        find=lambda context: callplan_field_test().low,
        tolerance=0.005,
    ),
    Exercise(
        name="role-over-full",
        kind="names",
        expects="accounts by their names, as a list",
        hints=(
            "There are hours enough in all. For whom are they not enough?",
            "Who alone can serve some of the accounts, and how many hours has that person?",
            "Leave out one account after the other, the smallest first, and see whether the "
            "others still do not fit: what cannot be left out is the answer.",
        ),
        mistakes=(
            Mistake(
                "Together they are too much, true. But leave out the smallest of them: does it "
                "fit then? If not, it is no part of the fight.",
                cause="counted one in that fits",
                find=found.with_rare_language,
            ),
            Mistake(
                "Rivals need two managers, and here two can be found for them.",
                cause="took those that two managers can serve for rivals",
                find=found.rivals,
            ),
            Mistake(
                "Large accounts are hard to place, but these can go to different managers.",
                cause="took the large ones for rivals",
                find=found.three_largest,
            ),
        ),
        lesson=lambda context: (
            f"{listing(sorted(found.cannot_all_be_served(context)))}, whatever is done about the "
            "others. A list of who fights is short, and it tells where to look for a way out."
        ),
        find=found.cannot_all_be_served,
        needs=("accounts", "managers"),
    ),
    Exercise(
        name="role-gives-way",
        kind="names",
        expects="one account by its name",
        hints=(
            "It must end the fight, and cost as few hours as possible.",
            "Try each of the three: what is left for the one who speaks the language, and what "
            "is half of the hours of the one that goes?",
            "`assign_accounts(accounts, managers, rules=AssignmentRules(balance=None), gap=0)` "
            "prices a language that does not match; look at `language_matched`.",
        ),
        mistakes=(
            Mistake(
                "It costs the fewest hours, but the two that fight are still with one person.",
                cause="took the cheapest, which ends nothing",
                find=found.smallest_with_rare_language,
            ),
            Mistake(
                "That ends it. Is there one that ends it and costs less?",
                cause="ended it at a higher cost",
                find=found.largest_with_rare_language,
            ),
            Mistake(
                "It asks for nothing rare; moving it takes no hour off the one who is over-full.",
                cause="moved one that frees no hours",
                find=found.smallest_of_the_others,
            ),
        ),
        lesson="A price shows what a rule costs. Whether to pay it is yours to decide.",
        find=found.gives_way,
        needs=("accounts", "managers"),
    ),
)
