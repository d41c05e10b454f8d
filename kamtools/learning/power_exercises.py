"""Exercises on power: who depends on whom, how sure that is, and what it would cost."""

from kamtools.learning import power_answers as found
from kamtools.learning.judging import Context, Exercise, Mistake
from kamtools.learning.power_balance_exercises import POWER_BALANCE
from kamtools.learning.power_conflict_exercises import POWER_CONFLICT
from kamtools.wording import listing, percent


def _by_hand_lesson(context: Context) -> str:
    return (
        f"+{found.imbalance(context):.3f}: the supplier depends more, so the account is "
        f"stronger. Together they depend by {found.mutual(context):.3f}; keep both numbers."
    )


def _critical_lesson(context: Context) -> str:
    return (
        f"{found.joined(context):.2f} to be exact, where the mean says "
        f"{found.mean_part(context):.2f}. Whoever can stop you in one way can stop you."
    )


def _flip_lesson(context: Context) -> str:
    return (
        f"It is the {listing(sorted(found.flipping_facts(context)))}: ask about that first. The "
        "widest range is not the one that matters most."
    )


def _goes_lesson(context: Context) -> str:
    lost, share = found.profit_lost(context), found.revenue_lost(context)
    return (
        f"{percent(lost)} of profit with {percent(share)} of revenue: {lost / share:.1f} times as "
        "much, since the fixed costs stay."
    )


