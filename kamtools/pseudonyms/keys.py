"""The key of a pseudonymised engagement: a secret in a file that only its owner can read."""

import os
import re
import secrets
import stat
from pathlib import Path

from kamtools.errors import InputError

BYTES = 32
NOTE = "# Key of `kam pseudonymise`. Whoever has it and the original can tell all: keep it safe."
_HEX = re.compile(rf"[0-9a-f]{{{2 * BYTES}}}")


def read_or_make_key(path: Path) -> bytes:
    """Return the secret in a key file, which is made if it does not stand.

    The secret is the one thing in kamtools that is random without a seed: whoever could
    repeat it could undo the aliases. All that is disguised follows from it, so that the same
    key gives the same aliases again.

    Raises
    ------
    InputError
        If the file is no key, is a link, or others than its owner can read it.
    """
    if not path.exists() and not path.is_symlink():
        write_private(path, f"{NOTE}\n{secrets.token_bytes(BYTES).hex()}\n")
    if path.is_symlink() or not path.is_file():
        raise InputError(f"key {path}: expected a file, not a link or a folder")
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name == "posix" and mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise InputError(
            f"key {path} can be read by others (mode {mode:04o}); expected 0600: chmod 600"
        )
    lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
    found = [line.strip() for line in lines if not line.startswith("#") and line.strip()]
    if len(found) != 1 or not _HEX.fullmatch(found[0]):
        raise InputError(
            f"key {path} is no key of kam pseudonymise; expected {2 * BYTES} signs of 0-9, a-f"
        )
    return bytes.fromhex(found[0])


def write_private(path: Path, text: str) -> None:
    """Write a new file that only its owner can read and write.

    Raises
    ------
    InputError
        If the file stands already, or its folder does not: nothing is written over.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise InputError(f"{path} stands already; it is not written over") from None
    except FileNotFoundError:
        raise InputError(f"there is no folder {path.parent} to write {path.name} in") from None
    with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
        file.write(text)
