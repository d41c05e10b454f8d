"""Commands on a firm's folder: begin, check, make one of a public set, settle, take names out."""

from pathlib import Path
from typing import Annotated

import typer

from kamtools.cli.arguments import Engagement, NewFolder, day, find_engagement
from kamtools.cli.showing import show


def init(folder: NewFolder) -> None:
    """Begin an engagement: settings to fill in, templates."""
    from kamtools.starter import write_starter

    for file in write_starter(folder):
        typer.echo(file)


def check(
    folder: Engagement,
    as_of: Annotated[str, typer.Option(help="Last day that counts, e.g. 2024-12-31.")] = "",
) -> None:
    """Say all that is wrong with an engagement's files."""
    from kamtools.checking import describe_files, describe_warnings
    from kamtools.engagement import load
    from kamtools.power.measures import merge_measures

    firm = load(find_engagement(folder), as_of=as_of or None)
    merge_measures(firm.measures)  # a library that could not be used is told here
    typer.echo(f"{firm.name}, as of {firm.as_of}: nothing wrong that must be mended.")
    for sentence in describe_files(firm):
        typer.echo(sentence)
    show(firm.quality)
    for sentence in describe_warnings(firm):
        typer.echo(f"Worth a look: {sentence}.")


def sample(
    folder: NewFolder,
    seed: Annotated[int | None, typer.Option(help="Another company than the usual one.")] = None,
) -> None:
    """Make the sample company: an invented supplier."""
    from kamtools.samples import company

    company.write_company(folder, seed=company.SEED if seed is None else seed)
    typer.echo(folder)


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


def freeze(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Folder of the engagement.")],
    weights: Annotated[str, typer.Option(help="As the notebook's: margin=3, growth=2.")],
    by: Annotated[str, typer.Option(help="Who settles them.")],
    date: Annotated[str, typer.Option(help="On which day; today if not given.")] = "",
    note: Annotated[str, typer.Option(help="Why.")] = "",
) -> None:
    """Settle the weights by name and date, before scores."""
    from kamtools.publishing.freezing import freeze_weights

    frozen = freeze_weights(folder, weights, by=by, date=day(date), note=note)
    typer.echo(f"frozen by {frozen.by} on {frozen.date}: {frozen.hash}")


def pseudonymise(
    folder: Engagement,
    out: Annotated[Path, typer.Argument(metavar="OUT", help="Folder to make.")],
    key: Annotated[
        Path | None, typer.Option(help="File of the secret; made if it does not stand.")
    ] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="Also write which alias is whose, to this new file.")
    ] = None,
) -> None:
    """Copy an engagement without its names, for training."""
    from kamtools.power.measures import default_measures
    from kamtools.pseudonyms import describe, pseudonymise

    given = Path(folder)
    beside = given if given.name else given.resolve()
    secret = key or beside.with_name(f"{beside.name}.key")
    done = pseudonymise(
        find_engagement(folder), out, key=secret, mapping=mapping, library=default_measures()
    )
    typer.echo(out)
    for sentence in describe(done):
        typer.echo(sentence)
    typer.echo(f"Keep {secret} to yourself: with it and the original every alias can be told.")
