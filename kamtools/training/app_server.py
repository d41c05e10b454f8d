"""The server of the app: Voilà's, with a door in front and without what nobody here needs.

Every request, also for a script or a socket, needs the cookie that a link with the token sets.
Behind it there are the start page, one address for each page, and what these load. No address
names a file of this machine: there is no list of folders, no upload and no download. A kernel
answers only whom it was started for, and from a browser it takes the messages of widgets alone.
"""

import asyncio
import hmac
import logging
import re
import secrets
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import tornado.httpserver
import tornado.netutil
import tornado.web
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyterlab_server.themes_handler import ThemesHandler
from tornado.httputil import HTTPServerRequest
from traitlets.config import Config
from voila.app import Voila
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler
from voila.tornado.handler import TornadoVoilaHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from kamtools import publishing
from kamtools.training.app_room import VISITOR, Room

TEMPLATE = Path(__file__).parent / "app_template"
LOOK = Path(publishing.__file__).parent / "templates"
"""Has the style sheet of the reports."""
TOKEN = "token"
PING_MILLISECONDS = 30_000
_STYLES = "lab/static/"
_KERNEL = re.compile(r"/(?:api/kernels|voila/api/shutdown)/([^/]+)")
_KEPT = (VoilaKernelWebsocketHandler, MultiStaticFileHandler, ThemesHandler, FileFindHandler)
"""Of the handlers that Voilà has, those that its pages need as they are."""
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; "
    "style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:; "
    "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
"""Nothing from elsewhere. Voilà's script needs the two that are unsafe elsewhere."""
_WIDGETS = ["@voila-dashboards/widgets-manager8", "@jupyter-widgets/jupyterlab-manager"]

Html = Callable[[str], str]
"""Makes a page of the app without a kernel: "start", "refused" or "full"."""


class Door(tornado.web.Application):
    """Lets nobody through to any handler who has not come by a link with the token."""

    def __init__(self, *, token: str, room: Room, html: Html, settings: Mapping[str, Any]) -> None:
        self.token, self.room, self.html = token, room, html
        self.cookie = "kam-app-" + secrets.token_hex(4)
        told = {**settings, "ws_ping_timeout": PING_MILLISECONDS}
        super().__init__(None, **told, log_function=lambda _: None)

    def find_handler(
        self, request: HTTPServerRequest, **options: object
    ) -> tornado.web._HandlerDelegate:
        """Return what answers a request: its handler, the door's own, or a refusal."""
        given = request.arguments.get(TOKEN, [b""])[-1]
        if given:
            is_right = hmac.compare_digest(given, self.token.encode())
            return self.get_handler_delegate(request, Admit if is_right else Refuse)
        visitor = self.visitor(request)
        kernel = _KERNEL.match(request.path)
        if not visitor or (kernel and self.room.owner(kernel[1]) != visitor):
            return self.get_handler_delegate(request, Refuse)
        return super().find_handler(request, **options)

    def visitor(self, request: HTTPServerRequest) -> str:
        """Return who asks; an empty text for who has no cookie of this server."""
        cookie = request.cookies.get(self.cookie)
        name = tornado.web.decode_signed_value(
            self.settings["cookie_secret"], self.cookie, cookie.value if cookie else None
        )
        return name.decode() if name else ""


class Plain(tornado.web.RequestHandler):
    """A page without a kernel."""

    door: Door

    def initialize(self, page: str = "start") -> None:
        """Take the name of the page."""
        self.page = page

    def set_default_headers(self) -> None:
        """Let nothing be loaded from elsewhere, and no address be passed on."""
        close_off(self)

    def get(self) -> None:
        """Send the page."""
        self.write(self.application.html(self.page))  # type: ignore[attr-defined]


class Admit(Plain):
    """Gives a cookie, and sends on to the same address without the token."""

    def get(self) -> None:
        """Send on, with the cookie of a visitor of their own where there is none yet."""
        door = self.application
        assert isinstance(door, Door)
        if not door.visitor(self.request):
            self.set_signed_cookie(
                door.cookie, secrets.token_hex(8), expires_days=None, httponly=True, samesite="Lax"
            )
        path = self.request.path
        self.redirect("/" + path.lstrip("/\\"))


class Refuse(Plain):
    """Says that the link of the trainer is needed."""

    def prepare(self) -> None:
        """Send the refusal, whatever was asked for."""
        self.set_status(403)
        self.finish(self.application.html("refused"))  # type: ignore[attr-defined]


