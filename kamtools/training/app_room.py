"""The kernels of the app: one for each open page, no more than there is room for.

A page that is left gives its kernel back: at once where the browser says so, else after a
while without a connection. So does one that nobody has touched for long, and one whose kernel
has grown beyond its share of memory.
"""

import os
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from jupyter_server.utils import ApiPath
from traitlets import Float, Integer

LEFT_SECONDS = 90.0
IDLE_SECONDS = 45 * 60.0
CHECK_SECONDS = 15
PAGES_EACH = 3
MEGABYTES_EACH = 600
_PER_MEGABYTE = 1024

VISITOR: ContextVar[str] = ContextVar("visitor", default="")
"""Who the kernel that is being started is for."""


class Room(AsyncMappingKernelManager):
    """Jupyter's manager of kernels, with a limit and with an owner for each kernel.

    Attributes
    ----------
    places
        Most kernels at once.
    left_seconds, idle_seconds
        After which a kernel ends: without a connection, and with one that says nothing.
    megabytes_each
        Most memory of one kernel that is not shared, on systems that tell.
    """

    places = Integer(12, config=True)
    left_seconds = Float(LEFT_SECONDS, config=True)
    idle_seconds = Float(IDLE_SECONDS, config=True)
    megabytes_each = Integer(MEGABYTES_EACH, config=True)
    cull_interval = CHECK_SECONDS
    cull_idle_timeout = 1  # any number above 0: `cull_kernels` below decides

    def __init__(self, **options: object) -> None:
        super().__init__(**options)
        self._owners: dict[str, str] = {}
        self._starting = 0

    def owner(self, kernel_id: str) -> str:
        """Return whose kernel it is; an empty text for none that runs."""
        return self._owners.get(kernel_id, "")

    async def make_room(self, visitor: str) -> bool:
        """Say whether a visitor can have one more kernel, once what nobody looks at has ended.

        The oldest page of a visitor who has as many as one may have is ended, too.
        """
        own = [kernel_id for kernel_id, owner in self._owners.items() if owner == visitor]
        for kernel_id in own[: max(0, len(own) - PAGES_EACH + 1)]:
            await self._end(kernel_id)
        if self._taken() >= self.places:
            for kernel_id in [one for one in self._owners if not self._kernel_connections.get(one)]:
                if self._quiet_seconds(kernel_id, datetime.now(UTC)) > CHECK_SECONDS:
                    await self._end(kernel_id)
        return self._taken() < self.places

    async def start_kernel(
        self,
        *,
        kernel_id: str | None = None,
        path: ApiPath | None = None,
        **others: Any,  # noqa: ANN401
    ) -> str:
        """Start a kernel in the app's folder, whose environment is the server's own.

        Voilà would add what it knows of the request; nothing here asks for it, and a kernel
        is forked from a warm parent only in the same environment.
        """
        self._starting += 1
        try:
            others["env"] = dict(os.environ)
            started = await super().start_kernel(kernel_id=kernel_id, path=path, **others)
        finally:
            self._starting -= 1
        self._owners[started] = VISITOR.get()
        return started

    async def shutdown_kernel(self, kernel_id: str, *_: object, **__: object) -> None:
        """End a kernel at once: it has nothing to save."""
        self._owners.pop(kernel_id, None)
        await super().shutdown_kernel(kernel_id, now=True)

    async def cull_kernels(self) -> None:
        """End the kernels that are left, idle or too large."""
        now = datetime.now(UTC)
        for kernel_id in list(self._owners):
            is_open = bool(self._kernel_connections.get(kernel_id))
            patience = self.idle_seconds if is_open else self.left_seconds
            if (
                self._quiet_seconds(kernel_id, now) > patience
                or self._megabytes(kernel_id) > self.megabytes_each
            ):
                await self._end(kernel_id)

    def _taken(self) -> int:
        return len(self._owners) + self._starting

    def _quiet_seconds(self, kernel_id: str, now: datetime) -> float:
        return (now - self._kernels[kernel_id].last_activity).total_seconds()

    def _megabytes(self, kernel_id: str) -> float:
        pid = getattr(self._kernels[kernel_id].provisioner, "pid", None)
        return own_megabytes(pid) if pid else 0.0

    async def _end(self, kernel_id: str) -> None:
        if kernel_id in self._owners and kernel_id in self:
            await self.shutdown_kernel(kernel_id)


def own_megabytes(pid: int) -> float:
    """Return the memory of a process that it shares with nobody; 0 where the system is silent."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    lines = [line.split() for line in told.splitlines() if line.startswith("Private_")]
    return sum(float(line[1]) for line in lines) / _PER_MEGABYTE
