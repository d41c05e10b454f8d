"""A class of twelve works through the notebooks of a pack; what the view says is counted anew.

The answers of the class are written below. The notebooks' own cells check them, in a kernel;
`kam train collect` reads what they recorded. The figures are counted a second time from the
answers, in plain Python and without the package.
"""

import re
import tomllib
from collections import Counter
from itertools import combinations
from pathlib import Path
from statistics import correlation, fmean, median

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient

import kamtools
from kamtools.cli import main
from kamtools.publishing.kernels.provisioner import engine_options
from kamtools.training.courses import load_course
from kamtools.training.pack import make_pack

N_LEARNERS = 12
NOTEBOOKS = ("exercises/1_readiness.ipynb", "exercises/2_selection.ipynb")
FORMS = ("before", "after")

# exercise: the right answer, and wrong ones with their causes; None is no typical mistake
ANSWERS = {
    "readiness-level": ("2", [
        ("1", "overlooks that a system is filled in"),
        ("3", "takes filled-in fields for a record that helps"),
        ("5", "takes the best make for the best level"),
        ("7", None),
    ]),
    "readiness-first-gaps": (["living_record", "weights_first", "written_criteria"], [
        (["sponsor", "pay_fits", "own_offer"], None),
        (["weights_first", "written_criteria", "chosen_for_role"], "left the importance out"),
        (["weights_first", "written_criteria", "short_list"], "took the weakest dimension whole"),
    ]),
    "readiness-lower-target": (9, [
        (17, "counted at the usual target"),
        (10, "counted the unknown as gaps"),
        (3, None),
    ]),
    "readiness-other-firm": ("part-time", [
        ("one manager", "looked at the conditions alone"),
        ("a department", "takes a department for a cause, not a consequence"),
        ("none yet", "takes poor sales for no task"),
    ]),
    "selection-elite-size": (0.75, [
        (0.4, "read the correlation as a share of hits"),
        (0.1, None),
        (74, "wrote percent, not a share"),
        (0.26, "gave what is found, not what is missed"),
    ]),
    "selection-power-as-plus": ("b", [
        ("a", "takes a mark of key accounts for a benefit"),
        ("c", "let two readings cancel"),
        ("e", None),
    ]),
    "selection-newcomer": ("Meadow", [
        ("Harbour", "kept the first in place"),
        ("Tower", "looked at one criterion alone"),
        ("Nobody", None),
    ]),
    "selection-late-weights": ("d", [
        ("a", "fitted the weights to the wish"),
        ("b", "takes freezing for a ban on arguments"),
        ("c", "met the wish half-way"),
    ]),
}  # fmt: skip
PLACES = {exercise: place for place, exercise in enumerate(ANSWERS)}


def tries_of(learner, exercise):
    """Return the answers of a learner in order, each with its cause; "right" for the right one."""
    right, wrong = ANSWERS[exercise]
    place = PLACES[exercise]
    if learner == N_LEARNERS - 1 and place > 3:
        return []  # went home at noon
    n_wrong = (5 * learner + 3 * place) % 4
    tries = [wrong[(learner + place + number) % len(wrong)] for number in range(n_wrong)]
    is_solved = (learner + place) % 5 != 0
    return [*tries, (right, "right")] if is_solved else tries


def hints_of(learner, exercise, number):
    """Return the hints looked at after a try, by its number from 0; the last one tells nothing."""
    looks = (learner + PLACES[exercise]) % 3
    return [1] if looks == 1 and number == 0 else [1, 2] if looks == 2 and number == 1 else []


def runs_twice(learner, exercise):
    return (learner + PLACES[exercise]) % 4 == 0


def key_of(form):
    """Return the questions of a test by name, each with its right letter."""
    return {name: item["right"] for name, item in questions_of(form).items()}


def questions_of(form):
    place = Path(kamtools.__file__).parent / "learning/knowledge_items" / f"{form}.toml"
    told = tomllib.loads(place.read_text(encoding="utf-8"))["items"]
    return {f"{form}-{item['number']:02d}": item for item in told}


def letters_of(learner, form):
    """Return what a learner chooses in a test; the stronger learners come later."""
    chosen = {}
    for place, (name, right) in enumerate(key_of(form).items()):
        luck = (7 * place + 3 * learner + place * learner) % 10
        knows = luck < 3 + learner // 3 + (2 if form == "after" else 0)
        chosen[name] = right if knows else "abcd"[("abcd".index(right) + 1 + place % 3) % 4]
    return chosen


