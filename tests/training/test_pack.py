"""The trainee pack: whole, the same each time, and without a word of any answer."""

import ast
import hashlib
import json
import re
import socket
import tomllib
import zipfile
from dataclasses import replace

import nbformat
import pytest
from nbclient import NotebookClient

from kamtools import engagement as engagements
from kamtools.errors import InputError
from kamtools.learning.cases import case_folder, case_names, load_case, read_case
from kamtools.learning.exercises import EXERCISES
from kamtools.learning.knowledge_items import items
from kamtools.publishing.catalogue import available, notebooks_folder
from kamtools.publishing.kernels.provisioner import engine_options
from kamtools.samples import company
from kamtools.training.courses import load_course
from kamtools.training.pack import make_pack, pack_files
from kamtools.training.pack_place import find_pack

pytestmark = pytest.mark.usefixtures("warm_kernels")
WORD = re.compile(r"\w+")
WORDS_IN_A_ROW = 7
"""So many words of an end in a row are no accident; shorter runs are phrases of English."""


@pytest.fixture(scope="module")
def course():
    return load_course("one-day")


@pytest.fixture(scope="module")
def everything(course):
    """Return a course with all notebooks, exercises, cases and scenarios."""
    first = replace(
        course.units[0],
        notebooks=tuple(available(notebooks_folder())),
        exercises=tuple(EXERCISES),
        cases=tuple(case_names()),
        scenarios=("powerful_distributor", "quiet_partner"),
    )
    return replace(course, units=(first, *course.units[1:]))


@pytest.fixture(scope="module")
def files(everything):
    return pack_files(everything)


@pytest.fixture(scope="module")
def texts(files):
    """Return every file as plain text, a notebook's as its cells hold it."""
    return {name: _plain(name, content) for name, content in files.items()}


