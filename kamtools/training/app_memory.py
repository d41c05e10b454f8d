"""How much memory a page of the app may use."""

import re
import sys
from pathlib import Path

MEGABYTES_MORE = 2000
"""What the kernel of a page may ask for above what it began with; much that is asked for, such
as the stacks of threads, is never used."""

_DATA = re.compile(r"^VmData:\s+(\d+) kB", re.MULTILINE)
_PER_KILOBYTE = 1024


def limit_memory(megabytes: int = MEGABYTES_MORE) -> None:
    """Let this process add only so much memory from now on; where it asks for more, it fails.

    A page that would need too much then ends with an error of its own, and the others go on.
    Systems other than Linux do not know such a limit, and nothing is done there.

    Parameters
    ----------
    megabytes
        Above what the process has now.
    """
    if sys.platform != "linux":
        return
    import resource

    found = _DATA.search(Path("/proc/self/status").read_text(encoding="ascii"))
    if found is None:
        return
    limit = (int(found[1]) + megabytes * _PER_KILOBYTE) * _PER_KILOBYTE
    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if hard in (resource.RLIM_INFINITY,) or limit <= hard:
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
