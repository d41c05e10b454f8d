"""The trainee pack of a course: everything to work with, and nothing that gives answers away.

Its files are worked out of the course alone, so the same course and the same kamtools make the
same pack, byte for byte. It works without a network once kamtools is installed.
"""

import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import kamtools
from kamtools.errors import InputError
from kamtools.learning.cases import case_folder, load_case
from kamtools.learning.progress import PACK_FILE
from kamtools.publishing.catalogue import available, notebooks_folder
from kamtools.publishing.still_zip import FIRST_MOMENT
from kamtools.publishing.whole_files import write_whole
from kamtools.samples import company
from kamtools.samples.whole_folder import whole_folder
from kamtools.training.case_copy import case_data, case_facts, case_notebook, case_story
from kamtools.training.courses import Course
from kamtools.training.pack_notebooks import game_notebook, knowledge_notebook, progress_notebook
from kamtools.training.pack_page import start_page
from kamtools.training.trainee_notebook import (
    exercise_numbers,
    mended_links,
    notebook_bytes,
    read_notebook,
    trainee_notebook,
    with_links,
)

START = "start.html"
ENGAGEMENT = "engagement"


def make_pack(course: Course, out: Path) -> Path:
    """Write the pack of a course as a folder and as a zip beside it, both or neither.

    Parameters
    ----------
    course
        From `courses.load_course`.
    out
        The folder; its zip is `out` with ".zip" behind it. In the zip all stands in a folder of
        the course's name.

    Returns
    -------
    Path
        The zip.

    Raises
    ------
    InputError
        If something stands at either place: a pack never replaces anything.
    """
    out = out.absolute()
    archive = out.with_name(f"{out.name}.zip")
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise InputError(f"{out} is no folder; expected a new one for the pack")
    if out.is_dir() and any(out.iterdir()):
        raise InputError(f"{out} is not empty; expected a new folder for the pack")
    if os.path.lexists(archive):
        raise InputError(f"{archive} is there already; expected another name for the pack")
    files = pack_files(course)
    content = zipped(files, root=course.name)
    with whole_folder(out) as unfinished:
        for name, part in files.items():
            (unfinished / name).parent.mkdir(parents=True, exist_ok=True)
            (unfinished / name).write_bytes(part)
    try:
        write_whole(archive, content)
    except OSError:
        shutil.rmtree(out)
        raise
    return archive


def pack_files(course: Course) -> dict[str, bytes]:
    """Return the files of a course's pack, by their names within it, in order.

    Raises
    ------
    InputError
        If a case of the course is not there.
    """
    files = dict(sorted(_contents(course).items()))
    listed = {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    about = {"course": course.name, "kamtools": kamtools.__version__, "files": listed}
    told = {"pack": _identifier(about), **about}
    files[PACK_FILE] = (json.dumps(told, indent=1, ensure_ascii=False) + "\n").encode()
    return dict(sorted(files.items()))


def zipped(files: Mapping[str, bytes], *, root: str) -> bytes:
    """Return files as a zip archive without a clock, all of them in one folder.

    Examples
    --------
    >>> archive = zipfile.ZipFile(io.BytesIO(zipped({"a.txt": b"a"}, root="pack")))
    >>> archive.namelist(), archive.infolist()[0].date_time[:3]
    (['pack/a.txt'], (1980, 1, 1))
    """
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            part = zipfile.ZipInfo(f"{root}/{name}", date_time=FIRST_MOMENT)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 3
            part.external_attr = 0o644 << 16  # readable where it is unpacked
            archive.writestr(part, content)
    return written.getvalue()


def exercise_notebooks(course: Course) -> dict[str, Path]:
    """Return the notebooks that hold the exercises of a course, by name within the pack."""
    wanted = set(course.all_of("exercises"))
    files = sorted((notebooks_folder() / "exercises").glob("*.ipynb"))
    return {
        f"exercises/{file.name}": file
        for file in files
        if not wanted.isdisjoint(exercise_numbers(read_notebook(file)))
    }


def method_notebooks(course: Course) -> dict[str, Path]:
    """Return the notebooks of the method that a course uses, by name within the pack."""
    known = available(notebooks_folder())
    wanted = course.all_of("notebooks")
    return {f"notebooks/{file.name}": file for name, file in known.items() if name in wanted}


def _contents(course: Course) -> dict[str, bytes]:
    methods, exercises = method_notebooks(course), exercise_notebooks(course)
    cases = course.all_of("cases")
    moved = {name: name for name in methods}
    moved |= {f"notebooks/{name}": name for name in exercises}
    for case in cases:
        folder = case_folder(case)
        inside = ["case.md", "case.ipynb", "facts.toml", *(name for name, _ in case_data(folder))]
        moved |= {f"casestudies/{case}/{name}": f"cases/{case}/{name}" for name in inside}
    standing = {new: old for old, new in moved.items()}
    files = {START: start_page(course, methods=methods, exercises=exercises).encode()}
    for name, file in {**methods, **exercises}.items():
        made = trainee_notebook(read_notebook(file), engagement=f"../{ENGAGEMENT}")
        files[name] = notebook_bytes(with_links(made, place=standing[name], moved=moved))
    for case in cases:
        files |= dict(_case_files(case, moved))
    for form in course.all_of("tests"):
        files[f"{form}.ipynb"] = notebook_bytes(knowledge_notebook(form))
    if course.all_of("scenarios"):
        files["game.ipynb"] = notebook_bytes(game_notebook(course.all_of("scenarios")))
    files["progress.ipynb"] = notebook_bytes(progress_notebook(course.title))
    return files | dict(_engagement_files())


def _case_files(name: str, moved: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    folder, place = case_folder(name), f"casestudies/{name}"
    story = case_story((folder / "case.md").read_text(encoding="utf-8"))
    story = mended_links(story, place=f"{place}/case.md", moved=moved)
    yield f"cases/{name}/case.md", story.encode()
    made = case_notebook(read_notebook(folder / "case.ipynb"), name=name)
    linked = with_links(made, place=f"{place}/case.ipynb", moved=moved)
    yield f"cases/{name}/case.ipynb", notebook_bytes(linked)
    facts = (folder / "facts.toml").read_text(encoding="utf-8")
    yield (
        f"cases/{name}/facts.toml",
        case_facts(facts, name=name, title=load_case(name).title).encode(),
    )
    for file, content in case_data(folder):
        yield f"cases/{name}/{file}", content


def _engagement_files() -> Iterator[tuple[str, bytes]]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / ENGAGEMENT
        company.write_company(folder, seed=company.SEED)
        for file in sorted(folder.iterdir()):
            yield f"{ENGAGEMENT}/{file.name}", file.read_bytes()


def _identifier(about: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:16]
