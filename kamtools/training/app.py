"""The app: explorers, game, cases and exercises in a browser, for one person or for a room."""

import asyncio
import os
import pickle
import secrets
import signal
import socket
import tempfile
import webbrowser
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from kamtools.errors import InputError, KamtoolsError
from kamtools.learning.progress import PROGRESS_VARIABLE
from kamtools.publishing import kernels
from kamtools.publishing.html import Setting, page_environment
from kamtools.publishing.kernels.provisioner import PROVISIONER
from kamtools.samples import locate
from kamtools.training import app_tables
from kamtools.training.app_pages import Page, grouped, list_pages, page_notebook
from kamtools.training.app_room import MEGABYTES_EACH
from kamtools.training.app_tables import LIST, ROLE

SEED = 1
LOOPBACK = ("127.0.0.1", "localhost", "::1")
EVERYWHERE = ("0.0.0.0", "::", "")
NO_VOILA = "the app needs Voilà, which is not installed: pip install 'kamtools[app]'"
_SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"
_PARTS, _PART_SIGNS = 3, 4


@dataclass(frozen=True)
class Doors:
    """How the app is reached.

    Attributes
    ----------
    addresses
        Links with the token, the best to give away first.
    is_open
        Whether other machines can reach it.
    """

    addresses: tuple[str, ...]
    is_open: bool


def run_app(
    engagement: str = "sample",
    *,
    host: str = LOOPBACK[0],
    port: int = 8866,
    visitors: int = 12,
    opens_browser: bool = False,
    say: Callable[[str], None],
) -> None:
    """Serve the app until it is stopped, by Ctrl-C or by SIGTERM; no kernel is left then.

    Parameters
    ----------
    engagement
        Folder that the explorers are about, or the name of a data set. It is only read.
    host
        Address to listen at; "0.0.0.0" for all of this machine.
    port
        0 for any that is free.
    visitors : at least 1
        Most pages that may be open at once, each with a kernel.
    opens_browser
        Whether to open the start page on this machine.
    say
        Takes what is to be told: addresses, and what they mean.

    Raises
    ------
    InputError
        If there is no such engagement, the number of visitors is not possible, or the
        address or the port cannot be had.
    KamtoolsError
        If Voilà is not installed.
    """
    if visitors < 1:
        raise InputError(f"there must be room for at least one visitor; got {visitors}")
    try:
        from kamtools.training import app_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "voila":
            raise
        raise KamtoolsError(NO_VOILA) from error
    token = make_token()
    with prepared(engagement) as (folder, pages, firm):
        opened = {page.key: folder / f"{page.key}.ipynb" for page in pages if not page.missing}
        door, _ = app_server.make_server(
            opened, folder=folder, token=token, places=visitors,
            html=lambda name: plain_page(name, pages=pages, firm=firm),
        )  # fmt: skip

        def is_ready(bound: int) -> None:
            doors = find_doors(host, bound, token)
            for line in told(doors, visitors):
                say(line)
            if opens_browser:
                webbrowser.open(doors.addresses[-1])

        try:
            asyncio.run(_until_stopped(app_server.serve(
                door, host=host, port=port, is_ready=is_ready
            )))  # fmt: skip
        except OSError as error:
            raise InputError(
                f"cannot serve at {host or 'all addresses'}, port {port}: {error.strerror}; "
                "--port takes another, 0 any that is free"
            ) from error


@contextmanager
def prepared(engagement: str) -> Iterator[tuple[Path, list[Page], str]]:
    """Make what the app serves, with warm kernels to serve it; all is gone after the block.

    Yields
    ------
    The folder in which the kernels work, the pages, and the name of the firm.
    """
    # Visitors' answers belong into no file of the trainer's.
    os.environ.pop(PROGRESS_VARIABLE, None)
    os.environ["JUPYTER_DEFAULT_PROVISIONER_NAME"] = PROVISIONER
    with kernels.warm(), tempfile.TemporaryDirectory(prefix="kam-app-") as place:
        folder = Path(place)
        firm, scorecard = app_tables.load_firm(locate(engagement))
        missing = {}
        for file, make in ((LIST, app_tables.list_given), (ROLE, app_tables.role_given)):
            given = app_tables.known(make, firm, scorecard, seed=SEED)
            missing[file] = given if isinstance(given, str) else ""
            (folder / file).write_bytes(pickle.dumps(given))
        pages = list_pages(firm=firm.name, no_list=missing[LIST], no_role=missing[ROLE])
        for page in pages:
            nbformat.write(page_notebook(page), folder / f"{page.key}.ipynb")
        locate("sample")  # the exercises are about it; made now, no kernel writes
        yield folder, pages, firm.name


def plain_page(name: str, *, pages: list[Page], firm: str) -> str:
    """Return a page of the app that needs no kernel, as HTML.

    Parameters
    ----------
    name
        "start", "refused" or "full".
    pages
    firm
        Name of the company that the explorers are about.
    """
    return page_environment().get_template("app_start.html").render(
        setting=Setting(name="kamtools", as_of="", language="en"),
        page=name, groups=grouped(pages), firm=firm,
    )  # fmt: skip


def make_token() -> str:
    """Return a token that can be read out and typed: twelve signs, none like another."""
    signs = [secrets.choice(_SIGNS) for _ in range(_PARTS * _PART_SIGNS)]
    return "-".join("".join(signs[i::_PARTS]) for i in range(_PARTS))


def find_doors(host: str, port: int, token: str) -> Doors:
    """Return how an app at an address is reached."""
    names = [LOOPBACK[0]] if host in LOOPBACK else [host]
    if host in EVERYWHERE:
        names = [*own_addresses(), LOOPBACK[0]]
    links = (f"http://{f'[{name}]' if ':' in name else name}:{port}/?token={token}"
             for name in names)  # fmt: skip
    return Doors(tuple(links), host not in LOOPBACK)


def told(doors: Doors, visitors: int) -> list[str]:
    """Return what is told when the app stands."""
    lines = ["The app is open at"]
    lines += [f"  {address}" for address in doors.addresses]
    if doors.is_open:
        lines.append(
            "Everybody who can reach this machine over the network and has the link can use it; "
            "what they type goes over the network unencrypted. Use it in a room that you trust."
        )
    else:
        lines.append("Only this machine can reach it; --host 0.0.0.0 opens it to a room.")
    lines.append(
        f"Up to {visitors} pages at once; one that takes more than {MEGABYTES_EACH} MB of memory "
        "for itself is closed. Ctrl-C stops the app."
    )
    return lines


def own_addresses() -> list[str]:
    """Return the addresses by which other machines may reach this one."""
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # nothing is sent: it only asks which way it would go
            found.append(probe.getsockname()[0])
        except OSError:
            pass
    try:
        named = socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET, socket.SOCK_STREAM)
    except OSError:
        named = []
    found += [str(entry[4][0]) for entry in named]
    return [one for one in dict.fromkeys(found) if not one.startswith("127.")]


async def _until_stopped(serving: Coroutine[Any, Any, None]) -> None:
    task = asyncio.ensure_future(serving)
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, task.cancel)
    with suppress(asyncio.CancelledError):
        await task
