"""How much room a text takes on a slide, and what to show of one that takes too much.

Widths are measured with the font that matplotlib brings along, so that a deck is the same on
every machine. Its letters are wider than those of Arial, in which the slides are set: what
fits here fits there.
"""

import functools
import re
import unicodedata
from collections.abc import Iterable, Sequence

import matplotlib as mpl
from PIL import ImageFont

LATIN_FONT, EAST_ASIAN_FONT = "Arial", "Microsoft YaHei"
LINE_HEIGHT = 1.22
"""Of a line, in sizes of the font."""
EAST_ASIAN_LINE_HEIGHT = 1.45
"""Of a line with Chinese signs: their fonts are higher."""
BOLD = 1.1
"""How much wider bold letters are, at most."""

_MEASURED_AT = 100
_NARROWER = 0.94
_TOKENS = re.compile(r"\s+|[⺀-鿿豈-﫿＀-￯]|[^\s⺀-鿿豈-﫿＀-￯]+")
_ENDS = re.compile(
    r"(?<=[.?!])(?<!\bCo\.)(?<!\bSt\.)(?<!\bNo\.)(?<!\bDr\.)(?<!\bMr\.)\s+(?=[A-Z0-9“\"])"
    r"|(?<=[。？！])|\n+"
)


def text_width(text: str, size: float) -> float:
    """Return the width of one line of text in points.

    Parameters
    ----------
    size
        Of the font, in points.

    Examples
    --------
    >>> text_width("浩瀚", 10), text_width("", 10)
    (20.0, 0.0)
    >>> text_width("ill", 10) < text_width("Www", 10)
    True
    """
    return size * sum(map(_advance, text), start=0.0)


def wrap(text: str, room: float, size: float) -> list[str]:
    """Return the lines of a text that is `room` points wide; long words are broken.

    Examples
    --------
    >>> wrap("Keep the two largest accounts", 90, 10)
    ['Keep the two', 'largest accounts']
    >>> len(wrap("浩瀚食品有限公司", 41, 10))
    2
    """
    lines, widths = [""], [0.0]
    for token in _TOKENS.findall(text):
        for piece in _pieces(token, room, size):
            wide = text_width(piece, size)
            if lines[-1] and not piece.isspace() and widths[-1] + wide > room:
                lines.append("")
                widths.append(0.0)
            if lines[-1] or not piece.isspace():
                lines[-1] += piece
                widths[-1] += wide
    return [line.rstrip() for line in lines]


def fit(text: str, room: float, size: float, *, lines: int) -> str:
    """Return a text that takes at most `lines` lines; where it is cut it ends in "…".

    Examples
    --------
    >>> fit("Keep the two largest accounts", 90, 10, lines=1)
    'Keep the two…'
    >>> fit("Keep two", 90, 10, lines=1)
    'Keep two'
    """
    wrapped = wrap(text, room, size)
    if len(wrapped) <= lines:
        return text
    end = 0
    for line in wrapped[:lines]:
        end = text.index(line, end) + len(line)
    last = wrapped[lines - 1]
    shown = last
    while shown and text_width(shown + "…", size) > room:
        shown = shown[:-1].rstrip()
    if " " in shown and shown != last:
        shown = shown.rsplit(" ", 1)[0]
    return text[: end - len(last) + len(shown)].rstrip(" ,;:(“") + "…"


def fit_sentences(told: Sequence[str], room: float, size: float, *, lines: int) -> str:
    """Return as many whole sentences as fit, with "…" where there are more of them.

    Examples
    --------
    >>> fit_sentences(["Keep A.", "Drop the others."], 90, 10, lines=1)
    'Keep A. …'
    """
    for count in range(len(told), 0, -1):
        text = " ".join(told[:count]) + (" …" if count < len(told) else "")
        if len(wrap(text, room, size)) <= lines:
            return text
    return fit(" ".join(told), room, size, lines=lines)


def choose_size(text: str, room: float, *, lines: int, sizes: Sequence[float]) -> tuple[float, str]:
    """Return the largest size in which a text fits, and the text; cut only at the smallest.

    Examples
    --------
    >>> choose_size("Keep the two largest accounts", 90, lines=2, sizes=(14, 10, 8))
    (10, 'Keep the two largest accounts')
    """
    for size in sizes:
        if len(wrap(text, room, size)) <= lines:
            return size, text
    return sizes[-1], fit(text, room, sizes[-1], lines=lines)


def text_height(text: str, room: float, size: float) -> float:
    """Return the height in points of a text that is `room` points wide."""
    return sum(map(_line_height, wrap(text, room, size))) * size


def _line_height(line: str) -> float:
    is_wide = any(unicodedata.east_asian_width(sign) in "WF" for sign in line)
    return EAST_ASIAN_LINE_HEIGHT if is_wide else LINE_HEIGHT


def sentences(text: str, *, names: Iterable[str] = ()) -> list[str]:
    """Return the sentences of a text.

    Parameters
    ----------
    names
        Names that may hold a full stop, which ends no sentence.

    Examples
    --------
    >>> sentences("Keep A Co. Ltd. It pays 3.5 % more. Why?", names=["A Co. Ltd"])
    ['Keep A Co. Ltd.', 'It pays 3.5 % more.', 'Why?']
    """
    held = [n for n in sorted(set(names), key=len, reverse=True) if _ENDS.search(f"{n} A")]
    for number, name in enumerate(held):
        text = text.replace(name, f"\ue000{number}\ue001")
    found = [part.strip() for part in _ENDS.split(text) if part.strip()]
    return [re.sub("\ue000(\\d+)\ue001", lambda m: held[int(m[1])], part) for part in found]


def _pieces(token: str, room: float, size: float) -> list[str]:
    if text_width(token, size) <= room or token.isspace():
        return [token]
    pieces = [""]
    for character in token:
        if pieces[-1] and text_width(pieces[-1] + character, size) > room:
            pieces.append("")
        pieces[-1] += character
    return pieces


@functools.cache
def _advance(character: str) -> float:
    """Return the width of a character in sizes of the font."""
    if unicodedata.east_asian_width(character) in "WF":
        return 1.0
    return _NARROWER * _font().getlength(character) / _MEASURED_AT


@functools.cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(f"{mpl.get_data_path()}/fonts/ttf/DejaVuSans.ttf", _MEASURED_AT)
