"""Exercises on selection: predict first, then compute, then defend."""

from kamtools.learning import selection_answers as found
from kamtools.learning.judging import Context, Exercise, Mistake
from kamtools.selection.miss_rate import expected_miss_rate
from kamtools.wording import listing, percent

CORRELATION = 0.6
ELITE_SHARE = 0.03


def _missed(context: Context) -> float:
    return expected_miss_rate(CORRELATION, ELITE_SHARE)


SELECTION: tuple[Exercise, ...] = (
    Exercise(
        name="selection-elite-size",
        kind="number",
        expects="a share from 0 to 1, such as 0.25",
        hints=(
            "The list is short. How far above the others must an account stand to be sure of "
            "its place, when past and future agree only in part?",
            "For a top fifth and a weaker agreement more than half was missed. Does a smaller "
            "list make it better or worse?",
            "`miss_rate.expected_miss_rate(correlation, elite_share)` computes it.",
        ),
        mistakes=(
            Mistake(
                "That is one less the correlation. A correlation is no share of hits: most of "
                "it comes from the many accounts in the middle.",
                cause="read the correlation as a share of hits",
                find=lambda context: 1 - CORRELATION,
            ),
            Mistake(
                "So many would be missed by a list drawn by lot. The past is worth more than that.",
                cause="chose as if by lot",
                find=lambda context: 1 - ELITE_SHARE,
            ),
            Mistake(
                "That is what the list finds. Asked is what it misses.",
                cause="gave what is found, not what is missed",
                find=lambda context: 1 - _missed(context),
            ),
            Mistake(
                "Near, but in percent: 25 percent is written 0.25.",
                cause="wrote percent, not a share",
                find=lambda context: round(100 * _missed(context)),
            ),
        ),
        lesson=lambda context: (
            f"{percent(_missed(context))} to be exact. The shorter the list, the more of the "
            "later top it misses; and a list of key accounts is very short."
        ),
        find=_missed,
        tolerance=0.05,
    ),
    Exercise(
        name="selection-served-at-a-loss",
        kind="names",
        expects="one account, by its id or its name",
        hints=(
            "The invoices do not show it. In which file does the cost of people's time stand?",
            "At Kanthal it was the account that everybody called the most important one. Here "
            "look for small orders and express deliveries.",
            "Sort the five largest in the table `profit` by its column `profit`.",
        ),
        mistakes=(
            Mistake(
                "The largest, as at Kanthal: a good guess. Here it leaves the most of all.",
                cause="took the largest",
                find=found.largest,
            ),
            Mistake(
                "It has the thinnest margin of the five, before service. What does serving it "
                "cost?",
                cause="looked at the margin before service",
                find=found.thinnest_margin,
            ),
            Mistake(
                "It is falling fast, and that is another danger. It still earns money.",
                cause="took a falling one for a losing one",
                find=found.fastest_falling,
            ),
        ),
        lesson="Not every order brings profit (E13), and the sales rank cannot see it.",
        find=found.loses_most,
        needs=("profit", "scorecard", "names"),
    ),
    Exercise(
        name="selection-goal-dropped",
        kind="number",
        expects="a whole number of accounts",
        hints=(
            "With the goal they are just inside. What holds them there?",
            "The rating of strategic fit speaks for them too, and takes over where no goal is.",
            "Run `criteria_table` with `goals=()`, score again, and count.",
        ),
        mistakes=(
            Mistake(
                "So many are chosen with the goal. Look at how close they are to the border.",
                cause="counted with the goal",
                find=found.goal_accounts_with_goal,
            ),
            Mistake(
                "So many leave. Asked is how many stay.",
                cause="counted who leaves, not who stays",
                find=found.goal_accounts_lost,
            ),
            Mistake(
                "Not quite: people also rated their fit, which still counts without the goal.",
                cause="forgot the rated fit",
                find=lambda context: 0,
            ),
        ),
        lesson=lambda context: (
            f"Chosen without the goal: {found.goal_accounts_without_goal(context)} of "
            f"{found.goal_accounts_with_goal(context)}. The channel is key because the "
            "firm has said what it wants (E16), and because that was written down."
        ),
        find=found.goal_accounts_without_goal,
        needs=("firm",),
    ),
    Exercise(
        name="selection-power-as-plus",
        kind="choice",
        expects="a, b, c or d",
        hints=(
            "E20 describes key accounts. Does a description say what one should look for?",
            "Take two accounts alike in everything but how hard they press. Which of them would "
            "you rather have?",
            "What would the list look like after some years of choosing whoever presses most?",
        ),
        mistakes=(
            Mistake(
                "It is a mark of key accounts, true. But what does an account earn us by "
                "pressing our price?",
                cause="takes a mark of key accounts for a benefit",
                sealed="7612706ada9d5fc6e93ced91",
            ),
            Mistake(
                "Two readings do not cancel: one describes who is large, the other asks what it "
                "does to us. Only one of them is a reason to choose.",
                cause="let two readings cancel",
                sealed="b4712dd4e4ab26c1ace1869a",
            ),
            Mistake(
                "Sales are in the list already. Doubled, they bring the largest back by "
                "another door.",
                cause="counted sales twice",
                sealed="1e6f9803cea92c4d9438b219",
            ),
        ),
        lesson="Keep the sentence: the question comes back every year.",
        sealed="3c24daa15c4b5e755c560bd4",
    ),
    Exercise(
        name="selection-newcomer",
        kind="names",
        expects="one account by its name",
        hints=(
            "A criterion is brought to 0 for the worst account and 1 for the best. Who is the "
            "best in margin now?",
            "Write down each account's two numbers between 0 and 1, before and after.",
            "`scoring.weighted_sum(pd.concat([values, newcomer]), weights, objectives)`.",
        ),
        mistakes=(
            Mistake(
                "It was first, and nothing about it has changed. But the ends of the scale "
                "have moved.",
                cause="kept the first in place",
                find=found.first_before_newcomer,
            ),
            Mistake(
                "It has much the best margin and nothing else. How far does half of the weight "
                "carry it?",
                cause="looked at one criterion alone",
                find=found.newcomer,
            ),
            Mistake(
                "It is the worst in both; no newcomer can lift it to the top.",
                cause="took the last for the winner",
                find=found.last_after_newcomer,
            ),
        ),
        lesson=lambda context: (
            f"{found.first_after_newcomer(context)} passes {found.first_before_newcomer(context)}, "
            "and neither of the two has changed. So fix who is compared before scoring, and say "
            "so when somebody is added."
        ),
        find=found.first_after_newcomer,
        needs=("values", "weights", "objectives", "newcomer"),
    ),
    Exercise(
        name="selection-late-weights",
        kind="choice",
        expects="a, b, c or d",
        hints=(
            "Whom does the report have to convince, and what will they ask about this change?",
            "There may be a good reason for new weights on Wednesday. There was none on Monday.",
            "Which of the four can be read by somebody who was not in the room?",
        ),
        mistakes=(
            Mistake(
                "The name came first, and the reasons were found for it. What will the finance "
                "director say when he sees the two lists?",
                cause="fitted the weights to the wish",
                sealed="9b0dc7253d8aa34580ac5c3e",
            ),
            Mistake(
                "Then no argument could ever come after Monday, however good. What is it that "
                "freezing prevents: the change, or something about it?",
                cause="takes freezing for a ban on arguments",
                sealed="e7128f850e15c156a5a0118d",
            ),
            Mistake(
                "Half of a wish is a wish, and nobody can see it any more.",
                cause="met the wish half-way",
                sealed="6d38d837a4bfd96c4a7e30dc",
            ),
        ),
        lesson="Now look at what the two cells below make of it.",
        sealed="a1667acc45a891cd41b349b2",
    ),
    Exercise(
        name="selection-other-company",
        kind="names",
        expects="accounts by their ids or names, as a list",
        hints=(
            "Two lists are compared: the ten largest by sales, and the twenty that are chosen.",
            "The same steps as in notebook 2: scorecard, criteria, default weights, scores.",
            "`portfolio.compare_with_sales(candidates, scores, 20).table` has a column for each "
            "list; the ten largest have a `rank_by_sales` of at most 10.",
        ),
        mistakes=(
            Mistake(
                "The other way round: these are chosen and not large. Asked are the large ones "
                "that are not chosen.",
                cause="turned the question round",
                find=found.chosen_but_not_large,
            ),
            Mistake(
                "These lose money, and they are part of it. Others earn some, and are still "
                "passed over: why?",
                cause="took the losing ones for all of them",
                find=found.large_at_a_loss,
            ),
            Mistake(
                "These are all ten. Most of them are chosen as well.",
                cause="took all of the largest",
                find=found.ten_largest,
            ),
        ),
        lesson=lambda context: (
            f"{len(found.large_but_not_chosen(context))} of the ten largest are passed over: "
            f"{listing(sorted(found.large_but_not_chosen(context)))}. Each needs a sentence that "
            "the sales director can argue with."
        ),
        find=found.large_but_not_chosen,
        needs=("firm", "names"),
    ),
)
