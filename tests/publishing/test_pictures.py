import base64
import copy
import io

import matplotlib.pyplot as plt
import nbformat
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
