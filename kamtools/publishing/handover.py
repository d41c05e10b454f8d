"""What a notebook of a run hands on to those after it: the accounts chosen, to their managers."""

from collections.abc import Mapping
from dataclasses import replace

from nbformat import NotebookNode

from kamtools.planning.chosen import write_chosen
from kamtools.publishing.blocks import CHOSEN
from kamtools.publishing.plan import Planned
from kamtools.publishing.records import as_frame, kept_tables

MATRIX = "matrix"


def handed_on(notebook: NotebookNode) -> dict[str, str]:
    """Return parameters of later notebooks that an executed notebook settles, by name.

    `chosen`: the accounts in the table it kept as `chosen`, each with its cell in the table
    kept as `matrix`, if there is one.
    """
    kept = {record["name"]: as_frame(record) for record in kept_tables(notebook)}
    if "account_id" not in kept.get(CHOSEN, ()):
        return {}
    accounts = kept[CHOSEN].set_index("account_id")
    cells = accounts.assign(cell="")["cell"]
    if MATRIX in kept:
        cells = kept[MATRIX].set_index("account_id")["cell"].reindex(accounts.index)
    return {CHOSEN: write_chosen(cells)}


def receive(one: Planned, handed: Mapping[str, str]) -> Planned:
    """Return a notebook about to run with what was handed on, unless the user gave it."""
    taken = {name: value for name, value in handed.items() if name in one.parameters}
    return replace(one, given=taken | one.given)
