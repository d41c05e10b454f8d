"""The house itself: what it says of its stack, its floors and its tests is true."""

import ast
import re
import sys
import tomllib
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCK = (REPOSITORY / "requirements.lock").read_text(encoding="utf-8")
CONDA_NAMES = {"duckdb": "python-duckdb", "ibis-framework": "ibis-duckdb"}
IMPORT_NAMES = {
    "docx": "python-docx",
    "ibis": "ibis-framework",
    "IPython": "ipykernel",
    "PIL": "pillow",
    "pptx": "python-pptx",
}
MODULES = sorted((REPOSITORY / "kamtools").rglob("*.py"))


def names_of(requirements):
    return {re.match(r"[\w-]+", line)[0].lower().replace("_", "-") for line in requirements}


def locked_versions():
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", LOCK, re.MULTILINE))


def conda_versions():
    text = (REPOSITORY / "environment.yml").read_text(encoding="utf-8")
    return dict(re.findall(r"^  - ([\w-]+)=(\S+)$", text, re.MULTILINE))


def imported_packages():
    for path in MODULES:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield node.module.split(".")[0]


def test_every_requirement_is_locked_with_hashes_and_without_addresses():
    assert names_of(PROJECT["dependencies"]) <= set(locked_versions())
    assert LOCK.count("--hash=sha256:") > 2 * len(locked_versions())
    assert "://" not in LOCK


def test_conda_gets_the_versions_of_the_lock():
    conda, locked = conda_versions(), locked_versions()
    for name in names_of(PROJECT["dependencies"]):
        assert conda[CONDA_NAMES.get(name, name)] == locked[name]
    assert len(conda) == len(names_of(PROJECT["dependencies"])) + 2  # python, the second of Ibis


def test_every_import_is_a_declared_requirement():
    optional = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    declared = names_of([*PROJECT["dependencies"], *optional])
    foreign = set(imported_packages()) - set(sys.stdlib_module_names) - {"kamtools"}
    assert {IMPORT_NAMES.get(name, name.replace("_", "-")) for name in foreign} <= declared


def test_every_requirement_is_imported_or_opens_the_notebooks():
    used = {IMPORT_NAMES.get(name, name.replace("_", "-")) for name in set(imported_packages())}
    tools = {"jupyterlab", "ipykernel", "openpyxl"}  # pandas reads workbooks by the last
    assert names_of(PROJECT["dependencies"]) - used <= tools


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_short_enough_to_be_one_thing(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 300


def test_the_version_heads_the_changelog():
    changelog = (REPOSITORY / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changelog, re.MULTILINE)[1] == PROJECT["version"]


def test_the_package_states_the_version_of_the_project():
    text = (REPOSITORY / "kamtools" / "__init__.py").read_text(encoding="utf-8")
    assert f'__version__ = "{PROJECT["version"]}"' in text


def test_no_tracked_text_names_a_package_index_or_a_home_folder():
    ours = [*MODULES, *REPOSITORY.glob("*.*"), *(REPOSITORY / "notebooks").rglob("*.ipynb")]
    places = [r"--(extra-)?index.url", r"/home/\w+/", *map(re.escape, ("/root/", f"{REPOSITORY}/"))]
    for path in (path for path in ours if path.is_file()):
        text = path.read_text(encoding="utf-8")
        assert not re.search("|".join(places), text), path
