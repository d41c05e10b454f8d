import pytest

from kamtools.errors import InputError
from kamtools.explorers.balancing_game import balancing_game, open_scenario
from kamtools.power.game_debrief import debrief
from kamtools.power.game_play import play
from kamtools.power.game_scenario import SHIPPED, scenario_text


def answer_if_asked(game, answer="part"):
    answers = [value for _, value in game.controls.answer.options]
    if game.game.opening is not None and game.game.opening.event[0] >= 0:
        game.controls.answer.value = answer if answer in answers else answers[0]


def play_on(game, months, answer="part"):
    for _ in range(months):
        answer_if_asked(game, answer)
        game.controls.play.click()


def everything(game):
    return game.page.value, game.past.value, game.picture.value, game.script.value


@pytest.fixture(scope="module")
def over():
    game = balancing_game("powerful_distributor", seed=3)
    game.controls.measures["plan_sharing"].value = True
    game.controls.measures["advance_notice"].value = True
    play_on(game, 12)
    return game


@pytest.mark.parametrize("name", SHIPPED)
def test_it_starts_in_month_1_with_the_story_and_what_counts(name):
    game = balancing_game(name, seed=1)
    assert "Month 1 of 12" in game.page.value
    assert "Of 100 points" in game.page.value
    assert game.controls.back.disabled
    assert game.controls.again.disabled
    assert game.picture.value[:4] == b"\x89PNG"


def test_twelve_clicks_lead_to_the_debrief_of_the_scripted_play(over):
    script = over.game.script()
    assert len(script) == 12
    scripted = debrief(play("powerful_distributor", script, seed=3))
    assert over.debrief.months.equals(scripted.months)
    assert over.debrief.summary == scripted.summary
    assert "The year is over" in over.page.value
    assert "Month by month" in over.after.value
    assert over.controls.play.layout.display == "none"


def test_script_printed_plays_the_same_game(over):
    text = over.script.value.split("<pre>")[1].split("</pre>")[0]
    lines = text.replace("&#x27;", "'").replace("&quot;", '"')
    names = {}
    exec(lines, names)
    assert names["game"].history.equals(over.game.history)


def test_play_after_the_end_changes_nothing(over):
    before = everything(over)
    over.controls.play.click()
    assert everything(over) == before


def test_event_wants_an_answer_before_the_month_can_be_played():
    game = balancing_game("delisting_chain", seed=1)
    while game.game.opening.event[0] < 0:
        game.controls.play.click()
    month = game.game.state.month
    assert 'class="event" role="alert"' in game.page.value
    game.controls.play.click()
    assert game.game.state.month == month
    assert 'role="alert"' in game.status.value
    game.controls.answer.value = "refuse"
    game.controls.play.click()
    assert game.game.state.month == month + 1
    assert "alert" not in game.status.value


def test_measure_shows_its_cost_and_what_is_left_follows_the_choice():
    game = balancing_game("powerful_distributor", seed=1)
    box = game.controls.measures["plan_sharing"]
    assert "EUR 5,000; works fully from month 2" in box.description
    assert "Left of the budget: <b>EUR 200,000</b>" in game.controls.budget.value
    box.value = True
    assert "Left of the budget: <b>EUR 195,000</b>" in game.controls.budget.value


def test_measure_that_needs_another_opens_with_it_and_goes_with_it():
    game = balancing_game("powerful_distributor", seed=1)
    plan, notice = (game.controls.measures[key] for key in ("plan_sharing", "advance_notice"))
    assert notice.disabled
    assert "it needs “Share our dated year plan” first" in notice.description
    plan.value = True
    assert not notice.disabled
    notice.value = True
    plan.value = False
    assert not notice.value
    assert notice.disabled


def test_what_no_longer_fits_the_budget_cannot_be_chosen():
    game = balancing_game("powerful_distributor", seed=1)
    game.controls.measures["diversification"].value = True
    channel = game.controls.measures["new_channel"]
    assert channel.disabled
    assert "does not fit into what is left of the budget" in channel.description


