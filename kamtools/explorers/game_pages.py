"""The pages of the balancing game as HTML: the month, the months behind, the debrief."""

import html
from collections.abc import Sequence

from kamtools.power.game_debrief import Debrief
from kamtools.power.game_play import Game
from kamtools.power.game_scenario import SHIPPED, Scenario
from kamtools.power.game_scenario_checks import EVENTS, MONTHS
from kamtools.power.game_words import (
    bargain_words,
    event_name,
    event_words,
    move_words,
    outcome_words,
    report_words,
    score_words,
)
from kamtools.power.measure_words import measures_table
from kamtools.wording import money

STYLE = (
    "<style>.kam-game{font-size:13px;line-height:1.45}.kam-game h3{margin:2px 0 4px;font-size:16px}"
    ".kam-game h4{margin:10px 0 2px;font-size:14px}.kam-game p{margin:4px 0}"
    ".kam-game ul{margin:2px 0;padding-left:18px}"
    ".kam-game table{border-collapse:collapse;width:100%;line-height:1.35}"
    ".kam-game th,.kam-game td{padding:3px 8px 3px 0;text-align:left;vertical-align:top;"
    "border-bottom:1px solid rgba(128,128,128,.25);white-space:normal;overflow-wrap:break-word}"
    ".kam-game td.n{text-align:right;white-space:nowrap}"
    ".kam-game .event{border-left:4px solid #D55E00;padding:2px 0 2px 8px;margin:6px 0}"
    ".kam-game pre{white-space:pre-wrap;word-break:normal;overflow-wrap:anywhere;font-size:12px;"
    "line-height:1.4;margin:0}.kam-game summary{cursor:pointer;margin:4px 0}"
    ".kam-game-page .widget-html-content{min-width:0}"
    ".kam-game-controls .widget-checkbox,.kam-game-controls .widget-inline-hbox{height:auto;"
    "min-height:24px;width:auto}.kam-game-controls .widget-label-basic{white-space:normal;"
    "height:auto;line-height:1.3;align-items:flex-start;width:auto}"
    ".kam-game-controls .widget-checkbox label{display:flex;gap:4px}"
    ".kam-game-controls .widget-checkbox input{flex:none;margin:2px 2px 0 0}"
    ".kam-game-controls .widget-radio-box label{white-space:normal;height:auto;line-height:1.3}"
    ".kam-game-controls .widget-radio,.kam-game-controls .widget-radio-box{width:auto;height:auto;"
    "max-height:none}.kam-game-controls select{height:28px}</style>"
)


OVER = "The year is over"
ONLY_THIS = (
    "Points are for changing only this one in your year; decisions work together, so some help "
    "only with others. What was not lawful is left out of the comparison."
)


def month_html(game: Game) -> str:
    """Return the month that begins: report, event, and at first what the game is about.

    Parameters
    ----------
    game
        That is not over.

    Examples
    --------
    >>> from kamtools.power.game_play import start
    >>> "Month 1 of 12" in month_html(start("quiet_partner", seed=1))
    True
    """
    scenario, month = game.year.scenario, game.state.month + 1
    parts = [f"<h3>Month {month} of {MONTHS}: {_text(scenario.title)}</h3>"]
    if month == 1:
        parts.append(_paragraphs([scenario.story, goal_words(scenario)]))
    elif game.moves:
        outcome = outcome_words(game.history.iloc[-1], scenario)
        last = f"Last month: {outcome} " if outcome else "Last month: nothing to answer. "
        margin = money(float(game.history["margin"].iloc[-1]), scenario.currency)
        parts.append(_paragraphs([f"{last}It left {margin} of margin."]))
    parts.append(_list(report_words(game)))
    event = event_words(game)
    if event:
        assert game.opening is not None
        name = event_name(EVENTS[int(game.opening.event[0])])
        told = [f"{name}. {event}"]
        told += [bargain_words(game)] if game.opening.ask[0] else []
        parts.append(f'<div class="event" role="alert">{_paragraphs(told)}</div>')
    return _page("".join(parts))


def goal_words(scenario: Scenario) -> str:
    """Return what the score is made of, in a sentence.

    Examples
    --------
    >>> from kamtools.power.game_scenario import shipped_scenario
    >>> goal_words(shipped_scenario("quiet_partner"))[:44]
    'You are Lindqvist Bearings, the supplier of '
    """
    low, high = (f"{end:+.2f}".replace("-", "−") for end in scenario.corridor)
    weights = {name: f"{100 * weight:.0f}" for name, weight in scenario.score.items()}
    return (
        f"You are {scenario.supplier}, the supplier of {scenario.account}. Of 100 points "
        f"{weights['margin']} are for the margin that you keep and the terms that you end the year "
        f"with, {weights['corridor']} for months with the power imbalance in the corridor ({low} "
        f"to {high}), {weights['trust']} for trust at the end. A measure runs to the end of the "
        "year once begun. All numbers are assumptions of the scenario."
    )


def past_html(game: Game) -> str:
    """Return the score so far and a table of the months played.

    Parameters
    ----------
    game : Game
    """
    if not game.moves:
        return _page("")
    labels = _labels(game)
    rows = [
        (str(month), event_name(row["event"]), move_words(move, labels),
         outcome_words(row, game.year.scenario))
        for move, (month, row) in zip(game.moves, game.history.iterrows(), strict=True)
    ]  # fmt: skip
    table = _table(["Month", "Event", "You", "What came of it"], rows[::-1])
    return _page(f"<p>So far: {_text(_so_far(game))}</p>{table}")


