"""The balancing game: twelve months as the supplier of a powerful account.

Each month the player may begin measures and answers an event. The account behaves by the model:
dependence moves with measures, demands are settled by bargaining, and what it could do without us,
how patient it is, how far it trusts us and what it believes of its market stays hidden. The same
scenario, seed and moves always give the same year.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kamtools.errors import InputError
from kamtools.power.game_chance import Year, draw_year
from kamtools.power.game_month import OUTCOMES, Record, close_month
from kamtools.power.game_moves import Move, decide, read_move
from kamtools.power.game_scenario import Scenario, shipped_scenario
from kamtools.power.game_scenario_checks import EVENTS, MONTHS
from kamtools.power.game_score import score_of
from kamtools.power.game_signs import sign_row, sign_table
from kamtools.power.game_state import ANSWERS, Opening, State, open_month, start_state

NUMBERS = ("ask", "reserve", "fights_for", "given", "loss", "margin", "cost", "fine",
           "wait", "supplier_dependence", "account_dependence", "imbalance", "mutual_dependence",
           "trust", "belief", "share",
           "is_found_out", "points_lost", "spent")  # fmt: skip


@dataclass(frozen=True, eq=False)
class Game:
    """A play of the balancing game, over or not.

    Attributes
    ----------
    year : Year
        With all that is hidden from the player.
    seed : int
    moves : what was decided, month by month
    state : State
    opening : what the coming month begins with, None when the year is over
    history : index month; see `play`
    signs : index month; see `game_signs.sign_row`
        What the player has seen of the account, the coming month's included.
    records : what each month brought, as arrays
    """

    year: Year
    seed: int
    moves: tuple[Move, ...]
    state: State
    opening: Opening | None
    history: pd.DataFrame
    signs: pd.DataFrame
    records: tuple[Record, ...]

    @property
    def is_over(self) -> bool:
        """Whether all twelve months are played."""
        return self.opening is None

    @property
    def score(self) -> pd.Series:
        """The score of the months played, with its parts; see `game_score.score_of`."""
        if not self.records:
            raise InputError("no month is played: there is no score yet")
        parts = score_of(self.year, list(self.records))
        return pd.Series({name: float(value[0]) for name, value in parts.items()}, name="score")

    def script(self) -> list[dict[str, Any]]:
        """Return the moves as `play` takes them."""
        return [move.written() for move in self.moves]


def start(scenario: Scenario | str, *, seed: int) -> Game:
    """Return a game of which no month is played.

    Parameters
    ----------
    scenario
        From `game_scenario.read_scenario`, or the name of a shipped one.
    seed
        A whole number of at least 0: which account, market and luck are met.

    Raises
    ------
    InputError
        If there is no such scenario, or the seed is not possible.

    Examples
    --------
    >>> start("quiet_partner", seed=1).history.empty
    True
    """
    read = shipped_scenario(scenario) if isinstance(scenario, str) else scenario
    year = draw_year(read, seed=seed)
    state = start_state(year, plays=1)
    opening = open_month(year, state)
    signs = sign_table([sign_row(year, state, opening)])
    return Game(year, seed, (), state, opening, _table([]), signs, ())


def play_month(game: Game, move: Move | Mapping[str, Any]) -> Game:
    """Return the game after one more month.

    Parameters
    ----------
    game : Game
    move
        `begin` and `without_counsel` (lists of keys of measures), `answer`, `offer`; see
        `game_moves.Move`.

    Raises
    ------
    InputError
        If the year is over, or the move is not possible this month: the message says why.

    Examples
    --------
    >>> game = play_month(start("powerful_distributor", seed=1), {"begin": ["plan_sharing"]})
    >>> game.history["begun"].tolist()
    ['plan_sharing']
    """
    if game.opening is None:
        raise InputError("the year is over: there is no month 13")
    read = read_move(move, month=game.state.month + 1)
    decision = decide(game.year, game.state, game.opening, read)
    state, record = close_month(game.year, game.state, game.opening, decision)
    moves, records = (*game.moves, read), (*game.records, record)
    opening, signs = None, game.signs
    if state.month < MONTHS:
        opening = open_month(game.year, state)
        signs = pd.concat([signs, sign_table([sign_row(game.year, state, opening)])])
    rows = [_row(game.year, one, number) for number, one in enumerate(records, start=1)]
    return Game(game.year, game.seed, moves, state, opening, _table(rows), signs, records)


def play(scenario: Scenario | str, moves: Sequence[Move | Mapping[str, Any]], *, seed: int) -> Game:
    """Return the game after a script of moves.

    Parameters
    ----------
    scenario, seed
        As in `start`.
    moves
        One a month, at most twelve, as in `play_month`.

    Returns
    -------
    Game
        Its `history` has a row a month: `event` ("price_demand", …, "" for none), `ask` (money a
        year), `reserve` and `fights_for` (money a year: what the account insists on, and what it
        takes a fight to cost it: it fights where more than that is lacking), `answer`, `outcome`
        ("agreed", "gave way", "fought", "met", ""), `begun` (keys of measures that began,
        semicolons between), `given` (money a year), `loss` (money, of a fight), `margin` (money,
        after costs), `cost`, `fine`, `wait` (days that our step waited, NaN without a step), both
        sides' dependence, `imbalance`,
        `mutual_dependence`, `trust`, `belief` (that the market tightens), `share` (of the pie),
        `is_found_out`, `points_lost`, `spent` (of the budget), and `in_corridor`. All are true,
        not as the player sees them.

    Raises
    ------
    InputError
        As `start` and `play_month`.

    Examples
    --------
    >>> game = play("quiet_partner", [{}, {}, {}], seed=1)
    >>> game.is_over, len(game.history), bool(game.history["in_corridor"].all())
    (False, 3, True)
    """
    if isinstance(moves, Mapping | str):
        raise InputError(f"moves must be a list, one a month; got {moves!r}")
    game = start(scenario, seed=seed)
    for move in moves:
        game = play_month(game, move)
    return game


def _row(year: Year, record: Record, month: int) -> dict[str, object]:
    event, answer = int(record["event"][0]), int(record["answer"][0])
    low, high = year.scenario.corridor
    begun = [key for key, is_it in zip(year.library.keys, record["begin"][0], strict=True) if is_it]
    return {
        "month": month,
        "event": EVENTS[event] if event >= 0 else "",
        "answer": ANSWERS[answer] if event >= 0 else "",
        "outcome": OUTCOMES[int(record["outcome"][0])],
        "begun": ";".join(begun),
        **{name: record[name][0] for name in NUMBERS},
        "in_corridor": bool(low <= record["imbalance"][0] <= high),
    }


def _table(rows: list[dict[str, object]]) -> pd.DataFrame:
    columns = ["month", "event", "answer", "outcome", "begun", *NUMBERS, "in_corridor"]
    kinds = dict.fromkeys(columns[1:5], "str") | dict.fromkeys(NUMBERS, "float")
    kinds |= {"month": "int64", "is_found_out": "bool", "in_corridor": "bool"}
    return pd.DataFrame(rows, columns=columns).astype(kinds).set_index("month")
