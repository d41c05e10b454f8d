"""Pictures in a quarter of their size, for pages that travel and notebooks that are kept.

`python -m kamtools.publishing.pictures NOTEBOOK …` does it in place to notebooks that were
just run, and takes away what an explorer left in them.
"""

import base64
import io
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from PIL import Image

COLOURS = 64
PNG = "image/png"


def shrink(picture: str) -> str:
    """Return a PNG in base64 with a palette of its own, if that makes it smaller.

    One that has a palette is returned as it is.

    Our figures are flat colours and text: 128 colours hold them, edges included.
    """
    with Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        if image.mode == "P":
            return picture
        buffer = io.BytesIO()
        flat = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        flat.save(buffer, "PNG", optimize=True)
    smaller = base64.b64encode(buffer.getvalue()).decode("ascii")
    return smaller if len(smaller) < len(picture) else picture


def tidied(notebook: NotebookNode) -> NotebookNode:
    """Return a notebook with small pictures and without the outputs of its explorers."""
    tidy = nbformat.from_dict(notebook)
    for cell in tidy.cells:
        if "explorer" in cell.metadata.get("tags", ()) and "outputs" in cell:
            cell.outputs = []
        for output in cell.get("outputs", ()):
            if PNG in output.get("data", {}):
                output.data[PNG] = shrink(output.data[PNG])
    return tidy


def main(paths: Sequence[str]) -> None:
    """Tidy notebooks in place."""
    for path in map(Path, paths):
        notebook = nbformat.read(path, as_version=4)
        nbformat.write(tidied(notebook), path)


if __name__ == "__main__":
    main(sys.argv[1:])
