import base64
import copy
import io

import matplotlib.pyplot as plt
import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_notebook, new_output
from PIL import Image

from kamtools.publishing import pictures


def picture():
    buffer = io.BytesIO()
    figure, ax = plt.subplots()
    ax.plot([1, 3, 2], color="#0072B2", linewidth=3)
    figure.savefig(buffer, format="png")
    plt.close(figure)
    return base64.b64encode(buffer.getvalue()).decode()


def opened(text):
    return Image.open(io.BytesIO(base64.b64decode(text))).convert("RGB")


def notebook():
    output = new_output("display_data", {"image/png": picture()})
    cell = new_code_cell("1", outputs=[output])
    explorer = new_code_cell("2", outputs=[output], metadata={"tags": ["explorer"]})
    return new_notebook(cells=[cell, explorer])


def test_a_picture_becomes_smaller_and_keeps_its_size_and_colour():
    before = picture()
    after = pictures.shrink(before)
    assert len(after) < len(before) / 1.5
    assert opened(after).size == opened(before).size
    assert (0x00, 0x72, 0xB2) in {colour for _, colour in opened(after).getcolors(10**6)}


def test_every_colour_of_a_legend_stays_what_it_is_beside_many_shades():
    zones = {"#0072B2", "#009E73", "#E69F00", "#D55E00", "#CC79A7", "#56B4E9", "#5B6170"}
    buffer = io.BytesIO()
    figure, ax = plt.subplots()
    shades = np.linspace(0, 1, 60).reshape(6, 10)
    ax.imshow(shades, cmap="viridis", interpolation="bilinear", alpha=0.5)
    for place, colour in enumerate(sorted(zones)):
        ax.plot([place], [1], "o", color=colour, markersize=5)
    figure.savefig(buffer, format="png")
    plt.close(figure)
    after = opened(pictures.shrink(base64.b64encode(buffer.getvalue()).decode()))
    kept = np.array([colour for _, colour in after.getcolors(10**6)])
    for zone in zones:
        wanted = [int(zone[at : at + 2], 16) for at in (1, 3, 5)]
        assert np.abs(kept - wanted).max(axis=1).min() <= pictures.NEAR


def test_a_small_picture_is_left_alone():
    once = pictures.shrink(picture())
    assert pictures.shrink(once) == once


def test_an_explorer_leaves_nothing_and_the_notebook_given_is_unchanged():
    given = notebook()
    before = copy.deepcopy(given)
    tidy = pictures.tidied(given)
    assert tidy.cells[1].outputs == []
    assert len(tidy.cells[0].outputs[0].data["image/png"]) < len(picture())
    assert given == before


def test_notebooks_are_tidied_in_place(tmp_path):
    path = tmp_path / "a.ipynb"
    nbformat.write(notebook(), path)
    pictures.main([str(path)])
    assert nbformat.read(path, as_version=4).cells[1].outputs == []