def check_of(cell):
    found = re.match(r'check\("([a-z-]+)"', cell.source.rstrip().split("\n")[-1])
    return found and found[1]


def as_learner(path, more=""):
    source = f'import os\nos.environ["KAMTOOLS_PROGRESS"] = {str(path)!r}\n{more}'
    return nbformat.v4.new_code_cell(source)


def code_of(notebook):
    return [cell for cell in nbformat.read(notebook, as_version=4).cells
            if cell.cell_type == "code"]  # fmt: skip


def exercises_for_class(notebook, files):
    """Return the cells of a notebook, its checks once for each answer of each learner.

    What comes after the last exercise of the script is left out.
    """
    cells, given = [], code_of(notebook)
    last = max(place for place, cell in enumerate(given) if check_of(cell) in ANSWERS)
    for cell in given[: last + 1]:
        exercise = check_of(cell)
        if exercise not in ANSWERS:
            cells.append(cell)
            continue
        for learner, path in enumerate(files):
            tries = tries_of(learner, exercise)
            if tries and runs_twice(learner, exercise):
                tries = [*tries, tries[-1]]
            for number, (answer, _) in enumerate(tries):
                cells += [as_learner(path, f"answer = {answer!r}"), cell]
                looks = [f"seen.hint({n})" for n in hints_of(learner, exercise, number)]
                if looks:
                    source = "\n".join(["seen = _", *looks, "None"])
                    cells.append(nbformat.v4.new_code_cell(source))
    return cells


def knowledge_for_class(notebook, files, form):
    """Return the cells of a knowledge test once for each learner, and what they choose."""
    cells = []
    for learner, path in enumerate(files):
        cells.append(as_learner(path))
        cells += code_of(notebook)
        cells.append(
            nbformat.v4.new_code_cell(
                f"for name, letter in {letters_of(learner, form)!r}.items():\n"
                "    _.questions[name].value = letter\n_.hand_in.click()"
            )
        )
    return cells


@pytest.fixture(scope="module")
def view(tmp_path_factory, warm_kernels):
    """Run the class; return the tables of its view by name, and its page as `said`."""
    folder = tmp_path_factory.mktemp("class")
    pack, back = folder / "pack", folder / "back"
    make_pack(load_course("one-day"), pack)
    files = [back / f"pc{learner:02d}" / "progress.sqlite" for learner in range(N_LEARNERS)]
    for file in files:
        file.parent.mkdir(parents=True)
    cells = [
        *knowledge_for_class(pack / "before.ipynb", files, "before"),
        *(cell for name in NOTEBOOKS for cell in exercises_for_class(pack / name, files)),
        *knowledge_for_class(pack / "after.ipynb", files, "after"),
    ]
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c.source) for c in cells])
    made.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    place = {"metadata": {"path": str(pack / "exercises")}}
    client = NotebookClient(
        made, timeout=120, resources=place, record_timing=False, **engine_options()
    )
    client.execute()
    with pytest.raises(SystemExit, match="0"):
        main(["train", "collect", str(back), "--out", str(folder / "view"), "--pack", str(pack)])
    tables = (folder / "view" / "tables").glob("*.csv")
    read = {file.stem: pd.read_csv(file, encoding="utf-8-sig") for file in tables}
    return read | {"said": (folder / "view" / "index.html").read_text(encoding="utf-8")}


def tried(exercise):
    """Return the tries of all who began an exercise."""
    of_all = [tries_of(learner, exercise) for learner in range(N_LEARNERS)]
    return [tries for tries in of_all if tries]


def n_hints(exercise):
    """Return the hints looked at before it was solved, each once a learner."""
    total = 0
    for learner in range(N_LEARNERS):
        tries = tries_of(learner, exercise)
        n_runs = len(tries) + bool(tries and runs_twice(learner, exercise))
        wrong_runs = [n for n in range(n_runs) if tries[min(n, len(tries) - 1)][1] != "right"]
        seen = {hint for number in wrong_runs for hint in hints_of(learner, exercise, number)}
        total += len(seen)
    return total


def test_nobody_is_left_out_and_every_exercise_is_there(view):
    assert len(view["learners"]) == N_LEARNERS
    assert "not_counted" not in view
    assert view["exercises"]["exercise"].tolist() == list(ANSWERS)


