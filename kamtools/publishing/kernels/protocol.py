"""What a warm parent is asked for: a kernel, as plainly as it would have been started.

One connection is one kernel. The asker sends one message, a `Request`, and with it its
standard output and error; the kernel answers with its process id, and the parent with the exit
code once the kernel has ended. Closing the connection ends a kernel that still runs.
"""

import json
import os
import socket
import struct
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

ADDRESS = "KAMTOOLS_WARM_KERNELS"
"""Environment variable that names the socket of the warm parent."""

LONGEST = 1 << 20
"""Most bytes of a message."""

LAUNCHER = ("-m", "ipykernel_launcher", "-f")

_ANY_VALUE = frozenset({
    ADDRESS, "JPY_PARENT_PID", "JPY_SESSION_NAME", "JUPYTER_DEFAULT_PROVISIONER_NAME",
    "KAMTOOLS_DATA", "OLDPWD", "PWD", "PYTEST_CURRENT_TEST", "SHLVL", "_",
})  # fmt: skip
"""Environment variables that nothing reads while it is imported: they may differ."""


@dataclass(frozen=True)
class Request:
    """A kernel that is wanted: command, folder to work in, environment."""

    command: list[str]
    folder: str
    environment: dict[str, str]

    def as_bytes(self) -> bytes:
        """Return the request as a message."""
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_bytes(cls, message: bytes) -> "Request":
        """Return the request that a message holds."""
        return cls(**json.loads(message))


def is_warmable(command: Sequence[str], environment: Mapping[str, str]) -> bool:
    """Say whether a fork of this very Python can be what a command would start.

    It can where the command starts the usual kernel of this Python, and where no module is
    searched for relative to the folder that the kernel works in.
    """
    searched = environment.get("PYTHONPATH")
    return (
        command[0] == sys.executable
        and tuple(command[1:4]) == LAUNCHER
        and all(Path(entry).is_absolute() for entry in (searched or "/").split(os.pathsep))
    )


def same_environment(first: Mapping[str, str], second: Mapping[str, str]) -> bool:
    """Say whether modules imported in one environment are as if imported in the other."""
    return all(first.get(name) == second.get(name) for name in {*first, *second} - _ANY_VALUE)


def is_of_this_user(connection: socket.socket) -> bool:
    """Say whether the process at the other end belongs to the user of this one."""
    form = "3i"  # process, user, group: Linux's struct ucred
    peer = connection.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, struct.calcsize(form))
    return struct.unpack(form, peer)[1] == os.getuid()
