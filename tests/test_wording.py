import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.wording import change, listing, money, percent


@pytest.mark.parametrize(
    ("amount", "text"),
    [(999_999, "1 million"), (999_499, "999,000"), (2.5e9, "2,500,000,000"), (0.004, "0"),
     (-0.004, "0"), (-1500, "−1,500")],
)  # fmt: skip
def test_money_at_its_edges(amount, text):
    assert money(amount) == text


@pytest.mark.parametrize(
    ("ratio", "text"), [(0, "+0 %"), (3, "+300 %"), (3.01, "4-fold"), (-1, "−100 %")]
)
def test_change_at_its_edges(ratio, text):
    assert change(ratio) == text


@pytest.mark.parametrize(
    ("share", "text"), [(0.0494, "4.9 %"), (0.05, "5 %"), (0.0001, "0.0 %"), (1, "100 %")]
)
def test_percent_at_its_edges(share, text):
    assert percent(share) == text


@given(st.floats(1, 1e12))
def test_money_is_told_to_within_half_a_percent(amount):
    text = money(amount).replace(",", "")
    told = float(text.removesuffix(" million")) * (1e6 if "million" in text else 1)
    assert told == pytest.approx(amount, rel=0.006, abs=0.5)


def test_no_words_are_no_text():
    assert listing([]) == ""
