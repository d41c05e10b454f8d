import pytest

from kamtools.errors import InputError
from kamtools.training.courses import course_names, list_courses, load_course

SMALL = """
[course]
name = "small"
title = "A small course"
group = [2, 8]
before = ["Chairs"]

[[sessions]]
title = "The morning"
starts = "09:00"
ends = "10:30"
minutes = 90

[[units]]
session = 1
key = "readiness"
title = "Are we ready?"
kind = "notebook"
minutes = 60
aims = ["Give a level"]
materials = ["Pack"]
notebooks = ["readiness"]
exercises = ["readiness-level"]
slides = "readiness"

[[units]]
session = 1
key = "coffee"
title = "Coffee"
kind = "break"
minutes = 15

[[units]]
session = 1
key = "haohan"
title = "A case"
kind = "case"
minutes = 15
aims = ["Decide"]
cases = ["haohan-peihui"]
"""


@pytest.fixture
def read(tmp_path):
    """Return a function that reads the small course, with texts in it replaced."""

    def load(*changes):
        text = SMALL
        for old, new in changes:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / "small.toml").write_text(text, encoding="utf-8")
        return load_course("small", tmp_path)

    return load


def test_course_is_read_with_its_sessions_and_units_in_order(read):
    course = read()
    assert (course.title, course.group, course.before) == ("A small course", (2, 8), ("Chairs",))
    assert [session.minutes for session in course.sessions] == [90]
    assert [unit.key for unit in course.units] == ["readiness", "coffee", "haohan"]
    assert course.units[0].notebooks == ("readiness",)
    assert course.units[1].aims == ()


def test_units_begin_when_those_before_them_end(read):
    assert read().starts() == ["09:00", "10:00", "10:15"]


def test_units_of_a_session_without_a_clock_have_no_time(read):
    course = read(('starts = "09:00"\nends = "10:30"\n', ""))
    assert course.starts() == ["", "", ""]


def test_name_that_several_units_give_is_told_once(read):
    course = read(('cases = ["haohan-peihui"]', 'cases = ["haohan-peihui", "haohan-peihui"]'))
    assert course.all_of("cases") == ["haohan-peihui"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('name = "small"', 'name = "large"', "name is 'large', and the file's name is 'small'"),
        ("group = [2, 8]", "group = [8, 2]", "smallest and the largest number of people"),
        ('before = ["Chairs"]', 'before = "Chairs"', "before must be a list of texts; got"),
        ("minutes = 90", "minutes = 91", "from 09:00 to 10:30 are 90 minutes, and minutes is 91"),
        ("minutes = 60", "minutes = 61", "minutes is 90, and its units add up to 91"),
        ('starts = "09:00"', 'starts = "9 am"', "starts must be a time such as 08:30; got '9 am'"),
        ('starts = "09:00"\n', "", "expected both starts and ends, or neither"),
        ("minutes = 60", "minutes = true", "minutes must be a whole number above 0; got True"),
        ("session = 1", "session = 2", "session must be from 1 to 1; got 2"),
        ('key = "coffee"', 'key = "readiness"', "the key 'readiness' stands twice"),
        ('key = "coffee"', 'key = "../coffee"', "key must be small letters, digits and hyphens"),
        ('kind = "break"', 'kind = "nap"', "kind must be one of"),
        ('kind = "break"', 'kind = "talk"', "no aims"),
        ('kind = "case"', 'kind = "game"', "of the kind game, and it names no scenarios"),
        ('kind = "case"', 'kind = "break"', "a break has no aims, cases"),
        ('["readiness"]', '["readyness"]', "notebooks: there is no 'readyness'; did you mean"),
        ('["readiness-level"]', '["level-9"]', "exercises: there is no 'level-9'"),
        ('["haohan-peihui"]', '["haohan"]', "cases: there is no 'haohan'; did you mean 'haohan-p"),
        ('slides = "readiness"', 'slides = "ready"', "slides: there is no 'ready'"),
        ('slides = "readiness"', 'tests = ["during"]', "tests: there is no 'during'"),
        ('slides = "readiness"', 'scenarios = ["x"]', "scenarios: there is no 'x'"),
        ("aims =", "goals =", "there is no 'goals'"),
        ('title = "Coffee"\n', "", "unit 2 (coffee): no title"),
        ("[course]", "[about]", "course: expected a table"),
    ],
)  # fmt: skip
def test_fault_is_refused_with_its_place(read, old, new, fault):
    with pytest.raises(InputError) as refused:
        read((old, new))
    assert fault in str(refused.value)


def test_all_faults_of_a_file_come_in_one_go(read):
    with pytest.raises(InputError) as refused:
        read(("minutes = 60", "minutes = 50"), ('"readiness-level"', '"x"'), ('"break"', '"nap"'))
    assert str(refused.value).count("\n") == 3


def test_sessions_must_follow_one_another(read):
    second = '\n[[sessions]]\ntitle = "Later"\nminutes = 15\n\n[[units]]\n'
    with pytest.raises(InputError, match="one after the other"):
        read(
            ("\n[[units]]\n", second),
            ("minutes = 90", "minutes = 75"), ("10:30", "10:15"),
            ("session = 1", "session = 2"), ("minutes = 60", "minutes = 15"),
            ("minutes = 15\n\n[[units]]\nsession = 1\nkey = \"haohan\"",
             "minutes = 60\n\n[[units]]\nsession = 1\nkey = \"haohan\""),
        )  # fmt: skip


@pytest.mark.parametrize("content", [b"[course", b"\xff\xfe", b"", b"units = 3", b"course = []"])
def test_what_is_no_course_is_refused(tmp_path, content):
    (tmp_path / "odd.toml").write_bytes(content)
    with pytest.raises(InputError, match=r"^odd\.toml can"):
        load_course("odd", tmp_path)


def test_path_is_never_the_name_of_a_course(tmp_path):
    with pytest.raises(InputError, match="no course"):
        load_course("../one-day", tmp_path)


def test_courses_of_a_folder_are_listed_from_a_to_z(read, tmp_path):
    read()
    (tmp_path / "small-too.toml").write_text(SMALL.replace('"small"', '"small-too"'))
    assert course_names(tmp_path) == ["small", "small-too"]
    listed = list_courses(tmp_path).set_index("name")
    assert listed.loc["small-too"].tolist() == ["A small course", 2, 8, 1, 90]
