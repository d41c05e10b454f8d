import pytest

from kamtools.errors import InputError
from kamtools.power.game_debrief import NOTHING_ELSE, debrief
from kamtools.power.game_law import KEPT
from kamtools.power.game_play import play, play_month, start
from kamtools.power.game_policies import do_everything, play_policy, play_sensibly
from kamtools.power.game_state import TAKES
from kamtools.power.game_words import event_words, move_words


@pytest.fixture(scope="module")
def game():
    return play_policy("powerful_distributor", do_everything, seed=3)


@pytest.fixture(scope="module")
def told(game):
    return debrief(game)


def unlawful(seed=3):
    game = start("powerful_distributor", seed=seed)
    while not game.is_over:
        move = {}
        if game.opening.event[0] >= 0:
            move["answer"] = "pass_on"
        if game.state.month == 0:
            move |= {"begin": ["notice_period"], "without_counsel": ["notice_period"]}
        game = play_month(game, move)
    return game


def test_it_says_both_scores_and_never_that_the_plan_is_proven(told, game):
    text = " ".join(told.summary)
    assert f"You: {game.score['score']:.0f} of 100 points" in text
    assert f"Best plan found: {told.best.score['score']:.0f} of 100 points" in text
    assert "beam search" in text
    assert "not proven" in text
    assert "optimal" not in text


def test_it_sets_both_plans_side_by_side_month_by_month(told, game):
    labels = dict(zip(game.year.library.keys, game.year.library.labels, strict=True))
    assert told.months.index.tolist() == list(range(1, 13))
    assert told.months["you"].tolist() == [move_words(move, labels) for move in game.moves]
    assert told.months["best"].tolist() == [move_words(move, labels) for move in told.best.moves]


def test_points_of_a_difference_are_those_of_the_year_played_with_only_it_changed(told, game):
    rows = told.differences
    row = rows[rows["best"].eq("never") & rows["you"].eq("month 1")].iloc[0]
    key = game.year.library.keys[game.year.library.labels.index(row["decision"].strip("“”"))]
    moves = game.script()
    moves[0]["begin"] = [name for name in moves[0]["begin"] if name != key]
    changed = play("powerful_distributor", moves, seed=3)
    assert row["points"] == pytest.approx(changed.score["score"] - game.score["score"], abs=1e-9)
    assert "more margin" in row["why"]


def test_the_largest_difference_comes_first(told):
    points = told.differences["points"]
    assert points.is_monotonic_decreasing
    assert points.iloc[0] > 0


def test_whoever_plays_the_best_plan_hears_so(told):
    best = play("powerful_distributor", told.best.moves, seed=3)
    again = debrief(best)
    assert again.differences.empty
    assert NOTHING_ELSE in again.summary


def test_best_plan_is_at_least_as_good_as_the_players(told, game):
    assert told.best.score["score"] >= game.score["score"]
    assert told.best_game.score["score"] == pytest.approx(told.best.score["score"])


def test_reasons_of_answers_tell_what_was_hidden():
    game = play_policy("powerful_distributor", play_sensibly, seed=1)
    row = game.history[game.history["event"] == "price_demand"].iloc[0]
    why = " ".join(debrief(game).differences["why"])
    assert ("it was bluffing" in why) or ("kept it from fighting" in why)
    assert row["reserve"] >= 0


def test_hidden_state_is_told_with_the_sign_that_told_it(told, game):
    starts = [line.split(":")[0] for line in told.hidden]
    assert starts == ["Patience", "Alternatives", "Market", "Trust", "Imbalance"]
    assert f"{game.year.account_patience:.3f}" in told.hidden[0]
    assert ("did tighten" in told.hidden[2]) == game.year.tightens


def test_law_is_told_to_whoever_broke_it():
    told = " ".join(debrief(unlawful()).law)
    assert "A-B-C test" in told
    assert "Belgium" in told
    assert "without counsel: Agree a longer notice period" in told
    assert "no legal advice" in told


def test_whoever_kept_the_law_hears_so(told):
    assert told.law[0] == KEPT


def test_unlawful_play_never_beats_the_best_plan():
    for seed in (1, 2, 3):
        game = unlawful(seed)
        assert debrief(game).best.score["score"] > game.score["score"]


def test_year_that_is_not_over_has_no_debrief():
    with pytest.raises(InputError, match="comes after month 12; 2 are played"):
        debrief(play("quiet_partner", [{}, {}], seed=1))


def test_game_given_is_not_changed(game):
    before = game.history.copy()
    debrief(game)
    assert game.history.equals(before)


def test_every_event_that_asks_says_how_much():
    game = start("delisting_chain", seed=2)
    seen = 0
    while not game.is_over:
        words = event_words(game)
        event = int(game.opening.event[0])
        assert bool(words) == (event >= 0)
        if game.opening.ask[0] > 0:
            seen += 1
            assert "It asks for EUR" in words
        answer = list(TAKES.values())[event][2] if event >= 0 else ""
        game = play_month(game, {"answer": answer} if words else {})
    assert seen >= 2
