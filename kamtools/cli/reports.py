"""Commands that make reports of the sample company, a firm, a case; hand over and verify them."""

from pathlib import Path
from typing import Annotated

import typer

from kamtools.cli.arguments import Engagement, Notebooks, Parameters, find_engagement, pairs
from kamtools.cli.showing import show
from kamtools.errors import InputError

STOPPED = 130
"""Exit code of a command that Ctrl-C ended, as shells have it."""

Report = Annotated[Path, typer.Argument(metavar="REPORT", help="Folder of the report.")]


def demo(
    out: Annotated[Path, typer.Option(help="Folder for the engagement and the report.")] = Path(
        "demo"
    ),
) -> None:
    """Make the sample company, a report, slides, a workbook."""
    from kamtools.samples import company

    engagement = out / "engagement"
    if not (engagement / "engagement.toml").is_file():
        company.write_company(engagement, seed=company.SEED)
    _run(engagement, [], [], out / "report")
    export(out / "report", ["pptx", "xlsx"])


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
    if out is None and is_folder and not default.resolve().is_relative_to(Path(folder).resolve()):
        raise InputError(f"{default} leads out of {folder}; choose a folder with --out")
    _run(find_engagement(folder), notebooks or [], parameters or [], out or default)


def batch(
    source: Annotated[
        Path, typer.Argument(metavar="FOLDER-OR-PLAN.csv", help="Folder of firms, or a plan.")
    ],
    out: Annotated[Path, typer.Option(help="Folder of the reports.")],
    notebooks: Notebooks = None,
    parameters: Parameters = None,
    workers: Annotated[
        int | None, typer.Option(help="Firms at once; usually one a processor.")
    ] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Skip what is done and unchanged; go on.")
    ] = False,
    scheduler: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Dask scheduler that hands out the work.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done, and why.")
    ] = False,
) -> None:
    """Make the reports of many firms, a page over all."""
    from kamtools.publishing import batch as batches
    from kamtools.publishing import provenance
    from kamtools.publishing.batch.page import counts

    if dry_run:
        for intention in batches.intentions(
            source,
            notebooks=notebooks or [],
            parameters=pairs(parameters),
            out=out,
            is_resuming=resume,
        ):
            typer.echo(intention)
        return
    done = batches.batch(
        source,
        notebooks=notebooks or [],
        parameters=pairs(parameters),
        out=out,
        workers=workers,
        is_resuming=resume,
        scheduler=scheduler,
        run_stamp=provenance.run_stamp(),
    )
    typer.echo(counts(done.outcomes))
    if done.others:
        typer.echo(f"Not of this batch and left as they are: {', '.join(done.others)}.")
    typer.echo(done.page)
    if done.is_stopped:
        typer.echo("Stopped; the same command with --resume goes on from here.", err=True)
        raise typer.Exit(STOPPED)
    if any(outcome.status == "failed" for outcome in done.outcomes):
        raise typer.Exit(1)


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

    from kamtools.publishing import kernels

    with kernels.warm():  # starts before what follows is imported
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


def export(
    report: Report,
    to: Annotated[
        list[str] | None,
        typer.Option(metavar="pptx|xlsx|pdf", help="Format; may be repeated. Usually all."),
    ] = None,
) -> None:
    """Hand a report over as slides, workbook, PDF."""
    from kamtools.publishing.export import Format, all_possible, export_report, read_formats

    formats = read_formats(to) if to else all_possible()
    for path in export_report(report, formats=formats):
        typer.echo(path)
    if Format.PDF not in formats and not to:
        typer.echo("No PDF: no Chromium, Chrome or Edge was found to print it.", err=True)


def verify(
    report: Report,
    engagement: Annotated[
        str, typer.Option(metavar="DIR", help="Folder it was made of, where it is not found.")
    ] = "",
    quick: Annotated[bool, typer.Option("--quick", help="Run nothing again.")] = False,
) -> None:
    """Say whether a report's figures still hold."""
    from kamtools.learning.case_facts import fact_list
    from kamtools.learning.cases import case_folder, load_case
    from kamtools.publishing.rests_on import check_standing, engagement_of
    from kamtools.publishing.standing_report import read_report
    from kamtools.publishing.verify_words import figures_told, standing_told

    read = read_report(report)
    sources = None
    if "case" in read.record:
        name = str(read.record["case"]["folder"])
        folder, sources = case_folder(name), fact_list(load_case(name).facts)
    else:
        folder = find_engagement(engagement) if engagement else engagement_of(read)
    standing = check_standing(read, folder=folder)
    typer.echo("\n".join(standing_told(standing)))
    holds = standing.holds
    if not quick:
        from kamtools.publishing.verify import run_again

        figures = run_again(read, folder=folder, sources=sources)
        typer.echo("\n".join(figures_told(figures)))
        holds = holds and figures.holds
    seen = "Files and inputs hold; the figures were not computed again."
    otherwise = seen if quick else "The report holds."
    typer.echo(otherwise if holds else "The report does not hold.")
    raise typer.Exit(0 if holds else 1)


def _run(folder: Path, notebooks: list[str], parameters: list[str], out: Path) -> None:
    from kamtools.publishing import kernels

    with kernels.warm():  # starts before what follows is imported
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
