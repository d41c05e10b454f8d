import itertools
import re
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from kamtools.errors import InputError
from kamtools.learning.exercises import EXERCISES
from kamtools.learning.knowledge_items import CHAPTERS, FORMS, items, read_items
from kamtools.power.bargaining import nash_split
from kamtools.power.dependence import middle_dependence
from kamtools.power.exposure import loss_if_gone
from kamtools.power.zones import ZONES, zone_numbers
from kamtools.role.headcount import headcount
from kamtools.selection.profitability import profit_by_account

REPOSITORY = Path(__file__).resolve().parent.parent.parent
ENDS = ("low", "high")
PER_CHAPTER = {1: 2, 2: 5, 3: 2, 4: 5, 5: 1}
PER_LEVEL = {"knows": 3, "applies": 7, "judges": 5}
PAIRS = list(zip(*map(items, FORMS), strict=True))
ALL = [item for form in FORMS for item in items(form)]
SHIPPED = {
    name: (REPOSITORY / "kamtools/learning/knowledge_items" / f"{name}.toml").read_text("utf-8")
    for name in (*FORMS, "blueprint")
}


def ids(item):
    return item.id


def read(text=SHIPPED["before"], blueprint=SHIPPED["blueprint"]):
    return read_items(text, form="before", blueprint=blueprint)


def number(item):
    """Return the first number of the right option."""
    found = re.search(r"[+−]?[\d.,]*\d", item.options[item.right])[0]
    return float(found.replace("−", "-").replace(",", ""))


def chapter_text(item):
    (path,) = (REPOSITORY / "playbook").glob(f"{item.chapter}-*.md")
    return path.read_text(encoding="utf-8")


def test_the_forms_cover_the_blueprint_alike():
    for form in FORMS:
        assert Counter(item.chapter for item in items(form)) == PER_CHAPTER
        assert Counter(item.level for item in items(form)) == PER_LEVEL
        assert [item.chapter for item in items(form)] == sorted(i.chapter for i in items(form))
    assert set(PER_CHAPTER) == set(CHAPTERS)


def test_each_question_has_its_pair_and_asks_for_the_same_at_the_same_level():
    for before, after in PAIRS:
        assert (before.pair, after.pair) == (after.id, before.id)
        for name in ("idea", "aim", "claim", "chapter", "heading", "level"):
            assert getattr(before, name) == getattr(after, name)


def test_both_questions_of_a_pair_offer_mostly_the_same_misconceptions():
    for before, after in PAIRS:
        shared = set(before.misconceptions.values()) & set(after.misconceptions.values())
        assert len(shared) >= 2, before.id


def test_each_question_is_of_a_firm_of_its_own():
    firms = [set(re.findall(r"\b[A-Z]\w+ [A-Z]\w+\b", item.stem)) for item in ALL]
    assert all(firms)
    assert sum(map(len, firms)) == len(set.union(*firms))


def test_both_questions_of_a_pair_are_about_as_long():
    for before, after in PAIRS:
        assert 0.8 < len(before.stem) / len(after.stem) < 1.25, before.id


@pytest.mark.parametrize("form", FORMS)
def test_the_right_answer_cannot_be_told_by_place_or_length(form):
    asked = items(form)
    places = Counter(item.right for item in asked)
    assert sorted(places.values()) == [3, 4, 4, 4]
    runs = [len(list(run)) for _, run in itertools.groupby(item.right for item in asked)]
    assert max(runs) <= 2
    for extreme in (max, min):
        ends = 0
        for item in asked:
            sizes = {letter: len(text) for letter, text in item.options.items()}
            end = extreme(sizes.values())
            is_alone = list(sizes.values()).count(end) == 1
            ends += is_alone and sizes[item.right] == end
        assert ends <= len(asked) / 3


def test_the_right_letter_of_a_pair_is_another_one_in_each_form():
    assert all(before.right != after.right for before, after in PAIRS)