@pytest.fixture(scope="module")
def unpacked(files, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pack")
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


# What is in it


def test_pack_holds_what_the_course_names_and_no_more(course):
    names = set(pack_files(course))
    assert {name for name in names if not name.startswith("engagement/")} == {
        "start.html", "pack.json", "before.ipynb", "after.ipynb", "game.ipynb", "progress.ipynb",
        *(f"notebooks/{file.name}" for file in available(notebooks_folder()).values()),
        *(f"exercises/{name}.ipynb"
          for name in ("1_readiness", "2_selection", "3_role", "4_power")),
        *(f"cases/haohan-peihui/{name}" for name in ("case.md", "case.ipynb", "facts.toml")),
    }  # fmt: skip


def test_notebooks_that_a_course_does_not_name_stay_out(course):
    units = tuple(unit for unit in course.units if unit.key in ("readiness", "before"))
    names = set(pack_files(replace(course, units=units)))
    assert {"notebooks/1_readiness.ipynb", "exercises/1_readiness.ipynb", "before.ipynb"} <= names
    assert not any(name.startswith(("cases/", "game", "after", "notebooks/2")) for name in names)


def test_engagement_is_the_sample_company_file_by_file(files, tmp_path):
    company.write_company(tmp_path / "sample", seed=company.SEED)
    of_sample = {f"engagement/{file.name}": file for file in (tmp_path / "sample").iterdir()}
    assert {name for name in files if name.startswith("engagement/")} == set(of_sample)
    assert all(files[name] == file.read_bytes() for name, file in of_sample.items())


def test_engagement_of_the_pack_is_read(unpacked):
    assert engagements.load(unpacked / "engagement").name.startswith("Lantern Foods")


def test_pack_tells_its_files_with_their_sums(files):
    told = json.loads(files["pack.json"])
    assert told["course"] == "one-day"
    others = {name: content for name, content in files.items() if name != "pack.json"}
    sums = {name: hashlib.sha256(content).hexdigest() for name, content in others.items()}
    assert told["files"] == sums


def test_identifier_of_a_pack_goes_with_its_content(course, files):
    other = json.loads(pack_files(course)["pack.json"])["pack"]
    assert re.fullmatch(r"[0-9a-f]{16}", other)
    assert other != json.loads(files["pack.json"])["pack"]


# Nothing that gives an answer away


def test_no_cell_has_outputs_or_was_counted(files):
    for name, cell in _cells(files):
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [], name
            assert cell["execution_count"] is None, name


def test_no_cell_is_tagged_as_a_solution(files):
    assert not [n for n, cell in _cells(files) if "solution" in cell["metadata"].get("tags", [])]


def test_every_answer_and_prediction_is_three_dots(files):
    seen = 0
    for name, cell in _cells(files):
        if cell["cell_type"] != "code" or not name.startswith(("exercises/", "cases/")):
            continue
        for node in ast.walk(ast.parse(cell["source"])):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                target = node.targets[0].id
                if target in ("answer", "answers_given") or target.startswith("predicted"):
                    seen += 1
                    assert isinstance(node.value, ast.Constant), (name, cell["source"])
                    assert node.value.value is ..., (name, cell["source"])
    assert seen > len(EXERCISES)


def test_no_text_of_a_solution_stands_anywhere(texts):
    told = [
        "".join(cell["source"])
        for file in sorted((notebooks_folder() / "exercises").glob("*.ipynb"))
        for cell in json.loads(file.read_text(encoding="utf-8"))["cells"]
        if "solution" in cell["metadata"].get("tags", []) and cell["cell_type"] == "markdown"
    ]
    assert len(told) > 30
    method = " ".join(text for name, text in texts.items() if name.startswith("notebooks/"))
    assert _found(texts, told, except_in=method) == []  # the method may say what it teaches


def test_no_line_of_a_solution_stands_in_an_exercise(files):
    for file in sorted((notebooks_folder() / "exercises").glob("*.ipynb")):
        cells = json.loads(file.read_text(encoding="utf-8"))["cells"]
        is_solved = [("solution" in cell["metadata"].get("tags", [])) for cell in cells]
        lines = [set("".join(cell["source"]).split("\n")) for cell in cells]
        left = set().union(*(x for x, solved in zip(lines, is_solved, strict=True) if not solved))
        gone = set().union(*(x for x, solved in zip(lines, is_solved, strict=True) if solved))
        pack = json.loads(files[f"exercises/{file.name}"])["cells"]
        here = {line for cell in pack for line in cell["source"].split("\n")}
        assert not (gone - left) & here, file.name
        assert len(gone - left) > 5


@pytest.mark.parametrize("name", case_names())
def test_end_of_a_story_stands_nowhere(texts, name):
    folder = case_folder(name)
    story = (folder / "case.md").read_text(encoding="utf-8")
    front, _, fold = story.partition("<details>")
    facts = tomllib.loads((folder / "facts.toml").read_text(encoding="utf-8"))["facts"]
    later = [fact for fact in facts if fact.get("told_after")]
    assert later
    ends = [fold.partition("</summary>")[2], *(fact.get("text", "") for fact in later)]
    before = [front, *(fact.get("text", "") for fact in facts if fact not in later)]
    assert _found(texts, ends, except_in=" ".join(before)) == []


@pytest.mark.parametrize("name", case_names())
def test_no_fact_told_later_and_no_address_stands_in_a_case(files, name):
    told = tomllib.loads(files[f"cases/{name}/facts.toml"].decode())["facts"]
    facts = load_case(name).facts
    assert [fact["name"] for fact in told] == list(facts["name"][~facts["told_after"]])
    assert not [one for one in told if re.fullmatch(r"https?://[^/]+/.+", one["address"])]


@pytest.mark.parametrize("name", case_names())
def test_what_a_case_says_of_its_answers_stands_nowhere(texts, name):
    """Recomputed from the notebook: what is said after a reveal, and all after the end."""
    folder = case_folder(name)
    cells = json.loads((folder / "case.ipynb").read_text(encoding="utf-8"))["cells"]
    front = (folder / "case.md").read_text(encoding="utf-8").partition("<details>")[0]
    said, open_to_all, is_answered, is_ended = [], [front], False, False
    for cell in cells:
        text = "".join(cell["source"])
        if cell["cell_type"] == "code":
            is_answered = is_answered or "reveal" in cell["metadata"].get("tags", [])
            is_ended = is_ended or "[story.facts.told_after]" in text
        paragraphs = text.split("\n\n")
        is_comment = "#" not in text and "**Predict" not in text
        if is_ended:
            said += [part for part in paragraphs if not part.startswith("#")]
        elif is_answered and is_comment and cell["cell_type"] == "markdown":
            said.append(text)
        elif not is_answered or cell["cell_type"] == "code":
            open_to_all += [text, json.dumps(cell["metadata"])]
        open_to_all += [part for part in paragraphs if part.startswith("#")]
    assert said
    assert is_ended
    own = {file: texts[f"cases/{name}/{file}"] for file in ("case.md", "case.ipynb")}
    others = [text for file, text in texts.items() if not file.startswith(f"cases/{name}/case.")]
    assert _found(own, said, except_in=" ".join([*open_to_all, *others])) == []


@pytest.mark.parametrize("form", ["before", "after"])
def test_no_question_of_a_knowledge_test_stands_anywhere(texts, form):
    asked = [item.stem for item in items(form)]
    assert len(asked) == 15
    assert _found(texts, asked, except_in="") == []


def test_search_finds_an_end_that_was_left_in(texts):
    end = case_folder("haohan-peihui") / "case.md"
    leaky = {**texts, "cases/leak.md": end.read_text(encoding="utf-8")}
    told = end.read_text(encoding="utf-8").partition("</summary>")[2]
    assert _found(leaky, [told], except_in="")[0][0] == "cases/leak.md"


# It leads somewhere, and it runs


def test_every_link_leads_to_a_file_of_the_pack(files, unpacked):
    links = 0
    for name, text in _markdown(files):
        for to in re.findall(r"\]\(([^)\s]+)\)", text):
            if not to.startswith(("http", "#")):
                links += 1
                assert ((unpacked / name).parent / to.partition("#")[0]).is_file(), (name, to)
    assert links > 20


def test_parameter_engagement_leads_to_the_engagement(files, unpacked):
    given = 0
    for name, cell in _cells(files):
        found = re.search(r'^engagement: str = "(.*?)"', "".join(cell["source"]), re.MULTILINE)
        if found:
            given += 1
            folder = (unpacked / name).parent / found[1]
            assert folder.resolve() == (unpacked / "engagement").resolve()
    assert given == 10


def test_notebooks_are_valid(files):
    for name, content in files.items():
        if name.endswith(".ipynb"):
            nbformat.validate(nbformat.reads(content.decode(), as_version=4))


@pytest.mark.parametrize(
    "name", ["before.ipynb", "game.ipynb", "progress.ipynb", "exercises/1_readiness.ipynb"]
)
def test_notebook_runs_where_nothing_was_answered_and_no_network_is(unpacked, name):
    ran = _run(unpacked, name)
    assert not [o for c in ran.cells for o in c.get("outputs", []) if o.output_type == "error"]


def test_case_runs_unanswered_and_tells_at_its_end_what_its_pack_does_not_hold(unpacked):
    name = "company-a-snacks"
    ran = _run(unpacked, f"cases/{name}/case.ipynb")
    whole = nbformat.read(case_folder(name) / "case.ipynb", as_version=4)
    told = _decided(ran)
    assert told == _decided(whole)
    fold = (case_folder(name) / "case.md").read_text(encoding="utf-8").partition("</summary>")[2]
    shown = [o.data.get("text/markdown", "") for c in ran.cells for o in c.get("outputs", [])
             if o.output_type == "display_data"]  # fmt: skip
    assert fold.partition("</details>")[0].strip() in shown


@pytest.mark.parametrize("name", case_names())
def test_facts_of_a_case_in_the_pack_are_those_of_the_case(files, name):
    here, whole = read_case(files[f"cases/{name}/facts.toml"].decode()), load_case(name)
    assert here.cannot == whole.cannot
    assert here.dependence.equals(whole.dependence)


# Written whole or not at all


def test_folder_and_zip_have_the_same_content_and_always_the_same_bytes(course, tmp_path):
    archive = make_pack(course, tmp_path / "pack")
    again = make_pack(course, tmp_path / "other")
    assert archive == tmp_path / "pack.zip"
    assert archive.read_bytes() == again.read_bytes()
    with zipfile.ZipFile(archive) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    folder = tmp_path / "pack"
    found = {f"one-day/{f.relative_to(folder).as_posix()}": f.read_bytes()
             for f in folder.rglob("*") if f.is_file()}  # fmt: skip
    assert held == found


def test_empty_folder_is_a_place_for_a_pack(course, tmp_path):
    (tmp_path / "pack").mkdir()
    make_pack(course, tmp_path / "pack")
    assert (tmp_path / "pack" / "start.html").is_file()


@pytest.mark.parametrize("taken", ["pack/mine.txt", "pack", "pack.zip"])
def test_place_that_is_taken_is_refused_and_nothing_is_written(course, tmp_path, taken):
    (tmp_path / taken).parent.mkdir(exist_ok=True)
    (tmp_path / taken).write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="expected a"):
        make_pack(course, tmp_path / "pack")
    left = [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*") if file.is_file()]
    assert left == [taken]


def test_pack_whose_zip_cannot_be_written_leaves_no_folder(course, tmp_path, monkeypatch):
    def fail(path, content):
        raise OSError("the disk is full")

    monkeypatch.setattr("kamtools.training.pack.write_whole", fail)
    with pytest.raises(OSError, match="full"):
        make_pack(course, tmp_path / "pack")
    assert list(tmp_path.iterdir()) == []


def test_pack_is_found_from_a_folder_in_it(unpacked):
    assert find_pack(unpacked / "cases" / "haohan-peihui") == unpacked
    assert find_pack(unpacked) == unpacked
    assert find_pack(unpacked.parent) is None


# The start page


def test_start_page_names_every_notebook_of_the_pack(files):
    page = files["start.html"].decode()
    assert not [name for name in files if name.endswith(".ipynb") and name not in page]


def test_start_page_has_the_units_in_order_with_clock_and_minutes(course, files):
    page = files["start.html"].decode()
    shown = re.findall(r'class="clock">([^<]*)</span> <span class="minutes">(\d+) min', page)
    told = [(clock, str(u.minutes)) for clock, u in zip(course.starts(), course.units, strict=True)]
    assert shown == told


def test_start_page_loads_nothing_and_runs_nothing(files):
    page = files["start.html"].decode()
    assert "default-src 'none'" in page
    assert not re.search(r"<(script|link|img|iframe)\b|\bsrc=", page)


def test_start_page_says_nothing_of_a_trainer_to_who_learns_alone():
    page = pack_files(load_course("five-evenings"))["start.html"].decode()
    assert "trainer" not in page
    assert "Before you begin" in page


def _plain(name, content):
    text = content.decode("utf-8")
    if name.endswith(".ipynb"):
        text = "\n".join(_strings(json.loads(text)))
    return text


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)


