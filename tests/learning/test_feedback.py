import dataclasses

import pytest

from kamtools.learning.feedback import Feedback

NASTY = "<script>alert('x')</script>"


@pytest.fixture
def wrong():
    return Feedback("x", "wrong", "Too low.", ("First.", "Second.", "Third."))


def test_hints_grow_stronger_and_end_with_the_strongest(wrong):
    assert [wrong.hint(n) for n in (0, 1, 2, 3, 4)] == [
        "First.", "First.", "Second.", "Third.", "Third.",
    ]  # fmt: skip


def test_text_names_the_hints_and_does_not_tell_them(wrong):
    assert repr(wrong).startswith("Not yet. Too low.")
    assert ".hint(1) to .hint(3)" in repr(wrong)
    assert "First." not in repr(wrong)


def test_each_hint_opens_inside_the_one_before(wrong):
    html = wrong._repr_html_()
    first, second, third = (html.index(text) for text in ("First.", "Second.", "Third."))
    assert first < second < third
    assert html.count("<details>") == html.count("</details>") == 3
    assert html.index("</details>") > third


def test_right_answer_needs_no_hint():
    right = Feedback("x", "right", "So it is.")
    assert right.is_right
    assert right.hint(1) == "There is no hint."
    assert "<details>" not in right._repr_html_()


def test_whatever_is_in_the_words_comes_out_as_text():
    html = Feedback("x", "wrong", NASTY, (NASTY,))._repr_html_()
    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 2


def test_code_between_backticks_is_shown_as_code():
    html = Feedback("x", "wrong", "Use `a < b`.")._repr_html_()
    assert "<code>a &lt; b</code>" in html


def test_feedback_cannot_be_changed(wrong):
    with pytest.raises(dataclasses.FrozenInstanceError):
        wrong.verdict = "right"