class Page(TornadoVoilaHandler):
    """A page with a kernel of its own, if there is room."""

    def set_default_headers(self) -> None:
        """Let nothing be loaded from elsewhere."""
        super().set_default_headers()
        close_off(self)

    async def get(self, path: str | None = None) -> None:
        """Start a kernel and send what its cell makes, or say that the room is full."""
        door = self.application
        assert isinstance(door, Door)
        visitor = door.visitor(self.request)
        if not await door.room.make_room(visitor):
            self.set_status(503)
            self.finish(door.html("full"))
            return
        VISITOR.set(visitor)
        await super().get()


class ReadKernel(KernelHandler):
    """Tells a page that its kernel runs; the rest of Jupyter's handler is closed."""

    SUPPORTED_METHODS = ("GET",)


class EndKernel(VoilaShutdownKernelHandler):
    """Ends the kernel of a page that is left."""

    def check_xsrf_cookie(self) -> None:
        """Ask for no second proof: the browser sends it as it leaves, and ours came with Lax."""


class StyleFiles(TemplateStaticFileHandler):
    """The scripts and style sheets of the one template in use."""

    def parse_url_path(self, path: str) -> str:
        """Return the place of a file, if it is one of them."""
        if not path.startswith(_STYLES):
            raise tornado.web.HTTPError(404)
        return super().parse_url_path(path)


_REPLACED = {
    KernelHandler: ReadKernel,
    VoilaShutdownKernelHandler: EndKernel,
    TemplateStaticFileHandler: StyleFiles,
}


class AppServer(Voila):
    """Voilà with the pages of the app and no others."""

    def handlers(self, pages: Mapping[str, Path]) -> list[Any]:
        """Return what answers at which address."""
        own = {
            "template_paths": self.template_paths, "config": self.config,
            "voila_configuration": self.voila_configuration,
        }  # fmt: skip
        kept = []
        for path, handler, *options in self.init_handlers():
            if handler in _REPLACED:
                kept.append((path, _REPLACED[handler], *options))
            elif handler in _KEPT:
                kept.append((path, handler, *options))
        made = [
            (f"/{key}", Page, {"notebook_path": file.name, **own}) for key, file in pages.items()
        ]
        return [("/", Plain, {"page": "start"}), *made, *kept]


def make_server(
    pages: Mapping[str, Path], *, folder: Path, token: str, html: Html, places: int
) -> tuple[Door, Room]:
    """Return the application that serves pages, and the room of its kernels.

    Parameters
    ----------
    pages
        By address without its first stroke: the notebook, which stands in `folder`.
    folder
        In which kernels work.
    token, html
        As in `Door`.
    places
        Most kernels at once.
    """
    config = Config()
    config.Voila.root_dir = str(folder)
    config.Voila.open_browser = False
    config.Voila.log_level = logging.ERROR
    config.Voila.token = ""  # the door asks for ours, before Voilà is reached
    config.VoilaConfiguration.strip_sources = True
    config.VoilaConfiguration.show_tracebacks = False
    config.VoilaConfiguration.allow_template_override = "NO"
    config.VoilaConfiguration.allow_theme_override = "NO"
    config.VoilaConfiguration.multi_kernel_manager_class = Room
    config.VoilaConfiguration.extension_allowlist = _WIDGETS
    config.VoilaConfiguration.http_keep_alive_timeout = 3600
    config.Room.places = places
    config.KernelManager.autorestart = False
    if sys.platform == "linux":  # elsewhere names of sockets may be too long
        config.KernelManager.transport = "ipc"
    voila = AppServer(config=config, config_file_paths=[])
    voila.initialize(argv=[])
    voila.template_paths = [str(TEMPLATE), *voila.template_paths, str(LOOK)]
    voila.connection_dir = str(folder / "connections")
    Path(voila.connection_dir).mkdir(mode=0o700)
    settings = voila.init_settings()
    room = settings["kernel_manager"]
    door = Door(token=token, room=room, html=html, settings=settings)
    voila.app = door
    door.add_handlers(".*$", voila.handlers(pages))
    return door, room


async def serve(door: Door, *, host: str, port: int, is_ready: Callable[[int], None]) -> None:
    """Serve until cancelled; then end all kernels.

    Raises
    ------
    OSError
        If the address or the port cannot be had.
    """
    sockets = tornado.netutil.bind_sockets(port, host)
    server = tornado.httpserver.HTTPServer(door)
    server.add_sockets(sockets)
    is_ready(sockets[0].getsockname()[1])
    try:
        await asyncio.Event().wait()
    finally:
        server.stop()
        await door.room.shutdown_all(now=True)


def close_off(handler: tornado.web.RequestHandler) -> None:
    """Set the headers that keep a page to this server."""
    handler.set_header("Content-Security-Policy", _POLICY)
    handler.set_header("Referrer-Policy", "no-referrer")
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.set_header("Cache-Control", "no-store")
