"""The warm parent: imports what notebooks need, then forks a kernel for each that asks.

    python -m kamtools.publishing.kernels.parent LISTENER STARTER

(a listening socket that is handed to it, and the process that started it, with which it
ends). Started by `kernels.warm`; see there what for.

Why a fork may be used as if it were new: when it is made, the parent has one thread, no open
database, no sockets but those to its kernels, and has run nothing but imports. What a new
Python would have of its own is renewed in the kernel (`forked`). With its siblings it
shares only memory that is copied as soon as one of them writes to it, and the seed by which
Python orders the hashes of texts.
"""

import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

if __name__ == "__main__":
    del sys.path[0]  # the folder it was started in; Jupyter's launcher does so too

from kamtools.publishing.kernels import forked, imports
from kamtools.publishing.kernels.protocol import LONGEST, Request, is_of_this_user, same_environment


@dataclass(frozen=True)
class Kernel:
    """A kernel that was forked: its process, a handle to watch it, and who asked for it."""

    pid: int
    watch: int
    asker: socket.socket


class Parent:
    """Waits for requests, and for the ends of kernels and of those who asked for them."""

    def __init__(self, listener: socket.socket, starter: int) -> None:
        self._set_by_imports: Mapping[str, str] = {}
        self._listener = listener
        self._running: list[Kernel] = []
        self._selector = selectors.DefaultSelector()
        self._on(listener, self._accept)
        self._on(os.pidfd_open(starter), self._end)

    def serve(self, set_by_imports: Mapping[str, str]) -> Request:
        """Serve until the starter ends; return in each forked kernel, with what it is to be.

        Parameters
        ----------
        set_by_imports : environment variables that modules set as this process imported them
        """
        self._set_by_imports = set_by_imports
        while True:
            for key, _ in self._selector.select():
                # Of several things that happened at once, one may have put an end to another.
                if key.fd in self._selector.get_map() and (request := key.data()):
                    return request

    def _on(self, source: socket.socket | int, action: Callable[[], Request | None]) -> None:
        self._selector.register(source, selectors.EVENT_READ, action)

    def _accept(self) -> None:
        asker, _ = self._listener.accept()
        if is_of_this_user(asker):
            self._on(asker, partial(self._answer, asker))
        else:
            asker.close()

    def _answer(self, asker: socket.socket) -> Request | None:
        """Fork the kernel that is asked for, or close the connection: a plain one will serve."""
        self._selector.unregister(asker)
        message, streams, *_ = socket.recv_fds(asker, LONGEST, 2)
        request = Request.from_bytes(message) if len(streams) == 2 else None
        pid = os.fork() if request and self._can_make(request) else None
        if request and pid == 0:
            self._let_go()
            forked.begin(request, asker, streams)
        elif pid:
            self._watch(Kernel(pid, os.pidfd_open(pid), asker))
        else:
            asker.close()
        for stream in streams:
            os.close(stream)
        return request if pid == 0 else None

    def _can_make(self, request: Request) -> bool:
        # Who asks may have imported the same modules since it started this process, or not.
        asked = {**self._set_by_imports, **request.environment}
        return same_environment(asked, os.environ) and not imports.is_shadowed(request.folder)

    def _watch(self, kernel: Kernel) -> None:
        self._running.append(kernel)
        self._on(kernel.watch, partial(self._tell_end, kernel))
        self._on(kernel.asker, partial(self._forget, kernel))

    def _tell_end(self, kernel: Kernel) -> None:
        """Tell the asker the exit code; the process id stays taken until it hangs up."""
        self._running.remove(kernel)
        self._selector.unregister(kernel.watch)
        os.close(kernel.watch)
        end = os.waitid(os.P_PID, kernel.pid, os.WEXITED | os.WNOWAIT)
        assert end is not None
        code = end.si_status if end.si_code == os.CLD_EXITED else -end.si_status
        try:
            kernel.asker.send(json.dumps({"exit": code}).encode())
        except OSError:
            return  # it has hung up: that is the next thing to be heard of

    def _forget(self, kernel: Kernel) -> None:
        """Let go of a kernel whose asker has hung up; one that still runs is killed."""
        if kernel in self._running:
            _kill(kernel)
            self._running.remove(kernel)
            self._selector.unregister(kernel.watch)
            os.close(kernel.watch)
        self._selector.unregister(kernel.asker)
        kernel.asker.close()
        os.waitpid(kernel.pid, 0)

    def _end(self) -> None:
        for kernel in self._running:
            _kill(kernel)
        _remove_folder()
        raise SystemExit

    def _let_go(self) -> None:
        """Close, in a new kernel, what is the parent's."""
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
            else:
                os.close(key.fd)
        self._selector.close()


def _kill(kernel: Kernel) -> None:
    try:
        os.killpg(kernel.pid, signal.SIGKILL)
    except ProcessLookupError:
        os.kill(kernel.pid, signal.SIGKILL)  # it has no group of its own yet


def _remove_folder() -> None:
    """Remove the folder of the socket, which the starter has no longer been able to."""
    Path("socket").unlink(missing_ok=True)
    Path.cwd().rmdir()


def main() -> None:
    """Import, serve, and in each fork be a kernel."""
    listener, starter = socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2])
    parent = Parent(listener, starter)
    if os.getppid() != starter:  # it ended before it could be watched
        _remove_folder()
        return
    set_by_imports = imports.import_all()
    forked.run(parent.serve(set_by_imports), set_by_imports=set_by_imports)


if __name__ == "__main__":
    main()
