"""What the law says to the temptations of the balancing game. Nothing here is legal advice.

References
----------
.. [1] Mayer Brown (2010), on the exchange of information through a supplier or customer (the
   A-B-C cases) in the United Kingdom.
.. [2] Monard Law, on the decision of the Belgian competition authority of 2022.
"""

from kamtools.power.game_moves import Move
from kamtools.power.game_scenario import Scenario
from kamtools.power.measures import measure_list

PASSED_ON = (
    "You passed on what another client told you. If retailer A tells its supplier B what its "
    "prices will be, B passes it on to C, and C uses it, all three can be liable (the A-B-C test, "
    "United Kingdom). In 2022 Belgium fined four cigarette makers 36 million euros for accepting "
    "rivals' data through their customers. The rule: every line of a briefing has a source and a "
    "date and is public, our own research or licensed; a line that came from another client, or "
    "is on a competitor's future prices or volumes, is not sent. Raising awareness means true and "
    "relevant facts."
)
ASK_FIRST = "You began it without counsel: {label}. What counsel would have looked at: {rail}"
KEPT = "You kept within the law, and had counsel look at what needed it."
CAUTION = "This is no legal advice: the law differs from country to country."


def law_words(scenario: Scenario, moves: tuple[Move, ...]) -> list[str]:
    """Return what the law says to what was done.

    Parameters
    ----------
    scenario : Scenario
    moves
        Of the months played.

    Examples
    --------
    >>> from kamtools.power.game_scenario import shipped_scenario
    >>> law_words(shipped_scenario("quiet_partner"), (Move(),))[0] == KEPT
    True
    """
    listed = measure_list(scenario.measures)
    told = [PASSED_ON] if any(move.answer == "pass_on" for move in moves) else []
    told += [
        ASK_FIRST.format(label=listed.at[key, "label"], rail=listed.at[key, "guard_rail"])
        for move in moves for key in move.without_counsel
    ]  # fmt: skip
    return [*(told or [KEPT]), CAUTION]
