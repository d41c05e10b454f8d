"""Where and with what a benchmark ran, in one sentence."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

_LIBRARIES = ("duckdb", "ibis-framework", "numpy", "pandas", "pyarrow")


def describe_machine(libraries: Sequence[str] = _LIBRARIES) -> str:
    """Return processor, cores, memory, Python and the versions of libraries."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {version(name)}" for name in libraries)
    return (
        f"{_processor()}, {os.cpu_count()} cores, {memory:.0f} GB, {platform.system()}; "
        f"Python {platform.python_version()}, {versions}"
    )


def _processor() -> str:
    details = Path("/proc/cpuinfo")
    lines = details.read_text(encoding="utf-8").splitlines() if details.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
