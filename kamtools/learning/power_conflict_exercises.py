"""Exercises on conflict: what an offer elsewhere is worth, and who can wait longer."""

from kamtools.learning import power_conflict_answers as found
from kamtools.learning.judging import Context, Exercise, Mistake
from kamtools.wording import percent


def _stop_lesson(context: Context) -> str:
    return (
        f"{percent(found.turning_share(context))} under these assumptions, once the shelf is "
        "empty. So the shoppers decide who can wait longer, not the two who quarrel."
    )


POWER_CONFLICT: tuple[Exercise, ...] = (
    Exercise(
        name="power-outside-offer",
        kind="number",
        expects="a number from 0 to 100",
        hints=(
            "Without the offer the two would share evenly. Does a threat change that, if carrying "
            "it out would make you worse off?",
            "Income that you have while you quarrel is one thing, an offer that you get only by "
            "leaving for good is another.",
            "`bargaining.settle(100, supplier_outside=20)` computes it.",
        ),
        mistakes=(
            Mistake(
                "That is right for income that you go on having while there is no agreement. "
                "This offer you have only if you leave, and then you have less than half: the "
                "account need not believe that you would.",
                cause="took the offer for income meanwhile",
                find=found.offer_taken_as_income,
            ),
            Mistake(
                "So much you would have elsewhere. Nobody who can get more here need take it.",
                cause="took the offer for the split",
                find=lambda context: found.OFFER,
            ),
            Mistake(
                "You added the offer to your half. You can stay or leave, not both.",
                cause="added the offer to the half",
                find=lambda context: found.PIE / 2 + found.OFFER,
            ),
            Mistake(
                "Half of what is left once the offer is taken off: that is what the account "
                "would get if the offer were income of yours.",
                cause="gave the account's side of the wrong case",
                find=lambda context: found.PIE - found.offer_taken_as_income(context),
            ),
        ),
        lesson=(
            "An offer that is worse than the split does not move it. Look below what happens with "
            "one that is better."
        ),
        find=found.settled_with_offer,
        tolerance=1.0,
    ),
    Exercise(
        name="power-impatience",
        kind="number",
        expects="a share from 0 to 1, such as 0.3",
        hints=(
            "What does one more round cost each? Compare those, not the two patiences.",
            "A round costs you five times what it costs the account. The split goes about the "
            "way of that ratio.",
            "`bargaining.rubinstein_share(supplier_patience=0.90, account_patience=0.98)`.",
        ),
        mistakes=(
            Mistake(
                "So it would be if both were alike. 0.90 and 0.98 look alike; a round costs one "
                "of you five times as much.",
                cause="split evenly",
                find=lambda context: 0.5,
            ),
            Mistake(
                "A little less than half, as most people guess. The gap is much wider: look at "
                "what a round costs each, not at what is left.",
                cause="guessed a little under half",
                find=lambda context: 0.4,
            ),
            Mistake(
                "That is what the patient one gets, or what you would get in its place.",
                cause="gave the patient one's share",
                find=found.share_of_the_patient,
            ),
        ),
        lesson=lambda context: (
            f"{found.share_of_the_impatient(context):.3f}, though you make the first offer. Cash "
            "for a few more months, or a second order book, is worth more here than arguments."
        ),
        find=found.share_of_the_impatient,
        tolerance=0.05,
    ),
    Exercise(
        name="power-stop",
        kind="number",
        expects="a share of shoppers, such as 0.4",
        hints=(
            "What does the account lose with a shopper who leaves, besides the brand?",
            "The supplier earns on whoever buys elsewhere. Of those who stay, most take a "
            "substitute, and the account earns on that. Write down both losses of a day.",
            "`stop.daily_losses(drawn, days=60)` with the shares to try in `drawn`: look at the "
            "last day.",
        ),
        mistakes=(
            Mistake(
                "So it would be if a shopper who leaves bought nothing else. The whole basket "
                "goes with them.",
                cause="left the rest of the basket out",
                find=found.turning_without_basket,
            ),
            Mistake(
                "So it would be if nobody who stays took a substitute. Most do, which is why "
                "the account can wait.",
                cause="left substitutes out",
                find=found.turning_without_substitutes,
            ),
            Mistake(
                "That is the assumption of the table, and there the supplier still loses more.",
                cause="gave the assumed share",
                find=found.assumed_share,
            ),
            Mistake(
                "Far fewer than half are enough: each of them takes more out of the store than "
                "the brand.",
                cause="guessed half",
                find=lambda context: 0.5,
            ),
            Mistake(
                "Near, but in percent: 40 % is written 0.4.",
                cause="wrote percent, not a share",
                find=lambda context: round(100 * found.turning_share(context)),
            ),
        ),
        lesson=_stop_lesson,
        find=found.turning_share,
        tolerance=0.04,
        needs=("assumed",),
    ),
)
