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
import numpy as np
import pandas as pd
from nbformat import NotebookNode
from PIL import Image

EXACT = 24
"""So many of the colours there are most of stay exactly as they are."""

NEAR = 14
"""How far, of 255, a channel of any other colour that a reader sees may move."""

SEEN_PIXELS = 8
"""A colour of at least so many pixels is one that a reader sees, such as a dot."""

MOST_COLOURS = 256
PNG = "image/png"


def shrink(picture: str) -> str:
    """Return a PNG in base64 with a palette of its own, if that makes it smaller.

    Every colour that a reader sees stays what it is, or very near to it. A picture that has a
    palette is returned as it is.
    """
    with Image.open(io.BytesIO(base64.b64decode(picture))) as image:
        if image.mode == "P":
            return picture
        flat = _with_palette(image.convert("RGB"))
    buffer = io.BytesIO()
    flat.save(buffer, "PNG", optimize=True)
    smaller = base64.b64encode(buffer.getvalue()).decode("ascii")
    return smaller if len(smaller) < len(picture) else picture


def _with_palette(image: Image.Image) -> Image.Image:
    pixels = np.asarray(image).reshape(-1, 3).astype(np.int32)
    # Quicker than numpy's unique, which sorts every pixel.
    which, packed = pd.factorize(pixels @ np.array([65536, 256, 1], dtype=np.int32), sort=True)
    count = np.bincount(which)
    colours = np.stack([packed >> 16, packed >> 8 & 255, packed & 255], axis=1)
    by_count = np.argsort(-count, kind="stable")
    # After the commonest colours, again and again the one that is furthest from all chosen.
    chosen = list(by_count[:EXACT])
    far = np.abs(colours[:, None] - colours[chosen]).max(axis=2).min(axis=1)
    far[count < SEEN_PIXELS] = 0
    while far.max() > NEAR and len(chosen) < MOST_COLOURS:
        chosen.append(far.argmax())
        far = np.minimum(far, np.abs(colours - colours[chosen[-1]]).max(axis=1))
    table = colours[chosen]
    flat = Image.fromarray(_nearest(colours, table)[which].reshape(image.size[::-1]))
    flat.putpalette(table.ravel().tolist())
    return flat


def _nearest(colours: np.ndarray, table: np.ndarray) -> np.ndarray:
    """Return the place in the table of the colour nearest to each, a thousand at a time."""
    parts = [
        ((part[:, None] - table) ** 2).sum(axis=2).argmin(axis=1)
        for part in np.array_split(colours, len(colours) // 1_000 + 1)
    ]
    return np.concatenate(parts).astype("uint8")


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
