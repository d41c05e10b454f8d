"""Arguments that several commands take, and how their text is read."""

import datetime
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from kamtools.errors import InputError

Engagement = Annotated[
    str, typer.Argument(metavar="DIR", help="Engagement folder, or `sample`, or a public set.")
]
Notebooks = Annotated[
    list[str] | None,
    typer.Argument(metavar="[NOTEBOOK]...", help="Short names; all where there is none."),
]
NewFolder = Annotated[Path, typer.Argument(metavar="DIR", help="Folder to make.")]
Parameters = Annotated[
    list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="Set a parameter.")
]


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


def pairs(texts: list[str] | None) -> dict[str, str]:
    """Return parameters by name; a name given twice has its last value.

    Examples
    --------
    >>> pairs(["top=20", "seed = 1"])
    {'top': '20', 'seed': '1'}
    """
    return dict(map(_pair, texts or []))


def day(text: str) -> datetime.date:
    """Return a date as given, today for none."""
    if not text:
        return datetime.datetime.now(tz=datetime.UTC).date()
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise InputError(f"--date {text}: expected a date such as 2024-12-31") from None


def find_engagement(folder: str) -> Path:
    """Return the folder of that name, else the sample or public set of that name."""
    from kamtools.samples import locate

    return Path(folder) if Path(folder).is_dir() else locate(folder)


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise InputError(f"-p {text}: expected NAME=VALUE, such as -p top=20")
    return name.strip(), value.strip()