@pytest.mark.parametrize("item", ALL, ids=ids)
def test_a_question_is_built_by_the_rules(item):
    assert 20 <= len(item.stem.split()) <= 70
    assert item.stem.endswith("?")
    sizes = [len(text) for text in item.options.values()]
    assert max(sizes) <= 1.25 * min(sizes) + 2
    told = " ".join([item.stem, *item.options.values()]).lower()
    assert not re.search(r"all of the|none of the|not true|except\b|which is wrong", told)
    causes = [*item.misconceptions.values()]
    assert len(set(causes)) == 3
    assert all(2 <= len(cause.split()) <= 12 and cause[0].islower() for cause in causes)
    assert 1 <= len(re.findall(r"[.:!?](?:\s|$)", item.lesson)) <= 4
    assert len(item.lesson.split()) <= 45


@pytest.mark.parametrize("item", items("before"), ids=ids)
def test_what_a_pair_rests_on_stands_in_the_chapter(item):
    text = chapter_text(item)
    assert re.search(rf"^###? {re.escape(item.heading)}$", text, re.MULTILINE)
    named = {int(first) for first in re.findall(r"\bE(\d+)\b", text)}
    spans = re.findall(r"\bE(\d+)–E(\d+)\b", text.split("\n## ", 1)[1])
    named |= {n for low, high in spans for n in range(int(low), int(high) + 1)}
    assert int(item.claim[1:]) in named


@pytest.mark.parametrize("item", ALL, ids=ids)
def test_a_question_is_no_exercise(item):
    paths = [*(REPOSITORY / "notebooks").rglob("*.ipynb"), *(REPOSITORY / "playbook").glob("*.md")]
    taught = " ".join(path.read_text(encoding="utf-8") for path in paths)
    taught += " ".join(repr(exercise) for exercise in EXERCISES.values())
    for sentence in re.split(r"(?<=[.?!]) ", item.stem):
        if len(sentence.split()) > 8 and "stake × (1 − availability" not in sentence:
            assert sentence not in taught


def known_exactly(stake, availability, side):
    told = {"account_id": "X", "side": side, "part": "all", "stake": stake,
            "availability": availability}  # fmt: skip
    ends = {f"{name}_{end}": told[name] for name in ("stake", "availability") for end in ENDS}
    return told | ends


@pytest.mark.parametrize(
    ("form", "first", "second", "an_hour"),
    [("before", ("South", 0.8e6, 0.25, 500), ("North", 2.0e6, 0.20, 5_000), 60),
     ("after", ("Oak", 0.9e6, 0.20, 600), ("Elm", 1.5e6, 0.30, 7_000), 50)],
)  # fmt: skip
def test_the_profit_after_service_is_the_right_one(form, first, second, an_hour):
    table = pd.DataFrame([first, second], columns=["account_id", "revenue", "rate", "hours"])
    table = table.set_index("account_id").assign(margin=lambda t: t["revenue"] * t["rate"])
    profit = profit_by_account(table, table["hours"] * an_hour)["profit"]
    item = items(form)[3]
    assert item.options[item.right].startswith(profit.idxmax())
    assert number(item) == pytest.approx(profit.max() - profit.min())


@pytest.mark.parametrize(
    ("form", "hours", "year", "share", "words"),
    [("before", 5_000, 1_800, 0.60, "Five"), ("after", 5_750, 1_600, 0.55, "Seven")],
)
def test_the_number_of_managers_is_the_right_one(form, hours, year, share, words):
    table = pd.DataFrame({"tier": ["key"], "hours": [hours], "hours_low": [hours],
                          "hours_high": [hours], "source": ["log"]})  # fmt: skip
    need = headcount(table, hours_per_year=year, share_for_accounts=share, seed=1)
    item = items(form)[7]
    assert need.managers == {"Five": 5, "Seven": 7}[words]
    assert item.options[item.right] == f"{words} managers"


