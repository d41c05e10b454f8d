from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from kamtools.learning.progress_counts import first_items, standings
from kamtools.learning.progress_file import Event

START = datetime(2026, 11, 23, 9, tzinfo=UTC)


def events(*told):
    return [
        Event(START + timedelta(minutes=minute), kind, "one", **more)
        for minute, (kind, more) in enumerate(told)
    ]


def answer(text, verdict):
    return "answer", {"answer": text, "verdict": verdict}


def hint(strength):
    return "hint", {"strength": strength}


def standing(*told):
    return standings(events(*told))["one"]


def test_once_right_is_always_solved_and_later_tries_do_not_count():
    one = standing(answer("1", "wrong"), answer("2", "right"), answer("3", "wrong"))
    assert (one.is_solved, one.tries, len(one.wrong)) == (True, 2, 1)


def test_cell_run_again_is_no_new_try_and_an_answer_come_back_to_is_one():
    one = standing(*(answer(text, "wrong") for text in ("1", "1", "2", "1")))
    assert (one.is_solved, one.tries) == (False, 3)


def test_what_was_not_understood_is_no_try():
    assert standing(answer("?", "not understood")).tries == 0


def test_hint_counts_once_and_only_before_it_is_solved():
    one = standing(hint(1), hint(1), hint(2), answer("2", "right"), hint(3))
    assert one.hints == 2


def test_first_answer_to_an_item_counts():
    told = events(("item", {"verdict": "wrong"}), ("item", {"verdict": "right"}))
    assert first_items(told)["one"].verdict == "wrong"


@given(st.lists(st.tuples(st.sampled_from("123"), st.sampled_from(["right", "wrong"]))))
def test_solved_is_one_more_try_than_wrong_ones(answers):
    found = standings(events(*(answer(text, verdict) for text, verdict in answers)))
    for one in found.values():
        assert one.tries - len(one.wrong) == one.is_solved
