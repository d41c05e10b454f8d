import datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.relationship_map import relationship_map
from kamtools.plots.contrast import letters
from kamtools.plots.relationship_map import plot_relationships, relationship_points
from kamtools.plots.style import VERMILLION, figure_of

ENGLISH = "Northern Harbour and Riverside Provisions (Holdings) International Company Limited"
CHINESE = "广州浩瀚食品供应链管理有限公司华南分公司"
AS_OF = datetime.date(2024, 12, 31)


def tables(*rows):
    """Return the tables of a map from (role, person, strength)."""
    table = pd.DataFrame(rows, columns=["client_role", "person", "strength"])
    table = table.assign(account_id="C1", function="client", name="王丽",
                         last_contact=pd.Timestamp("2024-12-01"))  # fmt: skip
    found = relationship_map(table.astype({"strength": float}), "C1", as_of=AS_OF)
    return found.roles, found.people, found.links, found.functions


def crowd():
    roles = [f"{n} {CHINESE}" if n % 2 else f"{n} {ENGLISH}" for n in range(12)]
    people = [f"{CHINESE}{n % 7}; {ENGLISH}{n % 3}" if n % 5 else None for n in range(12)]
    return tables(*[(role, who, 1 + n % 5) for n, (role, who) in enumerate(zip(roles, people,
                  strict=True))])  # fmt: skip


def test_lines_are_as_wide_as_the_threads_are_strong():
    ax = plot_relationships(*tables(("buyer", "Li", 5), ("owner", "Eva", 1)), name="x")
    widths = [line.get_linewidth() for line in ax.lines if len(line.get_xdata()) > 2]
    assert widths == [7.0, 1.0]


def test_role_with_nobody_and_the_only_thread_stand_in_red():
    ax = plot_relationships(*tables(("buyer", "Li", 5), ("owner", None, None)), name="x")
    red = [text.get_text() for text in ax.texts if text.get_color() == letters(VERMILLION)]
    assert {"owner", "nobody", "Li", "the only thread"} <= set(red)
    assert "buyer" not in red


def test_functions_without_a_contact_stand_below():
    ax = plot_relationships(*tables(("buyer", "Li", 5)), name="x")
    words = "Of ours without a contact: finance, purchasing, production, after-sales"
    assert words in [text.get_text() for text in ax.texts]


def test_title_counts_the_roles_that_are_reached():
    ax = plot_relationships(*crowd(), name=CHINESE)
    assert figure_of(ax).get_suptitle().endswith("somebody talks to 9 of 12 roles")
    ax = plot_relationships(*tables(("buyer", None, None)), name="x")
    assert figure_of(ax).get_suptitle() == "x: nobody talks to any of 1 role"


def test_texts_of_twelve_roles_do_not_touch_and_stay_inside():
    ax = plot_relationships(*crowd(), name=CHINESE)
    figure = figure_of(ax)
    figure.draw_without_rendering()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text().strip()]
    for at, box in enumerate(boxes):
        assert not any(box.overlaps(other) for other in boxes[at + 1 :])
        assert box.x0 >= 0
        assert box.x1 <= figure.bbox.width
    legend = ax.get_legend().get_window_extent()
    assert 0 <= legend.x0 < legend.x1 <= figure.bbox.width


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 14)), min_size=1, max_size=30))
def test_people_stand_within_the_picture_and_apart(drawn):
    links = pd.DataFrame(drawn, columns=["client_role", "person"]).drop_duplicates()
    roles = pd.DataFrame(index=range(10))
    people = pd.DataFrame(index=links["person"].unique())
    _, right = relationship_points(roles, people, links)
    assert right.between(-1e-9, max(10, len(people)) - 1 + 1e-9).all()
    assert (np.diff(np.sort(right.to_numpy())) >= 1 - 1e-9).all()


def test_map_without_a_role_is_refused():
    with pytest.raises(InputError, match="no client role to draw"):
        plot_relationships(*tables(), name="x")


def test_tables_given_to_the_map_plot_are_not_changed():
    given_ = crowd()
    before = [one.copy() for one in given_]
    plot_relationships(*given_, name="x")
    for one, copy in zip(given_, before, strict=True):
        pd.testing.assert_frame_equal(one, copy)