def _runs(text):
    words = [word.lower() for word in WORD.findall(text)]
    last = len(words) - WORDS_IN_A_ROW + 1
    return {" ".join(words[i : i + WORDS_IN_A_ROW]) for i in range(max(last, 0))}


def _found(texts, told, *, except_in):
    """Return which runs of words of what is told stand in which file."""
    wanted = set().union(*map(_runs, told)) - _runs(except_in)
    assert wanted
    return [(name, sorted(hits)[:3]) for name, text in texts.items()
            if (hits := wanted & _runs(text))]  # fmt: skip


def _cells(files):
    for name, content in files.items():
        if name.endswith(".ipynb"):
            for cell in json.loads(content)["cells"]:
                yield name, cell


def _markdown(files):
    for name, cell in _cells(files):
        if cell["cell_type"] == "markdown":
            yield name, "".join(cell["source"])
    for name, content in files.items():
        if name.endswith(".md"):
            yield name, content.decode()


def _run(folder, name):
    """Run a notebook whose kernel can reach nothing but this machine."""
    ran = nbformat.read(folder / name, as_version=4)
    ran.cells.insert(0, nbformat.v4.new_code_cell(NO_NETWORK))
    where = {"metadata": {"path": str((folder / name).parent)}}
    client = NotebookClient(
        ran, timeout=120, kernel_name="python3", resources=where, **engine_options()
    )
    return client.execute()


NO_NETWORK = f"""
import socket, sys
def _refuse(event, arguments):
    if event == "socket.connect" and arguments[0].family != {int(socket.AF_UNIX)}:
        host = arguments[1][0]
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise OSError("no network: " + host)
    if event == "socket.getaddrinfo" and arguments[0] not in ("127.0.0.1", "::1", "localhost"):
        raise OSError("no network")
sys.addaudithook(_refuse)
"""


def _decided(notebook):
    """Return the decision of an executed notebook of a case."""
    mime = "application/vnd.kamtools.decision+json"
    kept = [o.data[mime]["text"] for cell in notebook.cells for o in cell.get("outputs", [])
            if mime in o.get("data", {})]  # fmt: skip
    return kept[-1]
