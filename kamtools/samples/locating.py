"""A name or a folder becomes the path of an engagement folder.

The sample company and the public sets are made once in the user's cache. What is made is
kept under a key of the generators' own source, so a changed generator never meets what an
older one has left.
"""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pooch

from kamtools.errors import InputError
from kamtools.samples import company, public
from kamtools.samples.whole_folder import whole_folder

SAMPLE = "sample"


def locate(name_or_folder: Path | str, *, cache: Path | None = None) -> Path:
    """Return the engagement folder that a name or a path stands for.

    Parameters
    ----------
    name_or_folder
        "sample" for the sample company, the name of a public set, or an existing folder.
        A folder called like a sample is reached as "./sample".
    cache
        Where samples are made; None for the user's cache of kamtools.

    Returns
    -------
    Path
        An existing folder. A sample is made on first use, later ones find it.

    Raises
    ------
    InputError
        If it is neither of the three.

    Examples
    --------
    >>> sorted(path.name for path in locate("sample").iterdir())[:3]
    ['accounts.csv', 'activities.csv', 'competences.csv']
    """
    root = Path(pooch.os_cache("kamtools")) if cache is None else cache
    name = str(name_or_folder)
    if name == SAMPLE:
        return _made_once(
            root / f"sample-{company.SEED}-{_source_key()}",
            lambda folder: company.write_company(folder, seed=company.SEED),
        )
    if name in public.NAMES:
        return _made_once(
            root / f"{name}-{_source_key(found_in=public.data_folder_from_environment())}",
            lambda folder: public.make_engagement(name, folder),
        )
    folder = Path(name_or_folder)
    if folder.is_dir():
        return folder
    seen = "is a file" if folder.is_file() else "does not exist"
    raise InputError(
        f"no engagement {name!r}: as a folder it {seen}; expected a folder that exists, "
        f"{SAMPLE!r}, or a public set ({', '.join(public.NAMES)})"
    )


def _source_key(*, found_in: Path | None = None) -> str:
    """Hash what decides the content of a sample: our source, who draws, where files lie."""
    versions = f"numpy {np.__version__} pandas {pd.__version__} data {found_in}"
    digest = hashlib.sha256(versions.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.name.encode())
        digest.update(source.read_bytes())
    return digest.hexdigest()[:16]


def _made_once(target: Path, make: Callable[[Path], object]) -> Path:
    """Make a folder unless it is there: whole or not at all, also if two make it at once."""
    if target.is_dir():
        return target
    try:
        with whole_folder(target) as unfinished:
            make(unfinished)
    except OSError:
        if not target.is_dir():  # somebody else was not faster: a real fault
            raise
    return target
