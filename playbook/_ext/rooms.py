"""A directive that documents all public modules of a room of the package."""

import pkgutil
import re
from importlib import import_module
from typing import ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective


def public_modules(package: str, *, deep: bool = True) -> list[str]:
    """Return the public modules of a package in the order of their names.

    Parameters
    ----------
    package
        Its dotted name.
    deep
        False: not those of the packages inside it.
    """
    found = pkgutil.iter_modules(import_module(package).__path__, f"{package}.")
    names = []
    for module in found:
        if module.name.rsplit(".", 1)[1].startswith("_"):
            continue
        if not module.ispkg:
            names.append(module.name)
        elif deep:
            names += [module.name, *public_modules(module.name)]
    return names


_LINES = ["```{eval-rst}", "   :members:", "```"]


class Room(SphinxDirective):
    """`.. room:: kamtools.power`; with `:alone:` without the rooms inside it."""

    required_arguments = 1
    option_spec: ClassVar = {"alone": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Return a section for each module."""
        found = []
        for name in public_modules(self.arguments[0], deep="alone" not in self.options):
            section = nodes.section(ids=[f"of-{name.replace('.', '-')}"])
            section += nodes.title("", name.partition(".")[2])
            lines = StringList([*_LINES[0:1], f".. automodule:: {name}", *_LINES[1:]], source=name)
            self.state.nested_parse(lines, 0, section)
            found.append(section)
        return found


_REFERENCE = re.compile(r"^\.\. \[(\d+)\] (.+(?:\n +\S.*)*)", re.MULTILINE)


def list_references(
    app: Sphinx, what: str, name: str, obj: object, options: object, lines: list[str]
) -> None:
    """Turn the footnotes of a docstring into a list, since a page has many of them."""
    parts = "\n".join(lines).split("\n\n")
    lines[:] = "\n\n".join(part if _is_example(part) else _as_prose(part) for part in parts).split(
        "\n"
    )


def _is_example(part: str) -> bool:
    return part.lstrip().startswith(">>>")


def _as_prose(part: str) -> str:
    """Return a paragraph in which bars, and underscores at the end of a word, are just that."""
    text = re.sub(r"\[(\d+)\]_", r"[\1]", part).replace("|", r"\|")
    text = re.sub(r"(?<![`\w])(\w*[A-Za-z])_(?![\w`])", r"\1\_", text)
    return _REFERENCE.sub(_on_one_line, text)


def skip_foreign(
    app: Sphinx, what: str, name: str, obj: object, skip: bool, options: object
) -> bool | None:
    """Leave out what a class only has from another package."""
    is_ours = getattr(obj, "__module__", "kamtools").startswith("kamtools")
    return None if is_ours else True


def _on_one_line(found: re.Match[str]) -> str:
    return f"* [{found[1]}] {' '.join(found[2].split())}"


def setup(app: Sphinx) -> dict[str, bool]:
    """Offer the directive to Sphinx."""
    app.add_directive("room", Room)
    app.connect("autodoc-process-docstring", list_references, priority=900)  # after Napoleon
    app.connect("autodoc-skip-member", skip_foreign)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