def debrief_html(game: Game, told: Debrief) -> str:
    """Return the debrief, month by month, with its reasons, what was hidden, and the law.

    Parameters
    ----------
    game
        That is over.
    told
        From `game_debrief.debrief`.
    """
    months = [(str(month), *row) for month, row in
              zip(told.months.index, told.months.itertuples(index=False), strict=True)]  # fmt: skip
    parts = [
        "<h4>Month by month</h4>",
        _table(["Month", "Event", "What came of it", "You", "Best plan found"], months),
    ]
    if len(told.differences):
        rows = [
            (str(row.decision), str(row.you), str(row.best), _points(row.points), str(row.why))
            for row in told.differences.itertuples()
        ]
        parts += [
            "<h4>Why: what each of its decisions would have brought you</h4>",
            _paragraphs([ONLY_THIS]),
            _table(["Decision", "You", "Best plan found", "Points", "Why"], rows),
        ]
    parts += ["<h4>What was hidden, and which signs told it</h4>", _list(list(told.hidden)),
              "<h4>The law</h4>", _paragraphs(list(told.law))]  # fmt: skip
    return _page("".join(parts))


def summary_html(told: Debrief, taken_back: int) -> str:
    """Return the scores, and how the best plan was looked for.

    Parameters
    ----------
    told
        From `game_debrief.debrief`.
    taken_back
        How often a played month was taken back.
    """
    months = "month" if taken_back == 1 else "months"
    hindsight = f"You took back {taken_back} played {months}: part of this is hindsight."
    said = [*told.summary, *([hindsight] if taken_back else [])]
    return _page(f'<h3>{OVER}</h3><div role="status">{_paragraphs(said)}</div>')


def over_html(game: Game) -> str:
    """Return the score of a game that is over, while the best plan is looked for."""
    return _page(f"<h3>{OVER}</h3>{_paragraphs([score_words(game)])}")


def script_text(game: Game) -> str:
    """Return the play as a script that plays it again.

    Parameters
    ----------
    game : Game

    Examples
    --------
    >>> from kamtools.power.game_play import play
    >>> print(script_text(play("quiet_partner", [{"begin": ["plan_sharing"]}, {}], seed=4)))
    from kamtools.power.game_play import play
    <BLANKLINE>
    moves = [
        {'begin': ['plan_sharing']},
        {},
    ]
    game = play('quiet_partner', moves, seed=4)
    """
    name = game.year.scenario.name
    lines = [f"    {move!r}," for move in game.script()]
    imports = ["from kamtools.power.game_play import play"]
    what = repr(name)
    if name not in SHIPPED:
        imports.insert(0, "from kamtools.explorers.balancing_game import open_scenario")
        what = f"open_scenario({name!r})"
    return "\n".join([*imports, "", "moves = [", *lines, "]",
                      f"game = play({what}, moves, seed={game.seed})"])  # fmt: skip


def script_html(game: Game) -> str:
    """Return the script, folded."""
    return _page("<details><summary>This play as a script</summary>"
                 f"<pre>{_text(script_text(game))}</pre></details>")  # fmt: skip


def notes_html(scenario: Scenario) -> str:
    """Return what the measures do and what the scenario assumes, folded.

    Parameters
    ----------
    scenario : Scenario
    """
    measures = measures_table(scenario.measures, currency=scenario.currency)
    columns = ["Measure", "What it does", "Cost a year", "Law and guard-rail"]
    told = [tuple(map(str, row)) for row in measures[columns].itertuples(index=False)]
    assumed = [(str(name), f"{row['value']:g}", str(row["meaning"]))
               for name, row in scenario.assumptions.iterrows()]  # fmt: skip
    return _page(
        "<details><summary>What the measures do, and what the law asks</summary>"
        f"{_table(columns, told)}</details>"
        "<details><summary>What this scenario assumes</summary>"
        f"{_table(['Assumption', 'Value', 'Meaning'], assumed)}</details>"
    )


def _so_far(game: Game) -> str:
    currency = game.year.scenario.currency
    margin, lost = game.history["margin"].sum(), float(game.history["points_lost"].sum())
    spent = money(float(game.state.spent[0]), currency)
    law = f", {lost:.0f} points lost by what is not lawful" if lost else ""
    return f"{money(float(margin), currency)} earned, {spent} of the budget bound{law}."


def _labels(game: Game) -> dict[str, str]:
    return dict(zip(game.year.library.keys, game.year.library.labels, strict=True))


def _page(inner: str) -> str:
    return f'{STYLE}<div class="kam-game">{inner}</div>'


def _points(points: object) -> str:
    shown = f"{float(str(points)):+.1f}".replace("-", "−")
    return "0.0" if shown[1:] == "0.0" else shown


def _text(text: str) -> str:
    return html.escape(text)


def _paragraphs(sentences: list[str]) -> str:
    return "".join(f"<p>{_text(sentence)}</p>" for sentence in sentences)


def _list(lines: list[str]) -> str:
    return "<ul>" + "".join(f"<li>{_text(line)}</li>" for line in lines) + "</ul>"


def _table(head: list[str], rows: Sequence[tuple[str, ...]]) -> str:
    cells = "".join(f'<th scope="col">{_text(one)}</th>' for one in head)
    body = "".join(
        "<tr>" + "".join(f"<td{_kind(name)}>{_text(cell)}</td>"
                         for name, cell in zip(head, row, strict=True)) + "</tr>"
        for row in rows
    )  # fmt: skip
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{body}</tbody></table>"


def _kind(head: str) -> str:
    return ' class="n"' if head in ("Points", "Value") else ""
