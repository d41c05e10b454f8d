"""What a report was made from: hashes, versions, and when."""

import hashlib
import platform
import subprocess
from collections.abc import Iterable
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import kamtools

_PACKAGES = ("pandas", "numpy", "duckdb", "ibis-framework", "matplotlib", "papermill")
_USED_BY_A_RUN = ("kamtools", "notebooks", "casestudies")


def run_stamp() -> str:
    """Return the present moment in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S UTC")


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal, reading it in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def input_hashes(files: Iterable[Path], folder: Path) -> list[dict[str, str]]:
    """Return the name and hash of each input, in the order of their names.

    Names are relative to the engagement's folder; of a file that lies elsewhere only its
    own name is told, so that a report does not give away how a disk is laid out.
    """
    inputs = [{"file": _short_name(file, folder), "sha256": sha256(file)} for file in files]
    return sorted(inputs, key=lambda entry: (entry["file"], entry["sha256"]))


def versions() -> dict[str, str]:
    """Return the versions of Python, of this package and of what the numbers rest on."""
    return {
        "python": platform.python_version(),
        "kamtools": kamtools.__version__,
        **{package: version(package) for package in _PACKAGES},
    }


def commit() -> str | None:
    """Return the commit of the checkout this package runs from; None outside of one."""
    root = _checkout()
    return None if root is None else _git(root, "rev-parse", "HEAD")


def has_uncommitted_changes() -> bool | None:
    """Say whether the checkout's files differ from its commit; None outside of one.

    Files that Git does not know count only where they belong to what a run uses.
    """
    root = _checkout()
    asked = None if root is None else _git(root, "status", "--porcelain", "--", *_USED_BY_A_RUN)
    return None if asked is None else bool(asked)


def _checkout() -> Path | None:
    root = Path(kamtools.__file__).resolve().parent.parent
    return root if (root / ".git").exists() else None


def _git(root: Path, *command: str) -> str | None:
    try:
        asked = subprocess.run(
            ["git", "--no-optional-locks", "-C", str(root), *command],
            capture_output=True,
            text=True,
            timeout=10,
            check=True,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return asked.stdout.strip()


def _short_name(file: Path, folder: Path) -> str:
    file, folder = file.resolve(), folder.resolve()
    return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else file.name