@pytest.mark.parametrize("exercise", ANSWERS)
def test_share_solved_tries_and_hints_are_those_of_the_script(view, exercise):
    row = view["exercises"].set_index("exercise").loc[exercise]
    n_solved = sum(tries[-1][1] == "right" for tries in tried(exercise))
    assert row.begun == len(tried(exercise))
    assert row.solved == n_solved
    assert row.share_solved == pytest.approx(n_solved / N_LEARNERS)
    assert row.median_tries == median(len(tries) for tries in tried(exercise))
    assert row.hints == n_hints(exercise)


@pytest.mark.parametrize("exercise", ANSWERS)
def test_commonest_wrong_answers_are_those_of_the_script(view, exercise):
    times, learners = Counter(), Counter()
    for tries in tried(exercise):
        wrong = [(as_text(answer), cause) for answer, cause in tries if cause != "right"]
        times.update(wrong)
        learners.update(set(wrong))
    table = view["wrong_answers"]
    shown = table[table["exercise"] == exercise]
    for row in shown.itertuples():
        cause = None if row.cause == "no typical mistake" else row.cause
        assert row.times == times[row.answer, cause]
        assert row.learners == learners[row.answer, cause]
    assert shown["learners"].tolist() == sorted(learners.values(), reverse=True)[:3]


def as_text(answer):
    return ", ".join(answer) if isinstance(answer, list) else str(answer)


def marks(form):
    """Return by learner which questions were right, as 1 and 0."""
    key = key_of(form)
    chosen = [letters_of(learner, form) for learner in range(N_LEARNERS)]
    return [[int(letters[name] == key[name]) for name in key] for letters in chosen]


def test_scores_and_their_gain_are_those_of_the_script(view):
    before, after = ([sum(row) for row in marks(form)] for form in FORMS)
    table = view["learners"]
    assert sorted(zip(table["before"], table["after"], strict=True)) == sorted(
        zip(before, after, strict=True)
    )
    assert table["gain"].mean() == pytest.approx(fmean(after) - fmean(before))


def test_interval_of_the_gain_holds_all_but_a_fortieth_of_the_subset_means(view):
    table = view["learners"]
    means = sorted(
        fmean(chosen) for size in range(1, N_LEARNERS + 1)
        for chosen in combinations(table["gain"], size)
    )  # fmt: skip
    outside = 2**N_LEARNERS // 40
    low, high = means[outside - 1], means[-outside]
    assert f"{low:+.1f} to {high:+.1f}" in view["said"]


@pytest.mark.parametrize("form", FORMS)
def test_difficulty_and_discrimination_are_those_of_the_script(view, form):
    right = marks(form)
    scores = [sum(row) for row in right]
    third = N_LEARNERS // 3
    upper = [row for row, score in zip(right, scores, strict=True)
             if score >= sorted(scores)[-third]]  # fmt: skip
    lower = [row for row, score in zip(right, scores, strict=True)
             if score <= sorted(scores)[third - 1]]  # fmt: skip
    table = view[f"items_{form}"].set_index("item")
    for place, name in enumerate(key_of(form)):
        item = [row[place] for row in right]
        assert table.share_right[name] == pytest.approx(fmean(item))
        if len(set(item)) == 1:
            assert pd.isna(table.item_rest[name])
            continue
        rest = [score - mark for score, mark in zip(scores, item, strict=True)]
        assert table.item_rest[name] == pytest.approx(correlation(item, rest))
        apart = fmean(row[place] for row in upper) - fmean(row[place] for row in lower)
        assert table.upper_lower[name] == pytest.approx(apart)


@pytest.mark.parametrize("form", FORMS)
def test_commonest_misconception_of_a_question_is_that_of_the_script(view, form):
    table = view[f"items_{form}"].set_index("item")
    for name, question in questions_of(form).items():
        chosen = Counter(letters_of(learner, form)[name] for learner in range(N_LEARNERS))
        del chosen[question["right"]]
        assert table.chose_it[name] == max(chosen.values(), default=0)
        named = {text: letter for letter, text in question["misconceptions"].items()}
        if chosen:
            shown = " ".join(table.misconception[name].split())
            letter = next(one for text, one in named.items() if " ".join(text.split()) == shown)
            assert chosen[letter] == max(chosen.values())
