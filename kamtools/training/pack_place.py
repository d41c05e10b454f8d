"""Where a trainee's pack is: the folder with `pack.json`, here or above."""

from pathlib import Path

from kamtools.learning.progress import PACK_FILE


def find_pack(folder: Path) -> Path | None:
    """Return the pack that a folder is in; None where it is in none.

    Parameters
    ----------
    folder
        The pack itself, or any folder in it.

    Examples
    --------
    >>> find_pack(Path("/nowhere"))
    """
    here = folder.absolute()
    return next((place for place in (here, *here.parents) if (place / PACK_FILE).is_file()), None)
