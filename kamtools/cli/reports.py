"""Commands that make reports: of the sample company, of an engagement, of a case."""

from pathlib import Path
from typing import Annotated

import typer

from kamtools.cli.arguments import Engagement, Notebooks, Parameters, find_engagement, pairs
from kamtools.cli.showing import show


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


def run(
    folder: Engagement,
    notebooks: Notebooks = None,
    parameters: Parameters = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; usually DIR/report.")
    ] = None,
) -> None:
    """Run notebooks on an engagement, write the report."""
    is_folder = Path(folder).is_dir()
    default = Path(folder) / "report" if is_folder else Path(f"{folder}-report")
    _run(find_engagement(folder), notebooks or [], parameters or [], out or default)


def case(
    name: Annotated[str, typer.Argument(help="Case; without one: say which there are.")] = "",
    parameters: Parameters = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the report; usually NAME-report.")
    ] = None,
) -> None:
    """Run a case study, write its report; list them."""
    from kamtools.learning.case_facts import fact_list
    from kamtools.learning.case_list import list_cases
    from kamtools.learning.cases import case_folder, load_case

    if not name:
        show(list_cases())
        return
    told = load_case(name)

    from kamtools.publishing import provenance
    from kamtools.publishing.case_run import run_case

    index = run_case(
        case_folder(name),
        title=told.title,
        sources=fact_list(told.facts),
        parameters=pairs(parameters),
        out=out or Path(f"{name}-report"),
        run_stamp=provenance.run_stamp(),
    )
    typer.echo(index)


def _run(folder: Path, notebooks: list[str], parameters: list[str], out: Path) -> None:
    from kamtools.publishing import provenance
    from kamtools.publishing.run import run as run_notebooks

    index = run_notebooks(
        folder,
        notebooks=notebooks,
        parameters=pairs(parameters),
        out=out,
        run_stamp=provenance.run_stamp(),
    )
    typer.echo(index)
