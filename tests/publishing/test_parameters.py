import pytest

from kamtools.errors import InputError
from kamtools.publishing.parameters import check, declared, effective

CELL = """\
engagement: str = "sample"  # folder
top: int = 12  # how many; more = slower, a=b
threshold: float = 0.5
weights = "default"  # equal, or margin=3, growth=2
roll_up: bool = True
limit: int | None = None
segments: list[str] = []
method: "str" = "topsis"
"""


@pytest.fixture
def known(notebook):
    return {"selection": declared(notebook([("code", CELL, ["parameters"])]))}


def test_every_parameter_is_found_whatever_its_comment_holds(known):
    assert list(known["selection"]) == [
        "engagement", "top", "threshold", "weights", "roll_up", "limit", "segments", "method",
    ]  # fmt: skip
    assert known["selection"]["weights"].types == ("str",)


def test_notebook_without_a_parameters_cell_has_none(notebook):
    assert declared(notebook([("code", "top = 1")])) == {}


@pytest.mark.parametrize(
    ("name", "given", "expected"),
    [
        ("top", "20", 20),
        ("top", 20, 20),
        ("threshold", "0.25", 0.25),
        ("threshold", 1, 1.0),
        ("weights", "margin=3, growth=2", "margin=3, growth=2"),
        ("weights", "12", "12"),
        ("roll_up", "false", False),
        ("limit", "5", 5),
        ("limit", "none", None),
        ("limit", None, None),
        ("segments", "['a', 'b']", ["a", "b"]),
    ],
)
def test_value_is_read_as_the_type_the_notebook_declares(known, name, given, expected):
    value = check({name: given}, known)["selection"][name]
    assert value == expected
    assert type(value) is type(expected)


@pytest.mark.parametrize(
    ("name", "given", "message"),
    [
        ("top", "many", "top: saw 'many'; expected a whole number, as in 12"),
        ("top", "2.5", "expected a whole number"),
        ("top", True, "expected a whole number"),
        ("threshold", "high", "expected a number"),
        ("weights", 3, "expected text, as in 'default'"),
        ("roll_up", "maybe", "expected true or false"),
        ("limit", "x", "expected a whole number or nothing"),
        ("segments", "{'a': 1}", "expected a list"),
        ("tpo", "3", "tpo: no such parameter of selection; did you mean top\\? Known: limit"),
        ("zzzz", "3", "zzzz: no such parameter of selection; Known: limit, method"),
        ("engagement", "x", "engagement: is the folder of the run"),
    ],
)
def test_what_does_not_fit_is_refused(known, name, given, message):
    with pytest.raises(InputError, match=message):
        check({name: given}, known)


def test_all_problems_are_told_at_once(known):
    with pytest.raises(InputError) as caught:
        check({"tpo": 1, "top": "x"}, known)
    assert len(str(caught.value).splitlines()) == 2


def test_each_notebook_gets_the_parameters_it_knows(known, notebook):
    role = declared(notebook([("code", "seed: int = 1", ["parameters"])]))
    values = check({"top": "3", "seed": "4"}, known | {"role": role})
    assert values == {"selection": {"top": 3}, "role": {"seed": 4}}


def test_type_that_a_run_cannot_set_is_refused(notebook):
    known = {"n": declared(notebook([("code", "day: date = '2024'", ["parameters"])]))}
    with pytest.raises(InputError, match="its type in the notebook, date, is none"):
        check({"day": "2024-01-01"}, known)


def test_effective_values_are_the_given_ones_else_the_defaults(known):
    values = effective(known["selection"], {"top": 3})
    assert (values["top"], values["threshold"]) == (3, 0.5)
