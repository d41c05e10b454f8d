import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("voila", reason="voila is not installed")
sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
websocket = pytest.importorskip("websocket", reason="websocket-client is not installed")

CHROMIUM = shutil.which("chromium")
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update",
]  # fmt: skip
WIDTHS = (1280, 400)
PLACES = 3

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="no chromium on this machine"),
]


def processes():
    """Return the id, parent and command of every process."""
    told = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            status = (folder / "status").read_text()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except OSError:
            continue
        parent = int(re.search(r"PPid:\s+(\d+)", status)[1])
        told.append((int(folder.name), parent, command))
    return told


def descendants(pid):
    everybody = processes()
    found, fresh = [], {pid}
    while fresh:
        fresh = {one for one, parent, _ in everybody if parent in fresh}
        found += fresh
    return found


@pytest.fixture(scope="module")
def engagement(tmp_path_factory):
    """The sample company in a folder of its own, and what stands in it."""
    from kamtools.samples import locate

    folder = tmp_path_factory.mktemp("app") / "firm"
    shutil.copytree(locate("sample"), folder)
    return folder


@pytest.fixture(scope="module")
def app(engagement):
    """Start the app; yield its link, its address, and its process."""
    command = [sys.executable, "-c", "from kamtools.cli import main; main()", "app", "--no-open",
               "--port", "0", "--visitors", str(PLACES),
               "--engagement", str(engagement)]  # fmt: skip
    server = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "ignore"},
    )  # fmt: skip
    said, link = "", None
    too_long = threading.Timer(120, server.kill)  # which ends what is waited for below
    too_long.start()
    while link is None:
        line = server.stdout.readline()
        assert line, f"the app does not start: {said}"
        said += line
        link = re.search(r"http://127\.0\.0\.1:\d+/\?token=\S+", line)
    too_long.cancel()
    yield SimpleNamespace(
        link=link[0], address=link[0].partition("/?")[0], server=server,
        before={file: file.read_bytes() for file in engagement.rglob("*") if file.is_file()},
    )  # fmt: skip
    server.kill()
    server.wait()
    server.stdout.close()


@pytest.fixture(scope="module")
def browser():
    sync_api.expect.set_options(timeout=30_000)
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield running
        running.close()


@pytest.fixture
def visit(app, browser):
    """Return a function that opens a page as a visitor of their own, at a width."""
    visitors = []

    def opened(key="", width=1280):
        context = browser.new_context(viewport={"width": width, "height": 900})
        visitors.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.wrong, page.asked = [], []
        page.on("console", lambda said: page.wrong.append(said.text) if said.type == "error" else 0)
        page.on("pageerror", lambda error: page.wrong.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(app.link)
        if key:
            page.goto(f"{app.address}/{key}")
            page.locator("#rendered_cells .jupyter-widgets").first.wait_for()
        return page

    yield opened
    for context in visitors:
        for page in context.pages:
            page.goto("about:blank")  # leaving a page gives its kernel back
        context.close()


def assert_sound(page, app):
    """A page fits its window, says no error and asks for nothing elsewhere."""
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.wrong == []
    own = (f"{app.address}/", f"blob:{app.address}/", "data:")
    assert [url for url in page.asked if not url.startswith(own)] == []


def test_cards_of_the_start_page_open_by_tab_and_enter(visit, app):
    page = visit()
    for _ in range(4):  # the skip link, then the cards in order
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.pathname") == "/game"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Begin the year").wait_for()
    assert page.title() == "The balancing game"


@pytest.mark.parametrize("width", WIDTHS)
def test_start_page_fits_and_every_card_says_how_long_it_takes(visit, app, width):
    page = visit(width=width)
    assert_sound(page, app)
    cards = page.locator("ul.cards > li")
    assert cards.count() >= 20
    assert all("minutes" in card.inner_text() for card in cards.all())


@pytest.mark.parametrize("width", WIDTHS)
def test_weight_moved_by_keyboard_changes_the_list(visit, app, width):
    page = visit("key-accounts", width)
    told = page.get_by_text("The list at the start.")
    told.wait_for()
    page.locator(".noUi-handle").first.focus()
    page.keyboard.press("Home")
    told.wait_for(state="detached")
    page.get_by_text("came in").first.wait_for()
    assert_sound(page, app)


def test_role_explorer_opens_with_its_managers(visit, app):
    page = visit("managers", 400)
    page.get_by_label("leaves").first.wait_for()
    assert_sound(page, app)


@pytest.mark.parametrize("width", WIDTHS)
def test_month_of_the_game_is_played(visit, app, width):
    page = visit("game", width)
    page.get_by_label("The quiet partner").check()
    page.get_by_role("button", name="Begin the year").click()
    page.get_by_text("Month 1 of 12").first.wait_for()
    page.get_by_role("button", name="Play the month").click()
    page.get_by_text("Month 2 of 12").first.wait_for()
    assert_sound(page, app)


@pytest.mark.parametrize("width", WIDTHS)
def test_case_tells_what_came_only_after_a_prediction(visit, app, width):
    page = visit("case-heinz-tesco", width)
    predict = page.get_by_role("button", name="That is my prediction")
    predict.wait_for()
    assert page.get_by_text("the model says").count() == 0
    predict.click()
    page.get_by_text("Nothing is answered yet.").wait_for()
    page.get_by_label("a: interlocked").check()
    predict.click()
    page.get_by_text(re.compile("the model says|so does the model")).first.wait_for()
    sync_api.expect(page.get_by_label("a: interlocked")).to_be_disabled()
    assert_sound(page, app)


