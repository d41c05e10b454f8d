import json

import pytest

from kamtools.learning.exercises import EXERCISES, check
from kamtools.learning.progress import progress_place, record
from kamtools.learning.progress_page import notebooks_of_exercises, progress_page


@pytest.fixture
def pack(tmp_path, monkeypatch):
    told = {"pack": "ab12", "course": "one-day"}
    (tmp_path / "pack.json").write_text(json.dumps(told), encoding="utf-8")
    (tmp_path / "exercises").mkdir()
    cells = [{"source": [f'check("{name}", answer)']} for name in ("role-pay-mix", "no-such")]
    (tmp_path / "exercises" / "3_role.ipynb").write_text(json.dumps(cells), encoding="utf-8")
    one = json.dumps([{"source": ['check("readiness-level", answer)']}])
    (tmp_path / "exercises" / "1_readiness.ipynb").write_text(one, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAMTOOLS_PROGRESS", raising=False)
    return tmp_path


def test_exercises_come_in_the_order_of_the_pack(pack):
    assert notebooks_of_exercises(pack) == {
        "readiness-level": "exercises/1_readiness.ipynb",
        "role-pay-mix": "exercises/3_role.ipynb",
    }


def test_nothing_done_yet_begins_with_the_first(pack):
    page = progress_page()
    assert page.next_step == "Next: readiness-level in exercises/1_readiness.ipynb."
    assert "0 of 2 exercises are solved." in repr(page)


def test_solved_tries_hints_and_what_is_next_are_told(pack):
    check("readiness-level", "3").hint(1)
    check("readiness-level", "2")
    page = progress_page()
    assert page.summary == ("1 of 2 exercises are solved, with 2 tries and 1 hint.",)
    assert page.next_step == "Next: role-pay-mix in exercises/3_role.ipynb."
    check("role-pay-mix", "a")
    assert "which you have begun; it has 3 more hints." in progress_page().next_step
    check("role-pay-mix", "c")
    assert "Hand back the file progress.sqlite" in progress_page().next_step


def test_tests_and_predictions_are_counted(pack):
    for name, verdict in (("before-01", "right"), ("before-02", "wrong"), ("before-02", "right")):
        record("item", name, verdict=verdict)
    record("prediction", "a-case", answer="3 days")
    assert progress_page().summary[1:] == (
        "Knowledge test before: 1 of 2 right.",
        "1 prediction made in cases.",
    )


def test_name_is_optional_and_comes_out_as_text(pack):
    check("readiness-level", "3")
    assert "<h3>Your progress</h3>" in progress_page()._repr_html_()
    html = progress_page("<script>浩</script>")._repr_html_()
    assert "Progress of &lt;script&gt;浩&lt;/script&gt;" in html
    assert "<script" not in html


def test_broken_file_is_told_and_not_raised(pack):
    progress_place().path.write_bytes(b"broken")
    assert "cannot be shown" in repr(progress_page("Ana"))


def test_outside_a_pack_the_page_says_so(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("KAMTOOLS_PROGRESS", raising=False)
    page = progress_page()
    assert "in no trainee's pack" in repr(page)
    assert len(page.lines) == len(EXERCISES)
