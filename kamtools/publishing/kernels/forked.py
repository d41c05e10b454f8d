"""A fork of the warm parent becomes a kernel, as `python -m ipykernel_launcher` would be one."""

import ctypes
import importlib.util
import json
import os
import signal
import socket
import sys
from collections.abc import Mapping, Sequence

from kamtools.publishing.kernels.protocol import Request

_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def begin(request: Request, asker: socket.socket, streams: Sequence[int]) -> None:
    """Take the place of the process that a plain kernel would have been, and tell the asker.

    The kernel has a session of its own, the asker's standard output and error, no standard
    input, and is killed if the parent ends.
    """
    parent = os.getppid()
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)  # it had ended before
    os.setsid()
    os.chdir(request.folder)
    nothing, end = os.pipe()
    os.close(end)
    for number, stream in enumerate((nothing, *streams)):
        os.dup2(stream, number)
    os.close(nothing)
    asker.send(json.dumps({"pid": os.getpid()}).encode())
    asker.close()


def run(request: Request, *, set_by_imports: Mapping[str, str]) -> None:
    """Be the kernel until it is shut down.

    Parameters
    ----------
    set_by_imports : environment variables that modules set as the parent imported them
    """
    # At the top of the file they would be imported before there is what they look for.
    import duckdb
    import numpy as np
    from ipykernel.kernelapp import IPKernelApp

    os.environ.clear()
    os.environ.update({**request.environment, **set_by_imports})
    launcher = importlib.util.find_spec("ipykernel_launcher")
    assert launcher is not None
    sys.argv = [str(launcher.origin), *request.command[3:]]
    sys.orig_argv = list(request.command)
    np.random.seed()  # numpy's own generator; Python's draws a new seed at each fork by itself
    duckdb.set_default_connection(duckdb.connect())
    # ipykernel read who its parent is when it was imported, before there was a kernel.
    kernel = IPKernelApp.instance(parent_handle=os.getppid())
    kernel.initialize()
    kernel.start()
