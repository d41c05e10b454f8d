import pytest

from kamtools.errors import InputError
from kamtools.learning.case_dependence import dependence_list, read_dependence, with_dependence
from kamtools.learning.case_facts import fact_list, read_facts
from kamtools.learning.cases import case_names, case_table, load_case, read_case
from kamtools.power.dependence import middle_dependence
from kamtools.power.simulation_assumptions import default_simulation_assumptions

CASE = """[case]
name = "a-case"
title = "A case"
supplier = "S"
account = "A"
told_by = "the paper"
cannot = "It cannot say much."
"""
FACT = """[[facts]]
name = "notice"
value = [0.5, 1]
unit = "months"
date = "2017-04-03"
address = "https://example.org/a"
grade = "B"
whose = "the paper"
"""
DEPENDENCE = """[[dependence]]
side = "supplier"
part = "revenue"
stake = [0.6, 0.7, 0.8]
availability = [0.25, 0.25, 0.25]
whose = "us"
basis = "assumed"
why = "nobody says"

[[dependence]]
side = "account"
part = "spend"
stake = [0.45, 0.45, 0.45]
availability = [0.6, 0.6, 0.6]
whose = "us"
basis = "published"
facts = ["notice"]
why = "as the paper says"
"""


def without(text, key):
    """Return the text without the line that gives a key."""
    return "\n".join(line for line in text.splitlines() if not line.startswith(f"{key} ="))


def test_a_case_holds_facts_and_dependence():
    case = read_case(CASE + FACT + DEPENDENCE)
    assert case.told_by == "the paper"
    assert case.facts.loc[0, ["low", "high", "whose"]].tolist() == [0.5, 1.0, "the paper"]
    assert case.facts["middle"].isna().all()
    assert not case.facts["told_after"].any()


def test_dependence_of_a_case_is_read_as_that_of_a_real_account():
    # methods 0.4: dependences .525 and .180
    table = middle_dependence(read_dependence(CASE + FACT + DEPENDENCE))
    assert table.loc["a-case"].round(3).tolist() == [0.525, 0.18, 0.345, 0.705]


@pytest.mark.parametrize("key", ["value", "unit", "date", "address", "grade", "whose", "name"])
def test_a_fact_that_lacks_something_is_refused(key):
    words = {"whose": "no word on whose it is"}.get(key, f"no {key}")
    with pytest.raises(InputError, match=words):
        read_facts(without(FACT, key))


def test_all_faults_of_all_facts_are_told_at_once():
    broken = without(without(FACT, "grade"), "value") + "\n" + without(FACT, "address")
    with pytest.raises(InputError) as error:
        read_facts(broken)
    assert str(error.value).splitlines() == [
        "facts.toml has facts that cannot be used:",
        "  notice: no grade",
        "  notice: no value",
        "  notice: no address",
        "  notice: stands twice",
    ]


@pytest.mark.parametrize("value", ["[2, 1]", "[]", "[1, 2, 3, 4]", '"many"', "true"])
def test_a_value_that_is_no_range_is_refused(value):
    with pytest.raises(InputError, match="value must be a number, or low and high"):
        read_facts(FACT.replace("[0.5, 1]", value))


def test_a_text_goes_without_a_value_and_nothing_else_does():
    told = without(FACT, "value").replace('"months"', '"text"') + "\n"
    with pytest.raises(InputError, match="the unit text needs a text and no value"):
        read_facts(told)
    with pytest.raises(InputError, match="the unit text needs a text and no value"):
        read_facts(told + 'text = "early"\nvalue = 1')
    facts = read_facts(told + 'text = "early"')
    assert facts["low"].isna().all()
    assert fact_list(facts)["said"].tolist() == ["early"]


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [("[0.5, 1]", "months", "0.5 to 1 months"), ("36", "EUR million", "EUR 36 million"),
     ("2036", "number of furnaces", "2,036 furnaces"), ("4", "number", "4"),
     ("0.506", "share of revenue", "0.506 share of revenue")],
)  # fmt: skip
def test_a_fact_is_shown_with_its_unit(value, unit, said):
    facts = read_facts(FACT.replace("[0.5, 1]", value).replace('"months"', f'"{unit}"'))
    assert fact_list(facts)["said"].tolist() == [said]


def test_a_file_without_facts_or_that_is_no_toml_is_refused():
    with pytest.raises(InputError, match=r"facts\.toml has no facts"):
        read_facts(CASE)
    with pytest.raises(InputError, match=r"facts\.toml cannot be read: .*line 1"):
        read_facts("[[facts]")


