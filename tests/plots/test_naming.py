import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.transforms import Bbox

from kamtools.plots.fonts import figure_names
from kamtools.plots.naming import name_points
from kamtools.plots.style import figure_of, styled_axes


def drawn(crowd, **options):
    """Draw a crowd of points with their names; return the axes and the names without room."""
    with styled_axes(None) as ax:
        points = crowd.rename(columns={"revenue": "x", "score": "y"}).assign(radius=6.0)
        ax.set_xscale("log")
        ax.scatter(points["x"], points["y"])
        rest = name_points(ax, points, figure_names(crowd["name"]), **options)
    return ax, rest


def boxes_of(texts):
    return [text.get_window_extent() for text in texts]


def assert_apart(boxes):
    overlapping = [(a, b) for row, a in enumerate(boxes) for b in boxes[:row] if a.overlaps(b)]
    assert overlapping == []


def test_names_of_a_dense_crowd_touch_neither_each_other_nor_the_edge(crowd):
    ax, _ = drawn(crowd)
    figure = figure_of(ax)
    assert_apart(boxes_of([*ax.texts, *figure.texts]))
    for box in boxes_of(ax.texts):
        assert Bbox.intersection(box, ax.get_window_extent()).size == pytest.approx(box.size)
    for box in boxes_of(figure.texts):
        assert Bbox.intersection(box, figure.bbox).size == pytest.approx(box.size)


@pytest.mark.parametrize("dpi", [72, 200])
def test_names_do_not_touch_in_a_picture_of_another_resolution(crowd, dpi):
    ax, _ = drawn(crowd)
    figure_of(ax).set_dpi(dpi)
    figure_of(ax).canvas.draw()
    assert_apart(boxes_of(ax.texts))


def test_every_account_of_a_dense_crowd_is_named_beside_its_point_or_in_the_key(crowd):
    ax, rest = drawn(crowd)
    beside = {text.get_text() for text in ax.texts}
    in_key = [text.get_text().split("  ", 1)[1] for text in figure_of(ax).texts]
    assert in_key == rest.tolist()
    assert beside | set(in_key) >= set(figure_names(crowd["name"]))


def test_points_in_one_place_are_all_in_the_picture_or_the_key(crowd):
    crowd = crowd.assign(revenue=1e4, score=0.5)
    ax, rest = drawn(crowd)
    assert_apart(boxes_of([*ax.texts, *figure_of(ax).texts]))
    assert len(rest) > 30


def test_key_leaves_the_axes_their_size(crowd):
    ax, _ = drawn(crowd, key=False)
    plain = ax.get_window_extent()
    ax, _ = drawn(crowd)
    assert ax.get_window_extent().size == pytest.approx(plain.size)


def test_names_keep_their_distance_from_their_points_when_the_figure_grows(crowd):
    few = crowd.iloc[:1]
    ax, _ = drawn(few)
    point = ax.transData.transform(few[["revenue", "score"]].to_numpy())[0]
    before = ax.texts[0].get_window_extent().p0 - point
    figure_of(ax).set_size_inches(9, 8)
    point = ax.transData.transform(few[["revenue", "score"]].to_numpy())[0]
    assert ax.texts[0].get_window_extent().p0 - point == pytest.approx(before, abs=1)


def test_same_crowd_gives_the_same_picture(crowd):
    pictures = []
    for _ in range(2):
        ax, _ = drawn(crowd)
        figure_of(ax).canvas.draw()
        pictures.append(np.asarray(figure_of(ax).canvas.buffer_rgba()).copy())
        plt.close("all")
    np.testing.assert_array_equal(*pictures)


def test_stand_ins_take_the_place_of_a_key(crowd):
    short = pd.Series("#7", index=crowd.index)
    ax, rest = drawn(crowd, stand_ins=short)
    assert len(rest) > 0
    assert "#7" in [text.get_text() for text in ax.texts]
    assert figure_of(ax).texts == []


def test_names_with_dollar_signs_are_text(crowd):
    odd = crowd.iloc[:2].assign(name=["$a$ & $b", "\\frac{1}{"])
    ax, _ = drawn(odd)
    figure_of(ax).canvas.draw()
    assert [text.get_text() for text in ax.texts] == ["$a$ & $b", "\\frac{1}{"]


def test_no_names_is_no_fault(crowd):
    ax, rest = drawn(crowd.iloc[:0])
    assert len(ax.texts) == 0
    assert rest.empty
