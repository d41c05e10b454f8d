"""What a figure says to those who do not see it: computed from what is drawn in it.

A notebook's cell says by hand what kind of picture it makes (`alt` in its metadata); title,
axes and legend are known only when it is drawn, and come from here. Jupyter keeps them in the
metadata of the output, under the name that nbconvert and our pages read.
"""

import re
from typing import Any

from matplotlib import figure
from matplotlib.axes import Axes
from matplotlib.legend import Legend

from kamtools.language import tr

ALT = "alt"
PNG = "image/png"
LONGEST_LABEL = 120


class Figure(figure.Figure):
    """A figure that carries its alternative text wherever a notebook shows it."""

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        said = alt_text(self)
        return {}, {PNG: {ALT: said}} if said else {}


def alt_text(figure: figure.Figure) -> str:
    """Return what a figure's title says, what is on its axes, and what its legend tells apart.

    Parameters
    ----------
    figure
        Drawn or not yet drawn.

    Returns
    -------
    str
        Sentences on one line; empty where the figure has no words.

    Examples
    --------
    >>> import matplotlib.pyplot as plt
    >>> ax = plt.subplots(FigureClass=Figure)[1]
    >>> _ = ax.set(title="Six accounts enter", xlabel="Sales", ylabel="Score")
    >>> _ = ax.plot([1, 2], label="chosen"), ax.legend()
    >>> alt_text(ax.figure)
    'Six accounts enter. Across: Sales. Upwards: Score. Legend: chosen.'
    >>> plt.close("all")
    """
    said = [figure.get_suptitle()]
    for ax in figure.axes:
        said += _of_axes(ax)
    said += [_of_legend(legend) for legend in figure.legends]
    sentences = [_one_line(text).rstrip(".:") for text in said]
    return " ".join(f"{text}{_end(text)}" for text in dict.fromkeys(filter(None, sentences)))


def _of_axes(ax: Axes) -> list[str]:
    titles = [ax.get_title(loc=place) for place in ("left", "center", "right")]
    across, upwards = _label(ax.get_xlabel()), _label(ax.get_ylabel())
    legend = ax.get_legend()
    return [
        *titles,
        tr("Across: {what}", what=across) if across else "",
        tr("Upwards: {what}", what=upwards) if upwards else "",
        _of_legend(legend) if legend else "",
    ]


def _label(text: str) -> str:
    """Return what an axis is of; a long label has notes below its first line, left out here."""
    said = re.sub(r" {2,}", "; ", text.strip())
    return said if len(said) <= LONGEST_LABEL else said.partition("\n")[0]


def _of_legend(legend: Legend) -> str:
    names = [_one_line(text.get_text()) for text in legend.get_texts()]
    return tr("Legend: {what}", what=", ".join(names)) if names else ""


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _end(text: str) -> str:
    return "" if text.endswith(("?", "!", "。", "？", "！")) else "."
