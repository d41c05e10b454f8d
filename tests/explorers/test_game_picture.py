from kamtools.explorers.game_picture import year_png, year_series
from kamtools.power.game_play import play, start
from kamtools.power.game_policies import play_policy, play_sensibly


def test_what_is_hidden_is_not_in_the_picture_before_the_end():
    game = play("powerful_distributor", [{}, {}], seed=1)
    assert set(year_series(game, None)) == {"seen", "margin", "trust_seen"}


def test_at_the_end_the_truth_and_the_best_plan_are_shown():
    game = play_policy("quiet_partner", play_sensibly, seed=1)
    series = year_series(game, game)
    assert series["imbalance"].equals(game.history["imbalance"])
    assert series["best_margin"].equals(game.history["margin"])


def test_signs_run_one_month_ahead_of_what_was_earned():
    game = play("powerful_distributor", [{}, {}], seed=1)
    series = year_series(game, None)
    assert (len(series["seen"]), len(series["margin"])) == (3, 2)


def test_a_year_of_losses_can_be_drawn():
    game = play_policy("delisting_chain", play_sensibly, seed=1)
    losses = game.history.assign(margin=-1000.0)
    object.__setattr__(game, "history", losses)
    assert year_png(game, game)[:4] == b"\x89PNG"


def test_same_game_gives_the_same_picture():
    assert year_png(start("quiet_partner", seed=1)) == year_png(start("quiet_partner", seed=1))
