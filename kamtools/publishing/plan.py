"""What a run will do, settled before anything starts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from kamtools.publishing.catalogue import choose
from kamtools.publishing.execution import read_notebook
from kamtools.publishing.parameters import SET_BY_RUNNER, Parameter, check, declared, effective


@dataclass(frozen=True)
class Planned:
    """A notebook about to run: as it is read, its parameters, the values given for them."""

    file: Path
    notebook: NotebookNode
    parameters: dict[str, Parameter]
    given: dict[str, Any]

    def injected(self, folder: Path) -> dict[str, Any]:
        """Return the values to set: those given, and where the engagement is."""
        takes_folder = SET_BY_RUNNER in self.parameters
        return self.given | ({SET_BY_RUNNER: str(folder)} if takes_folder else {})

    def values(self, folder: Path) -> dict[str, Any]:
        """Return the value of every parameter; of the folder only its name is told."""
        values = effective(self.parameters, self.given)
        takes_folder = SET_BY_RUNNER in self.parameters
        return values | ({SET_BY_RUNNER: folder.name} if takes_folder else {})


def plan(names: Sequence[str], given: Mapping[str, Any], source: Path) -> dict[str, Planned]:
    """Return the notebooks to run, by short name, each with its checked parameters.

    Raises
    ------
    InputError
        For a notebook or parameter that is not known, or a value that does not fit.
    """
    return plan_files(choose(names, source), given)


def plan_files(files: Mapping[str, Path], given: Mapping[str, Any]) -> dict[str, Planned]:
    """Return these notebooks about to run, by their names, each with its checked parameters.

    Raises
    ------
    InputError
        For a parameter that is not known, or a value that does not fit.
    """
    notebooks = {name: read_notebook(file) for name, file in files.items()}
    known = {name: declared(notebook) for name, notebook in notebooks.items()}
    values = check(given, known)
    return {
        name: Planned(file, notebooks[name], known[name], values[name])
        for name, file in files.items()
    }
