"""Markdown to HTML that needs no network: equations become MathML, pictures stay inside.

What authors wrote (`author_html`) may hold HTML and equations. What a cell computed
(`computed_html`, `clean_html`) may hold account names, so HTML in it that could do
anything comes out as text. A link stays one only where it leads to a place on the web or
on the page itself: paths of the checkout mean nothing to a reader of the report.
"""

import re
from html import escape

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import (
    IPythonRenderer,
    MarkdownWithMath,
    MathBlockParser,
    MathInlineParser,
)
from nbconvert.preprocessors.sanitize import SanitizeHTML

_TAGS = [
    *("a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "del", "details", "div"),
    *("dl", "dt", "em", "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "i"),
    *("img", "li", "ol", "p", "pre", "q", "s", "small", "span", "strong", "sub", "summary"),
    *("sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"),
]
_ATTRIBUTES = {
    "*": ["class", "style", "title", "lang"],
    "a": ["href"],
    "img": ["alt", "src", "width", "height"],
    "td": ["colspan", "rowspan"],
    "th": ["colspan", "rowspan", "scope"],
}
_ON_THE_WEB = re.compile(r"(https?:|mailto:|#)", re.IGNORECASE)


class _Renderer(IPythonRenderer):
    """Markdown's parts as HTML, where ours differ from those of a live notebook."""

    def block_math(self, body: str) -> str:
        return math_html(body, display="block")

    def inline_math(self, body: str) -> str:
        return math_html(body, display="inline")

    def latex_environment(self, name: str, body: str) -> str:
        inner = body if name.startswith("equation") else rf"\begin{{{name}}}{body}\end{{{name}}}"
        return math_html(inner, display="block")

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, url, title) if _ON_THE_WEB.match(url) else text

    def image(self, text: str, url: str, title: str | None = None) -> str:
        inside = url.startswith(("data:image/", "attachment:"))
        return super().image(text, url, title) if inside else text

    def table(self, text: str) -> str:
        return scrolling(f"<table>\n{text}</table>\n")


def author_html(text: str, attachments: dict[str, dict[str, str]] | None = None) -> str:
    """Return Markdown written by an author as HTML.

    Examples
    --------
    >>> author_html("The [playbook](../playbook/2.md) says *why*.").strip()
    '<p>The playbook says <em>why</em>.</p>'
    """
    renderer = _Renderer(escape=False, exclude_anchor_links=True, attachments=attachments)
    return MarkdownWithMath(renderer=renderer).render(text)


def computed_html(text: str) -> str:
    """Return Markdown that a cell computed as HTML: no HTML passes, a `$` is a dollar.

    Examples
    --------
    >>> computed_html("**<b>Acme</b>** paid $5 and $6.").strip()
    '<p><strong>&lt;b&gt;Acme&lt;/b&gt;</strong> paid $5 and $6.</p>'
    """
    block, inline = MathBlockParser(), MathInlineParser(hard_wrap=False)
    for parser in (block, inline):
        parser.rules = [r for r in parser.rules if "math" not in r and "latex" not in r]
    renderer = _Renderer(escape=True, allow_harmful_protocols=False, exclude_anchor_links=True)
    return MarkdownWithMath(renderer=renderer, block=block, inline=inline).render(text)


def clean_html(html: str) -> str:
    """Return HTML that a cell computed with everything that could act turned into text.

    Examples
    --------
    >>> clean_html("<b>A<script>alert(1)</script></b>")
    '<b>A&lt;script&gt;alert(1)&lt;/script&gt;</b>'
    """
    html = re.sub(r"<style\b.*?</style>", "", html, flags=re.DOTALL | re.IGNORECASE)
    cleaner = SanitizeHTML(tags=_TAGS, attributes=_ATTRIBUTES)
    return str(cleaner.sanitize_html_tags(html))


def math_html(tex: str, *, display: str) -> str:
    """Return an equation as MathML; one that cannot be turned is shown as its TeX."""
    tex = re.sub(r"\\(begin|end)\{(?:aligned|align|split|gather\*?)\}", r"\\\1{align*}", tex)
    try:
        return convert(tex.strip(), display=display)
    except Exception:  # the converter has a dozen errors without a common base
        return f"<code>{escape(tex.strip())}</code>"


def scrolling(html: str, *, label: str = "table") -> str:
    """Return a wide thing in a box of its own that scrolls, by keyboard too."""
    name = escape(label, quote=True)
    return f'<div class="scroll" role="region" aria-label="{name}" tabindex="0">{html}</div>'