@pytest.mark.parametrize(
    ("form", "ours", "theirs"),
    [("before", (0.60, 0.50), (0.50, 0.80)), ("after", (0.80, 0.50), (0.40, 0.25))],
)
def test_the_imbalance_is_the_right_one(form, ours, theirs):
    inputs = pd.DataFrame([known_exactly(*ours, "supplier"), known_exactly(*theirs, "account")])
    imbalance = middle_dependence(inputs).loc["X", "power_imbalance"]
    item = items(form)[9]
    assert number(item) == pytest.approx(imbalance)
    assert "the account is the stronger" in item.options[item.right]
    for value in (*ours, *theirs):
        assert f"{value:.2f}" in item.stem


@pytest.mark.parametrize(
    ("form", "first", "second"),
    [("before", (0.65, 0.60), (0.20, 0.15)), ("after", (0.70, 0.60), (0.22, 0.12))],
)
def test_the_first_account_is_interlocked_and_the_second_loose(form, first, second):
    pairs = np.array([first, second])
    zones = zone_numbers(pairs[:, 0] - pairs[:, 1], pairs.sum(axis=1))
    assert [ZONES[zone] for zone in zones] == ["interlocked", "loose"]
    item = items(form)[10]
    assert "first fits better" in item.options[item.right]


@pytest.mark.parametrize(
    ("form", "revenue", "margin", "fixed"),
    [("before", (4, 36), (1, 11), 10), ("after", (6, 54), (1.2, 16.8), 15)],
)
def test_the_loss_of_profit_is_the_right_one(form, revenue, margin, fixed):
    accounts = pd.DataFrame({"revenue": revenue, "margin": margin}, index=["it", "others"])
    accounts = accounts.rename_axis("account_id").astype(float)
    gone = loss_if_gone(accounts, fixed_costs=float(fixed)).loc["it"]
    assert number(items(form)[11]) == pytest.approx(-100 * gone["profit_change"])


@pytest.mark.parametrize(("form", "pie", "meanwhile"), [("before", 100, 30), ("after", 200, 40)])
def test_the_split_is_the_right_one(form, pie, meanwhile):
    split = nash_split(pie, supplier_inside=meanwhile, account_inside=0)
    assert number(items(form)[12]) == pytest.approx(float(split))


def test_a_form_that_there_is_not_is_refused():
    with pytest.raises(InputError, match="no knowledge test 'between'"):
        items("between")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('right = "b"', 'right = "e"', "right: saw 'e'; expected one of a, b, c, d"),
        ('right = "b"', 'right = "a"', "misconceptions: saw a, c, d; expected a text for each"),
        ("number = 1\n", "number = 2\n", "expected each number from 1 to 15 once, in order"),
        ("number = 1\n", 'number = "1"\n', "number: saw '1'; expected a whole number"),
        ("lesson = ", "lessons = ", "lessons: saw an unknown key"),
        ("number = 1\n", "number = 1\nnumber = 1\n", "expected TOML"),
    ],
)
def test_a_fault_of_a_question_is_named(old, new, says):
    with pytest.raises(InputError, match=re.escape(says)):
        read(SHIPPED["before"].replace(old, new, 1))


def test_all_faults_of_both_files_are_named_in_one_go():
    text = SHIPPED["before"].replace('right = "b"', 'right = "e"', 1).replace("number = 9", "a = 9")
    blueprint = SHIPPED["blueprint"].replace('"E11"', '"E99"').replace('"judges"', '"guesses"', 1)
    with pytest.raises(InputError) as caught:
        read(text, blueprint)
    places = {(fault.file, fault.column) for fault in caught.value.faults}
    assert {("blueprint.toml", "pair 1, claim"), ("blueprint.toml", "pair 1, level"),
            ("before.toml", "item 1, right"), ("before.toml", "items 9, number"),
            ("before.toml", "items 9, a"), ("before.toml", "items")} <= places  # fmt: skip


@pytest.mark.parametrize("text", ["items = 3", "items = [1]", "", "items = [", "x = 1\nitems = []"])
def test_a_file_of_another_shape_is_refused(text):
    with pytest.raises(InputError, match="before"):
        read(text)


def test_two_options_that_read_alike_are_refused():
    alike = SHIPPED["before"].replace('a = "South, by 70,000', 'a = "North, by 200,000', 1)
    with pytest.raises(InputError, match="item 4, options: saw the same twice"):
        read(alike)
