"""Exercises on the role: who does what, who can, who would be missed, and how it is paid."""

from kamtools.learning import role_answers as found
from kamtools.learning import role_raci as raci
from kamtools.learning.judging import Context, Exercise, Mistake
from kamtools.learning.role_hours_exercises import ROLE_HOURS
from kamtools.wording import listing


def _other_lesson(context: Context) -> str:
    return (
        f"{listing(sorted(found.on_one_person(context)))}. The test takes a minute, and "
        "no sales figure shows what it finds."
    )


ROLE_PEOPLE: tuple[Exercise, ...] = (
    Exercise(
        name="role-raci-mended",
        kind="choice",
        expects="the whole table with your changes, under the same column names",
        hints=(
            "Read the column `accountable` from top to bottom: one name in each row, and never "
            "the one who is judged by what is decided.",
            "Then `deputy`, function by function, and `escalation_days`: no blank where "
            "somebody would wait for an answer.",
            "`responsibility.check_raci(mended).violations` says what is found, and what would "
            "mend it.",
        ),
        mistakes=(
            Mistake(
                "That is the table as it was. Change a cell with "
                '`mended.loc[activity, "accountable"] = name`.',
                cause="left the table as it was",
                find=lambda context: raci.UNCHANGED,
            ),
            Mistake(
                "An activity is gone, or has another name. The work is still there; now nobody "
                "does it.",
                cause="took an activity out",
                find=lambda context: raci.LOST,
            ),
            Mistake(
                "Somewhere nobody answers for the work, or two do, which comes to the same: each "
                "waits for the other.",
                cause="left an activity with nobody or two accountable",
                find=lambda context: "rule 1",
            ),
            Mistake(
                "The key account manager still answers for something by which the manager is "
                "judged. Ask the manager, and let somebody else answer.",
                cause="left the manager judge in their own cause",
                find=lambda context: "rule 6",
            ),
            Mistake(
                "In a function nobody stands in. Whoever does the work is no deputy in it.",
                cause="used a function in which nobody stands",
                find=lambda context: "rule 7",
            ),
            Mistake(
                "An activity has no escalation clock: after how many working days does it go up?",
                cause="left out an escalation clock",
                find=lambda context: "rule 9",
            ),
            Mistake(
                "Now a committee answers. Where many answer, nobody does: name one person of it.",
                cause="made a committee accountable",
                find=lambda context: "rule 3",
            ),
            Mistake(
                "An activity has lost the one who does it.",
                cause="took out who does the work",
                find=lambda context: "rule 2",
            ),
            Mistake(
                "Too many are asked before the work can start. Tell some of them instead.",
                cause="asks too many before the work",
                find=lambda context: "rule 4",
            ),
            Mistake(
                "Advance notice has changed hands: strategy answers for it and the key account "
                "manager gives it (E2).",
                cause="moved advance notice",
                find=lambda context: "rule 10",
            ),
            Mistake(
                "A column is gone, so that a rule cannot be judged any more. That mends nothing.",
                cause="took a column out",
                find=lambda context: raci.BLIND,
            ),
            Mistake(
                "The validator cannot read it: each row needs an activity, a function and who "
                "is responsible; several names are separated by semicolons.",
                cause="wrote what cannot be read",
                find=lambda context: raci.UNREADABLE,
            ),
        ),
        lesson=(
            "No rule is broken any more that this table can keep. There is more than one way to "
            "mend it; yours has to be agreed with those whose names you wrote."
        ),
        find=lambda context: raci.SOUND,
    ),
    Exercise(
        name="role-training",
        kind="names",
        expects="one manager, by id or name",
        hints=(
            "What does the account call for? Two things, and they stand in its `needs`.",
            "Somebody has the harder one of the two already, and has begun with the other.",
            "`trainings(account, known, managers=firm.managers)` ranks all managers by what "
            "they would have to learn.",
        ),
        mistakes=(
            Mistake(
                "Needs no training and has the account today: together with its rival. That is "
                "what is to end.",
                cause="chose a rival for the same hours",
                find=found.manager_today,
            ),
            Mistake(
                "Speaks the language, and that is the half that everybody sees. How far is it "
                "to the other half?",
                cause="saw the language alone",
                find=found.one_training_but_longer,
            ),
            Mistake(
                "In the right region, and still far from all that the account calls for.",
                cause="saw the region alone",
                find=found.same_region_most_training,
            ),
        ),
        lesson="One competence, one level. Write down by when, and who pays for it.",
        find=found.least_training,
        needs=("firm", "names"),
    ),
    Exercise(
        name="role-leaves-tomorrow",
        kind="names",
        expects="accounts by their ids or names, as a list",
        hints=(
            "Look at who of us talks to the client, role by role: `firm.counterparts`.",
            "An account is cut off if every contact that there is runs through this one person.",
            "`leaving(person, firm.activities, firm.counterparts).accounts` has a column for it.",
        ),
        mistakes=(
            Mistake(
                "Each of them loses a contact. At some, others of us still talk to somebody.",
                cause="counted every lost contact",
                find=found.touched,
            ),
            Mistake(
                "It loses a good part of its contacts, but one is left. Who has none?",
                cause="took a loss with one contact left",
                find=found.next_worst,
            ),
            Mistake(
                "These are all accounts in the manager's book. Somebody gets them on Monday; "
                "where does that person find no door open?",
                cause="took the whole book of the manager",
                find=found.looked_after,
            ),
        ),
        lesson=lambda context: (
            f"{listing(sorted(found.cut_off(context)))}: one thread, and everything hangs on it. "
            "Trust has to lie with the firm, not with one person (E23)."
        ),
        find=found.cut_off,
        needs=("firm", "names"),
    ),
    Exercise(
        name="role-pay-mix",
        kind="choice",
        expects="a, b, c or d",
        hints=(
            "Which parts of the work show in this year's sales, and which do not?",
            "Where one task is measured well and another badly, what does strong pay for the "
            "first do to the second?",
            "Look up `kpis.pay_principles()`, and in `kpis.kpi_table()` the column `may_pay`.",
        ),
        mistakes=(
            Mistake(
                "It moves people, true: towards this year's orders. Who then writes the "
                "briefing, gives notice, or tells the client of a fault?",
                cause="pays for this year's orders",
                sealed="03cf42c2a51823088739c7fa",
            ),
            Mistake(
                "Who is paid by a number and enters it too will enter a good one.",
                cause="pays by a number that one enters oneself",
                sealed="bfa95e50a3278ef3fe4d1f9e",
            ),
            Mistake(
                "Then pay says nothing at all, and some of the results can be measured fairly. "
                "The field pays for them, in part.",
                cause="takes pay out altogether",
                sealed="61cfbb854286b2718a007486",
            ),
        ),
        lesson="Keep the reason ready: it is asked for at every budget.",
        sealed="548beba7ba121138960cd356",
    ),
    Exercise(
        name="role-other-company",
        kind="names",
        expects="accounts by their ids or names, as a list",
        hints=(
            "Let each manager leave in turn, and put the results together.",
            "The largest account is one of them; do not stop there.",
            "`responsibility.check_raci(None, counterparts=other.counterparts).violations` finds "
            "bow ties: look at the rows about an account.",
        ),
        mistakes=(
            Mistake(
                "The largest of them, and the one that everybody thinks of first. There is "
                "another, smaller one.",
                cause="took the largest",
                find=found.largest_on_one_person,
            ),
            Mistake(
                "You followed the manager who talks to most. Others hold a thread alone too.",
                cause="looked at one manager alone",
                find=found.on_busiest_person,
            ),
            Mistake(
                "Each of these loses two contacts or more, but at some of them one is left.",
                cause="counted contacts lost, not contacts left",
                find=found.two_contacts_lost,
            ),
        ),
        lesson=_other_lesson,
        find=found.on_one_person,
        needs=("firm", "names"),
    ),
)

ROLE: tuple[Exercise, ...] = (*ROLE_HOURS, *ROLE_PEOPLE)
