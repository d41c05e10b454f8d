"""readiness.csv: read with the engagement, checked, and the form can be saved as it."""

import pytest

from kamtools import engagement
from kamtools.errors import InputError
from kamtools.planning.readiness import statement_levels
from kamtools.planning.statements import form


def test_answers_are_read_with_blank_levels_kept_unknown(make_folder):
    folder = make_folder(readiness="statement,level,respondent\nsponsor,3,Li\npay_fits,,Li\n")
    levels = statement_levels(engagement.load(folder).readiness)
    assert levels["level"].dropna().to_dict() == {"sponsor": 3.0}


def test_form_filled_in_is_an_answer_file(make_folder):
    filled = form().assign(level=2, respondent="Li").to_csv(index=False)
    levels = statement_levels(engagement.load(make_folder(readiness=filled)).readiness)
    assert set(levels["level"]) == {2.0}


def test_blank_form_counts_as_no_answer(make_folder):
    blank = engagement.load(make_folder(readiness=form().to_csv(index=False))).readiness
    assert statement_levels(blank)["level"].isna().all()


def test_folder_without_the_file_has_no_answers(make_folder):
    assert engagement.load(make_folder()).readiness is None


def test_level_that_is_none_is_refused_with_its_place(make_folder):
    folder = make_folder(readiness="statement,level\nsponsor,3\npay_fits,7\n")
    message = r"readiness.csv, row 3, column level: saw 7; expected one of 1, 2, 3, 4, 5"
    with pytest.raises(InputError, match=message):
        engagement.load(folder)
