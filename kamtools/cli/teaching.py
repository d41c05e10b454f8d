"""Commands for those who teach and learn: notebooks to open and change."""

import subprocess
import sys

import typer


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
