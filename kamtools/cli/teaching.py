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
    help="Courses, packs for trainees, and how a class did.",
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


def app(
    engagement: Annotated[
        str, typer.Option(help="Folder that the explorers are about, or a data set's name.")
    ] = "sample",
    host: Annotated[
        str, typer.Option(help="Address to listen at; 0.0.0.0 opens it to a room.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="0: any that is free.")] = 8866,
    opens: Annotated[
        bool, typer.Option("--open/--no-open", help="Open the start page in a browser.")
    ] = True,
    visitors: Annotated[int, typer.Option(help="Most pages open at once.")] = 12,
) -> None:
    """Serve explorers, game, cases and exercises in a browser."""
    from kamtools.training.app import run_app

    run_app(
        engagement, host=host, port=port, visitors=visitors, opens_browser=opens, say=typer.echo
    )


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
    typer.echo(out.absolute() / START)
    typer.echo(archive)


@train.command()
def collect(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Holds what was handed back.")],
    out: Annotated[Path, typer.Option(metavar="DIR", help="Folder to make.")] = Path("class"),
    names: Annotated[bool, typer.Option("--names", help="Show names, of who gave one.")] = False,
    pack: Annotated[
        Path | None,
        typer.Option(metavar="PACK", help="Count this pack only; else that of most files."),
    ] = None,
) -> None:
    """Show how a class did, from the packs or progress files handed back."""
    from kamtools.training.class_page import SEED, summary, write_class_view
    from kamtools.training.class_view import class_view
    from kamtools.training.collect import collect, pack_identifier

    found = collect(folder, pack=None if pack is None else pack_identifier(pack))
    view = class_view(found, has_names=names, seed=SEED)
    page = write_class_view(view, found, out, folder=folder)
    for sentence in summary(view, found):
        typer.echo(sentence)
    for one in found.refused:
        typer.echo(f"not counted: {one.source}: {one.reason}", err=True)
    typer.echo(page)


def _own_notebooks() -> tuple[Path, str]:
    """Return the folder to open, and the place in it."""
    from kamtools.publishing.catalogue import INSTALLED, notebooks_folder, own_notebooks

    folder = own_notebooks()
    if notebooks_folder().name == INSTALLED:
        return folder, ""
    # In a checkout cases and playbook stand beside the notebooks, whose links lead to them.
    return folder.parent, f"/tree/{folder.name}"