POWER_MEASURED: tuple[Exercise, ...] = (
    Exercise(
        name="power-by-hand",
        kind="number",
        expects="a number from -1 to 1, such as 0.1",
        hints=(
            "Who has much at stake and few others to go to depends most.",
            "For each side: stake × (1 − availability). Then the supplier's less the account's.",
            "`middle_dependence(worked)` has it in the column `power_imbalance`.",
        ),
        mistakes=(
            Mistake(
                "The size is right and the sides are turned round: supplier less account, so "
                "that plus means that the account is the stronger.",
                cause="turned the sides round",
                find=lambda context: -found.imbalance(context),
            ),
            Mistake(
                "That is the difference of the stakes. Somebody with much at stake and many "
                "alternatives is still free: where do the alternatives come in?",
                cause="left the alternatives out",
                find=found.difference_of_stakes,
            ),
            Mistake(
                "That is the sum: how much they need each other. Asked is the difference.",
                cause="gave the sum, not the difference",
                find=found.mutual,
            ),
            Mistake(
                "You took stake × availability. Alternatives make free: it is what is not "
                "available elsewhere that ties.",
                cause="counted alternatives as ties",
                find=found.with_alternatives_as_they_are,
            ),
        ),
        lesson=_by_hand_lesson,
        find=found.imbalance,
        tolerance=0.01,
        needs=("inputs",),
    ),
    Exercise(
        name="power-critical-part",
        kind="number",
        expects="a number from 0 to 1, such as 0.5",
        hints=(
            "Suppose two parts were of no weight at all. Would the third let you go?",
            "Each part is a way to be held. What is left free is what all of them leave free.",
            "1 − (1 − u₁)(1 − u₂)(1 − u₃), or `middle_dependence(critical)`.",
        ),
        mistakes=(
            Mistake(
                "That is the mean. It says that two weak ties make a strong one weaker, and that "
                "whoever lists more parts depends less.",
                cause="took the mean",
                find=found.mean_part,
            ),
            Mistake(
                "That is the strongest part alone: the least that it can be, if the parts "
                "come to the same thing. The others add a little.",
                cause="took the strongest part alone",
                find=lambda context: float(found.supplier_parts(context).to_numpy().max()),
            ),
            Mistake(
                "That is the sum. With one more part it could pass 1: what is held by one tie "
                "cannot be held again by another.",
                cause="took the sum",
                find=lambda context: float(found.supplier_parts(context).to_numpy().sum()),
            ),
            Mistake(
                "That is the product: as if all parts had to hold at once for you to be held.",
                cause="took the product",
                find=lambda context: float(found.supplier_parts(context).to_numpy().prod()),
            ),
        ),
        lesson=_critical_lesson,
        find=found.joined,
        tolerance=0.03,
        needs=("inputs",),
    ),
    Exercise(
        name="power-zones",
        kind="choice",
        expects='a zone for each account, as {"Harbour": "loose", …} with all four',
        hints=(
            "Work out two numbers for each: the difference and the sum.",
            "First ask whether the difference is within 0.15 either way. Only then does the sum "
            "decide.",
            "`zones.zone_numbers(imbalance, mutual)` gives the place of each in `zones.ZONES`.",
        ),
        mistakes=(
            Mistake(
                "One of these is no zone. There are: interlocked, captive supplier, captive "
                "account, loose, between.",
                cause="named a zone that there is not",
                find=lambda context: found.NO_ZONE,
            ),
            Mistake(
                "An account has no zone yet, or another name. There are four.",
                cause="left an account out",
                find=lambda context: found.LEFT_OUT,
            ),
            Mistake(
                "Somewhere the sides are turned round. Captive is the side that depends more.",
                cause="turned the sides round",
                find=lambda context: found.TURNED,
            ),
            Mistake(
                "One of those that you call interlocked needs a second look: the sum is high, but "
                "one side depends much more. Who can leave whom there?",
                cause="looked at the sum before the difference",
                find=lambda context: found.UNEVEN,
            ),
            Mistake(
                "One is even, neither tied enough for interlocked nor free enough for loose. Not "
                "everything needs a name.",
                cause="gave a name to what is between",
                find=lambda context: found.NAMED,
            ),
            Mistake(
                "One of them is in a zone, and not in the one that you say.",
                cause="left out a name where there is a zone",
                find=lambda context: found.UNNAMED,
            ),
        ),
        lesson=(
            "The cut-offs are proposals: write yours down before you look where the accounts "
            "fall, not after."
        ),
        find=lambda context: found.PLACED,
    ),
    Exercise(
        name="power-flip",
        kind="names",
        expects='one fact, such as "stake of revenue"',
        hints=(
            "The account leaves its zone once the imbalance falls to 0.15. Who would have to be "
            "mistaken, and in which direction?",
            "A wide range of something that weighs little moves little. Multiply before you "
            "choose.",
            "`fact_flips(uncertain)`: the rows moved to low or high with `flips`.",
        ),
        mistakes=(
            Mistake(
                "Of that fact you know least. But the part weighs little: move it from end to end "
                "and see how far the imbalance goes.",
                cause="took the widest range",
                find=found.widest_range,
            ),
            Mistake(
                "The largest stake, and it is known rather well: its range is too narrow to "
                "matter.",
                cause="took the largest stake",
                find=found.largest_stake,
            ),
            Mistake(
                "Our own way out comes to mind first. Within its range it is not enough; look at "
                "the other side's.",
                cause="looked at our own side alone",
                find=found.our_alternatives,
            ),
            Mistake(
                "These would do it if they were wholly wrong, 0 or 1. Asked is which does so "
                "within its own range.",
                cause="let facts be wholly wrong",
                find=found.flipping_if_wholly_wrong,
            ),
        ),
        lesson=_flip_lesson,
        find=found.flipping_facts,
        needs=("inputs",),
    ),
    Exercise(
        name="power-account-goes",
        kind="number",
        expects="a share of profit, such as 0.2 for 20 %",
        hints=(
            "What falls away with the account, and what does not?",
            "Its margin is gone. Profit is all margin less the fixed costs: how much was that?",
            "`exposure.loss_if_gone(accounts, fixed_costs=fixed_costs)` has the column "
            "`profit_change`.",
        ),
        mistakes=(
            Mistake(
                "So much of revenue, and about so much of margin, goes. Profit is what is left "
                "after the fixed costs, and those do not go.",
                cause="gave the share of revenue",
                find=found.revenue_lost,
            ),
            Mistake(
                "That is its margin as a share of its own revenue. Set the margin against the "
                "profit of the firm.",
                cause="gave its own margin",
                find=found.margin_rate,
            ),
            Mistake(
                "You set its revenue against profit. With the revenue its variable costs go too: "
                "only the margin is lost.",
                cause="set revenue against profit",
                find=found.revenue_over_profit,
            ),
            Mistake(
                "The size is right: write the fall without its sign.",
                cause="wrote a minus",
                find=lambda context: -found.profit_lost(context),
            ),
            Mistake(
                "Near, but in percent: 20 % is written 0.2.",
                cause="wrote percent, not a share",
                find=lambda context: round(100 * found.profit_lost(context)),
            ),
        ),
        lesson=_goes_lesson,
        find=found.profit_lost,
        tolerance=0.05,
        needs=("accounts", "fixed_costs"),
    ),
)

POWER: tuple[Exercise, ...] = (*POWER_MEASURED, *POWER_CONFLICT, *POWER_BALANCE)
