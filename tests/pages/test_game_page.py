"""The balancing game in JupyterLab, in a real browser: twelve months, then the debrief."""

import re

import pytest

from kamtools.power.game_choices import answer_choices
from kamtools.power.game_debrief import debrief
from kamtools.power.game_play import play, play_month, start

sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
SEED = 3
CELL = f"""\
from kamtools.explorers.balancing_game import balancing_game

game = balancing_game("powerful_distributor", seed={SEED})
game
"""
LABELS = {"part": "Give a part of it", "facts": "Answer with true, sourced facts"}
MEASURES = {"plan_sharing": "Share our dated year plan:",
            "advance_notice": "Give notice two to four weeks ahead:"}  # fmt: skip
PAGE_TIMEOUT = 90_000

pytestmark = pytest.mark.browser


@pytest.fixture
def board(run_in_lab):
    """Run the notebook and wait for its controls; return the page."""
    page = run_in_lab(CELL, name="game")
    page.get_by_role("button", name="Play the month").wait_for()
    return page


def expect_text(page, text):
    sync_api.expect(page.get_by_text(text).first).to_be_visible(timeout=PAGE_TIMEOUT)


def expect_month(page, month):
    heading = page.get_by_role("heading", name=f"Month {month} of 12:")
    sync_api.expect(heading).to_be_visible(timeout=PAGE_TIMEOUT)


def scripted_moves():
    """Return what the browser is to do: plan and notice at first, then answer each event."""
    game = start("powerful_distributor", seed=SEED)
    while not game.is_over:
        answers = answer_choices(game)
        move = {"begin": list(MEASURES)} if not game.moves else {}
        if answers:
            move["answer"] = "part" if "part" in answers else "facts"
        game = play_month(game, move)
    return game.script()


def make_move(page, move):
    for key in move.get("begin", []):
        page.get_by_role("checkbox", name=MEASURES[key]).check()
    if "answer" in move:
        page.get_by_role("radio", name=LABELS[move["answer"]], exact=True).check()
    page.get_by_role("button", name="Play the month").click()


def words_of(text):
    return re.sub(r"\s+", " ", text)


def test_twelve_months_played_by_hand_end_in_the_debrief_of_the_script(board):
    moves = scripted_moves()
    for month, move in enumerate(moves, start=1):
        expect_month(board, month)
        make_move(board, move)
    sync_api.expect(board.get_by_role("heading", name="Month by month")).to_be_visible(
        timeout=PAGE_TIMEOUT
    )

    told = debrief(play("powerful_distributor", moves, seed=SEED))
    shown = words_of(board.locator(".jp-OutputArea").first.inner_text())
    for sentence in (*told.summary, *told.hidden, *told.law, *told.differences["why"]):
        assert words_of(sentence) in shown
    for text in (*told.months["you"], *told.months["best"]):
        assert words_of(text) in shown

    board.get_by_text("This play as a script").click()
    script = board.locator("pre", has_text="moves = [")
    sync_api.expect(script).to_contain_text(f"seed={SEED})")
    names = {}
    exec(script.inner_text(), names)
    assert names["game"].history.equals(play("powerful_distributor", moves, seed=SEED).history)


def test_stray_click_on_start_again_is_taken_back(board):
    make_move(board, {"begin": ["plan_sharing"]})
    expect_month(board, 2)
    board.get_by_role("button", name="Start again").click()
    expect_month(board, 1)
    board.get_by_role("button", name="Take back").click()
    expect_month(board, 2)
    expect_text(board, "Begin: Share our dated year plan")
    box = board.get_by_role("checkbox", name=MEASURES["plan_sharing"])
    sync_api.expect(box).to_be_checked()
    sync_api.expect(box).to_be_disabled()


def test_event_without_an_answer_is_told_and_the_month_stays(board):
    for month, move in enumerate(scripted_moves(), start=1):
        expect_month(board, month)
        if "answer" in move:
            break
        make_move(board, move)
    board.get_by_role("radio", name=LABELS["part"], exact=True).wait_for()
    heading = board.get_by_role("heading", name=re.compile(r"Month \d+ of 12")).inner_text()
    board.get_by_role("button", name="Play the month").click()
    alert = board.locator("[role=alert]", has_text="Choose an answer first")
    sync_api.expect(alert).to_be_visible(timeout=PAGE_TIMEOUT)
    sync_api.expect(board.get_by_role("heading", name=heading)).to_be_visible()
    sync_api.expect(board.get_by_text("Traceback")).to_have_count(0)


def test_measures_and_buttons_answer_to_the_keyboard(board):
    board.get_by_role("checkbox", name=MEASURES["plan_sharing"]).focus()
    board.keyboard.press("Space")
    notice = board.get_by_role("checkbox", name=MEASURES["advance_notice"])
    sync_api.expect(notice).to_be_enabled(timeout=PAGE_TIMEOUT)
    board.get_by_role("button", name="Play the month").focus()
    board.keyboard.press("Enter")
    expect_month(board, 2)


@pytest.mark.parametrize("width", [1280, 700])
def test_nothing_leaves_the_page_at_any_width(board, width):
    board.set_viewport_size({"width": width, "height": 1300})
    make_move(board, {"begin": ["plan_sharing"]})
    expect_month(board, 2)
    output = board.locator(".jp-OutputArea").first
    there_is = output.bounding_box()
    controls = ".widget-image, .kam-game-controls input, .kam-game-controls button, .kam-game table"
    for one in output.locator(controls).all():
        box = one.bounding_box()
        if box is not None:
            assert there_is["x"] <= box["x"]
            assert box["x"] + box["width"] <= there_is["x"] + there_is["width"] + 1