@pytest.mark.parametrize("key", ["title", "cannot", "told_by"])
def test_a_case_says_what_it_is_and_what_it_cannot_say(key):
    with pytest.raises(InputError, match=rf"table case: no {key}"):
        read_case(without(CASE, key) + "\n" + FACT + DEPENDENCE)


@pytest.mark.parametrize("key", ["stake", "availability", "whose", "basis", "why", "part"])
def test_an_estimate_that_lacks_something_is_refused(key):
    with pytest.raises(InputError, match=rf"dependence .*: no {key}"):
        read_dependence(CASE + FACT + without(DEPENDENCE, key))


@pytest.mark.parametrize(
    ("old", "new", "match"),
    [('facts = ["notice"]', "facts = []", "names the facts that it rests on"),
     ('facts = ["notice"]', 'facts = ["stock"]', "there is no fact 'stock'"),
     ('"assumed"', '"guessed"', "basis must be published, judged and assumed; got guessed"),
     ("[0.6, 0.7, 0.8]", "[0.6, 0.8]", "stake needs low, middle and high"),
     ("[0.6, 0.7, 0.8]", "[0.8, 0.7, 0.6]", "stake needs 0 ≤ low ≤ middle ≤ high ≤ 1")],
)  # fmt: skip
def test_an_estimate_that_rests_on_nothing_is_refused(old, new, match):
    with pytest.raises(InputError, match=match):
        read_dependence(CASE + FACT + DEPENDENCE.replace(old, new))


def test_estimates_are_shown_as_ranges_with_their_basis():
    shown = dependence_list(read_dependence(CASE + FACT + DEPENDENCE))
    assert shown["stake"].tolist() == ["0.60,\xa00.70,\xa00.80", "0.45,\xa00.45,\xa00.45"]
    assert shown["source"].tolist() == ["nobody says", "notice; as the paper says"]


def test_the_simulation_starts_from_where_the_case_stands():
    before = default_simulation_assumptions()
    inputs = read_dependence(CASE + FACT + DEPENDENCE)
    table = with_dependence(before, inputs).set_index("assumption")
    assert table.loc["supplier_stake", ["low", "value", "high"]].tolist() == [0.6, 0.7, 0.8]
    assert table.loc["account_availability", "value"] == 0.6
    assert before.equals(default_simulation_assumptions())


def test_the_simulation_refuses_a_case_of_several_parts():
    inputs = read_dependence(CASE + FACT + DEPENDENCE + DEPENDENCE.replace('"spend"', '"shoppers"')
                             .replace('"revenue"', '"equipment"'))  # fmt: skip
    with pytest.raises(InputError, match="one part on each side; got supplier: revenue, account"):
        with_dependence(default_simulation_assumptions(), inputs)


def test_cases_go_by_the_names_of_their_folders(tmp_path):
    (tmp_path / "a-case").mkdir()
    (tmp_path / "a-case" / "facts.toml").write_text(CASE + FACT + DEPENDENCE, encoding="utf-8")
    (tmp_path / "no-case").mkdir()
    assert case_names(tmp_path) == ["a-case"]
    assert load_case("a-case", folder=tmp_path).title == "A case"
    with pytest.raises(InputError, match=r"no case 'no-case'; did you mean a-case.*Known: a-case"):
        load_case("no-case", folder=tmp_path)


def test_a_case_may_be_about_something_else_than_power():
    case = read_case(CASE + FACT)
    assert case.dependence.empty
    assert list(case.dependence) == list(read_case(CASE + FACT + DEPENDENCE).dependence)
    assert dependence_list(case.dependence).empty


def test_a_table_of_assumptions_is_read_from_the_data_of_its_case(tmp_path):
    (tmp_path / "a-case" / "data").mkdir(parents=True)
    (tmp_path / "a-case" / "facts.toml").write_text(CASE + FACT, encoding="utf-8")
    (tmp_path / "a-case" / "data" / "hours.csv").write_text("who,hours\nLi,5\n", encoding="utf-8")
    table = case_table("a-case", "hours.csv", folder=tmp_path)
    assert table.to_dict("list") == {"who": ["Li"], "hours": [5]}
    with pytest.raises(InputError, match=r"the case a-case has no table data/days\.csv"):
        case_table("a-case", "days.csv", folder=tmp_path)


def test_the_cases_of_the_package_are_found():
    assert "haohan-peihui" in case_names()
