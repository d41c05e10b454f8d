import datetime
import hashlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kamtools.decision_log import FILE, START, append_entry, canonical, read_log, sha256_of
from kamtools.errors import InputError

DAY = datetime.date(2024, 12, 2)
jsons = st.recursive(
    st.booleans() | st.integers(-1000, 1000) | st.floats(-1e6, 1e6) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=6,
)


def add(folder, *, by="Li Wei", date=DAY, **content):
    return append_entry(folder, kind="weights frozen", by=by, date=date, content=content)


def rewrite(folder, change):
    """Change the lines of the log as someone with an editor would."""
    path = folder / FILE
    lines = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join(change(lines)) + "\n", encoding="utf-8")


@pytest.fixture
def three(tmp_path):
    for number in range(3):
        add(tmp_path, number=number)
    return tmp_path


def test_hash_of_an_entry_is_that_of_its_canonical_text(tmp_path):
    # FIPS 180-4 through hashlib, over the text that the documentation states.
    entry = add(tmp_path, margin=0.5)
    text = (
        '{"by":"Li Wei","content":{"margin":0.5},"date":"2024-12-02","kind":"weights frozen",'
        f'"number":1,"previous":"{START}"}}'
    )
    assert entry.hash == hashlib.sha256(text.encode()).hexdigest()


def test_entries_come_back_as_they_were_added(three):
    log = read_log(three)
    assert [entry.content["number"] for entry in log.entries] == [0, 1, 2]
    assert log.entries[0].date == DAY
    assert log.faults == ()


def test_each_entry_carries_the_hash_of_the_one_before(three):
    first, second, _ = read_log(three).entries
    assert first.previous == START
    assert second.previous == first.hash


def test_engagement_without_a_log_has_an_empty_one(tmp_path):
    assert read_log(tmp_path).entries == ()


def test_names_of_any_script_stay_readable(tmp_path):
    add(tmp_path, by="陈庚春", note="bĳ \u2028 the end")
    assert read_log(tmp_path).entries[0].by == "陈庚春"
    assert read_log(tmp_path).faults == ()
    assert "陈庚春" in (tmp_path / FILE).read_text(encoding="utf-8")


def test_earlier_lines_are_not_touched_when_one_is_added(three):
    before = (three / FILE).read_bytes()
    add(three, number=3)
    assert (three / FILE).read_bytes().startswith(before)


def test_line_whose_end_an_editor_took_off_is_not_glued_to_the_next(three):
    path = three / FILE
    path.write_bytes(path.read_bytes().rstrip(b"\n"))
    add(three, number=3)
    assert len(read_log(three).entries) == 4


@pytest.mark.parametrize(
    ("change", "row", "seen"),
    [
        (lambda x: [x[0], x[1].replace("Li Wei", "Li Fei"), x[2]], 2, "changed after it was"),
        (lambda x: [x[0], x[1].replace('"number":1}', '"number":7}'), x[2]], 2, "changed after"),
        (lambda x: [x[0], x[2]], 2, "entry 3 behind another"),
        (lambda x: x[1:], 1, "entry 2 behind another"),
        (lambda x: [x[0], x[0], *x[1:]], 2, "entry 1 behind another"),
        (lambda x: [x[1], x[0], x[2]], 1, "entry 2 behind another"),
    ],
)
def test_later_edit_shows_at_its_row(three, change, row, seen):
    rewrite(three, change)
    fault = read_log(three).faults[0]
    assert (fault.file, fault.row) == (FILE, row)
    assert seen in fault.seen


def test_entry_forged_with_a_right_hash_of_its_own_still_breaks_the_chain(three):
    def forge(lines):
        record = json.loads(lines[1])
        del record["hash"]
        record["by"] = "Nobody"
        return [lines[0], canonical({**record, "hash": sha256_of(record)}), lines[2]]

    rewrite(three, forge)
    assert [fault.row for fault in read_log(three).faults] == [3]


@given(jsons)
def test_canonical_text_is_json_of_the_same_value(value):
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(max_size=4), st.integers(), min_size=2, max_size=5))
def test_hash_ignores_the_order_of_keys(mapping):
    turned = dict(reversed(mapping.items()))
    assert sha256_of(turned) == sha256_of(mapping)


def test_log_that_was_changed_takes_no_more_entries(three):
    rewrite(three, lambda lines: lines[1:])
    before = (three / FILE).read_bytes()
    with pytest.raises(InputError, match=r"changed after it was written; nothing is added"):
        add(three)
    assert (three / FILE).read_bytes() == before


@pytest.mark.parametrize("line", ["", "not json", "[1]", '{"number":1}', '{"a":NaN}'])
def test_line_that_is_no_entry_is_refused_with_its_row(three, line):
    rewrite(three, lambda lines: [*lines, line])
    with pytest.raises(InputError, match=rf"{FILE}, row 4: saw"):
        read_log(three)


def test_date_before_the_last_entry_is_refused(three):
    with pytest.raises(InputError, match="of 2024-12-02; got the earlier date 2024-12-01"):
        add(three, date=DAY - datetime.timedelta(days=1))


def test_decision_without_a_name_is_refused(tmp_path):
    with pytest.raises(InputError, match="needs its 'by'; got a blank"):
        add(tmp_path, by="  ")


def test_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="there is no engagement folder"):
        add(tmp_path / "elsewhere")


@pytest.mark.parametrize("value", [float("nan"), {1, 2}])
def test_what_is_no_json_is_refused(tmp_path, value):
    with pytest.raises(InputError, match="only texts and finite numbers"):
        add(tmp_path, value=value)
    assert not (tmp_path / FILE).exists()


def test_content_is_not_modified(tmp_path):
    content = {"b": 1, "a": [2]}
    append_entry(tmp_path, kind="x", by="y", date=DAY, content=content)
    assert content == {"b": 1, "a": [2]}