@pytest.mark.parametrize("width", WIDTHS)
def test_hint_is_read_after_a_wrong_answer(visit, app, width):
    page = visit("exercises-readiness", width)
    page.get_by_label("Answer").fill("5")
    page.get_by_role("button", name="Check").click()
    page.get_by_text("Not yet.").wait_for()
    hint = page.get_by_text("Hint 1", exact=True)
    hint.focus()
    page.keyboard.press("Enter")
    sync_api.expect(page.locator("details[open] p").first).to_be_visible()
    assert_sound(page, app)


def test_second_visitor_has_a_session_of_their_own(visit, app):
    first, second = visit("game"), visit("game")
    first.get_by_role("button", name="Begin the year").click()
    first.get_by_text("Month 1 of 12").first.wait_for()
    assert second.get_by_text("Month 1 of 12").count() == 0
    kernels = [kernel_of(page) for page in (first, second)]
    assert kernels[0] != kernels[1]
    answer = first.request.get(f"{app.address}/api/kernels/{kernels[1]}")
    assert answer.status == 403


def test_full_room_says_so_and_a_page_that_is_left_makes_room(visit, app):
    pages = [visit("game") for _ in range(PLACES)]
    late = visit()
    assert late.goto(f"{app.address}/game").status == 503
    sync_api.expect(late.get_by_role("heading", name="The room is full")).to_be_visible()
    pages[0].goto(app.link)
    for _ in range(50):
        if late.goto(f"{app.address}/game").status == 200:
            break
        late.wait_for_timeout(100)
    assert late.title() == "The balancing game"


def kernel_of(page):
    told = page.locator("#jupyter-config-data").text_content()
    return json.loads(told)["kernelId"]


def answered(address, cookie=None):
    request = urllib.request.Request(address, headers={"Cookie": cookie} if cookie else {})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()


@pytest.mark.parametrize(
    "path",
    ["", "?token=wrong", "game", "voila/static/voila.js", "api/kernels", "?token=", "nowhere"],
)
def test_nothing_is_served_without_the_token(app, path):
    status, text = answered(f"{app.address}/{path}")
    assert status == 403
    assert b"The link is needed" in text


def test_forged_cookie_is_refused(app):
    assert answered(f"{app.address}/game", cookie="kam-app-00000000=visitor")[0] == 403


@pytest.mark.parametrize(
    "path",
    [
        "voila/files/game.ipynb", "files/game.ipynb", "game.ipynb", "list.pickle", "voila/tree",
        "voila/render/game.ipynb", "api/contents", "voila/api/contents", "api/kernels",
        "voila/static/../../../../../etc/passwd", "voila/templates/lab/static/%2e%2e/conf.json",
        "login", "voila/static/",
    ],
)  # fmt: skip
def test_visitor_sees_no_file_of_the_machine(visit, app, path):
    page = visit()
    assert page.request.get(f"{app.address}/{path}").status in (403, 404, 405)


def test_page_shows_no_code(visit, app):
    page = visit("game")
    assert "app_shown" not in page.content()


def test_code_that_a_browser_sends_is_not_run(visit, app, tmp_path):
    page = visit("game")
    kernel = kernel_of(page)
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    trace = tmp_path / "ran"
    address = app.address.replace("http", "ws")
    socket = websocket.create_connection(
        f"{address}/api/kernels/{kernel}/channels", cookie=cookie, timeout=3,
        origin=app.address,
    )  # fmt: skip
    try:
        for channel, kind in (("shell", "execute_request"), ("shell", "comm_info_request")):
            socket.send(json.dumps(message(channel, kind, code=f"open({str(trace)!r}, 'w')")))
        heard = []
        while "comm_info_reply" not in heard:
            heard.append(json.loads(socket.recv())["msg_type"])
    finally:
        socket.close()
    assert "execute_reply" not in heard
    assert "execute_input" not in heard
    assert not trace.exists()


def message(channel, kind, *, code):
    header = {
        "msg_id": uuid.uuid4().hex, "msg_type": kind, "session": uuid.uuid4().hex,
        "username": "", "version": "5.3", "date": "2026-01-01T00:00:00Z",
    }  # fmt: skip
    content = {"code": code, "silent": False} if kind == "execute_request" else {}
    return {"channel": channel, "header": header, "parent_header": {}, "metadata": {},
            "content": content, "buffers": []}  # fmt: skip


def test_socket_from_a_page_elsewhere_is_refused(visit, app):
    page = visit("game")
    cookie = "; ".join(f"{c['name']}={c['value']}" for c in page.context.cookies())
    with pytest.raises(websocket.WebSocketBadStatusException, match="403"):
        websocket.create_connection(
            f"{app.address.replace('http', 'ws')}/api/kernels/{kernel_of(page)}/channels",
            cookie=cookie, origin="http://elsewhere.example", timeout=5,
        )  # fmt: skip


def test_engagement_is_as_it_was(app, engagement):
    now = {file: file.read_bytes() for file in engagement.rglob("*") if file.is_file()}
    assert now == app.before


def test_interrupt_ends_the_app_and_its_kernels(visit, app):
    visit("game")
    running = descendants(app.server.pid)
    assert any("ipykernel_launcher" in told or "kernels.parent" in told
               for pid, _, told in processes() if pid in running)  # fmt: skip
    app.server.send_signal(signal.SIGINT)
    assert app.server.wait(timeout=10) == 0
    left = {pid for pid, _, _ in processes()}
    assert not left & set(running)
