"""The `kam` command: read the arguments, call one function, say what came of it.

What a command needs is imported inside it, not at the top of a file: pandas, Ibis and
papermill take seconds to load, and `kam --help` answers at once. `firms` has the commands on
an engagement's folder, `reports` those that make reports, `teaching` those for a room.
"""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

import kamtools
from kamtools.cli import firms, reports, teaching
from kamtools.cli.arguments import join_parameters
from kamtools.errors import InputError, KamtoolsError

FAILED, BAD_INPUT = 1, 2
DEBUG = "--debug"
COMMANDS = (
    reports.demo,
    firms.init,
    firms.check,
    firms.sample,
    firms.data,
    reports.run,
    reports.batch,
    reports.case,
    reports.export,
    reports.verify,
    firms.freeze,
    firms.pseudonymise,
    teaching.lab,
    teaching.app,
)
"""In the order in which `kam --help` lists them."""

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Which accounts are key, who looks after them, and who holds the power.",
)
for command in COMMANDS:
    app.command()(command)
app.add_typer(teaching.train, name="train")


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


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Say the version.")] = False,
    debug: Annotated[bool, typer.Option(DEBUG, help="Show where an error arose.")] = False,
) -> None:
    if version:
        typer.echo(f"kamtools {kamtools.__version__}")
        raise typer.Exit


def _fail(message: str, code: int) -> None:
    typer.echo(f"kam: {message}", err=True)
    raise SystemExit(code)
