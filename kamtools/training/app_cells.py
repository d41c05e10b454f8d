"""Cells of a notebook, run in a kernel of the app and shown as a report shows them."""

import ast
from collections.abc import Sequence
from html import escape
from typing import Any

import nbformat
from IPython.display import display
from IPython.utils.capture import capture_output
from matplotlib_inline.backend_inline import flush_figures
from nbformat import NotebookNode

from kamtools.publishing.blocks import Block, page_blocks
from kamtools.training.app_steps import Cell
from kamtools.training.trainee_notebook import source


def cells_html(cells: Sequence[Cell], names: dict[str, Any]) -> str:
    """Run cells one after the other and return what they show, as HTML.

    A cell that fails ends it, with its error in words.

    Parameters
    ----------
    cells
        Of Markdown and code.
    names
        The variables of the notebook; what the cells define is added.
    """
    shown = []
    for cell in cells:
        text = source(cell)
        alt = {"alt": cell["metadata"]["alt"]} if "alt" in cell.get("metadata", {}) else {}
        if cell["cell_type"] == "markdown":
            shown.append(nbformat.v4.new_markdown_cell(text, metadata=cell.get("metadata", {})))
            shown[-1].metadata.pop("tags", None)
            continue
        try:
            outputs = _outputs(text, names)
        except Exception as error:  # whatever fails: a visitor needs a sentence, not a dead page
            failed = f"This step could not be made ({type(error).__name__}: {error})."
            return _html(shown) + f'<p role="alert"><b>{escape(failed)}</b></p>'
        shown.append(nbformat.v4.new_code_cell(text, outputs=outputs, metadata=alt))
    return _html(shown)


def _outputs(text: str, names: dict[str, Any]) -> list[NotebookNode]:
    """Run the code of a cell and return its outputs; the value of its last line is one."""
    tree = ast.parse(text)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    with capture_output() as captured:
        exec(compile(tree, "cell", "exec"), names)
        if isinstance(last, ast.Expr):
            value = eval(compile(ast.Expression(last.value), "cell", "eval"), names)
            if value is not None:
                display(value)
        flush_figures()
    printed = (
        [nbformat.v4.new_output("stream", name="stdout", text=captured.stdout)]
        if captured.stdout
        else []
    )
    return printed + [
        nbformat.v4.new_output("display_data", data=output.data, metadata=output.metadata or {})
        for output in captured.outputs
    ]


def _html(cells: list[NotebookNode]) -> str:
    blocks = page_blocks(nbformat.v4.new_notebook(cells=cells))
    return "\n".join(_block_html(block) for block in blocks)


def _block_html(block: Block) -> str:
    if block.kind == "fold":
        inside = "\n".join(_block_html(part) for part in block.parts)
        return f'<details class="fold"><summary>{block.html}</summary>{inside}</details>'
    return f'<div class="{block.kind}">{block.html}</div>'
