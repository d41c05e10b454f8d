"""What somebody would have done who knew all that was hidden and all that chance would bring.

The plan is found by a beam over the months, from three starts, and then mended by changing one
decision, or two that may go together, at a time until no such change helps. It is the best plan
*found*: all plans together are too many to look at, so it is not proven that there is none better.
Only lawful moves are looked at.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kamtools.power.game_chance import Ints, Year
from kamtools.power.game_moves import Move
from kamtools.power.game_plans import (
    LAWFUL,
    Plans,
    idle_plan,
    joined,
    moves_of,
    plan_of,
    run_plans,
)
from kamtools.power.game_scenario_checks import EVENTS, MONTHS
from kamtools.power.game_state import TAKES

BEAM = 12
"""Plans that are kept from month to month."""
MOST_PAIRED = 4
"""Measures that are tried in pairs with each other one, those that do most by themselves."""
STARTS = ("refuse", "part", "counterpart")
"""Answers to all demands from which a search starts; it ends at the best that any leads to."""
ROUNDS = 40
"""Most rounds of mending."""
EPSILON = 1e-9


@dataclass(frozen=True, eq=False)
class BestPlan:
    """The best plan that was found.

    Attributes
    ----------
    plan : Plans
        One plan.
    moves : tuple of Move
        The same as `game_play.play` takes it.
    score : Series
        As `game_score.score_of` names its parts.
    looked_at : int
        Years that were played to find it.
    """

    plan: Plans
    moves: tuple[Move, ...]
    score: pd.Series
    looked_at: int


def best_plan(year: Year, *, known: tuple[tuple[Move, ...], ...] = ()) -> BestPlan:
    """Return the best lawful plan found for a year that is known in all that it hides.

    Parameters
    ----------
    year : Year
        From `game_chance.draw_year`.
    known
        Moves of plays that are known, such as the player's: the plan found is at least as good
        as each of those that are lawful.

    Examples
    --------
    >>> from kamtools.power.game_chance import draw_year
    >>> from kamtools.power.game_scenario import shipped_scenario
    >>> found = best_plan(draw_year(shipped_scenario("quiet_partner"), seed=1))
    >>> bool(found.score["score"] > 85), found.looked_at > 1_000
    (True, True)
    """
    search = _Search(year)
    ends = [search.mended(search.beam(idle_plan(year, answer=one))) for one in STARTS]
    found = search.best(joined(ends), 1)
    if known:
        # Only a play that is better than what was found is worth mending.
        given = joined([plan_of(year, moves) for moves in known])
        scores = search.scores(given)
        if scores.max() > search.scores(found)[0] + EPSILON:
            found = search.mended(given.take(np.array([int(scores.argmax())])))
    parts, _ = run_plans(year, found)
    score = pd.Series({name: float(value[0]) for name, value in parts.items()}, name="score")
    return BestPlan(found, moves_of(year, found), score, search.looked_at)


class _Search:
    """A search that plays each year once, and counts them."""

    def __init__(self, year: Year) -> None:
        self.year = year
        self._known: dict[bytes, float] = {}

    @property
    def looked_at(self) -> int:
        return len(self._known)

    def scores(self, plans: Plans) -> np.ndarray:
        keys = [row.tobytes() for row in np.hstack([plans.begin, plans.answer])]
        new = {key: place for place, key in enumerate(keys) if key not in self._known}
        if new:
            fresh = plans.take(np.array(list(new.values())))
            values = run_plans(self.year, fresh)[0]["score"]
            self._known |= dict(zip(new, values.tolist(), strict=True))
        return np.array([self._known[key] for key in keys])

    def beam(self, kept: Plans) -> Plans:
        """Return the plans that are left after each month's choices, best first.

        A plan is judged by its whole year, as if nothing more were begun after this month, and
        later demands were answered as in the plan that it starts from.
        """
        for month in range(1, MONTHS + 1):
            kept = self.best(joined([kept, *self.next_choices(kept, month)]), BEAM)
        return kept

    def next_choices(self, kept: Plans, month: int) -> list[Plans]:
        """Return each plan with one or two more measures begun this month, or another answer."""
        count, measures = kept.begin.shape
        singles = [_begun(kept, [place], month) for place in range(measures)]
        scores = self.scores(joined(singles)).reshape(measures, count).max(axis=1)
        good = np.argsort(-scores, kind="stable")[:MOST_PAIRED]
        pairs = [
            _begun(kept, [int(one), int(other)], month)
            for one in good for other in range(measures) if other != one
        ]  # fmt: skip
        base = self.best(joined([kept, *singles, *pairs]), BEAM)
        answers = self.answers(base)[month - 1]
        return [base, *(_answered(base, month, answer) for answer in answers)]

    def answers(self, plans: Plans) -> list[list[int]]:
        """Return the answers that any of the plans' events takes, month by month."""
        offers = [len(LAWFUL) + int(one) for one in np.flatnonzero(self.year.library.is_status)]
        said = []
        for record in run_plans(self.year, plans)[1]:
            events = [EVENTS[event] for event in np.unique(record["event"]) if event >= 0]
            takes = {answer for event in events for answer in TAKES[event]}
            places = [place for place, answer in enumerate(LAWFUL) if answer in takes]
            said.append(places + (offers if "offer" in takes else []))
        return said

    def best(self, plans: Plans, count: int) -> Plans:
        """Return the best of some plans; of equal ones, those that begin least."""
        rows = np.unique(np.hstack([plans.begin, plans.answer]), axis=0)
        measures = plans.begin.shape[1]
        plans = Plans(rows[:, :measures], rows[:, measures:])
        sparse = -(plans.begin > 0).sum(axis=1)
        order = np.lexsort((sparse, self.scores(plans).round(9)))[::-1]
        return plans.take(order[:count])

    def mended(self, plans: Plans) -> Plans:
        """Return the best plan after changing a decision at a time, until none helps."""
        now = self.best(plans, 1)
        for _ in range(ROUNDS):
            near = self.best(joined([now, *self.neighbours(now)]), 1)
            if not self.is_better(near, now):
                near = self.best(joined([now, *_exchanges(now), *self.with_answers(now)]), 1)
            if not self.is_better(near, now):
                break
            now = near
        return now

    def is_better(self, one: Plans, other: Plans) -> bool:
        return bool(self.scores(one)[0] > self.scores(other)[0] + EPSILON)

    def neighbours(self, plan: Plans) -> list[Plans]:
        """Return the plan with one decision changed."""
        measures = plan.begin.shape[1]
        months = [_begun(plan, [place], month)
                  for place in range(measures) for month in range(MONTHS + 1)]  # fmt: skip
        return months + [
            _answered(plan, month, answer)
            for month, answers in enumerate(self.answers(plan), start=1) for answer in answers
        ]  # fmt: skip

    def with_answers(self, plan: Plans) -> list[Plans]:
        """Return the plan with one answer and the month of one measure changed."""
        measures = plan.begin.shape[1]
        return [
            _begun(_answered(plan, month, answer), [place], start)
            for month, answers in enumerate(self.answers(plan), start=1) for answer in answers
            for place in range(measures) for start in (0, 1, 2, 3, month)
        ]  # fmt: skip


def _begun(plans: Plans, places: list[int], month: int) -> Plans:
    begin = plans.begin.copy()
    for place in places:
        begin[:, place] = month
    return Plans(begin, plans.answer)


def _answered(plans: Plans, month: int, answer: int) -> Plans:
    said: Ints = plans.answer.copy()
    said[:, month - 1] = answer
    return Plans(plans.begin, said)


def _exchanges(plan: Plans) -> list[Plans]:
    """Return the plan with the months of two measures changed: exchanged, begun or dropped."""
    measures = plan.begin.shape[1]
    begun = np.flatnonzero(plan.begin[0])
    changed = [
        _begun(_begun(plan, [int(one)], 0), [other], month)
        for one in begun for other in range(measures) if other != one
        for month in range(1, MONTHS + 1)
    ]  # fmt: skip
    first = [_begun(plan, [one, other], month)
             for one in range(measures) for other in range(one) for month in (1, 2, 4)]  # fmt: skip
    return changed + first
