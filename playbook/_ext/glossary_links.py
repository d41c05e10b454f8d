"""Words of the glossary lead to it from where a chapter first uses them."""

import re

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx

EVERYDAY = {
    "account", "gap", "level", "loose", "lot", "move", "region", "set aside", "span", "wave",
    "weight", "zone", "margin", "supplier", "trigger", "stake", "objective", "capacity",
}  # fmt: skip
"""Words that mostly stand in their everyday sense, or on every line."""

CHAPTER = re.compile(r"playbook/\d-")
_APART = (nodes.title, nodes.reference, nodes.literal, nodes.literal_block, addnodes.pending_xref,
          nodes.table, nodes.raw)  # fmt: skip


def link_words(app: Sphinx, document: nodes.document) -> None:
    """Link the first use of each word in a chapter, outside headings, tables and code."""
    if not CHAPTER.match(app.env.docname):
        return
    words = {word.lower(): word for word in _words(app)}
    pattern = re.compile(rf"\b({'|'.join(map(re.escape, sorted(words, key=len)[::-1]))})\b", re.I)
    for text in list(document.findall(nodes.Text)):
        if not words or _inside(text, _APART):
            continue
        found = next((one for one in pattern.finditer(text) if one[1].lower() in words), None)
        if found is None:
            continue
        word = words.pop(found[1].lower())
        link = addnodes.pending_xref(
            "", nodes.inline("", found[1]), refdomain="std", reftype="term", reftarget=word,
            refexplicit=True, refdoc=app.env.docname, refwarn=True,
        )  # fmt: skip
        before, after = text[: found.start()], text[found.end() :]
        text.parent.replace(text, [nodes.Text(before), link, nodes.Text(after)])


def _words(app: Sphinx) -> list[str]:
    glossary = (app.srcdir / "playbook" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \|", glossary, re.MULTILINE)[2:]
    return [word for word in rows if word not in EVERYDAY and "(" not in word]


def _inside(node: nodes.Node, kinds: tuple[type, ...]) -> bool:
    while node.parent is not None:
        node = node.parent
        if isinstance(node, kinds):
            return True
    return False


def setup(app: Sphinx) -> dict[str, bool]:
    """Have Sphinx call it for each page it has read."""
    app.connect("doctree-read", link_words)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
