from hypothesis import given
from hypothesis import strategies as st

from kamtools.publishing.workbook.cells import ROOM, WIDEST, column_widths
from kamtools.publishing.workbook.form import height, sheet_names, signs, within_cell

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@given(st.lists(ANY_TEXT, max_size=12))
def test_names_of_sheets_are_allowed_and_unique_ignoring_case(titles):
    names = sheet_names(["Read me", *titles])
    assert len({name.casefold() for name in names}) == len(titles) + 1
    for name in names:
        assert 0 < signs(name) <= 31
        assert not set(name) & set("[]:*?/\\")
        assert name.strip("' ") == name
    assert names[0] == "Read me"


@given(ANY_TEXT)
def test_text_that_fits_a_cell_stays_but_for_signs_that_no_xml_holds(text):
    kept = within_cell(text, rest="a file")
    kept.encode("utf-8")
    assert len(kept) <= len(text)


def test_text_at_the_limit_of_a_cell_is_whole_and_one_more_sign_is_cut():
    assert within_cell("x" * 32_767, rest="a file") == "x" * 32_767
    longer = within_cell("x" * 32_768, rest="a file")
    assert signs(longer) == 32_767
    assert longer.endswith("… [cut: 32,768 signs; the whole text is in a file]")


def test_cut_goes_through_no_sign_of_two_units():
    for pad in ("", "x"):
        kept = within_cell(pad + "🍵" * 20_000, rest="a file")
        assert set(kept.partition(" … ")[0]) <= {"x", "🍵"}


def test_chinese_text_needs_twice_the_lines():
    assert height("青" * 100, across=50) > height("x" * 100, across=50)
    assert height("x", across=50) == 15
    assert height("x" * 100_000, across=50) == 409


def test_much_long_text_is_wrapped_earlier_than_a_little():
    long = ["word " * 40]
    assert column_widths(["a", "b"], [long, ["x"]])[0] == WIDEST[0] + ROOM
    assert column_widths(list("abcdefgh"), [long] * 8) == [WIDEST[-1] + ROOM] * 8


def test_heading_fits_on_two_lines_or_its_longest_word_does():
    (wide,) = column_widths(["Mutual dependence before, low"], [["1"]])
    assert wide >= len("Mutual dependence before, low") / 2
    (wide,) = column_widths(["Unmistakably so"], [["1"]])
    assert wide >= len("Unmistakably") + 4
