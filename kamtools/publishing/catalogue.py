"""The notebooks that come with the package, by their short names."""

import os
import shutil
from collections.abc import Sequence
from pathlib import Path

import kamtools
from kamtools.errors import InputError
from kamtools.publishing.suggesting import suggestion

INSTALLED = "_notebooks"


def notebooks_folder() -> Path:
    """Return where the notebooks are: beside the package in a checkout, else inside it."""
    package = Path(kamtools.__file__).resolve().parent
    checkout = package.parent / "notebooks"
    inside_checkout = (package.parent / "pyproject.toml").is_file()
    return checkout if inside_checkout and checkout.is_dir() else package / INSTALLED


def available(folder: Path) -> dict[str, Path]:
    """Return the notebooks of a folder by short name, in the order of their numbers.

    `2_selection.ipynb` is `selection`; files without a number are no part of the method.
    """
    files = sorted(folder.glob("[0-9]_*.ipynb"))
    return {file.stem.partition("_")[2]: file for file in files}


def choose(names: Sequence[str], folder: Path) -> dict[str, Path]:
    """Return the named notebooks, in the order of the method; all of them for no name.

    Raises
    ------
    InputError
        If a name is not among those in the folder: a path is never a name. Also if there
        is no notebook at all.
    """
    known = available(folder)
    if not known:
        raise InputError(f"no notebooks in {folder}; expected files such as 2_selection.ipynb")
    for name in names:
        if name not in known:
            raise InputError(f"no notebook {name!r}; {suggestion(name, list(known))}")
    return {name: file for name, file in known.items() if not names or name in names}


def own_notebooks() -> Path:
    """Return a folder of the notebooks that a person may change.

    In a checkout these are the notebooks themselves; of an installed package, copies in
    `kam-notebooks` where the command was given, made where they are missing.
    """
    folder = notebooks_folder()
    if folder.name != INSTALLED:
        return folder
    own = Path("kam-notebooks")
    own.mkdir(exist_ok=True)
    for file in available(folder).values():
        if not os.path.lexists(own / file.name):  # a link leads elsewhere: not ours to write
            shutil.copyfile(file, own / file.name)
    return own
