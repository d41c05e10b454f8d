"""Jupyter's kernel provisioner `kam-warm`: a kernel forked from a warm parent, or a plain one."""

import copy
import json
import os
import signal
import socket
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import LocalProvisioner

from kamtools.publishing import kernels
from kamtools.publishing.kernels.protocol import (
    ADDRESS,
    LONGEST,
    Request,
    is_of_this_user,
    is_warmable,
)

PROVISIONER = "kam-warm"
_HARMLESS = frozenset({"kernel_id", "extra_arguments"})
"""Options of a launch that make no difference to the process."""
_SECONDS_TO_START = 60


class WarmProvisioner(LocalProvisioner):
    """All is as for a plain kernel but how its process begins."""

    async def launch_kernel(
        self, cmd: list[str], *, env: dict[str, str], cwd: str | None = None, **others: object
    ) -> KernelConnectionInfo:
        """Start a kernel and return how to reach it."""
        environment = {name: value for name, value in env.items() if name != ADDRESS}
        folder = os.path.abspath(cwd or os.getcwd())
        process = None
        if others.keys() <= _HARMLESS and is_warmable(cmd, environment):
            kernels.keep_warm()
            # As Jupyter's launcher does for a plain kernel.
            told = {**environment, "JPY_PARENT_PID": str(os.getpid())}
            process = _forked(Request(cmd, folder, told))
        if process is None:
            self.log.debug("No warm parent can make this kernel: a plain one is started.")
            return await super().launch_kernel(cmd, env=environment, cwd=folder, **others)
        self.process = process
        self.pid = self.pgid = process.pid
        self.cwd = Path(folder)
        return self.connection_info


class WarmKernelManager(AsyncKernelManager):
    """Jupyter's manager of a kernel, which asks for it from `kam-warm` whatever is set."""

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """What Jupyter knows of the kernel, with our provisioner named."""
        spec = copy.copy(super().kernel_spec)
        if spec is not None:
            named = {"kernel_provisioner": {"provisioner_name": PROVISIONER}}
            spec.metadata = {**spec.metadata, **named}
        return spec


def engine_options() -> dict[str, Any]:
    """Return what papermill must be told for a warm kernel; nothing where there is no parent."""
    return {"kernel_manager_class": WarmKernelManager} if kernels.is_warm() else {}


class ForkedKernel:
    """A kernel's process, with the methods of `subprocess.Popen` that Jupyter calls.

    It is a child of the warm parent, which keeps its process id from being given to another
    process until its exit code has been heard here: a signal cannot reach the wrong one.
    """

    stdin = stdout = stderr = None

    def __init__(self, pid: int, connection: socket.socket) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._connection = connection

    def poll(self) -> int | None:
        """Return the exit code; None while the kernel runs."""
        return self._hear(socket.MSG_DONTWAIT)

    def wait(self) -> int | None:
        """Return the exit code once the kernel has ended."""
        return self._hear(0)

    def _hear(self, flags: int) -> int | None:
        if self.returncode is None:
            try:
                message = self._connection.recv(LONGEST, flags)
            except BlockingIOError:
                return None
            # Without a message the parent is gone, and its kernels were killed with it.
            self.returncode = json.loads(message)["exit"] if message else -signal.SIGKILL
            self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal, unless the kernel has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill the kernel."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask the kernel to end."""
        self.send_signal(signal.SIGTERM)


def _forked(request: Request) -> ForkedKernel | None:
    """Ask the warm parent for a kernel; None if it will not or cannot make it."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.settimeout(_SECONDS_TO_START)
        connection.connect(os.environ[ADDRESS])
        if not is_of_this_user(connection):
            raise PermissionError("the warm parent is another user's")
        socket.send_fds(connection, [request.as_bytes()], [1, 2])
        message = connection.recv(LONGEST)
    except (KeyError, OSError):
        message = b""
    pid = json.loads(message or "{}").get("pid")
    if pid is None:
        connection.close()
        return None
    connection.setblocking(True)
    return ForkedKernel(pid, connection)
