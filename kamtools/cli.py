"""The `kam` command: read the arguments, call one function, say what came of it.

What a command needs is imported inside it, not at the top of this file: pandas, Ibis and
papermill take seconds to load, and `kam --help` answers at once.
"""

import datetime
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import kamtools
from kamtools.errors import InputError, KamtoolsError

if TYPE_CHECKING:
    import pandas as pd

FAILED, BAD_INPUT = 1, 2
DEBUG = "--debug"

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Which accounts are key, who looks after them, and who holds the power.",
)

Engagement = Annotated[
    str, typer.Argument(metavar="DIR", help="Engagement folder, or `sample`, or a public set.")
]
NewFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command; every error becomes a paragraph and an exit code, 2 for bad input."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    is_debug = DEBUG in given
    try:
        app(args=join_parameters([argument for argument in given if argument != DEBUG]))
    except (KamtoolsError, OSError) as error:
        if is_debug:
            raise
        _fail(str(error), BAD_INPUT if isinstance(error, InputError) else FAILED)
    except Exception as error:
        if is_debug:
            raise
        _fail(
            f"a fault in kamtools itself ({type(error).__name__}: {error}); "
            f"the same command with {DEBUG} shows where",
            FAILED,
        )


def join_parameters(arguments: Sequence[str]) -> list[str]:
    """Return arguments with papermill's `-p NAME VALUE` written as `-p NAME=VALUE`.

    Examples
    --------
    >>> join_parameters(["run", "demo", "-p", "top", "20", "-p", "seed=1"])
    ['run', 'demo', '-p', 'top=20', '-p', 'seed=1']
    """
    joined: list[str] = []
    rest = list(arguments)
    while rest:
        argument = rest.pop(0)
        joined.append(argument)
        if argument == "-p" and len(rest) > 1 and "=" not in rest[0]:
            joined.append(f"{rest.pop(0)}={rest.pop(0)}")
    return joined


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Say the version.")] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show where an error arose.")] = False,
) -> None:
    if version:
        typer.echo(f"kamtools {kamtools.__version__}")
        raise typer.Exit


@app.command()
def demo(
    out: Annotated[Path, typer.Option(help="Folder for the engagement and the report.")] = Path(
        "demo"
    ),
) -> None:
    """Make the sample company and a report on it."""
    from kamtools.samples import company

    engagement = out / "engagement"
    if not (engagement / "engagement.toml").is_file():
        company.write_company(engagement, seed=company.SEED)
    _run(engagement, [], [], out / "report")


@app.command()
def init(folder: NewFolder) -> None:
    """Begin an engagement: settings to fill in, templates."""
    from kamtools.starter import write_starter

    for file in write_starter(folder):
        typer.echo(file)


@app.command()
def check(
    folder: Engagement,
    as_of: Annotated[str, typer.Option(help="Last day that counts, e.g. 2024-12-31.")] = "",
) -> None:
    """Say all that is wrong with an engagement's files."""
    from kamtools.checking import describe_files, describe_warnings
    from kamtools.engagement import load
    from kamtools.power.measures import merge_measures

    firm = load(_find(folder), as_of=as_of or None)
    merge_measures(firm.measures)  # a library that could not be used is told here
    typer.echo(f"{firm.name}, as of {firm.as_of}: nothing wrong that must be mended.")
    for sentence in describe_files(firm):
        typer.echo(sentence)
    _show(firm.quality)
    for sentence in describe_warnings(firm):
        typer.echo(f"Worth a look: {sentence}.")


@app.command()
def sample(
    folder: NewFolder,
    seed: Annotated[int | None, typer.Option(help="Another company than the usual one.")] = None,
) -> None:
    """Make the sample company: an invented supplier."""
    from kamtools.samples import company

    company.write_company(folder, seed=company.SEED if seed is None else seed)
    typer.echo(folder)


@app.command()
def data(
    name: Annotated[str, typer.Argument(help="Public set; without one: say which there are.")] = "",
    folder: Annotated[
        Path | None, typer.Argument(metavar="DIR", help="Folder to make; usually NAME.")
    ] = None,
) -> None:
    """Make an engagement of a public set; list them."""
    from kamtools.samples import public

    if not name:
        typer.echo("\n".join(f"{known.name:16}{known.title}" for known in public.SETS.values()))
        return
    target = folder or Path(name)
    public.make_engagement(name, target)
    typer.echo(target)


