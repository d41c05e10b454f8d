"""Exercises on restoring the balance: ways, plans, what may be said, and what can be known."""

from kamtools.learning import power_balance_answers as found
from kamtools.learning.judging import Context, Exercise, Mistake
from kamtools.power.simulation_notice import ESSAY_DAYS
from kamtools.wording import money, percent


def _essay_days(context: Context) -> float:
    return sum(ESSAY_DAYS) / 2


def _notice_lesson(context: Context) -> str:
    curve = context["curve"]["supplier_gain"]
    share = curve[curve.index <= ESSAY_DAYS[1]].max() / curve.max()
    return (
        f"{found.best_length(context):.0f} days, of the lengths tried. The longest within a month "
        f"already brings {percent(share)} of that gain, and it is easier to keep."
    )


def _trial_lesson(context: Context) -> str:
    return (
        f"{percent(found.seen_by_trial(context))}. So nothing seen would not mean that there is "
        "nothing: with ten accounts count on seeing large effects only."
    )


def _plan_lesson() -> str:
    budget = found.RULES.budget or 0
    return (
        f"Within the {money(budget, 'EUR')}, and no cheaper set gets there. What does most for its "
        "money at first need not be in the cheapest set."
    )


POWER_BALANCE: tuple[Exercise, ...] = (
    Exercise(
        name="power-two-ways",
        kind="choice",
        expects="a, b, c or d",
        hints=(
            "Work out difference and sum at the end of each plan.",
            "E8 has two halves: not fully controlled, and the other side cannot leave. Which "
            "number stands for which half?",
            "Think of an account that you want to build on for ten years, and of one that may go "
            "next year whatever you do.",
        ),
        mistakes=(
            Mistake(
                "It is nearer, true. Work out how much both sides still need each other then: "
                "who cannot leave any more?",
                cause="looked at the difference alone",
                sealed="782eeb2340a500a3a003444c",
            ),
            Mistake(
                "A tighter bond is worth a lot with some accounts. With one that may leave "
                "whatever you do, you would have tied yourself to it.",
                cause="ties itself to one that may leave",
                sealed="0827dfd99127d64c896f87c4",
            ),
            Mistake(
                "One number hides half of it: two pairs with the same difference can need each "
                "other much or hardly.",
                cause="takes both ways for the same",
                sealed="0f5e5197342027e66b788ad9",
            ),
        ),
        lesson="Both ways cut the imbalance; only one of them raises what holds the two together.",
        sealed="86b9d970e5840e9f7b698308",
    ),
    Exercise(
        name="power-plan",
        kind="choice",
        expects="measures by their keys, as a list",
        hints=(
            "The cheapest set need not begin with the best single measure.",
            "Two of the measures do little alone and much together with a third, which makes it "
            "harder for the account to find others. See what needs what.",
            "`plan_account(to_plan, measures, PlanRules((-0.15, 0.15), probability=0.6, "
            "budget=40_000), seed=1)` looks at every set.",
        ),
        mistakes=(
            Mistake(
                "There is no such measure in the table; write the keys as they stand there.",
                cause="named a measure that there is not",
                find=lambda context: found.UNKNOWN,
            ),
            Mistake(
                "One of your measures needs another that is not in the set: see `needs`.",
                cause="left out what a measure needs",
                find=lambda context: found.LACKS,
            ),
            Mistake(
                "That is what comes of taking, step by step, what does most for its cost. It "
                "reaches, and it is over the budget: what was best at first is of less use now. "
                "What could be left out?",
                cause="took the best step each time",
                find=lambda context: found.GREEDY,
            ),
            Mistake(
                "That costs more than there is. Which of them could be left out?",
                cause="went over the budget",
                find=lambda context: found.OVER,
            ),
            Mistake(
                "It can be paid, and ends in the corridor in too few scenarios. In one number it "
                "may look as if it did: look at `probability`.",
                cause="ends short of the corridor",
                find=lambda context: found.SHORT,
            ),
            Mistake(
                "It gets there within the budget. There is a cheaper set that does so too.",
                cause="paid more than needed",
                find=lambda context: found.DEARER,
            ),
        ),
        lesson=lambda context: _plan_lesson(),
        find=lambda context: found.CHEAPEST,
    ),
    Exercise(
        name="power-briefing",
        kind="names",
        expects='letters, such as ["a", "b"]',
        hints=(
            "Ask of each line: where is it from, of which day, and may the account have it?",
            "Public, our own research, or licensed for passing on. And whatever it is from: is "
            "it about what a rival will charge?",
            "Three may go. A true line may still not be yours to tell.",
        ),
        mistakes=(
            Mistake(
                "One line too many. It was printed, but it is about a rival's future price, and "
                "you would carry it to a buyer. That stops the export; ask counsel.",
                cause="tells a rival's future price",
                sealed="e7f0d403ecd071bc60faa479",
            ),
            Mistake(
                "One line too many: it is another client's data. That client would hear of it, "
                "and this one would ask what you tell others.",
                cause="tells another client's data",
                sealed="fa35b62d0b6f6fe9071510ce",
            ),
            Mistake(
                "One line too many: no source, no date. A warning without them is pressure, and "
                "raising awareness means true facts that can be checked.",
                cause="tells what has no source",
                sealed="a20a56ff4c31165a2f2ed774",
            ),
            Mistake(
                "Right so far, and one is left out: what may be passed on by licence is yours to "
                "tell, with its name.",
                cause="left out what is licensed",
                sealed="c7675acbf8bb1cfe601a6dfd",
            ),
            Mistake(
                "Right so far, and one is left out: what your own people have counted is yours.",
                cause="left out our own research",
                sealed="9a80c2d3246dff837cc1dc12",
            ),
            Mistake(
                "Public lines are safe, and they are not all that you may send: what else has a "
                "source, a date and a right to be passed on?",
                cause="sends public lines only",
                sealed="7f4462edad133ca9c7b8f26e",
            ),
            Mistake(
                "Having a source is not enough. Two of these five have one and still may not go.",
                cause="takes a source for a permission",
                sealed="b21451f0cd4c7c4b3a77f72b",
            ),
        ),
        lesson=(
            "Each with its source, its date and its kind, and a log of what was told. This is a "
            "guard-rail of the toolkit, not legal advice."
        ),
        sealed="452a4c8614a021cf5a43a64d",
    ),
    Exercise(
        name="power-notice",
        kind="number",
        expects="a number of days from 0 to 120, such as 10",
        hints=(
            "What does a day more of notice save, and what may happen in it?",
            "Notice saves as long as the review still lasts. A review takes about a month, some "
            "take twice that, and leaks are rare by assumption.",
            "`simulation_notice.best_notice(curve)` finds it.",
        ),
        mistakes=(
            Mistake(
                "That is what the essay says, half a month to a month, and it brings a good part "
                "of the gain. Under these assumptions the model asks for more: some reviews take "
                "much longer.",
                cause="followed the essay's range",
                find=_essay_days,
            ),
            Mistake(
                "Without notice, or hardly any, the review begins when you are ready, and you wait "
                "for all of it.",
                cause="gave no notice",
                find=lambda context: 0.0,
            ),
            Mistake(
                "Much longer than nearly any review. What is saved has been saved by then, and "
                "every day more is one in which the plan may change or leak.",
                cause="gave the longest notice",
                find=found.longest_tried,
            ),
        ),
        lesson=_notice_lesson,
        find=found.best_length,
        tolerance=15.0,
        needs=("curve",),
    ),
    Exercise(
        name="power-trial",
        kind="number",
        expects="a chance from 0 to 1, such as 0.1",
        hints=(
            "The same account is seen eight times. Does that make eighty accounts?",
            "Trials are planned so that they would see what they look for four times in five. For "
            "ten accounts that takes an effect of about one standard deviation.",
            "`evaluation_power.chance_to_see(0.5, …)`, with the starts and blocks of "
            "`staggered_start`.",
        ),
        mistakes=(
            Mistake(
                "So much is what one plans for. Here the effect would have to be about twice "
                "as large.",
                cause="gave what trials are planned for",
                find=lambda context: 0.8,
            ),
            Mistake(
                "As good as tossing a coin? It is worse: the accounts differ in what moves them, "
                "and there are only ten.",
                cause="guessed an even chance",
                find=lambda context: 0.5,
            ),
            Mistake(
                "That is how often it would cry wolf if there were no effect. With one it sees a "
                "little more.",
                cause="gave the chance of a false alarm",
                find=lambda context: 0.05,
            ),
            Mistake(
                "Near, but in percent: 10 % is written 0.1.",
                cause="wrote percent, not a share",
                find=lambda context: round(100 * found.seen_by_trial(context)),
            ),
        ),
        lesson=_trial_lesson,
        find=found.seen_by_trial,
        tolerance=0.1,
    ),
)
