import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.errors import InputError
from kamtools.planning.chosen import TIERS, read_chosen, write_chosen

KNOWN = pd.Index(["A1", "A7", "Ox; Elk = Sons", "青禾超市"])


def test_a_person_writes_ids_with_semicolons_and_tiers_where_known():
    assert read_chosen(" A7=strategic ;A1； 青禾超市 = star;", KNOWN).to_dict() == {
        "A7": "strategic", "A1": "key", "青禾超市": "star",
    }  # fmt: skip


def test_what_is_handed_on_is_read_back_whatever_the_ids_hold():
    cells = pd.Series({"Ox; Elk = Sons": "star", "A1": "not placed", "A7": ""})
    assert read_chosen(write_chosen(cells), KNOWN).to_dict() == {
        "Ox; Elk = Sons": "star", "A1": "key", "A7": "key",
    }  # fmt: skip


@given(st.dictionaries(st.text(min_size=1), st.sampled_from(TIERS), min_size=1))
def test_every_list_survives_writing_and_reading(tiers):
    cells = pd.Series(tiers, dtype="str")
    assert read_chosen(write_chosen(cells), cells.index).to_dict() == tiers


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (" ; ", "names no account"),
        ("A1; B9", "'B9', which the invoices do not have"),
        ("A1; A7; A1", "A1 more than once"),
        ("A1 = gold", "tier gold; expected strategic"),
        ('{"A1": ', "neither ids nor JSON"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(text, said):
    with pytest.raises(InputError, match=said):
        read_chosen(text, KNOWN)
