"""What a verification found, in plain words, a line each."""

from collections.abc import Mapping

from kamtools.publishing.rests_on import Standing
from kamtools.publishing.verify import Figures


def standing_told(standing: Standing) -> list[str]:
    """Return what is to be said of files, inputs and software."""
    return [
        *_told("Files of the report", standing.files, "as they were written"),
        *_told("Inputs", standing.inputs, "the same as then"),
        *_told("Software", standing.software, "the same as then"),
    ]


def figures_told(figures: Figures) -> list[str]:
    r"""Return what is to be said of each table and each notebook's decision.

    Examples
    --------
    >>> found = Figures({"chosen": [], "power": ["row 1 (A), zone: was even, is ours"]}, {})
    >>> print("\n".join(figures_told(found)))
    Run again, 1 of 2 tables hold.
      chosen: holds
      power: row 1 (A), zone: was even, is ours
    """
    tables = figures.tables
    hold = sum(not found for found in tables.values())
    lines = [f"Run again, {hold} of {len(tables)} tables hold."]
    for name, found in tables.items():
        lines += [f"  {name}: {one}" for one in found or ["holds"]]
    if figures.decisions:
        hold = sum(not found for found in figures.decisions.values())
        lines.append(f"Decisions, word for word: {hold} of {len(figures.decisions)} hold.")
    for name, found in figures.decisions.items():
        lines += [f"  {name}: {one}" for one in found or ["holds"]]
    return lines


def _told(what: str, found: Mapping[str, str], otherwise: str) -> list[str]:
    if not found:
        return [f"{what}: {otherwise}."]
    return [f"{what}: {len(found)} differ.", *(f"  {name} {told}" for name, told in found.items())]