@app.command()
def run(
    folder: Engagement,
    notebooks: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NOTEBOOK]...", help="Short names; all where there is none."),
    ] = None,
    parameters: Annotated[
        list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="Set a parameter.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; usually DIR/report.")
    ] = None,
) -> None:
    """Run notebooks on an engagement, write the report."""
    is_folder = Path(folder).is_dir()
    default = Path(folder) / "report" if is_folder else Path(f"{folder}-report")
    _run(_find(folder), notebooks or [], parameters or [], out or default)


@app.command()
def case(
    name: Annotated[str, typer.Argument(help="Case; without one: say which there are.")] = "",
    parameters: Annotated[
        list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="Set a parameter.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; usually NAME-report.")
    ] = None,
) -> None:
    """Run a case study, write its report; list them."""
    from kamtools.learning.case_facts import fact_list
    from kamtools.learning.case_list import list_cases
    from kamtools.learning.cases import case_folder, load_case

    if not name:
        _show(list_cases())
        return
    told = load_case(name)

    from kamtools.publishing import provenance
    from kamtools.publishing.case_run import run_case

    index = run_case(
        case_folder(name),
        title=told.title,
        sources=fact_list(told.facts),
        parameters=dict(map(_pair, parameters or [])),
        out=out or Path(f"{name}-report"),
        run_stamp=provenance.run_stamp(),
    )
    typer.echo(index)


@app.command()
def freeze(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the engagement.")],
    weights: Annotated[str, typer.Option(help="As the notebook's: margin=3, growth=2.")],
    by: Annotated[str, typer.Option(help="Who settles them.")],
    date: Annotated[str, typer.Option(help="On which day; today if not given.")] = "",
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Settle the weights by name and date, before scores."""
    from kamtools.publishing.freezing import freeze_weights

    frozen = freeze_weights(folder, weights, by=by, date=_day(date), note=note)
    typer.echo(f"frozen by {frozen.by} on {frozen.date}: {frozen.hash}")


@app.command()
def lab() -> None:
    """Open the notebooks in JupyterLab."""
    from kamtools.publishing.catalogue import INSTALLED, notebooks_folder, own_notebooks

    folder = own_notebooks()
    # In a checkout cases and playbook stand beside the notebooks, whose links lead to them.
    root = folder if notebooks_folder().name == INSTALLED else folder.parent
    place = "" if root == folder else f"/tree/{folder.name}"
    command = [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={root}",
               f"--LabApp.default_url=/lab{place}"]  # fmt: skip
    opened = subprocess.run(command, check=False)
    raise typer.Exit(opened.returncode)


def _run(folder: Path, notebooks: list[str], pairs: list[str], out: Path) -> None:
    from kamtools.publishing import provenance
    from kamtools.publishing.run import run as run_notebooks

    index = run_notebooks(
        folder,
        notebooks=notebooks,
        parameters=dict(map(_pair, pairs)),
        out=out,
        run_stamp=provenance.run_stamp(),
    )
    typer.echo(index)


def _day(text: str) -> datetime.date:
    if not text:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date {text}: expected a date such as 2024-12-31") from None


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InputError(f"-p {text}: expected NAME=VALUE, such as -p top=20")
    return name.strip(), value.strip()


def _find(folder: str) -> Path:
    """Return the folder of that name, else the sample or public set of that name."""
    from kamtools.samples import locate

    return Path(folder) if Path(folder).is_dir() else locate(folder)


def _show(table: "pd.DataFrame") -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(box=None, pad_edge=False)
    for column in table.columns:
        is_number = table[column].dtype.kind in "if"
        heading = str(column).replace("_", " ")
        shown.add_column(heading, justify="right" if is_number else "left", overflow="fold")
    for row in table.itertuples(index=False):
        shown.add_row(*(Text(f"{v:,}" if isinstance(v, int) else str(v)) for v in row))
    Console(highlight=False).print(shown)


def _fail(message: str, code: int) -> None:
    typer.echo(f"kam: {message}", err=True)
    raise SystemExit(code)
