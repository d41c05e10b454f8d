import matplotlib.pyplot as plt
import pandas as pd
import pytest
from IPython.core.formatters import DisplayFormatter

from kamtools.plots.alt_text import Figure, alt_text
from kamtools.plots.concentration import plot_pareto
from kamtools.plots.style import figure_of, styled_axes, write_title
from kamtools.selection.concentration import pareto_curve


@pytest.fixture(autouse=True)
def close_figures():
    yield
    plt.close("all")


@pytest.fixture
def pareto():
    revenue = pd.Series([60.0, 30.0, 10.0], index=["a", "b", "c"])
    return figure_of(plot_pareto(pareto_curve(revenue), names=pd.Series(dtype=str)))


def test_figure_says_its_title_axes_and_legend():
    with styled_axes(None) as ax:
        ax.plot([0, 1], label="as it was")
        ax.plot([1, 0], label="best plan\nfound")
        ax.set(xlabel="Month", ylabel="Trust,\n0 to 1")
        ax.legend()
        write_title(ax, "Trust falls")
    assert alt_text(figure_of(ax)) == (
        "Trust falls. Across: Month. Upwards: Trust, 0 to 1. Legend: as it was, best plan found."
    )


def test_every_part_of_a_figure_of_several_is_told():
    figure, (above, below) = plt.subplots(2)
    above.set_title("Margin", loc="left")
    below.set_title("Trust", loc="left")
    below.set_xlabel("Month")
    figure.legend(handles=below.plot([1, 2]), labels=["seen"])
    assert alt_text(figure) == "Margin. Trust. Across: Month. Legend: seen."


def test_notes_below_a_label_are_left_out_and_gaps_in_it_told():
    figure, ax = plt.subplots()
    ax.set_xlabel("Sales\n" + "1 A long note that stands below the axis. " * 4)
    ax.set_ylabel("← we    Imbalance    they →")
    assert alt_text(figure) == "Across: Sales. Upwards: ← we; Imbalance; they →."


def test_figure_without_words_says_nothing():
    assert alt_text(plt.figure()) == ""


def test_an_end_that_a_sentence_has_is_not_doubled():
    figure = plt.figure()
    figure.suptitle("Who decides?")
    assert alt_text(figure) == "Who decides?"


def test_plots_give_a_notebook_their_words_beside_the_picture(pareto):
    formatter = DisplayFormatter()
    formatter.formatters["image/png"].for_type(Figure, lambda _: b"png")
    data, metadata = formatter.format(pareto)
    assert data["image/png"] == b"png"
    assert metadata["image/png"]["alt"] == alt_text(pareto)
    assert pareto.get_suptitle() in alt_text(pareto)


def test_a_notebook_shows_the_same_plain_text_as_for_any_figure(pareto):
    assert repr(pareto).startswith("<Figure size ")


def test_figure_without_words_adds_no_metadata():
    assert plt.figure(FigureClass=Figure)._repr_mimebundle_() == ({}, {})
