"""The first page of a batch: what failed and why, then every firm with what it decided."""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Template
from rich.cells import cell_len, chop_cells

from kamtools.publishing.batch.outcome import Outcome
from kamtools.publishing.export import Format, file_name
from kamtools.publishing.html import Setting, page_environment
from kamtools.wording import listing

WIDTH = 120
"""How many Latin letters of a decision a row shows; all of it is folded under it."""
LINES = 12
"""A message of more lines has its last one, which says what went wrong, told first."""

_WORDS = {"ran": "made", "unchanged": "unchanged", "failed": "failed", "stopped": "not done"}
_HANDED_OVER = {Format.PPTX: "deck", Format.XLSX: "workbook", Format.PDF: "PDF"}
_UNPRINTABLE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f]")


def summary_page(
    outcomes: Sequence[Outcome],
    *,
    given: Mapping[str, Sequence[tuple[str, str]]],
    out: Path,
    run_stamp: str,
) -> str:
    """Return the page over all reports of a batch.

    Parameters
    ----------
    outcomes : one a report, in the order in which the page shall list them
    given : name of a report → the parameters (name, text) that the batch set for it
    out : folder of the batch, where the page will stand; a link is set where its file is
    run_stamp : text that tells this batch from others
    """
    failures = _failures(outcomes, out)
    places = {name: part["anchor"] for part in failures for name in part["names"]}
    return _template().render(
        setting=Setting("Batch", "", "en"),
        counts=counts(outcomes),
        failures=failures,
        rows=[
            _row(outcome, out, places.get(outcome.name), given.get(outcome.name, ()))
            for outcome in outcomes
        ],
        run_stamp=run_stamp,
    )


def counts(outcomes: Iterable[Outcome]) -> str:
    """Return in one sentence how many reports came to what end.

    Examples
    --------
    >>> counts([])
    'No reports.'
    """
    statuses = [outcome.status for outcome in outcomes]
    if not statuses:
        return "No reports."
    parts = [f"{statuses.count(s)} {word}" for s, word in _WORDS.items() if s in statuses]
    return f"{len(statuses)} {'report' if len(statuses) == 1 else 'reports'}: {listing(parts)}."


@cache
def _template() -> Template:
    """Return how the page is made: it is made anew after each job of a batch."""
    return page_environment().get_template("batch.html")


def _failures(outcomes: Iterable[Outcome], out: Path) -> list[dict[str, Any]]:
    """Return what failed; reports that failed alike are told together."""
    alike: dict[tuple[str, str, str], list[Outcome]] = {}
    for outcome in outcomes:
        if outcome.status == "failed":
            alike.setdefault((outcome.notebook, outcome.cell, outcome.message), []).append(outcome)
    return [
        {
            "anchor": f"failed-{number}",
            "names": [outcome.name for outcome in together],
            "firms": [(_firm(outcome), _half_run(outcome, out)) for outcome in together],
            "notebook": notebook,
            "cell": _printable(cell),
            "message": _printable(message),
            "last_line": _last_line(_printable(message)),
        }
        for number, ((notebook, cell, message), together) in enumerate(alike.items(), 1)
    ]


def _row(
    outcome: Outcome, out: Path, anchor: str | None, given: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    report = out / outcome.name
    files = [(said, _link(report / file_name(one), out)) for one, said in _HANDED_OVER.items()]
    return {
        "outcome": outcome,
        "status": _WORDS[outcome.status],
        "firm": outcome.firm or outcome.name,
        "given": [f"{name} = {_printable(text)}" for name, text in given],
        "anchor": anchor,
        "report": _link(report / "index.html", out),
        "files": [(said, link) for said, link in files if link],
        "decisions": [
            {"notebook": notebook, "short": shortened(text), "paragraphs": _paragraphs(text)}
            for notebook, text in outcome.decisions
        ],
        "is_cut": any(shortened(text) != text.strip() for _, text in outcome.decisions),
    }


def shortened(text: str, *, width: int = WIDTH) -> str:
    r"""Return the first paragraph of a decision, cut between words where it is long.

    A Chinese sign counts for two Latin letters, as it is as wide.

    Examples
    --------
    >>> shortened("Choose Moor & Sons.\n\nNobody else comes near.")
    'Choose Moor & Sons.'
    >>> shortened("Choose Moor & Sons.", width=14)
    'Choose Moor &…'
    >>> shortened("选择云浦网店与青禾超市。", width=16)
    '选择云浦网店与青…'
    """
    first = next(iter(_paragraphs(text)), "")
    if cell_len(first) <= width:
        return first
    kept = chop_cells(first, width)[0]
    begun, space, cut = kept.rpartition(" ")
    is_word_cut = bool(space) and len(cut) < len(begun) and first[len(kept)] != " "
    return (begun if is_word_cut else kept).rstrip(" ,;:.，；：、。") + "…"


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", _printable(text)) if part.strip()]


def _printable(text: str) -> str:
    """Return a text without the signs that colour a terminal."""
    return _UNPRINTABLE.sub("", text).strip("\n")


def _last_line(message: str) -> str:
    lines = message.splitlines()
    return lines[-1] if len(lines) > LINES else ""


def _firm(outcome: Outcome) -> str:
    is_told = outcome.firm and outcome.firm != outcome.name
    return f"{outcome.firm} ({outcome.name})" if is_told else outcome.name


def _half_run(outcome: Outcome, out: Path) -> str:
    return _link(out / f"{outcome.name}.failed" / f"{outcome.notebook}.ipynb", out)


def _link(file: Path, out: Path) -> str:
    """Return where a link from the page to a file leads; nothing where there is no file."""
    return f"./{quote(file.relative_to(out).as_posix())}" if file.is_file() else ""