def test_measure_that_runs_is_shown_and_cannot_be_chosen_again():
    game = balancing_game("powerful_distributor", seed=1)
    game.controls.measures["plan_sharing"].value = True
    game.controls.play.click()
    box = game.controls.measures["plan_sharing"]
    assert (box.value, box.disabled) == (True, True)
    assert "runs since month 1" in box.description
    game.controls.play.click()
    assert game.game.script() == [{"begin": ["plan_sharing"]}, {}]


def test_measure_that_the_account_takes_is_chosen_only_for_an_offer():
    game = balancing_game("powerful_distributor", seed=3)
    while game.game.opening.event[0] < 0:
        game.controls.play.click()
    assert game.controls.offer.layout.display == "none"
    game.controls.answer.value = "offer"
    assert game.controls.offer.layout.display == ""
    game.controls.offer.value = "data_link"
    game.controls.play.click()
    assert game.game.script()[-1] == {"answer": "offer", "offer": "data_link"}


def test_fee_of_counsel_can_be_saved_for_measures_that_need_counsel_only():
    game = balancing_game("powerful_distributor", seed=1)
    for key in ("plan_sharing", "notice_period"):
        game.controls.measures[key].value = True
    game.controls.skip_counsel.value = True
    game.controls.play.click()
    assert game.game.script() == [
        {"begin": ["plan_sharing", "notice_period"], "without_counsel": ["notice_period"]}
    ]
    assert "points lost by what is not lawful" in game.past.value


def test_a_month_taken_back_is_as_it_was_and_start_again_can_be_taken_back():
    game = balancing_game("delisting_chain", seed=2)
    play_on(game, 1)
    first = everything(game)
    play_on(game, 1)
    second = everything(game)
    game.controls.again.click()
    assert "Month 1 of 12" in game.page.value
    game.controls.back.click()
    assert everything(game) == second
    game.controls.back.click()
    assert everything(game) == first
    game.controls.back.click()
    assert game.controls.back.disabled
    game.controls.back.click()
    assert game.game.moves == ()


def test_months_taken_back_are_told_at_the_end():
    game = balancing_game("quiet_partner", seed=2)
    play_on(game, 12)
    assert "hindsight" not in game.page.value
    game.controls.back.click()
    assert game.debrief is None
    assert game.after.value == ""
    play_on(game, 1)
    assert "You took back 1 played month: part of this is hindsight." in game.page.value


def test_trainers_file_is_played_and_told_in_the_script(tmp_path):
    path = tmp_path / "mine.toml"
    text = scenario_text("quiet_partner").replace("Ostwerk", "<b>浩瀚</b>")
    text = text.replace('currency = "EUR"', 'currency = "<i>元"')
    path.write_text(text, encoding="utf-8")
    game = balancing_game(path, seed=1)
    assert "&lt;b&gt;浩瀚" in game.page.value
    assert "<b>浩瀚" not in game.page.value
    assert "&lt;i&gt;元" in game.controls.budget.value
    assert "open_scenario(" in game.script.value
    play_on(game, 12)
    assert game.debrief is not None
    shown = game.page.value + game.after.value
    assert "<b>浩瀚" not in shown
    assert "<i>元" not in shown


def test_without_a_front_end_the_words_are_shown(over):
    bundle = over._repr_mimebundle_()
    assert "The year is over" in bundle["text/html"]
    assert "Month by month" in bundle["text/html"]
    assert len(bundle["text/plain"]) < 100


def test_every_control_has_a_description():
    controls = balancing_game("quiet_partner", seed=1).controls
    shown = [*controls.measures.values(), controls.skip_counsel, controls.offer, controls.play,
             controls.back, controls.again]  # fmt: skip
    assert all(one.description for one in shown)


def test_file_that_is_not_there_is_refused():
    with pytest.raises(InputError, match=r"no scenario 'mine\.toml': neither a file nor one of"):
        balancing_game("mine.toml", seed=1)


def test_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xff\xfe\xfa")
    with pytest.raises(InputError, match="is not a text in UTF-8"):
        open_scenario(path)


def test_fault_in_a_trainers_file_is_told_with_its_name(tmp_path):
    path = tmp_path / "mine.toml"
    text = scenario_text("quiet_partner").replace("budget = 130000", "budget = -1")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"mine\.toml, key budget: saw -1"):
        open_scenario(path)
