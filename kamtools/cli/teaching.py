"""Commands for those who teach and learn: notebooks to open, courses, packs."""

import subprocess
import sys
from pathlib import Path
from typing import Annotated

import typer

from kamtools.cli.showing import show

train = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Courses, and packs for trainees.",
)


def lab() -> None:
    """Open the notebooks, or the pack here, in JupyterLab."""
    from kamtools.training.pack_place import find_pack

    pack = find_pack(Path.cwd())
    root, place = _own_notebooks() if pack is None else (pack, "/tree/start.html")
    # -P: no module in the folder where the command is given stands in for one of Python's.
    command = [sys.executable, "-P", "-m", "jupyterlab",
               f"--ServerApp.root_dir={root}", f"--LabApp.default_url=/lab{place}"]  # fmt: skip
    opened = subprocess.run(command, check=False)
    raise typer.Exit(opened.returncode)


@train.command()
def courses() -> None:
    """List the courses."""
    from kamtools.training.courses import list_courses

    show(list_courses())


@train.command()
def pack(
    course: Annotated[str, typer.Argument(help="Name of the course, as `courses` lists it.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to make; OUT.zip beside it.")],
) -> None:
    """Make the pack of a course, for trainees or for yourself."""
    from kamtools.training.courses import load_course
    from kamtools.training.pack import START, make_pack

    archive = make_pack(load_course(course), out)
    typer.echo(out / START)
    typer.echo(archive)


def _own_notebooks() -> tuple[Path, str]:
    """Return the folder to open, and the place in it."""
    from kamtools.publishing.catalogue import INSTALLED, notebooks_folder, own_notebooks

    folder = own_notebooks()
    if notebooks_folder().name == INSTALLED:
        return folder, ""
    # In a checkout cases and playbook stand beside the notebooks, whose links lead to them.
    return folder.parent, f"/tree/{folder.name}"
